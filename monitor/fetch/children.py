"""The pool of parse children: hands bytes from outside to a child, and what the child read to the caller.

Nothing that came from outside is parsed in this process, but the child's own JSON. One hostile document delays no other:
there are several children; who asks waits for a free one; an address whose documents cost too much before goes through a
slow lane of its own; workbooks have a child of their own, started when needed.
"""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from monitor.fetch.child import Child, ChildLost, command
from monitor.fetch.wire import Request, Task
from monitor.ports import Answer, Clock, FeedEntry, Log, ParsedFeed, ParsedPage, ProviderError

_MB = 1024 * 1024
_SUSPECTS_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may cost: processor seconds and wall seconds a task, memory, and when it is replaced."""

    feed_cpu: int = 2
    page_cpu: int = 4
    table_cpu: int = 20
    wall: float = 20.0
    table_wall: float = 120.0
    wait: float = 120.0  # for a free child
    memory: int = 512 * _MB  # address space, of which some 40 MB are the interpreter's and the libraries'
    table_memory: int = 1024 * _MB
    tasks: int = 500
    resident: int = 64 * _MB


class _Seat:
    """A place for one child; empty until somebody asks."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.child: Child | None = None


class _Lane:
    """Some seats, and the queue before them. The last one back is the first one out: its child is warm."""

    def __init__(self, seats: int, memory: int) -> None:
        self.seats = [_Seat(memory) for _ in range(seats)]
        self.free: queue.LifoQueue[_Seat] = queue.LifoQueue()
        for seat in self.seats:
            self.free.put(seat)


class ParseChildren:
    """Reads feeds, pages and tables in child processes. Thread-safe. `close` ends the children."""

    def __init__(
        self,
        count: int = 2,
        *,
        clock: Clock,
        log: Log,
        limits: Limits = Limits(),
        command_line: Sequence[str] | None = None,
    ) -> None:
        self._clock = clock
        self._log = log
        self._limits = limits
        self._command_line = command_line
        self._fast = _Lane(count, limits.memory)
        self._slow = _Lane(1, limits.memory)
        self._tables = _Lane(1, limits.table_memory)
        self._lock = threading.Lock()
        self._suspects: OrderedDict[str, None] = OrderedDict()
        self._is_closed = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The children that run now."""
        children = [seat.child for lane in (self._fast, self._slow, self._tables) for seat in lane.seats]
        return tuple(child.pid for child in children if child is not None)

    def start(self) -> None:
        """Start the children now instead of at the first task."""
        for seat in self._fast.seats:
            self._child(seat)

    def parse_feed(self, answer: Answer) -> ParsedFeed:
        """Return what the feed says. Raises `ProviderError` where the answer is no feed, or reading it costs too much."""
        reading = self._read_answer(Task.FEED, answer, self._limits.feed_cpu)
        return ParsedFeed(
            title=reading["title"],
            entries=tuple(_entry(row) for row in reading["entries"]),
            ttl=timedelta(minutes=reading["ttl"]) if reading["ttl"] else None,
            language=reading["language"],
            parser=reading["parser"],
            is_truncated=reading["is_truncated"] or answer.is_truncated,
        )

    def page_text(self, answer: Answer) -> ParsedPage:
        """Return all visible text of the page. Raises `ProviderError` where the answer is no page."""
        reading = self._read_answer(Task.PAGE, answer, self._limits.page_cpu)
        return ParsedPage(
            title=reading["title"],
            text=reading["text"],
            language=reading["language"],
            canonical=reading["canonical"],
            feeds=tuple(reading["feeds"]),
            is_truncated=reading["is_truncated"] or answer.is_truncated,
        )

    def read_table(self, content: bytes, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a CSV or XLSX file, headings first. Raises `ProviderError` naming the file."""
        request = Request(task=Task.TABLE, cpu_seconds=self._limits.table_cpu)
        try:
            rows = self._ask(self._tables, request, content, self._limits.table_wall)
        except (_FaultyError, ChildLost) as error:
            raise ProviderError(f"{name}: {error}", retryable=False) from error
        finally:
            self._empty(self._tables)
        return tuple(tuple(row) for row in rows)

    def close(self) -> None:
        """End all children; who waits for one gets a `ProviderError`."""
        lanes = (self._fast, self._slow, self._tables)
        with self._lock:
            self._is_closed = True
            for seat in (seat for lane in lanes for seat in lane.seats):
                if seat.child is not None:
                    seat.child.kill()
        for lane in lanes:
            self._end_children(lane)

    def _end_children(self, lane: _Lane) -> None:
        """Reap the children of a lane; who was using one has seen it die and gives its seat back at once."""
        seats = [lane.free.get() for _ in lane.seats]
        for seat in seats:
            self._retire(seat, "")
            lane.free.put(seat)

    # ------------------------------------------------------------------------------------------------ one task

    def _read_answer(self, task: Task, answer: Answer, cpu_seconds: int) -> Any:  # Any: JSON of our own child
        host = _host(answer.address)
        lane = self._slow if self._is_suspect(host) else self._fast
        request = Request(
            task=task, content_type=answer.headers.get("content-type", ""), address=answer.address, cpu_seconds=cpu_seconds
        )
        try:
            reading = self._ask(lane, request, answer.body, self._limits.wall)
        except ChildLost as error:
            self._remember(host, is_suspect=error.was_costly)
            raise ProviderError(str(error)) from error
        except _FaultyError as error:
            self._remember(host, is_suspect=error.was_costly)
            raise ProviderError(str(error)) from error
        self._remember(host, is_suspect=False)
        return reading

    def _ask(self, lane: _Lane, request: Request, body: bytes, seconds: float) -> Any:  # Any: JSON of our own child
        try:
            seat = lane.free.get(timeout=self._limits.wait)
        except queue.Empty:
            raise ChildLost("every parser is busy", was_costly=False) from None
        try:
            return self._ask_child(seat, request, body, seconds)
        finally:
            lane.free.put(seat)

    def _ask_child(self, seat: _Seat, request: Request, body: bytes, seconds: float) -> Any:
        child = self._child(seat)
        try:
            answer = child.ask(request, body, seconds=seconds)
        except ChildLost as error:
            self._retire(seat, str(error))
            if self._is_closed:
                raise ChildLost("the parser is being shut down", was_costly=False) from None
            raise
        if answer.get("is_spent"):
            self._retire(seat, "spent")
        elif child.tasks >= self._limits.tasks or child.memory() > self._limits.resident:
            self._retire(seat, "")
        if "reading" not in answer:
            raise _FaultyError(str(answer.get("fault")), was_costly=bool(answer.get("is_spent")))
        return answer["reading"]

    def _child(self, seat: _Seat) -> Child:
        """Return the seat's child, started where there is none or where it died between two tasks."""
        with self._lock:
            if self._is_closed:
                raise ChildLost("the parser is shut down", was_costly=False)
            if seat.child is not None and not seat.child.is_running():
                seat.child.end()
                seat.child = None
            if seat.child is None:
                seat.child = Child(self._command_line or command(seat.memory), self._clock)
            return seat.child

    def _retire(self, seat: _Seat, reason: str) -> None:
        if reason:
            self._log.warning("parse child replaced", reason=reason)
        with self._lock:
            child, seat.child = seat.child, None
        if child is not None:
            child.end()

    def _empty(self, lane: _Lane) -> None:
        """End the children of a lane that nobody uses now."""
        try:
            seat = lane.free.get_nowait()
        except queue.Empty:
            return
        self._retire(seat, "")
        lane.free.put(seat)

    # ---------------------------------------------------------------------------------------------- the slow lane

    def _is_suspect(self, host: str) -> bool:
        with self._lock:
            return host in self._suspects

    def _remember(self, host: str, *, is_suspect: bool) -> None:
        """A host whose document cost too much waits in the slow lane, until one of its documents behaves."""
        with self._lock:
            self._suspects.pop(host, None)
            if is_suspect:
                self._suspects[host] = None
                while len(self._suspects) > _SUSPECTS_LIMIT:
                    self._suspects.popitem(last=False)


class _FaultyError(Exception):
    """The child says that the bytes are not what they should be."""

    def __init__(self, fault: str, *, was_costly: bool) -> None:
        super().__init__(fault)
        self.was_costly = was_costly


def _entry(row: dict[str, str]) -> FeedEntry:
    moment = datetime.fromisoformat(row["published_at"]) if row["published_at"] else None
    return FeedEntry(
        url=row["url"],
        title=row["title"],
        text=row["text"],
        guid=row["guid"],
        published_at=moment,
        author=row["author"],
        source_title=row["source_title"],
        source_url=row["source_url"],
    )


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
