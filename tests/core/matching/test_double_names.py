"""People with two surnames: both orders, the halves, the maiden name, and who is somebody else."""

from __future__ import annotations

import pytest

from monitor.core.model import NameUsage
from tests.core.watched import MARIJKE, Seen, matcher_of, named, read_as

WATCHED = matcher_of(MARIJKE)
SANNE_BAKKER = matcher_of(
    named(given_names=("Sanne",), prefix="van der", surname="Molen", partner_surname="Bakker", usage=NameUsage.OWN_PARTNER)
)


@pytest.mark.parametrize(
    ("name", "form", "grade"),
    [
        ("Marijke Jansen-de Vries", "full", "clear"),
        ("Marijke Jansen - de Vries", "full", "clear"),
        ("Marijke Jansen\u2013de Vries", "full", "clear"),
        ("Marijke Jansen-De Vries", "full", "clear"),
        ("Marijke Jansen-Vries", "full", "clear"),
        ("Marijke Jansen-d. Vries", "full", "clear"),
        ("Marijke Jansen/de Vries", "full", "clear"),
        ("Marijke Jansen de Vries", "full", "clear"),
        ("Marijke Jansendevries", "full", "clear"),
        ("MARIJKE JANSEN-DE VRIES", "full", "clear"),
        ("Marijke de Vries-Jansen", "double", "clear"),
        ("Marijke Vries-Jansen", "double", "clear"),
        ("Marijke de Vries geb. Jansen", "double", "clear"),
        ("Marijke de Vries, geb. Jansen", "double", "clear"),
        ("Marijke de Vries (geb. Jansen", "double", "clear"),
        ("Marijke de Vries geboren Jansen", "double", "clear"),
        ("Marijke Jansen e.v. de Vries", "full", "clear"),
        ("Marijke Jansen ev. de Vries", "full", "clear"),
        ("Marijke Jansen wed. de Vries", "full", "clear"),
        ("Marijke Jansen", "other_surname", "likely"),
        ("Marijke de Vries", "other_surname", "likely"),
        ("Marijke Vries", "other_surname", "likely"),
        ("Jansen-de Vries, Marijke", "inverted", "clear"),
        ("Vries-Jansen, Marijke de", "double", "clear"),
        ("de Vries-Jansen, Marijke", "double", "clear"),
        ("Vries, Marijke de", "other_surname", "likely"),
        ("Jansen, Marijke", "other_surname", "likely"),
        ("M. Jansen-de Vries", "initials", "likely"),
        ("M. de Vries-Jansen", "initials", "likely"),
        ("Jansen-de Vries, M", "inverted_initials", "likely"),
        ("M. Jansen", "partial", "weak"),
        ("M. de Vries", "partial", "weak"),
        ("Jansen-de Vries", "surnames", "likely"),
        ("De Vries-Jansen", "surnames", "likely"),
    ],
)
def test_somebody_with_two_surnames_is_found_as(name: str, form: str, grade: str) -> None:
    assert read_as(name, WATCHED) == [Seen(name, form, grade)]


@pytest.mark.parametrize(
    ("name", "form", "grade"),
    [
        ("Sanne van der Molen-Bakker", "full", "clear"),
        ("Sanne v.d. Molen-Bakker", "prefix", "clear"),
        ("Sanne vd Molen Bakker", "prefix", "clear"),
        ("Sanne Molen-Bakker", "no_prefix", "likely"),
        ("Sanne Bakker-van der Molen", "double", "clear"),
        ("Sanne Bakker - v.d. Molen", "double", "clear"),
        ("Sanne Bakker geb. van der Molen", "double", "clear"),
        ("Molen-Bakker, Sanne van der", "inverted", "clear"),
        ("van der Molen-Bakker, S", "inverted_initials", "likely"),
        ("S. van der Molen-Bakker", "initials", "likely"),
        ("Sanne van der Molen", "other_surname", "likely"),
        ("Sanne Bakker", "other_surname", "likely"),
        ("Bakker-van der Molen", "surnames", "likely"),
    ],
)
def test_each_surname_keeps_its_own_prefix(name: str, form: str, grade: str) -> None:
    assert read_as(name, SANNE_BAKKER) == [Seen(name, form, grade)]


@pytest.mark.parametrize(
    ("usage", "own", "partner", "own_partner", "partner_own"),
    [
        (NameUsage.OWN, "full", "other_surname", "double", "double"),
        (NameUsage.PARTNER, "other_surname", "full", "double", "double"),
        (NameUsage.OWN_PARTNER, "other_surname", "other_surname", "full", "double"),
        (NameUsage.PARTNER_OWN, "other_surname", "other_surname", "double", "full"),
    ],
)
def test_the_usage_says_which_is_the_full_name(
    usage: NameUsage, own: str, partner: str, own_partner: str, partner_own: str
) -> None:
    matcher = matcher_of(
        named(given_names=("Marijke",), surname="Jansen", partner_prefix="de", partner_surname="Vries", usage=usage)
    )
    names = ("Marijke Jansen", "Marijke de Vries", "Marijke Jansen-de Vries", "Marijke de Vries-Jansen")

    forms = [seen.form for name in names for seen in read_as(name, matcher)]

    assert forms == [own, partner, own_partner, partner_own]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Marijke Jansen-de Vries", "full"),
        ("Marijke de Vries-Jansen", "double"),
        ("Marijke Jansen", "other_surname"),
        ("Marijke de Vries", "other_surname"),
    ],
)
def test_a_double_name_registered_as_one_surname_is_two(name: str, form: str) -> None:
    matcher = matcher_of(named(given_names=("Marijke",), surname="Jansen-de Vries"))

    assert [(seen.surface, seen.form) for seen in read_as(name, matcher)] == [(name, form)]


@pytest.mark.parametrize(
    "name", ["Jansen en de Vries", "Jansen, de Vries", "Piet Jansen-de Vries", "P. Jansen-de Vries", "Vries"]
)
def test_two_surnames_that_are_not_hers_together_are_nobody(name: str) -> None:
    assert read_as(name, WATCHED) == []


@pytest.mark.parametrize("name", ["Marijke Jansen-Bakker", "Marijke Jansen-van Vries"])
def test_half_of_a_longer_name_is_weak(name: str) -> None:
    assert read_as(name, WATCHED) == [Seen("Marijke Jansen", "other_surname", "weak", ("longer_name",))]


def test_one_surname_of_a_couple_is_not_the_name_of_both() -> None:
    assert read_as("Marijke Jansen en Piet de Vries", WATCHED) == [Seen("Marijke Jansen", "other_surname", "likely")]
