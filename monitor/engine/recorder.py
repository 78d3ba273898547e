"""Gathers finished Looks from many threads and hands them to the database in groups, from one thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread

from monitor.core.looks import LookRecord
from monitor.ports import Log, StorageError

GROUP = 50
GATHER_SECONDS = 0.2
REST_SECONDS = 5.0
"""How long a Source rests after its Look could not be written: its state did not move, so nothing is lost."""


class Recorder:
    """Writes Looks in groups of 50, or of what came within 200 ms. `done` hears of every Look, written or not."""

    def __init__(self, write: Callable[[Sequence[LookRecord]], None], done: Callable[[LookRecord], None], log: Log) -> None:
        self._write = write
        self._done = done
        self._log = log
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
        self._thread.join(timeout)

    def _gather(self) -> None:
        is_last = False
        while not is_last:
            group: list[LookRecord] = []
            first = self._queue.get()
            is_last = first is None
            if first is not None:
                group.append(first)
            while not is_last and len(group) < GROUP:
                try:
                    # While we stop nothing is waited for any more.
                    following = self._queue.get(timeout=0.001 if self._stopped.is_set() else GATHER_SECONDS)
                except Empty:
                    break
                if following is None:
                    is_last = True
                else:
                    group.append(following)
            if group:
                self._flush(group)

    def _flush(self, group: Sequence[LookRecord]) -> None:
        try:
            self._write(group)
        except StorageError as error:
            self._log.error("looks could not be written", looks=len(group), error=str(error))
            self._stopped.wait(REST_SECONDS)
        except Exception as fault:  # noqa: BLE001 # crash barrier: engine job
            self._log.error("looks could not be written", looks=len(group), error=type(fault).__name__)
            self._stopped.wait(REST_SECONDS)
        for record in group:
            self._done(record)
