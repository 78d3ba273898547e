from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.core.model import Assessment, Audience, Band, Carries, Field, Match, NameGrade, Reason, Severity, Span
from monitor.core.passages import Passage
from monitor.core.triage import SEEN, Circumstance, HeldBack, KnownMention, PartReason, Sight, is_seeding_source, triage
from tests.fakes import NOW

SPAN = Span(Field.TEXT, 0, 5, "Sanne", "full")
TITLE = Span(Field.TITLE, 0, 5, "Sanne", "full")


def passage(*runs: int, span: Span = SPAN) -> Passage:
    return Passage(span=span, text="...", runs=frozenset(runs), is_title=span.field is Field.TITLE)


def sight(*passages: Passage, severity: Severity = Severity.INFO) -> Sight:
    match = Match(person_id=1, name=NameGrade.CLEAR, confidence=0.98, band=Band.CERTAIN, spans=(SPAN,))
    return Sight(person_id=1, match=match, assessment=Assessment(severity=severity, audience=Audience.WORK), passages=passages)


def known(*runs: int, severity: Severity = Severity.INFO, has_passages: bool = True, is_dismissed: bool = False) -> KnownMention:
    return KnownMention(
        id=7,
        runs=frozenset(runs),
        has_passages=has_passages,
        severity=severity,
        was_seeded=False,
        was_seen_by_source=True,
        is_dismissed=is_dismissed,
    )


NAMESAKE = Reason("namesake", {"profile": 7, "page": True, "site": False, "author": False, "terms": 0})
FULL = Reason("form", {"form": "full"})
CONTEXT = Reason("organisation", {"term": "Jeugdbescherming Voorbeeld"})


def like_a_namesakes(band: Band, severity: Severity = Severity.INFO) -> Sight:
    """A sight that would be probable or certain without what was learned."""
    match = Match(person_id=1, name=NameGrade.CLEAR, confidence=0.5, band=band, spans=(SPAN,), reasons=(FULL, CONTEXT, NAMESAKE))
    return replace(sight(passage(7, 8, 9), severity=severity), match=match)


TODAY = Circumstance(
    carries=Carries.TEXT,
    is_seeding=False,
    was_page_read=False,
    published_at=NOW - timedelta(hours=1),
    is_search_without_limit=False,
)


def test_a_name_on_an_unknown_page_is_new() -> None:
    verdict = triage(sight(passage(1, 2)), None, TODAY, now=NOW)

    assert (verdict.reason, verdict.held_back) == (PartReason.NEW, HeldBack.NO)


def test_the_same_passage_again_is_seen() -> None:
    verdict = triage(sight(passage(1, 2, 3, 4)), known(1, 2, 3, 4), TODAY, now=NOW)

    assert verdict == SEEN


def test_a_passage_of_which_half_the_runs_are_known_is_seen() -> None:
    verdict = triage(sight(passage(1, 2, 8, 9)), known(1, 2, 3, 4), TODAY, now=NOW)

    assert verdict == SEEN


def test_a_new_passage_on_a_known_page_is_added() -> None:
    verdict = triage(sight(passage(1, 2), passage(7, 8, 9)), known(1, 2), TODAY, now=NOW)

    assert (verdict.reason, verdict.passages) == (PartReason.ADDED, (passage(7, 8, 9),))


def test_an_edited_title_is_never_news() -> None:
    verdict = triage(sight(passage(7, 8, 9, span=TITLE)), known(1, 2), TODAY, now=NOW)

    assert verdict == SEEN


def test_a_snippet_of_a_page_never_read_waits_for_the_digest() -> None:
    verdict = triage(sight(passage(7, 8, 9)), known(1, 2), replace(TODAY, carries=Carries.SNIPPET), now=NOW)

    assert verdict.reason is PartReason.SNIPPET


def test_a_snippet_of_a_page_that_was_read_is_news() -> None:
    circumstance = replace(TODAY, carries=Carries.SNIPPET, was_page_read=True)

    verdict = triage(sight(passage(7, 8, 9)), known(1, 2), circumstance, now=NOW)

    assert verdict.reason is PartReason.ADDED


@pytest.mark.parametrize(
    ("circumstance", "reason"),
    [
        (replace(TODAY, published_at=NOW - timedelta(days=30)), PartReason.NEW),
        (replace(TODAY, published_at=NOW - timedelta(days=31)), PartReason.FOUND_NOW),
        (replace(TODAY, published_at=None), PartReason.NEW),
        (replace(TODAY, published_at=None, is_search_without_limit=True), PartReason.FOUND_NOW),
        (replace(TODAY, published_at=NOW, is_search_without_limit=True), PartReason.NEW),
    ],
    ids=["30 days", "31 days", "undated in a feed", "undated, search without limit", "dated, search without limit"],
)
def test_an_old_page_is_found_now_and_not_new(circumstance: Circumstance, reason: PartReason) -> None:
    verdict = triage(sight(passage(1, 2)), None, circumstance, now=NOW)

    assert verdict.reason is reason


def test_a_grave_old_page_is_new() -> None:
    circumstance = replace(TODAY, published_at=NOW - timedelta(days=400))

    verdict = triage(sight(passage(1, 2), severity=Severity.URGENT), None, circumstance, now=NOW)

    assert verdict.reason is PartReason.NEW


def test_what_was_online_when_we_began_is_seeded() -> None:
    verdict = triage(sight(passage(1, 2)), None, replace(TODAY, is_seeding=True), now=NOW)

    assert (verdict.reason, verdict.held_back) == (PartReason.ALREADY_ONLINE, HeldBack.SEEDED)


def test_what_only_the_engine_says_is_kept_and_told_to_nobody() -> None:
    verdict = triage(Sight(person_id=1), None, TODAY, now=NOW)

    assert (verdict.reason, verdict.held_back) == (None, HeldBack.ENGINE_SAYS)


def test_a_name_seen_where_so_far_only_the_engine_spoke_is_new() -> None:
    verdict = triage(sight(passage(1, 2)), known(has_passages=False), TODAY, now=NOW)

    assert verdict.reason is PartReason.NEW


def test_a_known_passage_that_turned_grave_is_told() -> None:
    verdict = triage(sight(passage(1, 2), severity=Severity.CRITICAL), known(1, 2), TODAY, now=NOW)

    assert (verdict.reason, verdict.passages) == (PartReason.GRAVER, ())


@pytest.mark.parametrize(
    ("first", "first_whole", "expected"),
    [
        (None, None, True),
        (NOW - timedelta(hours=2), None, True),
        (NOW - timedelta(hours=25), None, False),
        (NOW - timedelta(hours=2), NOW - timedelta(hours=1), False),
    ],
    ids=["never looked", "never whole yet", "never whole for a day", "was whole once"],
)
def test_a_source_seeds_until_its_first_whole_look_but_not_for_ever(first, first_whole, expected) -> None:  # noqa: ANN001
    every = timedelta(hours=1)

    assert is_seeding_source(first_look_at=first, first_whole_look_at=first_whole, every=every, now=NOW) is expected


@pytest.mark.parametrize("mention", [None, known(1, 2, is_dismissed=False)], ids=["new page", "known page"])
@pytest.mark.parametrize("band", [Band.POSSIBLE, Band.UNLIKELY])
def test_what_is_told_later_because_of_a_namesake_says_so(mention: KnownMention | None, band: Band) -> None:
    assert triage(like_a_namesakes(band), mention, TODAY, now=NOW).held_back is HeldBack.NAMESAKE


def test_what_is_told_at_once_all_the_same_is_not_held_back() -> None:
    assert triage(like_a_namesakes(Band.PROBABLE), None, TODAY, now=NOW).held_back is HeldBack.NO


def test_what_is_only_possible_anyway_is_not_held_back_by_a_namesake() -> None:
    seen = sight(passage(7, 8, 9))
    assert seen.match is not None

    verdict = triage(replace(seen, match=replace(seen.match, band=Band.POSSIBLE, reasons=(FULL,))), None, TODAY, now=NOW)

    assert verdict.held_back is HeldBack.NO


@pytest.mark.parametrize("has_passages", [True, False], ids=["seen before", "only the engine spoke of it"])
def test_a_new_passage_on_a_dismissed_page_is_kept_and_told_to_nobody(has_passages: bool) -> None:  # noqa: FBT001
    mention = known(*((1, 2) if has_passages else ()), has_passages=has_passages, is_dismissed=True)

    verdict = triage(sight(passage(7, 8, 9), severity=Severity.NOTICE), mention, TODAY, now=NOW)

    assert (verdict.reason, verdict.held_back, verdict.passages) == (None, HeldBack.DISMISSED, (passage(7, 8, 9),))


@pytest.mark.parametrize("severity", [Severity.URGENT, Severity.CRITICAL])
@pytest.mark.parametrize("before", [Severity.INFO, Severity.CRITICAL], ids=["harmless before", "grave before"])
def test_a_grave_passage_on_a_dismissed_page_is_told_as_usual(severity: Severity, before: Severity) -> None:
    seen = sight(passage(7, 8, 9), severity=severity)

    dismissed = triage(seen, known(1, 2, severity=before, is_dismissed=True), TODAY, now=NOW)

    assert dismissed == triage(seen, known(1, 2, severity=before), TODAY, now=NOW)
    assert dismissed.reason is not None


@pytest.mark.parametrize("severity", [Severity.URGENT, Severity.CRITICAL])
def test_a_grave_passage_like_a_namesakes_is_not_held_back(severity: Severity) -> None:
    verdict = triage(like_a_namesakes(Band.UNLIKELY, severity), None, TODAY, now=NOW)

    assert (verdict.reason, verdict.held_back) == (PartReason.NEW, HeldBack.NO)
