"""Looks to be written, and a database that takes them or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from monitor.core.looks import LookRecord, ShownHit
from monitor.core.model import Outcome
from tests.fakes import NOW

PATIENCE = 5.0


def record(source_id: int = 1) -> LookRecord:
    return LookRecord(
        source_id=source_id,
        started_at=NOW,
        ended_at=NOW,
        outcome=Outcome.OK,
        matched_with=1,
        is_whole=True,
        state={"etag": "x"},
        shown=(ShownHit(1, was_read=False),),
    )


@dataclass
class Shelf:
    """Takes groups of Looks; first raises what it is told to raise, or whatever `trips_over` one of them."""

    faults: list[Exception] = field(default_factory=list)
    trips_over: int = -1
    groups: list[list[LookRecord]] = field(default_factory=list)

    def __call__(self, group: Sequence[LookRecord]) -> None:
        if self.faults:
            raise self.faults.pop(0)
        if any(each.source_id == self.trips_over and each.shown for each in group):
            raise KeyError("Sanne van der Molen")
        self.groups.append(list(group))

    @property
    def records(self) -> list[LookRecord]:
        return [each for group in self.groups for each in group]


class Released:
    """Hears which Looks are done with."""

    def __init__(self) -> None:
        self._heard: SimpleQueue[int] = SimpleQueue()

    def __call__(self, done: LookRecord) -> None:
        self._heard.put(done.source_id)

    def next(self, *, within: float = PATIENCE) -> int | None:
        try:
            return self._heard.get(timeout=within)
        except Empty:
            return None
