"""Bring a database to the tables of this version: refuse what cannot be, back up, then take every step or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from monitor.ports import StorageError
from monitor.storage.backup import backup
from monitor.storage.engine import Database
from monitor.storage.migrating import (
    MIGRATIONS,
    SchemaState,
    known_versions,
    migrate,
    refuse_strangers,
    schema_state,
    state_of,
    version_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What an upgrade did; `backup` is None where there was nothing to lose."""

    before: str
    after: str
    backup: Path | None


def upgrade(database: Database, *, backups: Path, now: datetime, migrations: Path = MIGRATIONS) -> Upgrade | None:
    """Bring the tables of *database* up to date, made where there were none; None where they were.

    The caller holds the database (`monitor.storage.lock`). Killed anywhere, it leaves the old tables or the new ones.
    """
    database.create()
    state = schema_state(database, migrations=migrations)
    refuse_strangers(database, state)
    if state is SchemaState.CURRENT:
        return None
    kept = None
    if state is SchemaState.OLDER:
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = backup(database, backups, now=now, migrations=migrations)
    with database.rebuild("migration") as tx:
        before = version_of(tx) or ""
        refuse_strangers(database, state_of(tx, migrations=migrations))
        _refuse_encoding(database, tx)
        migrate(tx, failpoint=database.failpoint, migrations=migrations)
    return Upgrade(before=before, after=known_versions(migrations)[-1], backup=kept)


def require_current(database: Database) -> None:
    """Raise where the tables of *database* are not those of this version; for commands that do not upgrade."""
    state = schema_state(database)
    refuse_strangers(database, state)
    if state is not SchemaState.CURRENT:
        raise StorageError(
            f"{database.name} is not set up for this version yet (start `naamwacht run` or `naamwacht once` first)"
        )


def _refuse_encoding(database: Database, tx: Connection) -> None:
    if tx.dialect.name == "postgresql" and tx.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
        raise StorageError(f"{database.name} cannot hold every name (create it with ENCODING 'UTF8')")
