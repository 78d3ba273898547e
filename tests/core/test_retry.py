from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.retry import LONGEST_ASKED, backoff, is_given_up
from tests.fakes import NOW

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("attempt", "minutes"),
    [(1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8), (6, 16), (7, 30), (8, 30), (10_000, 30)],
)
def test_each_failure_doubles_the_span_until_the_cap(attempt: int, minutes: float) -> None:
    pause = backoff(attempt, jitter=0.5, base=MINUTE, cap=HOUR)

    assert pause == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (timedelta(minutes=10), timedelta(minutes=10, seconds=30)),
        (timedelta(0), timedelta(seconds=30)),
        (timedelta(days=-5), timedelta(seconds=30)),
        (timedelta(days=365), timedelta(days=1, seconds=30)),
    ],
    ids=["ten minutes", "at once", "in the past", "in a year"],
)
def test_what_the_other_side_asked_for_is_a_floor_with_jitter_on_top(asked: timedelta, expected: timedelta) -> None:
    pause = backoff(1, jitter=0.5, base=MINUTE, cap=HOUR, retry_after=asked)

    assert pause == expected


@given(
    attempt=st.integers(-3, 10**6),
    jitter=st.floats(0, 1, exclude_max=True),
    asked=st.none() | st.timedeltas(),
)
def test_a_pause_is_never_negative_and_never_longer_than_the_two_caps(
    attempt: int, jitter: float, asked: timedelta | None
) -> None:
    pause = backoff(attempt, jitter=jitter, base=MINUTE, cap=HOUR, retry_after=asked)

    assert timedelta(0) <= pause <= LONGEST_ASKED + HOUR


@pytest.mark.parametrize(
    ("age", "expected"),
    [(timedelta(hours=71, minutes=59), False), (timedelta(hours=72), True), (timedelta(hours=-1), False)],
)
def test_a_message_is_given_up_after_three_days(age: timedelta, expected: bool) -> None:  # noqa: FBT001 # a table
    assert is_given_up(NOW - age, NOW) is expected
