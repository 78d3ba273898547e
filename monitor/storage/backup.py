"""Backups: one SQLite file with everything, whichever database it came from, and a manifest that says whether it is whole.

Bringing one back is `monitor.storage.restoring`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.ports import StorageError
from monitor.storage.connect import APPLICATION_ID, mark_sqlite, open_frozen, open_sqlite, sync_file, sync_folder
from monitor.storage.copying import copy_rows
from monitor.storage.engine import Database
from monitor.storage.faults import files_explained
from monitor.storage.migrating import MIGRATIONS, SchemaState, known_versions, migrate, refuse_strangers, state_of, version_of

MANIFEST_TABLE = "backup_manifest"
_NAME = re.compile(r"naamwacht-\d{8}T\d{6}Z(-\d+)?\.backup")
_PARTIAL = ".partial"
_ABANDONED = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself: the version of its tables, and how many rows each has, with their digest.

    `last_audit` is the digest of the last audit record: a chain whose end was cut off later does not hold it any more.
    """

    version: str
    made_at: str
    origin: str
    rows: Mapping[str, int]
    digests: Mapping[str, str]
    last_audit: str = ""


def backup(database: Database, to: Path, *, now: datetime, migrations: Path = MIGRATIONS) -> Path:
    """Write a backup and return its path; into *to*, or under a name with the time where *to* is a folder.

    It is checked before it gets its name, and nothing that is there is overwritten. Work goes on meanwhile.
    """
    target = (free_name(to, now) if to.is_dir() else to).absolute()
    partial = target.with_name(f".{target.name}{_PARTIAL}")
    with files_explained(f"the backup {target}"):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            version = _fill(database, partial, migrations)
            database.failpoint("backup.filled")
            _seal(partial, version=version, origin=database.address.get_backend_name(), now=now)
            sync_file(partial)
            verify(partial, migrations=migrations)
            database.failpoint("backup.before_rename")
            _name(partial, target)
        finally:
            partial.unlink(missing_ok=True)
        sync_folder(target.parent)
    database.failpoint("backup.after_rename")
    return target


def verify(file: Path, *, migrations: Path = MIGRATIONS) -> Manifest:
    """Return what a backup says of itself, after reading all of it; raises where this version could not bring it back."""
    where = f"the backup {file}"
    with files_explained(where), closing(open_frozen(file)) as connection:
        manifest = _load_manifest(connection, where)
        if manifest.version not in known_versions(migrations):
            raise StorageError(f"{where} was made by a newer version (install that version, then restore)")
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
        faults += ["rows point to rows that are not there" for _ in connection.execute("PRAGMA foreign_key_check").fetchmany(1)]
        counted, digests = _count_and_digest(connection)
        faults += [
            f"table {name} is not as it was"
            for name in sorted(set(manifest.rows) | set(counted))
            if (manifest.rows.get(name), manifest.digests.get(name)) != (counted.get(name), digests.get(name))
        ]
    if faults:
        raise StorageError(f"{where} is damaged: {faults[0]} (use another one)")
    return manifest


def prune(folder: Path, *, keep: int, now: datetime) -> tuple[Path, ...]:
    """Delete all but the newest backups of a folder, and what killed backups left; return what was deleted."""
    with files_explained(f"the folder {folder}"):
        named = sorted((path for path in folder.iterdir() if _NAME.fullmatch(path.name)), key=_by_time, reverse=True)
        oldest_at_work = (now - _ABANDONED).timestamp()
        left = [path for path in folder.glob(f".*{_PARTIAL}") if path.stat().st_mtime < oldest_at_work]
        gone = (*named[keep:], *left)
        for path in gone:
            path.unlink(missing_ok=True)
    return gone


def free_name(folder: Path, now: datetime) -> Path:
    """Return a path in *folder* for a backup made *now*, under which nothing stands."""
    stem = f"naamwacht-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    path, number = folder / f"{stem}.backup", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.backup"
    return path


def _by_time(path: Path) -> tuple[str, int]:
    _, stamp, *number = path.stem.split("-")
    return stamp, int(number[0]) if number else 1


def _fill(database: Database, partial: Path, migrations: Path) -> str:
    with database.read() as tx:
        state = state_of(tx, migrations=migrations)
        refuse_strangers(database, state)
        if state is SchemaState.EMPTY:
            raise StorageError(f"{database.name} is empty, so there is nothing to back up (check the address of the database)")
        version = version_of(tx) or ""
        if database.path is None:
            mark_sqlite(partial)
            copy = Database(f"sqlite:///{partial}")
            try:
                with copy.rebuild("backup.copy") as into:
                    migrate(into, to=version, migrations=migrations)
                    copy_rows(tx, into)
            finally:
                copy.close()
    if database.path is not None:
        with closing(open_sqlite(database.path, patience=database.patience)) as connection:
            # Unlike a copy of the file: one moment while others write, checked page by page, and nothing of what was deleted.
            connection.execute("VACUUM INTO ?", (str(partial),))
    return version


def _seal(partial: Path, *, version: str, origin: str, now: datetime) -> None:
    with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        rows, digests = _count_and_digest(connection)
        manifest = Manifest(
            version=version,
            made_at=now.astimezone(UTC).isoformat(),
            origin=origin,
            rows=rows,
            digests=digests,
            last_audit=_last_audit(connection) if "audit" in rows else "",
        )
        connection.execute("CREATE TABLE backup_manifest (manifest TEXT NOT NULL)")
        connection.execute("INSERT INTO backup_manifest VALUES (?)", (json.dumps(asdict(manifest)),))


def _last_audit(connection: sqlite3.Connection) -> str:
    last = connection.execute("SELECT CAST(digest AS BLOB) FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return bytes(last[0]).decode(errors="replace") if last else ""


def _name(partial: Path, target: Path) -> None:
    try:
        os.link(partial, target)
    except FileExistsError as error:
        raise StorageError(f"the backup {target} is there already (choose another name)") from error


def _load_manifest(connection: sqlite3.Connection, where: str) -> Manifest:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if application_id != APPLICATION_ID or MANIFEST_TABLE not in tables:
        raise StorageError(f"{where} is no backup of Naamwacht's (choose a file that `naamwacht backup` made)")
    try:
        (manifest,) = connection.execute("SELECT CAST(manifest AS BLOB) FROM backup_manifest").fetchone()
        return Manifest(**json.loads(manifest))
    except (ValueError, TypeError) as error:
        raise StorageError(f"{where} is damaged: its manifest cannot be read (use another one)") from error


def _count_and_digest(connection: sqlite3.Connection) -> tuple[dict[str, int], dict[str, str]]:
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ? ORDER BY name"
    names = [name for (name,) in connection.execute(query, (MANIFEST_TABLE,))]
    connection.text_factory = bytes  # what rotted need not be text any more
    for name in names:
        digest = hashlib.sha256()
        rows[name] = 0
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608  # names of our own tables
            digest.update(repr(row).encode())
            rows[name] += 1
        digests[name] = digest.hexdigest()
    return rows, digests
