"""Messages that were planned by a clock that was ahead, and went back before they were sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.pipeline.deliver import deliver_due
from monitor.storage.engine import Database
from tests.pipeline.conftest import sqlite_database
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit
from tests.pipeline.test_delivery import ScriptedNotifier, outlet
from tests.pipeline.test_mentions import TEXT

__all__ = ["sqlite_database"]


@pytest.fixture
def rig(sqlite_database: Database) -> Rig:
    return Rig(sqlite_database).begin(SANNE, YOUSSEF)


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)], ids=["second", "hour", "day"])
def test_an_alert_goes_out_at_once_though_the_clock_went_back(rig: Rig, back: timedelta) -> None:
    notifier = ScriptedNotifier()
    rig.seeded().poll(hit(TEXT))

    rig.clock.advance(-back)
    deliver_due(rig.world, outlet(rig, notifier))

    assert [message.to for message in notifier.sent] == ["sanne@example.org"]


def test_a_summary_still_waits_for_its_hour(rig: Rig) -> None:
    notifier = ScriptedNotifier()
    rig.poll(hit(TEXT))

    deliver_due(rig.world, outlet(rig, notifier))

    assert rig.told() == [("summary", "already_online")]
    assert notifier.sent == []
