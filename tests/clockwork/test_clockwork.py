"""Jobs are called every so often, whatever the clock does and whatever a job does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Semaphore

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from monitor.app import SystemClock
from monitor.engine.clockwork import Clockwork, Steady
from tests.fakes import FakeLog

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOON = timedelta(milliseconds=10)
PATIENCE = 5.0
A_WHILE = 0.3


class SetBack(SystemClock):
    """The real time, set back by so much."""

    def __init__(self) -> None:
        self.by = timedelta()

    def now(self) -> datetime:
        return super().now() - self.by


class Counted:
    """A job that counts its calls, and lets a test wait for them."""

    def __init__(self, then: Callable[[], object] = str) -> None:
        self._calls = Semaphore(0)
        self._then = then

    def __call__(self) -> None:
        self._calls.release()
        self._then()

    def was_called(self, *, within: float = PATIENCE) -> bool:
        return self._calls.acquire(timeout=within)


@pytest.fixture
def log() -> FakeLog:
    return FakeLog()


@pytest.fixture
def clock() -> SetBack:
    return SetBack()


@pytest.fixture
def clockwork(clock: SetBack, log: FakeLog) -> Iterator[Clockwork]:
    made = Clockwork(clock, log, watch_every=SOON)
    yield made
    made.stop(PATIENCE)


# ------------------------------------------------------------------------------------------------------ the trigger


@pytest.mark.parametrize(
    ("previous", "expected"),
    [
        (None, NOW),
        (NOW, NOW + HOUR),
        (NOW - timedelta(minutes=20), NOW + timedelta(minutes=40)),
        (NOW - timedelta(days=30), NOW),
    ],
    ids=["the first time at once", "then a step later", "counted from the last time", "what was missed is now"],
)
def test_a_steady_trigger_fires_a_step_after_the_last_time_or_now(previous: datetime | None, expected: datetime):
    assert Steady(HOUR).get_next_fire_time(previous, NOW) == expected


def test_a_month_of_missed_runs_is_never_listed():
    scheduler = BackgroundScheduler(timezone="UTC")
    job = scheduler.add_job(str, trigger=Steady(timedelta(seconds=1)), next_run_time=NOW - timedelta(days=30))

    missed = job._get_run_times(NOW)

    assert missed == [NOW - timedelta(days=30), NOW]


# ---------------------------------------------------------------------------------------------------------- the jobs


def test_a_job_is_called_at_once_and_then_every_step(clockwork: Clockwork):
    job = Counted()
    clockwork.add("tick", job, SOON)

    clockwork.start()

    assert all(job.was_called() for _ in range(5))


def test_a_job_that_raises_goes_on_and_the_log_says_which(clockwork: Clockwork, log: FakeLog):
    def fail() -> None:
        raise ValueError("Sanne van der Molen")

    job = Counted(fail)
    clockwork.add("daily", job, SOON)

    clockwork.start()

    assert all(job.was_called() for _ in range(3))
    assert [(event, facts["job"]) for _, event, facts in log.records[:2]] == [("job failed", "daily")] * 2


def test_a_job_that_takes_long_holds_up_no_other_and_is_not_called_twice(clockwork: Clockwork):
    end = Event()
    slow, quick = Counted(lambda: end.wait(PATIENCE)), Counted()
    clockwork.add("slow", slow, SOON)
    clockwork.add("quick", quick, SOON)

    clockwork.start()

    try:
        assert slow.was_called()
        assert all(quick.was_called() for _ in range(5))
        assert not slow.was_called(within=0)
    finally:
        end.set()


def test_nothing_is_called_after_the_stop(clockwork: Clockwork):
    job = Counted()
    clockwork.add("tick", job, SOON)
    clockwork.start()
    assert job.was_called()

    clockwork.stop(PATIENCE)

    drained = sum(iter(lambda: job.was_called(within=0), False))
    assert drained >= 0
    assert not job.was_called(within=A_WHILE)


def test_a_job_that_hangs_does_not_hold_up_the_stop(clockwork: Clockwork):
    end = Event()
    job = Counted(lambda: end.wait(PATIENCE))
    clockwork.add("slow", job, SOON)
    clockwork.start()
    assert job.was_called()
    clock = SystemClock()
    started = clock.monotonic()

    clockwork.stop(0.1)

    took = clock.monotonic() - started
    end.set()
    assert took < PATIENCE


def test_what_was_never_started_can_be_stopped(clock: SetBack, log: FakeLog):
    Clockwork(clock, log).stop(PATIENCE)


# ------------------------------------------------------------------------------------------------------ the watchdog


def test_a_clock_that_goes_back_an_hour_holds_up_no_job(clockwork: Clockwork, clock: SetBack, log: FakeLog):
    job = Counted()
    clockwork.add("housekeep", job, HOUR)
    clockwork.start()
    assert job.was_called()

    clock.by = HOUR

    assert job.was_called()
    assert log.records == [("warning", "clock jumped", {"seconds": -3600})]


def test_a_clock_that_is_only_a_second_off_changes_nothing(clockwork: Clockwork, clock: SetBack, log: FakeLog):
    job = Counted()
    clockwork.add("housekeep", job, HOUR)
    clockwork.start()
    assert job.was_called()

    clock.by = timedelta(seconds=1)

    assert not job.was_called(within=A_WHILE)
    assert log.records == []
