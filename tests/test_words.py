"""The table of words that was made at install: that it is there, current, and knows what it should."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from hatch_build import NOTICE, TABLE, make_table, notice
from monitor.core.lexicon import FLOOR, Knowledge, table_of
from monitor.ports import PluginError
from monitor.words import load_lexicon, read_lexicon

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("word", ["huis", "jeugdzorg", "maar", "leven", "molen", "friday", "gestern", "aujourd", "bonjour"])
def test_the_commonest_words_of_four_languages_are_common(word: str) -> None:
    assert load_lexicon().is_common(word)


@pytest.mark.parametrize("name", ["sanne", "marijke", "youssef", "peter", "fatima", "ayse", "jurgen", "francois"])
def test_given_names_are_known_folded(name: str) -> None:
    assert load_lexicon().is_given_name(name)


@pytest.mark.parametrize("name", ["jansen", "vries", "amrani", "yilmaz", "smith", "muller", "dupont", "kowalczyk"])
def test_surnames_are_known_folded_and_without_their_prefix(name: str) -> None:
    assert load_lexicon().is_surname(name)


@pytest.mark.parametrize("word", ["de", "van", "der", "dan", "ben", "over", "aan"])
def test_a_prefix_or_another_of_the_commonest_words_is_no_name(word: str) -> None:
    assert not load_lexicon().is_surname(word)
    assert not load_lexicon().is_given_name(word)


@pytest.mark.parametrize("word", ["jnasen", "sannne", "molenxq", "marijkke", "hendrikxs"])
def test_a_misspelling_is_unknown(word: str) -> None:
    assert not load_lexicon().is_known(word)
    assert load_lexicon().frequency(word) <= 1e-7


def test_the_rarer_word_has_the_lower_frequency() -> None:
    in_order = ["de", "huis", "molen", "smits", "bruynzeel", "xqzzz"]

    assert sorted(in_order, key=load_lexicon().frequency, reverse=True) == in_order
    assert load_lexicon().frequency("xqzzz") == FLOOR


def test_the_table_is_read_once() -> None:
    assert load_lexicon() is load_lexicon()


def test_the_table_is_small() -> None:
    assert (ROOT / TABLE).stat().st_size < 4_500_000


def test_the_table_is_what_the_packages_say_each_time_it_is_made() -> None:
    assert make_table() == (ROOT / TABLE).read_bytes()


def test_the_notice_stands_beside_the_table_and_names_what_it_was_made_from() -> None:
    said = (ROOT / NOTICE).read_text(encoding="utf-8")

    assert said == notice()
    for package in ("wordfreq", "faker"):
        assert f"{package} {importlib.metadata.version(package)}" in said
    assert all(name in said for name in ("Attribution-ShareAlike 4.0", "Robyn Speer", "SUBTLEX-NL", "Daniele Faraglia"))


def test_a_missing_table_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"the table of words is missing .*words\.table.*: install Naamwacht again"):
        read_lexicon(tmp_path / "words.table")


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", table_of({"molen": Knowledge(0.1)})[:-1]], ids=["empty", "other", "cut off"]
)
def test_a_broken_table_is_told_with_its_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "words.table").write_bytes(content)

    with pytest.raises(PluginError, match=r"the table of words cannot be read .*: install Naamwacht again"):
        read_lexicon(tmp_path / "words.table")


def test_a_table_that_is_a_folder_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="install Naamwacht again"):
        read_lexicon(tmp_path)
