"""Turn the rows of a people file into Registrations, and name every fault by its row and column, never by its content."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

from monitor.core.addresses import domain_of
from monitor.core.lexicon import EMPTY, Lexicon
from monitor.core.model import NameUsage, Registration
from monitor.core.names import variants
from monitor.core.registrations import cells
from monitor.core.registrations.headings import REQUIRED, Column, column_of, likely_heading
from monitor.core.registrations.naming import EnteredName, entered_name, is_entered, name_of
from monitor.core.registrations.row import Row, RowProblem

NO_ADDRESSES: Mapping[str, str] = MappingProxyType({})
"""Nobody is registered yet, so no address is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFile:
    """What was read from a people file: the Registrations of all sound rows, and every fault of the others.

    `entered`: the names of sound rows that were written into one column, and had to be taken apart.
    `says_switched_off`: it has a column for spellings that are switched off; one without leaves them as they are.
    """

    registrations: tuple[Registration, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    entered: tuple[EnteredName, ...] = ()
    says_switched_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What this organisation takes: which e-mail addresses, and the language where none is given.

    `known_addresses`, by external_id: what was once taken of somebody is not refused of them later.
    """

    domains: frozenset[str]
    is_any_address_allowed: bool
    language: str
    known_addresses: Mapping[str, str]
    lexicon: Lexicon

    def email(self, cell: str, external_id: str) -> str:
        email = cells.email(cell)
        is_own = domain_of(email) in self.domains or email == self.known_addresses.get(external_id)
        if email and not self.is_any_address_allowed and not is_own:
            remedy = "add its domain to organisation.domains, or import with --allow-address"
            raise cells.CellError("lies outside the organisation's own domains", remedy)
        return email


def read_rows(
    rows: Sequence[Sequence[str]],
    *,
    allowed_domains: Collection[str],
    is_any_address_allowed: bool = False,
    known_ids: AbstractSet[str] = frozenset(),
    language: str = "nl",
    known_addresses: Mapping[str, str] = NO_ADDRESSES,
    lexicon: Lexicon = EMPTY,
) -> PeopleFile:
    """Read the rows of a people file, of which the first filled one holds the headings.

    *known_ids* are the people already registered, who may be named as a deputy; *language* stands where none is given.
    *known_addresses*, by external_id, are registered already and may lie anywhere. With a *lexicon* names in one column are
    understood better, and aliases that are a common word are refused.
    """
    cleaned = (tuple(map(cells.clean, row)) for row in rows)
    filled = [(number, row) for number, row in enumerate(cleaned, start=1) if any(row)]
    if not filled:
        return PeopleFile(problems=(RowProblem(0, "", "is empty", "the first row holds the headings"),))

    (heading_row, headings), *people = filled
    used = {place for _, row in people for place, cell in enumerate(row) if cell}
    columns, problems = _columns(heading_row, headings, used)
    if not people:
        problems.append(RowProblem(0, "", "names nobody", "put one person in each row below the headings"))
    if _missing(columns.values()):
        return PeopleFile(problems=tuple(problems))

    rules = _Rules(
        domains=frozenset(allowed_domains),
        is_any_address_allowed=is_any_address_allowed,
        language=language,
        known_addresses=known_addresses,
        lexicon=lexicon,
    )
    rows_of_people = [
        Row(number, {columns[place]: cell for place, cell in enumerate(row) if place in columns}) for number, row in people
    ]
    read = [_registration(row, rules) for row in rows_of_people]
    _check_ids(rows_of_people, known_ids)
    sound = [each for row, each in zip(rows_of_people, read, strict=True) if not row.problems]
    return PeopleFile(
        registrations=tuple(registration for registration, _ in sound),
        problems=(*problems, *(problem for row in rows_of_people for problem in row.problems)),
        entered=tuple(entered for _, entered in sound if entered),
        says_switched_off=Column.SWITCHED_OFF in columns.values(),
    )


def _missing(columns: Iterable[Column]) -> list[Column]:
    there = set(columns)
    return [column for column in REQUIRED if column not in there and not (column is Column.SURNAME and Column.NAME in there)]


def _columns(row: int, headings: Sequence[str], used: AbstractSet[int]) -> tuple[dict[int, Column], list[RowProblem]]:
    """Return which column stands where, and what is wrong with the headings. *used* are the places where people have cells."""
    places: dict[int, Column] = {}
    problems: list[RowProblem] = []
    for place, heading in enumerate(headings):
        column = column_of(heading)
        if column is None and heading:
            problems.append(_unknown_heading(row, place, heading))
        elif column is not None and column in places.values():
            problems.append(RowProblem(row, column, "is the heading of two columns", "keep one of them"))
        elif column is not None:
            places[place] = column
    if not places:
        # Not one is known, so this may be the row of a person: nothing of it is repeated.
        return {}, [RowProblem(row, "", "holds no known heading", f"the first row names the columns: {', '.join(Column)}")]

    nameless = sorted(place for place in used if place >= len(headings) or not headings[place])
    problems += [RowProblem(row, f"column {place + 1}", "has no heading", "name the column or empty it") for place in nameless]
    missing = _missing(places.values())
    problems += [RowProblem(row, column, "is missing", f"add a column with the heading {column}") for column in missing]
    return places, problems


def _unknown_heading(row: int, place: int, heading: str) -> RowProblem:
    likely = likely_heading(heading)
    remedy = f"did you mean {likely}?" if likely else f"remove the column; known are {', '.join(Column)}"
    shown = "".join(sign for sign in heading if sign.isprintable())[:40]
    return RowProblem(row, f"column {place + 1}", f'the heading "{shown}" is not known', remedy)


def _registration(row: Row, rules: _Rules) -> tuple[Registration, EnteredName | None]:
    """Read one row. What it returns is only good where the row has no problems afterwards."""
    external_id = row.text(Column.EXTERNAL_ID)
    name, entered = name_of(row, rules.lexicon), None
    text = row.text(Column.NAME)
    if is_entered(row):
        name, doubts = entered_name(row, text, name, rules.lexicon)
        entered = EnteredName(row=row.number, external_id=external_id, text=text, name=name, doubts=doubts)
    registration = Registration(
        external_id=external_id,
        name=name,
        email=row.read(Column.EMAIL, lambda cell: rules.email(cell, external_id), ""),
        phone=row.read(Column.PHONE, cells.phone, ""),
        context=row.values(Column.CONTEXT),
        not_context=row.values(Column.NOT_CONTEXT),
        team=row.text(Column.TEAM),
        deputy=row.text(Column.DEPUTY),
        language=row.read(Column.LANGUAGE, lambda cell: cells.language(cell, rules.language), rules.language),
        starts_on=row.day(Column.STARTS_ON),
        ends_on=row.day(Column.ENDS_ON),
        ground=row.text(Column.GROUND),
        informed_on=row.day(Column.INFORMED_ON),
    )
    spelled = variants(name) if name.switched_off else ()
    if spelled and not any(variant.is_on for variant in spelled):
        row.refuse(Column.SWITCHED_OFF, "leaves no spelling to look for", "leave one on, or take the person off the list")
    for column in REQUIRED:
        if not row.holds(column) and not (column is Column.SURNAME and row.holds(Column.NAME)):
            row.refuse(column, "is empty", "every person needs one")
    if name.usage is not NameUsage.OWN and not (name.partner_surname or row.holds(Column.PARTNER_SURNAME)):
        row.refuse(Column.NAME_USAGE, "asks for a partner's surname, and there is none", "fill in partner_surname, or write own")
    starts_on, ends_on = registration.starts_on, registration.ends_on
    if starts_on and ends_on and ends_on < starts_on:
        row.refuse(Column.ENDS_ON, "lies before starts_on", "check both dates")
    return registration, entered


def _check_ids(rows: Sequence[Row], known_ids: AbstractSet[str]) -> None:
    """Refuse an id that stands in two rows, and a deputy who is nobody."""
    row_of: dict[str, int] = {}
    for row in rows:
        external_id = row.written.get(Column.EXTERNAL_ID, "")
        if external_id in row_of:
            row.refuse(Column.EXTERNAL_ID, f"is the same as in row {row_of[external_id]}", "give every person an id of their own")
        elif external_id:
            row_of[external_id] = row.number
    for row in rows:
        deputy = row.written.get(Column.DEPUTY, "")
        if deputy and deputy == row.written.get(Column.EXTERNAL_ID):
            row.refuse(Column.DEPUTY, "is the same person", "name a colleague by their external_id")
        elif deputy and deputy not in row_of and deputy not in known_ids:
            row.refuse(Column.DEPUTY, "is nobody in this file or already registered", "name a colleague by their external_id")
