"""Databases for the storage tests: every test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.storage.engine import Database
from tests.postgresql import *  # noqa: F403  # its fixtures
from tests.storage.scratch import lay

InProcess = Callable[..., subprocess.Popen[str]]


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
def in_process() -> Iterator[InProcess]:
    """Start a module of the tests in a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(module: str, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*before, sys.executable, "-m", module, *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
