"""What the lists come down to at a glance: which Sources see, why nobody was told, what falls on which day. Pure.

Only for showing: who is told and when a Source is looked at is decided in the core.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from monitor.core.model import Band, Outcome
from monitor.core.triage import HeldBack
from monitor.storage.queries import ListedMention, ListedSource

LATE = timedelta(minutes=15)
"""A Source that was due longer ago than this, and than its own cadence, is late: no green mark without a time."""


class Seeing(StrEnum):
    """What a Source sees, the worst first."""

    BLIND = "blind"
    PART = "part"
    LATE = "late"
    NOT_YET = "not_yet"
    IDLE = "idle"
    ALL = "all"


class Untold(StrEnum):
    """Why a Mention stands in no message at all."""

    ENGINE_SAYS = "engine_says"
    DISMISSED = "dismissed"
    UNLIKELY = "unlikely"
    NO_CHANNEL = "no_channel"


def seeing_of(source: ListedSource, *, now: datetime) -> Seeing:
    """Tell what a Source sees now."""
    if source.failures:
        return Seeing.BLIND
    if source.next_look_at is None:
        return Seeing.IDLE
    rests = source.not_before is not None and source.not_before > now
    if not rests and now - source.next_look_at > max(LATE, source.every):
        return Seeing.LATE
    if source.last_look_at is None:
        return Seeing.NOT_YET
    return Seeing.PART if source.outcome == Outcome.PARTIAL else Seeing.ALL


@dataclass(frozen=True, slots=True)
class Seen:
    """Sources with what each sees, the worst first."""

    sources: Sequence[tuple[Seeing, ListedSource]]

    @classmethod
    def of(cls, sources: Sequence[ListedSource], *, now: datetime) -> Seen:
        """Judge each Source."""
        order = list(Seeing)
        judged = [(seeing_of(source, now=now), source) for source in sources]
        return cls(sorted(judged, key=lambda pair: (order.index(pair[0]), pair[1].name)))

    def in_state(self, seeing: str) -> Sequence[ListedSource]:
        """Return the Sources that see that."""
        return [source for each, source in self.sources if each == seeing]

    @property
    def counts(self) -> Mapping[Seeing, int]:
        """Return how many see what; only what there is."""
        counts = {seeing: len(self.in_state(seeing)) for seeing in Seeing}
        return {seeing: count for seeing, count in counts.items() if count}


def why_untold(mention: ListedMention) -> Untold | None:
    """Tell why a Mention stands in no message; None where it does."""
    if mention.told:
        return None
    if mention.held_back == HeldBack.ENGINE_SAYS:
        return Untold.ENGINE_SAYS
    if mention.held_back == HeldBack.DISMISSED:
        return Untold.DISMISSED
    return Untold.UNLIKELY if mention.band is Band.UNLIKELY else Untold.NO_CHANNEL


@dataclass(frozen=True, slots=True)
class Day:
    """What was found on one day."""

    day: date
    found_at: datetime
    mentions: Sequence[ListedMention]


def by_day(mentions: Sequence[ListedMention], zone: ZoneInfo) -> Sequence[Day]:
    """Part the list by the day of finding, where the reader lives; the order stays."""
    days = groupby(mentions, key=lambda mention: mention.first_seen_at.astimezone(zone).date())
    grouped = [(day, list(found)) for day, found in days]
    return [Day(day, found[0].first_seen_at, found) for day, found in grouped]
