"""Claim, send, mark: what arrives, what is tried again, and what dies loudly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from monitor.actions.channels import confirm_channel, sync_channels
from monitor.core.model import Role
from monitor.core.references import reference
from monitor.pipeline.compose import Composer
from monitor.pipeline.deliver import LEASE, Outlet, deliver_due
from monitor.ports import Message, Notifier, NotifierError, NotifierTools, Settings
from monitor.storage import deliveries, schema
from monitor.wording import House
from tests.fakes import FakeClock, FakeLog
from tests.pipeline.rig import RULES, SANNE, YOUSSEF, Rig, hit
from tests.pipeline.test_mentions import COMMENT, TEXT


class ScriptedNotifier(Notifier[Settings]):
    """Takes every message, unless told to refuse the next ones."""

    Settings: ClassVar[type[Settings]] = Settings
    summary = "scripted"
    limit = 0

    def __init__(self) -> None:
        clock = FakeClock()
        super().__init__(Settings(), NotifierTools(connect=_no_connect, clock=clock, log=FakeLog()))
        self.sent: list[Message] = []
        self.refusals: list[Exception] = []
        self.before: Callable[[], None] = lambda: None

    @property
    def per_minute(self) -> int:
        return self.limit

    def send(self, message: Message) -> None:
        self.before()
        if self.refusals:
            raise self.refusals.pop(0)
        self.sent.append(message)

    def check(self) -> None:
        return None


def _no_connect(host: str, port: int, *, timeout: timedelta) -> None:
    raise AssertionError("a scripted notifier connects to nothing")


@pytest.fixture
def rig(sqlite_database) -> Rig:  # noqa: ANN001
    return Rig(sqlite_database).begin(SANNE, YOUSSEF).seeded()


@pytest.fixture
def notifier() -> ScriptedNotifier:
    return ScriptedNotifier()


def outlet(rig: Rig, notifier: ScriptedNotifier) -> Outlet:
    house = House(organisation="Jeugdbescherming Voorbeeld", zone=ZoneInfo("Europe/Amsterdam"))
    return Outlet("mail", notifier, Composer(rig.world, house, "x7@example.org").compose)


def deliver(rig: Rig, notifier: ScriptedNotifier) -> int:
    return deliver_due(rig.world, outlet(rig, notifier))


def states(rig: Rig) -> list[str]:
    with rig.db.read() as tx:
        return list(tx.execute(select(schema.delivery.c.state).order_by(schema.delivery.c.id)).scalars())


def test_an_alert_reaches_her_own_address_and_carries_its_reference(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))

    deliver(rig, notifier)

    (message,) = notifier.sent
    assert (message.to, message.reference, states(rig)) == ("sanne@example.org", reference(1), ["sent"])
    assert "Sanne van der Molen" in message.text


def test_subject_and_identity_name_nobody(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))

    deliver(rig, notifier)

    (message,) = notifier.sent
    assert "Molen" not in message.subject + message.message_id + message.thread


def test_nothing_is_sent_twice(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))

    counts = [deliver(rig, notifier), deliver(rig, notifier)]

    assert (counts, len(notifier.sent)) == ([1, 0], 1)


def test_what_comes_before_the_claim_joins_the_message_and_what_comes_after_opens_the_next(
    rig: Rig, notifier: ScriptedNotifier
) -> None:
    rig.poll(hit(TEXT))
    notifier.before = lambda: rig.poll(hit(TEXT + COMMENT)) if not notifier.sent else None

    deliver(rig, notifier)
    deliver(rig, notifier)

    assert [message.thread for message in notifier.sent] == [notifier.sent[0].thread] * 2
    assert len({message.message_id for message in notifier.sent}) == 2


def test_a_busy_mail_server_is_tried_again_with_the_same_identity(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    notifier.refusals.append(NotifierError("451", retryable=True, retry_after=timedelta(minutes=5)))
    deliver(rig, notifier)

    early = deliver(rig, notifier)
    rig.clock.advance(timedelta(minutes=6))
    deliver(rig, notifier)

    assert (early, states(rig), notifier.sent[0].reference) == (0, ["sent"], reference(1))


def test_a_refused_recipient_is_a_dead_letter_and_the_operator_hears_of_it(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    notifier.refusals.append(NotifierError("550", retryable=False))

    deliver(rig, notifier)
    deliver(rig, notifier)

    assert (states(rig), notifier.sent[0].to) == (["dead", "sent"], "ops@example.org")


def test_after_three_days_of_trying_a_message_is_dead(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    notifier.refusals += [NotifierError("451", retryable=True)] * 2
    deliver(rig, notifier)
    rig.clock.advance(timedelta(days=3, hours=1))

    deliver(rig, notifier)

    assert states(rig)[0] == "dead"


def test_a_dead_letter_about_dead_letters_makes_no_more_of_them(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    notifier.refusals += [NotifierError("550", retryable=False)] * 2

    deliver(rig, notifier)
    deliver(rig, notifier)
    left = deliver(rig, notifier)

    assert (states(rig), left) == (["dead", "dead"], 0)


def test_a_notifier_that_breaks_its_promise_loses_nothing(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    notifier.refusals.append(ZeroDivisionError())
    deliver(rig, notifier)
    rig.clock.advance(timedelta(hours=2))

    deliver(rig, notifier)

    assert states(rig) == ["sent"]


def test_whoever_died_while_sending_is_followed_by_another_try(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    with rig.db.write("claim") as tx:
        deliveries.claim_due(tx, "mail", now=rig.clock.now(), lease=LEASE, limit=10)
    within_lease = deliver(rig, notifier)
    rig.clock.advance(LEASE)

    deliver(rig, notifier)

    assert (within_lease, states(rig)) == (0, ["sent"])


def test_no_more_is_sent_a_minute_than_the_server_takes(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(*(hit(TEXT, address=f"https://news.example.org/{number}") for number in range(5)))
    notifier.limit = 2

    counts = [deliver(rig, notifier), deliver(rig, notifier)]
    rig.clock.advance(timedelta(minutes=1, seconds=1))
    counts.append(deliver(rig, notifier))

    assert counts == [2, 0, 2]


def test_an_address_outside_the_organisation_gets_nothing_but_its_code_until_it_is_confirmed(
    sqlite_database,  # noqa: ANN001
    notifier: ScriptedNotifier,
) -> None:
    rig = Rig(sqlite_database).begin(replace(SANNE, email="sanne@elsewhere.example.net")).seeded()
    rig.poll(hit(TEXT))
    deliver(rig, notifier)
    (code_mail,) = notifier.sent

    channel = confirm_channel(rig.acting, "TOKEN001")
    rig.clock.advance(timedelta(days=1))
    deliver(rig, notifier)

    assert "TOKEN001" in code_mail.text
    assert channel is not None
    assert [message.to for message in notifier.sent] == ["sanne@elsewhere.example.net"] * 2
    assert "news.example.org" in notifier.sent[1].text


def test_a_code_confirms_once_and_only_in_time(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(replace(SANNE, email="sanne@elsewhere.example.net"))
    rig.clock.advance(timedelta(days=15))

    assert (confirm_channel(rig.acting, "TOKEN001"), confirm_channel(rig.acting, "nonsense")) == (None, None)


def test_a_code_is_forgotten_once_it_was_sent(sqlite_database, notifier: ScriptedNotifier) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(replace(SANNE, email="sanne@elsewhere.example.net"))

    deliver(rig, notifier)

    with rig.db.read() as tx:
        assert list(tx.execute(select(schema.delivery.c.notice)).scalars()) == [{}]


def test_the_digest_gathers_until_its_hour(rig: Rig, notifier: ScriptedNotifier) -> None:
    old = {"published_at": rig.clock.now() - timedelta(days=60)}
    rig.poll(hit(TEXT, **old))
    before = deliver(rig, notifier)
    rig.poll(hit(COMMENT, address="https://forum.example.org/9", **old))
    rig.clock.advance(timedelta(hours=22))

    deliver(rig, notifier)

    assert (before, len(notifier.sent), rig.told()) == (0, 1, [("digest", "found_now")] * 2)


def test_a_time_that_only_a_wrong_clock_can_have_written_counts_as_due(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    with rig.db.write("test") as tx:
        tx.execute(update(schema.delivery).values(due_at=rig.clock.now() + timedelta(days=30)))

    assert deliver(rig, notifier) == 1


def test_who_was_withdrawn_is_told_nothing_more(rig: Rig, notifier: ScriptedNotifier) -> None:
    rig.poll(hit(TEXT))
    rig.register(YOUSSEF)

    assert deliver(rig, notifier) == 0


def test_a_new_address_has_to_be_confirmed_anew(rig: Rig) -> None:
    rig.register(replace(SANNE, email="sanne@elsewhere.example.net"), YOUSSEF)

    with rig.db.read() as tx:
        row = tx.execute(select(schema.channel).where(schema.channel.c.address == "sanne@elsewhere.example.net")).one()

    assert (row.confirmed_at, row.role) == (None, Role.PERSON.value)


def test_a_channel_that_left_the_configuration_is_used_no_more(rig: Rig) -> None:
    sync_channels(rig.acting, replace(RULES, configured=()))

    with rig.db.read() as tx:
        roles = set(tx.execute(select(schema.channel.c.role).where(schema.channel.c.retired_at.is_(None))).scalars())

    assert roles == {"person"}
