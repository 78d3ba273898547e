"""The Lexicon: what it knows of words, and the layout of its table. The real table is read in tests/test_words.py."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.lexicon import EMPTY, FLOOR, KNOWN_FROM, BrokenTable, Knowledge, Lexicon, table_of

WORDS = {
    "de": Knowledge(0.05, is_common=True),
    "molen": Knowledge(1.3e-5, is_common=True, is_surname=True),
    "molenaar": Knowledge(2e-6, is_surname=True),
    "sanne": Knowledge(4e-6, is_given_name=True),
    "wieken": Knowledge(2e-7),
    "zeldzaam": Knowledge(2e-8),
    "however": Knowledge(is_foreign=True),
}
LEXICON = Lexicon.from_bytes(table_of(WORDS))

words = st.text("abcde", min_size=1, max_size=6)
knowledge = st.builds(
    Knowledge,
    st.one_of(st.just(0.0), st.floats(1e-8, 0.1)),
    is_common=st.booleans(),
    is_foreign=st.booleans(),
    is_given_name=st.booleans(),
    is_surname=st.booleans(),
)


def test_it_knows_the_commonest_words() -> None:
    assert [word for word in WORDS if LEXICON.is_common(word)] == ["de", "molen"]


def test_it_knows_given_names_and_surnames() -> None:
    assert [word for word in WORDS if LEXICON.is_given_name(word)] == ["sanne"]
    assert [word for word in WORDS if LEXICON.is_surname(word)] == ["molen", "molenaar"]


def test_whatever_is_common_a_name_foreign_or_frequent_is_no_misspelling() -> None:
    assert [word for word in WORDS if not LEXICON.is_known(word)] == ["zeldzaam"]


@pytest.mark.parametrize("word", WORDS)
def test_the_frequency_of_a_word_is_true_to_seven_percent(word: str) -> None:
    assert LEXICON.frequency(word) == pytest.approx(WORDS[word].frequency or FLOOR, rel=0.07)


@pytest.mark.parametrize(
    "word", ["", "mole", "molens", "olen", "Molen", "molén", "m\u043elen", "m0len", "\n", "\ud800", "\x00", "de " * 99]
)
def test_another_word_is_unknown(word: str) -> None:
    assert not LEXICON.is_known(word)
    assert LEXICON.frequency(word) == FLOOR


def test_two_words_with_a_line_break_between_them_are_no_word() -> None:
    many = Lexicon.from_bytes(table_of({f"{first}{second}": Knowledge(0.01) for first in "abcdefgh" for second in "abcdefgh"}))
    pairs = [f"{first}\n{second}" for first in ("aa", "ab", "ac", "ba") for second in ("ad", "ae", "bb", "bc", "hh")]

    assert [pair for pair in pairs if many.is_known(pair)] == []


def test_nothing_is_known_where_there_is_no_table() -> None:
    assert not EMPTY.is_known("de")
    assert EMPTY.frequency("de") == FLOOR


@given(st.dictionaries(words, knowledge, max_size=60), words)
def test_every_word_is_found_again_and_no_other(table: dict[str, Knowledge], other: str) -> None:
    lexicon = Lexicon.from_bytes(table_of(table))

    for word in (*table, other):
        expected = table.get(word, Knowledge())
        is_known = any(expected[1:]) or expected.frequency >= KNOWN_FROM
        assert lexicon.frequency(word) == pytest.approx(expected.frequency or FLOOR, rel=0.07)
        assert lexicon.is_common(word) is expected.is_common
        assert lexicon.is_given_name(word) is expected.is_given_name
        assert lexicon.is_surname(word) is expected.is_surname
        assert lexicon.is_known(word) is is_known


@given(st.text())
def test_no_word_is_too_odd_to_ask_for(word: str) -> None:
    assert LEXICON.is_known(word) is (word in WORDS and word != "zeldzaam")


def test_the_same_words_make_the_same_table_in_whatever_order() -> None:
    assert table_of(WORDS) == table_of(dict(reversed(WORDS.items())))


@pytest.mark.parametrize("word", ["Molen", "mölen", "two words", "m0len", ""])
def test_only_folded_words_of_letters_are_written(word: str) -> None:
    with pytest.raises(ValueError, match="not a folded word"):
        table_of({word: Knowledge()})


def test_a_table_cut_off_anywhere_is_refused() -> None:
    table = table_of(WORDS)

    for length in range(len(table)):
        with pytest.raises(BrokenTable):
            Lexicon.from_bytes(table[:length])


def test_a_table_with_one_wrong_byte_is_refused() -> None:
    table = table_of(WORDS)

    for place in range(len(table)):
        with pytest.raises(BrokenTable):
            Lexicon.from_bytes(table[:place] + bytes([table[place] ^ 1]) + table[place + 1 :])


def test_a_table_that_checks_but_has_no_room_for_its_buckets_is_refused() -> None:
    magic = table_of({}).partition(b"\n")[0] + b"\n"
    for buckets in (0, 9):
        checked = buckets.to_bytes(4, "little")
        with pytest.raises(BrokenTable):
            Lexicon.from_bytes(magic + zlib.crc32(checked).to_bytes(4, "little") + checked)
