"""Surnames with their prefixes, in which order they stand, and how names from elsewhere are written here."""

from __future__ import annotations

import pytest

from tests.core.watched import BEP, SANNE, Seen, matcher_of, named, read_as

WATCHED = matcher_of(SANNE)
PREFIXED = matcher_of(
    BEP,
    named(given_names=("Anouk",), prefix="in 't", surname="Veld"),
    named(given_names=("Kees",), prefix="op den", surname="Brink"),
    named(given_names=("Lot",), prefix="d'", surname="Hondt"),
    named(given_names=("Piet",), prefix="de", surname="Jongh"),
)
ELSEWHERE = matcher_of(
    named(given_names=("J\u00fcrgen",), surname="M\u00fcller"),
    named(given_names=("S\u00f8ren",), surname="\u00c5berg"),
    named(given_names=("Fiona",), surname="McAllister"),
    named(given_names=("Ian",), surname="Mac Leod"),
    named(given_names=("Sean",), surname="O'Brien"),
    named(given_names=("Ren\u00e9",), surname="D'Angelo"),
    named(given_names=("Karim",), surname="Ben Ali"),
    named(given_names=("Youssef",), surname="El Amrani"),
    named(given_names=("Fatima",), surname="Ait Moussa"),
    named(given_names=("Ay\u015fe",), surname="Y\u0131ld\u0131z"),
    named(given_names=("G\u00f6khan",), surname="\u015eahin"),
    named(given_names=("Max",), surname="Stra\u00dfer"),
    named(given_names=("Zosia",), surname="\u0141ukasik"),
    named(given_names=("Gerda",), surname="Dijkstra"),
    named(given_names=("Cees",), surname="Meyer"),
    named(given_names=("Otto",), prefix="von", surname="Wolthekker"),
)


@pytest.mark.parametrize(
    ("name", "form", "grade"),
    [
        ("Sanne van der Molen", "full", "clear"),
        ("Sanne Van Der Molen", "full", "clear"),
        ("Sanne VAN DER MOLEN", "full", "clear"),
        ("Sanne van-der-Molen", "full", "clear"),
        ("Sanne van\nder Molen", "full", "clear"),
        ("Sanne van der  Molen", "full", "clear"),
        ("Sanne v.d. Molen", "prefix", "clear"),
        ("Sanne v. d. Molen", "prefix", "clear"),
        ("Sanne V.d. Molen", "prefix", "clear"),
        ("Sanne v.d.Molen", "prefix", "clear"),
        ("Sanne vd Molen", "prefix", "clear"),
        ("Sanne vd. Molen", "prefix", "clear"),
        ("Sanne vdr Molen", "prefix", "clear"),
        ("Sanne v/d Molen", "prefix", "clear"),
        ("Sanne v/d. Molen", "prefix", "clear"),
        ("Sanne v d Molen", "prefix", "clear"),
        ("Sanne v der Molen", "prefix", "clear"),
        ("Sanne v.der Molen", "prefix", "clear"),
        ("Sanne van d. Molen", "prefix", "clear"),
        ("Sanne VdMolen", "prefix", "clear"),
        ("Sanne vander Molen", "prefix", "clear"),
        ("Sanne VanderMolen", "prefix", "clear"),
        ("Sanne Vandermolen", "prefix", "clear"),
        ("Sanne Molen", "no_prefix", "likely"),
        ("Sanne van de Molen", "other_prefix", "likely"),
        ("Sanne van den Molen", "other_prefix", "likely"),
        ("Sanne de Molen", "other_prefix", "likely"),
        ("Sanne ter Molen", "other_prefix", "likely"),
    ],
)
def test_a_prefix_is_read_in_every_spelling(name: str, form: str, grade: str) -> None:
    assert read_as(name, WATCHED) == [Seen(name, form, grade)]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Bep van 't Hof", "full"),
        ("Bep van het Hof", "full"),
        ("Bep van t Hof", "full"),
        ("Bep van\u2019t Hof", "full"),
        ("Bep van \u2018t Hof", "full"),
        ("Bep van `t Hof", "full"),
        ("Bep van \u00b4t Hof", "full"),
        ("Bep v 't Hof", "prefix"),
        ("Bep vant Hof", "prefix"),
        ("Anouk in 't Veld", "full"),
        ("Anouk in het Veld", "full"),
        ("Anouk Intveld", "prefix"),
        ("Kees op den Brink", "full"),
        ("Kees Opdenbrink", "prefix"),
        ("Lot d'Hondt", "full"),
        ("Lot D'Hondt", "full"),
        ("Lot d Hondt", "full"),
        ("Lot d\u2019 Hondt", "full"),
        ("Lot Dhondt", "prefix"),
        ("Piet d. Jongh", "prefix"),
        ("Piet Dejongh", "prefix"),
        ("Kees op de Brink", "other_prefix"),
        ("Bep van der Hof", "other_prefix"),
    ],
)
def test_other_prefixes_are_read_as_well(name: str, form: str) -> None:
    assert [(seen.surface, seen.form, seen.notes) for seen in read_as(name, PREFIXED)] == [(name, form, ())]


def test_a_prefix_where_none_is_registered_is_another_name() -> None:
    assert read_as("Kees de Smit", matcher_of(named(given_names=("Kees",), surname="Smit"))) == []


@pytest.mark.parametrize(
    ("name", "form", "grade"),
    [
        ("Molen, Sanne van der", "inverted", "clear"),
        ("van der Molen, Sanne", "inverted", "clear"),
        ("Van der Molen, Sanne", "inverted", "clear"),
        ("Molen, van der, Sanne", "inverted", "clear"),
        ("Molen (van der), Sanne", "inverted", "clear"),
        ("Molen van der, Sanne", "inverted", "clear"),
        ("v.d. Molen, Sanne", "inverted", "clear"),
        ("Molen, Sanne Maria van der", "inverted", "clear"),
        ("Molen, Sanne M. van der", "inverted", "clear"),
        ("MOLEN, Sanne van der", "inverted", "clear"),
        ("Molen,Sanne van der", "inverted", "clear"),
        ("Molen Sanne van der", "inverted", "clear"),
        ("Van der Molen Sanne", "inverted", "clear"),
        ("Molen, Sanne", "no_prefix", "likely"),
        ("Molen, S. van der", "inverted_initials", "likely"),
        ("Molen, S.M. van der", "inverted_initials", "likely"),
        ("Molen, SM van der", "inverted_initials", "likely"),
        ("Molen, S van der", "inverted_initials", "likely"),
    ],
)
def test_the_surname_may_come_first(name: str, form: str, grade: str) -> None:
    assert read_as(name, WATCHED) == [Seen(name, form, grade)]


@pytest.mark.parametrize(
    ("text", "surface", "form"),
    [
        ("Molen, Sanne v.d.", "Molen, Sanne v.d", "inverted"),
        ("Molen, S.M. v.d.", "Molen, S.M. v.d", "inverted_initials"),
        ("van der Molen, S.", "van der Molen, S", "inverted_initials"),
    ],
)
def test_a_point_at_the_end_is_no_part_of_the_name(text: str, surface: str, form: str) -> None:
    assert read_as(text, WATCHED) == [Seen(surface, form, "clear" if form == "inverted" else "likely")]


def test_a_list_of_names_is_read_line_by_line() -> None:
    seen = read_as("de lijst\n1. Molen, Sanne van der\n2. Bakker, Piet\n3. Hof, Sanne\nvan onderen", WATCHED)

    assert [each.surface for each in seen] == ["Molen, Sanne van der"]


@pytest.mark.parametrize(
    "text",
    [
        "Jan Molen, Sanne Bakker",
        "Jan Molen, Sanne en Piet",
        "J. van der Molen, Sanne Smit",
        "Piet van der Molen, Sanne en Kees",
        "de molen, Sanne",
        "de molen, Sanne van der Boer",
        "De Molen, Sanne en Piet",
        "Molen; Sanne van der",
        "Molen. Sanne van der",
    ],
)
def test_a_comma_between_two_people_makes_no_inverted_name(text: str) -> None:
    assert read_as(text, WATCHED) == []


def test_an_inverted_name_with_another_surname_behind_it_is_no_clear_one() -> None:
    (seen,) = read_as("Molen, Sanne Smit", WATCHED)

    assert (seen.grade, seen.notes) == ("likely", ("another_name",))


@pytest.mark.parametrize("text", ["Molen, Sanne de Boer", "Van der Molen, Sanne van Oost"])
def test_an_inverted_name_with_a_surname_behind_it_is_weak(text: str) -> None:
    assert {(seen.grade, seen.notes) for seen in read_as(text, WATCHED)} <= {("weak", ("longer_name",))}


@pytest.mark.parametrize(
    ("name", "surfaces"),
    [("Piet Bakker, Jan Smit", ["Piet Bakker"]), ("Piet Bakker, Jan", ["Piet Bakker"]), ("Kees Bakker, Jan", [])],
)
def test_in_a_list_of_people_each_first_name_has_its_own_surname(name: str, surfaces: list[str]) -> None:
    matcher = matcher_of(named(given_names=("Piet",), surname="Bakker"), named(given_names=("Jan",), surname="Bakker"))

    assert [seen.surface for seen in read_as(name, matcher)] == surfaces


@pytest.mark.parametrize(
    ("text", "surface", "grade", "notes"),
    [
        ("Sanne van der Molen's boek", "Sanne van der Molen", "clear", ()),
        ("Sanne van der Molen\u2019s boek", "Sanne van der Molen", "clear", ()),
        ("Sanne van der Molens boek", "Sanne van der Molens", "likely", ("possessive",)),
        ("S. van der Molens boek", "S. van der Molens", "weak", ("possessive",)),
    ],
)
def test_an_s_behind_a_surname_may_be_a_possessive(text: str, surface: str, grade: str, notes: tuple[str, ...]) -> None:
    (seen,) = read_as(text, WATCHED)

    assert (seen.surface, seen.grade, seen.notes) == (surface, grade, notes)


def test_given_name_and_surname_with_an_s_are_likely_even_where_that_is_another_surname() -> None:
    assert read_as("Kees Smits", matcher_of(named(given_names=("Kees",), surname="Smit"))) == [
        Seen("Kees Smits", "full", "likely", ("possessive",))
    ]


@pytest.mark.parametrize("text", ["Lot Claes' boek", "Lot Claes\u2019 boek"])
def test_behind_an_s_stands_an_apostrophe_alone(text: str) -> None:
    assert read_as(text, matcher_of(named(given_names=("Lot",), surname="Claes"))) == [Seen("Lot Claes", "full", "clear")]


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("J\u00fcrgen M\u00fcller", ()),
        ("Jurgen Muller", ()),
        ("Juergen Mueller", ("respelled",)),
        ("JUERGEN MUELLER", ("respelled",)),
        ("S\u00f8ren \u00c5berg", ()),
        ("Soren Aberg", ()),
        ("Soeren Aaberg", ("respelled",)),
        ("Fiona McAllister", ()),
        ("Fiona Mcallister", ()),
        ("Fiona MacAllister", ("respelled",)),
        ("Fiona Mac Allister", ("respelled",)),
        ("Ian Mac Leod", ()),
        ("Ian MacLeod", ("respelled",)),
        ("Ian McLeod", ("respelled",)),
        ("Sean O'Brien", ()),
        ("Sean O\u2019Brien", ()),
        ("Sean O Brien", ()),
        ("Sean OBrien", ("respelled",)),
        ("Ren\u00e9 D'Angelo", ()),
        ("Rene DAngelo", ()),
        ("Karim Ben Ali", ()),
        ("Karim ben Ali", ()),
        ("Karim Ben-Ali", ()),
        ("Karim Benali", ()),
        ("Youssef El Amrani", ()),
        ("Youssef El-Amrani", ()),
        ("Youssef Elamrani", ()),
        ("Youssef Al Amrani", ()),
        ("Youssef al-Amrani", ()),
        ("Fatima A\u00eft Moussa", ()),
        ("Fatima Aitmoussa", ()),
        ("Ay\u015fe Y\u0131ld\u0131z", ()),
        ("Ayse Yildiz", ()),
        ("AY\u015eE YILDIZ", ()),
        ("Ay\u015fe YILDIZ", ()),
        ("G\u00f6khan \u015eahin", ()),
        ("Gokhan Sahin", ()),
        ("Goekhan Sahin", ()),
        ("Max Strasser", ()),
        ("Zosia Lukasik", ()),
        ("Gerda Dijkstra", ()),
        ("Gerda D\u0133kstra", ()),
        ("Gerda Dykstra", ("respelled",)),
        ("Gerda D\u00ffkstra", ("respelled",)),
        ("Cees Meijer", ("respelled",)),
        ("Otto von Wolthekker", ()),
        ("Otto van Wolthekker", ()),
    ],
)
def test_one_name_is_written_in_several_alphabets_and_manners(name: str, notes: tuple[str, ...]) -> None:
    assert [(seen.surface, seen.grade, seen.notes) for seen in read_as(name, ELSEWHERE)] == [(name, "clear", notes)]
