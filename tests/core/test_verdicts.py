"""Judging a match: how sure it is, why, and that more for her never lowers the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.matching import REASON_CODES, band, confidence
from monitor.core.model import Band, Document, Name, NameGrade, Reason, Registration
from tests.core.watched import SANNE, codes_of, matcher_of, only_match


@pytest.mark.parametrize(
    ("text", "name", "in_band"),
    [
        ("Sanne van der Molen", NameGrade.CLEAR, Band.PROBABLE),
        ("Sanne van der Molen van de JBV", NameGrade.CLEAR, Band.CERTAIN),
        ("Sanne van der Molen van Jeugdbescherming\nVoorbeeld", NameGrade.CLEAR, Band.CERTAIN),
        ("Sanne van der Molen uit UTRECHT", NameGrade.CLEAR, Band.CERTAIN),
        ("Sanne vd Molen", NameGrade.CLEAR, Band.PROBABLE),
        ("Sanne vd Molen, gezinsvoogd", NameGrade.CLEAR, Band.CERTAIN),
        ("Molen, Sanne van der", NameGrade.CLEAR, Band.PROBABLE),
        ("S. van der Molen", NameGrade.LIKELY, Band.POSSIBLE),
        ("S. van der Molen uit Utrecht", NameGrade.LIKELY, Band.PROBABLE),
        ("S. van der Molen uit Utrecht van de JBV", NameGrade.LIKELY, Band.PROBABLE),
        ("Sanne Molen", NameGrade.LIKELY, Band.POSSIBLE),
        ("Sanne Molen, gezinsvoogd", NameGrade.LIKELY, Band.PROBABLE),
        ("S. Molen", NameGrade.WEAK, Band.UNLIKELY),
        ("Sanne van der Molen speelt voetbal", NameGrade.CLEAR, Band.UNLIKELY),
        ("Sanne van der Molen uit Utrecht speelt voetbal", NameGrade.CLEAR, Band.POSSIBLE),
        ("Sanne van der Molen-Bakker", NameGrade.WEAK, Band.POSSIBLE),
        ("Anne-Sanne van der Molen", NameGrade.WEAK, Band.POSSIBLE),
        ("Molen, Sanne de Boer", NameGrade.WEAK, Band.UNLIKELY),
        ("de Sanne van der Molen-affaire", NameGrade.CLEAR, Band.PROBABLE),
        ("@sannevdm", NameGrade.CLEAR, Band.PROBABLE),
    ],
)
def test_two_answers_are_given(text: str, name: NameGrade, in_band: Band) -> None:
    match = only_match(Document(text=text))

    assert (match.name, match.band) == (name, in_band)


def test_the_best_spelling_speaks_for_the_person() -> None:
    match = only_match(Document(text="S. van der Molen zei dat Sanne van der Molen kwam"))

    assert match.name is NameGrade.CLEAR
    assert match.reasons == (Reason("form", {"form": "full"}),)


def test_every_reason_says_what_was_seen() -> None:
    match = only_match(Document(text="S. van der Molen, gezinsvoogd te Utrecht bij de JBV, houdt van voetbal"))

    assert match.reasons == (
        Reason("form", {"form": "initials"}),
        Reason("organisation", {"term": "JBV"}),
        Reason("context", {"term": "Utrecht"}),
        Reason("context", {"term": "gezinsvoogd"}),
        Reason("not_context", {"term": "voetbal"}),
    )


def test_a_term_within_her_own_name_says_nothing() -> None:
    registration = replace(SANNE, context=("Molen",))

    match = only_match(Document(text="Sanne van der Molen"), matcher_of(registration))

    assert codes_of(match) == ["form"]


def test_a_term_counts_as_a_whole_word_only() -> None:
    match = only_match(Document(text="Sanne van der Molen zag een voetbalveld van de JBVers"))

    assert codes_of(match) == ["form"]


def test_two_who_share_the_very_spelling_are_both_only_possible() -> None:
    matches = matcher_of(SANNE, replace(SANNE, external_id="p9")).match(Document(text="Sanne van der Molen"))

    assert [(match.person_id, match.name, match.band) for match in matches] == [
        (1, NameGrade.CLEAR, Band.POSSIBLE),
        (2, NameGrade.CLEAR, Band.POSSIBLE),
    ]
    assert matches[0].reasons[-1] == Reason("shared_spelling", {"people": 1})


def test_initials_that_two_share_do_not_lower_who_is_named_in_full() -> None:
    sem = Registration(external_id="p9", name=Name(surname="Molen", prefix="van der", given_names=("Sem",)))

    sanne, other = matcher_of(SANNE, sem).match(Document(text="Sanne van der Molen, S. van der Molen"))

    assert codes_of(sanne) == ["form"]
    assert codes_of(other) == ["form", "shared_spelling"]


def test_who_is_named_by_more_of_the_words_comes_before_who_is_named_by_fewer() -> None:
    longer = Registration(external_id="p9", name=Name(surname="Molen", prefix="van der", given_names=("Anna Sanne",)))

    shorter_match, longer_match = matcher_of(SANNE, longer).match(Document(text="Anna Sanne van der Molen"))

    assert "shared_spelling" in codes_of(shorter_match)
    assert "shared_spelling" not in codes_of(longer_match)


def test_the_spelling_of_another_counts_less_than_her_own() -> None:
    namesake = Registration(external_id="p9", name=Name(surname="Molen", given_names=("Sanne",)))

    with_prefix, without = matcher_of(SANNE, namesake).match(Document(text="Sanne Molen"))

    assert (with_prefix.band, "shared_spelling" in codes_of(with_prefix)) == (Band.UNLIKELY, True)
    assert (without.band, "shared_spelling" in codes_of(without)) == (Band.PROBABLE, False)


def test_every_reason_of_a_match_is_documented_with_its_parameters() -> None:
    document = Document(text="Molen, Sanne de Boer " * 1_100 + "JBV Utrecht voetbal")
    address = Document(url="https://news.example/sanne-van-der-molen")
    twins = matcher_of(SANNE, SANNE)

    reasons = [reason for each in (document, address) for match in twins.match(each) for reason in match.reasons]

    assert {reason.code: tuple(reason.params) for reason in reasons} == dict(REASON_CODES)


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
    once = [Reason("form", {"form": "full"}), Reason("context", {"term": "Utrecht"})]

    assert confidence([*once, Reason("context", {"term": "gezinsvoogd"})]) == confidence(once)


@given(
    st.lists(
        st.sampled_from(
            [Reason("form", {"form": "full"}), Reason("form", {"form": "partial"}), Reason("not_context"), Reason("longer_name")]
        )
    )
)
def test_more_that_speaks_for_her_never_lowers_the_answer(reasons: list[Reason]) -> None:
    richer = [*reasons, Reason("organisation"), Reason("context")]

    assert confidence(richer) >= confidence([*reasons, Reason("context")]) >= confidence(reasons)


@pytest.mark.parametrize("name", ["Sanne van der Molen", "S. van der Molen", "Sanne Molen", "S. Molen", "Sanne vd Molen-Bakker"])
def test_context_in_the_text_raises_the_answer(name: str) -> None:
    alone, with_context, with_both = (
        only_match(Document(text=f"{name}{more}")).confidence for more in ("", " uit Utrecht", " uit Utrecht (JBV)")
    )

    assert alone < with_context < with_both
