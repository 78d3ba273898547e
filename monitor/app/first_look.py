"""The first look of a new installation: every source once, so that there is something to show. Then it is the engine's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from monitor.app.application import App
from monitor.app.rounds import look_in_rounds
from monitor.app.work import Desk
from monitor.engine.embedded import Work
from monitor.storage.queries import list_sources

PATIENCE = timedelta(minutes=3)
"""A search is first asked after a short random pause, and a slow source may take a minute."""


def look_at_each(app: App, progress: Callable[[int, int], None]) -> Work:
    """Look until every source was looked at, and return the work for what is left to do. *progress* hears how many were."""
    desk = Desk(app)
    work = desk.work()
    work.refresh()
    wanted = app.sourcing.feeds | app.sourcing.searches

    def tell(_: int) -> None:
        progress(len(wanted) - _not_seen(app, wanted), len(wanted))

    tell(0)
    look_in_rounds(desk, work, app.clock, within=PATIENCE, after_round=tell, is_enough=lambda: not _not_seen(app, wanted))
    return work


def _not_seen(app: App, wanted: frozenset[str]) -> int:
    with app.db.read() as tx:
        return sum(source.last_look_at is None and source.name in wanted for source in list_sources(tx))
