"""What somebody is told before and after they confirm their address, and at the beginning."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.actions.channels import confirm_channel
from monitor.core.looks import LookRecord
from monitor.core.model import Severity
from monitor.pipeline.record import record_looks
from monitor.storage.engine import Database
from tests.pipeline.rig import SANNE, Rig, hit
from tests.pipeline.test_delivery import ScriptedNotifier, deliver

TEXT = "Gisteren zei Sanne van der Molen van Jeugdbescherming Voorbeeld dat het goed gaat met de wachtlijsten in de regio."
AWARD = "De jongerenwerker Sanne van der Molen van Jeugdbescherming Voorbeeld won in Utrecht een prijs voor haar boek."
OTHER = "https://other.example.org/2"
UNCONFIRMED = replace(SANNE, email="sanne@elsewhere.example.net")


@pytest.fixture
def notifier() -> ScriptedNotifier:
    return ScriptedNotifier()


@pytest.fixture
def asked(sqlite_database: Database, notifier: ScriptedNotifier) -> Rig:
    """She was sent her code, and all first Looks are over."""
    rig = Rig(sqlite_database).begin(UNCONFIRMED).seeded()
    deliver(rig, notifier)
    notifier.sent.clear()
    return rig


def as_grave(record: LookRecord, severity: Severity = Severity.URGENT) -> LookRecord:
    findings = tuple(
        replace(
            finding,
            sights=tuple(
                replace(sight, assessment=sight.assessment and replace(sight.assessment, severity=severity))
                for sight in finding.sights
            ),
        )
        for finding in record.findings
    )
    return replace(record, findings=findings)


def test_on_confirmation_what_is_grave_is_told_as_an_alert_at_once_and_the_rest_in_one_summary(
    asked: Rig, notifier: ScriptedNotifier
) -> None:
    record_looks([as_grave(asked.look(hit(TEXT)))], asked.world)
    asked.poll(hit(AWARD, address=OTHER))
    deliver(asked, notifier)
    before = [message.to for message in notifier.sent]

    confirm_channel(asked.acting, "TOKEN001")
    deliver(asked, notifier)

    _, alert, summary = notifier.sent
    assert (before, alert.to) == (["officer@example.org"], UNCONFIRMED.email)
    assert "vandaag weet" in alert.text
    assert "Zolang je nog niet had bevestigd" in summary.text
    assert "https://news.example.org/a" not in summary.text


def test_what_was_online_already_waits_for_the_end_of_the_first_looks_though_she_confirms(
    sqlite_database: Database, notifier: ScriptedNotifier
) -> None:
    rig = Rig(sqlite_database).begin(UNCONFIRMED)
    rig.poll(hit(TEXT))
    deliver(rig, notifier)

    confirm_channel(rig.acting, "TOKEN001")
    at_once = deliver(rig, notifier)
    rig.clock.advance(timedelta(days=1))
    deliver(rig, notifier)

    assert at_once == 0
    assert "Toen we begonnen, stond je naam al" in notifier.sent[-1].text


def test_who_confirms_after_days_is_told_at_once(asked: Rig, notifier: ScriptedNotifier) -> None:
    asked.poll(hit(TEXT))
    asked.clock.advance(timedelta(days=5))

    confirm_channel(asked.acting, "TOKEN001")

    assert deliver(asked, notifier) == 1


def test_a_page_with_something_new_on_it_is_not_called_old(sqlite_database: Database, notifier: ScriptedNotifier) -> None:
    rig = Rig(sqlite_database).begin(UNCONFIRMED)
    rig.poll(hit(TEXT))
    rig.seeded().poll(hit(f"{TEXT} {'En verder. ' * 20} {AWARD}"))
    deliver(rig, notifier)

    confirm_channel(rig.acting, "TOKEN001")
    deliver(rig, notifier)

    assert rig.told() == [("summary", "already_online"), ("summary", "added")]
    assert "Zolang je nog niet had bevestigd" in notifier.sent[-1].text
    assert "Bij de naam staat nu iets nieuws" in notifier.sent[-1].text


def test_what_first_looks_bring_over_hours_comes_in_one_summary(sqlite_database: Database, notifier: ScriptedNotifier) -> None:
    rig = Rig(sqlite_database).begin(SANNE)
    rig.clock.advance(timedelta(hours=21))
    rig.poll(hit(TEXT))
    rig.clock.advance(timedelta(hours=11))
    rig.ask(hit(AWARD, address=OTHER))
    early = deliver(rig, notifier)

    rig.clock.advance(timedelta(hours=23))
    deliver(rig, notifier)

    assert (early, len(notifier.sent)) == (0, 1)
    assert rig.told() == [("summary", "already_online")] * 2


def test_another_summary_says_that_something_was_added(sqlite_database: Database, notifier: ScriptedNotifier) -> None:
    rig = Rig(sqlite_database).begin(SANNE)
    rig.poll(hit(TEXT))
    rig.clock.advance(timedelta(days=1))
    deliver(rig, notifier)

    rig.ask(hit(AWARD, address=OTHER))
    rig.clock.advance(timedelta(days=2))
    deliver(rig, notifier)

    first, second = notifier.sent
    assert "nog iets bij gekomen" not in first.text
    assert "Er is nog iets bij gekomen dat er al stond" in second.text
