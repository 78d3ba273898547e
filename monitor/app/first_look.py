"""The first look of a new installation: every source once, so that there is something to show. Then it is the engine's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event

from monitor.app.application import App
from monitor.app.side_by_side import side_by_side
from monitor.app.work import Desk
from monitor.engine.embedded import Work
from monitor.storage.queries import list_sources

WORKERS = 8
PAUSE_SECONDS = 0.25
PATIENCE = timedelta(minutes=3)
"""A search is first asked after a short random pause, and a slow source may take a minute."""


def look_at_each(app: App, progress: Callable[[int, int], None]) -> Work:
    """Look until every source was looked at, and return the work for what is left to do. *progress* hears how many were."""
    desk = Desk(app)
    work = desk.work()
    work.refresh()
    wanted = app.sourcing.feeds | app.sourcing.searches
    waiting = Event()
    until = app.clock.monotonic() + PATIENCE.total_seconds()
    while (left := _not_seen(app, wanted)) and app.clock.monotonic() < until:
        progress(len(wanted) - left, len(wanted))
        due = work.due_looks(frozenset())
        if due:
            work.record(list(side_by_side([each.look for each in due], at_once=WORKERS)))
        else:
            waiting.wait(PAUSE_SECONDS)
    return work


def _not_seen(app: App, wanted: frozenset[str]) -> int:
    with app.db.read() as tx:
        return sum(source.last_look_at is None and source.name in wanted for source in list_sources(tx))
