"""One daemon per database."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import psycopg
import pytest

from monitor.ports import AlreadyRunning, StorageError
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from tests.fakes import NOW
from tests.postgresql import NewPostgresql
from tests.storage.forks import KILLED, end, start
from tests.storage.scratch import count_up, value_of


def test_a_second_daemon_is_told_who_is_the_first(empty_url: str) -> None:
    expected = f"is in use by process {os.getpid()} on {socket.gethostname()}, since 2026-11-24T09:00:00Z"

    with hold(Database(empty_url), now=NOW), pytest.raises(AlreadyRunning, match=expected), hold(Database(empty_url), now=NOW):
        pass


def test_whoever_ends_lets_the_next_one_in(empty_url: str) -> None:
    with hold(Database(empty_url), now=NOW):
        pass

    with hold(Database(empty_url), now=NOW) as held:
        held.check()


def test_a_daemon_that_is_killed_holds_nothing(empty_url: str) -> None:
    held, hold_it = os.pipe()
    pid = start(Database(empty_url), lambda database: _hold_until_killed(database, hold_it))
    os.read(held, 1)
    with pytest.raises(AlreadyRunning, match=f"process {pid} on"), hold(Database(empty_url), now=NOW):
        pass

    os.kill(pid, signal.SIGKILL)

    assert end(pid) == KILLED
    # PostgreSQL hears of the closed socket a moment after the kernel closed it.
    assert any(_is_free(empty_url) for _ in range(1_000))


def _hold_until_killed(database: Database, tell: int) -> None:
    with hold(database, now=NOW):
        os.write(tell, b".")
        signal.pause()


def _is_free(url: str) -> bool:
    try:
        with hold(Database(url), now=NOW):
            return True
    except AlreadyRunning:
        return False


def test_a_daemon_notices_that_its_lock_was_taken_away(tmp_path: Path) -> None:
    with hold(Database(f"sqlite:///{tmp_path / 'naamwacht.db'}"), now=NOW) as held:
        (tmp_path / "naamwacht.db.lock").unlink()

        with pytest.raises(StorageError, match="was taken away while in use"):
            held.check()


@pytest.mark.postgresql
def test_a_daemon_notices_that_the_server_dropped_it(new_postgresql: NewPostgresql) -> None:
    url = new_postgresql()
    with hold(Database(url), now=NOW) as held:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name LIKE 'naamwacht %'"
            )

        with pytest.raises(StorageError, match="does not answer"):
            held.check()


def test_holding_needs_no_database_yet(tmp_path: Path) -> None:
    with hold(Database(f"sqlite:///{tmp_path / 'data' / 'naamwacht.db'}"), now=NOW):
        made = [path.name for path in (tmp_path / "data").iterdir()]

    assert made == ["naamwacht.db.lock"]


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with (
        pytest.raises(StorageError, match=r"the lock .* cannot be used"),
        hold(Database(f"sqlite:///{tmp_path}/file/naamwacht.db"), now=NOW),
    ):
        pass


def test_a_hold_does_not_hinder_writing(laid: Database) -> None:
    with hold(laid, now=NOW), laid.write() as tx:
        count_up(tx)

    assert value_of(laid) == 1
