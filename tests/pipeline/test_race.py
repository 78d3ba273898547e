"""Many threads and two processes report the same pages: one Mention, one part a Channel, no errors, on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from monitor.core.looks import LookRecord
from monitor.pipeline.record import record_looks
from monitor.storage.engine import Database
from monitor.storage.schema import metadata
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit
from tests.pipeline.test_mentions import TEXT
from tests.postgresql import empty_url, new_postgresql, new_url, postgresql_server

__all__ = ["empty_url", "new_postgresql", "new_url", "postgresql_server"]

PAGES = 10
TURNS = 8
SOURCES = tuple(f"feed {number}" for number in range(8))


@pytest.fixture
def racing(empty_url: str) -> Iterator[Rig]:
    database = Database(empty_url)
    database.create()
    with database.write("test") as tx:
        metadata.create_all(tx)
    rig = Rig(database).begin(SANNE, YOUSSEF, feeds=SOURCES)
    for source in SOURCES:
        rig.poll(source=source)
    yield rig
    database.close()


def report(rig: Rig, source: str, turn: int = 0) -> LookRecord:
    """What one Source reports: in each turn the same ten pages as all others."""
    text = TEXT + " Ook Youssef El Amrani was erbij."
    return rig.look(*(hit(text, address=f"https://news.example.org/{turn}/{number}") for number in range(PAGES)), source=source)


def outcome(rig: Rig) -> tuple[int, int, int, int]:
    return rig.count("page"), rig.count("mention"), rig.count("delivery_part"), rig.count("delivery")


def test_eight_threads_that_report_the_same_pages_make_one_mention_each(racing: Rig) -> None:
    records = [report(racing, source) for source in SOURCES]
    start = Barrier(len(records))

    def write(record: LookRecord) -> None:
        start.wait(30)
        record_looks([record], racing.world)

    with ThreadPoolExecutor(len(records)) as pool:
        list(pool.map(write, records))

    assert outcome(racing) == (PAGES, 2 * PAGES, 2 * PAGES, 2 * PAGES)
    assert racing.log.records == []


def test_two_processes_that_report_the_same_pages_make_one_mention_each(racing: Rig, empty_url: str) -> None:
    commands = [[sys.executable, "-m", "tests.pipeline.test_race", empty_url, source] for source in SOURCES[:2]]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for command in commands]
    ready = [process.stdout.readline() for process in processes if process.stdout is not None]

    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[1] for process in processes]

    assert (ready, said) == (["ready\n"] * 2, ["", ""])
    assert outcome(racing) == (TURNS * PAGES, 2 * TURNS * PAGES, 2 * TURNS * PAGES, 2 * TURNS * PAGES)


def main(url: str, source: str) -> None:
    """Report every page of every turn, from the moment on which the other process does so too."""
    rig = Rig(Database(url))
    rig.refresh()
    records = [report(rig, source, turn) for turn in range(TURNS)]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for record in records:
        record_looks([record], rig.world)
    if rig.log.records:
        sys.exit(repr(rig.log.records))


if __name__ == "__main__":
    main(*sys.argv[1:])
