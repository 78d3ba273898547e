"""Read feeds: RSS 0.9x to 2.0, RDF, Atom (also 0.2 and 0.3), JSON Feed.

fastfeedparser first, on bytes that were decoded and mended here; where it raises or finds nothing, feedparser. What
fastfeedparser leaves out is read in a second look (`second_look.py`). Texts leave here as visible text.
Nothing is fetched, nothing is judged. Runs in the parse child.
"""

from __future__ import annotations

import calendar
import io
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import fastfeedparser
import feedparser

from monitor.fetch.decoding import decode
from monitor.fetch.mending import AN_HTML_PAGE, ENTRIES_LIMIT, ENTRY_START, HEAD, find_root, mend, unpacked
from monitor.fetch.pages import clean, visible_line, visible_text, web_address
from monitor.fetch.second_look import Second, needs_second_look, second_look
from monitor.fetch.wire import Unreadable

_FAST, _SLOW = "fastfeedparser", "feedparser"
TEXT_LIMIT = 1_000_000  # characters of one entry
TEXTS_LIMIT = 8_000_000  # characters of all entries together, so that an answer stays small
LINE_LIMIT = 4_096  # characters of a title, a guid, a name

# Any: what the libraries and `json` hand over, taken apart in the same function.
_Raw = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EntryReading:
    """`ports.FeedEntry` as it travels: the moment is ISO text."""

    url: str
    title: str
    text: str
    guid: str = ""
    published_at: str = ""
    author: str = ""
    source_title: str = ""
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedReading:
    """`ports.ParsedFeed` as it travels: `ttl` in minutes, 0 where the feed has no wish."""

    title: str
    entries: tuple[EntryReading, ...]
    ttl: int
    language: str
    parser: str
    is_truncated: bool


def read_feed(content: bytes, content_type: str = "", address: str = "") -> FeedReading:
    """Return what the feed says. Raises `Unreadable` where these bytes are no feed; a feed may well be empty."""
    if not content.strip():
        raise Unreadable("the answer is empty, so not a feed")
    text = decode(unpacked(content), content_type).lstrip("\ufeff \t\r\n\0")
    if text[:1] in ("{", "["):
        return _read_json(text, address)
    start, is_html = find_root(text)
    mended, is_cut = mend(text[start:])
    feed, parser = _parse(mended, address)
    if is_html and not feed["entries"]:
        raise Unreadable(AN_HTML_PAGE)
    return _reading(feed, parser, _seconds(mended, feed, parser), mended, address, is_cut=is_cut)


# ----------------------------------------------------------------------------------------------------- JSON Feed


def _read_json(text: str, address: str) -> FeedReading:
    try:
        feed: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("this is broken JSON, not a feed") from None
    version = feed.get("version") if isinstance(feed, dict) else None
    rows = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(rows, list) or not ((isinstance(version, str) and "jsonfeed.org" in version) or _look_like_items(rows)):
        raise Unreadable("this is JSON, but not a feed")
    base = web_address(_word(feed.get("feed_url")), address) or address
    entries, is_cut = _capped([_json_entry(row, base) for row in rows[:ENTRIES_LIMIT] if isinstance(row, dict)])
    return FeedReading(
        title=_short(_word(feed.get("title"))),
        entries=entries,
        ttl=0,
        language=_short(_word(feed.get("language")))[:35],
        parser="json",
        is_truncated=is_cut or len(rows) > ENTRIES_LIMIT,
    )


def _look_like_items(rows: Sequence[Any]) -> bool:
    """Tell whether rows without a version are entries all the same: an API's `items` rarely have both."""
    marks = {"content_html", "content_text", "date_published"}
    return any(isinstance(row, dict) and "id" in row and marks & row.keys() for row in rows[:10])


def _json_entry(row: _Raw, base: str) -> EntryReading:
    """JSON Feed says what is markup and what is text, so nothing is guessed here."""
    texts = [visible_text(_word(row.get("content_html"))), _word(row.get("content_text")), _word(row.get("summary"))]
    authors = row.get("authors") if isinstance(row.get("authors"), list) else [row.get("author")]
    names = [_word(author.get("name")) for author in authors or () if isinstance(author, dict)]
    return EntryReading(
        url=web_address(_word(row.get("url")), base) or web_address(_word(row.get("external_url")), base),
        title=_short(_word(row.get("title"))),
        text=clean(max(texts, key=len).strip()),
        guid=_short(_word(row.get("id"))),
        published_at=_iso(row.get("date_published")) or _iso(row.get("date_modified")),
        author=_short(", ".join(name for name in names if name)),
    )


# ---------------------------------------------------------------------------------------------------- two parsers


_FAILURES = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, SyntaxError, RecursionError, AssertionError)


def _parse(content: bytes, address: str) -> tuple[_Raw, str]:
    """Let the fast parser try, then the thorough one. Both get bytes only: a text that is a path or an address is opened."""
    fast = _parse_fast(content)
    if fast is not None and fast["entries"]:
        return fast, _FAST
    slow = _parse_slow(content, address)
    if slow is not None and (slow["entries"] or (fast is None and slow.get("version"))):
        return slow, _SLOW
    if fast is None:
        raise Unreadable("this looks like a feed, but neither parser can read it")
    return fast, _FAST


def _parse_fast(content: bytes) -> _Raw | None:
    try:
        feed: _Raw = fastfeedparser.parse(content, include_tags=False, include_enclosures=False)
    except _FAILURES:
        return None
    return feed


def _parse_slow(content: bytes, address: str) -> _Raw | None:
    try:
        feed: _Raw = feedparser.parse(
            io.BytesIO(content),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": address},
            resolve_relative_uris=False,
            sanitize_html=False,  # its sanitiser is the slow and quadratic part; we keep no markup anyway
        )
    except _FAILURES:
        return None
    return feed


def _seconds(content: bytes, feed: _Raw, parser: str) -> tuple[Second, ...]:
    if parser != _FAST or not needs_second_look(content, feed["entries"]):
        return ()
    try:
        return second_look(content)
    except _FAILURES:
        return ()  # what the first parser found stands


# -------------------------------------------------------------------------------------------------------- reading

_DOUBLED = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\u00e2(?:\u20ac|\u0080)")
_TTL = re.compile(rb"<ttl[^>]{0,100}>\s{0,100}(\d{1,6})\s{0,100}</ttl", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:\w{1,20}:)?updatePeriod[^>]{0,100}>\s{0,100}(\w{1,10})", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w{1,20}:)?updateFrequency[^>]{0,100}>\s{0,100}(\d{1,4})", re.IGNORECASE)
_PERIODS = {b"hourly": 60, b"daily": 1_440, b"weekly": 10_080, b"monthly": 43_200, b"yearly": 525_600}
_GUID = re.compile(rb"<(?:\w{1,20}:)?(?:guid|id)[\s>]|:about=", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<(?:dc:)?language[^>]{0,100}>\s{0,100}([A-Za-z][\w-]{1,34})|xml:lang=[\"']([A-Za-z][\w-]{1,34})")


def _reading(feed: _Raw, parser: str, seconds: Sequence[Second], content: bytes, address: str, *, is_cut: bool) -> FeedReading:
    rows = feed["entries"]
    about = feed.get("feed") or {}
    is_aligned = len(seconds) == len(rows)
    entries, is_capped = _capped(
        [_entry(row, seconds[at] if is_aligned else Second(), address) for at, row in enumerate(rows[:ENTRIES_LIMIT])]
    )
    if not _GUID.search(content):  # fastfeedparser takes the link for one where there is none
        entries = tuple(EntryReading(**{**entry.__dict__, "guid": ""}) for entry in entries)
    first = ENTRY_START.search(content)
    language = _LANGUAGE.search(content, 0, first.start() if first else HEAD)
    return FeedReading(
        title=_short(_seen(_word(about.get("title")))),
        entries=entries,
        ttl=_ttl(content),
        language=(language[1] or language[2]).decode("ascii", "replace") if language else "",
        parser=parser,
        is_truncated=is_cut or is_capped or len(rows) > ENTRIES_LIMIT,
    )


def _entry(row: _Raw, second: Second, address: str) -> EntryReading:
    base = web_address(second.base, address) or address
    link = _word(row.get("link"))
    if not second.link and link == second.guid:
        link = ""  # a guid that says it is no link
    source = row.get("source") if isinstance(row.get("source"), Mapping) else {}
    return EntryReading(
        url=web_address(link, base) or web_address(second.link, base),
        title=_short(_seen(second.title or _word(row.get("title")))),
        text=_fullest(_texts(row, second)),
        guid=_short(_word(row.get("id")) or second.guid),
        published_at=_moment(row),
        author=_short(_seen(_word(row.get("author")))),
        source_title=_short(_seen(second.source_title or _word((source or {}).get("title")))),
        source_url=web_address(second.source_url or _word((source or {}).get("href") or (source or {}).get("link")), base),
    )


def _texts(row: _Raw, second: Second) -> list[str]:
    contents = row.get("content") or ()
    texts = [_word(row.get("description")), _word(row.get("summary")), *second.texts]
    texts += [_word(content.get("value")) for content in contents if isinstance(content, Mapping)]
    if any(text.strip() for text in texts):
        return texts
    # YouTube and its like say it in the media extension only.
    media = row.get("media_content") or ()
    return [_word(about.get("description")) for about in media if isinstance(about, Mapping)]


def _seen(markup: str) -> str:
    return visible_line(_undouble(markup))


def _undouble(text: str) -> str:
    """Mend what was encoded twice before it was sent ("ZoÃ«"), where all of the text is such."""
    if not any(sign in text for sign in "ÂÃâ") or not _DOUBLED.search(text):
        return text
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode()
        except UnicodeError:
            continue
    return text


def _fullest(markups: Sequence[str]) -> str:
    fullest = ""
    for markup in sorted({markup.strip() for markup in markups}, key=len, reverse=True):
        if len(markup) <= len(fullest):
            break  # what is shorter as markup cannot say more
        fullest = max(fullest, visible_text(_undouble(markup)), key=len)
    return fullest


def _moment(row: _Raw) -> str:
    """When it was published, else when it was last changed."""
    for name in ("published", "updated"):
        parsed = dict.get(row, f"{name}_parsed")  # dict's own, because feedparser's warns and guesses
        moment = _of_struct(parsed) if isinstance(parsed, time.struct_time) else _iso(dict.get(row, name))
        if moment:
            return moment
    return ""


def _of_struct(moment: time.struct_time) -> str:
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _iso(text: Any) -> str:
    try:
        moment = datetime.fromisoformat(_word(text).strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


def _ttl(content: bytes) -> int:
    """Return the feed's wish in minutes: RSS's ttl, else the syndication module's period."""
    if ttl := _TTL.search(content):
        return min(int(ttl[1]), _PERIODS[b"yearly"])
    period, frequency = _PERIOD.search(content, 0, HEAD), _FREQUENCY.search(content, 0, HEAD)
    minutes = _PERIODS.get(period[1].lower(), 0) if period else 0
    return minutes // max(int(frequency[1]), 1) if frequency else minutes


def _capped(entries: list[EntryReading]) -> tuple[tuple[EntryReading, ...], bool]:
    """Hold the texts within their caps; the whole entry stays, so that nothing vanishes unsaid."""
    left, kept, is_cut = TEXTS_LIMIT, [], False
    for entry in entries:
        room = min(TEXT_LIMIT, left)
        if len(entry.text) > room:
            entry, is_cut = EntryReading(**{**entry.__dict__, "text": entry.text[:room]}), True  # noqa: PLW2901
        left -= len(entry.text)
        kept.append(entry)
    return tuple(kept), is_cut


def _word(value: Any) -> str:
    """Return a text as it is, a number as text, and anything else as nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _short(text: str) -> str:
    return clean(" ".join(text.split()))[:LINE_LIMIT]
