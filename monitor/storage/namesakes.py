"""What people said of Mentions: profiles that count for Pages to come as well.

A Mention has one at most, that of the newest click; what is said of a Mention is nowhere else, so it cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Select, delete, func, insert, or_, select

from monitor.core.model import Document, Field, Registration
from monitor.core.names import display_name
from monitor.core.namesakes import Profile, Traits
from monitor.storage.people import person_of
from monitor.storage.schema import address, mention, namesake, page, passage, person

PASSAGES_AT_MOST = 100
"""From so many of its newest Passages is learned."""


class Said(StrEnum):
    """What somebody said of a Mention."""

    OURS = "ours"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """What can be learned from a Mention: whom it is about, and the words near the name. `author`: a hash."""

    person_id: int
    registration: Registration
    near: Document
    author: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProfile:
    """One row of the list of profiles. `person` and `terms` are what `--reveal` shows."""

    id: int
    external_id: str
    person: str
    said: Said
    mention_id: int | None
    site: str
    has_author: bool
    terms: tuple[str, ...]
    made_at: datetime
    made_by: str


def load_teaching(tx: Connection, mention_id: int) -> Teaching | None:
    """Return what a Mention teaches; None where there is no such Mention."""
    query = (
        select(person, mention.c.page_id, page.c.title, page.c.site, page.c.author_hash)
        .join(mention, mention.c.person_id == person.c.id)
        .join(page, page.c.id == mention.c.page_id)
        .where(mention.c.id == mention_id)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    texts = select(passage.c.text).where(passage.c.mention_id == mention_id, passage.c.field == Field.TEXT.value)
    near = tx.execute(texts.order_by(passage.c.id.desc()).limit(PASSAGES_AT_MOST)).scalars()
    return Teaching(
        person_id=row.id,
        registration=person_of(row).registration,
        near=Document(title=row.title, text="\n\n".join(near), site=row.site),
        author=row.author_hash,
    )


def save_profile(tx: Connection, mention_id: int, person_id: int, traits: Traits, said: Said, *, at: datetime, by: str) -> int:
    """Add what is said of a Mention, in the place of what was said before; returns the profile's id."""
    tx.execute(delete(namesake).where(namesake.c.mention_id == mention_id))
    values = {
        "person_id": person_id,
        "mention_id": mention_id,
        "is_ours": said is Said.OURS,
        "site": traits.site,
        "author_hash": traits.author,
        "terms": list(traits.terms),
        "made_at": at,
        "made_by": by,
    }
    return int(tx.execute(insert(namesake).values(**values).returning(namesake.c.id)).scalar_one())


def forget_profile(tx: Connection, profile_id: int) -> tuple[int | None] | None:
    """Delete a profile, and so what was said of its Mention; returns that Mention's id, None where there is no profile."""
    row = tx.execute(delete(namesake).where(namesake.c.id == profile_id).returning(namesake.c.mention_id)).one_or_none()
    return None if row is None else (row.mention_id,)


def load_profiles(tx: Connection) -> tuple[Profile, ...]:
    """Return all profiles, each with the keys of its Page and of those that turned out to be the same."""
    pages = _pages(tx)
    return tuple(
        Profile(
            id=row.id,
            person_id=row.person_id,
            is_ours=row.is_ours,
            made_at=row.made_at,
            made_by=row.made_by,
            traits=Traits(site=row.site, author=row.author_hash, terms=tuple(row.terms)),
            pages=frozenset(pages.get(row.id, ())),
        )
        for row in tx.execute(select(namesake).order_by(namesake.c.id))
    )


def _pages(tx: Connection) -> dict[int, set[str]]:
    mentioned, twin = page.alias("mentioned"), page.alias("twin")
    root = func.coalesce(mentioned.c.same_as, mentioned.c.id)
    query = (
        select(namesake.c.id, address.c.key)
        .join(mention, mention.c.id == namesake.c.mention_id)
        .join(mentioned, mentioned.c.id == mention.c.page_id)
        .join(twin, or_(twin.c.id == root, twin.c.same_as == root))
        .join(address, address.c.page_id == twin.c.id)
        .where(address.c.rules > 0)
    )
    pages: dict[int, set[str]] = {}
    for row in tx.execute(query):
        pages.setdefault(row.id, set()).add(row.key)
    return pages


def is_dismissed(tx: Connection, mention_ids: Sequence[int]) -> bool:
    """Tell whether the newest that was said of these Mentions, which are one, is that it is somebody else."""
    said = select(namesake.c.is_ours).where(namesake.c.mention_id.in_(mention_ids))
    newest = tx.execute(said.order_by(namesake.c.id.desc()).limit(1)).scalar_one_or_none()
    return newest is False


def load_said(tx: Connection, mention_ids: Sequence[int]) -> dict[int, Said]:
    """Return what was said of these Mentions; those of which nobody said anything are missing."""
    query = select(namesake.c.mention_id, namesake.c.is_ours).where(namesake.c.mention_id.in_(mention_ids))
    return {row.mention_id: _said(is_ours=row.is_ours) for row in tx.execute(query)}


def list_profiles(tx: Connection, *, limit: int = 200) -> tuple[ListedProfile, ...]:
    """Return profiles, the newest first."""
    made = (namesake.c.id, namesake.c.mention_id, namesake.c.is_ours, namesake.c.site, namesake.c.author_hash, namesake.c.terms)
    query: Select[tuple[object, ...]] = (
        select(person, *(column.label(f"profile_{column.name}") for column in made), namesake.c.made_at, namesake.c.made_by)
        .join(namesake, namesake.c.person_id == person.c.id)
        .order_by(namesake.c.id.desc())
        .limit(limit)
    )
    return tuple(
        ListedProfile(
            id=row.profile_id,
            external_id=row.external_id,
            person=display_name(person_of(row).name),
            said=_said(is_ours=row.profile_is_ours),
            mention_id=row.profile_mention_id,
            site=row.profile_site,
            has_author=row.profile_author_hash != 0,
            terms=tuple(row.profile_terms),
            made_at=row.made_at,
            made_by=row.made_by,
        )
        for row in tx.execute(query)
    )


def _said(*, is_ours: bool) -> Said:
    return Said.OURS if is_ours else Said.NOT_OURS
