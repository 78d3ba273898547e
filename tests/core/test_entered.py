"""Names in one line: how they are taken apart, and what is doubtful about that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.entered import DOUBTS, parse_name
from monitor.core.lexicon import EMPTY
from monitor.core.model import Name, NameUsage
from monitor.core.names import query_forms
from tests.core.knowing import KNOWING

SANNE = Name(surname="Molen", prefix="van der", given_names=("Sanne",))


def read(text: str) -> Name:
    name = parse_name(text, KNOWING).name
    assert name is not None
    return name


def doubts(text: str) -> list[str]:
    return [doubt.code for doubt in parse_name(text, KNOWING).doubts]


@pytest.mark.parametrize(
    "text",
    [
        "Sanne van der Molen",
        " Sanne  van der\u00a0Molen ",
        "Molen, Sanne van der",
        "van der Molen, Sanne",
        "Molen, van der, Sanne",
        "Molen, van der Sanne",
        "Molen van der, Sanne",
        "mw. Sanne van der Molen",
        "mevr. drs. Sanne van der Molen MSc",
        "prof.dr. Sanne van der Molen",
        "Molen, Sanne van der, MSc",
        "VAN DER MOLEN Sanne",
        "Sanne van der MOLEN",
        "Sanne van der Molen (v)",
    ],
)
def test_one_name_is_read_however_it_is_ordered_and_adorned(text: str) -> None:
    parsed = parse_name(text, KNOWING)

    assert (parsed.name, parsed.doubts) == (SANNE, ())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("mw. drs. S.M. (Sanne) van der Molen", Name(surname="Molen", initials="S.M.", call_name="Sanne", prefix="van der")),
        ("Molen, S.M. van der (Sanne)", Name(surname="Molen", initials="S.M.", call_name="Sanne", prefix="van der")),
        (
            'Susanna Maria "Sanne" van der Molen',
            Name(surname="Molen", given_names=("Susanna", "Maria"), call_name="Sanne", prefix="van der"),
        ),
        ("Susanna 'Sanne' van der Molen", Name(surname="Molen", given_names=("Susanna",), call_name="Sanne", prefix="van der")),
        ("S.M. van der Molen, roepnaam Sanne", Name(surname="Molen", initials="S.M.", call_name="Sanne", prefix="van der")),
        ("S.M. Sanne van der Molen", Name(surname="Molen", initials="S.M.", call_name="Sanne", prefix="van der")),
        ("Sanne M. Bakker", Name(surname="Bakker", given_names=("Sanne",), initials="S.M.")),
        ("J. Peter Smith", Name(surname="Smith", given_names=("Peter",), initials="J.P.")),
        ("S M van der Molen", Name(surname="Molen", initials="S.M.", prefix="van der")),
        ("SM van der Molen", Name(surname="Molen", initials="S.M.", prefix="van der")),
        ("drs.S.M. van der Molen", Name(surname="Molen", initials="S.M.", prefix="van der")),
        ("dhr. Th.M. IJsselstein", Name(surname="IJsselstein", initials="Th.M.")),
        ("Jansen J.P.", Name(surname="Jansen", initials="J.P.")),
        ("Molen van der S.M.", Name(surname="Molen", initials="S.M.", prefix="van der")),
        ("J.P. 't Hart", Name(surname="Hart", initials="J.P.", prefix="'t")),
        ("O\u2019Brien, Kate", Name(surname="O'Brien", given_names=("Kate",))),
        ("Jean-Pierre d'Hondt", Name(surname="Hondt", given_names=("Jean-Pierre",), prefix="d'")),
        ("Anne Marie de Wit", Name(surname="Wit", given_names=("Anne", "Marie"), prefix="de")),
        ("von Müller, Hans", Name(surname="Müller", given_names=("Hans",), prefix="von")),
        ("Ali Y\u0131ld\u0131z", Name(surname="Y\u0131ld\u0131z", given_names=("Ali",))),
        ("Youssef El Amrani", Name(surname="Amrani", given_names=("Youssef",), prefix="El")),
        ("Youssef El-Amrani", Name(surname="Amrani", given_names=("Youssef",), prefix="El")),
        ("Ben de Vries", Name(surname="Vries", given_names=("Ben",), prefix="de")),
        ("Al Jansen", Name(surname="Jansen", given_names=("Al",))),
        ("Sanne Oude Veldekamp", Name(surname="Oude Veldekamp", given_names=("Sanne",))),
        ("Kate St. John", Name(surname="St. John", given_names=("Kate",))),
        ("de heer J. Jansen", Name(surname="Jansen", initials="J.")),
        ("Heer, Jan de", Name(surname="Heer", given_names=("Jan",), prefix="de")),
        ("de Heer, Jan", Name(surname="Heer", given_names=("Jan",), prefix="de")),
        ("Yo-Yo Ma", Name(surname="Ma", given_names=("Yo-Yo",))),
        ("Jean DUPONT", Name(surname="Dupont", given_names=("Jean",))),
        ("DUPONT Jean", Name(surname="Dupont", given_names=("Jean",))),
    ],
)
def test_the_parts_of_a_name_are_found(text: str, parts: Name) -> None:
    assert read(text) == parts


@pytest.mark.parametrize(
    ("text", "partner", "own", "usage"),
    [
        ("Sanne van der Molen-Bakker", "van der Molen", " Bakker", NameUsage.PARTNER_OWN),
        ("Sanne van der Molen - Bakker", "van der Molen", " Bakker", NameUsage.PARTNER_OWN),
        ("Jansen-de Vries, Sanne", " Jansen", "de Vries", NameUsage.PARTNER_OWN),
        ("Molen-Bakker, Sanne van der", "van der Molen", " Bakker", NameUsage.PARTNER_OWN),
        ("S. de Boer-van 't Hof", "de Boer", "van 't Hof", NameUsage.PARTNER_OWN),
        ("Sanne Jansen/de Vries", " Jansen", "de Vries", NameUsage.PARTNER_OWN),
        ("S. Jansen geb. de Vries", " Jansen", "de Vries", NameUsage.PARTNER),
        ("Sanne Jansen (geboren de Vries)", " Jansen", "de Vries", NameUsage.PARTNER),
        ("Jansen geb. de Vries, Sanne", " Jansen", "de Vries", NameUsage.PARTNER),
        ("Sanne Jansen, born de Vries", " Jansen", "de Vries", NameUsage.PARTNER),
        ("S. Bakker e/v van der Molen", "van der Molen", " Bakker", NameUsage.OWN),
        ("S. Bakker, echtgenote van van der Molen", "van der Molen", " Bakker", NameUsage.OWN),
    ],
)
def test_partner_and_birth_names_are_told_apart(text: str, partner: str, own: str, usage: NameUsage) -> None:
    name = read(text)

    assert f"{name.partner_prefix} {name.partner_surname}" == partner
    assert f"{name.prefix} {name.surname}" == own
    assert name.usage is usage


def test_which_half_is_the_partners_is_a_guess_and_said_to_be_one() -> None:
    (doubt,) = parse_name("Sanne van der Molen-Bakker", KNOWING).doubts

    assert (doubt.code, dict(doubt.params)) == ("halves_unsure", {"partner": "van der Molen", "own": "Bakker"})


def test_a_birth_name_that_is_named_is_no_guess() -> None:
    assert doubts("Sanne Jansen geb. de Vries") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sanne", ["one_word"]),
        ("Mw. Jansen", ["one_word"]),
        ("van der Molen", ["no_first_name"]),
        ("S. van der Molen", ["no_first_name"]),
        ("van der Molen Sanne", ["order_unsure"]),
        ("Jansen Marijke", ["order_unsure"]),
        ("Jansen Thomas", ["order_unsure"]),
        ("Molen Sanne van der", ["order_unsure"]),
        ("Laura Thomas", []),
        ("Bakker-van der Molen-Jansen, Lotte", ["many_halves"]),
        ("Sanne Jansen Bakker", ["given_may_be_surname"]),
        ("Marijke Jansen de Vries", ["given_may_be_surname"]),
        ("Sanne v.d. Molen", ["prefix_abbreviated"]),
        ("Sanne v/d Molen", ["prefix_abbreviated"]),
        ("MOLEN, SANNE VAN DER", ["recased"]),
        ("sanne van der molen", ["recased"]),
        ("Sanne van der Molen <sanne@example.org>", ["left_out"]),
        ("Molen, Sanne van der, Team Noord", ["left_out"]),
        ("Sanne van der Molen (Team Noord)", ["left_out"]),
    ],
)
def test_what_is_doubtful_is_said(text: str, expected: list[str]) -> None:
    assert doubts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JEAN-PIERRE JANSEN", ("Jean-Pierre", "", "Jansen")),
        ("KATE O'BRIEN", ("Kate", "", "O'Brien")),
        ("LOTTE IJSSELSTEIN", ("Lotte", "", "IJsselstein")),
        ("kate mcdonald", ("Kate", "", "McDonald")),
        ("MOLEN, VAN DER, SANNE", ("Sanne", "van der", "Molen")),
        ("S.M. (SUSANNA) 'T HOF", ("", "'t", "Hof")),
        ("JP VAN 'T HOF", ("", "van 't", "Hof")),
    ],
)
def test_shouted_names_are_lowered(text: str, expected: tuple[str, str, str]) -> None:
    name = read(text)

    assert (" ".join(name.given_names), name.prefix, name.surname) == expected


def test_a_surname_that_stands_first_is_read_so_where_the_words_are_known() -> None:
    assert (read("Jansen Marijke").surname, read("El Amrani Youssef").surname) == ("Jansen", "Amrani")


@pytest.mark.parametrize(
    ("written", "prefix"),
    [("v.d.", "van der"), ("v/d", "van der"), ("vd", "van der"), ("v d", "van der"), ("v.", "van"), ("v. d.", "van der")],
)
def test_an_abbreviated_prefix_is_written_in_full(written: str, prefix: str) -> None:
    assert read(f"Sanne {written} Molen").prefix == prefix


@pytest.mark.parametrize("text", ["", " ", ",", "-", "1234", "()", "\ud800", "\u202e", "...", "mw. ,", "<sanne@example.org>"])
def test_no_name_is_none(text: str) -> None:
    assert parse_name(text, KNOWING).name is None


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["Sanne", "van", "der", "Molen-Bakker", ",", "(", ")", "'t", "geb.", "S.M.", "MSc", '"', "-", "v.d."])
    ).map(" ".join)
)
def test_any_text_is_read_without_a_fault_and_what_is_read_can_be_asked_for(text: str) -> None:
    parsed = parse_name(text, KNOWING)

    assert {doubt.code: tuple(doubt.params) for doubt in parsed.doubts}.items() <= DOUBTS.items()
    assert parsed.name is None or query_forms(1, parsed.name)
    assert parse_name(text, EMPTY).name is None or parsed.name is not None


def test_a_line_of_many_thousand_words_is_read_at_once() -> None:
    parsed = parse_name("van der (" * 20_000 + "Molen" + " S." * 20_000, KNOWING)

    assert parsed.name is not None
