"""What a new people file would change, and whether so many people gone can be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.core.model import Registration
from monitor.core.registrations.headings import WRITTEN, Column
from monitor.core.registrations.writing import cells_of

FEW = 5
"""So many people may always leave at once."""


@dataclass(frozen=True, slots=True)
class Change:
    """One person whose row reads differently now."""

    before: Registration
    after: Registration
    columns: tuple[Column, ...]

    @property
    def external_id(self) -> str:
        return self.after.external_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleDiff:
    """What a people file adds, changes, leaves out and leaves as it is, each in the order of its file."""

    added: tuple[Registration, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Registration, ...] = ()
    unchanged: tuple[Registration, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.gone)


def diff(known: Mapping[str, Registration], new: Iterable[Registration]) -> PeopleDiff:
    """Compare the people known by their external_id with those of a new file."""
    added, changed, unchanged, seen = [], [], [], set()
    for registration in new:
        seen.add(registration.external_id)
        before = known.get(registration.external_id)
        if before is None:
            added.append(registration)
        elif before == registration:
            unchanged.append(registration)
        else:
            changed.append(Change(before, registration, _changed_columns(before, registration)))
    gone = (registration for external_id, registration in known.items() if external_id not in seen)
    return PeopleDiff(added=tuple(added), changed=tuple(changed), gone=tuple(gone), unchanged=tuple(unchanged))


def _changed_columns(before: Registration, after: Registration) -> tuple[Column, ...]:
    old, new = cells_of(before), cells_of(after)
    return tuple(column for column in WRITTEN if old[column] != new[column])


def is_too_many_gone(difference: PeopleDiff, known_count: int, confirmed: int | None) -> bool:
    """Tell whether more than the larger of 5 people and 2 % would leave, and nobody confirmed exactly that number."""
    gone = len(difference.gone)
    is_usual = gone <= FEW or gone * 50 <= known_count
    return not is_usual and confirmed != gone
