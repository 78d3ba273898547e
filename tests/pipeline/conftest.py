"""Real databases for the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.storage.engine import Database
from monitor.storage.schema import metadata


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'naamwacht.db'}")
    database.create()
    with database.write("test") as tx:
        metadata.create_all(tx)
    yield database
    database.close()
