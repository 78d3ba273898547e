"""Two small tables for the tests of the engine, and how they are filled by a process of its own."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta

from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, String, Table, select, update

from monitor.storage.engine import Database

scratch = MetaData()
counter = Table("counter", scratch, Column("id", Integer, primary_key=True), Column("value", Integer, nullable=False))
note = Table(
    "note",
    scratch,
    Column("id", Integer, primary_key=True),
    Column("counter_id", Integer, ForeignKey("counter.id", ondelete="CASCADE"), nullable=False),
    Column("text", String(40), nullable=False, unique=True),
)


def lay(database: Database) -> None:
    """Make the tables, and one counter that stands at 0."""
    database.create()
    with database.write() as tx:
        scratch.create_all(tx)
        tx.execute(counter.insert().values(id=1, value=0))


def count_up(tx: Connection) -> None:
    """Decide on what is read inside the transaction: two writers at a time would lose an update."""
    value = tx.execute(select(counter.c.value)).scalar_one()
    tx.execute(update(counter).values(value=value + 1))


def count_once(database: Database) -> None:
    with database.write("poll") as tx:
        count_up(tx)


def value_of(database: Database) -> int:
    with database.read() as tx:
        return tx.execute(select(counter.c.value)).scalar_one()


def count_in_threads(database: Database, *, threads: int, times: int) -> None:
    def count() -> None:
        for _ in range(times):
            with database.write() as tx:
                count_up(tx)

    started = [threading.Thread(target=count) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def _fill(database: Database) -> None:
    """Write until the disk is full, and say after each commit how much is stored."""
    lay(database)
    number = 0
    while number < 100_000:
        with database.write() as tx:
            tx.execute(note.insert(), [{"counter_id": 1, "text": f"{number + each:039}"} for each in range(200)])
        number += 200
        print(number, flush=True)  # noqa: T201  # how far it came is read by the test


if __name__ == "__main__":
    _fill(Database(sys.argv[1], patience=timedelta(seconds=5)))
