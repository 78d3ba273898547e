"""A disk that fills up while the daemon works: nothing is left half done, and all is made good when there is room again.

The disk is a small file system in memory, in a name space of its own that goes with the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.busy import Town
from tests.faults.judging import judge
from tests.faults.processes import Running, naamwacht

SIZE = 3_000_000


@dataclass(frozen=True)
class SmallDisk:
    """`entered` before a command lets it see the disk; `inside` is where the disk is for us, who do not."""

    entered: Sequence[str]
    inside: Path

    def fill(self) -> None:
        """Leave no byte free."""
        with (self.inside / "ballast").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                return

    def make_room(self) -> None:
        """Take away what fills it."""
        (self.inside / "ballast").unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Make a disk of three megabytes at tmp_path/disk."""
    place = tmp_path / "disk"
    place.mkdir()
    spaces, entering = (["--mount"], []) if os.geteuid() == 0 else (["-r", "--mount"], ["--user", "--preserve-credentials"])
    script = f'mount -t tmpfs -o size={SIZE} tmpfs "{place}" && echo mounted && exec cat'
    holder = subprocess.Popen(["unshare", *spaces, "sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdin is not None
    assert holder.stdout is not None
    with holder:
        if holder.stdout.readline() != "mounted\n":
            assert os.environ.get("CI") != "true", "no file system can be mounted here"
            pytest.skip("no file system can be mounted here: what a full disk does was not tested")
        entered = ["nsenter", "--target", str(holder.pid), *entering, "--mount", "--"]
        yield SmallDisk(entered, Path(f"/proc/{holder.pid}/root{place}"))
        holder.stdin.close()


def test_a_disk_that_is_full_while_the_daemon_works_loses_nothing(town: Town, small_disk: SmallDisk) -> None:
    config = town.write_config(data_dir=str(town.folder / "disk" / "data"))
    assert naamwacht("once", "--config", config, before=small_disk.entered).returncode == 0
    naamwacht("people", "import", town.folder / "people.csv", "--config", config, before=small_disk.entered)
    with Running(config, before=small_disk.entered) as daemon:
        town.plant(5)
        assert town.mailbox.wait_for(5, seconds=30)

        small_disk.fill()
        town.plant(40)
        assert daemon.says("the disk is full", times=2), daemon.said[-20:]
        small_disk.make_room()

        town.mailbox.wait_for(len(town.planted), seconds=60)
        assert daemon.stop() == 0

    kept = shutil.copytree(small_disk.inside / "data", town.folder / "kept")  # SQLite follows no path into a name space
    verdict = judge(f"sqlite:///{kept / 'naamwacht.db'}", kept, town.planted, town.letters())
    assert (verdict.lost_mentions, verdict.lost_alerts, verdict.doubled_mentions, verdict.faults) == ((), (), (), ())


def test_a_start_on_a_full_disk_says_so_and_the_next_one_works(town: Town, small_disk: SmallDisk) -> None:
    config = town.write_config(data_dir=str(town.folder / "disk" / "data"))
    small_disk.fill()

    refused = naamwacht("once", "--config", config, before=small_disk.entered)
    small_disk.make_room()
    taken = naamwacht("once", "--config", config, before=small_disk.entered)

    assert refused.returncode == 5
    assert "free some space" in refused.stderr
    assert taken.returncode == 0
