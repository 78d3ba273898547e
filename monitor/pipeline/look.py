"""Look at a Source and match what it brings: network and pure rules, no write transaction.

Where only the engine claims that somebody is named, the page is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.core.looks import Finding, LookRecord, ShownHit, hit_hash, keys_of, title_hash
from monitor.core.model import Carries, Document, Hit, Outcome, Person, Query
from monitor.core.names import query_forms
from monitor.core.passages import passages
from monitor.core.signals import assess
from monitor.core.triage import Sight, is_first_asking
from monitor.core.urls import site_of
from monitor.pipeline.world import Watchlist, World
from monitor.ports import Batch, Feed, ParsedPage, ProviderError, QuotaExhausted, Search
from monitor.storage import sources
from monitor.storage.sources import DueWatch, SourceRow

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")

PAGES_PER_LOOK = 20
"""How many pages one Look at a Search reads at most; the rest is read by the next."""

SINCE_AT_LEAST = timedelta(days=7)
CONDITIONAL = frozenset({"etag", "last_modified"})
"""What makes a source answer "nothing new": used only where all that stands there was matched with the newest number."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read for a Hit."""

    page: ParsedPage
    address: str
    exchange: str


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
    return _with_batch(blank, batch, _Reading(opened, watchlist, blank), world)


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
    """Match every Hit of a Batch and keep the raw exchanges of those that name somebody."""
    hits = {hit_hash(hit): hit for hit in map(storable, batch.hits)}
    with world.db.read() as tx:
        before = sources.load_shown(tx, blank.source_id, hits)
    for digest, hit in hits.items():
        reading.take(hit, digest, before.get(digest))
    for exchange in sorted({finding.exchange for finding in reading.findings} - {""}):
        reading.opened.keep(exchange)
    outcome = Outcome.UNCHANGED if batch.is_unchanged else Outcome.OK if batch.is_whole else Outcome.PARTIAL
    return replace(
        blank,
        ended_at=world.clock.now(),
        outcome=outcome,
        detail="; ".join(filter(None, (batch.truncated, *batch.partial_failures))),
        is_whole=batch.is_whole and reading.is_all_read,
        hits=len(batch.hits),
        state=batch.state,
        not_before=batch.not_before,
        is_limited_in_time=blank.is_limited_in_time and not batch.is_without_limit,
        moved_to=batch.moved_to,
        findings=tuple(reading.findings),
        shown=tuple(reading.shown),
    )


@dataclass(slots=True)
class _Reading:
    """The Hits of one Look being matched. `pages_left`: how many pages may still be read for it."""

    opened: Opened
    watchlist: Watchlist
    blank: LookRecord
    pages_left: int = PAGES_PER_LOOK
    is_all_read: bool = True
    findings: list[Finding] = field(default_factory=list)
    shown: list[ShownHit] = field(default_factory=list)

    def take(self, hit: Hit, digest: int, before: tuple[int, bool] | None) -> None:
        """Match one Hit. `before`: under which number it was shown earlier, and whether its page was read then."""
        is_old_news = before is not None and before[0] >= self.watchlist.number
        sights = sights_in(hit.document, self.watchlist)
        asked = self.blank.asked_person
        if asked is None or any(sight.person_id == asked for sight in sights):
            self._keep(hit, digest, sights, is_old_news=is_old_news)
            return
        if before is not None and before[1] and before[0] >= self.watchlist.people[asked].number:
            self._keep(hit, digest, sights, was_read=True, is_old_news=is_old_news)
            return
        if self.pages_left == 0:
            self.is_all_read = False
            return
        self.pages_left -= 1
        read = _read(hit, self.opened)
        sights = _with_page(hit, read, sights, asked, self.watchlist)
        self._keep(hit, digest, sights, read=read, was_read=read is not None)

    def _keep(
        self,
        hit: Hit,
        digest: int,
        sights: tuple[Sight, ...],
        *,
        read: ReadPage | None = None,
        was_read: bool = False,
        is_old_news: bool = False,
    ) -> None:
        self.shown.append(ShownHit(digest, was_read))
        if sights:
            finding = _finding(hit, read, digest, sights, self.blank.source_id)
            # The same text was matched before with all that is known now: the exchange that showed it first is kept already.
            self.findings.append(replace(finding, exchange="") if is_old_news else finding)


def storable(hit: Hit) -> Hit:
    """Return the Hit without what no database keeps, each sign replaced by one other, so that every offset stays."""
    return replace(
        hit,
        address=_clean(hit.address),
        title=_clean(hit.title),
        text=_clean(hit.text),
        guid=_clean(hit.guid),
        site=_clean(hit.site),
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


def _read(hit: Hit, opened: Opened) -> ReadPage | None:
    if not hit.address or hit.has_opaque_address:
        return None
    try:
        return opened.read_page(hit.address)
    except ProviderError:
        return None


def _with_page(hit: Hit, read: ReadPage | None, sights: tuple[Sight, ...], asked: int, watchlist: Watchlist) -> tuple[Sight, ...]:
    """Return who is named on the page; where it could not be read (wholly), the engine's word stands for the one asked."""
    if read is None:
        return (*sights, Sight(person_id=asked))
    on_page = sights_in(Document(title=read.page.title or hit.title, text=read.page.text, url=hit.address), watchlist)
    named = {sight.person_id for sight in on_page}
    kept = (*on_page, *(sight for sight in sights if sight.person_id not in named))
    if read.page.is_truncated and asked not in named:
        return (*kept, Sight(person_id=asked))
    return kept


def _finding(hit: Hit, read: ReadPage | None, digest: int, sights: tuple[Sight, ...], source_id: int) -> Finding:
    title = hit.title or (read.page.title if read else "")
    return Finding(
        hit=hit,
        keys=keys_of(hit, source_id, final_address=read.address if read else ""),
        title=title,
        title_hash=title_hash(title),
        site=hit.site or site_of(hit.address),
        carries=Carries.TEXT if read else hit.carries,
        was_read=read is not None,
        published_at=hit.published_at,
        exchange=(read.exchange if read else "") or hit.exchange,
        hit_hash=digest,
        sights=sights,
    )
