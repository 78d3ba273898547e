"""The engine: what is due is looked at, one after the other where it is the same Source, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock

import pytest

from monitor.app import SystemClock
from monitor.core.looks import LookRecord
from monitor.engine.embedded import ALIVE_WITHIN, DueLook, Embedded, Work
from tests.clockwork.records import PATIENCE, Shelf, record
from tests.fakes import FakeClock, FakeLog


def nothing() -> int:
    return 0


@dataclass
class Sources:
    """Sources that are always due. `looks` says what a Look at each does first."""

    looks: dict[int, Callable[[], object]]
    begun: list[int] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    asked: Event = field(default_factory=Event)

    def due(self, busy: frozenset[int]) -> Sequence[DueLook]:
        self.asked.set()
        return [DueLook(number, None, lambda number=number: self._look(number)) for number in self.looks if number not in busy]  # type: ignore[misc]

    def _look(self, number: int) -> LookRecord:
        with self.lock:
            self.begun.append(number)
        self.looks[number]()
        return record(number)


Start = Callable[..., Embedded]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def start(shelf: Shelf) -> Iterator[Start]:
    started: list[Embedded] = []

    def begin(sources: Sources, *, deliver: Callable[[], int] = nothing, daily: Callable[[], None] = lambda: None) -> Embedded:
        work = Work(
            refresh=lambda: None,
            due_looks=sources.due,
            record=shelf,
            deliver=[("mail", deliver)],
            daily=daily,
            housekeep=lambda: None,
        )
        engine = Embedded(work, SystemClock(), FakeLog(), workers=4, stop_within=1.0)
        started.append(engine)
        engine.start()
        return engine

    yield begin
    for engine in started:
        engine.stop()


def test_what_is_due_is_looked_at_and_written(start: Start, shelf: Shelf):
    looked = Event()
    engine = start(Sources({1: looked.set}))
    assert looked.wait(PATIENCE)

    engine.stop()

    assert record(1) in shelf.records


def test_a_source_that_hangs_holds_up_no_other_and_is_not_looked_at_twice(start: Start):
    end, again = Event(), Event()
    sources = Sources({1: lambda: end.wait(PATIENCE), 2: lambda: again.set() if sources.begun.count(2) == 2 else None})

    start(sources)

    try:
        assert again.wait(PATIENCE)
        assert sources.begun.count(1) == 1
    finally:
        end.set()


def test_a_look_that_ends_after_the_stop_began_is_still_written(start: Start, shelf: Shelf):
    begun, stopping = Event(), Event()

    def look() -> None:
        begun.set()
        stopping.wait(PATIENCE)

    engine = start(Sources({1: look}))
    assert begun.wait(PATIENCE)

    stopping.set()
    engine.stop()

    assert shelf.records[-1] == record(1)


def test_a_look_that_hangs_does_not_hold_up_the_stop_and_is_not_written(start: Start, shelf: Shelf):
    begun, end = Event(), Event()

    def look() -> None:
        begun.set()
        end.wait(PATIENCE)

    engine = start(Sources({1: look}))
    assert begun.wait(PATIENCE)
    clock = SystemClock()
    started = clock.monotonic()

    engine.stop()

    took = clock.monotonic() - started
    end.set()
    assert took < PATIENCE
    assert shelf.records == []


def test_delivering_goes_on_until_nothing_is_left(start: Start):
    left = [3, 2, 1, 0]
    is_empty = Event()

    def deliver() -> int:
        taken = left.pop(0) if left else 0
        if not left:
            is_empty.set()
        return taken

    start(Sources({}), deliver=deliver)

    # Less than the second after which it is called again.
    assert is_empty.wait(0.9)


def test_a_night_that_fails_holds_up_neither_looks_nor_messages(start: Start):
    looked, delivered = Event(), Event()

    def fail() -> None:
        raise ValueError("x")

    start(Sources({1: looked.set}), daily=fail, deliver=lambda: 0 if delivered.set() is None else 1)

    assert looked.wait(PATIENCE)
    assert delivered.wait(PATIENCE)


def test_an_engine_without_ticks_is_dead():
    clock = FakeClock()
    engine = Embedded(
        Work(
            refresh=lambda: None, due_looks=lambda _: (), record=Shelf(), deliver=(), daily=lambda: None, housekeep=lambda: None
        ),
        clock,
        FakeLog(),
        workers=1,
    )
    alive_before = engine.beats()

    clock.advance(timedelta(seconds=ALIVE_WITHIN))

    assert (alive_before, engine.beats()) == (True, False)
    engine.stop()
