"""What a Look hands to the recorder: everything decided before the database is asked. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from monitor.core.model import Carries, Hit, Outcome, QueryForm
from monitor.core.text import folded
from monitor.core.triage import Sight
from monitor.core.urls import RULES_VERSION, canonical_key


@dataclass(frozen=True, slots=True)
class Key:
    """One identity of a Page. `rules`: version of the address rules that made it; 0 where it is no address."""

    key: str
    rules: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One Hit in which somebody is named, or in which the engine says so.

    `carries` is what was matched: `text` once the page itself was read (`was_read`). `guid_key` is a weak identity: it joins
    a Page of the same title only. `not_named`: the page was read as a whole, and it does not name these Persons after all.
    """

    hit: Hit
    keys: tuple[Key, ...]
    guid_key: str
    title: str
    title_hash: int
    site: str
    author_hash: int
    carries: Carries
    was_read: bool
    published_at: datetime | None
    exchange: str
    hit_hash: int
    sights: tuple[Sight, ...]
    not_named: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownHit:
    """That a Source showed this, whether or not it named anybody. `was_read`: its page was read and matched in this Look."""

    hit_hash: int
    was_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRecord:
    """One finished Look. `asked_person` and `asked` are for a Search only; `state` is None where the old one stays."""

    source_id: int
    started_at: datetime
    ended_at: datetime
    outcome: Outcome
    matched_with: int
    detail: str = ""
    is_whole: bool = False
    is_limited_in_time: bool = True
    hits: int = 0
    asked_person: int | None = None
    asked: tuple[QueryForm, ...] = ()
    state: Mapping[str, str] | None = None
    not_before: datetime | None = None
    retry_after: timedelta | None = None
    moved_to: str = ""
    findings: tuple[Finding, ...] = ()
    shown: tuple[ShownHit, ...] = field(default=())

    @property
    def was_looked(self) -> bool:
        """Tell whether something was seen at all."""
        return self.outcome in (Outcome.OK, Outcome.UNCHANGED, Outcome.PARTIAL)

    @property
    def asked_key(self) -> str:
        """Return what was asked, as a short hash; empty for a Feed."""
        if self.asked_person is None:
            return ""
        return f"{_hash('asked', str(self.asked_person), *(form.text for form in self.asked)):016x}"


def _hash(*parts: str) -> int:
    digest = blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def hit_hash(hit: Hit) -> int:
    """Return 63 bits over the Hit's identity and its folded text: the same text shown again hashes the same."""
    identity = canonical_key(hit.address) or hit.guid
    return _hash("hit", identity, folded(hit.title), folded(hit.text))


def title_hash(title: str) -> int:
    """Return 63 bits over the folded title."""
    return _hash("title", folded(title))


LONGEST_KEY = 1_000
"""A key stands in an index, and PostgreSQL takes no more than 2,704 bytes there."""

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
AHEAD_AT_MOST = timedelta(days=1)


def believable(published_at: datetime | None, *, now: datetime) -> datetime | None:
    """Return a date as it was given, None where no page can have it: before feeds were invented, or in the future."""
    if published_at is None or not EARLIEST <= published_at <= now + AHEAD_AT_MOST:
        return None
    return published_at


def address_key(address: str) -> str:
    """Return the identity of the Page at *address*, short enough for any database; empty where it is unusable."""
    key = canonical_key(address)
    return key if len(key) <= LONGEST_KEY else f"long:{_hash('long', key):016x}{_hash('long again', key):016x}"


def guid_key(hit: Hit, source_id: int) -> str:
    """Return what a Source calls this entry, empty where it gives no guid."""
    return f"source:{source_id}:guid:{_hash('guid', hit.guid):016x}" if hit.guid else ""


def keys_of(hit: Hit, source_id: int, *, final_address: str = "") -> tuple[Key, ...]:
    """Return the identities of the Page behind *hit*, the surest first.

    Without a usable address it is known by Source and guid and by Source and text: a changed guid over the same text is
    still the same Page. `final_address` is where reading the page ended.
    """
    keys = [Key(key, RULES_VERSION, address) for address in (hit.address, final_address) if (key := address_key(address))]
    if not keys:
        if by_guid := guid_key(hit, source_id):
            keys.append(Key(by_guid, 0, ""))
        keys.append(Key(f"source:{source_id}:text:{_hash('text', folded(hit.title), folded(hit.text)):016x}", 0, ""))
    return tuple(dict.fromkeys(keys))
