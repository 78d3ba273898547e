"""Transactions, alike on both databases: one writer, all or nothing, errors with a remedy and without names."""

from __future__ import annotations

import threading
import traceback
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from monitor.ports import StorageError
from monitor.storage.connect import WRITER_LOCK
from monitor.storage.engine import Database
from monitor.storage.turns import Turns
from tests.postgresql import NewPostgresql
from tests.storage.forks import KILLED, end, kill_at, start
from tests.storage.scratch import count_in_threads, count_once, count_up, counter, lay, note, value_of

IMPATIENT = timedelta(milliseconds=50)
NAME = "Sanne van der Molen"


# ------------------------------------------------------------------------------------------------- transactions


def test_what_a_write_did_is_there_afterwards(laid: Database) -> None:
    with laid.write() as tx:
        count_up(tx)

    assert value_of(laid) == 1


def test_a_write_that_fails_leaves_nothing(laid: Database) -> None:
    with pytest.raises(ZeroDivisionError), laid.write() as tx:
        count_up(tx) or 1 / 0

    assert value_of(laid) == 0


def test_tables_made_in_a_write_that_fails_are_gone(laid: Database) -> None:
    with pytest.raises(ZeroDivisionError), laid.write() as tx:
        tx.exec_driver_sql("CREATE TABLE left_over (id integer)").close() or 1 / 0

    with pytest.raises(DBAPIError, match="left_over"), laid.read() as tx:
        tx.exec_driver_sql("SELECT * FROM left_over")


def test_a_savepoint_gives_up_its_own_part_only(laid: Database) -> None:
    with laid.write() as tx:
        count_up(tx)
        part = tx.begin_nested()
        count_up(tx)
        part.rollback()

    assert value_of(laid) == 1


def test_a_reader_sees_one_moment(laid: Database) -> None:
    with laid.read() as tx:
        before = tx.execute(select(counter.c.value)).scalar_one()
        with laid.write() as other:
            count_up(other)
        after = tx.execute(select(counter.c.value)).scalar_one()

    assert (before, after, value_of(laid)) == (0, 0, 1)


def test_a_write_inside_a_reading_block_is_refused_as_a_bug(laid: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), laid.read() as tx:
        count_up(tx)

    assert value_of(laid) == 0


def test_a_write_inside_a_write_is_refused_as_a_bug(laid: Database) -> None:
    with pytest.raises(RuntimeError, match="a write inside a write"), laid.write(), laid.write():
        pass

    with laid.write() as tx:
        count_up(tx)
    assert value_of(laid) == 1


def test_a_write_names_its_failpoints(empty_url: str) -> None:
    passed: list[str] = []
    database = Database(empty_url, failpoint=passed.append)
    database.create()

    with database.write("poll"):
        pass

    database.close()
    assert passed == ["poll.before_commit", "poll.after_commit"]


@pytest.mark.parametrize(("moment", "expected"), [("poll.before_commit", 0), ("poll.after_commit", 1)])
def test_a_killed_write_is_whole_or_not_there(laid: Database, moment: str, expected: int) -> None:
    code = kill_at(moment, laid, count_once)

    assert code == KILLED
    assert value_of(laid) == expected
    assert laid.check_integrity() == ()


def test_rows_that_others_point_to_go_with_them(laid: Database) -> None:
    with laid.write() as tx:
        tx.execute(insert(note).values(counter_id=1, text="a"))
        tx.execute(counter.delete())

    with laid.read() as tx:
        assert tx.execute(select(func.count()).select_from(note)).scalar_one() == 0


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(laid_sqlite: Database) -> None:
    with laid_sqlite.write() as tx:
        tx.execute(insert(note).values(counter_id=1, text="a"))

    with laid_sqlite.rebuild("migration") as tx:
        tx.exec_driver_sql("CREATE TABLE fresh (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)")
        tx.exec_driver_sql("INSERT INTO fresh SELECT * FROM counter")
        tx.exec_driver_sql("DROP TABLE counter")
        tx.exec_driver_sql("ALTER TABLE fresh RENAME TO counter")

    with laid_sqlite.read() as tx:
        assert tx.execute(select(func.count()).select_from(note)).scalar_one() == 1
    with pytest.raises(IntegrityError), laid_sqlite.write() as tx:
        tx.execute(insert(note).values(counter_id=2, text="b"))


def test_a_rebuild_that_leaves_orphans_changes_nothing(laid_sqlite: Database) -> None:
    with laid_sqlite.write() as tx:
        tx.execute(insert(note).values(counter_id=1, text="a"))

    with pytest.raises(StorageError, match="rows of note point to rows of counter"), laid_sqlite.rebuild("migration") as tx:
        tx.execute(counter.delete())

    assert value_of(laid_sqlite) == 0


# -------------------------------------------------------------------------------------------------------- races


def test_two_processes_and_eight_threads_lose_no_update(laid: Database) -> None:
    others = [start(laid, lambda database: count_in_threads(database, threads=4, times=25)) for _ in range(2)]
    count_in_threads(laid, threads=8, times=25)

    assert [end(pid) for pid in others] == [0, 0]
    assert value_of(laid) == 400


def test_turns_come_in_the_order_of_asking() -> None:
    turns = Turns()
    order: list[int] = []
    turns.take(patience=IMPATIENT)

    def ask(number: int) -> None:
        turns.take(patience=timedelta(seconds=20))
        order.append(number)
        turns.give_back()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    for waiting, thread in enumerate(threads, start=1):
        thread.start()
        _wait_for(turns, waiting)
    turns.give_back()
    for thread in threads:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def _wait_for(turns: Turns, waiting: int) -> None:
    pause = threading.Event()
    while len(turns._queue) < waiting:
        pause.wait(0.001)


def test_whoever_lost_patience_leaves_the_queue() -> None:
    turns = Turns()
    turns.take(patience=IMPATIENT)
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(turns.take(patience=IMPATIENT)))

    thread.start()
    thread.join()
    turns.give_back()

    assert answers == [False]
    assert turns.take(patience=IMPATIENT)


# ------------------------------------------------------------------------------------------------------- errors


def test_a_broken_constraint_is_a_bug_and_tells_no_value(laid: Database) -> None:
    twice = [{"counter_id": 1, "text": NAME}] * 2

    with pytest.raises(IntegrityError) as caught, laid.write() as tx:
        tx.execute(insert(note), twice)

    assert NAME not in "".join(traceback.format_exception(caught.value))


def test_a_value_that_does_not_fit_is_not_told(laid: Database) -> None:
    with pytest.raises(DBAPIError) as caught, laid.write() as tx:
        tx.execute(text("SELECT CAST(:name AS integer) / json_array_length(:name)"), {"name": NAME})

    assert NAME not in "".join(traceback.format_exception(caught.value))


def test_a_database_that_others_hold_too_long_is_busy(laid: Database, empty_url: str) -> None:
    impatient = Database(empty_url, patience=IMPATIENT)

    with laid.write(), pytest.raises(StorageError, match=r"is busy.*try again"), impatient.write():
        pass

    impatient.close()


def test_a_thread_that_waits_too_long_for_its_turn_says_so(empty_url: str) -> None:
    database = Database(empty_url, patience=IMPATIENT)
    lay(database)
    caught: list[str] = []

    def write() -> None:
        try:
            with database.write():
                pass
        except StorageError as error:
            caught.append(str(error))

    with database.write():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()

    database.close()
    assert "is busy" in caught[0]


@pytest.mark.postgresql
def test_a_lost_connection_is_told_and_taken_up_again(new_postgresql: NewPostgresql) -> None:
    url = new_postgresql()
    database = Database(url)
    lay(database)

    with pytest.raises(StorageError, match="does not answer"), database.write() as tx:
        _cut_off(tx, url)
    with database.write() as tx:
        count_up(tx)

    assert value_of(database) == 1
    database.close()


def _cut_off(tx: Connection, url: str) -> None:
    mine = tx.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))
    count_up(tx)


@pytest.mark.postgresql
def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    database = Database("postgresql://naamwacht:geheim@127.0.0.1:1/naamwacht")

    with (
        pytest.raises(StorageError, match=r"the database naamwacht on 127\.0\.0\.1 does not answer") as caught,
        database.read() as tx,
    ):
        tx.exec_driver_sql("SELECT 1")

    assert "geheim" not in "".join(traceback.format_exception(caught.value)) + repr(database)


@pytest.mark.postgresql
def test_postgresql_has_one_writer_over_all_processes(new_postgresql: NewPostgresql) -> None:
    url = new_postgresql()
    database = Database(url, patience=IMPATIENT)
    with psycopg.connect(url) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

        with pytest.raises(StorageError, match="is busy"), database.write():
            pass

    database.close()


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///:memory:", "mysql://localhost/x", "naamwacht.db", "postgresql://user:geheim@h:x/d"]
)
def test_an_address_that_cannot_be_used_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(StorageError, match=r"write sqlite:///folder/file\.db or postgresql://") as caught:
        Database(url)

    assert "geheim" not in "".join(traceback.format_exception(caught.value))
