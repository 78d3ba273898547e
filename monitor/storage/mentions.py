"""Pages and their addresses, Mentions, Passages and Sightings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from monitor.core.looks import Finding, Key
from monitor.core.model import Carries, Severity
from monitor.core.passages import Passage
from monitor.core.triage import HeldBack, KnownMention, Sight
from monitor.storage.namesakes import is_dismissed
from monitor.storage.schema import address, mention, page, passage, sighting

JOINED_WITHIN = timedelta(days=3)
"""An opaque address and a plain one are one Page where title and site agree within this time."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A Page and those that turned out to be the same; `was_read` and `published_at` are of any of them."""

    id: int
    family: tuple[int, ...]
    was_read: bool
    published_at: datetime | None


def find_or_add_page(tx: Connection, finding: Finding, *, now: datetime) -> KnownPage:
    """Return the Page behind *finding* as it was known before, made where there is none. Two that turn out one are joined."""
    keys = [key.key for key in finding.keys]
    known = {row.key: row.page_id for row in tx.execute(select(address.c.key, address.c.page_id).where(address.c.key.in_(keys)))}
    roots = sorted({_root(tx, page_id) for page_id in known.values()})
    if not roots and (twin := _by_guid(tx, finding) or _twin(tx, finding, now=now)):
        roots = [twin]
    root = roots[0] if roots else _add_page(tx, finding, now=now)
    for younger in roots[1:]:
        join_pages(tx, older=root, younger=younger)
    _add_addresses(tx, root, [key for key in finding.keys if key.key not in known])
    _add_guid(tx, root, finding)
    known_page = load_page(tx, root)
    _update_page(tx, root, finding, now=now)
    return known_page


def _root(tx: Connection, page_id: int) -> int:
    same_as = tx.execute(select(page.c.same_as).where(page.c.id == page_id)).scalar_one()
    return page_id if same_as is None else int(same_as)


def find_page(tx: Connection, finding: Finding) -> KnownPage | None:
    """Return the Page behind *finding* where it is known."""
    keys = [key.key for key in finding.keys]
    page_id = tx.execute(select(func.min(address.c.page_id)).where(address.c.key.in_(keys))).scalar_one()
    return None if page_id is None else load_page(tx, _root(tx, page_id))


def _by_guid(tx: Connection, finding: Finding) -> int | None:
    """Return the Page that this Source called by the same guid under another address, where the title is the same too."""
    if not finding.guid_key:
        return None
    query = (
        select(page.c.id, page.c.same_as)
        .join(address, address.c.page_id == page.c.id)
        .where(address.c.key == finding.guid_key, page.c.title_hash == finding.title_hash)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else int(row.same_as or row.id)


def _add_guid(tx: Connection, page_id: int, finding: Finding) -> None:
    """Remember what the Source calls this Page. A guid that names another Page by now leads to the newer one."""
    if not finding.guid_key or any(key.key == finding.guid_key for key in finding.keys):
        return
    row = tx.execute(select(address.c.id, address.c.page_id).where(address.c.key == finding.guid_key)).one_or_none()
    if row is None:
        tx.execute(insert(address).values(page_id=page_id, key=finding.guid_key, rules=0, address=""))
    elif row.page_id != page_id:
        tx.execute(update(address).where(address.c.id == row.id).values(page_id=page_id))


def _twin(tx: Connection, finding: Finding, *, now: datetime) -> int | None:
    """Return the Page with this title on this site, where either address of the two cannot be read."""
    if not (finding.site and finding.title.strip()):
        return None
    query = (
        select(page.c.id, page.c.same_as)
        .where(page.c.site == finding.site, page.c.title_hash == finding.title_hash, _is_near(finding, now))
        .order_by(page.c.id)
        .limit(1)
    )
    if not finding.hit.has_opaque_address:
        query = query.where(page.c.is_opaque)
    row = tx.execute(query).one_or_none()
    return None if row is None else int(row.same_as or row.id)


def _is_near(finding: Finding, now: datetime) -> ColumnElement[bool]:
    """Found within three days, or published within three days of each other."""
    is_near = page.c.first_seen_at >= now - JOINED_WITHIN
    if finding.published_at is None:
        return is_near
    first, last = finding.published_at - JOINED_WITHIN, finding.published_at + JOINED_WITHIN
    return or_(is_near, page.c.published_at.between(first, last))


def _add_page(tx: Connection, finding: Finding, *, now: datetime) -> int:
    values = {
        "title": finding.title,
        "title_hash": finding.title_hash,
        "site": finding.site,
        "author_hash": finding.author_hash,
        "is_opaque": finding.hit.has_opaque_address,
        "published_at": finding.published_at,
        "first_seen_at": now,
    }
    return int(tx.execute(insert(page).values(**values).returning(page.c.id)).scalar_one())


def _add_addresses(tx: Connection, page_id: int, keys: Sequence[Key]) -> None:
    if keys:
        tx.execute(insert(address), [{"page_id": page_id, "key": k.key, "rules": k.rules, "address": k.address} for k in keys])


def _update_page(tx: Connection, page_id: int, finding: Finding, *, now: datetime) -> None:
    if finding.title.strip():
        # The newest headline: by it, and its site or guid, the Page is found again under another address.
        tx.execute(update(page).where(page.c.id == page_id).values(title=finding.title, title_hash=finding.title_hash))
    is_text = finding.was_read or finding.carries is Carries.TEXT
    if not finding.hit.has_opaque_address:
        tx.execute(update(page).where(page.c.id == page_id, page.c.is_opaque).values(is_opaque=False))
    if is_text:
        tx.execute(update(page).where(page.c.id == page_id, page.c.read_at.is_(None)).values(read_at=now))
    if finding.author_hash:
        tx.execute(update(page).where(page.c.id == page_id).values(author_hash=finding.author_hash))
    if finding.published_at is not None:
        is_undated = page.c.published_at.is_(None)
        tx.execute(update(page).where(page.c.id == page_id, is_undated).values(published_at=finding.published_at))


def join_pages(tx: Connection, *, older: int, younger: int) -> None:
    """Let *younger*, and all that were the same as it, be the same as *older*."""
    tx.execute(update(page).where(or_(page.c.id == younger, page.c.same_as == younger)).values(same_as=older))


def load_page(tx: Connection, page_id: int) -> KnownPage:
    """Return what is known of a Page that is nobody's younger twin."""
    rows = tx.execute(select(page).where(or_(page.c.id == page_id, page.c.same_as == page_id)).order_by(page.c.id)).all()
    dates = [row.published_at for row in rows if row.published_at is not None]
    return KnownPage(
        id=page_id,
        family=tuple(row.id for row in rows),
        was_read=any(row.read_at is not None for row in rows),
        published_at=min(dates, default=None),
    )


def load_known(tx: Connection, person_id: int, known_page: KnownPage, source_id: int) -> KnownMention | None:
    """Return the Mention of a Person on a Page, with the runs of all its Passages, those of its twins as well.

    `source_id`: the Source that shows it now.
    """
    is_hers = (mention.c.person_id == person_id, mention.c.page_id.in_(known_page.family))
    query = select(mention.c.id, mention.c.severity, mention.c.was_seeded).where(*is_hers)
    rows = tx.execute(query.order_by(mention.c.id)).all()
    if not rows:
        return None
    ids = [row.id for row in rows]
    runs = tx.execute(select(passage.c.runs).where(passage.c.mention_id.in_(ids))).scalars().all()
    seen = select(sighting.c.id).where(sighting.c.mention_id.in_(ids), sighting.c.source_id == source_id)
    return KnownMention(
        id=rows[0].id,
        runs=frozenset(run for of_one in runs for run in of_one),
        has_passages=bool(runs),
        severity=Severity(max(row.severity for row in rows)),
        was_seeded=any(row.was_seeded for row in rows),
        was_seen_by_source=tx.execute(seen.limit(1)).first() is not None,
        is_dismissed=is_dismissed(tx, ids),
    )


def forget_unread(tx: Connection, mention_id: int) -> None:
    """Delete a Mention that rested on an engine's word alone: the page was read, and it does not name her."""
    tx.execute(delete(mention).where(mention.c.id == mention_id))


def save_mention(tx: Connection, sight: Sight, page_id: int, held_back: HeldBack, *, was_seeded: bool, now: datetime) -> int:
    """Add a Mention and return its id. Without a match it is what only the engine says."""
    values = _verdict_columns(sight) | {"held_back": held_back.value, "was_seeded": was_seeded}
    row = tx.execute(
        insert(mention).values(person_id=sight.person_id, page_id=page_id, first_seen_at=now, **values).returning(mention.c.id)
    )
    return int(row.scalar_one())


def change_mention(tx: Connection, mention_id: int, sight: Sight, held_back: HeldBack) -> None:
    """Write the newest verdict on a Mention; its Severity never falls."""
    values = _verdict_columns(sight) | {"held_back": held_back.value}
    severity = values.pop("severity")
    tx.execute(update(mention).where(mention.c.id == mention_id).values(**values))
    tx.execute(update(mention).where(mention.c.id == mention_id, mention.c.severity < severity).values(severity=severity))


def _verdict_columns(sight: Sight) -> dict[str, object]:
    if sight.match is None or sight.assessment is None:
        reasons: list[list[object]] = [["engine_says", {}]]
        verdict = {
            "name_grade": "weak",
            "confidence": 0.0,
            "band": "unlikely",
            "reasons": reasons,
            "severity": 0,
            "audience": "hers",
        }
        return dict(verdict)
    return {
        "name_grade": sight.match.name.value,
        "confidence": sight.match.confidence,
        "band": sight.match.band.value,
        "reasons": [[reason.code, dict(reason.params)] for reason in sight.match.reasons],
        "severity": int(sight.assessment.severity),
        "audience": sight.assessment.audience.value,
    }


def save_passages(
    tx: Connection, mention_id: int, passages: Iterable[Passage], finding: Finding, *, severity: Severity, now: datetime
) -> tuple[int, ...]:
    """Add Passages of a Finding and return their ids."""
    ids = []
    for each in passages:
        values = {
            "mention_id": mention_id,
            "field": each.span.field.value,
            "surface": each.span.surface,
            "form": each.span.form,
            "text": each.text,
            "runs": sorted(each.runs),
            "severity": int(severity),
            "carries": finding.carries.value,
            "found_at": now,
            "exchange": finding.exchange,
        }
        ids.append(tx.execute(insert(passage).values(**values).returning(passage.c.id)).scalar_one())
    return tuple(ids)


def last_passage(tx: Connection, mention_id: int) -> int | None:
    """Return the newest Passage of a Mention."""
    newest = tx.execute(select(func.max(passage.c.id)).where(passage.c.mention_id == mention_id)).scalar_one()
    return None if newest is None else int(newest)


def save_sighting(tx: Connection, mention_id: int, source_id: int, exchange: str, *, now: datetime) -> None:
    """Write that this Source showed this Mention."""
    is_it = (sighting.c.mention_id == mention_id) & (sighting.c.source_id == source_id)
    again = tx.execute(update(sighting).where(is_it).values(last_at=now, times=sighting.c.times + 1))
    if again.rowcount == 0:
        first = {"first_at": now, "last_at": now, "times": 1, "exchange": exchange}
        tx.execute(insert(sighting).values(mention_id=mention_id, source_id=source_id, **first))


def forget_unmentioned_pages(tx: Connection) -> int:
    """Delete Pages on which nobody is mentioned any more: their titles may name people. Returns how many."""
    younger = page.alias("younger")
    mentioned = select(mention.c.page_id)
    older = select(younger.c.same_as).where(younger.c.same_as.is_not(None))
    return tx.execute(delete(page).where(page.c.id.not_in(mentioned), page.c.id.not_in(older))).rowcount


def load_named_exchanges(tx: Connection, digests: Sequence[str]) -> set[str]:
    """Return those of *digests* that a Sighting or a Passage names."""
    named = select(sighting.c.exchange).where(sighting.c.exchange.in_(digests))
    return set(tx.execute(named.union(select(passage.c.exchange).where(passage.c.exchange.in_(digests)))).scalars())


@dataclass(frozen=True, slots=True)
class OldKey:
    """An address whose key was made by older rules."""

    id: int
    page_id: int
    address: str


def load_old_keys(tx: Connection, rules: int, limit: int) -> tuple[OldKey, ...]:
    """Return up to *limit* addresses that other rules made a key for."""
    query = select(address).where(address.c.rules > 0, address.c.rules != rules).order_by(address.c.id).limit(limit)
    return tuple(OldKey(row.id, row.page_id, row.address) for row in tx.execute(query))


def renew_key(tx: Connection, old: OldKey, key: str, rules: int) -> None:
    """Give an address the key that the present rules make; where another Page has it already, the two are one.

    The old key stays beside the new one, so nothing that was known becomes unknown.
    """
    tx.execute(update(address).where(address.c.id == old.id).values(rules=rules))
    holder = tx.execute(select(address.c.page_id).where(address.c.key == key)).scalar_one_or_none() if key else None
    if key and holder is None:
        tx.execute(insert(address).values(page_id=old.page_id, key=key, rules=rules, address=old.address))
    elif holder is not None:
        first, second = sorted((_root(tx, old.page_id), _root(tx, holder)))
        if first != second:
            join_pages(tx, older=first, younger=second)
