"""The people file with a whole name in one column, aliases that are words, and spellings that are switched off."""

from __future__ import annotations

import pytest

from monitor.core.model import Name, NameUsage
from monitor.core.registrations import PeopleFile
from monitor.core.registrations.spelling import only_matched
from tests.core.knowing import KNOWING
from tests.core.people_rows import read_people


def read(*rows: str) -> PeopleFile:
    return read_people(*rows, lexicon=KNOWING)


def names(file: PeopleFile) -> list[Name]:
    assert file.problems == ()
    return [registration.name for registration in file.registrations]


def said(file: PeopleFile) -> list[str]:
    return [str(problem) for problem in file.problems]


@pytest.mark.parametrize("heading", ["name", "Naam", "Volledige naam", "full_name"])
def test_a_name_in_one_column_is_taken_apart(heading: str) -> None:
    file = read(f"external_id\t{heading}", "1\tMolen, Sanne van der", "2\tEl Amrani Youssef")

    assert names(file) == [
        Name(surname="Molen", prefix="van der", given_names=("Sanne",)),
        Name(surname="Amrani", prefix="El", given_names=("Youssef",)),
    ]


def test_what_was_guessed_is_kept_for_confirmation() -> None:
    (first, second) = read("external_id\tnaam", "", "1\tSanne van der Molen", "2\tSanne van der Molen-Bakker").entered

    assert (first.row, first.external_id, first.text, first.doubts) == (3, "1", "Sanne van der Molen", ())
    assert (second.name.partner_surname, [doubt.code for doubt in second.doubts]) == ("Molen", ["halves_unsure"])


def test_a_surname_in_its_own_column_needs_no_guess() -> None:
    file = read("external_id\tnaam\tachternaam\troepnaam", "1\tJansen Marijke\tAmrani\tYoussef", "2\tSanne Bakker\t\t")

    assert names(file) == [Name(surname="Amrani", call_name="Youssef"), Name(surname="Bakker", given_names=("Sanne",))]
    assert [entered.external_id for entered in file.entered] == ["2"]


def test_the_columns_of_the_other_parts_go_before_what_was_guessed() -> None:
    file = read("external_id\tnaam\tvoorletters\troepnaam\taccounts", "1\tMolen, S. van der\tS.M.\tSanne\tsannevdm")

    assert names(file) == [Name(surname="Molen", prefix="van der", initials="S.M.", call_name="Sanne", handles=("sannevdm",))]


@pytest.mark.parametrize(
    ("partner", "usage", "expected"),
    [
        ("Bakker", "", Name(surname="Molen", prefix="van der", partner_surname="Bakker", usage=NameUsage.OWN_PARTNER)),
        ("Molen", "", Name(surname="Bakker", partner_surname="Molen", usage=NameUsage.PARTNER_OWN)),
        ("Molen", "P", Name(surname="Bakker", partner_surname="Molen", usage=NameUsage.PARTNER)),
    ],
)
def test_a_column_tells_which_half_is_the_partners(partner: str, usage: str, expected: Name) -> None:
    (name,) = names(read("external_id\tnaam\tpartnernaam\tnaamgebruik", f"1\tvan der Molen-Bakker\t{partner}\t{usage}"))

    assert (name.prefix, name.surname, name.partner_surname, name.usage) == (
        expected.prefix,
        expected.surname,
        expected.partner_surname,
        expected.usage,
    )


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("1234", "row 2, name: holds no name (write a first name and a surname, or fill in surname)"),
        (
            "Sanne <b",
            'row 2, name: holds the sign "<", which no surname has (write the parts of this name into columns of their own)',
        ),
        ("Sanne M\0olen", "row 2, name: holds the control character U+0000 (remove it from the cell)"),
        ("", "row 2, surname: is empty (every person needs one)"),
    ],
)
def test_a_cell_without_a_usable_name_is_refused(cell: str, fault: str) -> None:
    assert said(read("external_id\tname\tteam", f"1\t{cell}\tNoord"))[0] == fault


def test_without_a_name_or_surname_column_the_file_is_refused() -> None:
    assert said(read("external_id\tteam", "1\tNoord")) == ["row 1, surname: is missing (add a column with the heading surname)"]


def test_an_alias_that_is_one_common_word_is_refused_without_repeating_it() -> None:
    (problem,) = read("external_id\tsurname\taliases", "1\tMolen\tZon; Sanne Zon").problems

    assert (problem.column, "Zon" in str(problem)) == ("aliases", False)
    assert problem.fault == "holds a value that is one common word, which would be found in every text"


def test_switched_off_spellings_are_read_and_a_file_tells_whether_it_names_any() -> None:
    silent = read("external_id\tsurname", "1\tMolen")
    saying = read("external_id\tsurname\troepnaam\tswitched_off", "1\tMolen\tSanne\tMolen, Sanne; S. Molen")

    assert (silent.says_switched_off, saying.says_switched_off) == (False, True)
    assert names(saying)[0].switched_off == ("Molen, Sanne", "S. Molen")


def test_somebody_without_any_spelling_left_is_refused() -> None:
    file = read("external_id\tsurname\taliases\tswitched_off", "1\tMolen\tSanne de M\tSanne de M")

    assert said(file) == ["row 2, switched_off: leaves no spelling to look for (leave one on, or take the person off the list)"]


def test_a_name_in_one_column_is_matched_with() -> None:
    rows = only_matched([["external_id", "naam", "team"], ["1", "Sanne Bakker", "Noord"]])

    assert rows == (("external_id", "naam", ""), ("1", "Sanne Bakker", ""))
