"""Misspelled names: one edit, or spelled as it sounds; never a word that is known, never a short part."""

from __future__ import annotations

import pytest

from tests.core.watched import MARIJKE, SANNE, matcher_of, named, read_as

MARLOES = matcher_of(named(given_names=("Marloes",), surname="Hoevenaar", prefix="van der"))
SHORT = matcher_of(named(given_names=("Lot",), surname="Wolthekker"), named(given_names=("Gerbrich",), surname="Vos"))
SOUNDS = matcher_of(
    named(given_names=("Rick",), surname="Dijkstra"),
    named(given_names=("Thea",), surname="Schouten"),
    named(given_names=("Philip",), surname="Smidt"),
    named(given_names=("Cor",), surname="Hendrickx"),
    named(given_names=("Aagje",), surname="Verhaege"),
    named(given_names=("Wim",), surname="Zegers"),
    named(given_names=("Joke",), surname="Conijn"),
)
KNOWN = matcher_of(
    SANNE, named(given_names=("Gerda",), surname="Visscher"), named(given_names=("Eline",), surname="Brink", prefix="van den")
)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Marloes van der Hoevenar", "full"),
        ("Marloes van der Hoevennaar", "full"),
        ("Marloes van der Hoebenaar", "full"),
        ("Marloes van der Hoevneaar", "full"),
        ("Marloes van der Oevenaar", "full"),
        ("Marloes van der Goevenaar", "full"),
        ("Marloes van der Hoevenaart", "full"),
        ("Marlos van der Hoevenaar", "full"),
        ("Marloess van der Hoevenaar", "full"),
        ("Marlies van der Hoevenaar", "full"),
        ("Malroes van der Hoevenaar", "full"),
        ("Narloes van der Hoevenaar", "full"),
        ("Arloes van der Hoevenaar", "full"),
        ("MARLOES VAN DER HOEVENAR", "full"),
        ("Marloes v.d. Hoevenar", "prefix"),
        ("Marloes Hoevenar", "no_prefix"),
        ("Hoevenar, Marloes van der", "inverted"),
        ("Hoevenaar, Marlos van der", "inverted"),
    ],
)
def test_one_edit_in_a_part_of_a_name_is_read(name: str, form: str) -> None:
    assert [(seen.surface, seen.form, seen.notes) for seen in read_as(name, MARLOES)] == [(name, form, ("misspelled",))]


@pytest.mark.parametrize(
    "name",
    [
        "Marloes van der Hovenar",
        "Marloes van der Hoeven",
        "Marlos van der Hoevenar",
        "Marl van der Hoevenaar",
        "M. van der Hoevenar",
        "Marloes van der hoevenar",
        "marlos van der Hoevenaar",
        "van der Hoevenar",
        "Piet van der Hoevenar",
        "Marloes en van der Hoevenar",
    ],
)
def test_more_than_one_edit_or_nobody_beside_it_is_not_read(name: str) -> None:
    assert read_as(name, MARLOES) == []


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Marijke Jansen-de Vriez", "full"),
        ("Marijke Jansen-de Vriess", "full"),
        ("Marijke Jannsen-de Vries", "full"),
        ("Marijke de Vries-Jannsen", "double"),
        ("Marijke Jannsen", "other_surname"),
    ],
)
def test_each_half_of_a_double_name_may_be_misspelled(name: str, form: str) -> None:
    assert [(seen.surface, seen.form, seen.notes) for seen in read_as(name, matcher_of(MARIJKE))] == [
        (name, form, ("misspelled",))
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Anne van der Molen",
        "Susanne van der Molen",
        "Sanne van der Molenaar",
        "Gerda Visser",
        "Elise van den Brink",
        "Sofie van den Brink",
        "Daan van der Molen",
        "Sanne van der Kort",
    ],
)
def test_a_known_name_is_never_a_misspelled_one(name: str) -> None:
    assert read_as(name, KNOWN) == []


@pytest.mark.parametrize(
    "name", ["Lots Wolthekker", "Lott Wolthekker", "Lo Wolthekker", "Gerbrich Vox", "Gerbrich Voss", "Gerbrich Wos"]
)
def test_a_part_of_less_than_five_letters_is_never_misspelled(name: str) -> None:
    assert read_as(name, SHORT) == []


@pytest.mark.parametrize("name", ["Lot Wolthekkr", "Gerbrih Vos", "Gerbricht Vos"])
def test_the_long_part_beside_a_short_one_may_be(name: str) -> None:
    assert [(seen.surface, seen.notes) for seen in read_as(name, SHORT)] == [(name, ("misspelled",))]


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Rick Dykstra", "respelled"),
        ("Rick Deikstra", "misspelled"),
        ("Rick Deykstra", "misspelled"),
        ("Thea Scouten", "misspelled"),
        ("Thea Souten", "misspelled"),
        ("Philip Smid", "misspelled"),
        ("Filip Smidt", "misspelled"),
        ("Fillip Smidt", "misspelled"),
        ("Cor Hendriks", "misspelled"),
        ("Cor Hendrix", "misspelled"),
        ("Cor Hendricks", "misspelled"),
        ("Aagje Verhage", "misspelled"),
        ("Aagje Verhaeghe", "misspelled"),
        ("Wim Segers", "misspelled"),
        ("Joke Konijn", "misspelled"),
        ("Joke Conyn", "respelled"),
        ("Joke Koneyn", "misspelled"),
    ],
)
def test_a_name_may_be_spelled_as_it_sounds_in_dutch(name: str, note: str) -> None:
    assert [(seen.surface, seen.notes) for seen in read_as(name, SOUNDS)] == [(name, (note,))]


def test_a_first_name_with_an_s_is_a_misspelled_one() -> None:
    assert [(seen.surface, seen.notes) for seen in read_as("Sannes van der Molen", KNOWN)] == [
        ("Sannes van der Molen", ("misspelled",))
    ]
