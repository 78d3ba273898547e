"""Decide what a sight of a Person on a Page means: new, added, seeded, old, or seen before.

Pure: it gets what the pipeline found and what the database knows, and says what to keep and why somebody hears of it.
Who hears of it, through what and when, is decided in `alerting`. What somebody said of a Mention ("not me") and what was
learned from it hold back what is not grave, and never what is.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.matching.confidence import band, confidence
from monitor.core.model import Assessment, Band, Carries, Match, Severity
from monitor.core.namesakes import NAMESAKE
from monitor.core.passages import Passage, is_known

OLD_AFTER = timedelta(days=30)
"""A Page published longer ago than this is "found now, not new"."""

SEEDING_AT_LEAST = timedelta(days=1)
SEEDING_ROUNDS = 3
"""A Source of which no Look was ever whole stops seeding after this, so that it cannot hide news for ever."""

GRAVE = Severity.URGENT
"""From here on nothing waits for a digest or a summary."""


class HeldBack(StrEnum):
    """Why nobody was told of a Mention at once."""

    NO = ""
    SEEDED = "seeded"
    OLD = "old"
    ENGINE_SAYS = "engine_says"
    DISMISSED = "dismissed"
    NAMESAKE = "namesake"


class PartReason(StrEnum):
    """Why a Passage stands in a message."""

    NEW = "new"
    ADDED = "added"
    GRAVER = "graver"
    ALREADY_ONLINE = "already_online"
    FOUND_NOW = "found_now"
    SNIPPET = "snippet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One Person in what one Hit holds. Without a match, only the engine says that she is named there."""

    person_id: int
    match: Match | None = None
    assessment: Assessment | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMention:
    """What the database knows of this Mention.

    `was_seen_by_source`: the Source that shows it now has shown it before. `is_dismissed`: somebody said that it is not she.
    """

    id: int
    runs: frozenset[int]
    has_passages: bool
    severity: Severity
    was_seeded: bool
    was_seen_by_source: bool
    is_dismissed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """How the sight came about. `carries` is what was matched, so `text` once the page itself was read."""

    carries: Carries
    is_seeding: bool
    was_page_read: bool
    published_at: datetime | None
    is_search_without_limit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to keep: new passages, and the reason to tell (None: nobody hears of it, also where there are new passages)."""

    reason: PartReason | None
    held_back: HeldBack = HeldBack.NO
    passages: tuple[Passage, ...] = ()


SEEN = Verdict(reason=None)


def triage(sight: Sight, known: KnownMention | None, circumstance: Circumstance, *, now: datetime) -> Verdict:
    """Decide what *sight* adds to what is known.

    A Mention that so far only an engine spoke of is treated as unknown once the name itself is seen.
    """
    verdict = _added(sight, known, circumstance, now=now)
    if verdict.reason is None or sight.match is None or sight.assessment is None or sight.assessment.severity >= GRAVE:
        return verdict
    if known is not None and known.is_dismissed:
        return replace(verdict, reason=None, held_back=HeldBack.DISMISSED)
    if verdict.held_back is HeldBack.NO and _is_held_back_by_namesakes(sight.match):
        return replace(verdict, held_back=HeldBack.NAMESAKE)
    return verdict


def band_without_namesakes(match: Match) -> Band:
    """Return the band that a Match would have, had nobody ever said "not our Jan"."""
    reasons = [reason for reason in match.reasons if reason.code != NAMESAKE]
    return match.band if len(reasons) == len(match.reasons) else band(confidence(reasons))


def _is_held_back_by_namesakes(match: Match) -> bool:
    """Tell whether it would be told of sooner without them: nobody is told at once of what is only possible."""
    return match.band in (Band.POSSIBLE, Band.UNLIKELY) and band_without_namesakes(match) is not match.band


def _added(sight: Sight, known: KnownMention | None, circumstance: Circumstance, *, now: datetime) -> Verdict:
    if sight.match is None or sight.assessment is None:
        return SEEN if known is not None else Verdict(reason=None, held_back=HeldBack.ENGINE_SAYS)
    if known is None or not known.has_passages:
        # A page that the engine named when we began, and that can be read only now, was online already.
        is_seeding = circumstance.is_seeding or (known is not None and known.was_seeded)
        return _first_sight(sight, sight.assessment, replace(circumstance, is_seeding=is_seeding), now=now)
    return _next_sight(sight, sight.assessment, known, circumstance)


def _first_sight(sight: Sight, assessment: Assessment, circumstance: Circumstance, *, now: datetime) -> Verdict:
    if circumstance.is_seeding:
        return Verdict(reason=PartReason.ALREADY_ONLINE, held_back=HeldBack.SEEDED, passages=sight.passages)
    if is_old(circumstance, now=now) and assessment.severity < GRAVE:
        return Verdict(reason=PartReason.FOUND_NOW, held_back=HeldBack.OLD, passages=sight.passages)
    return Verdict(reason=PartReason.NEW, passages=sight.passages)


def _next_sight(sight: Sight, assessment: Assessment, known: KnownMention, circumstance: Circumstance) -> Verdict:
    unknown = news_among(sight.passages, known.runs)
    is_graver = assessment.severity > known.severity and assessment.severity >= GRAVE
    if not unknown:
        return Verdict(reason=PartReason.GRAVER) if is_graver else SEEN
    if is_graver:
        return Verdict(reason=PartReason.GRAVER, passages=unknown)
    if circumstance.is_seeding:
        return Verdict(reason=PartReason.ALREADY_ONLINE, held_back=HeldBack.SEEDED, passages=unknown)
    if assessment.severity < GRAVE and not _is_added(sight, unknown, known, circumstance):
        return Verdict(reason=PartReason.SNIPPET, passages=unknown)
    return Verdict(reason=PartReason.ADDED, passages=unknown)


def _is_added(sight: Sight, unknown: tuple[Passage, ...], known: KnownMention, circumstance: Circumstance) -> bool:
    """Tell whether an unknown Passage was added to its Page, or only was not shown to us before.

    Where the page was seen as a whole before, what is unknown was added; but a teaser of another Source is in its own words.
    Otherwise it was added where the same Source shows it in the place of, or beside, what it showed before. A snippet is
    cut anew for every query, and the first full text says much that a teaser did not.
    """
    is_teaser = circumstance.carries is Carries.TEASER
    if circumstance.was_page_read and not is_teaser:
        return True
    if not known.was_seen_by_source or circumstance.carries is Carries.SNIPPET:
        return False
    return is_teaser or len(unknown) < sum(not passage.is_title for passage in sight.passages)


def news_among(passages: tuple[Passage, ...], runs: AbstractSet[int]) -> tuple[Passage, ...]:
    """Return the passages that are news on a Page where *runs* are known; a title never is, nor its copy in the text."""
    known = runs | frozenset(run for passage in passages if passage.is_title for run in passage.runs)
    return tuple(p for p in passages if not p.is_title and not is_known(p, known, has_passages=True))


def is_old(circumstance: Circumstance, *, now: datetime) -> bool:
    """Tell whether the Page is "found now, not new"."""
    if circumstance.published_at is None:
        return circumstance.is_search_without_limit
    return now - circumstance.published_at > OLD_AFTER


@dataclass(frozen=True, slots=True)
class FormSeen:
    """Since when a Search is asked for a spelling, and when it first gave a whole answer."""

    first_asked_at: datetime
    first_whole_at: datetime | None


def is_first_asking(seen: FormSeen | None, *, every: timedelta, now: datetime) -> bool:
    """Tell whether a Search still has to give its first whole answer to a spelling; it does not get for ever to do so."""
    if seen is None:
        return True
    return is_seeding_source(first_look_at=seen.first_asked_at, first_whole_look_at=seen.first_whole_at, every=every, now=now)


def is_seeding_source(
    *, first_look_at: datetime | None, first_whole_look_at: datetime | None, every: timedelta, now: datetime
) -> bool:
    """Tell whether a Source (or a form at a Search) is still being looked at for the first time."""
    if first_whole_look_at is not None:
        return False
    if first_look_at is None:
        return True
    return now - first_look_at < max(SEEDING_AT_LEAST, SEEDING_ROUNDS * every)
