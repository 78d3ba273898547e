from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.schedule import farthest, first_ask_at, next_ask_after, next_look_at, pause_between_asks, rest_after_failure
from tests.fakes import NOW

QUARTER = timedelta(minutes=15)


def test_a_source_is_looked_at_again_after_its_cadence() -> None:
    assert next_look_at(now=NOW, every=QUARTER, jitter=0.0) == NOW + QUARTER


def test_jitter_only_ever_makes_it_later() -> None:
    assert next_look_at(now=NOW, every=QUARTER, jitter=0.5) == NOW + QUARTER * 1.05


def test_a_source_may_ask_for_rest() -> None:
    assert next_look_at(now=NOW, every=QUARTER, jitter=0.0, not_before=NOW + timedelta(hours=3)) == NOW + timedelta(hours=3)


def test_a_source_cannot_send_us_away_for_ever() -> None:
    assert next_look_at(now=NOW, every=QUARTER, jitter=0.0, not_before=NOW + timedelta(days=400)) == NOW + timedelta(days=1)


def test_a_failing_feed_is_asked_less_and_less_often_but_at_least_every_six_hours() -> None:
    at = next_look_at(now=NOW, every=QUARTER, jitter=0.99, failures=50)

    assert timedelta(hours=5) < at - NOW <= timedelta(hours=6)


def test_a_failing_feed_is_never_asked_more_often_than_a_healthy_one() -> None:
    assert next_look_at(now=NOW, every=QUARTER, jitter=0.0, failures=3) >= NOW + QUARTER


def test_a_search_that_failed_rests_as_long_as_it_asked_for() -> None:
    at = rest_after_failure(now=NOW, failures=1, jitter=0.0, retry_after=timedelta(hours=2), until=None)

    assert at >= NOW + timedelta(hours=2)


def test_a_name_that_could_not_be_asked_comes_back_before_its_cadence() -> None:
    at = next_ask_after(now=NOW, every=timedelta(hours=12), jitter=0.5, failures=1)

    assert NOW < at < NOW + timedelta(hours=1)


def test_asks_are_spread_over_the_cadence() -> None:
    assert pause_between_asks(timedelta(hours=12), 1_440) == timedelta(seconds=15)


def test_few_names_are_not_spread_thin() -> None:
    assert pause_between_asks(timedelta(hours=12), 3) == timedelta(seconds=30)


def test_a_new_name_is_asked_soon() -> None:
    assert first_ask_at(now=NOW, every=timedelta(hours=12), jitter=1.0, watches=1) == NOW + timedelta(seconds=10)


@given(
    every=st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=7)),
    jitter=st.floats(min_value=0, max_value=1, exclude_max=True),
    failures=st.integers(min_value=0, max_value=1_000),
)
def test_no_next_look_is_so_far_ahead_that_it_would_count_as_a_broken_clock(
    every: timedelta, jitter: float, failures: int
) -> None:
    assert NOW < next_look_at(now=NOW, every=every, jitter=jitter, failures=failures) <= farthest(NOW, every)
