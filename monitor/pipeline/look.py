"""Look at a Source and match what it brings: network and pure rules, no write transaction.

Where only the engine claims that somebody is named, the page is read once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.core.looks import Finding, LookRecord, ShownHit, believable, guid_key, hit_hash, keys_of, title_hash
from monitor.core.model import Carries, Document, Hit, Outcome, Person, Query
from monitor.core.names import query_forms
from monitor.core.namesakes import telling_author
from monitor.core.passages import passages
from monitor.core.signals import assess
from monitor.core.triage import Sight, is_first_asking
from monitor.core.urls import site_of
from monitor.pipeline.world import Watchlist, World
from monitor.ports import Batch, Feed, ParsedPage, ProviderError, QuotaExhausted, Search
from monitor.storage import sources
from monitor.storage.sources import DueWatch, Shown, SourceRow

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")

PAGES_PER_LOOK = 20
"""How many pages one Look at a Search reads at most; the rest is listed, and read by the next."""

PAGES_WITHIN = timedelta(minutes=2)
"""How long one Look goes on beginning to read pages: what it found otherwise must not wait for slow ones."""

LONGEST_SITE = 255

SINCE_AT_LEAST = timedelta(days=7)
CONDITIONAL = frozenset({"etag", "last_modified"})
"""What makes a source answer "nothing new": used only where all that stands there was matched with the newest number."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read for a Hit. `keep` makes sure of its raw exchange, which is forgotten otherwise."""

    page: ParsedPage
    address: str
    exchange: str
    keep: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A Source made ready for one Look. `keep` makes sure of the raw exchange of that digest before it is named."""

    provider: Feed | Search  # type: ignore[type-arg] # of any settings
    read_page: Callable[[str], ReadPage]
    keep: Callable[[str], None]


def look_at(source: SourceRow, opened: Opened, watchlist: Watchlist, world: World, due: DueWatch | None = None) -> LookRecord:
    """Look at a Source and return what to record; never raises what a provider may raise."""
    world.failpoint("poll.before_look")
    query = None if due is None else _query(source, watchlist.people[due.person_id], world)
    blank = replace(
        blank_record(source, watchlist, due, now=world.clock.now()),
        is_limited_in_time=query is None or query.since is not None,
        asked=() if query is None else query.forms,
    )
    try:
        batch = _batch(source, opened, query, watchlist)
    except ProviderError as error:
        return failed_look(blank, error, now=world.clock.now())
    return _with_batch(blank, batch, _Reading(opened, watchlist, blank, world), world)


def blank_record(source: SourceRow, watchlist: Watchlist, due: DueWatch | None, *, now: datetime) -> LookRecord:
    """Return the record of a Look that has just begun."""
    return LookRecord(
        source_id=source.id,
        started_at=now,
        ended_at=now,
        outcome=Outcome.FAILED,
        matched_with=watchlist.number,
        asked_person=None if due is None else due.person_id,
    )


def failed_look(blank: LookRecord, error: ProviderError, *, now: datetime) -> LookRecord:
    """Return the record of a Look at which nothing could be seen."""
    until = error.until if isinstance(error, QuotaExhausted) else None
    return replace(blank, ended_at=now, outcome=error.outcome, detail=str(error), not_before=until, retry_after=error.retry_after)


def _query(source: SourceRow, person: Person, world: World) -> Query:
    """Ask without a limit in time until every form was answered wholly once; then for what is recent."""
    forms = query_forms(person.id, person.name)
    with world.db.read() as tx:
        seen = sources.load_asked_forms(tx, source.id, [person.id]).get(person.id, {})
    now = world.clock.now()
    is_first = any(is_first_asking(seen.get(form.text), every=source.every, now=now) for form in forms)
    since = None if is_first else now - max(SINCE_AT_LEAST, 3 * source.every)
    return Query(forms=forms, since=since, language=person.registration.language)


def _batch(source: SourceRow, opened: Opened, query: Query | None, watchlist: Watchlist) -> Batch:
    state = source.state
    if source.state_number != watchlist.number:
        state = {key: value for key, value in state.items() if key not in CONDITIONAL}
    match opened.provider:
        case Search() as search:
            assert query is not None, "a Search is asked about somebody"
            return search.ask(query, state)
        case Feed() as feed:
            return feed.read(state)


def _with_batch(blank: LookRecord, batch: Batch, reading: _Reading, world: World) -> LookRecord:
    """Match every Hit of a Batch, and read the pages that only the engine vouches for: those never tried first."""
    named = Counter(hit.guid for hit in batch.hits)
    hits = {hit_hash(hit): _only_sure_guid(hit, named) for hit in map(storable, batch.hits)}
    with world.db.read() as tx:
        before = sources.load_shown(tx, blank.source_id, hits)
    for digest, hit in sorted(hits.items(), key=lambda each: each[0] in before):
        reading.take(hit, digest, before.get(digest))
    outcome = Outcome.UNCHANGED if batch.is_unchanged else Outcome.OK if batch.is_whole else Outcome.PARTIAL
    return replace(
        blank,
        ended_at=world.clock.now(),
        outcome=outcome,
        detail="; ".join(filter(None, (batch.truncated, *batch.partial_failures, reading.said))),
        is_whole=batch.is_whole,
        hits=len(batch.hits),
        state=batch.state,
        not_before=batch.not_before,
        is_limited_in_time=blank.is_limited_in_time and not batch.is_without_limit,
        moved_to=batch.moved_to,
        findings=tuple(reading.findings),
        shown=tuple(reading.shown),
    )


def _only_sure_guid(hit: Hit, named: Counter[str]) -> Hit:
    """Take away a guid that names several entries: it tells nothing apart."""
    return replace(hit, guid="") if named[hit.guid] > 1 else hit


@dataclass(slots=True)
class _Reading:
    """The Hits of one Look being matched. `pages_left`, `until`: how many pages may still be read for it, and how long."""

    opened: Opened
    watchlist: Watchlist
    blank: LookRecord
    world: World
    pages_left: int = PAGES_PER_LOOK
    unread: int = 0
    until: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    shown: list[ShownHit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.until = self.world.clock.monotonic() + PAGES_WITHIN.total_seconds()

    def take(self, hit: Hit, digest: int, before: Shown | None) -> None:
        """Match one Hit; *before*: how the Source has shown it earlier."""
        sights = sights_in(hit.document, self.watchlist)
        asked = self.blank.asked_person
        if asked is None or any(sight.person_id == asked for sight in sights) or self._was_read(asked, before):
            # Text that was matched before with all that is known now: the exchange that showed it first is kept already.
            is_old_news = before is not None and before.matched_with >= self.watchlist.number
            self._keep(hit, digest, sights, exchange="" if is_old_news else hit.exchange)
            return
        read = self._read(hit)
        if read is None:
            # Listed at least; the next Look tries to read it again.
            self.unread += 1
            self._keep(hit, digest, (*sights, Sight(person_id=asked)), exchange=hit.exchange)
            return
        on_page = _sights_on(read.page, hit, sights, self.watchlist)
        is_named = any(sight.person_id == asked for sight in on_page)
        if read.page.is_truncated and not is_named:
            on_page = (*on_page, Sight(person_id=asked))
        not_named = () if is_named or read.page.is_truncated else (asked,)
        self._keep(hit, digest, on_page, read=read, exchange=read.exchange or hit.exchange, not_named=not_named)

    @property
    def said(self) -> str:
        """Return what of the pages could not be read."""
        return f"{self.unread} page(s) behind a hit not read" if self.unread else ""

    def _was_read(self, asked: int, before: Shown | None) -> bool:
        return before is not None and before.read_with >= self.watchlist.people[asked].number

    def _read(self, hit: Hit) -> ReadPage | None:
        """Read the page behind a Hit, None where it cannot be read or enough was read for one Look."""
        is_spent = self.pages_left == 0 or self.world.clock.monotonic() > self.until
        if is_spent or not hit.address or hit.has_opaque_address:
            return None
        self.pages_left -= 1
        try:
            return self.opened.read_page(hit.address)
        except ProviderError:
            return None

    def _keep(
        self,
        hit: Hit,
        digest: int,
        sights: tuple[Sight, ...],
        *,
        exchange: str,
        read: ReadPage | None = None,
        not_named: tuple[int, ...] = (),
    ) -> None:
        self.shown.append(ShownHit(digest, was_read=read is not None))
        if not (sights or not_named):
            return
        if sights and exchange:
            # Made sure of at once: pages are large, and only those that name somebody stay.
            if read is None:
                self.opened.keep(exchange)
            else:
                read.keep()
        blank = _finding(hit, read, self.blank.source_id, now=self.world.clock.now())
        author = telling_author(hit.author, blank.site, self.watchlist.lexicon)
        found = replace(blank, exchange=exchange, hit_hash=digest, sights=sights, not_named=not_named, author_hash=author)
        self.findings.append(found)


def storable(hit: Hit) -> Hit:
    """Return the Hit without what no database keeps, each sign replaced by one other, so that every offset stays."""
    return replace(
        hit,
        address=_clean(hit.address),
        title=_clean(hit.title),
        text=_clean(hit.text),
        guid=_clean(hit.guid),
        site=_clean(hit.site),
        author=_clean(hit.author),
    )


def _clean(text: str) -> str:
    return _NOT_STORABLE.sub("\ufffd", text)


def sights_in(document: Document, watchlist: Watchlist) -> tuple[Sight, ...]:
    """Return everybody who is named in a document."""
    return tuple(
        Sight(
            person_id=match.person_id,
            match=match,
            assessment=assess(document, match, watchlist.organisation),
            passages=passages(document, match),
        )
        for match in watchlist.matcher.match(document)
    )


def _sights_on(page: ParsedPage, hit: Hit, sights: tuple[Sight, ...], watchlist: Watchlist) -> tuple[Sight, ...]:
    """Return who is named on the page, and who only in what the engine showed of it."""
    on_page = sights_in(replace(hit.document, title=page.title or hit.title, text=page.text), watchlist)
    named = {sight.person_id for sight in on_page}
    return (*on_page, *(sight for sight in sights if sight.person_id not in named))


def _finding(hit: Hit, read: ReadPage | None, source_id: int, *, now: datetime) -> Finding:
    title = hit.title or (read.page.title if read else "")
    return Finding(
        hit=hit,
        keys=keys_of(hit, source_id, final_address=read.address if read else ""),
        guid_key=guid_key(hit, source_id),
        title=title,
        title_hash=title_hash(title),
        site=(hit.site or site_of(hit.address))[:LONGEST_SITE],
        author_hash=0,
        carries=Carries.TEXT if read else hit.carries,
        was_read=read is not None,
        published_at=believable(hit.published_at, now=now),
        exchange="",
        hit_hash=0,
        sights=(),
    )
