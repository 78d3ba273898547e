from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.core.alerting import DigestHour, Planned, Reachable, band_told, plan_alerts
from monitor.core.matching.confidence import band, confidence
from monitor.core.model import Band, DeliveryKind, Match, NameGrade, Reason, Role, Severity
from monitor.core.triage import PartReason
from tests.fakes import NOW

HERS = Reachable(id=1, role=Role.PERSON, person_id=5, is_confirmed=True)
UNCONFIRMED = Reachable(id=4, role=Role.PERSON, person_id=5, is_confirmed=False)
COLLEAGUE = Reachable(id=2, role=Role.PERSON, person_id=6, is_confirmed=True)
OFFICER = Reachable(id=3, role=Role.OFFICER, person_id=None, is_confirmed=True)
OPERATOR = Reachable(id=9, role=Role.OPERATOR, person_id=None, is_confirmed=True)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DIGEST = DigestHour(time(7, 30), AMSTERDAM)


def plan(
    band: Band, severity: Severity, reason: PartReason = PartReason.NEW, *channels: Reachable
) -> tuple[tuple[int, DeliveryKind], ...]:
    planned = _plans(band, severity, reason, *(channels or (HERS, COLLEAGUE, OFFICER, OPERATOR)))
    return tuple((each.channel_id, each.kind) for each in planned)


def _plans(band: Band, severity: Severity, reason: PartReason, *channels: Reachable) -> tuple[Planned, ...]:
    return plan_alerts(
        person_id=5, page_id=8, reason=reason, band=band, severity=severity, channels=channels, digest=DIGEST, now=NOW
    )


ALERT, SUMMARY, DAILY = DeliveryKind.ALERT, DeliveryKind.SUMMARY, DeliveryKind.DIGEST
INFO, NOTICE, URGENT, CRITICAL = Severity.INFO, Severity.NOTICE, Severity.URGENT, Severity.CRITICAL


@pytest.mark.parametrize(
    ("band", "severity", "expected"),
    [
        (Band.CERTAIN, INFO, ((1, ALERT),)),
        (Band.CERTAIN, NOTICE, ((1, ALERT),)),
        (Band.CERTAIN, URGENT, ((1, ALERT), (3, ALERT))),
        (Band.CERTAIN, CRITICAL, ((1, ALERT), (3, ALERT))),
        (Band.PROBABLE, INFO, ((1, ALERT),)),
        (Band.PROBABLE, URGENT, ((1, ALERT), (3, ALERT))),
        (Band.POSSIBLE, INFO, ((1, DAILY),)),
        (Band.POSSIBLE, URGENT, ((1, DAILY),)),
        (Band.POSSIBLE, CRITICAL, ((1, DAILY), (3, ALERT))),
        (Band.UNLIKELY, INFO, ()),
        (Band.UNLIKELY, URGENT, ()),
        (Band.UNLIKELY, CRITICAL, ((3, DAILY),)),
    ],
)
def test_the_table_says_who_is_told_and_when(band, severity, expected) -> None:  # noqa: ANN001
    assert plan(band, severity) == expected


def test_what_was_online_before_goes_into_one_summary() -> None:
    assert plan(Band.CERTAIN, INFO, PartReason.ALREADY_ONLINE) == ((1, SUMMARY),)


def test_what_was_online_before_and_only_possibly_her_goes_into_the_summary_too() -> None:
    assert plan(Band.POSSIBLE, INFO, PartReason.ALREADY_ONLINE) == ((1, SUMMARY),)


def test_what_was_online_before_and_is_grave_is_told_at_once() -> None:
    assert plan(Band.CERTAIN, URGENT, PartReason.ALREADY_ONLINE) == ((1, ALERT), (3, ALERT))


@pytest.mark.parametrize("reason", [PartReason.FOUND_NOW, PartReason.SNIPPET])
def test_what_is_found_now_but_not_new_waits_for_the_digest(reason: PartReason) -> None:
    assert plan(Band.CERTAIN, INFO, reason) == ((1, DAILY),)


def test_a_channel_that_is_not_confirmed_only_collects() -> None:
    assert plan(Band.CERTAIN, INFO, PartReason.NEW, UNCONFIRMED) == ((4, SUMMARY),)


@pytest.mark.parametrize("band", [Band.CERTAIN, Band.POSSIBLE])
def test_what_is_grave_is_collected_as_an_alert(band: Band) -> None:
    assert plan(band, URGENT, PartReason.ADDED, UNCONFIRMED) == ((4, ALERT),)


def test_alerts_about_one_person_and_page_share_a_thread() -> None:
    (planned,) = _plans(Band.CERTAIN, INFO, PartReason.NEW, HERS)

    assert (planned.thread, planned.due_at) == ("5:8", NOW)


def test_the_digest_is_due_at_its_hour() -> None:
    (planned,) = _plans(Band.POSSIBLE, INFO, PartReason.NEW, HERS)

    assert planned.due_at == datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), datetime(2026, 11, 25, 6, 30, tzinfo=UTC)),
        (datetime(2026, 11, 24, 18, 30, tzinfo=UTC), datetime(2026, 11, 25, 6, 30, tzinfo=UTC)),
        (datetime(2026, 11, 24, 18, 31, tzinfo=UTC), datetime(2026, 11, 26, 6, 30, tzinfo=UTC)),
    ],
    ids=["in the morning", "twelve hours before", "just too late"],
)
def test_a_summary_waits_until_first_looks_had_half_a_day(now: datetime, expected: datetime) -> None:
    (planned,) = plan_alerts(
        person_id=5,
        page_id=8,
        reason=PartReason.ALREADY_ONLINE,
        band=Band.CERTAIN,
        severity=INFO,
        channels=[HERS],
        digest=DIGEST,
        now=now,
    )

    assert (planned.kind, planned.due_at) == (SUMMARY, expected)


@pytest.mark.parametrize(
    ("now", "at", "expected"),
    [
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 0, tzinfo=UTC), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), time(2, 30), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)),
    ],
    ids=["hour that summer time skips", "hour that comes twice, first", "hour that comes twice, not again"],
)
def test_a_change_of_summer_time_neither_skips_nor_doubles_the_digest(now: datetime, at: time, expected: datetime) -> None:
    assert DigestHour(at, AMSTERDAM).next_after(now) == expected


def test_a_digest_comes_once_every_day_for_ten_years() -> None:
    moments = [datetime(2024, 1, 1, tzinfo=UTC)]
    moments += [DIGEST.next_after(moments[0] + timedelta(days=day)) for day in range(3650)]

    assert len(set(moments)) == 3651


def test_namesakes_decide_only_about_what_is_not_grave() -> None:
    namesake = Reason("namesake", {"profile": 7, "page": True, "site": False, "author": False, "terms": 0})
    reasons = (Reason("form", {"form": "full"}), Reason("organisation", {"term": "Voorbeeld"}))
    match = Match(person_id=5, name=NameGrade.CLEAR, confidence=0.2, band=Band.UNLIKELY, spans=(), reasons=(*reasons, namesake))

    without = band(confidence(reasons))

    assert without in (Band.PROBABLE, Band.CERTAIN)
    assert [band_told(match, severity) for severity in Severity] == [Band.UNLIKELY, Band.UNLIKELY, without, without]


def test_without_a_namesake_the_band_is_that_of_the_match() -> None:
    match = Match(person_id=5, name=NameGrade.CLEAR, confidence=0.5, band=Band.POSSIBLE, spans=())

    assert [band_told(match, severity) for severity in Severity] == [Band.POSSIBLE] * 4
