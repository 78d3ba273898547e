"""Tell what went wrong in a driver: a `StorageError` with its remedy, and no text that could hold a name.

What is wrong with the *statement* (a broken constraint, bad SQL) is a bug of ours and stays what it is, only scrubbed.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from monitor.ports import StorageError

DriverErrors = (DBAPIError, sqlite3.Error, psycopg.Error, PoolTimeout)
"""All that a driver, or SQLAlchemy in its name, raises."""

_BUSY = ("is busy: something else has been writing to it for too long", "end the other command, or try again later")
_FULL = ("cannot grow: the disk is full", "free some space; nothing that was stored is lost")
_CORRUPT = ("is damaged", "keep the file, and bring back the last backup with `naamwacht restore`")
_NO_DATABASE = ("is no SQLite database, or is damaged", "check the path; if it is right, `naamwacht restore` a backup")
_READ_ONLY = ("cannot be written to", "check the permissions of the file and its folder, and how the disk is mounted")
_CANNOT_OPEN = ("cannot be opened", "check the path and the permissions of the file and its folder")
_DISK = ("cannot be read or written: the disk reports an error", "check the disk, and that it is not a network share")
_GONE = ("does not answer", "check that PostgreSQL runs, and its address, user and password in the configuration")
_CROWDED = ("takes no more connections", "raise max_connections of PostgreSQL, or end other programs")
_SIGN_IN = ("refused the sign-in", "check user and password in the configuration")
_NO_SUCH = ("does not exist", "create it, or mend its address in the configuration")
_FORBIDDEN = ("does not allow that", "let the configured user own the database")

_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _CORRUPT,
    sqlite3.SQLITE_NOTADB: _NO_DATABASE,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_NOLFS: _DISK,
}

_POSTGRESQL = {  # by SQLSTATE, or by its class
    "08": _GONE,
    "57": _GONE,
    "40": _BUSY,
    "55": _BUSY,
    "53": _CROWDED,
    "53100": _FULL,
    "53200": ("has no memory left", "give PostgreSQL more memory"),
    "58": _DISK,
    "28": _SIGN_IN,
    "3D": _NO_SUCH,
    "25006": _READ_ONLY,
    "42501": _FORBIDDEN,
    "XX": _CORRUPT,
}


def storage_error(error: Exception, where: str, *, is_reading: bool = False) -> StorageError | None:
    """Explain a driver's error; None where the statement was at fault, not the database.

    A write inside a reading transaction is such a fault, though the drivers call the database read-only.
    """
    if isinstance(error, PoolTimeout):
        return StorageError(f"{where} is busy: all connections have been in use for too long (try again later)")
    driver_error = error.orig if isinstance(error, DBAPIError) else error
    explanation = None
    if isinstance(driver_error, sqlite3.Error):
        explanation = _SQLITE.get(getattr(driver_error, "sqlite_errorcode", 0) & 0xFF)
    elif isinstance(driver_error, psycopg.Error):
        explanation = _of_postgresql(driver_error)
    if explanation is None or (is_reading and explanation is _READ_ONLY):
        return None
    return StorageError(f"{where} {explanation[0]} ({explanation[1]})")


@contextmanager
def explained(where: str, *, is_reading: bool = False) -> Iterator[None]:
    """Turn the errors of a driver into `StorageError`; let bugs through."""
    try:
        yield
    except DriverErrors as error:
        explanation = storage_error(error, where, is_reading=is_reading)
        if explanation is None:
            raise
        raise explanation from error


@contextmanager
def files_explained(where: str) -> Iterator[None]:
    """The same around work on files of ours. Not around the work of others: an OSError of theirs is no fault of a file."""
    try:
        with explained(where):
            yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageError(f"{where} {_FULL[0]} ({_FULL[1]})") from error
        raise StorageError(f"{where} cannot be used: {error.strerror} (check the path and its permissions)") from error


def _of_postgresql(error: psycopg.Error) -> tuple[str, str] | None:
    state = error.sqlstate
    if state is not None:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    # What fails while connecting carries no SQLSTATE, be it a silent host or a wrong password.
    return _GONE if isinstance(error, psycopg.OperationalError) else None


def scrub(context: ExceptionContext) -> None:
    """Take everything out of a driver's error that may hold a value: PostgreSQL quotes whole rows in its DETAIL."""
    error = context.original_exception
    if not isinstance(error, psycopg.Error):
        return
    text = harmless_text(error)
    error.args = (text,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(error).__module__}.{type(error).__name__}) {text}",)


def harmless_text(error: psycopg.Error) -> str:
    """Say what went wrong without a value of anybody's."""
    state = error.sqlstate
    if state is None:
        # Raised by the client itself; a DataError quotes the value that it could not send.
        return "a value cannot be stored" if isinstance(error, psycopg.DataError) else str(error).strip()
    where = [
        f"{kind} {name}"
        for kind, name in (
            ("table", error.diag.table_name),
            ("column", error.diag.column_name),
            ("constraint", error.diag.constraint_name),
        )
        if name
    ]
    # Class 22 is "data exception": its message quotes the value.
    said = "" if state.startswith("22") else (error.diag.message_primary or "")
    return ", ".join(filter(None, [f"SQLSTATE {state}", said, *where]))
