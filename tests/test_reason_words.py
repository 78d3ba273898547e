"""Reasons in words: every code of the matcher in both languages, and whether it speaks for or against."""

from __future__ import annotations

from string import Formatter

import pytest

from monitor.core.matching import REASON_CODES
from monitor.core.model import Band, Reason, Severity
from monitor.core.names import Form
from monitor.core.namesakes import AGREEING
from monitor.core.triage import PartReason
from monitor.wording import LANGUAGES, reason_in_words, speaks_for


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (
            Reason("organisation", {"term": "Jeugdzorg {people}", "near": True}),
            "The organisation is named, near the name: Jeugdzorg {people}",
        ),
        (
            Reason("organisation", {"term": "{near}", "near": False}),
            "The organisation is named, elsewhere in the text: {near}",
        ),
        (Reason("form", {"form": "initials"}), "The name is written as: initials and surname"),
        (Reason("form", {"form": "new"}), "The name is written as: another spelling"),
        (Reason("evasion", {"how": "stars"}), "Somebody disguised the name: letters hidden behind stars or signs"),
        (Reason("evasion", {"how": "new"}), "Somebody disguised the name: in another way"),
        (Reason("context"), "Something that belongs to this person stands elsewhere in the text: ?"),
        (Reason("colleague", {"people": 2, "near": True}), "Other employees are named as well, near the name: 2"),
        (
            Reason("namesake", {"profile": 7, "page": False, "site": True, "author": False, "terms": 2}),
            "It is like a page about somebody else of that name (profile 7): the same site, the same words",
        ),
        (Reason("moon_phase", {"template": "x"}), "There is another indication: moon_phase"),
    ],
)
def test_a_code_becomes_a_sentence(reason: Reason, expected: str) -> None:
    assert reason_in_words(reason, "en") == expected


@pytest.mark.parametrize(
    ("bearers", "expected"),
    [
        (0.0001, "Zo'n naam heeft bijna niemand in Nederland"),
        (1, "Zo'n naam heeft bijna niemand in Nederland"),
        (1.1, "Zo'n naam hebben een paar mensen in Nederland"),
        (3.1, "Zo'n naam hebben ongeveer 10 mensen in Nederland"),
        (16.6, "Zo'n naam hebben ongeveer 10 mensen in Nederland"),
        (60, "Zo'n naam hebben ongeveer 100 mensen in Nederland"),
        (525.0, "Zo'n naam hebben ongeveer 1.000 mensen in Nederland"),
        (89_500, "Zo'n naam hebben ongeveer 100.000 mensen in Nederland"),
        (float("nan"), "Zo'n naam heeft bijna niemand in Nederland"),
        ("veel", "Zo'n naam heeft bijna niemand in Nederland"),
    ],
)
def test_how_many_bear_a_name_is_said_roughly_and_as_an_estimate(bearers: float | str, expected: str) -> None:
    said = reason_in_words(Reason("rarity", {"bearers": bearers}), "nl")

    assert said == f"{expected}, geschat uit hoe vaak de woorden voorkomen"


def test_thousands_are_written_as_the_language_does() -> None:
    said = reason_in_words(Reason("rarity", {"bearers": 1_400}), "en")

    assert said.startswith("About 1,000 people in the Netherlands have such a name, estimated")


def test_what_takes_points_speaks_against_and_what_gives_them_for() -> None:
    """The same as in the sum that is the confidence: a common name speaks against, not its spelling."""
    assert [speaks_for(Reason("rarity", {"bearers": bearers})) for bearers in (0.1, 1, 1.5, 1_000)] == [True, True, False, False]
    assert [speaks_for(Reason(code)) for code in ("organisation", "not_context")] == [True, False]
    assert [speaks_for(Reason(code)) for code in ("misspelled", "evasion")] == [False, True]
    likenesses = [Reason(code, {"site": True}) for code in ("confirmed_like", "namesake")]
    assert [speaks_for(each) for each in likenesses] == [True, False]


def test_what_only_an_engine_claims_speaks_against() -> None:
    assert not speaks_for(Reason("engine_says"))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_both_languages_say_the_same_things() -> None:
    dutch, english = LANGUAGES["nl"], LANGUAGES["en"]

    assert {key: fields(words) for key, words in dutch.items()} == {key: fields(words) for key, words in english.items()}
    assert [len(english[key].split()) for key in ("weekdays", "months")] == [7, 12]
    assert [len(dutch[key].split()) for key in ("weekdays", "months")] == [7, 12]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_code_of_the_matcher_has_words_for_all_it_carries(language: str) -> None:
    words = LANGUAGES[language]
    agreed = {what for what in AGREEING if words[f"agreed.{what}"]}
    said = {code: fields(words.get(f"reason.{code}", "")) for code in REASON_CODES}
    said = {code: names - {"agreed"} | agreed if "agreed" in names else names for code, names in said.items()}

    assert said == {code: set(params) for code, params in REASON_CODES.items()}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_spelling_reason_and_band_has_words(language: str) -> None:
    wanted = {
        *(f"form.{form}" for form in Form),
        *(f"why.{reason}" for reason in PartReason),
        *(f"band.{band}" for band in Band),
        *(f"band.{band}.work" for band in Band),
        *(f"severity.{int(severity)}" for severity in Severity),
    }

    assert wanted <= set(LANGUAGES[language])
