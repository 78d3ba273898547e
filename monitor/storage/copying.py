"""Carry all rows from one database to another that has the same tables, be it SQLite or PostgreSQL. No files, no locks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, Table, bindparam, insert, inspect, select, text, update

from monitor.storage.migrating import VERSION_TABLE

CHUNK = 1_000


def load_tables(tx: Connection) -> tuple[Table, ...]:
    """Return the tables that hold rows of ours, parents first."""
    names = [name for name in inspect(tx).get_table_names() if name != VERSION_TABLE]
    metadata = MetaData()
    metadata.reflect(tx, only=names)
    return tuple(metadata.sorted_tables)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row into tables that are empty. Both must be of the same version, and read and write times in UTC."""
    sources = {table.name: table for table in load_tables(source)}
    targets = load_tables(target)
    for table in targets:
        _copy_table(source, sources[table.name], target, table)
    _continue_ids(target, targets, _highest_ids(source))


def _copy_table(source: Connection, from_table: Table, target: Connection, to_table: Table) -> None:
    names = [column.name for column in to_table.columns]
    # A row may point to a later one of the same table: such columns are filled when all rows are there.
    inward = [key.parent.name for key in to_table.foreign_keys if key.column.table is to_table]
    pointing: list[dict[str, Any]] = []  # Any: whatever a column holds
    chosen = select(*(from_table.columns[name] for name in names)).execution_options(yield_per=CHUNK)
    for chunk in source.execute(chosen).partitions():
        rows = [dict(zip(names, row, strict=True)) for row in chunk]
        for row in rows:
            if any(row[name] is not None for name in inward):
                pointing.append({f"_{name}": row[name] for name in (*inward, *to_table.primary_key.columns.keys())})
                row.update(dict.fromkeys(inward))
        target.execute(insert(to_table), rows)
    if pointing:
        is_it = [column == bindparam(f"_{column.name}") for column in to_table.primary_key.columns]
        target.execute(update(to_table).where(*is_it).values({name: bindparam(f"_{name}") for name in inward}), pointing)


def _highest_ids(tx: Connection) -> Mapping[str, int]:
    """Return the last id given out per table, where the database remembers it: ids of deleted rows do not come back."""
    if tx.dialect.name == "postgresql":
        query = (
            "SELECT owner.relname, pg_sequence_last_value(sequence.oid) FROM pg_class sequence "
            "JOIN pg_depend ON pg_depend.objid = sequence.oid AND pg_depend.deptype IN ('a', 'i') "
            "JOIN pg_class owner ON owner.oid = pg_depend.refobjid "
            "WHERE sequence.relkind = 'S' AND owner.relnamespace = current_schema()::regnamespace"
        )
    elif inspect(tx).has_table("sqlite_sequence"):
        query = "SELECT name, seq FROM sqlite_sequence"
    else:
        return {}
    return {name: last for name, last in tx.execute(text(query)) if last is not None}


def _continue_ids(tx: Connection, tables: Sequence[Table], highest: Mapping[str, int]) -> None:
    """Let the next id of every table be one that was never given out."""
    if tx.dialect.name == "postgresql":
        for table in tables:
            last = max(highest.get(table.name, 0), _highest_stored(tx, table))
            if last and "id" in table.columns:
                setting = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
                tx.execute(text(setting), {"name": f'"{table.name}"', "last": last})
    elif inspect(tx).has_table("sqlite_sequence"):
        for name, last in highest.items():
            tx.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            tx.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {"name": name, "last": last})


def _highest_stored(tx: Connection, table: Table) -> int:
    if "id" not in table.columns:
        return 0
    return tx.execute(select(table.c.id).order_by(table.c.id.desc()).limit(1)).scalar() or 0
