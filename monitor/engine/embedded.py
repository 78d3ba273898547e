"""The engine inside one process: asks what is due, hands it to threads, records what they bring.

Which Look is due and what it means is not decided here; this file knows threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from monitor.core.looks import LookRecord
from monitor.engine.clockwork import Clockwork
from monitor.engine.recorder import Recorder
from monitor.ports import Clock, Log

TICK = timedelta(seconds=1)
DELIVER = timedelta(seconds=1)
DAILY = timedelta(minutes=1)
HOUSEKEEP = timedelta(hours=1)
STOP_WITHIN = 8.0
"""Seconds that running Looks and messages get to end after a stop; whoever needs longer is done again after the next start."""

ALIVE_WITHIN = 60.0
"""Seconds without a tick after which the engine counts as dead."""


@dataclass(frozen=True, slots=True)
class DueLook:
    """One Look to be made: `look` does it and never raises. `person_id`: whom a Search is asked about."""

    source_id: int
    person_id: int | None
    look: Callable[[], LookRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What time is turned into. `due_looks` gets the Sources that are being looked at already."""

    refresh: Callable[[], None]
    due_looks: Callable[[frozenset[int]], Sequence[DueLook]]
    record: Callable[[Sequence[LookRecord]], None]
    deliver: Sequence[tuple[str, Callable[[], int]]]
    daily: Callable[[], None]
    housekeep: Callable[[], None]


class Embedded:
    """Runs `Work` until it is stopped."""

    def __init__(self, work: Work, clock: Clock, log: Log, *, workers: int, stop_within: float = STOP_WITHIN) -> None:
        self._work = work
        self._stop_within = stop_within
        self._clockwork = Clockwork(clock, log)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="look")
        self._recorder = Recorder(work.record, self._release, clock, log)
        self._running: dict[int, Future[None]] = {}
        self._lock = Lock()
        self._clock = clock
        self._ticked_at = clock.monotonic()
        self._is_stopping = False

    def start(self) -> None:
        """Start all jobs."""
        self._recorder.start()
        self._clockwork.add("tick", self._tick, TICK)
        for name, deliver in self._work.deliver:
            self._clockwork.add(f"deliver {name}", self._until_nothing(deliver), DELIVER)
        self._clockwork.add("daily", self._work.daily, DAILY)
        self._clockwork.add("housekeep", self._work.housekeep, HOUSEKEEP)
        self._clockwork.start()

    def stop(self) -> None:
        """Begin nothing new, let what runs end, and write what was found. Ends within ten seconds."""
        self._is_stopping = True
        self._clockwork.stop(self._stop_within / 2)
        with self._lock:
            running = list(self._running.values())
        wait(running, timeout=self._stop_within / 2)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._recorder.stop(timeout=1.5)

    def beats(self) -> bool:
        """Tell whether ticks still come: one that hangs, or that nobody calls any more, is no life."""
        return self._clock.monotonic() - self._ticked_at < ALIVE_WITHIN

    def _tick(self) -> None:
        self._ticked_at = self._clock.monotonic()
        self._work.refresh()
        with self._lock:
            busy = frozenset(self._running)
        for due in self._work.due_looks(busy):
            if self._is_stopping:
                return
            with self._lock:
                self._running[due.source_id] = self._pool.submit(self._look, due)

    def _look(self, due: DueLook) -> None:
        self._recorder.submit(due.look())

    def _release(self, record: LookRecord) -> None:
        """A Source may be looked at again only once its Look is written: until then it still counts as due."""
        with self._lock:
            self._running.pop(record.source_id, None)

    def _until_nothing(self, deliver: Callable[[], int]) -> Callable[[], None]:
        def call() -> None:
            while not self._is_stopping and deliver():
                pass

        return call
