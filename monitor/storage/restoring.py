"""Bring a backup back, into either database: all of it or nothing. Making one is `monitor.storage.backup`."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, MetaData, func, select

from monitor.ports import StorageError
from monitor.storage.backup import MANIFEST_TABLE, Manifest, backup, verify
from monitor.storage.connect import APPLICATION_ID, frozen_sqlite, sync_file, sync_folder
from monitor.storage.copying import copy_rows, load_tables
from monitor.storage.engine import Database
from monitor.storage.faults import files_explained
from monitor.storage.lock import hold
from monitor.storage.migrating import MIGRATIONS, SchemaState, migrate, schema_state

_SIDE_FILES = ("-wal", "-shm", "-journal")
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back, and where that which stood there before is kept; None where nothing did."""

    manifest: Manifest
    kept: Path | None


@dataclass(frozen=True, slots=True)
class _Work:
    file: Path
    manifest: Manifest
    database: Database
    backups: Path
    now: datetime
    migrations: Path

    def keep_old(self) -> Path:
        self.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        return backup(self.database, self.backups, now=self.now, migrations=self.migrations)


def restore(
    file: Path, database: Database, *, replace: bool, backups: Path, now: datetime, migrations: Path = MIGRATIONS
) -> Restored:
    """Put a backup in the place of *database*, brought up to the tables of this version.

    Refuses a damaged or newer backup, a database in use, and, without *replace*, one that is there already. What is
    replaced is backed up first; where it is too damaged for that, its file is set aside.
    """
    work = _Work(file, verify(file, migrations=migrations), database, backups, now, migrations)
    with hold(database, now=now):
        if database.path is None:
            kept = _into_postgresql(work, replace=replace)
        else:
            with files_explained(database.name):
                kept = _into_sqlite(work, database.path, replace=replace)
    return Restored(manifest=work.manifest, kept=kept)


def _refuse_to_replace(database: Database) -> StorageError:
    return StorageError(f"{database.name} is there already (add --replace to put the backup in its place)")


# ----------------------------------------------------------------------------------------------------- PostgreSQL


def _into_postgresql(work: _Work, *, replace: bool) -> Path | None:
    state = schema_state(work.database, migrations=work.migrations)
    if state is SchemaState.FOREIGN:
        raise StorageError(f"{work.database.name} holds tables that are not Naamwacht's (give it a database of its own)")
    if state is not SchemaState.EMPTY and not replace:
        raise _refuse_to_replace(work.database)
    kept = work.keep_old() if state in (SchemaState.CURRENT, SchemaState.OLDER) else None
    with work.database.rebuild("restore") as tx:
        _drop_tables(tx)
        migrate(tx, to=work.manifest.version, migrations=work.migrations)
        with frozen_sqlite(work.file).connect() as source:
            copy_rows(source, tx)
        _refuse_losses(tx, work.manifest)
        migrate(tx, migrations=work.migrations)
    return kept


def _drop_tables(tx: Connection) -> None:
    old = MetaData()
    old.reflect(tx)
    old.drop_all(tx)


def _refuse_losses(tx: Connection, manifest: Manifest) -> None:
    for table in load_tables(tx):
        if tx.execute(select(func.count()).select_from(table)).scalar_one() != manifest.rows[table.name]:
            raise StorageError(f"table {table.name} did not come over whole (nothing was changed)")


# --------------------------------------------------------------------------------------------------------- SQLite


def _into_sqlite(work: _Work, path: Path, *, replace: bool) -> Path | None:
    if path.exists() and not replace:
        raise _refuse_to_replace(work.database)
    fresh = path.with_name(f"{path.name}.restoring")
    try:
        _prepare(work, fresh)
        kept = _swap(work, path, fresh)
    finally:
        _remove(fresh)
    return kept


def _prepare(work: _Work, fresh: Path) -> None:
    """Make the database that will stand there, whole and on the disk, under another name."""
    _remove(fresh)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    shutil.copyfile(work.file, fresh)
    database = Database(f"sqlite:///{fresh}", failpoint=work.database.failpoint)
    try:
        with database.rebuild("restore") as tx:
            tx.exec_driver_sql(f"DROP TABLE {MANIFEST_TABLE}")
            migrate(tx, migrations=work.migrations)
        faults = database.check_integrity()
    finally:
        database.close()
    if faults:
        raise StorageError(f"the backup {work.file} does not give a whole database: {faults[0]} (nothing was changed)")
    sync_file(fresh)


def _swap(work: _Work, path: Path, fresh: Path) -> Path | None:
    """Put *fresh* under the name of the database; at no moment does nothing stand there."""
    kept = None
    if not path.exists():
        _rename(work, fresh, path)
    elif _is_readable(path):
        kept = work.keep_old()
        work.database.close()  # our own connections keep the old file open as well
        with _shut(path):
            _rename(work, fresh, path)
    else:
        kept = _set_aside(path, work.now)
        _rename(work, fresh, path)
    return kept


def _rename(work: _Work, fresh: Path, path: Path) -> None:
    work.database.failpoint("restore.before_rename")
    fresh.replace(path)
    sync_folder(path.parent)
    work.database.failpoint("restore.after_rename")


def _is_readable(path: Path) -> bool:
    """Tell a database of ours from a damaged one; refuse one that is somebody else's."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            is_whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        return False
    if application_id != APPLICATION_ID and path.stat().st_size > 0:
        raise StorageError(f"the database {path} is not one of Naamwacht's (check the address of the database)")
    return is_whole and path.stat().st_size > 0


def _set_aside(path: Path, now: datetime) -> Path:
    """Give a damaged file a second name, and its log another, so that the log is not played into the new one."""
    aside = path.with_name(f"{path.name}.damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    os.link(path, aside)
    for end in _SIDE_FILES:
        side = path.with_name(path.name + end)
        if side.exists():
            side.rename(aside.with_name(aside.name + end))
    return aside


@contextmanager
def _shut(path: Path) -> Iterator[None]:
    """Keep everybody out of the old file while its name changes hands; raises where it is in use."""
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        # Ends the write-ahead log, which would be played into the new file, and fails where others have it open.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        yield


def _remove(path: Path) -> None:
    for end in ("", *_SIDE_FILES):
        path.with_name(path.name + end).unlink(missing_ok=True)
