"""Weak names: which are found where nobody is meant, which colleagues share one, and how many people bear a spelling."""

from __future__ import annotations

import pytest

from monitor.core.commonness import bearers_of
from monitor.core.model import Name, NameUsage, Registration
from monitor.core.names import variants
from monitor.core.rarity import expected_bearers
from monitor.core.weak_names import WEAKNESSES, SharedName, refused_aliases, shared_names, weaknesses
from tests.core.knowing import KNOWING

SANNE = Name(surname="Molen", prefix="van der", given_names=("Sanne",), initials="S.M.")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name(surname="Ijzerloo", given_names=("Sanne",)), []),
        (Name(surname="Molen", given_names=("Sanne",)), ["surname_is_word"]),
        (Name(surname="Thomas", given_names=("Sanne",)), ["surname_is_given_name"]),
        (Name(surname="Els", given_names=("Sanne",)), ["surname_is_short"]),
        (Name(surname="Zon Molen", given_names=("Sanne",)), []),
        (Name(surname="Ijzerloo", partner_surname="Molen", call_name="Sanne"), ["surname_is_word"]),
        (Name(surname="Ijzerloo"), ["surname_only"]),
        (Name(surname="Ijzerloo", handles=("sanne_ij",)), []),
        (Name(surname="Ijzerloo", initials="S."), ["initials_only"]),
        (Name(surname="Ijzerloo", given_names=("Sanne",), aliases=("Zon", "Zon van Molen", "Sien")), ["alias_is_word"]),
        (Name(surname="..."), ["surname_only"]),
    ],
)
def test_a_weak_name_is_told_with_its_reason(name: Name, expected: list[str]) -> None:
    found = weaknesses(name, KNOWING)

    assert [weakness.code for weakness in found] == expected
    assert all(tuple(weakness.params) == WEAKNESSES[weakness.code] for weakness in found)


def test_an_alias_that_is_one_common_word_is_refused() -> None:
    assert refused_aliases(("ZON", "Zon en Maan", "Ijzerloo"), KNOWING) == ("ZON",)


def people(*names: Name) -> list[Registration]:
    return [Registration(external_id=f"p{number}", name=name) for number, name in enumerate(names, start=1)]


def test_people_who_go_by_one_name_are_one_group() -> None:
    found = shared_names(
        people(
            SANNE,
            Name(surname="Molen", prefix="Van der", given_names=("SANNE", "Maria")),
            Name(surname="Molen", given_names=("Sanne",)),
            Name(surname="Molen", prefix="van der", given_names=("Susanna",), call_name="Sanne"),
        )
    )

    assert found == (SharedName(("p1", "p2", "p4")),)


@pytest.mark.parametrize(
    "other",
    [
        Name(surname="Molen", prefix="van der", given_names=("Lotte",)),
        Name(surname="Molen", prefix="van der", given_names=("Sanne",), partner_surname="Vries", usage=NameUsage.PARTNER),
    ],
    ids=["another first name", "goes by the partner's name"],
)
def test_people_of_one_surname_do_not_share_a_name(other: Name) -> None:
    assert shared_names(people(SANNE, other)) == ()


def test_fifty_people_of_one_name_are_one_group() -> None:
    (group,) = shared_names(people(*[SANNE] * 50))

    assert len(group.external_ids) == 50


MARIJKE = Name(
    surname="Vries",
    prefix="de",
    given_names=("Marijke", "Anne"),
    partner_prefix="van der",
    partner_surname="Molen",
    usage=NameUsage.PARTNER_OWN,
    aliases=("Marijke Bakker", "Zonnetje"),
    handles=("marijke_dv",),
)


@pytest.mark.parametrize(
    ("text", "first", "prefix", "surname"),
    [
        ("Marijke van der Molen-de Vries", "Marijke", "van der", "Molen-Vries"),
        ("Marijke Anne de Vries", "Marijke Anne", "de", "Vries"),
        ("Marijke v.d. Molen", "Marijke", "van der", "Molen"),
        ("Marijke vd. Molen", "Marijke", "van der", "Molen"),
        ("Marijke vanderMolen", "Marijke", "van der", "Molen"),
        ("Molen, Marijke van der", "Marijke", "van der", "Molen"),
        ("M.A. de Vries", "M. A.", "de", "Vries"),
        ("MA de Vries", "M. A.", "de", "Vries"),
        ("Vries, M. de", "M.", "de", "Vries"),
        ("Marijke Bakker", "Marijke", "", "Bakker"),
    ],
)
def test_a_spelling_fits_as_many_people_as_bear_what_it_says(text: str, first: str, prefix: str, surname: str) -> None:
    variant = next(each for each in variants(MARIJKE) if each.text == text)
    double = surname.replace("Molen-Vries", "Vries-Molen")

    bearers = bearers_of(variant, MARIJKE, KNOWING)

    assert bearers == pytest.approx(expected_bearers(first, prefix, double, KNOWING))


@pytest.mark.parametrize("text", ["@marijke_dv", "Zonnetje"])
def test_nobody_can_say_how_many_bear_a_handle_or_a_word(text: str) -> None:
    variant = next(each for each in variants(MARIJKE) if each.text == text)

    assert bearers_of(variant, MARIJKE, KNOWING) is None
