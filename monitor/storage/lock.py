"""One daemon per database: whoever comes second is told who was first. A killed daemon holds nothing.

This lock says who may *run*; who may write is the business of the engine.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text

from monitor.ports import AlreadyRunning, StorageError
from monitor.storage.connect import APPLICATION_ID, DAEMON_LOCK, postgresql_session
from monitor.storage.engine import Database
from monitor.storage.faults import explained, files_explained

_LONGEST_NAME = 63
"""PostgreSQL cuts an application name there, in bytes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a database."""

    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


class Hold(Protocol):
    """A database that is ours to run on."""

    def check(self) -> None:
        """Raise `StorageError` where it is not ours any more: its file was taken away, or the server dropped us."""
        ...


@contextmanager
def hold(database: Database, *, now: datetime) -> Iterator[Hold]:
    """Hold *database* for this process; raises `AlreadyRunning` where another has it."""
    me = Holder(socket.gethostname(), os.getpid(), now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    held = _hold_file(database, database.path, me) if database.path is not None else _hold_session(database, me)
    with held as mine:
        yield mine


def _already_running(database: Database, holder: Holder | None) -> AlreadyRunning:
    who = "another process" if holder is None else str(holder)
    return AlreadyRunning(f"{database.name} is in use by {who} (end that one first)")


# --------------------------------------------------------------------------------------------------------- SQLite


@dataclass(frozen=True, slots=True)
class _HeldFile:
    path: Path
    descriptor: int

    def check(self) -> None:
        try:
            is_ours = os.path.samestat(self.path.stat(), os.fstat(self.descriptor))
        except FileNotFoundError:
            is_ours = False
        if not is_ours:
            raise StorageError(f"the lock {self.path} was taken away while in use (start again, and leave that file alone)")


@contextmanager
def _hold_file(database: Database, path: Path, me: Holder) -> Iterator[_HeldFile]:
    # Beside the database and never removed: who opens a lock that another just removed holds nothing.
    lock = path.with_name(f"{path.name}.lock")
    with files_explained(f"the lock {lock}"):
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _already_running(database, _read_holder(descriptor)) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(asdict(me)).encode(), 0)
        yield _HeldFile(lock, descriptor)
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _read_holder(descriptor: int) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(descriptor, 4096, 0)))
    except (ValueError, TypeError):  # read in the moment between lock and name
        return None


# ----------------------------------------------------------------------------------------------------- PostgreSQL

_HOLDER = text(
    "SELECT activity.application_name FROM pg_locks held JOIN pg_stat_activity activity ON activity.pid = held.pid "
    "WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2 "
    "AND held.classid = :application AND held.objid = 2 "
    "AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@dataclass(frozen=True, slots=True)
class _HeldSession:
    connection: Connection
    name: str

    def check(self) -> None:
        with explained(self.name):
            self.connection.exec_driver_sql("SELECT 1")


@contextmanager
def _hold_session(database: Database, me: Holder) -> Iterator[_HeldSession]:
    # Its own connection, on no pool: the lock is the session's, and goes when the process goes.
    name = f"naamwacht {me.pid} {me.since} {me.host}".encode()[:_LONGEST_NAME].decode(errors="ignore")
    engine = postgresql_session(database.address, name)
    try:
        connection = _take_session(database, engine)
        try:
            yield _HeldSession(connection, database.name)
        finally:
            connection.close()
    finally:
        engine.dispose()


def _take_session(database: Database, engine: Engine) -> Connection:
    with explained(database.name):
        connection = engine.connect()
        if connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({DAEMON_LOCK})").scalar_one():
            return connection
        holder = _parse_holder(connection.execute(_HOLDER, {"application": APPLICATION_ID}).scalar())
        connection.close()
    raise _already_running(database, holder)


def _parse_holder(name: str | None) -> Holder | None:
    match (name or "").split(" ", 3):
        case ["naamwacht", pid, since, host]:
            return Holder(host, int(pid), since)
        case _:
            return None
