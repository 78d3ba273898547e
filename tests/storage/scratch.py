"""Two small tables for the tests of the engine, and what is done to them in a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, String, Table, select, update

from monitor.storage.backup import backup
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from monitor.storage.restoring import restore
from monitor.storage.upgrading import upgrade
from tests.fakes import NOW

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


def end_at(wanted: str):
    """Return a failpoint at which the process is killed, as by the power going."""

    def failpoint(name: str) -> None:
        if name == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return failpoint


def _fill(database: Database) -> None:
    number = 0
    while number < 100_000:
        with database.write() as tx:
            tx.execute(note.insert(), [{"counter_id": 1, "text": f"{number + each:039}"} for each in range(200)])
        number += 200
        print(number, flush=True)  # noqa: T201  # how far it came is read by the test


def main(work: str, url: str, *rest: str) -> None:
    match work:
        case "count":
            count_in_threads(Database(url), threads=int(rest[0]), times=int(rest[1]))
        case "count-and-die":
            with Database(url, failpoint=end_at(rest[0])).write("poll") as tx:
                count_up(tx)
        case "hold":
            with hold(Database(url), now=NOW):
                print("held", flush=True)  # noqa: T201
                signal.pause()
        case "upgrade":
            backups, migrations, moment = rest
            database = Database(url, failpoint=end_at(moment))
            upgrade(database, backups=Path(backups), now=NOW, migrations=Path(migrations))
        case "restore":
            file, backups, moment = rest
            database = Database(url, failpoint=end_at(moment))
            restore(Path(file), database, replace=True, backups=Path(backups), now=NOW)
        case "backup":
            to, moment = rest
            backup(Database(url, failpoint=end_at(moment)), Path(to), now=NOW)
        case "fill":
            database = Database(url, patience=timedelta(seconds=5))
            lay(database)
            _fill(database)


if __name__ == "__main__":
    main(*sys.argv[1:])
