"""Look in rounds until nothing is due: what a command does that has no daemon. What is due is not decided here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event

from monitor.app.side_by_side import as_they_end
from monitor.app.work import Desk
from monitor.engine.embedded import Work
from monitor.ports import Clock

AT_ONCE = 8
PAUSE_SECONDS = 0.25
SOON = timedelta(seconds=15)
"""A new name is first asked within a few seconds: a first round waits for it."""


def look_in_rounds(
    desk: Desk,
    work: Work,
    clock: Clock,
    *,
    within: timedelta,
    after_round: Callable[[int], None],
    is_enough: Callable[[], bool] = lambda: False,
) -> bool:
    """Look once at all that is due, round by round; returns whether nothing was left for want of time.

    A Search is asked about one name after the other with pauses between; after *within* the rest is left to the next time.
    `after_round` hears how many Looks were made so far.
    """
    done: set[tuple[int, int | None]] = set()
    resting = Event()
    until = clock.monotonic() + within.total_seconds()
    while not is_enough():
        due = [each for each in work.due_looks(frozenset()) if (each.source_id, each.person_id) not in done]
        if due:
            looks = len(done)
            done.update((each.source_id, each.person_id) for each in due)
            for record in as_they_end([each.look for each in due], at_once=AT_ONCE):
                looks += 1
                work.record([record])
                after_round(looks)
        elif not desk.waiting(SOON) - done:
            return True
        elif clock.monotonic() > until:
            return False
        else:
            resting.wait(PAUSE_SECONDS)
    return True
