"""Folding: what is the same to a reader is the same, and every folded character knows where it comes from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.look_alikes import folded_character
from monitor.core.text import Word, doubtful, fold, folded, tokens, traces, words

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
        ("S\u0430nn\u0435 \u0410\u041d\u041d\u0410", "sanne ahha"),
        ("\u0396\u03bf\u0435 \u0397\u03b1ns", "zoe hans"),
        ("\u13da\u13aa\u0274\u0274\u1d07", "sanne"),
        ("\U0001f142\u24d0\u24dd\u249c\U0001f174", "sanae"),
        ("\U0001f1f8\U0001f1e6\U0001f1f3 Vols\U0001f1f3\U0001f1f1", " s a n vols n l"),
        ("\u02e2\u1d43\u207f\u207f\u1d49", "sanne"),
        ("S\u0336a\u0336n\u20e0ne\ufe0f", "sanne"),
        ("Sa\U000e0061n\u3164n\u115fe", "sanne"),
        ("Sanne\u2800Vols", "sanne vols"),
        ("\u0661\u0662 \uff13", "12 3"),
        ("\u0260\u0142\u0268\u014b", "glin"),
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


@pytest.mark.parametrize(
    "text",
    [
        "Rene\u0301 en Zo\u00eb",
        "\u201cZo\u00eb\u201d \u2013 dat\u2019s \u20ac 5\u2026",
        "gro\u00dfe dienst\u00adregeling, " * 9,
        "Ordinary text, with one \u0430 of another script, and \U0001f600",
        "\u0430\u0435\u043e\u00df",
        "\u00ad" * 70_000,
    ],
    ids=["latin", "printed", "not one to one", "rare", "odd only", "longer than a block"],
)
def test_every_way_of_folding_folds_as_one_character_after_another_does(text: str) -> None:
    parts = [folded_character(each) for each in text]
    expected = [place for place, part in enumerate(parts) for _ in part]

    result = fold(text)

    assert result.text == "".join(parts)
    assert [*result.offsets] == [*expected, len(text)]


def test_ordinary_text_with_accents_needs_no_offsets_of_its_own() -> None:
    assert isinstance(fold("Ren\u00e9e, \u00abzo\u00eb\u00bb en d\u2019Hondt: \u201cja\u201d").offsets, range)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ren\u00e9e Gro\u00dfe", set()),
        ("Rene\u0301e", set()),
        ("Mo\u00adlen", set()),
        ("\ufb01jn \u0132sbrand", set()),
        ("\u0141ukasz Y\u0131ld\u0131z", set()),
        ("Mo\u200blen", {"invisible"}),
        ("\u202eMolen\u202c", {"invisible"}),
        ("Mo\u3164len", {"invisible"}),
        ("M\u043elen", {"look_alike"}),
        ("\u041c\u043e\u0435", {"look_alike"}),
        ("\u0412\u043b\u0430\u0434\u0438\u043c\u0438\u0440", set()),
        ("\uff2dolen", {"styled"}),
        ("\U0001d40colen \u24dc", {"styled"}),
        ("M\u1d0flen", {"styled"}),
        ("M\u0336olen", {"struck"}),
        ("M\u0336\u200b\u043el", {"struck", "invisible", "look_alike"}),
        ("Molen \u2603 1\u00b2", set()),
        ("\ud800", set()),
    ],
)
def test_disguises_leave_traces_and_plain_writing_leaves_none(text: str, expected: set[str]) -> None:
    assert traces(text, 0, len(text)) == expected


def test_traces_are_those_of_the_part_alone() -> None:
    assert traces("Mo\u200blen Jansen", 7, 13) == frozenset()


def test_an_i_in_a_small_word_may_be_an_l() -> None:
    text = "\u00df VoIs en Mo\u0406en, In Italie"
    as_folded = fold(text)

    assert [as_folded.text[each - 2 : each + 2] for each in doubtful(text, as_folded)] == ["vois", "moie"]


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
def test_doubtful_places_are_places_of_an_i(text: str) -> None:
    as_folded = fold(text)

    assert {as_folded.text[each] for each in doubtful(text, as_folded)} <= {"i"}


@given(ANY_TEXT, st.integers(0, 9), st.integers(0, 9))
def test_traces_never_raise(text: str, start: int, end: int) -> None:
    assert traces(text, start, end) <= {"invisible", "look_alike", "styled", "struck"}


@given(ANY_TEXT)
def test_each_folded_character_comes_from_the_original_character_at_its_offset(text: str) -> None:
    result = fold(text)

    assert all(character in fold(text[offset]).text for character, offset in zip(result.text, result.offsets, strict=False))


def test_every_letter_of_the_common_scripts_folds_to_what_stays_as_it_is() -> None:
    everything = "".join(map(chr, (*range(0x3000), *range(0xA000, 0xAC00), *range(0xF900, 0x12000), *range(0x1D400, 0x1FC00))))

    once = fold(everything).text

    assert fold(once).text == once
    assert fold(unicodedata.normalize("NFD", everything)).text == once
