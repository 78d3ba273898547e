"""What the database remembers of a clock that was wrong holds nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from monitor.pipeline.deliver import Outlet, deliver_due
from monitor.pipeline.due import due_now
from monitor.ports import Message, Notifier, NotifierError, NotifierTools, Settings
from monitor.storage import memory
from monitor.storage.deliveries import Claimed
from monitor.storage.engine import Database
from monitor.storage.schema import metadata
from tests.fakes import FakeClock, FakeLog
from tests.pipeline.rig import SANNE, Rig, hit

HOUR = timedelta(hours=1)
TEXT = "Sanne van der Molen van Jeugdbescherming Voorbeeld sprak op {} van vandaag."


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    db = Database(f"sqlite:///{tmp_path / 'naamwacht.db'}")
    db.create()
    with db.write("test") as tx:
        metadata.create_all(tx)
    yield Rig(db).begin(SANNE).seeded()
    db.close()


class Counting(Notifier[Settings]):
    """Takes one message a minute, and counts them."""

    Settings: ClassVar[type[Settings]] = Settings
    summary = "counting"
    per_minute = 1

    def __init__(self) -> None:
        super().__init__(Settings(), NotifierTools(connect=_no_way, clock=FakeClock(), log=FakeLog()))
        self.sent: list[str] = []
        self.is_down = False

    def send(self, message: Message) -> None:
        if self.is_down:
            raise NotifierError("later", retryable=True)
        self.sent.append(message.to)

    def check(self) -> None:
        return


def _no_way(*_: object, **__: object) -> object:
    raise OSError("no way out")


def due_feeds(rig: Rig) -> list[str]:
    found = due_now(rig.world, feeds=["feed"], searches=[], busy=())
    return [source.name for source, _ in found]


def test_a_feed_that_was_just_read_waits_its_time(rig: Rig):
    rig.clock.advance(timedelta(minutes=1))

    assert due_feeds(rig) == []


@pytest.mark.parametrize("back", [timedelta(seconds=1), HOUR, timedelta(days=30)], ids=["a second", "an hour", "a month"])
def test_a_feed_is_due_at_once_when_the_clock_went_back(rig: Rig, back: timedelta):
    rig.clock.advance(-back)

    assert due_feeds(rig) == ["feed"]


def test_a_feed_that_was_read_after_the_clock_went_back_waits_its_time(rig: Rig):
    rig.clock.advance(-HOUR)
    rig.poll()
    rig.clock.advance(timedelta(minutes=1))

    assert due_feeds(rig) == []


def test_a_feed_that_asked_for_rest_is_read_when_the_clock_went_back(rig: Rig):
    rig.poll(not_before=rig.clock.now() + timedelta(hours=20))
    rig.clock.advance(-HOUR)

    assert due_feeds(rig) == ["feed"]


def test_a_month_asleep_makes_a_feed_due_once(rig: Rig):
    rig.clock.advance(timedelta(days=30))
    before = due_feeds(rig)
    rig.poll()

    assert (before, due_feeds(rig)) == (["feed"], [])


def test_mail_goes_on_where_the_clock_went_back_after_a_minute_of_much_mail(rig: Rig):
    counting = Counting()
    outlet = Outlet("mail", counting, _message)
    rig.poll(hit(TEXT.format("maandag"), "https://news.example.org/1"))
    deliver_due(rig.world, outlet)
    rig.clock.advance(-HOUR)
    rig.poll(hit(TEXT.format("dinsdag"), "https://news.example.org/2"))

    deliver_due(rig.world, outlet)

    assert counting.sent == ["sanne@example.org"] * 2


def due_watches(rig: Rig) -> int:
    return len(due_now(rig.world, feeds=[], searches=["search"], busy=()))


def test_a_search_is_asked_on_when_the_clock_went_back(rig: Rig):
    rig.clock.advance(-HOUR)

    assert due_watches(rig) == 1


def test_a_message_that_waits_for_another_try_goes_out_when_the_clock_went_back(rig: Rig):
    counting = Counting()
    outlet = Outlet("mail", counting, _message)
    counting.is_down = True
    rig.poll(hit(TEXT.format("maandag")))
    deliver_due(rig.world, outlet)
    counting.is_down = False
    rig.clock.advance(-HOUR)

    deliver_due(rig.world, outlet)

    assert counting.sent == ["sanne@example.org"]


def test_a_digest_waits_for_its_hour_when_the_clock_went_back(rig: Rig):
    counting = Counting()
    rig.poll(hit(TEXT.format("maandag"), published_at=rig.clock.now() - timedelta(days=40)))
    rig.clock.advance(-HOUR)

    deliver_due(rig.world, Outlet("mail", counting, _message))

    assert counting.sent == []


@pytest.mark.parametrize(
    ("day", "is_done"),
    [(date(2026, 11, 24), True), (date(2026, 11, 23), True), (date(2026, 11, 25), False), (date(2026, 10, 24), False)],
    ids=["the same day", "back over midnight", "the next day", "a month back"],
)
def test_a_night_is_done_once_and_never_waited_for_a_month(rig: Rig, day: date, is_done: bool):  # noqa: FBT001
    with rig.db.write("test") as tx:
        memory.mark_done_on(tx, "work", date(2026, 11, 24))

        assert memory.was_done_on(tx, "work", day) is is_done


def _message(claimed: Claimed) -> Message:
    return Message(to=claimed.to, subject="s", text="t", html="", message_id="1@example.org", reference="NW-0001", thread="t")
