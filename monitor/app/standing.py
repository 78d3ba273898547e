"""What keeps the service from doing its work, as codes with counts: for `/health/ready` and `check`. No names."""

from __future__ import annotations

from datetime import timedelta

from monitor.app.application import App
from monitor.storage import memory
from monitor.storage.queries import load_standing

LATE = timedelta(minutes=15)
"""How long a message that is due may wait before that is a trouble."""


def troubles(app: App) -> dict[str, int]:
    """Return what is wrong now, as codes with counts; nothing where all is well. Raises `StorageError`.

    `dead_letters`: messages that could not be delivered. `late`: the minutes that a due message has waited. `import_refused`:
    the last nightly import changed nothing. `blind`: none of so many Sources could be looked at the last time.
    """
    now = app.clock.now()
    with app.db.read() as tx:
        standing = load_standing(tx, now=now)
        is_import_refused = bool(memory.recall(tx, memory.IMPORT_REFUSED))
    found: dict[str, int] = {}
    if dead := standing.deliveries.get("dead", 0):
        found["dead_letters"] = dead
    if standing.oldest_due_at is not None and now - standing.oldest_due_at > LATE:
        found["late"] = round((now - standing.oldest_due_at) / timedelta(minutes=1))
    if is_import_refused:
        found["import_refused"] = 1
    if standing.sources and standing.sources_failing == standing.sources:
        found["blind"] = standing.sources
    return found
