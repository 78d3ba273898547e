"""Rows for every table of any version: made from the tables themselves, so that no version is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Float, Integer, SmallInteger, String, Table, insert, select

from monitor.storage.copying import load_tables
from monitor.storage.engine import Database
from monitor.storage.schema import memory

Content = dict[str, list[tuple[object, ...]]]

ROWS = 3
TEXT = 'Zoë d\'Été "{number}" \N{WAVING HAND SIGN} Jansen-de Vries'
MOMENT = datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC)
SECRET = "a word that was deleted"
FEW_WORDS = {"state": ("open", "due", "sent")}
"""Columns that take certain words only."""


def fill(tx: Connection) -> None:
    """Put rows into every table: every type, odd letters, empty values, links to other rows and within one table."""
    for table in load_tables(tx):
        for number in range(ROWS):
            tx.execute(insert(table), {column.name: _value(tx, table, column, number) for column in table.columns})


def fill_database(database: Database) -> Database:
    with database.write() as tx:
        fill(tx)
    return database


def remember(database: Database, name: str) -> None:
    """Store one row more."""
    with database.write() as tx:
        tx.execute(insert(memory).values(name=name, value=SECRET))


def _value(tx: Connection, table: Table, column: Column[Any], number: int) -> object:
    if column.name == "id":
        return 100 + number
    for key in column.foreign_keys:
        if key.column.table is table:
            return 100 + number - 1 if number else None
        parents = tx.execute(select(key.column).order_by(key.column)).scalars().all()
        return parents[number]
    if column.nullable and number == 1:
        return None
    return _by_type(tx, column, number)


def _by_type(tx: Connection, column: Column[Any], number: int) -> object:
    match column.type:
        case Boolean():
            return bool(number % 2)
        case SmallInteger():
            return number
        case Integer():
            return number + (2**62 if "hash" in column.name else 2**31 - ROWS)
        case Float():
            return 0.1 + number
        case DateTime():
            moment = MOMENT + timedelta(hours=number)
            return moment.replace(tzinfo=None) if tx.dialect.name == "sqlite" else moment
        case Date():
            return date(2026, 2, 28) + timedelta(days=number)
        case String() if column.name in FEW_WORDS:
            return FEW_WORDS[column.name][number]
        case String(length=length) if length is not None:
            return f"{number}{'é' * (length - 1)}"
        case String():
            return TEXT.format(number=number)
        case other:
            raise NotImplementedError(other)


def content_of(tx: Connection) -> Content:
    """Return all rows of all tables, in a form that is the same for both databases."""
    return {
        table.name: sorted((tuple(map(_plain, row)) for row in tx.execute(select(table))), key=repr) for table in load_tables(tx)
    }


def content(database: Database) -> Content:
    with database.read() as tx:
        return content_of(tx)


def _plain(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
