"""Gathers finished Looks from many threads and hands them to the database in groups, from one thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Event, Thread

from monitor.core.looks import LookRecord
from monitor.core.model import Outcome
from monitor.ports import Clock, Log, StorageError

GROUP = 50
GATHER_SECONDS = 0.2
REST_SECONDS = 5.0
"""How long to wait before Looks are written again that the database could not take."""

NOT_STORED = "what it brought could not be stored"


class Recorder:
    """Writes Looks in groups of 50, or of what came within 200 ms. `done` hears of every Look once there is no more to do.

    While the database cannot take them (locked, full), Looks wait here: their Sources are not looked at again meanwhile, and
    still count as due should the process end.
    """

    def __init__(
        self,
        write: Callable[[Sequence[LookRecord]], None],
        done: Callable[[LookRecord], None],
        clock: Clock,
        log: Log,
        *,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self._write = write
        self._done = done
        self._clock = clock
        self._log = log
        self._rest_seconds = rest_seconds
        self._queue: SimpleQueue[LookRecord | None] = SimpleQueue()
        self._stopped = Event()
        self._thread = Thread(target=self._gather, name="recorder", daemon=True)

    def start(self) -> None:
        """Start writing."""
        self._thread.start()

    def submit(self, record: LookRecord) -> None:
        """Hand over a finished Look."""
        self._queue.put(record)

    def stop(self, timeout: float) -> None:
        """Write what was handed over, then end."""
        self._stopped.set()
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _gather(self) -> None:
        is_last = False
        while not is_last:
            group: list[LookRecord] = []
            following = self._queue.get()
            until = self._clock.monotonic() + GATHER_SECONDS
            while following is not None:
                group.append(following)
                # While we stop nothing is waited for any more.
                left = 0.0 if self._stopped.is_set() else until - self._clock.monotonic()
                if len(group) == GROUP:
                    break
                try:
                    following = self._queue.get(timeout=max(0.001, left))
                except Empty:
                    break
            is_last = following is None
            if group:
                self._flush(group)

    def _flush(self, group: Sequence[LookRecord]) -> None:
        if not self._is_settled(group):
            # One Look that trips over a fault of ours takes no other along, and its Source says that it failed.
            for record in group:
                if len(group) == 1 or not self._is_settled([record]):
                    self._is_settled([_without_contents(record)])
        for record in group:
            self._done(record)

    def _is_settled(self, group: Sequence[LookRecord]) -> bool:
        """Write, and go on trying while the database cannot take it; False where a fault of ours is in the way."""
        try:
            while not self._is_taken(group):
                if self._stopped.wait(self._rest_seconds):
                    break
        except Exception as fault:  # noqa: BLE001 # crash barrier: engine job
            self._log.warning("looks could not be written", looks=len(group), exc_info=fault)
            return False
        return True

    def _is_taken(self, group: Sequence[LookRecord]) -> bool:
        try:
            self._write(group)
        except StorageError as error:
            self._log.error("looks could not be written", looks=len(group), error=str(error))
            return False
        return True


def _without_contents(record: LookRecord) -> LookRecord:
    return replace(record, outcome=Outcome.FAILED, detail=NOT_STORED, is_whole=False, state=None, findings=(), shown=())
