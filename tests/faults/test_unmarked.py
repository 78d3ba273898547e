"""A database that takes no writes for a while, as on a full disk, while messages go out."""

from __future__ import annotations

from contextlib import suppress

import pytest

from monitor.pipeline.deliver import Outlet, deliver_due
from monitor.ports import StorageError
from monitor.storage.engine import Database, no_failpoint
from tests.pipeline.conftest import sqlite_database
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit
from tests.pipeline.test_delivery import ScriptedNotifier, outlet, states
from tests.pipeline.test_mentions import TEXT

__all__ = ["sqlite_database"]


class FullAt:
    """A failpoint at which the disk is full, from the *times*-th time on."""

    def __init__(self, name: str, times: int = 1) -> None:
        self._name = name
        self._left = times

    def __call__(self, name: str) -> None:
        self._left -= name == self._name
        if name == self._name and self._left <= 0:
            raise StorageError("the disk is full")


@pytest.fixture
def rig(sqlite_database: Database) -> Rig:
    rig = Rig(sqlite_database).begin(SANNE, YOUSSEF).seeded()
    rig.poll(hit(TEXT + " Ook Youssef El Amrani was erbij."))
    return rig


@pytest.fixture
def notifier() -> ScriptedNotifier:
    return ScriptedNotifier()


@pytest.fixture
def mail(rig: Rig, notifier: ScriptedNotifier) -> Outlet:
    return outlet(rig, notifier)


def deliver_on_a_full_disk(rig: Rig, mail: Outlet, full: FullAt) -> None:
    rig.db.failpoint = full
    with suppress(StorageError):
        deliver_due(rig.world, mail)
    rig.db.failpoint = no_failpoint


def test_what_was_sent_and_could_not_be_marked_is_not_sent_again(rig: Rig, notifier: ScriptedNotifier, mail: Outlet) -> None:
    deliver_on_a_full_disk(rig, mail, FullAt("mark.before_commit", times=2))

    deliver_due(rig.world, mail)

    assert states(rig) == ["sent", "sent"]
    assert len(notifier.sent) == 2


def test_what_was_claimed_and_not_reached_is_sent_as_soon_as_there_is_room(
    rig: Rig, notifier: ScriptedNotifier, mail: Outlet
) -> None:
    deliver_on_a_full_disk(rig, mail, FullAt("mark.before_commit"))

    deliver_due(rig.world, mail)

    assert states(rig) == ["sent", "sent"]
    assert [message.to for message in notifier.sent] == ["sanne@example.org", "youssef@example.org"]


def test_nothing_is_sent_while_there_is_no_room(rig: Rig, notifier: ScriptedNotifier, mail: Outlet) -> None:
    deliver_on_a_full_disk(rig, mail, FullAt("mark.before_commit"))

    deliver_on_a_full_disk(rig, mail, FullAt("mark.before_commit"))

    assert len(notifier.sent) == 1
