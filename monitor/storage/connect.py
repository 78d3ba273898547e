"""Connections to the two databases: how each is opened, and how each begins to read and to write. No SQL of any noun."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from monitor.ports import StorageError
from monitor.storage.faults import scrub

APPLICATION_ID = 0x4E616D77
"""`Namw`, in the header of every SQLite file of ours: a file without it is somebody else's."""

WRITER_LOCK = f"{APPLICATION_ID}, 1"
DAEMON_LOCK = f"{APPLICATION_ID}, 2"
"""The two advisory locks of PostgreSQL that are ours: one writer at a time, and one daemon."""

_READERS = 8
_WAL_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Engines:
    """One way to read and one way to write. On SQLite these are different connections; on PostgreSQL one pool."""

    reader: Engine
    writer: Engine

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        self.reader.dispose()
        self.writer.dispose()


def parse_address(url: str) -> URL:
    """Return the address of a database in the form that SQLAlchemy needs; refuse what we cannot use."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # their texts quote the address, which may hold a password
        address = None
    kind = "" if address is None else address.get_backend_name()
    if address is not None and kind == "sqlite" and address.database not in (None, "", ":memory:") and not address.query:
        return address.set(drivername="sqlite+pysqlite")
    if address is not None and kind in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    raise StorageError(
        "the address of the database cannot be used (write sqlite:///folder/file.db or postgresql://user@host/database)"
    )


# --------------------------------------------------------------------------------------------------------- SQLite


def sqlite_engines(path: Path, *, patience: timedelta) -> Engines:
    """Return engines for a file that must exist: opening never makes one."""
    reader = _sqlite_engine(path, "BEGIN", patience=patience, is_reader=True)
    return Engines(reader=reader, writer=_sqlite_engine(path, "BEGIN IMMEDIATE", patience=patience, is_reader=False))


def _sqlite_engine(path: Path, begin: str, *, patience: timedelta, is_reader: bool) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: open_sqlite(path, patience=patience, is_reader=is_reader),
        poolclass=QueuePool,
        pool_size=_READERS if is_reader else 1,
        max_overflow=_READERS if is_reader else 1,
        pool_timeout=patience.total_seconds(),
        hide_parameters=True,
    )

    def begin_transaction(connection: Connection) -> None:
        # The driver is in autocommit mode (`isolation_level=None`): the only BEGIN is ours, and DDL does not end it.
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begin_transaction)
    return engine


def open_sqlite(path: Path, *, patience: timedelta, is_reader: bool = False) -> sqlite3.Connection:
    """Open an existing file the way we always do."""
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        timeout=patience.total_seconds(),
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _refuse_foreign(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON" if is_reader else "PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def open_frozen(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes to, to read it; makes no file beside it, and works where none can be made."""
    path.stat()  # says that it is missing in better words than SQLite does
    uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def frozen_sqlite(path: Path) -> Engine:
    """Return an engine for a file that nobody writes to."""
    return create_engine("sqlite+pysqlite://", creator=lambda: open_frozen(path), poolclass=NullPool, hide_parameters=True)


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id == APPLICATION_ID:
        return
    if path.stat().st_size == 0:
        raise StorageError(
            f"the database {path} is an empty file: it was cut off, or something else made it "
            "(bring back the last backup with `naamwacht restore`; only if there never was one, delete the file)"
        )
    raise StorageError(f"the database {path} is not one of Naamwacht's (check the address of the database)")


def create_sqlite(path: Path) -> None:
    """Make an empty database where there is no file, readable by its owner only.

    It is made beside and linked into place: whatever stands under the name is whole, and what stood there stays.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        mark_sqlite(fresh)
        os.link(fresh, path)
    except FileExistsError:
        return  # somebody else was first; theirs is as good
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def mark_sqlite(path: Path) -> None:
    """Write our mark and the journal mode into the header of a new file, and see it on the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
    sync_file(path)


def sync_file(path: Path) -> None:
    """Return when the bytes of a file are on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ----------------------------------------------------------------------------------------------------- PostgreSQL


def postgresql_engines(address: URL, *, patience: timedelta) -> Engines:
    """Return engines on one pool; a reader sees one moment throughout its transaction, as it does on SQLite."""
    options = ("timezone=UTC", f"lock_timeout={int(patience.total_seconds() * 1000)}")
    writer = create_engine(
        address,
        pool_size=_READERS,
        max_overflow=_READERS,
        pool_timeout=patience.total_seconds(),
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=_connect_arguments(address, "naamwacht", options),
    )
    event.listen(writer, "handle_error", scrub)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(reader=reader, writer=writer)


def postgresql_session(address: URL, name: str) -> Engine:
    """Return an engine for one connection that stays open; *name* tells others on the server whose it is."""
    # A host that goes dark is noticed by the server within two minutes, and what it held is free again.
    options = ("tcp_keepalives_idle=60", "tcp_keepalives_interval=10", "tcp_keepalives_count=6")
    engine = create_engine(
        address,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args=_connect_arguments(address, name, options),
    )
    event.listen(engine, "handle_error", scrub)
    return engine


def _connect_arguments(address: URL, name: str, options: tuple[str, ...]) -> dict[str, str | int]:
    configured = address.query.get("options", "")
    ours = " ".join(f"-c {option}" for option in options)
    return {
        "application_name": name,
        "connect_timeout": 10,
        "client_encoding": "UTF8",
        "options": f"{configured} {ours}".strip(),
    }
