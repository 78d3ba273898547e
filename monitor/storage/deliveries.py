"""Deliveries: an outbox. Parts are gathered while a Delivery is open; its first claim seals it.

A Delivery is claimed with a lease by conditional update, sent, and then marked: never marked first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from monitor.core.alerting import Planned, Reachable
from monitor.core.model import DeliveryKind, DeliveryState, Param, Role, Severity
from monitor.core.triage import PartReason
from monitor.storage.schema import channel, delivery, delivery_part, person

FARTHEST_DUE = timedelta(days=2)
"""No Delivery is due further ahead than this; such a time comes from a clock that was wrong."""

DEAD_THREAD = "dead-letters"
"""The thread of the notices about messages that could not be delivered; of these no such notice is made again."""

NO_NOTICE: Mapping[str, Param] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A Delivery that is ours to send."""

    id: int
    to: str
    role: Role
    language: str
    kind: DeliveryKind
    thread: str
    notice: Mapping[str, Param]
    attempts: int
    first_tried_at: datetime


def load_reachable(tx: Connection) -> tuple[Reachable, ...]:
    """Return the Channels in use, as planning sees them."""
    query = (
        select(channel)
        .outerjoin(person, person.c.id == channel.c.person_id)
        .where(channel.c.retired_at.is_(None), person.c.retired_at.is_(None))
        .order_by(channel.c.id)
    )
    return tuple(
        Reachable(id=row.id, role=Role(row.role), person_id=row.person_id, is_confirmed=row.confirmed_at is not None)
        for row in tx.execute(query)
    )


def add_part(
    tx: Connection, planned: Planned, *, mention_id: int, passage_id: int, reason: PartReason, severity: Severity, now: datetime
) -> bool:
    """Let a message tell this Passage; False where that Channel was told so before."""
    part = {
        "channel_id": planned.channel_id,
        "passage_id": passage_id,
        "reason": reason.value,
        "severity": int(severity),
    }
    is_it = [delivery_part.c[column] == value for column, value in part.items()]
    if tx.execute(select(delivery_part.c.id).where(*is_it)).first() is not None:
        return False
    delivery_id = _unsealed(
        tx, planned.channel_id, planned.kind, planned.thread, due_at=planned.due_at, notice=NO_NOTICE, now=now
    )
    tx.execute(insert(delivery_part).values(delivery_id=delivery_id, mention_id=mention_id, **part))
    return True


def add_notice(tx: Connection, channel_id: int, thread: str, notice: Mapping[str, Param], *, now: datetime) -> None:
    """Tell a Channel of something other than a Mention; one that waits in the same thread is replaced."""
    delivery_id = _unsealed(tx, channel_id, DeliveryKind.NOTICE, thread, due_at=now, notice=notice, now=now)
    tx.execute(update(delivery).where(delivery.c.id == delivery_id).values(notice=dict(notice)))


def _unsealed(
    tx: Connection,
    channel_id: int,
    kind: DeliveryKind,
    thread: str,
    *,
    due_at: datetime,
    notice: Mapping[str, Param],
    now: datetime,
) -> int:
    is_it = (delivery.c.channel_id == channel_id, delivery.c.kind == kind.value, delivery.c.thread == thread)
    row = tx.execute(select(delivery.c.id, delivery.c.due_at).where(*is_it, delivery.c.sealed_at.is_(None))).one_or_none()
    if row is not None:
        if due_at < row.due_at:
            tx.execute(update(delivery).where(delivery.c.id == row.id).values(due_at=due_at))
        return int(row.id)
    values = {
        "channel_id": channel_id,
        "kind": kind.value,
        "thread": thread,
        "state": DeliveryState.OPEN.value,
        "notice": dict(notice),
        "created_at": now,
        "due_at": due_at,
        "attempts": 0,
        "last_error": "",
    }
    return int(tx.execute(insert(delivery).values(**values).returning(delivery.c.id)).scalar_one())


_USABLE = delivery.join(channel, channel.c.id == delivery.c.channel_id).outerjoin(person, person.c.id == channel.c.person_id)
_IS_WAITING = delivery.c.state.in_([DeliveryState.OPEN.value, DeliveryState.DUE.value])
_IS_AT_ONCE = and_(
    delivery.c.kind.in_([DeliveryKind.ALERT.value, DeliveryKind.NOTICE.value]), delivery.c.state == DeliveryState.OPEN.value
)
"""Due since it was planned. A later time was written by a clock that went back since; only digests wait for their hour."""


def _is_due(notifier: str, now: datetime) -> ColumnElement[bool]:
    """Only confirmed Channels of people who are still registered are used; what waits for the others goes on waiting."""
    was_tried_by_a_wrong_clock = delivery.c.tried_at > now
    return and_(
        _IS_WAITING,
        or_(delivery.c.due_at <= now, delivery.c.due_at > now + FARTHEST_DUE, _IS_AT_ONCE, was_tried_by_a_wrong_clock),
        channel.c.notifier == notifier,
        channel.c.retired_at.is_(None),
        person.c.retired_at.is_(None),
        or_(channel.c.confirmed_at.is_not(None), delivery.c.thread == "confirm"),
    )


def has_due(tx: Connection, notifier: str, *, now: datetime) -> bool:
    """Tell whether anything is to be sent through a notifier, or a sender died while it was sending."""
    is_sending = and_(delivery.c.state == DeliveryState.SENDING.value, channel.c.notifier == notifier)
    is_lapsed = and_(is_sending, delivery.c.lease_until <= now)
    query = select(delivery.c.id).select_from(_USABLE).where(or_(_is_due(notifier, now), is_lapsed)).limit(1)
    return tx.execute(query).first() is not None


def count_tried(tx: Connection, notifier: str, *, since: datetime) -> int:
    """Return how many messages were handed to a notifier since then."""
    query = (
        select(func.count())
        .select_from(delivery.join(channel, channel.c.id == delivery.c.channel_id))
        .where(channel.c.notifier == notifier, delivery.c.tried_at >= since)
    )
    return int(tx.execute(query).scalar_one())


def claim_due(tx: Connection, notifier: str, *, now: datetime, lease: timedelta, limit: int) -> tuple[Claimed, ...]:
    """Claim up to *limit* Deliveries of a notifier, the gravest and the longest due first, and seal them."""
    gravest = select(func.max(delivery_part.c.severity)).where(delivery_part.c.delivery_id == delivery.c.id).scalar_subquery()
    query = (
        select(delivery, channel.c.address, channel.c.role, channel.c.language)
        .select_from(_USABLE)
        .where(_is_due(notifier, now))
        .order_by(func.coalesce(gravest, 0).desc(), delivery.c.due_at, delivery.c.id)
        .limit(limit)
    )
    claimed = []
    for row in tx.execute(query).all():
        first_tried_at = row.first_tried_at or now
        values = {
            "state": DeliveryState.SENDING.value,
            "sealed_at": row.sealed_at or now,
            "first_tried_at": first_tried_at,
            "tried_at": now,
            "lease_until": now + lease,
            "attempts": row.attempts + 1,
        }
        if tx.execute(update(delivery).where(delivery.c.id == row.id, _IS_WAITING).values(**values)).rowcount == 1:
            claimed.append(
                Claimed(
                    id=row.id,
                    to=row.address,
                    role=Role(row.role),
                    language=row.language,
                    kind=DeliveryKind(row.kind),
                    thread=row.thread,
                    notice=row.notice,
                    attempts=row.attempts + 1,
                    first_tried_at=first_tried_at,
                )
            )
    return tuple(claimed)


def release_lapsed(tx: Connection, notifier: str | None, *, now: datetime) -> int:
    """Make Deliveries due again whose sender died.

    Of one notifier, whose only sender asks, those whose lease lapsed; of all (None), after a start that nobody else survived.
    Never of another notifier: a clock that jumps ahead would end the lease of a message that is being sent.
    """
    is_lapsed = delivery.c.state == DeliveryState.SENDING.value
    if notifier is not None:
        theirs = select(channel.c.id).where(channel.c.notifier == notifier)
        is_lapsed &= and_(delivery.c.lease_until <= now, delivery.c.channel_id.in_(theirs))
    values = {"state": DeliveryState.DUE.value, "lease_until": None, "due_at": now}
    return tx.execute(update(delivery).where(is_lapsed).values(**values)).rowcount


def mark_sent(tx: Connection, delivery_id: int, *, now: datetime) -> bool:
    """Mark as sent; what a notice said is not needed any more and may hold a code."""
    return _mark(tx, delivery_id, {"state": DeliveryState.SENT.value, "sent_at": now, "last_error": "", "notice": {}})


def mark_failed(tx: Connection, delivery_id: int, error: str, *, retry_at: datetime | None) -> bool:
    """Mark as failed: due again then, or dead."""
    if retry_at is None:
        return _mark(tx, delivery_id, {"state": DeliveryState.DEAD.value, "last_error": error})
    return _mark(tx, delivery_id, {"state": DeliveryState.DUE.value, "last_error": error, "due_at": retry_at})


def _mark(tx: Connection, delivery_id: int, values: dict[str, object]) -> bool:
    is_ours = (delivery.c.id == delivery_id, delivery.c.state == DeliveryState.SENDING.value)
    return tx.execute(update(delivery).where(*is_ours).values(**values, lease_until=None)).rowcount == 1


def retry_dead(tx: Connection, delivery_id: int | None, *, now: datetime) -> int:
    """Make dead Deliveries due again, one or all, where their Channel is still in use. Returns how many."""
    in_use = select(channel.c.id).where(channel.c.retired_at.is_(None))
    is_dead = and_(delivery.c.state == DeliveryState.DEAD.value, delivery.c.channel_id.in_(in_use))
    if delivery_id is not None:
        is_dead &= delivery.c.id == delivery_id
    values = {"state": DeliveryState.DUE.value, "due_at": now, "first_tried_at": None, "attempts": 0}
    return tx.execute(update(delivery).where(is_dead).values(**values)).rowcount


def count_dead(tx: Connection) -> int:
    """Return how many messages could not be delivered."""
    return int(tx.execute(select(func.count()).where(delivery.c.state == DeliveryState.DEAD.value)).scalar_one())
