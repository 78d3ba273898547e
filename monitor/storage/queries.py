"""What pages, commands and messages show: read-only lists. Nothing here writes, and nothing here decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from monitor.core.model import Band, NameGrade, Reason, Severity
from monitor.core.names import display_name
from monitor.core.triage import PartReason
from monitor.storage.people import person_of
from monitor.storage.schema import (
    address,
    channel,
    delivery,
    delivery_part,
    look,
    mention,
    page,
    passage,
    person,
    sighting,
    source,
    watch,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMention:
    """One row of the list of Mentions. `person`, `title`, `address` and `surfaces` are what `--reveal` shows."""

    id: int
    person_id: int
    external_id: str
    person: str
    title: str
    site: str
    address: str
    first_seen_at: datetime
    published_at: datetime | None
    name: NameGrade
    confidence: float
    band: Band
    severity: Severity
    audience: str
    held_back: str
    reasons: tuple[Reason, ...]
    surfaces: tuple[str, ...]
    sources: tuple[str, ...]
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSource:
    """One row of the list of Sources."""

    id: int
    name: str
    provider: str
    every: timedelta
    next_look_at: datetime | None
    not_before: datetime | None
    last_look_at: datetime | None
    last_ok_at: datetime | None
    outcome: str
    detail: str
    failures: int
    moved_to: str
    watches: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLook:
    """One row of the list of Looks."""

    id: int
    source: str
    started_at: datetime
    until: datetime
    times: int
    outcome: str
    detail: str
    hits: int
    new_passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDelivery:
    """One row of the list of Deliveries. `to` is what `--reveal` shows."""

    id: int
    channel: str
    role: str
    to: str
    is_confirmed: bool
    kind: str
    state: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    last_error: str
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPart:
    """One Passage that a message tells, with all that its words are made of."""

    mention_id: int
    person_id: int
    person: str
    reason: PartReason
    severity: Severity
    name: NameGrade
    confidence: float
    band: Band
    reasons: tuple[Reason, ...]
    title: str
    site: str
    address: str
    published_at: datetime | None
    found_at: datetime
    surface: str
    form: str
    text: str
    sources: tuple[str, ...]


def _reasons(stored: list[list[Any]]) -> tuple[Reason, ...]:  # Any: parameters of a reason, checked when they were made
    return tuple(Reason(code, params) for code, params in stored)


def _sources_of(tx: Connection, mention_ids: list[int]) -> dict[int, tuple[str, ...]]:
    query = (
        select(sighting.c.mention_id, source.c.name)
        .join(source, source.c.id == sighting.c.source_id)
        .where(sighting.c.mention_id.in_(mention_ids))
        .order_by(sighting.c.first_at, sighting.c.id)
    )
    names: dict[int, tuple[str, ...]] = {}
    for row in tx.execute(query):
        names[row.mention_id] = (*names.get(row.mention_id, ()), row.name)
    return names


def _addresses_of(tx: Connection, page_ids: list[int]) -> dict[int, str]:
    """Return, per Page, the address under which people can open it: a plain one before an opaque one."""
    query = select(address.c.page_id, address.c.address).where(address.c.page_id.in_(page_ids), address.c.rules > 0)
    found: dict[int, str] = {}
    for row in tx.execute(query.order_by(address.c.id)):
        found.setdefault(row.page_id, row.address)
    return found


def list_mentions(tx: Connection, *, limit: int = 200, before_id: int | None = None) -> tuple[ListedMention, ...]:
    """Return Mentions, the newest first."""
    told = select(func.count()).where(delivery_part.c.mention_id == mention.c.id).scalar_subquery()
    query: Select[Any] = (
        select(mention, page.c.title, page.c.site, page.c.published_at, told.label("told"))
        .join(page, page.c.id == mention.c.page_id)
        .order_by(mention.c.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(mention.c.id < before_id)
    rows = tx.execute(query).all()
    ids = [row.id for row in rows]
    people = _people(tx, [row.person_id for row in rows])
    surfaces = _surfaces(tx, ids)
    sources, addresses = _sources_of(tx, ids), _addresses_of(tx, [row.page_id for row in rows])
    return tuple(
        ListedMention(
            id=row.id,
            person_id=row.person_id,
            external_id=people[row.person_id][0],
            person=people[row.person_id][1],
            title=row.title,
            site=row.site,
            address=addresses.get(row.page_id, ""),
            first_seen_at=row.first_seen_at,
            published_at=row.published_at,
            name=NameGrade(row.name_grade),
            confidence=row.confidence,
            band=Band(row.band),
            severity=Severity(row.severity),
            audience=row.audience,
            held_back=row.held_back,
            reasons=_reasons(row.reasons),
            surfaces=surfaces.get(row.id, ()),
            sources=sources.get(row.id, ()),
            told=row.told,
        )
        for row in rows
    )


def _people(tx: Connection, ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = tx.execute(select(person).where(person.c.id.in_(sorted(set(ids)))))
    people = (person_of(row) for row in rows)
    return {each.id: (each.registration.external_id, display_name(each.name)) for each in people}


def _surfaces(tx: Connection, mention_ids: list[int]) -> dict[int, tuple[str, ...]]:
    rows = tx.execute(
        select(passage.c.mention_id, passage.c.surface).where(passage.c.mention_id.in_(mention_ids)).order_by(passage.c.id)
    )
    found: dict[int, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row.mention_id, {})[row.surface] = None
    return {mention_id: tuple(surfaces) for mention_id, surfaces in found.items()}


def list_sources(tx: Connection) -> tuple[ListedSource, ...]:
    """Return the Sources in use, by name."""
    watches = select(func.count()).where(watch.c.source_id == source.c.id).scalar_subquery()
    next_ask = select(func.min(watch.c.next_ask_at)).where(watch.c.source_id == source.c.id).scalar_subquery()
    mentions = select(func.count()).where(sighting.c.source_id == source.c.id).scalar_subquery()
    query = (
        select(source, watches.label("watches"), next_ask.label("next_ask_at"), mentions.label("mentions"))
        .where(source.c.retired_at.is_(None))
        .order_by(source.c.name)
    )
    return tuple(
        ListedSource(
            id=row.id,
            name=row.name,
            provider=row.provider,
            every=timedelta(seconds=row.every_seconds),
            next_look_at=_later(row.next_poll_at or row.next_ask_at, row.not_before),
            not_before=row.not_before,
            last_look_at=row.last_look_at,
            last_ok_at=row.last_ok_at,
            outcome=row.last_outcome,
            detail=row.last_detail,
            failures=row.failures,
            moved_to=row.moved_to,
            watches=row.watches,
            mentions=row.mentions,
        )
        for row in tx.execute(query)
    )


def _later(at: datetime | None, not_before: datetime | None) -> datetime | None:
    return at if at is None or not_before is None else max(at, not_before)


def list_looks(tx: Connection, *, limit: int = 200, source_name: str = "") -> tuple[ListedLook, ...]:
    """Return Looks, the newest first."""
    query = (
        select(look, source.c.name).join(source, source.c.id == look.c.source_id).order_by(look.c.until.desc(), look.c.id.desc())
    )
    if source_name:
        query = query.where(source.c.name == source_name)
    return tuple(
        ListedLook(
            id=row.id,
            source=row.name,
            started_at=row.started_at,
            until=row.until,
            times=row.times,
            outcome=row.outcome,
            detail=row.detail,
            hits=row.hits,
            new_passages=row.new_passages,
        )
        for row in tx.execute(query.limit(limit))
    )


def list_deliveries(tx: Connection, *, limit: int = 200, state: str = "") -> tuple[ListedDelivery, ...]:
    """Return Deliveries, the newest first."""
    parts = select(func.count()).where(delivery_part.c.delivery_id == delivery.c.id).scalar_subquery()
    query = (
        select(delivery, channel.c.name, channel.c.role, channel.c.address, channel.c.confirmed_at, parts.label("parts"))
        .join(channel, channel.c.id == delivery.c.channel_id)
        .order_by(delivery.c.id.desc())
        .limit(limit)
    )
    if state:
        query = query.where(delivery.c.state == state)
    return tuple(
        ListedDelivery(
            id=row.id,
            channel=row.name,
            role=row.role,
            to=row.address,
            is_confirmed=row.confirmed_at is not None,
            kind=row.kind,
            state=row.state,
            created_at=row.created_at,
            due_at=row.due_at,
            sent_at=row.sent_at,
            attempts=row.attempts,
            last_error=row.last_error,
            parts=row.parts,
        )
        for row in tx.execute(query)
    )


def load_told(tx: Connection, delivery_id: int) -> tuple[ToldPart, ...]:
    """Return what a message tells, the gravest Mention first, its Passages in the order in which they were found."""
    query = (
        select(delivery_part, mention, passage, page.c.title, page.c.site, page.c.published_at, person.c.external_id)
        .select_from(delivery_part)
        .join(mention, mention.c.id == delivery_part.c.mention_id)
        .join(passage, passage.c.id == delivery_part.c.passage_id)
        .join(page, page.c.id == mention.c.page_id)
        .join(person, person.c.id == mention.c.person_id)
        .where(delivery_part.c.delivery_id == delivery_id)
        .order_by(delivery_part.c.severity.desc(), mention.c.id, passage.c.id, delivery_part.c.id)
    )
    rows: list[Any] = [row._mapping for row in tx.execute(query)]  # noqa: SLF001 # columns of three tables by column
    people = _people(tx, [row[mention.c.person_id] for row in rows])
    sources = _sources_of(tx, [row[mention.c.id] for row in rows])
    addresses = _addresses_of(tx, [row[mention.c.page_id] for row in rows])
    return tuple(
        ToldPart(
            mention_id=row[mention.c.id],
            person_id=row[mention.c.person_id],
            person=people[row[mention.c.person_id]][1],
            reason=PartReason(row[delivery_part.c.reason]),
            severity=Severity(row[delivery_part.c.severity]),
            name=NameGrade(row[mention.c.name_grade]),
            confidence=row[mention.c.confidence],
            band=Band(row[mention.c.band]),
            reasons=_reasons(row[mention.c.reasons]),
            title=row[page.c.title],
            site=row[page.c.site],
            address=addresses.get(row[mention.c.page_id], ""),
            published_at=row[page.c.published_at],
            found_at=row[passage.c.found_at],
            surface=row[passage.c.surface],
            form=row[passage.c.form],
            text=row[passage.c.text],
            sources=sources.get(row[mention.c.id], ()),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the service stands, in counts: for `check`, `/health/ready`, `/metrics` and the page."""

    people: int
    people_searched: int
    people_unreachable: int
    channels_unconfirmed: int
    mentions: int
    mentions_held_back: Mapping[str, int]
    sources: int
    sources_failing: int
    deliveries: Mapping[str, int]
    oldest_due_at: datetime | None
    last_look_at: datetime | None


def load_standing(tx: Connection, *, now: datetime) -> Standing:
    """Count how the service stands."""
    registered = person.c.retired_at.is_(None)
    in_use = and_(channel.c.retired_at.is_(None), channel.c.confirmed_at.is_not(None))
    reached = select(channel.c.person_id).where(in_use, channel.c.person_id.is_not(None))
    waiting = delivery.c.state.in_(["open", "due", "sending"])
    is_usable = delivery.c.channel_id.in_(select(channel.c.id).where(in_use))
    return Standing(
        people=_count(tx, select(func.count()).where(registered)),
        people_searched=_count(tx, select(func.count()).where(registered, person.c.number > 0)),
        people_unreachable=_count(tx, select(func.count()).where(registered, person.c.number > 0, person.c.id.not_in(reached))),
        channels_unconfirmed=_count(
            tx, select(func.count()).where(channel.c.retired_at.is_(None), channel.c.confirmed_at.is_(None))
        ),
        mentions=_count(tx, select(func.count()).select_from(mention)),
        mentions_held_back=_counts(tx, select(mention.c.held_back, func.count()).group_by(mention.c.held_back)),
        sources=_count(tx, select(func.count()).where(source.c.retired_at.is_(None))),
        sources_failing=_count(tx, select(func.count()).where(source.c.retired_at.is_(None), source.c.failures > 0)),
        deliveries=_counts(tx, select(delivery.c.state, func.count()).group_by(delivery.c.state)),
        oldest_due_at=tx.execute(
            select(func.min(delivery.c.due_at)).where(
                waiting, is_usable, or_(delivery.c.due_at <= now, delivery.c.state == "sending")
            )
        ).scalar_one(),
        last_look_at=tx.execute(select(func.max(source.c.last_look_at))).scalar_one(),
    )


def _count(tx: Connection, query: Select[Any]) -> int:
    return int(tx.execute(query).scalar_one())


def _counts(tx: Connection, query: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in tx.execute(query)}
