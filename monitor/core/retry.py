"""Decide when a message is tried again, and when that has been tried long enough. Pure: chance and time are arguments.

Which failures may be tried again is the notifier's word (`NotifierError.retryable`), not this module's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

GIVE_UP_AFTER = timedelta(hours=72)
"""A mail server may be gone for a weekend; RFC 5321 4.5.4.1 advises four to five days, an alert is stale sooner."""

LONGEST_ASKED = timedelta(hours=24)
"""A longer Retry-After is taken for a mistake: it must not push a message beyond the day on which we give up."""

_ENOUGH_DOUBLINGS = 40
"""A second, doubled this often, is 35,000 years: more only overflows."""


def backoff(attempt: int, *, jitter: float, base: timedelta, cap: timedelta, retry_after: timedelta | None = None) -> timedelta:
    """Return how long to wait after failed try number *attempt* (the first is 1), with *jitter* in [0, 1).

    Exponential backoff with full jitter: `jitter * min(cap, base * 2 ** (attempt - 1))`. (Marc Brooker, "Exponential
    Backoff And Jitter", AWS Architecture Blog, 2015: with many waiting at once, full jitter does the least work.)
    What the other side asked for is a floor, and the jitter comes on top, so that all who were told "in a minute" do not
    come back in the same second.
    """
    doublings = min(max(attempt, 1) - 1, _ENOUGH_DOUBLINGS)
    ceiling = min(cap.total_seconds(), base.total_seconds() * 2**doublings)
    floor = min(max(retry_after or timedelta(0), timedelta(0)), LONGEST_ASKED)
    return floor + timedelta(seconds=jitter * ceiling)


def is_given_up(first_tried_at: datetime, now: datetime) -> bool:
    """Tell whether a message that was first tried then is a dead letter now."""
    return now - first_tried_at >= GIVE_UP_AFTER
