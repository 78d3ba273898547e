"""Decide who is told of a Passage, through which Channel and when: one table, severity x band. Pure.

The words of a message are made in `monitor.wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from monitor.core.model import Band, DeliveryKind, Match, Role, Severity
from monitor.core.triage import GRAVE, PartReason, band_without_namesakes


class When(StrEnum):
    """At once, or in the daily digest."""

    NOW = "now"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Route:
    """Who is told, and when."""

    role: Role
    when: When


HER_NOW = Route(Role.PERSON, When.NOW)
HER_DIGEST = Route(Role.PERSON, When.DIGEST)
OFFICER_NOW = Route(Role.OFFICER, When.NOW)
OFFICER_DIGEST = Route(Role.OFFICER, When.DIGEST)

_SURE: Mapping[Severity, tuple[Route, ...]] = MappingProxyType(
    {
        Severity.INFO: (HER_NOW,),
        Severity.NOTICE: (HER_NOW,),
        Severity.URGENT: (HER_NOW, OFFICER_NOW),
        Severity.CRITICAL: (HER_NOW, OFFICER_NOW),
    }
)
TABLE: Mapping[Band, Mapping[Severity, tuple[Route, ...]]] = MappingProxyType(
    {
        Band.CERTAIN: _SURE,
        Band.PROBABLE: _SURE,
        Band.POSSIBLE: MappingProxyType(
            {
                Severity.INFO: (HER_DIGEST,),
                Severity.NOTICE: (HER_DIGEST,),
                Severity.URGENT: (HER_DIGEST,),
                Severity.CRITICAL: (HER_DIGEST, OFFICER_NOW),
            }
        ),
        Band.UNLIKELY: MappingProxyType(
            {Severity.INFO: (), Severity.NOTICE: (), Severity.URGENT: (), Severity.CRITICAL: (OFFICER_DIGEST,)}
        ),
    }
)
"""The default table. Without a route a Mention is listed, and nobody is told."""

FIRST_LOOKS = timedelta(hours=12)
"""So long a summary is held at least: the first asks of Searches are spread over hours, and it is to come once.

It then waits for the digest hour, so it comes a day and a half after it was begun at the latest. What is asked later still
comes in another summary, which says so.
"""

_LATER = frozenset({PartReason.FOUND_NOW, PartReason.SNIPPET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """A Channel as planning sees it. A Channel that is not confirmed yet only collects."""

    id: int
    role: Role
    person_id: int | None
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One Channel that hears of it, in a message of that kind and thread, due then."""

    channel_id: int
    kind: DeliveryKind
    thread: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DigestHour:
    """When the daily digest goes out, on the clock of the organisation."""

    at: time
    zone: ZoneInfo

    def next_after(self, now: datetime) -> datetime:
        """Return the first digest hour strictly after *now*, in UTC.

        An hour that a change to summer time skips is taken an hour later; one that occurs twice is taken the first time
        (PEP 495, fold=0).
        """
        local = now.astimezone(self.zone)
        for days in (0, 1, 2):
            wanted = datetime.combine(local.date() + timedelta(days=days), self.at, tzinfo=self.zone).astimezone(UTC)
            if wanted > now:
                return wanted
        raise AssertionError("a digest hour comes every day")


def band_told(match: Match, severity: Severity) -> Band:
    """Return the band by which a Passage is told: where it is grave, what was said of namesakes does not count."""
    return band_without_namesakes(match) if severity >= GRAVE else match.band


def plan_alerts(
    *,
    person_id: int,
    page_id: int,
    reason: PartReason,
    band: Band,
    severity: Severity,
    channels: Sequence[Reachable],
    digest: DigestHour,
    now: datetime,
) -> tuple[Planned, ...]:
    """Return who hears of one new Passage. At most one plan a Channel.

    A Channel that is not confirmed yet collects: a summary, and alerts about what is grave, which go out once it is confirmed.
    """
    plans: list[Planned] = []
    collected = DeliveryKind.ALERT if severity >= GRAVE else DeliveryKind.SUMMARY
    for route in TABLE[band][severity]:
        kind = _kind(route, reason, severity)
        for channel in _reached(route.role, person_id, channels):
            actual = kind if channel.is_confirmed else collected
            plans.append(
                Planned(
                    channel_id=channel.id,
                    kind=actual,
                    thread=thread_of(actual, person_id=person_id, page_id=page_id),
                    due_at=_due_at(actual, digest, now),
                )
            )
    return tuple(plans)


def _kind(route: Route, reason: PartReason, severity: Severity) -> DeliveryKind:
    is_grave = severity >= GRAVE
    if reason is PartReason.ALREADY_ONLINE and not is_grave:
        return DeliveryKind.SUMMARY
    if route.when is When.DIGEST or (reason in _LATER and not is_grave):
        return DeliveryKind.DIGEST
    return DeliveryKind.ALERT


def _due_at(kind: DeliveryKind, digest: DigestHour, now: datetime) -> datetime:
    if kind is DeliveryKind.ALERT:
        return now
    return digest.next_after(now + FIRST_LOOKS - timedelta.resolution if kind is DeliveryKind.SUMMARY else now)


def _reached(role: Role, person_id: int, channels: Iterable[Reachable]) -> Iterable[Reachable]:
    return (c for c in channels if c.role is role and (role is not Role.PERSON or c.person_id == person_id))


def thread_of(kind: DeliveryKind, *, person_id: int, page_id: int) -> str:
    """Return the thread: messages of one kind and thread to one Channel are gathered until one is claimed.

    An alert's thread is its Person and Story; until Stories exist, every Page is its own Story.
    """
    return f"{person_id}:{page_id}" if kind is DeliveryKind.ALERT else kind.value
