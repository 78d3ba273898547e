"""A rig on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.storage.engine import Database
from monitor.storage.schema import metadata
from tests.pipeline.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    database = Database(f"sqlite:///{tmp_path / 'naamwacht.db'}")
    database.create()
    with database.write("test") as tx:
        metadata.create_all(tx)
    yield Rig(database)
    database.close()
