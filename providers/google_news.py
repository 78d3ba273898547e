"""Ask Google News for one person's names through its RSS search. Its terms say: for personal use.

It shows headlines only, under links that cannot be followed without a browser; the page is joined by headline and site.
Here: the request, and what stands in an item. Not here: resolving the links.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from urllib.parse import urlencode

from pydantic import Field

from monitor.core.model import Carries, Hit, Query
from monitor.core.urls import site_of
from monitor.ports import Answer, Batch, FeedEntry, ProviderBlocked, ProviderError, QuotaExhausted, Search, Settings, State
from providers import CUT_OFF, check_answer, is_html, phrases, retry_after

ADDRESS = "https://news.google.com/rss/search"
FULL = 100
"""Google gives no more items than this, and no second page."""


GRACE = timedelta(hours=1)
"""The question was thought up a moment ago: seven days and a second are seven days."""


class GoogleNewsSettings(Settings):
    edition: str = Field(
        default="NL:nl",
        pattern=r"^[A-Z]{2}:[a-z]{2}(-[A-Za-z0-9]{2,4})?$",
        description="Country and language of the edition, such as NL:nl or BE:nl.",
    )


class GoogleNews(Search[GoogleNewsSettings]):
    Settings = GoogleNewsSettings
    summary = "Asks Google News (headlines only, no key; its terms say personal use); names are sent to Google."

    def ask(self, query: Query, state: State) -> Batch:
        if query.page > 1:
            return Batch(state=state, is_full=True)
        asked = phrases(query)
        batches: list[Batch] = []
        failures: list[ProviderError] = []
        for phrase in asked:
            try:
                batches.append(self._ask_one(phrase, query.since))
            except ProviderError as error:
                failures.append(error)
                # Who is turned away once is turned away again, and for longer.
                break
        if not batches:
            raise failures[0]
        hits = {hit.guid or hit.address: hit for batch in reversed(batches) for hit in reversed(batch.hits)}
        return Batch(
            hits=tuple(reversed(hits.values())),
            exchanges=tuple(exchange for batch in batches for exchange in batch.exchanges),
            state=state,
            is_full=any(batch.is_full for batch in batches),
            truncated=next((batch.truncated for batch in batches if batch.truncated), ""),
            partial_failures=tuple(f"form {len(batches) + 1} of {len(asked)}: {error}" for error in failures),
            echo=" | ".join(filter(None, (batch.echo for batch in batches))),
            not_before=next((self._rest_until(error) for error in failures), None),
        )

    def _ask_one(self, phrase: str, since: datetime | None) -> Batch:
        now = self.tools.clock.now()
        # One form a request: a headline does not say which of several forms it was found by.
        words = phrase if since is None else f"{phrase} when:{max(1, ceil((now - since - GRACE) / timedelta(days=1)))}d"
        country, language = self.settings.edition.split(":")
        # hl, gl and ceid must agree, or the answer is odd or empty.
        parameters = {"q": words, "hl": language, "gl": country, "ceid": self.settings.edition}
        answer = self.tools.http.get(f"{ADDRESS}?{urlencode(parameters)}", headers={"Accept": "application/rss+xml, */*;q=0.5"})
        _check(answer, now=now)
        feed = self.tools.parse_feed(answer)
        return Batch(
            hits=tuple(_hit(entry, answer.exchange) for entry in feed.entries),
            exchanges=(answer.exchange,) if answer.exchange else (),
            is_full=len(feed.entries) >= FULL,
            truncated=CUT_OFF if answer.is_truncated or feed.is_truncated else "",
            echo=feed.title,
        )

    def _rest_until(self, error: ProviderError) -> datetime | None:
        if isinstance(error, QuotaExhausted):
            return error.until
        return None if error.retry_after is None else self.tools.clock.now() + error.retry_after


def _check(answer: Answer, *, now: datetime) -> None:
    """Raise where Google shows something else than a feed: a consent page, or its page about unusual traffic."""
    for address in (answer.address, *(hop.address for hop in answer.redirects)):
        site = site_of(address)
        if site.startswith("consent."):
            raise ProviderBlocked("Google asks for consent first, as it does from European addresses")
        if site == "google.com" and "/sorry/" in address:
            raise ProviderBlocked("Google takes us for a robot", retry_after=retry_after(answer.headers, now=now))
    if answer.status == 400:
        raise ProviderError("Google News does not take this request (400): check the edition", retryable=False)
    if is_html(answer) and (answer.status in (429, 503) or answer.status < 300):
        wait = retry_after(answer.headers, now=now)
        if answer.status == 429 and wait is not None:
            raise QuotaExhausted("Google News was asked too often (429)", until=now + wait)
        raise ProviderBlocked(f"Google shows a web page where a feed belongs ({answer.status})", retry_after=wait)
    check_answer(answer, now=now)


def _hit(entry: FeedEntry, exchange: str) -> Hit:
    """Return an item as a hit. Its description is the headline and the outlet once more: no text."""
    outlet = f" - {entry.source_title}" if entry.source_title else ""
    return Hit(
        address=entry.url,
        title=entry.title.removesuffix(outlet).rstrip() or entry.title,
        text="",
        carries=Carries.TITLE,
        published_at=entry.published_at,
        # The token in the link, as in the guid; a guid may be missing.
        guid=entry.url.partition("?")[0].rpartition("/")[2] or entry.guid,
        site=site_of(entry.source_url),
        exchange=exchange,
        has_opaque_address=True,
    )
