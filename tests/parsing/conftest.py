"""Real children, one pool for all tests that do not harm it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.fetch.children import Limits, ParseChildren
from tests.fakes import FakeClock, FakeLog


@pytest.fixture(scope="session")
def children() -> Iterator[ParseChildren]:
    pool = ParseChildren(count=2, clock=FakeClock(), log=FakeLog(), limits=Limits(wall=60.0))
    yield pool
    pool.close()


@pytest.fixture
def log() -> FakeLog:
    return FakeLog()


@pytest.fixture
def fragile(log: FakeLog) -> Iterator[ParseChildren]:
    """A pool that a test may harm: one child, one processor second for a task."""
    pool = ParseChildren(count=1, clock=FakeClock(), log=log, limits=Limits(feed_cpu=1, page_cpu=1, table_cpu=3, wall=60.0))
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def corpus() -> Path:
    folder = os.environ.get("NAAMWACHT_CORPUS", "")
    if not folder and os.environ.get("CI") == "true":
        pytest.fail("NAAMWACHT_CORPUS is not set, and CI skips nothing")
    if not folder:
        pytest.skip("NAAMWACHT_CORPUS is not set")
    return Path(folder)
