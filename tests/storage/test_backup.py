"""Backups: whole or not there, while work goes on."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from monitor.core.privacy import AuditRecord
from monitor.ports import StorageError
from monitor.storage.audit import append_audit, holds
from monitor.storage.backup import Manifest, backup, prune, verify
from monitor.storage.engine import Database
from monitor.storage.schema import audit, memory
from tests.fakes import NOW
from tests.storage.filling import SECRET, remember
from tests.storage.forks import KILLED, kill_at

# ------------------------------------------------------------------------------------------------------- making


def test_a_backup_says_what_it_holds(filled: Database, file: Path) -> None:
    manifest = verify(file)

    assert file.name == "naamwacht-20261124T090000Z.backup"
    assert (manifest.origin, manifest.made_at) == (filled.address.get_backend_name(), "2026-11-24T09:00:00+00:00")
    assert (manifest.rows["person"], manifest.rows["delivery_part"]) == (3, 3)


def test_a_backup_is_one_file_for_its_owner_only(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_backups_in_one_second_get_two_names(filled: Database, file: Path, backups: Path) -> None:
    second = backup(filled, backups, now=NOW)

    assert second.name == "naamwacht-20261124T090000Z-2.backup"


def test_a_backup_overwrites_nothing(filled: Database, backups: Path) -> None:
    (backups / "mine").write_text("kept")

    with pytest.raises(StorageError, match=r"is there already \(choose another name\)"):
        backup(filled, backups / "mine", now=NOW)

    assert [(path.name, path.read_text()) for path in backups.iterdir()] == [("mine", "kept")]


def test_a_backup_holds_one_moment_while_others_write(filled: Database, empty_during_backup: Path) -> None:
    manifest = verify(empty_during_backup)

    assert manifest.rows["memory"] == 3
    with filled.read() as tx:
        assert tx.execute(select(func.count()).select_from(memory)).scalar_one() == 4


@pytest.fixture
def empty_during_backup(filled: Database, database_url: str, backups: Path) -> Path:
    """A backup in the middle of which another connection writes."""
    writer = Database(database_url)

    def write(name: str) -> None:
        if name == "backup.filled":
            remember(writer, "late")

    maker = Database(database_url, failpoint=write)
    made = backup(maker, backups, now=NOW)
    maker.close()
    writer.close()
    return made


def test_what_was_deleted_is_not_in_a_backup(filled: Database, backups: Path) -> None:
    remember(filled, "secret")
    with filled.write() as tx:
        tx.execute(delete(memory).where(memory.c.name == "secret"))

    made = backup(filled, backups, now=NOW)

    assert SECRET.encode() not in made.read_bytes()


def test_nothing_can_be_backed_up_before_there_is_something(empty_url: str, backups: Path) -> None:
    database = Database(empty_url)
    database.create()

    with pytest.raises(StorageError, match="is empty, so there is nothing to back up"):
        backup(database, backups, now=NOW)

    database.close()
    assert list(backups.iterdir()) == []


def test_a_database_of_a_newer_version_is_refused_in_the_words_of_every_command(filled: Database, backups: Path) -> None:
    with filled.write() as tx:
        tx.exec_driver_sql("UPDATE schema_version SET version_num = '9999'")

    with pytest.raises(StorageError, match=r"was made by a newer version of Naamwacht \(install that version again"):
        backup(filled, backups, now=NOW)

    assert list(backups.iterdir()) == []


def test_a_backup_remembers_the_end_of_the_audit_chain(filled: Database, backups: Path) -> None:
    for subject in ("person 1", "person 2"):
        with filled.write() as tx:
            append_audit(tx, AuditRecord(at=NOW, actor="console", action="people.retire", subject=subject))
    manifest = verify(backup(filled, backups, now=NOW))
    before = _holds(filled, manifest)

    with filled.write() as tx:
        tx.execute(delete(audit).where(audit.c.subject == "person 2"))

    assert (before, _holds(filled, manifest)) == (True, False)


def _holds(database: Database, manifest: Manifest) -> bool:
    with database.read() as tx:
        return holds(tx, manifest.rows["audit"], manifest.last_audit)


@pytest.mark.parametrize(("moment", "names"), [("backup.filled", 0), ("backup.before_rename", 0), ("backup.after_rename", 1)])
def test_a_killed_backup_is_whole_or_not_there(filled: Database, backups: Path, moment: str, names: int) -> None:
    code = kill_at(moment, filled, lambda database: backup(database, backups, now=NOW))

    made = list(backups.glob("*.backup"))

    assert code == KILLED
    assert [verify(path).rows["person"] for path in made] == [3] * names
    assert backup(filled, backups, now=NOW) not in made


# ------------------------------------------------------------------------------------------------------ rotation


def test_only_the_newest_backups_stay(tmp_path: Path) -> None:
    names = [
        "naamwacht-20261122T090000Z.backup",
        "naamwacht-20261123T090000Z.backup",
        "naamwacht-20261124T090000Z.backup",
        "naamwacht-20261124T090000Z-2.backup",
        "naamwacht-20261124T090000Z-10.backup",
        "notes.txt",
    ]
    for name in names:
        (tmp_path / name).touch()

    gone = prune(tmp_path, keep=3, now=NOW)

    assert sorted(path.name for path in gone) == names[:2]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[2:])


def test_what_killed_backups_left_goes_after_a_day(tmp_path: Path) -> None:
    for name, hours in ((".old.backup.partial", 25), (".at-work.backup.partial", 1)):
        (tmp_path / name).touch()
        moment = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(tmp_path / name, (moment, moment))

    prune(tmp_path, keep=3, now=NOW)

    assert [path.name for path in tmp_path.iterdir()] == [".at-work.backup.partial"]
