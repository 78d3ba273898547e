"""Look at a Source and match what it brings: network and pure rules, no write transaction.

Where only the engine claims that somebody is named, the page is read once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.core.looks import Finding, LookRecord, ShownHit, hit_hash, keys_of, title_hash
from monitor.core.model import Carries, Document, Hit, Outcome, Person, Query
from monitor.core.names import query_forms
from monitor.core.passages import passages
from monitor.core.signals import assess
from monitor.core.triage import Sight
from monitor.core.urls import site_of
from monitor.pipeline.world import Watchlist, World
from monitor.ports import Batch, Feed, ParsedPage, ProviderError, QuotaExhausted, Search
from monitor.storage import sources
from monitor.storage.sources import DueWatch, SourceRow

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
    started_at = world.clock.now()
    world.failpoint("poll.before_look")
    query = None if due is None else _query(source, watchlist.people[due.person_id], world)
    blank = LookRecord(
        source_id=source.id,
        started_at=started_at,
        ended_at=started_at,
        outcome=Outcome.FAILED,
        matched_with=watchlist.number,
        asked_person=None if due is None else due.person_id,
        asked=() if query is None else query.forms,
    )
    try:
        batch = _batch(source, opened, query, watchlist)
        return _digest(batch, blank, query, opened, watchlist, world)
    except ProviderError as error:
        return failed_look(blank, error, now=world.clock.now())


def failed_look(blank: LookRecord, error: ProviderError, *, now: datetime) -> LookRecord:
    """Return the record of a Look at which nothing could be seen."""
    until = error.until if isinstance(error, QuotaExhausted) else None
    return replace(blank, ended_at=now, outcome=error.outcome, detail=str(error), not_before=until, retry_after=error.retry_after)


def _query(source: SourceRow, person: Person, world: World) -> Query:
    """Ask without a limit in time until every form was answered wholly once; then for what is recent."""
    forms = query_forms(person.id, person.name)
    with world.db.read() as tx:
        seen = sources.load_asked_forms(tx, source.id, [person.id]).get(person.id, {})
    is_first = any((known := seen.get(form.text)) is None or known.first_whole_at is None for form in forms)
    since = None if is_first else world.clock.now() - max(SINCE_AT_LEAST, 3 * source.every)
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


def _digest(
    batch: Batch, blank: LookRecord, query: Query | None, opened: Opened, watchlist: Watchlist, world: World
) -> LookRecord:
    """Match every Hit of a Batch, read pages where only the engine claims a name, and keep the raw exchanges."""
    hashes = [hit_hash(hit) for hit in batch.hits]
    with world.db.read() as tx:
        before = sources.load_shown(tx, blank.source_id, hashes)
    findings: list[Finding] = []
    shown: list[ShownHit] = []
    left = PAGES_PER_LOOK
    is_all_read = True
    for hit, digest in zip(batch.hits, hashes, strict=True):
        sights = sights_in(hit.document, watchlist)
        asked = None if query is None else blank.asked_person
        was_read = False
        read: ReadPage | None = None
        if asked is not None and not any(sight.person_id == asked for sight in sights):
            matched_with, had_been_read = before.get(digest, (0, False))
            if had_been_read and matched_with >= watchlist.people[asked].number:
                was_read = True
            elif left == 0:
                is_all_read = False
                continue
            else:
                left -= 1
                read = _read(hit, opened)
                was_read = read is not None
                sights = _with_page(hit, read, sights, asked, watchlist)
        shown.append(ShownHit(digest, was_read))
        if sights:
            findings.append(_finding(hit, read, digest, sights, blank.source_id))
    for exchange in sorted({finding.exchange for finding in findings} - {""}):
        opened.keep(exchange)
    outcome = Outcome.UNCHANGED if batch.is_unchanged else Outcome.OK if batch.is_whole else Outcome.PARTIAL
    return replace(
        blank,
        ended_at=world.clock.now(),
        outcome=outcome,
        detail="; ".join(filter(None, (batch.truncated, *batch.partial_failures))),
        is_whole=batch.is_whole and is_all_read,
        is_limited_in_time=query is None or query.since is not None,
        hits=len(batch.hits),
        state=batch.state,
        not_before=batch.not_before,
        moved_to=batch.moved_to,
        findings=tuple(findings),
        shown=tuple(shown),
    )


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
