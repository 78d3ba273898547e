"""Fakes for the ports: a clock that moves when told, a log that remembers. No mocks, no patches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until it is told to move; both its times move together."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now
        self._monotonic = 1_000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._monotonic += by.total_seconds()


class FakeLog:
    """Remembers what was logged: (level, event, facts)."""

    def __init__(self) -> None:
        self.records: list[tuple[str, str, dict[str, object]]] = []

    def info(self, event: str, **facts: object) -> None:
        self.records.append(("info", event, facts))

    def warning(self, event: str, **facts: object) -> None:
        self.records.append(("warning", event, facts))

    def error(self, event: str, **facts: object) -> None:
        self.records.append(("error", event, facts))
