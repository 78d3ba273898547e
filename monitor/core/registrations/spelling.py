"""The part of a people file that names are matched with: who, the spellings, and what speaks for or against somebody."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.registrations.headings import Column, column_of

MATCHED = frozenset(
    {
        Column.EXTERNAL_ID,
        Column.NAME,
        Column.GIVEN_NAMES,
        Column.CALL_NAME,
        Column.INITIALS,
        Column.PREFIX,
        Column.SURNAME,
        Column.PARTNER_PREFIX,
        Column.PARTNER_SURNAME,
        Column.NAME_USAGE,
        Column.HANDLES,
        Column.ALIASES,
        Column.SWITCHED_OFF,
        Column.CONTEXT,
        Column.NOT_CONTEXT,
    }
)


def only_matched(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Empty every cell of the other known columns, headings included: no fault in them counts. Rows keep their numbers."""
    headings = next((row for row in rows if any(cell.strip() for cell in row)), ())
    columns = [column_of(heading) for heading in headings]
    ignored = {place for place, column in enumerate(columns) if column is not None and column not in MATCHED}
    return tuple(tuple("" if place in ignored else cell for place, cell in enumerate(row)) for row in rows)
