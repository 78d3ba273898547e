"""The name of one row: from the columns of its parts, or from the one column in which somebody wrote it whole.

How a name is taken apart is in `monitor.core.entered`; what a cell may hold, in `cells`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.core.entered import Doubt, parse_name
from monitor.core.lexicon import Lexicon
from monitor.core.model import Name, NameUsage
from monitor.core.registrations import cells
from monitor.core.registrations.headings import Column
from monitor.core.registrations.row import Row
from monitor.core.text import folded
from monitor.core.weak_names import refused_aliases


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredName:
    """A name that was written into one column: by whom it is borne, as written, as understood, and what is doubtful."""

    row: int
    external_id: str
    text: str
    name: Name
    doubts: tuple[Doubt, ...] = ()


def is_entered(row: Row) -> bool:
    """Tell whether the name of *row* is to be taken from one column: a surname in a column of its own needs no guess."""
    return row.holds(Column.NAME) and not row.holds(Column.SURNAME)


def name_of(row: Row, lexicon: Lexicon) -> Name:
    """Return the name that the columns of its parts say."""
    aliases = row.values(Column.ALIASES, cells.aliases)
    if refused_aliases(aliases, lexicon):
        fault = "holds a value that is one common word, which would be found in every text"
        row.refuse(Column.ALIASES, fault, "write it with a second word, or leave it out")
    return Name(
        surname=row.read(Column.SURNAME, cells.surname, ""),
        given_names=row.values(Column.GIVEN_NAMES, cells.given_names),
        call_name=row.text(Column.CALL_NAME),
        initials=row.text(Column.INITIALS),
        prefix=row.text(Column.PREFIX),
        partner_prefix=row.text(Column.PARTNER_PREFIX),
        partner_surname=row.read(Column.PARTNER_SURNAME, cells.surname, ""),
        usage=row.read(Column.NAME_USAGE, cells.usage, NameUsage.OWN),
        aliases=aliases,
        handles=row.values(Column.HANDLES, cells.handles),
        switched_off=row.values(Column.SWITCHED_OFF),
    )


def entered_name(row: Row, text: str, by_parts: Name, lexicon: Lexicon) -> tuple[Name, tuple[Doubt, ...]]:
    """Return the name that is written in one column as *text*; what the columns of its parts say goes before."""
    parsed = parse_name(text, lexicon)
    if parsed.name is None:
        row.refuse(Column.NAME, "holds no name", "write a first name and a surname, or fill in surname")
        return by_parts, ()
    name = _beside_partner(parsed.name, by_parts.partner_surname)
    try:
        for surname in (name.surname, name.partner_surname):
            cells.surname(surname)
    except cells.CellError as e:
        row.refuse(Column.NAME, e.fault, "write the parts of this name into columns of their own")
    return (
        replace(
            by_parts,
            surname=name.surname,
            prefix=by_parts.prefix or name.prefix,
            given_names=by_parts.given_names or name.given_names,
            call_name=by_parts.call_name or name.call_name,
            initials=by_parts.initials or name.initials,
            partner_prefix=by_parts.partner_prefix if by_parts.partner_surname else name.partner_prefix,
            partner_surname=by_parts.partner_surname or name.partner_surname,
            usage=by_parts.usage if row.holds(Column.NAME_USAGE) else name.usage,
        ),
        parsed.doubts,
    )


def _beside_partner(name: Name, partner: str) -> Name:
    """Return *name* with the half that is not the partner's as its own, where a column says which one is the partner's."""
    if not partner or not name.partner_surname or folded(partner) == folded(name.partner_surname):
        return name
    return replace(
        name,
        surname=name.partner_surname,
        prefix=name.partner_prefix,
        partner_surname=name.surname,
        partner_prefix=name.prefix,
        usage=NameUsage.OWN_PARTNER,
    )
