"""Databases for the storage tests: every test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.storage.engine import Database
from tests.postgresql import *  # noqa: F403  # its fixtures
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
