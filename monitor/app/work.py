"""What the engine turns time into, put together from the parts: the watchlist of the moment, Looks, messages, the night."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from threading import Lock

from monitor.actions.channels import sync_channels
from monitor.actions.nightly import import_nightly, is_import_due
from monitor.actions.people import known_addresses
from monitor.app.application import App
from monitor.core.looks import LookRecord
from monitor.engine.embedded import DueLook, Work
from monitor.fetch.people_file import read_people
from monitor.pipeline.deliver import deliver_due
from monitor.pipeline.due import due_now
from monitor.pipeline.housekeep import housekeep
from monitor.pipeline.look import blank_record, failed_look, look_at
from monitor.pipeline.record import record_looks
from monitor.pipeline.refresh import load_revision, load_watchlist
from monitor.pipeline.world import Watchlist
from monitor.ports import ProviderError
from monitor.storage.sources import DueWatch, SourceRow
from monitor.words import load_lexicon


class Desk:
    """Holds the watchlist of the moment, and makes `Work` of an `App`.

    `check_hold` raises where the database is not ours any more: the file of a running daemon may be taken away.
    """

    def __init__(self, app: App, check_hold: Callable[[], None] = lambda: None) -> None:
        self._app = app
        self._check_hold = check_hold
        self._world = app.world
        self._organisation = app.config.organisation.to_organisation()
        self._lexicon = load_lexicon()
        self._lock = Lock()
        self._watchlist: Watchlist | None = None
        self._seen: tuple[str, date] | None = None

    def work(self) -> Work:
        """Return what is to be done when."""
        return Work(
            refresh=self.refresh,
            due_looks=self.due_looks,
            record=lambda records: record_looks(records, self._world),
            deliver=[(outlet.name, partial(deliver_due, self._world, outlet)) for outlet in self._app.outlets()],
            daily=self.nightly,
            housekeep=lambda: housekeep(self._world, self._app.exchanges),
        )

    def refresh(self) -> None:
        """Take up what changed in the people, here or in another process, or with the day; within a second."""
        self._check_hold()
        today = self._app.clock.now().astimezone(self._app.config.timezone).date()
        seen = (load_revision(self._world), today)
        if seen == self._seen:
            return
        searches = self._app.sourcing.searches
        watchlist = load_watchlist(self._world, self._organisation, searches, today=today, lexicon=self._lexicon)
        if self._seen is None or self._seen[1] != today:
            # Who begins to be searched today may have an address to confirm. Whoever changes people sees to it at once.
            sync_channels(self._app.acting("configuration"), self._app.channel_rules)
        self._app.hide_names()
        with self._lock:
            self._watchlist, self._seen = watchlist, seen

    def due_looks(self, busy: frozenset[int]) -> Sequence[DueLook]:
        """Return the Looks to be made now."""
        with self._lock:
            watchlist = self._watchlist
        if watchlist is None:
            return ()
        sourcing = self._app.sourcing
        due = due_now(self._world, feeds=sourcing.feeds, searches=sourcing.searches, busy=busy)
        return [
            DueLook(source.id, None if watch is None else watch.person_id, partial(self.look, source, watch, watchlist))
            for source, watch in due
            if watch is None or watch.person_id in watchlist.people
        ]

    def waiting(self, soon: timedelta) -> frozenset[tuple[int, int | None]]:
        """Return what is due, now or *soon*, also where it only waits for a pause: (Source, Person asked about)."""
        sourcing = self._app.sourcing
        due = due_now(self._world, feeds=sourcing.feeds, searches=sourcing.searches, busy=(), pausing_until=soon)
        return frozenset((source.id, None if watch is None else watch.person_id) for source, watch in due)

    def look(self, source: SourceRow, watch: DueWatch | None, watchlist: Watchlist) -> LookRecord:
        """Look at a Source. A provider that breaks its promise costs one Look, and its Source says so."""
        try:
            return look_at(source, self._app.sourcing.open(source.name), watchlist, self._world, watch)
        except Exception as fault:  # crash barrier: poll
            self._app.log.warning("look failed", source=source.id, exc_info=fault)
            error = ProviderError(f"a fault of ours or of the provider ({type(fault).__name__})")
            now = self._app.clock.now()
            return failed_look(blank_record(source, watchlist, watch, now=now), error, now=now)

    def nightly(self) -> None:
        """Import the people file, once a night."""
        people = self._app.config.people
        local_now = self._app.clock.now().astimezone(self._app.config.timezone)
        acting = self._app.acting("nightly")
        if people.import_from is None or not is_import_due(acting, people.import_at, local_now):
            return
        domains = self._app.config.organisation.domains
        import_nightly(
            acting,
            self._app.channel_rules,
            people.import_from,
            lambda path: read_people(
                path,
                self._app.children,
                domains=domains,
                is_any_address_allowed=False,
                language=self._app.config.language,
                known_addresses=known_addresses(acting),
            ),
            day=local_now.date(),
        )
