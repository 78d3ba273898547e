"""What looks like a name and is none, or is somebody else's: words, sentence ends, things with names, longer names."""

from __future__ import annotations

import pytest

from tests.core.watched import SANNE, Seen, in_a_sentence, matcher_of, named, read_as, seen_in

WATCHED = matcher_of(
    SANNE,
    named(given_names=("Max",), surname="Jong", prefix="de"),
    named(given_names=("Anne",), surname="Frank"),
    named(given_names=("Ben",), surname="Haar"),
    named(given_names=("Eline",), surname="Ben", prefix="de"),
    named(given_names=("Jan",), surname="Kort"),
    named(given_names=("Lot",), surname="Bakker"),
)


@pytest.mark.parametrize(
    "text",
    [
        "de molen",
        "De Molen",
        "Van der Molen",
        "Sanne, die de molen",
        "Sanne zag de molen",
        "Sanne, van der Molen en Bep",
        "Sanne en van der Molen",
        "Sanne (van der Molen)",
        "Sanne: van der Molen",
        "Max, de jonge",
        "Max de jongste",
        "Ben, maar haar man",
        "Ben zag haar",
        "Eline met Ben",
        "Jan, kort maar krachtig",
        "Lot, bakker in Utrecht",
        "Lot de bakker",
        "z'n molen",
        "'s Molen",
        "de foto's van der Molen",
        "Anne, Frank en Piet",
        "Anne en Frank",
        "de heer Frank",
    ],
)
def test_words_that_happen_to_be_names_name_nobody(text: str) -> None:
    assert read_as(text, WATCHED) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dat zei Sanne. Molen ging weg, en de rechtbank vroeg gisteren niets meer.",
        "Dat zei Sanne. Van der Molen ging weg, en de rechtbank vroeg gisteren niets meer.",
        "Dat zei Sanne! Van der Molen ging weg, en de rechtbank vroeg gisteren niets meer.",
        "Dat zei Sanne? Molen ging weg, en de rechtbank vroeg gisteren niets meer.",
        "Dat zei Sanne\n\nVan der Molen ging weg, en de rechtbank vroeg gisteren niets meer.",
        "Dat zei Anne. Frank ging weg, en de rechtbank vroeg gisteren niets meer.",
        "Dat zei Jan. Kort daarna ging de rechtbank weg, en vroeg gisteren niets meer.",
        "Sofie Jan. Kort daarna ging de rechtbank weg, en vroeg gisteren niets meer.",
        "Dat zei Lot, Bakker vroeg gisteren in de rechtbank van Utrecht niets meer.",
    ],
)
def test_a_name_does_not_reach_over_the_end_of_a_sentence(text: str) -> None:
    assert seen_in(text, WATCHED) == []


@pytest.mark.parametrize("text", ["Sanne van de molen", "Lot bakker", "Jan kort", "Max bakker"])
def test_a_small_common_word_is_weak_where_names_have_capitals(text: str) -> None:
    assert {(seen.grade, "common_word" in seen.notes) for seen in read_as(text, WATCHED)} <= {("weak", True)}


def test_in_a_text_in_small_letters_a_small_name_is_hers() -> None:
    text = "het ging volgens sanne van der molen gisteren bij de rechtbank heel anders dan de ouders zeggen."

    assert seen_in(text, WATCHED) == [Seen("sanne van der molen", "full", "clear")]


def test_in_small_letters_initials_before_a_common_word_are_weak() -> None:
    assert seen_in("het ging volgens s. van der molen gisteren heel anders", WATCHED) == [
        Seen("s. van der molen", "initials", "weak", ("common_word",))
    ]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("het Anne Frank Huis", "Anne Frank"),
        ("de Anne Frank Stichting", "Anne Frank"),
        ("de Anne Frank School", "Anne Frank"),
        ("het Anne Frank-huis", "Anne Frank"),
        ("basisschool Anne Frank", "Anne Frank"),
        ("Stichting Anne Frank", "Anne Frank"),
        ("de Sanne van der Molen-school", "Sanne van der Molen"),
        ("de Sanne van der Molen Prijs", "Sanne van der Molen"),
        ("Lot Bakker BV", "Lot Bakker"),
        ("firma Lot Bakker", "Lot Bakker"),
        ("Lot Bakker & Zonen", "Lot Bakker"),
        ("Lot Bakker en Zonen", "Lot Bakker"),
        ("Jan Kort Transport", "Jan Kort"),
        ("Hotel Lot Bakker", "Lot Bakker"),
        ("de roman Anne Frank", "Anne Frank"),
        ("de film 'Sanne van der Molen'", "Sanne van der Molen"),
        ('het boek "Sanne van der Molen"', "Sanne van der Molen"),
    ],
)
def test_the_name_of_a_street_a_school_a_firm_or_a_work_is_weak(text: str, surface: str) -> None:
    assert read_as(text, WATCHED) == [Seen(surface, "full", "weak", ("entity",))]


@pytest.mark.parametrize(
    "text",
    ["de Sanne van der Molenstraat", "de Anne Frankstraat", "het Anne Frankhuis", "de Sanne van der Molenprijs", "Lot Bakkersma"],
)
def test_a_word_that_begins_with_a_surname_is_another(text: str) -> None:
    assert read_as(text, WATCHED) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Sanne van der Molen-Bakker", "Sanne van der Molen"),
        ("Sanne van der Molen-de Boer", "Sanne van der Molen"),
        ("Jan Kort-Smit", "Jan Kort"),
        ("Anne-Sanne van der Molen", "Sanne van der Molen"),
    ],
)
def test_a_part_of_a_longer_name_is_weak(text: str, surface: str) -> None:
    assert read_as(text, WATCHED) == [Seen(surface, "full", "weak", ("longer_name",))]


@pytest.mark.parametrize("text", ["de Sanne van der Molen-affaire", "de Jan Kort-methode"])
def test_a_small_word_behind_a_hyphen_makes_no_longer_name(text: str) -> None:
    assert [(seen.grade, seen.notes) for seen in read_as(text, WATCHED)] == [("clear", ())]


@pytest.mark.parametrize(
    "name",
    [
        "Sanne van der Molenaar",
        "Susanne van der Molen",
        "Piet van der Molen",
        "Sanne Ging van der Molen",
        "Lot de Bakker",
        "Lot van Bakker",
        "Jan de Kort",
        "Piet Kort",
        "Maxima de Jong",
    ],
)
def test_another_name_is_nobody(name: str) -> None:
    assert read_as(name, WATCHED) == []


def test_a_namesake_in_another_sentence_changes_nothing() -> None:
    text = in_a_sentence("Sanne van der Molen") + " Ook Piet van der Molen, P. van der Molen en Sanne de Boer waren er."

    assert seen_in(text, WATCHED) == [Seen("Sanne van der Molen", "full", "clear")]
