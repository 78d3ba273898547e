"""How many people bear a name: a proxy, with a table of words whose frequencies are round figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.lexicon import EMPTY, Knowledge, Lexicon, table_of
from monitor.core.rarity import (
    FIRST_AT_MOST,
    FURTHER_INITIAL,
    INITIAL,
    LEAST,
    LISTED_FIRST,
    LISTED_SURNAME,
    POPULATION,
    SECOND_AT_LEAST,
    SURNAME_AT_MOST,
    WITH_PREFIX,
    expected_bearers,
)
from monitor.words import load_lexicon

LEXICON = Lexicon.from_bytes(
    table_of(
        {
            "jan": Knowledge(1e-3),
            "sanne": Knowledge(4e-6, is_given_name=True),
            "marijke": Knowledge(1e-6),
            "oumaima": Knowledge(0, is_given_name=True),
            "ype": Knowledge(1e-6, is_given_name=True),
            "jansen": Knowledge(1e-5),
            "molen": Knowledge(1e-5),
            "bakker": Knowledge(5e-6),
            "groot": Knowledge(1e-3),
            "amrani": Knowledge(2e-8, is_surname=True),
        }
    )
)


def bearers(first: str = "", prefix: str = "", surname: str = "") -> float:
    return expected_bearers(first, prefix, surname, LEXICON)


def test_a_surname_is_as_frequent_among_people_as_two_hundred_times_among_words() -> None:
    assert bearers(surname="Jansen") == pytest.approx(POPULATION * 200 * 1e-5, rel=0.07)


def test_of_a_word_with_a_prefix_most_uses_are_the_word() -> None:
    assert bearers(prefix="van der", surname="Molen") == pytest.approx(WITH_PREFIX * bearers(surname="Molen"))


@pytest.mark.parametrize(
    ("prefix", "surname", "also"),
    [("", "van der Molen", "Molen"), ("", "El-Amrani", "Amrani"), ("", "El Amrani", "Amrani"), ("", "van-der-Molen", "Molen")],
)
def test_a_prefix_within_the_surname_counts_as_one(prefix: str, surname: str, also: str) -> None:
    assert bearers(prefix=prefix, surname=surname) == pytest.approx(bearers(prefix="van", surname=also))


@pytest.mark.parametrize("prefix", ["", "de"])
def test_no_surname_is_commoner_than_the_commonest(prefix: str) -> None:
    assert bearers(prefix=prefix, surname="Groot") == POPULATION * SURNAME_AT_MOST


def test_of_several_words_the_rarest_decides() -> None:
    assert bearers(surname="Jansen Bakker") == bearers(surname="Bakker")


def test_a_double_name_is_both() -> None:
    both = bearers(surname="Jansen-Bakker")

    assert both == pytest.approx(bearers(surname="Jansen") * bearers(surname="Bakker") / POPULATION)
    assert bearers(surname="Bakker \u2013 Jansen") == pytest.approx(both)


def test_the_prefix_of_a_double_name_belongs_to_its_first_half_and_each_half_may_have_its_own() -> None:
    jansen, molen = bearers(surname="Jansen"), bearers(surname="Molen")

    assert bearers(prefix="van der", surname="Molen-Jansen") == pytest.approx(WITH_PREFIX * molen * jansen / POPULATION)
    assert bearers(surname="Jansen-van der Molen") == pytest.approx(WITH_PREFIX * molen * jansen / POPULATION)


def test_no_first_name_is_commoner_than_the_commonest() -> None:
    assert bearers("Jan", surname="Jansen") == pytest.approx(FIRST_AT_MOST * bearers(surname="Jansen"))


def test_a_name_that_is_listed_has_a_least_share() -> None:
    assert bearers(surname="Amrani") == pytest.approx(POPULATION * LISTED_SURNAME)
    assert bearers("Oumaima", surname="Jansen") == pytest.approx(LISTED_FIRST * bearers(surname="Jansen"))


def test_a_second_given_name_tells_less_than_the_first() -> None:
    assert bearers("Sanne Marijke", surname="Jansen") == pytest.approx(SECOND_AT_LEAST * bearers("Sanne", surname="Jansen"))
    assert bearers("Sanne-Jan", surname="Jansen") == pytest.approx(FIRST_AT_MOST * bearers("Sanne", surname="Jansen"))


@pytest.mark.parametrize(
    ("first", "share"),
    [
        ("S", INITIAL),
        ("S.", INITIAL),
        ("Th.", INITIAL),
        ("S.M.", INITIAL * FURTHER_INITIAL),
        ("S. M.", INITIAL * FURTHER_INITIAL),
        ("SM", INITIAL * FURTHER_INITIAL),
        ("S.M.J.", INITIAL * FURTHER_INITIAL**2),
    ],
)
def test_initials_fit_many(first: str, share: float) -> None:
    assert bearers(first, surname="Jansen") == pytest.approx(share * bearers(surname="Jansen"))


def test_an_initial_after_a_given_name_is_a_further_one() -> None:
    assert bearers("Sanne M.", surname="Jansen") == pytest.approx(FURTHER_INITIAL * bearers("Sanne", surname="Jansen"))


def test_a_short_given_name_in_capitals_is_no_initials() -> None:
    assert bearers("YPE", surname="Jansen") == bearers("Ype", surname="Jansen")


def test_a_name_of_unknown_words_is_borne_by_nearly_nobody() -> None:
    assert LEAST <= expected_bearers("Xqzz", "", "Wvuuk", EMPTY) < 0.001


def test_every_name_is_borne_by_somebody_and_by_no_more_than_all() -> None:
    assert bearers("Xqzz Xqzz Xqzz Xqzz", surname="Wvuuk-Wvuuk-Wvuuk") == LEAST
    assert bearers() == POPULATION


@given(st.text(max_size=20), st.text(max_size=8), st.text(max_size=20))
def test_nothing_that_is_written_is_too_odd(first: str, prefix: str, surname: str) -> None:
    assert LEAST <= bearers(first, prefix, surname) <= POPULATION


@given(st.text(max_size=20))
def test_whoever_is_named_more_closely_is_rarer(first: str) -> None:
    assert bearers(first, surname="Jansen") <= bearers(surname="Jansen")


@pytest.mark.parametrize(
    ("first", "prefix", "surname", "from_", "to"),
    [
        ("Jan", "de", "Vries", 375, 6000),  # about 1,500
        ("", "", "Jansen", 25_000, 150_000),  # 75,698
        ("", "", "Janssen", 18_000, 110_000),  # 55,394
        ("", "de", "Jong", 28_000, 260_000),  # 86,534
        ("", "van den", "Boogaard", 880, 14_000),  # 3,529
        ("Sanne", "van der", "Molen", 1, 100),
        ("Youssef", "", "El Amrani", 0.05, 50),
    ],
)
def test_the_real_table_is_true_to_a_factor_of_four(first: str, prefix: str, surname: str, from_: float, to: float) -> None:
    assert from_ <= expected_bearers(first, prefix, surname, load_lexicon()) <= to
