"""Many threads and two processes report the same pages: one Mention, one part a Channel, no errors, on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

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


def report(rig: Rig, source: str) -> LookRecord:
    """What one Source reports: the same ten pages as all others."""
    text = TEXT + " Ook Youssef El Amrani was erbij."
    return rig.look(*(hit(text, address=f"https://news.example.org/{number}") for number in range(PAGES)), source=source)


def outcome(rig: Rig) -> tuple[int, int, int, int]:
    return rig.count("page"), rig.count("mention"), rig.count("delivery_part"), rig.count("delivery")


def test_eight_threads_that_report_the_same_pages_make_one_mention_each(racing: Rig) -> None:
    records = [report(racing, source) for source in SOURCES]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda record: record_looks([record], racing.world), records))

    assert outcome(racing) == (PAGES, 2 * PAGES, 2 * PAGES, 2 * PAGES)
    assert racing.log.records == []


def test_two_processes_that_report_the_same_pages_make_one_mention_each(racing: Rig, empty_url: str) -> None:
    commands = [[sys.executable, "-m", "tests.pipeline.test_race", empty_url, source] for source in SOURCES[:2]]

    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
    said = [process.communicate(timeout=60)[1] for process in processes]

    assert said == ["", ""]
    assert outcome(racing) == (PAGES, 2 * PAGES, 2 * PAGES, 2 * PAGES)


def main(url: str, source: str) -> None:
    rig = Rig(Database(url))
    rig.refresh()
    for _ in range(5):
        record_looks([report(rig, source)], rig.world)
    if rig.log.records:
        sys.exit(repr(rig.log.records))


if __name__ == "__main__":
    main(*sys.argv[1:])
