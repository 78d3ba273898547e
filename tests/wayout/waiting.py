"""Wait for what other processes and threads bring about."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from monitor.app import SystemClock

_NEVER = Event()


def eventually(is_so: Callable[[], object], what: str, *, seconds: float = 30.0) -> None:
    """Wait until it is so; raise where it does not become so."""
    clock = SystemClock()
    end = clock.monotonic() + seconds
    while not is_so():
        if clock.monotonic() > end:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        _NEVER.wait(0.1)
