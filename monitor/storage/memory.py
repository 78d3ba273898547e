"""The small things that the service remembers between two starts."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from monitor.storage.schema import memory

MATCHED_WITH = "matched_with"
PEOPLE_REVISION = "people_revision"
MATCHING_RULES = "matching_rules"
INSTANCE = "instance"
IMPORT_REFUSED = "import_refused"
"""Why the last nightly import was refused; absent while all is well."""


def recall(tx: Connection, name: str, default: str = "") -> str:
    """Return what is remembered under *name*."""
    value = tx.execute(select(memory.c.value).where(memory.c.name == name)).scalar_one_or_none()
    return default if value is None else value


def remember(tx: Connection, name: str, value: str) -> None:
    """Remember *value*, in the place of what was there."""
    if tx.execute(update(memory).where(memory.c.name == name).values(value=value)).rowcount == 0:
        tx.execute(insert(memory).values(name=name, value=value))


def forget(tx: Connection, name: str) -> None:
    """Remember nothing under *name*."""
    tx.execute(delete(memory).where(memory.c.name == name))


def number(tx: Connection, name: str) -> int:
    """Return a remembered number, 0 where there is none."""
    return int(recall(tx, name, "0"))


def raise_number(tx: Connection, name: str) -> int:
    """Count one up and return the new number."""
    raised = number(tx, name) + 1
    remember(tx, name, str(raised))
    return raised


def was_done_on(tx: Connection, work: str, day: date) -> bool:
    """Tell whether daily *work* was done on *day* already, or on the next: then the clock went back over midnight.

    Any day further ahead comes from a clock that was wrong, and must not hold the work up until then.
    """
    done = recall(tx, f"done:{work}")
    return bool(done) and day <= date.fromisoformat(done) <= day + timedelta(days=1)


def mark_done_on(tx: Connection, work: str, day: date) -> None:
    """Remember that daily *work* was done on *day*."""
    remember(tx, f"done:{work}", day.isoformat())
