"""Finished Looks are written in groups; none is lost, and none takes another along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from monitor.app import SystemClock
from monitor.core.model import Outcome
from monitor.engine.recorder import GROUP, NOT_STORED, Recorder
from monitor.ports import StorageError
from tests.clockwork.records import PATIENCE, Released, Shelf, record
from tests.fakes import FakeLog

Make = Callable[..., Recorder]
LOCKED = StorageError("the database is locked")


@pytest.fixture
def released() -> Released:
    return Released()


@pytest.fixture
def log() -> FakeLog:
    return FakeLog()


@pytest.fixture
def make(released: Released, log: FakeLog) -> Iterator[Make]:
    made: list[Recorder] = []

    def begin(shelf: Shelf, *, rest_seconds: float = 0.01) -> Recorder:
        recorder = Recorder(shelf, released, SystemClock(), log, rest_seconds=rest_seconds)
        made.append(recorder)
        return recorder

    yield begin
    for recorder in made:
        recorder.stop(PATIENCE)


def test_what_comes_together_is_written_together(make: Make, released: Released):
    shelf = Shelf()
    recorder = make(shelf)
    recorder.submit(record(1))
    recorder.submit(record(2))

    recorder.start()

    assert (released.next(), released.next()) == (1, 2)
    assert [len(group) for group in shelf.groups] == [2]


def test_a_group_grows_no_larger_than_fifty(make: Make):
    shelf = Shelf()
    recorder = make(shelf)
    for number in range(GROUP + 1):
        recorder.submit(record(number))

    recorder.start()
    recorder.stop(PATIENCE)

    assert [len(group) for group in shelf.groups] == [GROUP, 1]


def test_what_was_handed_over_before_the_stop_is_written(make: Make):
    shelf = Shelf()
    recorder = make(shelf)
    recorder.start()
    recorder.submit(record(1))

    recorder.stop(PATIENCE)

    assert shelf.records == [record(1)]


def test_a_look_waits_while_the_database_cannot_take_it(make: Make, released: Released, log: FakeLog):
    shelf = Shelf(faults=[LOCKED, LOCKED])
    recorder = make(shelf)
    recorder.start()

    recorder.submit(record(7))

    assert released.next() == 7
    assert shelf.records == [record(7)]
    assert log.records == [("error", "looks could not be written", {"looks": 1, "error": "the database is locked"})] * 2


def test_a_source_is_not_looked_at_again_before_its_look_is_written(make: Make, released: Released):
    shelf = Shelf(faults=[LOCKED])
    recorder = make(shelf, rest_seconds=PATIENCE)
    recorder.start()

    recorder.submit(record(7))

    assert released.next(within=0.5) is None


def test_a_database_that_takes_nothing_does_not_hold_up_the_stop(make: Make, released: Released):
    shelf = Shelf(faults=[LOCKED] * 3)
    recorder = make(shelf, rest_seconds=60)
    recorder.start()
    recorder.submit(record(7))
    clock = SystemClock()
    started = clock.monotonic()

    recorder.stop(PATIENCE)

    assert clock.monotonic() - started < PATIENCE
    assert released.next() == 7
    assert shelf.records == []


def test_a_look_that_trips_over_a_fault_of_ours_takes_no_other_along(make: Make, log: FakeLog):
    shelf = Shelf(trips_over=2)
    recorder = make(shelf)
    recorder.submit(record(1))
    recorder.submit(record(2))
    recorder.submit(record(3))

    recorder.start()
    recorder.stop(PATIENCE)

    assert [(each.source_id, each.outcome, each.detail) for each in shelf.records] == [
        (1, Outcome.OK, ""),
        (2, Outcome.FAILED, NOT_STORED),
        (3, Outcome.OK, ""),
    ]
    assert {event for _, event, _ in log.records} == {"looks could not be written"}


def test_a_fault_of_ours_ends_no_thread(make: Make, released: Released):
    shelf = Shelf(faults=[KeyError("x")] * 2)
    recorder = make(shelf)
    recorder.start()
    recorder.submit(record(1))
    assert released.next() == 1

    recorder.submit(record(2))

    assert released.next() == 2
    assert shelf.records == [record(2)]


def test_a_hanging_database_does_not_hold_up_the_stop(released: Released, log: FakeLog):
    end = Event()
    recorder = Recorder(lambda _: end.wait(PATIENCE) and None, released, SystemClock(), log)
    recorder.start()
    recorder.submit(record(1))
    clock = SystemClock()
    started = clock.monotonic()

    recorder.stop(0.1)

    took = clock.monotonic() - started
    end.set()
    assert took < PATIENCE
