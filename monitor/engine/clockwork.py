"""A scheduler that no clock can stop: APScheduler with a trigger and a watchdog of our own.

APScheduler 3's interval trigger stands still for an hour when the clock goes back an hour, and lists every missed run after
a suspend. Ours never plans further ahead than one step, and the watchdog plans anew when wall time and monotonic time part.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from monitor.ports import Clock, Log

DRIFT = timedelta(seconds=2)
"""How far wall time and monotonic time may part between two looks of the watchdog before all is planned anew."""

WATCH_EVERY = timedelta(seconds=1)


class Steady(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Fires one step after the last time, or now where that is past: missed runs are one run."""

    def __init__(self, step: timedelta) -> None:
        self.step = step

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return when to fire next."""
        return now if previous_fire_time is None else max(previous_fire_time + self.step, now)


class Clockwork:
    """Calls jobs every so often, each in the executor of its own name, never twice at once, until it is stopped.

    A job that raises is a fault of ours: the barrier logs it and the job goes on at its next time.
    """

    def __init__(self, clock: Clock, log: Log, *, watch_every: timedelta = WATCH_EVERY) -> None:
        self._clock = clock
        self._log = log
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            logger=_only_errors(),
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        self._watch_every = watch_every
        self._stopped = Event()
        self._watchdog = Thread(target=self._watch, name="watchdog", daemon=True)

    def add(self, name: str, job: Callable[[], object], step: timedelta) -> None:
        """Call *job* every *step*, the first time at once."""
        self._scheduler.add_executor(ThreadPoolExecutor(1), alias=name)
        self._scheduler.add_job(self._guarded(name, job), trigger=Steady(step), id=name, name=name, executor=name)

    def start(self) -> None:
        """Start calling."""
        self._scheduler.start()
        self._watchdog.start()

    def stop(self, timeout: float) -> None:
        """Call nothing more, and give what runs *timeout* seconds to end."""
        self._stopped.set()
        if self._watchdog.is_alive():
            self._watchdog.join()
        if self._scheduler.running:
            ending = Thread(target=self._scheduler.shutdown, name="ending", daemon=True)
            ending.start()
            ending.join(timeout)

    def _guarded(self, name: str, job: Callable[[], object]) -> Callable[[], None]:
        def call() -> None:
            try:
                job()
            except Exception as fault:  # noqa: BLE001 # crash barrier: engine job
                self._log.warning("job failed", job=name, exc_info=fault)

        return call

    def _watch(self) -> None:
        wall, steady = self._clock.now(), self._clock.monotonic()
        while not self._stopped.wait(self._watch_every.total_seconds()):
            passed = self._clock.now() - wall
            drift = passed - timedelta(seconds=self._clock.monotonic() - steady)
            wall, steady = self._clock.now(), self._clock.monotonic()
            has_jumped = abs(drift) > DRIFT
            if has_jumped:
                self._log.warning("clock jumped", seconds=round(drift.total_seconds()))
            self._plan_anew(all_jobs=has_jumped)

    def _plan_anew(self, *, all_jobs: bool) -> None:
        """Call now whatever is planned further ahead than its step: one wrong look at the clock was enough for that."""
        now = self._clock.now()
        for job in self._scheduler.get_jobs():
            if all_jobs or job.next_run_time - now > job.trigger.step + DRIFT:
                job.modify(next_run_time=now)
        # Always: how long the scheduler sleeps was measured with a clock that may have been wrong for that moment only.
        self._scheduler.wakeup()


def _only_errors() -> logging.Logger:
    """Return a logger for APScheduler: it warns every second while a job takes longer than its step, as sending mail does."""
    logger = logging.getLogger(__name__)
    logger.setLevel(logging.ERROR)
    return logger
