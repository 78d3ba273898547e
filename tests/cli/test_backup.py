"""`naamwacht backup` and `naamwacht restore`."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.app import SystemClock
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from tests.cli.running import run


@pytest.fixture
def kept(registered: Path) -> Path:
    """A backup of three people."""
    return Path(run("backup", "--json", "--config", registered).json["file"])


def test_a_backup_stands_beside_the_data_for_its_owner_only(registered: Path):
    ran = run("backup", "--config", registered)

    (file,) = (registered.parent / "data" / "backups").iterdir()
    assert ran.code == 0
    assert ran.out.startswith(f"{file} (")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_backup_goes_where_it_is_told(registered: Path):
    ran = run("backup", "--to", registered.parent / "elsewhere" / "deep", "--json", "--config", registered)

    assert Path(ran.json["file"]).parent == registered.parent / "elsewhere" / "deep"


def test_there_is_nothing_to_back_up_before_there_is_a_database(config: Path):
    ran = run("backup", "--config", config)

    assert ran.code == 5
    assert not (config.parent / "data").exists()


def test_a_backup_is_verified_without_a_configuration(kept: Path):
    ran = run("restore", kept, "--verify", "--json", "--config", kept.with_name("none.yaml"))

    assert ran.code == 0
    assert ran.json["rows"]["person"] == 3


def test_a_damaged_backup_is_refused(kept: Path, registered: Path):
    content = bytearray(kept.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    kept.write_bytes(content)

    verified = run("restore", kept, "--verify")
    restored = run("restore", kept, "--replace", "--config", registered)

    assert (verified.code, restored.code) == (5, 5)
    assert len(run("people", "list", "--json", "--config", registered).json) == 3


@pytest.mark.parametrize("content", [b"", b"a letter"], ids=["empty", "something else"])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "x.backup").write_bytes(content)

    ran = run("restore", tmp_path / "x.backup", "--verify")

    assert ran.code == 5
    assert "x.backup" in ran.err


def test_a_database_is_replaced_only_when_that_is_wanted_and_kept_beside(kept: Path, registered: Path):
    run("people", "retire", "p1", "--config", registered)

    refused = run("restore", kept, "--config", registered)
    replaced = run("restore", kept, "--replace", "--json", "--config", registered)

    assert refused.code == 5
    assert "--replace" in refused.err
    assert replaced.code == 0
    assert Path(replaced.json["kept"]).exists()
    assert run("people", "show", "p1", "--json", "--config", registered).json["searched"] is True


def test_a_backup_is_put_where_nothing_stands(kept: Path, registered: Path):
    for file in (registered.parent / "data").glob("naamwacht.db*"):
        file.unlink()

    ran = run("restore", kept, "--config", registered)

    assert ran.code == 0
    assert "3 people" in ran.out


def test_nothing_is_put_in_the_place_of_a_database_in_use(kept: Path, registered: Path):
    database = Database(f"sqlite:///{registered.parent}/data/naamwacht.db")

    with hold(database, now=SystemClock().now()):
        ran = run("restore", kept, "--replace", "--config", registered)

    database.close()
    assert ran.code == 3
