"""Deliver: claim with a lease, send, then mark. Never the other way round: a message may come twice, never not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor.core.model import Param, Role
from monitor.core.retry import backoff, is_given_up
from monitor.pipeline.world import World
from monitor.ports import Message, Notifier, NotifierError
from monitor.storage import channels, deliveries
from monitor.storage.deliveries import Claimed

LEASE = timedelta(minutes=15)
"""Longer than a round of messages to the slowest server that a notifier puts up with."""

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
AT_ONCE = 10
"""How many messages one round claims: few, so that the gravest of what comes meanwhile is soon the first."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Outlet:
    """One configured notifier. `compose` makes the words of a claimed Delivery, or None where nothing is left to tell.

    `unmarked`: what is claimed and not marked, and whether it was sent. After a round only what the database did not take.
    """

    name: str
    notifier: Notifier  # type: ignore[type-arg] # of any settings
    compose: Callable[[Claimed], Message | None]
    unmarked: dict[int, bool] = field(default_factory=dict)


def deliver_due(world: World, outlet: Outlet) -> int:
    """Send what is due through one notifier; returns how many were claimed."""
    world.failpoint("deliver.before_claim")
    _mark_unmarked(world, outlet)
    now = world.clock.now()
    with world.db.read() as tx:
        if not deliveries.has_due(tx, outlet.name, now=now):
            return 0
        limit = _allowed(tx, outlet, now)
    if limit <= 0:
        return 0
    with world.db.write("claim") as tx:
        deliveries.release_lapsed(tx, outlet.name, now=now)
        claimed = deliveries.claim_due(tx, outlet.name, now=now, lease=LEASE, limit=limit)
    outlet.unmarked.update((each.id, False) for each in claimed)
    for each in claimed:
        _send(world, outlet, each)
    return len(claimed)


def _mark_unmarked(world: World, outlet: Outlet) -> None:
    """Mark what the last round could not mark: a full disk must not hold messages back until their lease is over."""
    if not outlet.unmarked:
        return
    now = world.clock.now()
    with world.db.write("mark") as tx:
        for delivery_id, was_sent in outlet.unmarked.items():
            if was_sent:
                deliveries.mark_sent(tx, delivery_id, now=now)
            else:
                deliveries.mark_failed(tx, delivery_id, "the database could not be written to", retry_at=now)
    outlet.unmarked.clear()


def _allowed(tx: Connection, outlet: Outlet, now: datetime) -> int:
    """Return how many messages the other side still takes in this minute, as many as one round claims at most."""
    per_minute = outlet.notifier.per_minute
    if not per_minute:
        return AT_ONCE
    tried = deliveries.count_tried(tx, outlet.name, since=now - MINUTE)
    # What was tried later than now was tried by a clock that went back since: it must not hold up the mail for so long.
    later = deliveries.count_tried(tx, outlet.name, since=now + timedelta.resolution)
    return min(AT_ONCE, per_minute - (tried - later))


def _send(world: World, outlet: Outlet, claimed: Claimed) -> None:
    error: NotifierError | None = None
    world.failpoint("deliver.before_send")
    try:
        message = outlet.compose(claimed)
        if message is not None:
            outlet.notifier.send(message)
    except NotifierError as refused:
        error = refused
    except Exception as crash:  # crash barrier: deliver
        world.log.warning("notifier failed", notifier=outlet.name, exc_info=crash)
        error = NotifierError(f"the notifier failed ({type(crash).__name__})", retryable=True)
    outlet.unmarked[claimed.id] = error is None
    world.failpoint("deliver.after_send")
    with world.db.write("mark") as tx:
        if error is None:
            deliveries.mark_sent(tx, claimed.id, now=world.clock.now())
        else:
            _mark_failed(tx, world, outlet.name, claimed, error)
    del outlet.unmarked[claimed.id]
    facts = {"delivery": claimed.id, "kind": claimed.kind.value, "notifier": outlet.name}
    if error is None:
        world.log.info("message sent", **facts)
    else:
        world.log.warning("message not sent", retryable=error.retryable, **facts)


def _mark_failed(tx: Connection, world: World, outlet: str, claimed: Claimed, error: NotifierError) -> None:
    now = world.clock.now()
    if error.retryable and not is_given_up(claimed.first_tried_at, now):
        pause = backoff(
            claimed.attempts, jitter=world.jitter(), base=FIRST_RETRY, cap=LONGEST_RETRY, retry_after=error.retry_after
        )
        deliveries.mark_failed(tx, claimed.id, str(error), retry_at=now + pause)
        return
    deliveries.mark_failed(tx, claimed.id, str(error), retry_at=None)
    # The alarm about a dead letter must not take the way on which the letter died, where there is another.
    operators = channels.load_channels(tx, role=Role.OPERATOR)
    others = [channel for channel in operators if channel.notifier != outlet] or operators
    for channel in others:
        notice: dict[str, Param] = {"code": "dead_letters", "count": deliveries.count_dead(tx)}
        if claimed.thread != deliveries.DEAD_THREAD:
            deliveries.add_notice(tx, channel.id, deliveries.DEAD_THREAD, notice, now=now)
