"""The people file: what is read, what is refused and how it is said."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.core.model import Name, NameUsage, Registration
from monitor.core.registrations import Column
from tests.core.people_rows import SANNE, fault_in, faults, read, read_cell

# ------------------------------------------------------------------------------------------------------- reading


def test_dutch_headings_in_any_dress_are_read() -> None:
    registrations, problems = read(
        "Personeelsnummer\tVOORNAMEN\troepnaam\tVoor letters\tTussenvoegsel\tAchternaam\tTussenvoegsel partner\tachternaam_partner"
        "\tNaamgebruik\tE-mail\tTelefoon\tAccounts\tAndere namen\tTrefwoorden\tNiet-context\tTeam\tWaarnemer\tTaal"
        "\tDatum in dienst\tDatum uit dienst\tGrondslag\tGeïnformeerd op",
        "1001\tSanne Maria\tSanne\tS.M.\tvan der\tMolen\tde\tVries"
        "\tN\ts.vandermolen@example.org\t+31 20 5550100\t@sanne_vdm\tSanne de Vries\tRotterdam, jeugdzorg\tvoetbal\tTeam Noord\t1002\tNederlands"
        "\t01-01-2024\t31/12/2027\tbelang\t2024-02-01",
        known_ids={"1002"},
    )

    assert (registrations, problems) == ((SANNE,), ())


def test_only_an_id_and_a_surname_are_required() -> None:
    registrations, problems = read("external_id\tsurname", "1\tMolen")

    assert (registrations, problems) == ((Registration(external_id="1", name=Name(surname="Molen")),), ())


def test_empty_rows_and_empty_columns_without_a_heading_are_passed_over() -> None:
    registrations, problems = read("\t", "external_id\tsurname\t", "\t\t", "1\tMolen\t", "", "2\tEl Amrani")

    assert ([r.external_id for r in registrations], problems) == (["1", "2"], ())


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    assert faults("", "external_id\tsurname", "1\tMolen", "", "2\t") == ["row 5, surname: is empty (every person needs one)"]


@pytest.mark.parametrize("surname", ["Achternaam0", "Molen 2", "Vries2e", "Molen²"])
def test_a_surname_with_a_digit_is_odd_but_not_refused(surname: str) -> None:
    assert read_cell("surname", surname).name.surname == surname


def test_every_fault_of_every_row_is_named_at_once() -> None:
    found = faults(
        "external_id\tsurname\temail\tstarts_on",
        "1\tMolen\tsanne\t2024-13-01",
        "2\tEl Amrani\ty@example.org\t2024-01-01",
        "\tJansen\tm@elsewhere.test\t",
    )

    assert found == [
        "row 2, email: is not an e-mail address (write one bare address, as in s.jansen@example.org)",
        "row 2, starts_on: is a day that does not exist (write 2026-11-24 or 24-11-2026)",
        (
            "row 4, email: lies outside the organisation's own domains"
            " (add its domain to organisation.domains, or import with --allow-address)"
        ),
        "row 4, external_id: is empty (every person needs one)",
    ]


def test_a_row_with_a_fault_is_left_out_of_what_is_returned() -> None:
    registrations, _ = read("external_id\tsurname", "1\tM", "2\tEl Amrani")

    assert [r.external_id for r in registrations] == ["2"]


def test_the_language_of_the_organisation_stands_where_none_is_given() -> None:
    registrations, _ = read("external_id\tsurname\tlanguage", "1\tMolen\t", "2\tEl Amrani\tEngels", language="nl")

    assert [r.language for r in registrations] == ["nl", "en"]


# ------------------------------------------------------------------------------------------------------ headings


def test_an_unknown_heading_is_named_with_the_likely_one() -> None:
    assert faults("external_id\tsurname\temial", "1\tMolen\t") == [
        'row 1, column 3: the heading "emial" is not known (did you mean email?)'
    ]


def test_an_unknown_heading_that_resembles_none_brings_the_known_ones() -> None:
    (problem,) = read("external_id\tsurname\tsalaris", "1\tMolen\t3000")[1]

    assert problem.fault == 'the heading "salaris" is not known'
    assert problem.remedy.startswith("remove the column; known are external_id, name, given_names,")


def test_a_required_column_that_is_missing_is_named() -> None:
    assert faults("personeelsnummer\troepnaam", "1\tSanne") == [
        "row 1, surname: is missing (add a column with the heading surname)"
    ]


def test_two_columns_of_one_meaning_are_refused() -> None:
    assert faults("external_id\tsurname\tachternaam", "1\tMolen\tMolen") == [
        "row 1, surname: is the heading of two columns (keep one of them)"
    ]


def test_a_filled_column_without_a_heading_is_refused() -> None:
    assert faults("external_id\tsurname", "1\tMolen\tx") == ["row 1, column 3: has no heading (name the column or empty it)"]


def test_a_file_without_headings_is_refused_without_repeating_a_name() -> None:
    (fault,) = faults("1001\tMolen\tSanne", "1002\tEl Amrani\tYoussef")

    assert fault.startswith("row 1: holds no known heading (the first row names the columns: external_id,")
    assert "Molen" not in fault


@pytest.mark.parametrize("rows", [[], [""], ["\t\t"]], ids=["no rows", "an empty row", "empty cells"])
def test_an_empty_file_is_refused(rows: list[str]) -> None:
    assert faults(*rows) == ["the file: is empty (the first row holds the headings)"]


def test_a_file_of_headings_only_is_refused_because_everybody_would_be_gone() -> None:
    assert faults("external_id\tsurname") == ["the file: names nobody (put one person in each row below the headings)"]


# --------------------------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("surname", "M", "is one letter, which would be found in every text"),
        ("surname", "M.", "is one letter, which would be found in every text"),
        ("surname", "-", "holds no letter"),
        ("surname", "Molen, van der", 'holds the sign ",", which no surname has'),
        ("surname", "Molen <b>", 'holds the sign "<", which no surname has'),
        ("surname", "2031", "holds no letter"),
        ("surname", "Mo\0len", "holds the control character U+0000"),
        ("surname", "Mo\tlen", "holds the control character U+0009"),
        ("surname", "Mo\x85len", "holds the control character U+0085"),
        ("surname", "Mo\ud800len", "holds the control character U+D800"),
        ("surname", "Mo\ufffdlen", "was saved in another encoding than it is read in"),
        ("surname", "MolÃ«n", "was saved in another encoding than it is read in"),
        ("surname", "Mol" * 70, "is longer than 200 characters"),
        ("partner_surname", "V", "is one letter, which would be found in every text"),
        ("call_name", "San\x1bne", "holds the control character U+001B"),
        ("aliases", "Sanne M; S", "holds a value of one letter, which would be found in every text"),
        ("handles", "@s", "holds a value of one letter, which would be found in every text"),
        ("handles", "sanne molen", "holds an account name with a space in it"),
        ("name_usage", "X", "is not a known use of names"),
        ("name_usage", "P", "asks for a partner's surname, and there is none"),
        ("language", "fr", "is not a language that Naamwacht writes"),
        ("phone", "Rotterdam", "is not a telephone number"),
        ("deputy", "1001", "is the same person"),
        ("deputy", "4711", "is nobody in this file or already registered"),
        ("ends_on", "31-02-2026", "is a day that does not exist"),
        ("informed_on", "ja", "is not a date"),
        ("informed_on", "24-11-26", "is not a date"),
        ("email", "s.molen@", "is not an e-mail address"),
        ("email", "a@example.org b@example.org", "is not an e-mail address"),
        ("email", "Sanne <s@example.org>", "is not an e-mail address"),
        ("email", "s@example.org\nBcc: x@example.org", "holds the control character U+000A"),
        ("email", "s..m@example.org", "is not an e-mail address"),
        ("email", "s@sub.example.org", "lies outside the organisation's own domains"),
        ("email", "s@example.org.evil.test", "lies outside the organisation's own domains"),
    ],
)
def test_a_cell_that_cannot_be_used_is_said_with_its_reason(column: str, cell: str, fault: str) -> None:
    assert fault_in(column, cell).startswith(f"row 2, {column}: {fault}")


@pytest.mark.parametrize("column", list(Column))
def test_a_fault_never_repeats_the_cell(column: Column) -> None:
    assert "Geheimnaam" not in fault_in(column, "Geheimnaam\0Geheimnaam")
    assert fault_in(column, "Geheimnaam\0Geheimnaam")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("24-11-2026", date(2026, 11, 24)),
        ("4-1-2026", date(2026, 1, 4)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("20261124", date(2026, 11, 24)),
        ("2026-11-24 00:00:00", date(2026, 11, 24)),
        ("2026-11-24T00:00:00", date(2026, 11, 24)),
        ("31-12-9999", date(9999, 12, 31)),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(cell: str, expected: date | None) -> None:
    assert read_cell("informed_on", cell).informed_on == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("own", NameUsage.OWN),
        ("E", NameUsage.OWN),
        ("eigen", NameUsage.OWN),
        ("", NameUsage.OWN),
        ("p", NameUsage.PARTNER),
        ("Partner", NameUsage.PARTNER),
        ("N", NameUsage.OWN_PARTNER),
        ("own_partner", NameUsage.OWN_PARTNER),
        ("eigen - partner", NameUsage.OWN_PARTNER),
        ("Geslachtsnaam partner na eigen geslachtsnaam", NameUsage.OWN_PARTNER),
        ("V", NameUsage.PARTNER_OWN),
        ("partner own", NameUsage.PARTNER_OWN),
    ],
)
def test_the_use_of_names_is_read_in_words_and_in_the_letters_of_the_register(cell: str, expected: NameUsage) -> None:
    (registration,), _ = read("external_id\tsurname\tpartner_surname\tname_usage", f"1\tMolen\tVries\t{cell}")

    assert registration.name.usage is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Rotterdam", ("Rotterdam",)),
        ("Rotterdam, jeugdzorg", ("Rotterdam", "jeugdzorg")),
        ("Rotterdam; jeugdzorg|wijkteam", ("Rotterdam", "jeugdzorg", "wijkteam")),
        ("Noord, Oost; Zuid", ("Noord, Oost", "Zuid")),
        ("Noord\nOost", ("Noord", "Oost")),
        (" ; Rotterdam ;; Rotterdam;", ("Rotterdam",)),
        ("", ()),
    ],
)
def test_list_cells_are_parted_by_the_strongest_separator_in_them(cell: str, expected: tuple[str, ...]) -> None:
    assert read_cell("context", cell).context == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("Anna Maria", ("Anna", "Maria")), ("Jan Willem; Piet", ("Jan Willem", "Piet")), ("Anna-Sophie", ("Anna-Sophie",))],
)
def test_given_names_are_parted_by_spaces_as_registers_write_them(cell: str, expected: tuple[str, ...]) -> None:
    assert read_cell("given_names", cell).name.given_names == expected


@pytest.mark.parametrize(
    "surname",
    [
        "de Groot",
        "'t Hooft",
        "d\u2019Arc",
        "O'Neill",
        "Jansen-de Vries",
        "Ó Briain",
        "Đặng",
        "Øst",
        "李",
        "Li",
        "Öz",
        "St. John",
        "Ιωάννου",
    ],
)
def test_surnames_of_all_kinds_are_taken(surname: str) -> None:
    assert read_cell("surname", surname).name.surname == surname


def test_what_nobody_can_see_is_taken_away() -> None:
    assert read_cell("surname", "\ufeff Mole\u0301n\u200b \u00a0Berg\u00ad").name.surname == "Molén Berg"


def test_an_address_is_taken_in_any_case_and_its_domain_is_written_in_lower_case() -> None:
    assert read_cell("email", "S.Molen@EXAMPLE.org").email == "S.Molen@example.org"


def test_an_address_that_is_registered_for_somebody_is_kept_wherever_it_lies() -> None:
    registrations, problems = read(
        "external_id\tsurname\temail", "1\tMolen\tsanne@elsewhere.test", known_addresses={"1": "sanne@elsewhere.test"}
    )

    assert ([registration.email for registration in registrations], problems) == (["sanne@elsewhere.test"], ())


@pytest.mark.parametrize("known", [{"1": "other@elsewhere.test"}, {"2": "sanne@elsewhere.test"}], ids=["another", "of another"])
def test_an_address_that_is_not_registered_for_that_person_is_refused(known: dict[str, str]) -> None:
    (fault,) = faults("external_id\tsurname\temail", "1\tMolen\tsanne@elsewhere.test", known_addresses=known)

    assert "lies outside the organisation's own domains" in fault


def test_any_address_is_taken_when_that_is_allowed() -> None:
    registrations, problems = read("external_id\tsurname\temail", "1\tMolen\ts@elsewhere.test", is_any_address_allowed=True)

    assert ([r.email for r in registrations], problems) == (["s@elsewhere.test"], ())


# --------------------------------------------------------------------------------------------- between the rows


def test_an_id_that_stands_twice_names_both_rows() -> None:
    assert faults("external_id\tsurname", "7\tMolen", "8\tEl Amrani", "7\tJansen") == [
        "row 4, external_id: is the same as in row 2 (give every person an id of their own)"
    ]


def test_who_leaves_before_starting_is_refused() -> None:
    assert faults("external_id\tsurname\tstarts_on\tends_on", "1\tMolen\t2026-02-01\t2026-01-31") == [
        "row 2, ends_on: lies before starts_on (check both dates)"
    ]


def test_a_deputy_may_stand_further_down_or_be_registered_already() -> None:
    _, problems = read("external_id\tsurname\tdeputy", "1\tMolen\t2", "2\tEl Amrani\t9", known_ids={"9"})

    assert problems == ()
