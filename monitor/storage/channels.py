"""Channels: the confirmed ways to reach somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from monitor.core.model import Role
from monitor.storage.schema import channel


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
    )


def load_channels(tx: Connection, *, role: Role | None = None) -> tuple[ChannelRow, ...]:
    """Return the Channels in use, by id."""
    query = select(channel).where(channel.c.retired_at.is_(None)).order_by(channel.c.id)
    if role is not None:
        query = query.where(channel.c.role == role.value)
    return tuple(_channel(row) for row in tx.execute(query))


def load_channel_named(tx: Connection, name: str) -> ChannelRow | None:
    """Return a Channel by its name, also one that is not in use."""
    row = tx.execute(select(channel).where(channel.c.name == name)).one_or_none()
    return None if row is None else _channel(row)


def save_channel(tx: Connection, setting: ChannelSetting, *, confirmed_at: datetime | None, now: datetime) -> int:
    """Add a Channel, or make it what *setting* says; its confirmation is for one address only."""
    values = {
        "role": setting.role.value,
        "person_id": setting.person_id,
        "notifier": setting.notifier,
        "address": setting.address,
        "language": setting.language,
        "confirmed_at": confirmed_at,
        "code_hash": None,
        "code_expires_at": None,
        "retired_at": None,
    }
    known = tx.execute(select(channel.c.id).where(channel.c.name == setting.name)).scalar_one_or_none()
    if known is None:
        row = insert(channel).values(name=setting.name, created_at=now, **values).returning(channel.c.id)
        return int(tx.execute(row).scalar_one())
    tx.execute(update(channel).where(channel.c.id == known).values(**values))
    return int(known)


def set_code(tx: Connection, channel_id: int, code_hash: str, *, expires_at: datetime) -> None:
    """Remember the hash of the code that the Channel's owner has to enter."""
    tx.execute(update(channel).where(channel.c.id == channel_id).values(code_hash=code_hash, code_expires_at=expires_at))


def set_confirmed(tx: Connection, channel_id: int, *, now: datetime) -> None:
    """Write that the Channel's owner confirmed it."""
    values = {"confirmed_at": now, "code_hash": None, "code_expires_at": None}
    tx.execute(update(channel).where(channel.c.id == channel_id).values(**values))


def retire_channel(tx: Connection, channel_id: int, *, now: datetime) -> None:
    """Use a Channel no more."""
    tx.execute(update(channel).where(channel.c.id == channel_id).values(retired_at=now))
