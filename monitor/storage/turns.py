"""A lock that is given out in the order of asking. `threading.Lock` may starve a thread; this one cannot."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(slots=True)
class _Ticket:
    thread: int
    is_next: threading.Event = field(default_factory=threading.Event)


class Turns:
    """Give one thread at a time its turn, first come, first served."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[_Ticket] = deque()
        self._holder: int | None = None

    def is_mine(self) -> bool:
        """Tell whether the calling thread has the turn."""
        return self._holder == threading.get_ident()

    def take(self, *, patience: timedelta) -> bool:
        """Wait for the turn; False where it did not come in time."""
        me = threading.get_ident()
        with self._mutex:
            if self._holder is None:
                self._holder = me
                return True
            ticket = _Ticket(me)
            self._queue.append(ticket)
        is_ours = False
        try:
            is_ours = ticket.is_next.wait(patience.total_seconds())
        finally:
            if not is_ours:  # too late, or interrupted: step out of the queue, or pass on a turn that came just now
                is_ours = self._step_out(ticket)
        return is_ours

    def give_back(self) -> None:
        """End the turn; the one who waits longest has it from now on."""
        with self._mutex:
            self._pass_on()

    def _pass_on(self) -> None:
        if not self._queue:
            self._holder = None
            return
        ticket = self._queue.popleft()
        self._holder = ticket.thread
        ticket.is_next.set()

    def _step_out(self, ticket: _Ticket) -> bool:
        with self._mutex:
            if ticket.is_next.is_set():
                self._pass_on()
            else:
                self._queue.remove(ticket)
        return False
