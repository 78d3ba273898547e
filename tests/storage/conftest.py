"""Databases for the storage tests: every test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.storage.backup import backup
from monitor.storage.engine import Database
from monitor.storage.upgrading import upgrade
from tests.fakes import NOW
from tests.postgresql import *  # noqa: F403  # its fixtures
from tests.postgresql import NewUrl
from tests.storage.filling import fill_database
from tests.storage.scratch import lay


@pytest.fixture
def laid(empty_url: str) -> Iterator[Database]:
    """A database with the scratch tables."""
    database = Database(empty_url, patience=timedelta(seconds=20))
    lay(database)
    yield database
    database.close()


@pytest.fixture
def laid_sqlite(tmp_path: Path) -> Iterator[Database]:
    """The same, for what only SQLite does."""
    database = Database(f"sqlite:///{tmp_path / 'naamwacht.db'}")
    lay(database)
    yield database
    database.close()


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(database: Database) -> Database:
    return fill_database(database)


@pytest.fixture
def file(filled: Database, backups: Path) -> Path:
    """A backup of the filled database."""
    return backup(filled, backups, now=NOW)


@pytest.fixture
def sqlite_file(backups: Path, tmp_path: Path) -> Path:
    """A backup, for what does not depend on where it came from."""
    database = Database(f"sqlite:///{tmp_path / 'origin.db'}")
    upgrade(database, backups=backups, now=NOW)
    fill_database(database)
    made = backup(database, backups, now=NOW - timedelta(days=1))
    database.close()
    return made


@pytest.fixture
def other(new_url: NewUrl) -> Iterator[Database]:
    """A database that is not there yet."""
    database = Database(new_url())
    yield database
    database.close()


@pytest.fixture
def sqlite_other(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'other' / 'naamwacht.db'}")
    yield database
    database.close()
