"""The way back: a backup of either database into either, all of it or nothing, and what was there is never lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from monitor.ports import AlreadyRunning, StorageError
from monitor.storage.backup import backup, verify
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from monitor.storage.migrating import SchemaState, schema_state
from monitor.storage.restoring import Restored, restore
from monitor.storage.schema import memory, page
from tests.fakes import NOW
from tests.postgresql import NewUrl
from tests.storage.filling import content, remember
from tests.storage.forks import KILLED, kill_at, url_of


def put_back(file: Path, database: Database, backups: Path, *, replace: bool = False) -> Restored:
    return restore(file, database, replace=replace, backups=backups, now=NOW)


# ---------------------------------------------------------------------------------------------------- verifying


def _flip_a_letter(file: Path) -> None:
    content = file.read_bytes()
    assert content.count(b"Jansen-de Vries") > 1
    file.write_bytes(content.replace(b"Jansen-de Vries", b"Jansen-de Vrier", 1))


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 8192)


def _empty(file: Path) -> None:
    os.truncate(file, 0)


def _nonsense(file: Path) -> None:
    file.write_bytes(b"nonsense" * 1000)


def _lose_the_manifest(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE backup_manifest")


def _come_from_the_future(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute('UPDATE backup_manifest SET manifest = replace(manifest, \'"version": "0\', \'"version": "9\')')


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_flip_a_letter, r"is damaged: table \w+ is not as it was"),
        (_cut, "is damaged"),
        (_empty, "is no backup of Naamwacht's"),
        (_nonsense, "is no SQLite database, or is damaged"),
        (_lose_the_manifest, "is no backup of Naamwacht's"),
        (_come_from_the_future, "was made by a newer version"),
        (Path.unlink, "No such file"),
    ],
)
def test_a_backup_that_cannot_be_brought_back_is_told_and_changes_nothing(
    sqlite_file: Path, sqlite_other: Database, backups: Path, harm: Callable[[Path], None], said: str
) -> None:
    harm(sqlite_file)

    with pytest.raises(StorageError, match=said):
        put_back(sqlite_file, sqlite_other, backups, replace=True)

    assert not sqlite_other.path.exists()


# ------------------------------------------------------------------------------------------------- bringing back


def test_a_backup_comes_back_as_it_was(filled: Database, file: Path, other: Database, backups: Path) -> None:
    restored = put_back(file, other, backups)

    assert content(other) == content(filled)
    assert restored.kept is None
    assert other.check_integrity() == ()
    assert schema_state(other) is SchemaState.CURRENT


@pytest.mark.postgresql
def test_a_backup_moves_between_the_two_databases(
    sqlite_file: Path, new_postgresql: NewUrl, sqlite_other: Database, backups: Path
) -> None:
    postgresql = Database(new_postgresql())

    put_back(sqlite_file, postgresql, backups)
    put_back(backup(postgresql, backups, now=NOW), sqlite_other, backups)

    origin = Database(f"sqlite:///{backups.parent / 'origin.db'}")
    assert content(postgresql) == content(origin)
    assert content(sqlite_other) == content(origin)
    origin.close()
    postgresql.close()


def test_new_rows_after_a_restore_get_new_ids(file: Path, other: Database, backups: Path) -> None:
    put_back(file, other, backups)

    with other.write() as tx:
        made = tx.execute(
            insert(page).values(title="", title_hash=0, site="", is_opaque=False, first_seen_at=NOW).returning(page.c.id)
        ).scalar_one()

    assert made == 103


def test_a_database_that_is_there_is_not_replaced_unasked(filled: Database, file: Path, backups: Path) -> None:
    remember(filled, "later")

    with pytest.raises(StorageError, match=r"is there already \(add --replace"):
        put_back(file, filled, backups)

    assert len(content(filled)["memory"]) == 4


def test_what_is_replaced_is_backed_up_first(filled: Database, file: Path, backups: Path) -> None:
    remember(filled, "later")

    restored = put_back(file, filled, backups, replace=True)

    assert len(content(filled)["memory"]) == 3
    assert verify(restored.kept).rows["memory"] == 4


def test_a_database_that_a_daemon_holds_is_not_replaced(filled: Database, database_url: str, file: Path, backups: Path) -> None:
    with hold(Database(database_url), now=NOW), pytest.raises(AlreadyRunning):
        put_back(file, filled, backups, replace=True)

    assert len(content(filled)["memory"]) == 3


@pytest.mark.parametrize("moment", ["restore.before_commit", "restore.after_commit"])
def test_a_killed_restore_leaves_the_old_or_the_new(filled: Database, file: Path, backups: Path, moment: str) -> None:
    remember(filled, "later")
    code = kill_at(moment, filled, lambda database: put_back(file, database, backups, replace=True))

    assert code == KILLED
    assert len(content(filled)["memory"]) in {3, 4}
    assert filled.check_integrity() == ()
    put_back(file, filled, backups, replace=True)
    assert len(content(filled)["memory"]) == 3


# ------------------------------------------------------------------------------------------------- SQLite files


@pytest.fixture
def current(sqlite_other: Database, sqlite_file: Path, backups: Path) -> Database:
    """A SQLite database that holds one row more than the backup."""
    put_back(sqlite_file, sqlite_other, backups)
    remember(sqlite_other, "later")
    return sqlite_other


@pytest.mark.parametrize("moment", ["restore.before_rename", "restore.after_rename"])
def test_a_kill_around_the_renaming_leaves_a_whole_file(current: Database, sqlite_file: Path, backups: Path, moment: str) -> None:
    code = kill_at(moment, current, lambda database: put_back(sqlite_file, database, backups, replace=True))

    assert code == KILLED
    assert len(content(current)["memory"]) == {"restore.before_rename": 4, "restore.after_rename": 3}[moment]
    assert current.check_integrity() == ()


def test_nothing_is_left_beside_a_restored_file(current: Database, sqlite_file: Path, backups: Path) -> None:
    put_back(sqlite_file, current, backups, replace=True)

    names = sorted(path.name for path in current.path.parent.iterdir())
    assert names == ["naamwacht.db", "naamwacht.db.lock"]
    assert stat.S_IMODE(current.path.stat().st_mode) == 0o600


def test_a_file_that_another_command_has_open_is_not_replaced(current: Database, sqlite_file: Path, backups: Path) -> None:
    command = Database(url_of(current))

    with command.read() as tx:
        tx.execute(select(memory)).all()
        with pytest.raises(StorageError, match="is busy"):
            put_back(sqlite_file, current, backups, replace=True)

    command.close()
    assert len(content(current)["memory"]) == 4


def _damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40_000)


def _replace_by_nonsense(path: Path) -> None:
    path.write_bytes(b"nonsense" * 2000)


@pytest.mark.parametrize("harm", [_damage, _replace_by_nonsense, _empty])
def test_a_damaged_database_is_set_aside_and_replaced(
    current: Database, sqlite_file: Path, backups: Path, harm: Callable[[Path], None]
) -> None:
    current.close()
    harm(current.path)
    harmed = current.path.read_bytes()

    restored = put_back(sqlite_file, current, backups, replace=True)

    assert len(content(current)["memory"]) == 3
    assert restored.kept.name == "naamwacht.db.damaged-20261124T090000Z"
    assert restored.kept.read_bytes() == harmed


def test_the_log_of_a_damaged_database_is_not_played_into_the_new_one(
    current: Database, sqlite_file: Path, backups: Path, tmp_path: Path
) -> None:
    remember(current, "in the log only")
    for end in ("", "-wal"):
        shutil.copyfile(f"{current.path}{end}", f"{tmp_path}/copy{end}")
    current.close()
    for end in ("", "-wal"):
        shutil.copyfile(f"{tmp_path}/copy{end}", f"{current.path}{end}")
    _damage(current.path)
    os.truncate(current.path, 4096 * 3)

    put_back(sqlite_file, current, backups, replace=True)

    assert len(content(current)["memory"]) == 3
    assert current.check_integrity() == ()


def test_a_file_of_another_program_is_not_replaced(sqlite_file: Path, sqlite_other: Database, backups: Path) -> None:
    sqlite_other.path.parent.mkdir()
    with closing(sqlite3.connect(sqlite_other.path)) as connection:
        connection.execute("CREATE TABLE theirs (id)")

    with pytest.raises(StorageError, match="is not one of Naamwacht's"):
        put_back(sqlite_file, sqlite_other, backups, replace=True)

    with closing(sqlite3.connect(sqlite_other.path)) as connection:
        assert connection.execute("SELECT count(*) FROM theirs").fetchone() == (0,)
