"""What is examined: the parts, and what the source checks heard on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from sqlalchemy import Connection

from monitor.app.application import App
from monitor.fetch.dialling import system_addresses
from monitor.ports import AlreadyRunning, Answer, Clock, Http, StorageError
from monitor.storage.lock import hold
from monitor.storage.migrating import SchemaState, schema_state


@dataclass(slots=True)
class Heard:
    """Which hosts were asked, and how far our clock is from theirs. Filled by several threads."""

    hosts: set[str] = field(default_factory=set)
    skews: list[timedelta] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, address: str) -> None:
        """Note whom we ask."""
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            return
        with self._lock:
            self.hosts.add(host)

    def skew(self, skew: timedelta) -> None:
        """Note how far a server's clock is ahead of ours."""
        with self._lock:
            self.skews.append(skew)


def who_runs(app: App) -> str:
    """Return who runs on the database, in words; empty where nobody does."""
    if app.db.path is not None and not app.db.path.exists():
        return ""
    try:
        with hold(app.db, now=app.clock.now()):
            return ""
    except AlreadyRunning as error:
        return str(error).partition(" (")[0]
    except StorageError:
        return ""  # the check of the database says it


@dataclass(frozen=True, slots=True)
class Subject:
    """One installation: its parts, the file that configured it, and how its host names are looked up.

    `daemon`: who runs on its database, in words; empty where nobody does.
    """

    app: App
    file: Path
    daemon: str
    resolve: Callable[[str], Sequence[str]] = system_addresses
    heard: Heard = field(default_factory=Heard)

    @property
    def is_made(self) -> bool:
        """Tell whether there is a database at all."""
        path = self.app.db.path
        return path is None or path.exists()

    @contextmanager
    def rows(self) -> Iterator[Connection | None]:
        """Read the database; None where its tables are not those of this version, which the check of the database says."""
        if not self.is_current():
            yield None
            return
        with self.app.db.read() as tx:
            yield tx

    def is_current(self) -> bool:
        """Tell whether the database can be read and written by this version."""
        try:
            return self.is_made and schema_state(self.app.db) is SchemaState.CURRENT
        except StorageError:
            return False


class HearingHttp:
    """The http of one Look, overheard."""

    def __init__(self, http: Http, heard: Heard, clock: Clock) -> None:
        self._http = http
        self._heard = heard
        self._clock = clock

    def get(self, address: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch *address*."""
        self._heard.ask(address)
        return self._hear(self._http.get(address, headers=headers))

    def post(self, address: str, *, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """Send *content* to *address*."""
        self._heard.ask(address)
        return self._hear(self._http.post(address, content=content, headers=headers))

    def _hear(self, answer: Answer) -> Answer:
        sent_at = _sent_at(answer.headers)
        if sent_at is not None:
            self._heard.skew(sent_at - self._clock.now())
        return answer


def _sent_at(headers: Mapping[str, str]) -> datetime | None:
    """Return what the time was at the server; None where it does not say. A cache says how old its answer is."""
    age = headers.get("age", "0").strip()
    try:
        dated = parsedate_to_datetime(headers["date"])
        return dated.astimezone(UTC) + timedelta(seconds=int(age)) if dated.tzinfo is not None else None
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
