"""Ask the database what is to be looked at now. The rules of "due" are in `monitor.core.schedule`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor.core.schedule import farthest, pause_between_asks
from monitor.pipeline.world import World
from monitor.storage import sources
from monitor.storage.sources import DueWatch, SourceRow

STRUGGLING_AT_ONCE = 4
"""So many Sources whose last Look failed are looked at at once: they mostly wait, and the others must not wait for them."""


def due_now(
    world: World,
    *,
    feeds: Collection[str],
    searches: Collection[str],
    busy: Collection[int],
    pausing_until: timedelta | None = None,
) -> tuple[tuple[SourceRow, DueWatch | None], ...]:
    """Return the Sources to look at, and for a Search whom to ask about.

    `busy`: those that are being looked at already. Between two asks a Search is left alone for a while; with `pausing_until`
    those that only wait for that, and those that are due so soon, are returned too.
    """
    now = world.clock.now()
    due: list[tuple[SourceRow, DueWatch | None]] = []
    with world.db.read() as tx:
        known = sources.load_sources(tx)
        struggling = sum(source.failures > 0 for source in known if source.id in busy)
        for source in known:
            if source.id in busy or _rests(source, now) or (source.failures and struggling >= STRUGGLING_AT_ONCE):
                continue
            if source.name in feeds and _is_due(source, now):
                due.append((source, None))
            elif source.name in searches and (watch := _due_watch(tx, source, now, pausing_until=pausing_until)):
                due.append((source, watch))
            else:
                continue
            struggling += source.failures > 0
    return tuple(due)


def _rests(source: SourceRow, now: datetime) -> bool:
    return _lies_ahead(source.not_before, source, now)


def _is_due(source: SourceRow, now: datetime) -> bool:
    return not _lies_ahead(source.next_poll_at, source, now)


def _lies_ahead(at: datetime | None, source: SourceRow, now: datetime) -> bool:
    """Tell whether a stored time is still to come. Where the last Look does as well, the clock went back: no time of it holds."""
    has_clock_gone_back = source.last_look_at is not None and now < source.last_look_at
    return at is not None and not has_clock_gone_back and now < at <= farthest(now, source.every)


def _due_watch(tx: Connection, source: SourceRow, now: datetime, *, pausing_until: timedelta | None) -> DueWatch | None:
    if pausing_until is not None:
        return sources.next_watch(tx, source.id, now=now + pausing_until, every=source.every)
    if source.last_look_at is not None:
        pause = pause_between_asks(source.every, sources.count_watches(tx, source.id))
        if source.last_look_at <= now < source.last_look_at + pause:
            return None
    return sources.next_watch(tx, source.id, now=now, every=source.every)
