"""Answer like a SearXNG with one engine that has read the whole small internet. Only its JSON API and its `/config`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from monitor.demo.serving import JSON, NOT_FOUND, Reply, Request
from monitor.demo.web import Page, Web

ENGINE = "kleine index"
PER_PAGE = 10
SNIPPET = 160

RANGES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=31), "year": timedelta(days=365)}

_TERM = re.compile(r'"[^"]*"|[^\s()]+')


class SearchEngine:
    """Searches all pages of a Web, each from *lag* after it appeared: engines do not hear of a page at once.

    `unresponsive`: what it says about engines that did not answer.
    """

    def __init__(self, web: Web, now: Callable[[], datetime], *, lag: timedelta = timedelta(0)) -> None:
        self._web = web
        self._now = now
        self._lag = lag
        self.unresponsive: tuple[tuple[str, str], ...] = ()

    def __call__(self, request: Request) -> Reply:
        match request.path:
            case "/config":
                return _json(_CONFIG)
            case "/search" | "/":
                return self._search({**request.query, **request.form()})
            case _:
                return NOT_FOUND

    def _search(self, asked: dict[str, str]) -> Reply:
        if asked.get("format", "html") != "json":
            return Reply(body=b"<!doctype html><title>403 Forbidden</title><h1>Forbidden</h1>", status=HTTPStatus.FORBIDDEN)
        if not asked.get("q", "").strip():
            return _json({"error": "No query"}, HTTPStatus.BAD_REQUEST)
        number, limit = asked.get("pageno", "1"), asked.get("time_range", "")
        if not number.isdecimal() or int(number) < 1 or (limit and limit not in RANGES):
            return _json({"error": "Invalid value"}, HTTPStatus.BAD_REQUEST)
        is_broken = any(engine == ENGINE for engine, _ in self.unresponsive)
        found = [] if is_broken else self._found(asked["q"], RANGES.get(limit))
        start = (int(number) - 1) * PER_PAGE
        return _json(
            {
                "query": asked["q"],
                "results": [
                    self._shown(page, rank) for rank, page in enumerate(found[start : start + PER_PAGE], start=start + 1)
                ],
                "answers": [],
                "corrections": [],
                "infoboxes": [],
                "suggestions": [],
                "unresponsive_engines": [list(pair) for pair in self.unresponsive],
            }
        )

    def _found(self, query: str, within: timedelta | None) -> list[Page]:
        alternatives = _alternatives(query)
        heard_of = self._now() - self._lag
        pages = tuple(page for page in self._web.pages() if page.published_at <= heard_of)
        if within is not None:
            since = self._now() - within
            pages = tuple(page for page in pages if page.changed_at >= since)
        return [page for page in pages if any(_holds(page, terms) for terms in alternatives)]

    def _shown(self, page: Page, rank: int) -> dict[str, object]:
        address = self._web.address + page.path
        published = page.published_at.replace(microsecond=0)
        # Like many engines it shows how a page begins, whether the name stands there or not.
        snippet = page.text.replace("\n\n", " ")[:SNIPPET]
        return {
            "url": address,
            "title": page.piece.title,
            "content": f"{snippet} …",
            "publishedDate": published.isoformat(),
            "pubdate": f"{published:%Y-%m-%d %H:%M:%S%z}",
            "engine": ENGINE,
            "engines": [ENGINE],
            "positions": [rank],
            "score": 1.0 / rank,
            "category": "general",
            "template": "default.html",
            "parsed_url": [*urlsplit(address)[:3], "", "", ""],
            "img_src": "",
            "thumbnail": "",
            "priority": "",
        }


def _alternatives(query: str) -> Sequence[tuple[str, ...]]:
    """Return what *query* asks for: one of these, each with all of its terms."""
    groups: list[list[str]] = [[]]
    for term in _TERM.findall(query):
        if term in {"OR", "|"}:
            groups.append([])
        elif words := _words(term):
            groups[-1].append(words)
    return [tuple(group) for group in groups if group]


def _holds(page: Page, terms: tuple[str, ...]) -> bool:
    text = f" {_words(page.piece.title)} {_words(page.text)} "
    return all(f" {term} " in text for term in terms)


def _words(text: str) -> str:
    """Return the words of *text*, without case, accents and punctuation, one space between two."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def _json(content: object, status: HTTPStatus = HTTPStatus.OK) -> Reply:
    return Reply(body=json.dumps(content).encode(), content_type=JSON, status=status)


_CONFIG = {
    "categories": ["general", "news"],
    "engines": [
        {
            "name": ENGINE,
            "categories": ["general", "news"],
            "shortcut": "ki",
            "enabled": True,
            "paging": True,
            "language_support": False,
            "languages": [],
            "regions": [],
            "safesearch": False,
            "time_range_support": True,
            "timeout": 3.0,
        }
    ],
    "plugins": [],
    "instance_name": "Een klein internet",
    "default_locale": "nl",
    "safe_search": 0,
    "limiter": {"enabled": False},
    "public_instance": False,
    "version": "demo",
}
