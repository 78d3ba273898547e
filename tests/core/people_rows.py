"""Invented people, and rows of a people file about them."""

from __future__ import annotations

from datetime import date

from monitor.core.model import Name, NameUsage, Registration
from monitor.core.registrations import PeopleFile, RowProblem, read_rows

DOMAINS = ("example.org",)
SANNE = Registration(
    external_id="1001",
    name=Name(
        given_names=("Sanne", "Maria"),
        call_name="Sanne",
        initials="S.M.",
        prefix="van der",
        surname="Molen",
        partner_prefix="de",
        partner_surname="Vries",
        usage=NameUsage.OWN_PARTNER,
        aliases=("Sanne de Vries",),
        handles=("sanne_vdm",),
    ),
    email="s.vandermolen@example.org",
    phone="+31 20 5550100",
    context=("Rotterdam", "jeugdzorg"),
    not_context=("voetbal",),
    team="Team Noord",
    deputy="1002",
    language="nl",
    starts_on=date(2024, 1, 1),
    ends_on=date(2027, 12, 31),
    ground="belang",
    informed_on=date(2024, 2, 1),
)
YOUSSEF = Registration(external_id="1002", name=Name(surname="El Amrani", given_names=("Youssef",)))
MARIJKE = Registration(external_id="1003", name=Name(surname="Jansen-de Vries", given_names=("Marijke",)))


def read(*rows: str, **options: object) -> tuple[tuple[Registration, ...], tuple[RowProblem, ...]]:
    """Read rows whose cells are parted by tabs."""
    people = read_people(*rows, **options)
    return people.registrations, people.problems


def read_people(*rows: str, **options: object) -> PeopleFile:
    """Read such rows, and return all that was found in them."""
    return read_rows([row.split("\t") for row in rows], allowed_domains=DOMAINS, **options)  # type: ignore[arg-type]  # passed on


def faults(*rows: str, **options: object) -> list[str]:
    return [str(problem) for problem in read(*rows, **options)[1]]


def fault_in(column: str, cell: str) -> str:
    """Return what is said about one cell of a person who is sound otherwise."""
    required = {"external_id": "1001", "surname": "Molen"}
    cells = {**required, column: cell}
    found = read_rows([list(cells), list(cells.values())], allowed_domains=DOMAINS).problems
    return "; ".join(str(problem) for problem in found)


def read_cell(column: str, cell: str) -> Registration:
    cells = {"external_id": "1001", "surname": "Molen", column: cell}
    people = read_rows([list(cells), list(cells.values())], allowed_domains=DOMAINS)
    assert not people.problems
    return people.registrations[0]
