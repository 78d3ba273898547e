"""Judging a match: how sure it is, why, and that more for her never lowers the answer."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.matching import band, confidence, points
from monitor.core.model import Band, Document, Name, NameGrade, Reason, Registration
from tests.core.watched import SANNE, codes_of, matcher_of, named, only_match, reason_of


@pytest.mark.parametrize(
    ("text", "name", "in_band"),
    [
        ("Sanne van der Molen", NameGrade.CLEAR, Band.POSSIBLE),
        ("Sanne van der Molen van de JBV", NameGrade.CLEAR, Band.CERTAIN),
        ("Sanne van der Molen van Jeugdbescherming\nVoorbeeld", NameGrade.CLEAR, Band.CERTAIN),
        ("Sanne van der Molen uit UTRECHT", NameGrade.CLEAR, Band.PROBABLE),
        ("Sanne van der Molen, gezinsvoogd te Utrecht", NameGrade.CLEAR, Band.CERTAIN),
        ("Sanne vd Molen", NameGrade.CLEAR, Band.POSSIBLE),
        ("Molen, Sanne van der", NameGrade.CLEAR, Band.POSSIBLE),
        ("S. van der Molen", NameGrade.LIKELY, Band.UNLIKELY),
        ("S. van der Molen uit Utrecht", NameGrade.LIKELY, Band.PROBABLE),
        ("S. van der Molen uit Utrecht van de JBV", NameGrade.LIKELY, Band.CERTAIN),
        ("Sanne Molen", NameGrade.LIKELY, Band.POSSIBLE),
        ("Sanne Molen, gezinsvoogd", NameGrade.LIKELY, Band.PROBABLE),
        ("Sanne van de Molen", NameGrade.LIKELY, Band.UNLIKELY),
        ("S. Molen", NameGrade.WEAK, Band.UNLIKELY),
        ("Sanne van der Molen speelt voetbal", NameGrade.CLEAR, Band.UNLIKELY),
        ("Sanne van der Molen uit Utrecht speelt voetbal", NameGrade.CLEAR, Band.UNLIKELY),
        ("Sanne van der Molen van de JBV te Utrecht speelt voetbal", NameGrade.CLEAR, Band.PROBABLE),
        ("Sanne van der Molen-Bakker", NameGrade.WEAK, Band.UNLIKELY),
        ("Anne-Sanne van der Molen", NameGrade.WEAK, Band.UNLIKELY),
        ("Sanne van der Molen School", NameGrade.WEAK, Band.UNLIKELY),
        ("de Sanne van der Molen-affaire", NameGrade.CLEAR, Band.POSSIBLE),
        ("@sannevdm", NameGrade.CLEAR, Band.PROBABLE),
    ],
)
def test_two_answers_are_given(text: str, name: NameGrade, in_band: Band) -> None:
    match = only_match(Document(text=text))

    assert (match.name, match.band) == (name, in_band)


@pytest.mark.parametrize(
    ("text", "in_band"),
    [
        ("Ottoline Wolthekker", Band.CERTAIN),
        ("O. Wolthekker", Band.PROBABLE),
        ("Jan de Vries", Band.POSSIBLE),
        ("J. de Vries", Band.UNLIKELY),
        ("Jan de Vries van de JBV", Band.PROBABLE),
        ("J. de Vries van de JBV", Band.PROBABLE),
    ],
)
def test_a_rare_name_alone_can_be_certain_and_a_common_one_cannot(text: str, in_band: Band) -> None:
    matcher = matcher_of(
        named(given_names=("Ottoline",), surname="Wolthekker"), named(given_names=("Jan",), prefix="de", surname="Vries")
    )

    assert only_match(Document(text=text), matcher).band is in_band


@pytest.mark.parametrize("text", ["Sanne van der Molen", "S. van der Molen", "Sanne Molen", "Molen, Sanne van der", "S. Molen"])
def test_every_name_says_how_many_bear_it(text: str) -> None:
    reason = reason_of(only_match(Document(text=text)), "rarity")

    assert reason is not None
    assert reason.params["bearers"] == pytest.approx(1002.4 if text.startswith("S.") else 12.867)


@pytest.mark.parametrize("text", ["@sannevdm", "zoe van oost", "Zonnetje"])
def test_what_is_registered_as_a_whole_has_no_bearers(text: str) -> None:
    assert codes_of(only_match(Document(text=text))) == ["form"]


def test_the_best_spelling_speaks_for_the_person() -> None:
    match = only_match(Document(text="S. van der Molen zei dat Sanne van der Molen kwam"))

    assert match.name is NameGrade.CLEAR
    assert match.reasons == (Reason("form", {"form": "full"}), Reason("rarity", {"bearers": 12.867}))


def test_every_reason_says_what_was_seen() -> None:
    far = " Er was verder geen nieuws over de zaak." * 6

    match = only_match(Document(text=f"S. van der Molen, gezinsvoogd te Utrecht, houdt van voetbal.{far} Zij is van de JBV."))

    assert match.reasons == (
        Reason("form", {"form": "initials"}),
        Reason("rarity", {"bearers": 1002.4}),
        Reason("organisation", {"term": "JBV", "near": False}),
        Reason("context", {"term": "Utrecht", "near": True}),
        Reason("context", {"term": "gezinsvoogd", "near": True}),
        Reason("not_context", {"term": "voetbal", "near": True}),
    )


def test_a_term_within_her_own_name_says_nothing() -> None:
    registration = replace(SANNE, context=("Molen",))

    match = only_match(Document(text="Sanne van der Molen"), matcher_of(registration))

    assert codes_of(match) == ["form", "rarity"]


def test_a_term_counts_as_a_whole_word_only() -> None:
    match = only_match(Document(text="Sanne van der Molen zag een voetbalveld van de JBVers"))

    assert codes_of(match) == ["form", "rarity"]


def test_of_two_who_share_the_very_spelling_it_is_said_and_neither_is_chosen() -> None:
    matches = matcher_of(SANNE, replace(SANNE, external_id="p9")).match(Document(text="Sanne van der Molen van de JBV"))

    assert [(match.person_id, match.name, match.band) for match in matches] == [
        (1, NameGrade.CLEAR, Band.PROBABLE),
        (2, NameGrade.CLEAR, Band.PROBABLE),
    ]
    assert [reason_of(match, "shared_spelling") for match in matches] == [Reason("shared_spelling", {"people": 1})] * 2


def test_initials_that_two_share_do_not_lower_who_is_named_in_full() -> None:
    sem = Registration(external_id="p9", name=Name(surname="Molen", prefix="van der", given_names=("Sem",)))

    sanne, other = matcher_of(SANNE, sem).match(Document(text="Sanne van der Molen, S. van der Molen"))

    assert codes_of(sanne) == ["form", "rarity"]
    assert "shared_spelling" in codes_of(other)


def test_who_is_named_by_more_of_the_words_comes_before_who_is_named_by_fewer() -> None:
    longer = Registration(external_id="p9", name=Name(surname="Molen", prefix="van der", given_names=("Anna Sanne",)))

    shorter_match, longer_match = matcher_of(SANNE, longer).match(Document(text="Anna Sanne van der Molen"))

    assert {"shared_spelling", "better_fit"} & {*codes_of(shorter_match)}
    assert not {"shared_spelling", "better_fit"} & {*codes_of(longer_match)}
    assert shorter_match.confidence < longer_match.confidence


def test_the_words_that_fit_another_better_are_weak() -> None:
    namesake = Registration(external_id="p9", name=Name(surname="Molen", given_names=("Sanne",)))

    with_prefix, without = matcher_of(SANNE, namesake).match(Document(text="Sanne Molen"))

    assert (with_prefix.name, with_prefix.band) == (NameGrade.WEAK, Band.UNLIKELY)
    assert reason_of(with_prefix, "better_fit") == Reason("better_fit", {"people": 1})
    assert (without.name, codes_of(without)) == (NameGrade.CLEAR, ["form", "rarity"])


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (1.0, Band.CERTAIN),
        (0.97, Band.CERTAIN),
        (0.9699, Band.PROBABLE),
        (0.80, Band.PROBABLE),
        (0.7999, Band.POSSIBLE),
        (0.40, Band.POSSIBLE),
        (0.3999, Band.UNLIKELY),
        (0.0, Band.UNLIKELY),
    ],
)
def test_bands_begin_where_they_should(probability: float, expected: Band) -> None:
    assert band(probability) is expected


def test_the_same_reason_twice_counts_once() -> None:
    once = [Reason("form", {"form": "full"}), Reason("context", {"term": "Utrecht", "near": True})]

    assert confidence([*once, Reason("context", {"near": True, "term": "Utrecht"})]) == confidence(once)


def test_of_one_code_the_strongest_counts_most_and_the_fourth_nothing() -> None:
    form, *terms = [
        Reason("form", {"form": "partial"}),
        *(Reason("context", {"term": term, "near": False}) for term in ("Utrecht", "gezinsvoogd", "Zeist", "Soest")),
    ]

    sums = [math.log(p / (1 - p)) for p in (confidence([form, *terms[:count]]) for count in range(5))]

    assert [after - before for before, after in pairwise(sums)] == pytest.approx([1.2, 0.6, 0.3, 0.0], abs=0.01)


@pytest.mark.parametrize("code", ["organisation", "context", "colleague"])
def test_what_stands_near_counts_for_more(code: str) -> None:
    near, far = (points(Reason(code, {"near": is_near})) for is_near in (True, False))

    assert near > far > 0


REASONS = st.sampled_from(
    [
        Reason("form", {"form": "full"}),
        Reason("form", {"form": "partial"}),
        Reason("rarity", {"bearers": 900.0}),
        Reason("rarity", {"bearers": 0.01}),
        Reason("not_context", {"term": "voetbal", "near": True}),
        Reason("organisation", {"term": "JBV", "near": False}),
        Reason("context", {"term": "Zeist", "near": False}),
        Reason("context", {"term": "Soest", "near": True}),
        Reason("longer_name"),
        Reason("shared_spelling", {"people": 3}),
        Reason("evasion", {"how": "leet"}),
    ]
)
FOR_HER = st.sampled_from(
    [
        Reason("organisation", {"term": "Jeugdbescherming", "near": True}),
        Reason("organisation", {"term": "Jeugdbescherming", "near": False}),
        Reason("context", {"term": "Utrecht", "near": True}),
        Reason("context", {"term": "gezinsvoogd", "near": False}),
        Reason("colleague", {"people": 2, "near": False}),
        Reason("own_site", {"domain": "jbv.example"}),
        Reason("evasion", {"how": "stars"}),
    ]
)


@given(st.lists(REASONS), FOR_HER)
def test_more_that_speaks_for_her_never_lowers_the_answer(reasons: list[Reason], more: Reason) -> None:
    assert confidence([*reasons, more]) >= confidence(reasons)


@given(st.lists(REASONS), st.randoms(use_true_random=False))
def test_the_order_of_the_reasons_does_not_matter(reasons: list[Reason], chance: random.Random) -> None:
    shuffled = chance.sample(reasons, len(reasons))

    assert confidence(shuffled) == confidence(reasons)


@pytest.mark.parametrize("name", ["Sanne van der Molen", "S. van der Molen", "Sanne Molen", "S. Molen", "Sanne vd Molen-Bakker"])
def test_context_in_the_text_raises_the_answer(name: str) -> None:
    alone, with_context, with_both = (
        only_match(Document(text=f"{name}{more}")).confidence for more in ("", " uit Utrecht", " uit Utrecht (JBV)")
    )

    assert alone < with_context < with_both
