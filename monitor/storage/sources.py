"""Sources, Watches and Looks: what is due, how a Source is doing, and what it has shown before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from monitor.core.looks import LookRecord, ShownHit
from monitor.core.model import Outcome, QueryForm
from monitor.core.schedule import farthest_ask
from monitor.core.triage import FormSeen
from monitor.storage.schema import asked_form, look, look_asked, person, shown, source, watch

SHOWN_IS_FRESH = timedelta(days=1)
"""How stale "last shown" may be before it is written again: a poll of old text shall cost no write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSetting:
    """One Source as the configuration has it. `fingerprint` changes with its provider or its settings."""

    name: str
    provider: str
    fingerprint: str
    every: timedelta
    is_search: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """What the database knows of a Source."""

    id: int
    name: str
    provider: str
    every: timedelta
    next_poll_at: datetime | None
    not_before: datetime | None
    state: Mapping[str, str]
    state_number: int
    first_look_at: datetime | None
    first_whole_look_at: datetime | None
    last_look_at: datetime | None
    last_ok_at: datetime | None
    last_outcome: str
    failures: int
    moved_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWatch:
    """A Person whom a Search is to be asked about now."""

    id: int
    person_id: int
    failures: int


def _source(row: Row[Any]) -> SourceRow:  # Any: a row of the source table
    return SourceRow(
        id=row.id,
        name=row.name,
        provider=row.provider,
        every=timedelta(seconds=row.every_seconds),
        next_poll_at=row.next_poll_at,
        not_before=row.not_before,
        state=row.state,
        state_number=row.state_number,
        first_look_at=row.first_look_at,
        first_whole_look_at=row.first_whole_look_at,
        last_look_at=row.last_look_at,
        last_ok_at=row.last_ok_at,
        last_outcome=row.last_outcome,
        failures=row.failures,
        moved_to=row.moved_to,
    )


_FRESH = {
    "state": {},
    "state_number": 0,
    "not_before": None,
    "first_look_at": None,
    "first_whole_look_at": None,
    "last_look_at": None,
    "last_ok_at": None,
    "last_outcome": "",
    "last_detail": "",
    "failures": 0,
    "moved_to": "",
}


def sync_sources(tx: Connection, settings: Sequence[SourceSetting], *, now: datetime) -> None:
    """Make the Sources of the configuration those of the database; gone from the file means retired, not deleted.

    Another provider or address under the same name is another Source: it begins anew, and so it seeds.
    """
    known = {row.name: row for row in tx.execute(select(source).where(source.c.origin == "config"))}
    for setting in settings:
        values = {
            "provider": setting.provider,
            "every_seconds": max(1, round(setting.every.total_seconds())),
            "settings_hash": setting.fingerprint,
            "retired_at": None,
        }
        row = known.pop(setting.name, None)
        if row is None:
            begin = {"next_poll_at": None if setting.is_search else now, "created_at": now, "origin": "config"}
            tx.execute(insert(source).values(name=setting.name, **values, **begin, **_FRESH))
        elif row.settings_hash != setting.fingerprint:
            tx.execute(delete(shown).where(shown.c.source_id == row.id))
            tx.execute(delete(asked_form).where(asked_form.c.source_id == row.id))
            begin = {"next_poll_at": None if setting.is_search else now}
            tx.execute(update(source).where(source.c.id == row.id).values(**values, **begin, **_FRESH))
        elif row.retired_at is not None or row.every_seconds != values["every_seconds"]:
            tx.execute(update(source).where(source.c.id == row.id).values(**values))
            _bring_forward(tx, row.id, now + setting.every)
    gone = [row.id for row in known.values() if row.retired_at is None]
    if gone:
        tx.execute(update(source).where(source.c.id.in_(gone)).values(retired_at=now))


def _bring_forward(tx: Connection, source_id: int, at: datetime) -> None:
    """Let a shorter cadence count at once, not only after the next Look."""
    tx.execute(update(source).where(source.c.id == source_id, source.c.next_poll_at > at).values(next_poll_at=at))
    tx.execute(update(watch).where(watch.c.source_id == source_id, watch.c.next_ask_at > at).values(next_ask_at=at))


def load_sources(tx: Connection) -> tuple[SourceRow, ...]:
    """Return the Sources in use, by id."""
    return tuple(_source(row) for row in tx.execute(select(source).where(source.c.retired_at.is_(None)).order_by(source.c.id)))


def load_source(tx: Connection, source_id: int) -> SourceRow | None:
    """Return one Source in use."""
    row = tx.execute(select(source).where(source.c.id == source_id, source.c.retired_at.is_(None))).one_or_none()
    return None if row is None else _source(row)


def add_watches(tx: Connection, source_id: int, person_ids: Iterable[int], next_ask_at: Mapping[int, datetime]) -> None:
    """Add the Watches that a Search does not have yet."""
    known = set(tx.execute(select(watch.c.person_id).where(watch.c.source_id == source_id)).scalars())
    missing = [
        {"source_id": source_id, "person_id": person_id, "next_ask_at": next_ask_at[person_id], "failures": 0}
        for person_id in person_ids
        if person_id not in known
    ]
    if missing:
        tx.execute(insert(watch), missing)


def count_watches(tx: Connection, source_id: int) -> int:
    """Return how many people a Search is asked about."""
    query = (
        select(func.count())
        .select_from(watch.join(person, person.c.id == watch.c.person_id))
        .where(watch.c.source_id == source_id, person.c.number > 0, person.c.retired_at.is_(None))
    )
    return int(tx.execute(query).scalar_one())


def next_watch(tx: Connection, source_id: int, *, now: datetime, every: timedelta) -> DueWatch | None:
    """Return the Watch of a Search that has been due longest; a time that is absurdly far ahead counts as due."""
    is_due = or_(watch.c.next_ask_at <= now, watch.c.next_ask_at > farthest_ask(now, every))
    query = (
        select(watch)
        .join(person, person.c.id == watch.c.person_id)
        .where(watch.c.source_id == source_id, is_due, person.c.number > 0, person.c.retired_at.is_(None))
        .order_by(watch.c.next_ask_at, watch.c.id)
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else DueWatch(id=row.id, person_id=row.person_id, failures=row.failures)


def load_watch(tx: Connection, source_id: int, person_id: int) -> DueWatch | None:
    """Return one Watch."""
    row = tx.execute(select(watch).where(watch.c.source_id == source_id, watch.c.person_id == person_id)).one_or_none()
    return None if row is None else DueWatch(id=row.id, person_id=row.person_id, failures=row.failures)


def load_asked_forms(tx: Connection, source_id: int, person_ids: Iterable[int]) -> dict[int, dict[str, FormSeen]]:
    """Return, per Person, the spellings that a Search was asked for."""
    query = select(asked_form).where(asked_form.c.source_id == source_id, asked_form.c.person_id.in_(sorted(set(person_ids))))
    seen: dict[int, dict[str, FormSeen]] = {}
    for row in tx.execute(query):
        seen.setdefault(row.person_id, {})[row.form] = FormSeen(row.first_asked_at, row.first_whole_at)
    return seen


def save_asked_forms(
    tx: Connection,
    source_id: int,
    forms: Sequence[QueryForm],
    known: Mapping[int, Mapping[str, FormSeen]],
    *,
    is_whole: bool,
    now: datetime,
) -> None:
    """Remember that these spellings were asked for."""
    for form in forms:
        seen = known.get(form.person_id, {}).get(form.text)
        values = {"source_id": source_id, "person_id": form.person_id, "form": form.text}
        if seen is None:
            tx.execute(insert(asked_form).values(**values, first_asked_at=now, first_whole_at=now if is_whole else None))
        elif is_whole and seen.first_whole_at is None:
            is_it = and_(*(asked_form.c[column] == value for column, value in values.items()))
            tx.execute(update(asked_form).where(is_it).values(first_whole_at=now))


@dataclass(frozen=True, slots=True)
class Shown:
    """Under which number a Source has shown a Hit before, and under which its page was read; 0 where it was not."""

    matched_with: int
    read_with: int


def load_shown(tx: Connection, source_id: int, hashes: Iterable[int]) -> dict[int, Shown]:
    """Return what of *hashes* the Source has shown before."""
    query = select(shown).where(shown.c.source_id == source_id, shown.c.hit_hash.in_(sorted(set(hashes))))
    return {row.hit_hash: Shown(row.matched_with, row.read_with or 0) for row in tx.execute(query)}


def save_shown(tx: Connection, source_id: int, hits: Sequence[ShownHit], *, matched_with: int, now: datetime) -> None:
    """Remember what a Look showed. Text that was matched with an older number is remembered under the new one."""
    latest = {hit.hit_hash: hit for hit in hits}
    query = select(shown).where(shown.c.source_id == source_id, shown.c.hit_hash.in_(sorted(latest)))
    stale: list[int] = []
    read: list[int] = []
    for row in tx.execute(query).all():
        hit = latest.pop(row.hit_hash)
        if hit.was_read and (row.read_with or 0) < matched_with:
            read.append(row.hit_hash)
        if row.matched_with < matched_with or row.last_shown_at < now - SHOWN_IS_FRESH:
            stale.append(row.hit_hash)
    for hashes, values in ((stale, {"matched_with": matched_with, "last_shown_at": now}), (read, {"read_with": matched_with})):
        if hashes:
            tx.execute(update(shown).where(shown.c.source_id == source_id, shown.c.hit_hash.in_(hashes)).values(**values))
    if latest:
        rows = [
            {
                "source_id": source_id,
                "hit_hash": hit.hit_hash,
                "matched_with": matched_with,
                "read_with": matched_with if hit.was_read else None,
                "last_shown_at": now,
            }
            for hit in latest.values()
        ]
        tx.execute(insert(shown), rows)


def forget_shown(tx: Connection, *, before: datetime, limit: int) -> int:
    """Forget up to *limit* hits that were last shown before then. Returns how many."""
    rows = tx.execute(select(shown.c.source_id, shown.c.hit_hash).where(shown.c.last_shown_at < before).limit(limit)).all()
    for row in rows:
        tx.execute(delete(shown).where(shown.c.source_id == row.source_id, shown.c.hit_hash == row.hit_hash))
    return len(rows)


def save_look(tx: Connection, record: LookRecord, *, forms: Sequence[QueryForm], new_passages: int) -> int:
    """Write a Look and return its id; one that brought nothing new extends the Source's last such."""
    last = tx.execute(
        select(look)
        .where(look.c.source_id == record.source_id, look.c.asked_key == record.asked_key)
        .order_by(look.c.id.desc())
        .limit(1)
    ).one_or_none()
    is_same = (
        last is not None
        and not (new_passages or last.new_passages)
        and (last.outcome, last.detail, last.matched_with) == (record.outcome.value, record.detail, record.matched_with)
    )
    if last is not None and is_same:
        values = {"until": record.ended_at, "times": last.times + 1, "hits": record.hits}
        tx.execute(update(look).where(look.c.id == last.id).values(values))
        return int(last.id)
    row = tx.execute(
        insert(look)
        .values(
            source_id=record.source_id,
            asked_key=record.asked_key,
            started_at=record.started_at,
            until=record.ended_at,
            times=1,
            outcome=record.outcome.value,
            detail=record.detail,
            hits=record.hits,
            new_passages=new_passages,
            matched_with=record.matched_with,
        )
        .returning(look.c.id)
    )
    look_id = int(row.scalar_one())
    if forms:
        tx.execute(insert(look_asked), [{"look_id": look_id, "person_id": f.person_id, "form": f.text} for f in forms])
    return look_id


def save_health(
    tx: Connection, known: SourceRow, record: LookRecord, *, next_poll_at: datetime | None, rest_until: datetime | None
) -> None:
    """Write how the Source is doing after a Look, and when a Feed is read next."""
    failed = not record.was_looked
    values: dict[str, object] = {
        "last_look_at": record.ended_at,
        "last_outcome": record.outcome.value,
        "last_detail": record.detail,
        "failures": known.failures + 1 if failed else 0,
        "not_before": rest_until,
        "moved_to": record.moved_to or known.moved_to,
        "next_poll_at": next_poll_at,
    }
    if not failed:
        values["first_look_at"] = known.first_look_at or record.started_at
        if record.is_whole:
            values["first_whole_look_at"] = known.first_whole_look_at or record.ended_at
        if record.outcome is not Outcome.PARTIAL:
            values["last_ok_at"] = record.ended_at
    if record.state is not None:
        values |= {"state": dict(record.state), "state_number": record.matched_with}
    tx.execute(update(source).where(source.c.id == known.id).values(**values))


def save_next_ask(tx: Connection, due: DueWatch, *, at: datetime, failed: bool) -> None:
    """Write when a Watch is asked next."""
    values = {"next_ask_at": at, "failures": due.failures + 1 if failed else 0}
    tx.execute(update(watch).where(watch.c.id == due.id).values(values))
