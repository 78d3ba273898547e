"""What a new people file changes, and the way back from people to rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import Name, NameUsage, Registration
from monitor.core.registrations import Column, diff, is_too_many_gone, read_rows, to_rows
from monitor.core.registrations.headings import WRITTEN
from tests.core.knowing import KNOWING
from tests.core.people_rows import DOMAINS, MARIJKE, SANNE, YOUSSEF, read_cell

# ------------------------------------------------------------------------------------------------- what changes


def test_the_difference_names_who_came_changed_went_and_stayed() -> None:
    newcomer = Registration(external_id="1004", name=Name(surname="Bakker"))
    moved = replace(SANNE, team="Team Zuid", name=replace(SANNE.name, surname="Meulen"))

    found = diff({"1001": SANNE, "1002": YOUSSEF, "1003": MARIJKE}, [newcomer, moved, YOUSSEF])

    assert found.added == (newcomer,)
    assert [(change.external_id, change.columns) for change in found.changed] == [("1001", (Column.SURNAME, Column.TEAM))]
    assert found.gone == (MARIJKE,)
    assert found.unchanged == (YOUSSEF,)


def test_the_same_file_twice_changes_nothing() -> None:
    assert diff({"1001": SANNE, "1002": YOUSSEF}, [YOUSSEF, SANNE]).is_empty


@pytest.mark.parametrize(
    ("gone", "known", "confirmed", "is_refused"),
    [
        (5, 6, None, False),
        (6, 100, None, True),
        (6, 300, None, False),
        (6, 299, None, True),
        (16, 800, None, False),
        (17, 800, None, True),
        (17, 800, 17, False),
        (17, 800, 16, True),
        (17, 800, 18, True),
    ],
)
def test_more_than_five_and_more_than_two_percent_gone_needs_the_exact_number(
    gone: int,
    known: int,
    confirmed: int | None,
    is_refused: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    people = {str(n): Registration(external_id=str(n), name=Name(surname="Molen")) for n in range(known)}
    difference = diff(people, list(people.values())[gone:])

    assert is_too_many_gone(difference, known, confirmed) is is_refused


# ------------------------------------------------------------------------------------------------ the way back


def test_an_export_has_every_column_and_no_formula() -> None:
    headings, row = to_rows([replace(SANNE, team="=HYPERLINK(1)", ground="-x", name=replace(SANNE.name, prefix="'t"))])

    cells = dict(zip(headings, row, strict=True))
    assert headings == WRITTEN
    assert (cells["team"], cells["ground"], cells["phone"], cells["prefix"]) == ("'=HYPERLINK(1)", "'-x", "'+31 20 5550100", "'t")


def test_a_changed_cell_is_the_only_difference_that_is_named() -> None:
    columns = diff({"1001": SANNE}, [replace(SANNE, informed_on=None)]).changed[0].columns

    assert columns == (Column.INFORMED_ON,)


_line = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30).map(
    lambda text: read_cell("team", text.replace("\u00c3", "A").replace("\u00c2", "A").replace("\ufffd", "")).team
)
_listed = _line.map(lambda text: text.replace(";", "").replace("|", "").strip()).filter(
    lambda text: sum(map(str.isalnum, text)) > 1
)
_list = st.lists(_listed, max_size=3, unique=True).map(tuple)
_surname = st.sampled_from(["Molen", "'t Hooft", "El Amrani", "Jansen-de Vries", "Öz"])
_name = st.builds(
    Name,
    surname=_surname,
    given_names=_list,
    call_name=_line,
    initials=_line,
    prefix=_line,
    partner_prefix=_line,
    partner_surname=_surname,
    usage=st.sampled_from(NameUsage),
    aliases=_list,
    switched_off=_list,
    handles=_list.map(lambda values: tuple(dict.fromkeys("x" + value.replace(" ", "").replace(",", "") for value in values))),
)
_days = st.none() | st.dates(min_value=date(1900, 1, 1))
_registration = st.builds(
    Registration,
    external_id=_line.filter(bool),
    name=_name,
    email=st.sampled_from(["", "s.molen@example.org", "+s@example.org", "-s@example.org", "'=s@example.org"]),
    phone=st.sampled_from(["", "+31 20 5550100", "020-5550100", "=1+1"]),
    context=_list,
    not_context=_list,
    team=_line,
    language=st.sampled_from(["nl", "en"]),
    starts_on=_days,
    ground=_line,
    informed_on=_days,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_registration, min_size=1, max_size=2, unique_by=lambda r: r.external_id))
def test_what_is_exported_reads_back_as_it_was_and_holds_no_formula(registrations: list[Registration]) -> None:
    rows = to_rows(registrations)

    back = read_rows(rows, allowed_domains=DOMAINS)

    assert (back.registrations, back.problems) == (tuple(registrations), ())
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=5))
def test_no_rows_whatever_end_in_anything_but_registrations_and_problems(rows: list[list[str]]) -> None:
    people = read_rows(
        [["external_id", "surname", "name", "informed_on", "aliases"], *rows], allowed_domains=DOMAINS, lexicon=KNOWING
    )

    assert people.registrations or people.problems
