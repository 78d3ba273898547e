"""What is particular to SQLite: a file that may be missing, strange, damaged, or on a full disk."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.ports import StorageError
from monitor.storage.connect import APPLICATION_ID
from monitor.storage.engine import Database
from tests.storage.scratch import count_up, lay, note, value_of


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_reading_never_makes_a_file(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "gone.db"))

    with pytest.raises(StorageError, match=r"cannot be opened \(check the path"), database.read() as tx:
        tx.exec_driver_sql("SELECT 1")

    assert list(tmp_path.iterdir()) == []


def test_a_new_database_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "naamwacht.db"
    database = Database(sqlite_url(path))

    lay(database)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (path.parent, *path.parent.iterdir())}
    database.close()
    assert modes == {"data": 0o700, "naamwacht.db": 0o600, "naamwacht.db-wal": 0o600, "naamwacht.db-shm": 0o600}


def test_creating_leaves_what_is_there(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "naamwacht.db"))
    lay(database)

    database.create()

    assert value_of(database) == 0
    database.close()


def test_a_path_with_odd_letters_is_taken_as_it_is(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/naam wacht#1 100%25.db")

    lay(database)

    database.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["naam wacht#1 100%.db"]


def _sqlite_of_another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (id)")
    connection.close()


def _nonsense(path: Path) -> None:
    path.write_bytes(b"this is no database" * 300)


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.touch, "is an empty file.*naamwacht restore"),
        (_nonsense, "is no SQLite database.*naamwacht restore"),
        (_sqlite_of_another_program, "is not one of Naamwacht's"),
        (_folder, "cannot be opened"),
    ],
)
def test_a_file_that_is_not_our_database_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    path = tmp_path / "naamwacht.db"
    make(path)
    before = path.stat()
    database = Database(sqlite_url(path))

    database.create()
    with pytest.raises(StorageError, match=said), database.write():
        pass

    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_a_damaged_database_is_told_with_the_way_back(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "naamwacht.db"))
    lay(database)
    database.close()
    with database.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)

    with pytest.raises(StorageError, match=r"is damaged \(keep the file.*naamwacht restore"), database.write() as tx:
        count_up(tx)

    database.close()


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """In a file system of one megabyte, in a namespace of its own; what is there at the end is copied out of it."""
    mount = f"mount -t tmpfs -o size=1m tmpfs {tmp_path}"
    if subprocess.run(["unshare", "-Urm", "sh", "-c", mount], capture_output=True, check=False).returncode:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "no namespace of one's own here: a full disk was not tried"
        )
    copied = f'for end in "" -wal; do cp {tmp_path}/naamwacht.db$end {tmp_path.parent}/kept.db$end; done'
    fill = [sys.executable, "-m", "tests.storage.scratch", sqlite_url(tmp_path / "naamwacht.db")]

    filling = ["unshare", "-Urm", "sh", "-c", f'{mount} && "$0" "$@"; {copied}', *fill]
    process = subprocess.run(filling, capture_output=True, text=True, check=False)
    counted, said = process.stdout, process.stderr

    assert "StorageError" in said
    assert "the disk is full (free some space" in said
    kept = Database(sqlite_url(tmp_path.parent / "kept.db"))
    with kept.read() as tx:
        stored = tx.execute(select(func.count()).select_from(note)).scalar_one()
    assert kept.check_integrity() == ()
    kept.close()
    assert stored == int(counted.split()[-1])


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "naamwacht.db"))
    database.create()
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "application_id")

    with database.write() as tx:
        settings = [tx.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    database.close()
    assert settings == ["wal", 2, 1, 1, 30_000, APPLICATION_ID]
