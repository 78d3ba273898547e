"""Folding: what is the same to a reader is the same, and every folded character knows where it comes from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.text import Word, fold, folded, tokens, words

ANY_TEXT = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\u0301\u0308\u00ad\u200b\u202e\x00\ud800\u0132\u00df\ufdfa")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SANNE", "sanne"),
        ("Ren\u00e9e", "renee"),
        ("Rene\u0301e", "renee"),
        ("\u0130layda Y\u0131ld\u0131z", "ilayda yildiz"),
        ("\u0141ukasz", "lukasz"),
        ("Gro\u00dfe \u00d8rsted", "grosse orsted"),
        ("\u0132sbrand en \u0133s", "ijsbrand en ijs"),
        ("Jansen\u2010de\u2011Vries\u2013Bos", "jansen-de-vries-bos"),
        ("van \u2019t Hof, O\u2018Brien, D`Angelo", "van 't hof, o'brien, d'angelo"),
        ("van\u00a0der\u2009Molen", "van der molen"),
        ("Mo\u00adlen", "molen"),
        ("Mo\u200b\u2060\ufefflen", "molen"),
        ("\u202eMolen\u202c", "molen"),
        ("\uff33\uff41\uff4e\uff4e\uff45", "sanne"),
        ("\U0001d412anne", "sanne"),
        ("\ufb01jn", "fijn"),
        ("Molen\u00b9", "molen "),
        ("a\r\nb\tc\u2028d", "a \nb c\nd"),
        ("", ""),
        ("\x00\ud800", "\x00\ud800"),
    ],
)
def test_what_means_the_same_folds_to_the_same(text: str, expected: str) -> None:
    assert fold(text).text == expected


def test_the_shorthand_sees_no_difference_in_white_space() -> None:
    assert folded(" Sanne\r\n  van\u00a0der Molen ") == "sanne van der molen"


def test_an_em_dash_is_no_hyphen() -> None:
    assert fold("Molen\u2014Bakker").text == "molen\u2014bakker"


def test_words_stand_where_they_are_written() -> None:
    text = "Dag, Rene\u0301 van\u00a0\u2019t Hof_\u0132s!"

    found = words(text)

    assert found == (
        Word("dag", 0, 3),
        Word("rene", 5, 10),
        Word("van", 11, 14),
        Word("t", 16, 17),
        Word("hof", 18, 21),
        Word("ijs", 22, 24),
    )


def test_a_word_takes_its_last_combining_mark_but_not_what_cannot_be_seen() -> None:
    assert words("Rene\u0301\u200b!") == (Word("rene", 0, 5),)


def test_tokens_are_words_without_places() -> None:
    assert tokens("v.d. Mo\u0308len") == ("v", "d", "molen")


def test_ten_megabytes_of_hostile_text_are_folded() -> None:
    text = "e\u0301\ud800\x00\u202e" * 400_000

    result = fold(text)

    assert len(result.text) == 1_200_000
    assert len(result.offsets) == 1_200_001


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text

    assert fold(once).text == once


@given(ANY_TEXT)
def test_the_offsets_never_fall_and_reach_from_the_first_to_the_last(text: str) -> None:
    result = fold(text)
    offsets = [*result.offsets]

    assert len(offsets) == len(result.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(0 <= offset < len(text) for offset in offsets[:-1])


@given(ANY_TEXT)
def test_composed_and_decomposed_text_fold_to_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)).text == fold(unicodedata.normalize("NFD", text)).text


@given(ANY_TEXT, ANY_TEXT)
def test_a_text_folds_like_its_parts(first: str, second: str) -> None:
    assert fold(first + second).text == fold(first).text + fold(second).text


@given(ANY_TEXT)
def test_each_folded_character_comes_from_the_original_character_at_its_offset(text: str) -> None:
    result = fold(text)

    assert all(character in fold(text[offset]).text for character, offset in zip(result.text, result.offsets, strict=False))


def test_every_letter_of_the_common_scripts_folds_to_what_stays_as_it_is() -> None:
    everything = "".join(map(chr, (*range(0x3000), *range(0xF900, 0x10000), *range(0x1D400, 0x1D800))))

    once = fold(everything).text

    assert fold(once).text == once
