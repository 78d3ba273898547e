"""Ask Bing News for one person's names through its RSS search, which is not documented but widely used.

It shows about ten items with a snippet, newest and best mixed, and has no second page worth asking for.
Here: the request, and what stands in an item.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from pydantic import Field

from monitor.core.model import Carries, Hit, Query
from monitor.core.urls import site_of, unwrapped
from monitor.ports import Answer, Batch, FeedEntry, ProviderBlocked, QuotaExhausted, Search, Settings, State
from providers import CUT_OFF, check_answer, is_html, is_within, phrases, retry_after

ADDRESS = "https://www.bing.com/news/search"
FULL = 10
"""Bing gives ten to twelve items; from here on there may be more."""

INTERVALS = ((1, "7"), (7, "8"), (31, "9"))
"""Days back, and Bing's number for them: a day, a week, a month."""


class BingNewsSettings(Settings):
    market: str = Field(
        default="nl-NL", pattern=r"^[a-z]{2}-[A-Z]{2}$", description="Language and country to search in, such as nl-NL or nl-BE."
    )


class BingNews(Search[BingNewsSettings]):
    Settings = BingNewsSettings
    summary = "Asks Bing News (about ten items with a snippet, no key); names are sent to Microsoft."

    def ask(self, query: Query, state: State) -> Batch:
        if query.page > 1:
            return Batch(state=state, is_full=True)
        now = self.tools.clock.now()
        answer = self.tools.http.get(self._address(query, now=now), headers={"Accept": "application/rss+xml, */*;q=0.5"})
        _check(answer, now=now)
        feed = self.tools.parse_feed(answer)
        return Batch(
            hits=tuple(_hit(entry, answer.exchange) for entry in feed.entries),
            exchanges=(answer.exchange,) if answer.exchange else (),
            state=state,
            is_full=len(feed.entries) >= FULL,
            truncated=CUT_OFF if answer.is_truncated or feed.is_truncated else "",
            echo=feed.title,
        )

    def _address(self, query: Query, *, now: datetime) -> str:
        interval = next((number for days, number in INTERVALS if is_within(query, days, now=now)), "")
        parameters = {
            "q": " OR ".join(phrases(query)),
            "format": "rss",
            "mkt": self.settings.market,
            "setlang": self.settings.market.partition("-")[0],
            **({"qft": f'interval="{interval}"'} if interval else {}),
        }
        return f"{ADDRESS}?{urlencode(parameters)}"


def _check(answer: Answer, *, now: datetime) -> None:
    """Raise where Bing shows something else than a feed."""
    if is_html(answer) and (answer.status in (429, 503) or answer.status < 300):
        wait = retry_after(answer.headers, now=now)
        if answer.status == 429 and wait is not None:
            raise QuotaExhausted("Bing News was asked too often (429)", until=now + wait)
        raise ProviderBlocked(f"Bing shows a web page where a feed belongs ({answer.status})", retry_after=wait)
    check_answer(answer, now=now)


def _hit(entry: FeedEntry, exchange: str) -> Hit:
    # Its links lead through a click counter, `apiclick.aspx?…&url=…`.
    address = unwrapped(entry.url)
    return Hit(
        address=address,
        title=entry.title,
        text=entry.text,
        carries=Carries.SNIPPET if entry.text else Carries.TITLE,
        published_at=entry.published_at,
        guid=entry.guid,
        site=site_of(address),
        exchange=exchange,
    )
