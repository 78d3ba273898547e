"""Read a feed: RSS, Atom, RDF or JSON Feed, a Google Alerts feed among them. Reading the bytes is `Tools.parse_feed`'s business.

Here: conditional requests, what the server wishes for its next visit, where the feed moved to, and what an entry carries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import Field

from monitor.core.model import Carries, Hit
from monitor.core.urls import site_of, unwrapped
from monitor.ports import NO_STATE, Answer, Batch, Feed, FeedEntry, ParsedFeed, ProviderError, QuotaExhausted, Settings, State
from providers import CUT_OFF, HttpAddress, check_answer, http_date, retry_after

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"

TEXT_FROM = 600
"""An entry of so many characters is taken for the whole text, a shorter one for a teaser."""

WISH_AT_MOST = timedelta(hours=6)
"""How long a feed's wish (max-age, Expires, ttl) is heeded: hosts send a day or a year for every .xml without meaning it."""

PERMANENT = frozenset({301, 308})

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,12})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,\s=])", re.IGNORECASE)
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,500}")


class RssSettings(Settings):
    url: HttpAddress = Field(description="Address of the feed.")


class Rss(Feed[RssSettings]):
    Settings = RssSettings
    summary = "Reads a feed (RSS, Atom, RDF, JSON Feed); names are matched here, none is sent out."

    def read(self, state: State) -> Batch:
        moved_to = state.get("moved_to", "")
        if not moved_to:
            return self._read(self.settings.url, state)
        try:
            return self._read(moved_to, state)
        except QuotaExhausted:
            raise
        except ProviderError:
            # What compares there says nothing about the old address, which may have something else now.
            return self._read(self.settings.url, NO_STATE)

    def _read(self, url: str, state: State) -> Batch:
        answer = self.tools.http.get(url, headers=_conditions(state))
        now = self.tools.clock.now()
        moved_to = self._moved_to(answer, url)
        remembered = {"moved_to": moved_to} if moved_to else {}
        if answer.status == 304:
            return _unchanged(answer, {**_compared(state), **remembered}, now=now)
        check_answer(answer, now=now)
        feed = self.tools.parse_feed(answer)
        is_cut = answer.is_truncated or feed.is_truncated
        return Batch(
            hits=tuple(self._hit(entry, answer) for entry in feed.entries),
            exchanges=_exchanges(answer),
            # What we did not read to its end must not be called unchanged the next time.
            state=remembered if is_cut else {**_validators(answer.headers), **remembered},
            truncated=CUT_OFF if is_cut else "",
            moved_to=moved_to,
            not_before=_not_before(answer, feed, now=now),
        )

    def _moved_to(self, answer: Answer, asked: str) -> str:
        """Return the new address where every hop says "for good"; one temporary hop leaves the door open for the old one."""
        is_moved = all(hop.status in PERMANENT for hop in answer.redirects)
        found = answer.address if answer.redirects and is_moved else asked
        return "" if found == self.settings.url else found

    def _hit(self, entry: FeedEntry, answer: Answer) -> Hit:
        address = unwrapped(entry.url) if entry.url.lower().startswith(("http://", "https://")) else ""
        is_author_shown = entry.author in entry.text or entry.author in entry.title
        return Hit(
            address=address,
            title=entry.title,
            text=entry.text if is_author_shown else "\n\n".join(filter(None, (entry.text, entry.author))),
            carries=_carries(entry, is_alert=_is_google_alert(self.settings.url)),
            published_at=entry.published_at,
            guid=entry.guid,
            site=site_of(address) or site_of(self.settings.url),
            exchange=answer.exchange,
            author=entry.author,
        )


def _conditions(state: State) -> Mapping[str, str]:
    headers = {"Accept": ACCEPT}
    if etag := state.get("etag"):
        headers["If-None-Match"] = etag
    if last_modified := state.get("last_modified"):
        headers["If-Modified-Since"] = last_modified
    return headers


def _unchanged(answer: Answer, state: State, *, now: datetime) -> Batch:
    if not (state.get("etag") or state.get("last_modified")):
        # A broken cache: we asked for the feed itself, and got no look at it.
        raise ProviderError("the server says that nothing changed (304), but was not asked for changes")
    return Batch(
        exchanges=_exchanges(answer),
        state={**state, **_validators(answer.headers)},
        is_unchanged=True,
        moved_to=state.get("moved_to", ""),
        not_before=_not_before(answer, None, now=now),
    )


def _exchanges(answer: Answer) -> tuple[str, ...]:
    return (answer.exchange,) if answer.exchange else ()


def _validators(headers: Mapping[str, str]) -> State:
    """Return what to send back the next time; only what can be sent back as it is."""
    found = {"etag": headers.get("etag", "").strip(), "last_modified": headers.get("last-modified", "").strip()}
    return {key: value for key, value in found.items() if _VALIDATOR.fullmatch(value)}


def _compared(state: State) -> State:
    return {key: value for key, value in state.items() if key != "moved_to"}


def _not_before(answer: Answer, feed: ParsedFeed | None, *, now: datetime) -> datetime | None:
    """Return when the source may be visited again by its own wish; None where it has none."""
    ttl = feed.ttl if feed is not None else None
    wish = min(max(_freshness(answer.headers), ttl or timedelta()), WISH_AT_MOST)
    wait = max(wish, retry_after(answer.headers, now=now) or timedelta())
    return now + wait if wait > timedelta() else None


def _freshness(headers: Mapping[str, str]) -> timedelta:
    """Return how long the answer says that it stays fresh (RFC 9111: max-age beats Expires, Age has already passed)."""
    control = headers.get("cache-control", "")
    if _NOT_KEPT.search(control):
        return timedelta()
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        passed = int(age) if age.isascii() and age.isdigit() and len(age) <= 12 else 0
        return timedelta(seconds=min(max(int(found[1]) - passed, 0), 10**6))
    expires = http_date(headers.get("expires", ""))
    # Against the server's own clock: Expires of a server whose clock is wrong says nothing about ours.
    sent = http_date(headers.get("date", ""))
    return max(expires - sent, timedelta()) if expires is not None and sent is not None else timedelta()


def _is_google_alert(url: str) -> bool:
    return site_of(url).startswith("google.") and "/alerts/feeds/" in url


def _carries(entry: FeedEntry, *, is_alert: bool) -> Carries:
    """Return how much of the document an entry holds. What a search engine (Google Alerts) writes under a link is a snippet."""
    if not entry.text:
        return Carries.TITLE
    if is_alert:
        return Carries.SNIPPET
    return Carries.TEXT if len(entry.text) >= TEXT_FROM else Carries.TEASER
