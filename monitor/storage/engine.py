"""The one door to the database: reading and writing transactions, alike on SQLite and on PostgreSQL.

There is one writer at a time, on both. Whoever writes decides on rows that it read inside the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from monitor.ports import Failpoint, StorageError
from monitor.storage.connect import (
    WRITER_LOCK,
    Engines,
    create_sqlite,
    parse_address,
    postgresql_engines,
    sqlite_engines,
)
from monitor.storage.faults import explained, files_explained
from monitor.storage.turns import Turns

PATIENCE = timedelta(seconds=30)
"""How long a transaction waits for those before it."""


def no_failpoint(name: str) -> None:
    """Do nothing: outside tests nothing ends the process on purpose."""


class Database:
    """A database by its address. Nothing is opened before the first transaction, and nothing is made but by `create`.

    Every error of the database itself comes out as a `StorageError` with its remedy; a broken constraint or a bad
    statement is a bug and stays what it is, without any value in its text.
    """

    def __init__(self, url: str, *, failpoint: Failpoint = no_failpoint, patience: timedelta = PATIENCE) -> None:
        self.address = parse_address(url)
        self.failpoint = failpoint
        self.patience = patience
        self.path = Path(self.address.database or "").absolute() if self.address.get_backend_name() == "sqlite" else None
        self._engines = self._make_engines()
        self._turns = Turns()

    def __repr__(self) -> str:
        return f"<Database {self.name}>"

    @property
    def name(self) -> str:
        """What people may see of the address: never a password."""
        if self.path is not None:
            return f"the database {self.path}"
        return f"the database {self.address.database} on {self.address.host or 'this machine'}"

    def create(self) -> None:
        """Make the file, empty and for its owner only, where there is none. What is there is never replaced."""
        if self.path is None or self.path.exists():
            return
        with files_explained(self.name):
            create_sqlite(self.path)

    def close(self) -> None:
        """Close every connection; the next transaction opens new ones."""
        self._engines.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read, and see one moment throughout. What is written here is refused."""
        with explained(self.name, is_reading=True), self._engines.reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self, phase: str = "write") -> Iterator[Connection]:
        """Write: all of the block or nothing. Waits for those who asked before; *phase* names the failpoints around it."""
        with explained(self.name), self._turn():
            with self._engines.writer.connect() as connection, connection.begin():
                self._queue_up(connection)
                yield connection
                self.failpoint(f"{phase}.before_commit")
            self.failpoint(f"{phase}.after_commit")

    @contextmanager
    def rebuild(self, phase: str) -> Iterator[Connection]:
        """Write with tables being rebuilt: SQLite follows no foreign key meanwhile, and all are checked before the commit.

        A rebuilt table is dropped under its old name, and a foreign key that is followed deletes its children with it.
        """
        with explained(self.name), self._turn():
            with self._engines.writer.connect() as connection:
                self._follow_foreign_keys(connection, is_on=False)
                try:
                    with connection.begin():
                        self._queue_up(connection)
                        yield connection
                        refuse_orphans(connection)
                        self.failpoint(f"{phase}.before_commit")
                finally:
                    self._follow_foreign_keys(connection, is_on=True)
            self.failpoint(f"{phase}.after_commit")

    def check_integrity(self) -> tuple[str, ...]:
        """Return what is wrong with the database, nothing if it is whole. Reads all of it."""
        with self.read() as tx:
            return find_faults(tx)

    def _make_engines(self) -> Engines:
        if self.path is not None:
            return sqlite_engines(self.path, patience=self.patience)
        return postgresql_engines(self.address, patience=self.patience)

    def _queue_up(self, connection: Connection) -> None:
        if self.path is None:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    def _follow_foreign_keys(self, connection: Connection, *, is_on: bool) -> None:
        if self.path is None or connection.invalidated:
            return
        # Through the driver: inside a transaction, which SQLAlchemy would begin, SQLite ignores this setting.
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute(f"PRAGMA foreign_keys = {'ON' if is_on else 'OFF'}")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._turns.is_mine():
            raise RuntimeError("a write inside a write: this thread writes already, and would wait for itself")
        if not self._turns.take(patience=self.patience):
            raise StorageError(f"{self.name} is busy: other work has been writing to it for too long (try again later)")
        try:
            yield
        finally:
            self._turns.give_back()


def find_faults(tx: Connection) -> tuple[str, ...]:
    """Return what is wrong with the database behind *tx*."""
    if tx.dialect.name == "sqlite":
        said = tuple(row[0] for row in tx.exec_driver_sql("PRAGMA integrity_check(20)"))
        return (() if said == ("ok",) else said) + find_orphans(tx)
    broken = text(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND n.nspname = current_schema()"
    )
    return tuple(f"index {name} is not valid" for name in tx.execute(broken).scalars())


def find_orphans(tx: Connection) -> tuple[str, ...]:
    """Return the tables whose rows point to rows that are not there. PostgreSQL never lets that happen."""
    if tx.dialect.name != "sqlite":
        return ()
    pairs = {(row[0], row[2]) for row in tx.exec_driver_sql("PRAGMA foreign_key_check")}
    return tuple(f"rows of {child} point to rows of {parent} that are not there" for child, parent in sorted(pairs))


def refuse_orphans(tx: Connection) -> None:
    """Raise where rows point to rows that are not there."""
    orphans = find_orphans(tx)
    if orphans:
        raise StorageError("the rebuilt tables do not fit together: " + "; ".join(orphans) + " (nothing was changed)")
