"""Whom a Channel reaches, and at which address, is what it is: names, notifiers and the people behind them come and go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from monitor.actions.channels import ChannelRules, confirm_channel, send_codes_again, sync_channels
from monitor.actions.people import restore, retire
from monitor.core.model import Registration, Role
from monitor.pipeline.deliver import deliver_due
from monitor.storage import deliveries, schema
from monitor.storage.channels import ChannelSetting, load_channels, load_codes_sent
from monitor.storage.engine import Database
from tests.fakes import NOW
from tests.pipeline.rig import RULES, SANNE, YOUSSEF, Rig, hit
from tests.pipeline.test_delivery import ScriptedNotifier, deliver, outlet
from tests.postgresql import *  # noqa: F403 # its fixtures

TEXT = "Gisteren zei Sanne van der Molen van Jeugdbescherming Voorbeeld dat het goed gaat met de wachtlijsten in de regio."
OFFICER, OPS = RULES.configured
OUTSIDE = "sanne@elsewhere.example.net"
SANNE_OUTSIDE = replace(SANNE, email=OUTSIDE)
NOT_TOLD_YET = replace(SANNE_OUTSIDE, informed_on=None)


def through(notifier: str, rules: ChannelRules = RULES) -> ChannelRules:
    """Return the rules with another name for the notifier."""
    return replace(
        rules,
        configured=tuple(replace(each, notifier=notifier) for each in rules.configured),
        for_people=(notifier,),
        addressed=frozenset({notifier}),
    )


def with_channels(*configured: ChannelSetting) -> ChannelRules:
    return replace(RULES, configured=configured)


def in_use(rig: Rig) -> list[tuple[str, str, str]]:
    with rig.db.read() as tx:
        return [(each.name, each.notifier, each.address) for each in load_channels(tx)]


def waiting(rig: Rig) -> list[tuple[str, str, str, str]]:
    """Return (address, kind, state, error) of every message."""
    query = select(schema.channel.c.address, schema.delivery.c.kind, schema.delivery.c.state, schema.delivery.c.last_error).join(
        schema.channel, schema.channel.c.id == schema.delivery.c.channel_id
    )
    with rig.db.read() as tx:
        return [tuple(row) for row in tx.execute(query.order_by(schema.delivery.c.id))]


def parts(rig: Rig) -> list[tuple[int, int]]:
    """Return (channel of the message, channel of the part) of every part."""
    query = select(schema.delivery.c.channel_id, schema.delivery_part.c.channel_id).join(
        schema.delivery, schema.delivery.c.id == schema.delivery_part.c.delivery_id
    )
    with rig.db.read() as tx:
        return [tuple(row) for row in tx.execute(query.order_by(schema.delivery_part.c.id))]


def codes(rig: Rig) -> list[str]:
    query = select(schema.channel.c.address).join(schema.delivery, schema.delivery.c.channel_id == schema.channel.c.id)
    with rig.db.read() as tx:
        return list(tx.execute(query.where(schema.delivery.c.thread == "confirm").order_by(schema.delivery.c.id)).scalars())


@pytest.fixture
def watched(database: Database) -> Rig:
    """A rig on each kind of database, for names and open messages are unique there."""
    return Rig(database).begin(SANNE, YOUSSEF).seeded()


# ------------------------------------------------------------------------------------------ names and notifiers


def test_a_notifier_with_another_name_sends_what_was_waiting(watched: Rig) -> None:
    watched.poll(hit(TEXT))
    notifier = ScriptedNotifier()

    sync_channels(watched.acting, through("post"))
    deliver_due(watched.world, replace(outlet(watched, notifier), name="post"))

    assert [message.to for message in notifier.sent] == ["sanne@example.org"]
    assert [each[:2] for each in in_use(watched)] == [
        ("officer", "post"),
        ("ops", "post"),
        ("person-1-post", "post"),
        ("person-2-post", "post"),
    ]


def test_a_channel_with_another_name_keeps_what_was_waiting(watched: Rig) -> None:
    with watched.db.write("test") as tx:
        deliveries.add_notice(tx, 2, "dead-letters", {"code": "dead_letters", "count": 1}, now=NOW)

    notifier = ScriptedNotifier()

    sync_channels(watched.acting, with_channels(OFFICER, replace(OPS, name="beheer")))
    deliver(watched, notifier)

    assert [message.to for message in notifier.sent] == ["ops@example.org"]
    assert ("beheer", "mail", "ops@example.org") in in_use(watched)


def test_two_channels_that_swap_their_names_stay_who_they_are(watched: Rig) -> None:
    other = replace(OFFICER, name="other", address="other@example.org")
    sync_channels(watched.acting, with_channels(OFFICER, other))

    sync_channels(watched.acting, with_channels(replace(OFFICER, name="other"), replace(other, name="officer")))

    assert sorted(each for each in in_use(watched) if not each[0].startswith("person")) == [
        ("officer", "mail", "other@example.org"),
        ("other", "mail", "officer@example.org"),
    ]


def test_syncing_twice_changes_nothing_the_second_time(watched: Rig) -> None:
    sync_channels(watched.acting, through("post"))

    assert sync_channels(watched.acting, through("post")) == 0


def test_two_notifiers_that_write_to_one_address_are_two_channels(rig: Rig) -> None:
    rig.begin()
    second = replace(OFFICER, name="second", notifier="post")
    rules = replace(RULES, configured=(OFFICER, second), addressed=frozenset({"mail", "post"}))

    sync_channels(rig.acting, rules)

    assert in_use(rig) == [("officer", "mail", "officer@example.org"), ("second", "post", "officer@example.org")]


# ------------------------------------------------------------------------------------------ what is left behind


def test_what_waits_for_an_old_address_goes_to_the_new_one(watched: Rig) -> None:
    watched.poll(hit(TEXT))

    watched.register(replace(SANNE, email="s.molen@example.org"), YOUSSEF)

    assert waiting(watched) == [("s.molen@example.org", "alert", "open", "")]
    assert [message == part for message, part in parts(watched)] == [True]


def test_a_message_that_is_tried_again_goes_to_the_new_address_under_its_old_reference(watched: Rig) -> None:
    watched.poll(hit(TEXT))
    with watched.db.write("claim") as tx:
        (claimed,) = deliveries.claim_due(tx, "mail", now=NOW, lease=timedelta(minutes=15), limit=10)
        deliveries.mark_failed(tx, claimed.id, "451", retry_at=NOW)
    notifier = ScriptedNotifier()

    watched.register(replace(SANNE, email="s.molen@example.org"), YOUSSEF)
    deliver(watched, notifier)

    assert [message.to for message in notifier.sent] == ["s.molen@example.org"]
    assert claimed.id == 1


def test_a_message_that_is_being_sent_while_its_channel_changes_is_sent_once(watched: Rig) -> None:
    watched.poll(hit(TEXT))
    notifier = ScriptedNotifier()
    notifier.before = lambda: watched.register(replace(SANNE, email="s.molen@example.org"), YOUSSEF)

    deliver(watched, notifier)
    deliver(watched, notifier)

    assert waiting(watched) == [("s.molen@example.org", "alert", "sent", "")]
    assert len(notifier.sent) == 1


def test_what_is_open_joins_what_is_open_with_the_successor_and_is_told_once(watched: Rig) -> None:
    rules = replace(RULES, for_people=("mail", "chat"))
    sync_channels(watched.acting, rules)
    old = {"published_at": NOW - timedelta(days=60)}
    watched.poll(hit(TEXT, **old))

    sync_channels(watched.acting, RULES)

    assert waiting(watched) == [("sanne@example.org", "digest", "open", "")]
    assert len(parts(watched)) == 1


def test_parts_that_only_the_old_channel_had_join_the_open_message_of_the_successor(watched: Rig) -> None:
    old = {"published_at": NOW - timedelta(days=60)}
    watched.poll(hit(TEXT, **old))
    sync_channels(watched.acting, replace(RULES, for_people=("mail", "chat")))
    watched.poll(hit("De jongerenwerker Sanne van der Molen won een prijs.", address="https://b.example.org/2", **old))

    sync_channels(watched.acting, replace(RULES, for_people=("chat",)))

    assert waiting(watched) == [("", "digest", "open", "")]
    assert [message == part for message, part in parts(watched)] == [True, True]


def test_what_nobody_is_there_for_is_a_dead_letter_and_the_operator_hears_of_it(watched: Rig) -> None:
    watched.poll(hit(TEXT))

    watched.register(replace(SANNE, email=""), YOUSSEF)

    assert waiting(watched) == [
        ("sanne@example.org", "alert", "dead", "its channel is gone"),
        ("ops@example.org", "notice", "open", ""),
    ]


def test_a_dead_letter_without_a_channel_lives_again_when_there_is_one(watched: Rig) -> None:
    watched.poll(hit(TEXT))
    watched.register(replace(SANNE, email=""), YOUSSEF)
    notifier = ScriptedNotifier()

    watched.register(replace(SANNE, email="s.molen@example.org"), YOUSSEF)
    deliver(watched, notifier)

    assert sorted(message.to for message in notifier.sent) == ["ops@example.org", "s.molen@example.org"]


def test_a_dead_letter_lives_again_when_its_own_channel_is_back(watched: Rig) -> None:
    watched.poll(hit(TEXT))
    watched.register(replace(SANNE, email=""), YOUSSEF)
    notifier = ScriptedNotifier()

    watched.register(SANNE, YOUSSEF)
    deliver(watched, notifier)

    assert sorted(message.to for message in notifier.sent) == ["ops@example.org", "sanne@example.org"]


def test_what_waits_for_somebody_withdrawn_is_no_dead_letter_and_comes_when_they_are_back(watched: Rig) -> None:
    watched.poll(hit(TEXT))
    retire(watched.acting, "p1", RULES)
    gone = waiting(watched)
    notifier = ScriptedNotifier()

    restore(watched.acting, "p1", RULES)
    deliver(watched, notifier)

    assert gone == [("sanne@example.org", "alert", "open", "")]
    assert [message.to for message in notifier.sent] == ["sanne@example.org"]


def test_alerts_never_go_to_another_role_though_the_channel_keeps_its_name(watched: Rig) -> None:
    watched.poll(hit(TEXT))
    with watched.db.write("test") as tx:
        tx.execute(update(schema.delivery_part).values(channel_id=1))
        tx.execute(update(schema.delivery).values(channel_id=1))

    sync_channels(watched.acting, with_channels(replace(OFFICER, role=Role.OPERATOR), OPS))

    assert waiting(watched)[0] == ("officer@example.org", "alert", "dead", "its channel is gone")


# ------------------------------------------------------------------------------------------ confirmation


def test_a_confirmed_address_stays_confirmed_under_another_notifier(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE)
    confirm_channel(rig.acting, "TOKEN001")

    sync_channels(rig.acting, through("post"))

    assert codes(rig) == [OUTSIDE]


def test_a_confirmed_address_stays_confirmed_when_its_owner_comes_back(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE)
    deliver(rig, ScriptedNotifier())
    confirm_channel(rig.acting, "TOKEN001")
    retire(rig.acting, "p1", RULES)

    restore(rig.acting, "p1", RULES)

    assert codes(rig) == [OUTSIDE]
    with rig.db.read() as tx:
        assert [each.confirmed_at for each in load_channels(tx, role=Role.PERSON)] == [NOW]


def test_an_address_that_was_confirmed_before_another_one_needs_no_new_code(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE)
    confirm_channel(rig.acting, "TOKEN001")
    rig.register(replace(SANNE, email="new@elsewhere.example.net"))

    rig.register(SANNE_OUTSIDE)

    with rig.db.read() as tx:
        assert [(each.address, each.confirmed_at) for each in load_channels(tx, role=Role.PERSON)] == [(OUTSIDE, NOW)]


def test_what_one_person_confirmed_another_one_has_not(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE)
    confirm_channel(rig.acting, "TOKEN001")

    rig.register(SANNE_OUTSIDE, replace(YOUSSEF, email=OUTSIDE))

    assert codes(rig) == [OUTSIDE, OUTSIDE]


def test_a_chat_room_confirms_no_mail_address(rig: Rig) -> None:
    room = replace(OFFICER, notifier="chat", address="officer@elsewhere.example.net")
    rig.begin()
    sync_channels(rig.acting, with_channels(room))

    sync_channels(rig.acting, with_channels(replace(room, notifier="mail")))

    assert codes(rig) == ["officer@elsewhere.example.net"]


def test_one_code_confirms_every_channel_to_that_address(rig: Rig) -> None:
    rules = replace(RULES, for_people=("mail", "post"), addressed=frozenset({"mail", "post"}))
    rig.begin(SANNE_OUTSIDE)
    sync_channels(rig.acting, rules)

    confirm_channel(rig.acting, "TOKEN001")

    assert codes(rig) == [OUTSIDE]
    with rig.db.read() as tx:
        assert [each.confirmed_at for each in load_channels(tx, role=Role.PERSON)] == [NOW, NOW]


def test_a_code_for_an_address_that_is_gone_is_not_sent_and_confirms_nothing(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE)

    rig.register(replace(SANNE, email="new@elsewhere.example.net"))

    assert codes(rig) == ["new@elsewhere.example.net"]
    assert confirm_channel(rig.acting, "TOKEN001") is None


# ------------------------------------------------------------------------------------------ who gets a code, and when


@pytest.mark.parametrize(
    "registration",
    [
        NOT_TOLD_YET,
        replace(SANNE_OUTSIDE, informed_on=date(2026, 12, 1)),
        replace(SANNE_OUTSIDE, starts_on=date(2026, 12, 1)),
        replace(SANNE_OUTSIDE, ends_on=date(2026, 11, 1)),
    ],
    ids=["not informed", "informed later", "starts later", "left"],
)
def test_nobody_gets_a_code_who_is_not_searched(rig: Rig, registration: Registration) -> None:
    rig.begin(registration)

    assert codes(rig) == []


def test_the_code_goes_out_on_the_day_on_which_they_begin_to_be_searched(rig: Rig) -> None:
    rig.begin(replace(SANNE_OUTSIDE, informed_on=date(2026, 11, 25)))
    rig.clock.advance(timedelta(days=1))

    sync_channels(rig.acting, RULES)

    assert codes(rig) == [OUTSIDE]


def test_the_code_goes_out_when_an_import_says_that_they_were_informed(rig: Rig) -> None:
    rig.begin(NOT_TOLD_YET)

    rig.register(SANNE_OUTSIDE)

    assert codes(rig) == [OUTSIDE]


def test_a_code_that_was_not_sent_yet_is_kept_back_from_whom_is_not_informed_after_all(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE)

    rig.register(NOT_TOLD_YET)

    assert codes(rig) == []


def test_new_codes_go_only_to_those_who_were_sent_one(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE, replace(YOUSSEF, email="youssef@elsewhere.example.net", informed_on=None))

    assert send_codes_again(rig.acting) == 1


def test_an_unconfirmed_channel_says_when_its_code_was_sent_and_whether(rig: Rig) -> None:
    rig.begin(SANNE_OUTSIDE, replace(YOUSSEF, email="youssef@elsewhere.example.net", informed_on=None))
    with rig.db.read() as tx:
        before = load_codes_sent(tx)

    deliver(rig, ScriptedNotifier())

    with rig.db.read() as tx:
        assert (before, load_codes_sent(tx)) == ({3: None, 4: None}, {3: NOW, 4: None})
