"""Decide when a Source is looked at next. Pure: it takes `now`, a jitter number in [0, 1) and durations.

The database remembers the times; the engine only asks which are due.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.core.retry import backoff

LONGEST_BACKOFF = timedelta(hours=6)
FIRST_REST = timedelta(minutes=1)
LONGEST_NOT_BEFORE = timedelta(days=1)
"""A source may ask for rest (Retry-After, Cache-Control), but not for ever: it might be a way to blind us."""

FARTHEST = LONGEST_NOT_BEFORE + timedelta(hours=1)
JITTER = 0.1
LONGEST_PAUSE = timedelta(seconds=30)


def next_look_at(
    *,
    now: datetime,
    every: timedelta,
    jitter: float,
    failures: int = 0,
    retry_after: timedelta | None = None,
    not_before: datetime | None = None,
) -> datetime:
    """Return when to look next: *every* with some jitter; later after failures, and as the source asked.

    Jitter spreads Sources that began together; it never makes the pause shorter than *every*.
    """
    pause = every * (1 + JITTER * jitter)
    if failures:
        pause = max(pause, backoff(failures, jitter=jitter, base=every, cap=max(every, LONGEST_BACKOFF), retry_after=retry_after))
    wanted = now + pause
    if not_before is not None:
        wanted = max(wanted, not_before)
    return min(wanted, now + max(every * (1 + JITTER), LONGEST_NOT_BEFORE))


def next_ask_after(*, now: datetime, every: timedelta, jitter: float, failures: int) -> datetime:
    """Return when a Search is asked about the same Person again.

    After a failed ask sooner than *every*, but later with every failure, so that one name does not hold up the others.
    """
    if failures:
        return now + min(every, FIRST_REST + backoff(failures, jitter=jitter, base=FIRST_REST, cap=every))
    return now + every * (1 + JITTER * jitter)


def rest_after_failure(
    *, now: datetime, failures: int, jitter: float, retry_after: timedelta | None, until: datetime | None
) -> datetime:
    """Return until when a Search that failed is left alone."""
    pause = backoff(max(1, failures), jitter=jitter, base=FIRST_REST, cap=LONGEST_BACKOFF, retry_after=retry_after)
    at = now + FIRST_REST + pause
    return min(max(at, until or at), now + LONGEST_NOT_BEFORE)


def farthest(now: datetime, every: timedelta) -> datetime:
    """Return the time beyond which a stored "next" can only come from a clock that was wrong: it counts as due."""
    return now + max(FARTHEST, 2 * every)


def farthest_ask(now: datetime, every: timedelta) -> datetime:
    """Return the same for a Watch, in whose time no rest is counted that a source asked for."""
    return now + 2 * every


def pause_between_asks(every: timedelta, watches: int) -> timedelta:
    """Return how long to leave a Search alone between two asks, so that its names are spread over *every*."""
    return min(LONGEST_PAUSE, every / (2 * max(1, watches)))


def first_ask_at(*, now: datetime, every: timedelta, jitter: float, watches: int) -> datetime:
    """Return when a new Watch is first asked: soon, but a whole watchlist never at once."""
    return now + min(every, LONGEST_PAUSE * watches / 3) * jitter
