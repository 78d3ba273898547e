"""Turn Registrations into rows that `read_rows` takes back. No cell is a formula to a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from monitor.core.model import Registration
from monitor.core.registrations.cells import guarded, joined
from monitor.core.registrations.headings import WRITTEN, Column


def to_rows(registrations: Iterable[Registration]) -> tuple[tuple[str, ...], ...]:
    """Return the headings and one row per Registration, each cell safe to open in a spreadsheet."""
    rows = (tuple(guarded(cell) for cell in cells_of(registration).values()) for registration in registrations)
    return (WRITTEN, *rows)


def cells_of(registration: Registration) -> dict[Column, str]:
    """Return the cell of every column that is written, in their order."""
    name = registration.name
    return {
        Column.EXTERNAL_ID: registration.external_id,
        Column.GIVEN_NAMES: joined(name.given_names, weak_separators=", "),
        Column.CALL_NAME: name.call_name,
        Column.INITIALS: name.initials,
        Column.PREFIX: name.prefix,
        Column.SURNAME: name.surname,
        Column.PARTNER_PREFIX: name.partner_prefix,
        Column.PARTNER_SURNAME: name.partner_surname,
        Column.NAME_USAGE: name.usage.value,
        Column.EMAIL: registration.email,
        Column.PHONE: registration.phone,
        Column.HANDLES: joined(name.handles),
        Column.ALIASES: joined(name.aliases),
        Column.SWITCHED_OFF: joined(name.switched_off),
        Column.CONTEXT: joined(registration.context),
        Column.NOT_CONTEXT: joined(registration.not_context),
        Column.TEAM: registration.team,
        Column.DEPUTY: registration.deputy,
        Column.LANGUAGE: registration.language,
        Column.STARTS_ON: _written(registration.starts_on),
        Column.ENDS_ON: _written(registration.ends_on),
        Column.GROUND: registration.ground,
        Column.INFORMED_ON: _written(registration.informed_on),
    }


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""
