"""Channels: the ways to reach somebody, and what becomes of what waits in one that is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, func, insert, or_, select, update

from monitor.core.model import DeliveryKind, DeliveryState, Role
from monitor.core.triage import PartReason
from monitor.storage.schema import channel, delivery, delivery_part, person

CONFIRM_THREAD = "confirm"
GONE = "its channel is gone"
"""Why a Delivery is dead whose Channel was retired, with no other one for the same person and role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """What the database knows of a Channel."""

    id: int
    name: str
    role: Role
    person_id: int | None
    notifier: str
    address: str
    language: str
    confirmed_at: datetime | None
    code_hash: str | None
    code_expires_at: datetime | None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSetting:
    """A Channel as it ought to be: from the configuration, or from what a Person registered."""

    name: str
    role: Role
    person_id: int | None
    notifier: str
    address: str
    language: str


def _channel(row: Row[Any]) -> ChannelRow:  # Any: a row of the channel table
    return ChannelRow(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        person_id=row.person_id,
        notifier=row.notifier,
        address=row.address,
        language=row.language,
        confirmed_at=row.confirmed_at,
        code_hash=row.code_hash,
        code_expires_at=row.code_expires_at,
        retired_at=row.retired_at,
    )


def load_channels(tx: Connection, *, role: Role | None = None, with_retired: bool = False) -> tuple[ChannelRow, ...]:
    """Return the Channels in use, by id."""
    query = select(channel).order_by(channel.c.id)
    if not with_retired:
        query = query.where(channel.c.retired_at.is_(None))
    if role is not None:
        query = query.where(channel.c.role == role.value)
    return tuple(_channel(row) for row in tx.execute(query))


def load_codes_sent(tx: Connection) -> dict[int, datetime | None]:
    """Return, for every Channel in use that is not confirmed, when its last code was sent; None: it was not sent yet."""
    sent_at = func.max(delivery.c.sent_at)
    is_code = and_(delivery.c.channel_id == channel.c.id, delivery.c.thread == CONFIRM_THREAD, channel.c.code_hash.is_not(None))
    query = (
        select(channel.c.id, sent_at.label("sent_at"))
        .outerjoin(delivery, is_code)
        .where(channel.c.retired_at.is_(None), channel.c.confirmed_at.is_(None))
        .group_by(channel.c.id)
        .order_by(channel.c.id)
    )
    return {row.id: row.sent_at for row in tx.execute(query)}


def add_channel(tx: Connection, setting: ChannelSetting, *, confirmed_at: datetime | None, now: datetime) -> int:
    """Add a Channel and return its id."""
    values = {
        "name": setting.name,
        "role": setting.role.value,
        "person_id": setting.person_id,
        "notifier": setting.notifier,
        "address": setting.address,
        "language": setting.language,
        "confirmed_at": confirmed_at,
        "created_at": now,
    }
    return int(tx.execute(insert(channel).values(**values).returning(channel.c.id)).scalar_one())


def change_channel(tx: Connection, channel_id: int, setting: ChannelSetting, *, confirmed_at: datetime | None) -> None:
    """Use a Channel as *setting* says, again where it was retired. Whom it reaches, and at which address, never changes."""
    values = {
        "name": setting.name,
        "notifier": setting.notifier,
        "language": setting.language,
        "confirmed_at": confirmed_at,
        "retired_at": None,
    }
    tx.execute(update(channel).where(channel.c.id == channel_id).values(**values))


def rename_channel(tx: Connection, channel_id: int, name: str) -> None:
    """Call a Channel something else, so that another one may have its name."""
    tx.execute(update(channel).where(channel.c.id == channel_id).values(name=name))


def set_code(tx: Connection, channel_id: int, code_hash: str, *, expires_at: datetime) -> None:
    """Remember the hash of the code that the Channel's owner has to enter."""
    tx.execute(update(channel).where(channel.c.id == channel_id).values(code_hash=code_hash, code_expires_at=expires_at))


def withdraw_code(tx: Connection, channel_id: int) -> None:
    """Let a code be worth nothing any more; one that was not sent yet is not sent."""
    tx.execute(update(channel).where(channel.c.id == channel_id).values(code_hash=None, code_expires_at=None))
    is_code = and_(delivery.c.channel_id == channel_id, delivery.c.thread == CONFIRM_THREAD)
    tx.execute(delete(delivery).where(is_code, delivery.c.state.in_(_UNSENT)))


def set_confirmed(tx: Connection, channel_id: int, *, now: datetime) -> None:
    """Write that the Channel's owner confirmed it."""
    values = {"confirmed_at": now, "code_hash": None, "code_expires_at": None}
    tx.execute(update(channel).where(channel.c.id == channel_id).values(**values))


def retire_channel(tx: Connection, channel_id: int, *, now: datetime) -> None:
    """Use a Channel no more."""
    withdraw_code(tx, channel_id)
    tx.execute(update(channel).where(channel.c.id == channel_id).values(retired_at=now))


# ----------------------------------------------------------------------------------------- what waits in a Channel

_UNSENT = [DeliveryState.OPEN.value, DeliveryState.DUE.value, DeliveryState.SENDING.value]
_DIED_WITH_IT = and_(delivery.c.state == DeliveryState.DEAD.value, delivery.c.last_error == GONE)
_IS_LEFT = or_(delivery.c.state.in_(_UNSENT), _DIED_WITH_IT)


def begin_telling(tx: Connection, channel_id: int, *, now: datetime) -> None:
    """Make what a Channel collected due, once it is confirmed.

    A summary of nothing but what was online already waits for its own hour: the first Looks may still be going on.
    """
    is_news = exists().where(
        delivery_part.c.delivery_id == delivery.c.id, delivery_part.c.reason != PartReason.ALREADY_ONLINE.value
    )
    is_ripe = or_(delivery.c.due_at < now, and_(delivery.c.kind == DeliveryKind.SUMMARY.value, is_news))
    is_open = and_(delivery.c.channel_id == channel_id, delivery.c.state == DeliveryState.OPEN.value)
    tx.execute(update(delivery).where(is_open, is_ripe).values(due_at=now))
    tx.execute(update(delivery).where(delivery.c.channel_id == channel_id, _DIED_WITH_IT).values(**_revived(now)))


def was_summed_up(tx: Connection, delivery_id: int) -> bool:
    """Tell whether the Channel of a Delivery was sent a summary before that one."""
    this = delivery.alias()
    is_earlier = and_(delivery.c.channel_id == this.c.channel_id, delivery.c.id < this.c.id, delivery.c.sent_at.is_not(None))
    query = select(delivery.c.id).join(this, is_earlier)
    query = query.where(this.c.id == delivery_id, delivery.c.kind == DeliveryKind.SUMMARY.value)
    return tx.execute(query.limit(1)).first() is not None


def load_left_behind(tx: Connection) -> tuple[ChannelRow, ...]:
    """Return the Channels that are gone while something waits in them. What waits for somebody withdrawn waits for them."""
    query = (
        select(channel)
        .outerjoin(person, person.c.id == channel.c.person_id)
        .where(
            channel.c.retired_at.is_not(None),
            person.c.retired_at.is_(None),
            exists().where(delivery.c.channel_id == channel.c.id, _IS_LEFT),
        )
        .order_by(channel.c.id)
    )
    return tuple(_channel(row) for row in tx.execute(query))


def end_deliveries(tx: Connection, channel_id: int, *, now: datetime) -> int:
    """Write that what waits in a Channel that is gone is dead; returns how many that are.

    Notices are dropped: `check` says the same as they do.
    """
    waits = and_(delivery.c.channel_id == channel_id, delivery.c.state.in_(_UNSENT))
    tx.execute(delete(delivery).where(waits, delivery.c.kind == DeliveryKind.NOTICE.value))
    values = {"state": DeliveryState.DEAD.value, "sealed_at": func.coalesce(delivery.c.sealed_at, now), "last_error": GONE}
    return tx.execute(update(delivery).where(waits).values(**values, lease_until=None)).rowcount


def move_deliveries(tx: Connection, gone_id: int, heir_id: int, *, now: datetime) -> int:
    """Hand what waits in a Channel that is gone to its successor; returns how many messages that were.

    What the successor tells or told itself is not told there again, and what is still open joins what is open there.
    """
    rows = tx.execute(select(delivery).where(delivery.c.channel_id == gone_id, _IS_LEFT).order_by(delivery.c.id)).all()
    for row in rows:
        _move_delivery(tx, row, heir_id, now)
    return len(rows)


def _move_delivery(tx: Connection, row: Row[Any], heir_id: int, now: datetime) -> None:  # Any: a row of the delivery table
    theirs = delivery_part.alias()
    is_told_there = exists().where(
        theirs.c.channel_id == heir_id,
        theirs.c.passage_id == delivery_part.c.passage_id,
        theirs.c.reason == delivery_part.c.reason,
        theirs.c.severity == delivery_part.c.severity,
    )
    is_part: ColumnElement[bool] = delivery_part.c.delivery_id == row.id
    tx.execute(delete(delivery_part).where(is_part, is_told_there))
    opened = _find_open(tx, row, heir_id) if row.sealed_at is None else None
    kept_id = row.id if opened is None else opened.id
    moved = tx.execute(update(delivery_part).where(is_part).values(channel_id=heir_id, delivery_id=kept_id)).rowcount
    if opened is not None and moved:
        tx.execute(update(delivery).where(delivery.c.id == opened.id).values(due_at=min(opened.due_at, row.due_at)))
    has_something_to_say = moved or row.kind == DeliveryKind.NOTICE.value
    if opened is not None or not has_something_to_say:
        tx.execute(delete(delivery).where(delivery.c.id == row.id))
        return
    values = {"channel_id": heir_id, **(_revived(now) if row.state == DeliveryState.DEAD.value else {})}
    tx.execute(update(delivery).where(delivery.c.id == row.id).values(**values))


def _revived(now: datetime) -> dict[str, object]:
    return {"state": DeliveryState.DUE.value, "due_at": now, "first_tried_at": None, "attempts": 0, "last_error": ""}


def _find_open(tx: Connection, row: Row[Any], channel_id: int) -> Row[Any, Any] | None:  # Any: rows of the delivery table
    is_it = (delivery.c.channel_id == channel_id, delivery.c.kind == row.kind, delivery.c.thread == row.thread)
    return tx.execute(select(delivery.c.id, delivery.c.due_at).where(*is_it, delivery.c.sealed_at.is_(None))).one_or_none()
