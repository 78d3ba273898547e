"""What keeps the service from doing its work, in codes with counts: for `/health/ready` and `check`. No names."""

from __future__ import annotations

from datetime import timedelta

from monitor.app.application import App
from monitor.ports import StorageError
from monitor.storage import memory
from monitor.storage.queries import load_standing

LATE = timedelta(minutes=15)
"""How long a message that is due may wait before that is a trouble."""


def troubles(app: App) -> tuple[str, ...]:
    """Return what is wrong now, nothing where all is well."""
    now = app.clock.now()
    try:
        with app.db.read() as tx:
            standing = load_standing(tx, now=now)
            is_import_refused = bool(memory.recall(tx, memory.IMPORT_REFUSED))
    except StorageError as error:
        return (f"database: {error}",)
    found: list[str] = []
    if dead := standing.deliveries.get("dead", 0):
        found.append(f"dead_letters: {dead} message(s) could not be delivered")
    if standing.oldest_due_at is not None and now - standing.oldest_due_at > LATE:
        found.append("late: a message that is due waits for more than a quarter of an hour")
    if is_import_refused:
        found.append("import_refused: the last nightly import of the people file was refused")
    if standing.sources and standing.sources_failing == standing.sources:
        found.append("blind: none of the sources could be looked at the last time")
    return tuple(found)
