"""Keep what was published and serve it: feeds, pages, a forum thread. What is said stands in `script`."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from html import escape
from http import HTTPStatus

from monitor.demo.feeds import Entry, atom, json_feed, rss
from monitor.demo.script import Comment, Piece, Place
from monitor.demo.serving import HTML, NOT_FOUND, Reply, Request

NAMES: Mapping[Place, str] = {
    Place.COURANT: "De Voorbeeldcourant",
    Place.OMROEP: "Omroep Voorbeeldland",
    Place.FORUM: "Ouderkring Voorbeeld",
    Place.BLOG: "De Lindelaan schrijft",
}

FEEDS: Mapping[Place, str] = {
    Place.COURANT: "/courant/feed.xml",
    Place.OMROEP: "/omroep/atom.xml",
    Place.FORUM: "/forum/feed.json",
}

ENTRIES_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Posted:
    """A Comment and when it was made."""

    comment: Comment
    posted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Piece as it stands on the web now."""

    piece: Piece
    path: str
    published_at: datetime
    comments: tuple[Posted, ...] = ()

    @property
    def text(self) -> str:
        """Return all that is written there, paragraph by paragraph."""
        parts = [*self.piece.paragraphs, *(f"{posted.comment.author}: {posted.comment.text}" for posted in self.comments)]
        return "\n\n".join(parts)

    @property
    def changed_at(self) -> datetime:
        return max([self.published_at, *(posted.posted_at for posted in self.comments)])


class Web:
    """All sites of the small internet. Readable while it grows."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}
        self._lock = threading.Lock()
        self.address = ""

    def publish(self, sayings: Sequence[Piece | Comment], *, now: datetime) -> tuple[str, ...]:
        """Publish *sayings* and return the addresses of their pages."""
        with self._lock:
            return tuple(self.address + self._add(saying, now) for saying in sayings)

    def pages(self) -> tuple[Page, ...]:
        """Return every page, newest first."""
        with self._lock:
            return tuple(sorted(self._pages.values(), key=lambda page: page.published_at, reverse=True))

    def __call__(self, request: Request) -> Reply:
        if request.method == "POST":
            return Reply(body=b"", status=HTTPStatus.METHOD_NOT_ALLOWED)
        pages = self.pages()
        for page in pages:
            if page.path == request.path:
                return _conditional(request, self._page(page).encode(), HTML, page.changed_at)
        for place, path in FEEDS.items():
            if path == request.path:
                return self._feed(request, place, [page for page in pages if page.piece.place is place])
        return Reply(body=self._front(pages).encode()) if request.path == "/" else NOT_FOUND

    def _add(self, saying: Piece | Comment, now: datetime) -> str:
        if isinstance(saying, Piece):
            path = f"/{saying.place}/{saying.slug}"
            self._pages[path] = Page(piece=saying, path=path, published_at=now - saying.age)
            return path
        path = next(path for path, page in self._pages.items() if page.piece.slug == saying.slug)
        page = self._pages[path]
        self._pages[path] = replace(page, comments=(*page.comments, Posted(saying, now - saying.age)))
        return f"{path}#reactie-{len(page.comments) + 1}"

    def _feed(self, request: Request, place: Place, pages: Sequence[Page]) -> Reply:
        entries = [entry for page in pages for entry in self._entries(page)]
        entries.sort(key=lambda entry: entry.published_at, reverse=True)
        entries = entries[:ENTRIES_AT_MOST]
        home, self_address = f"{self.address}/{place}", self.address + FEEDS[place]
        changed_at = max((entry.published_at for entry in entries), default=None)
        match place:
            case Place.OMROEP:
                body, kind = atom(NAMES[place], home, self_address, entries), "application/atom+xml; charset=utf-8"
            case Place.FORUM:
                body, kind = json_feed(NAMES[place], home, self_address, entries), "application/feed+json"
            case _:
                body, kind = rss(NAMES[place], home, self_address, entries), "application/rss+xml; charset=utf-8"
        return _conditional(request, body, kind, changed_at)

    def _entries(self, page: Page) -> tuple[Entry, ...]:
        """Return what a feed shows of *page*: a teaser, and of a forum each comment as an entry of its own."""
        address = self.address + page.path
        own = Entry(address, address, page.piece.title, page.piece.teaser, page.piece.author, page.published_at)
        if page.piece.place is not Place.FORUM:
            return (own,)
        comments = (
            Entry(
                identity=f"{address}#reactie-{number}",
                address=address,
                title=page.piece.title,
                teaser=posted.comment.text,
                author=posted.comment.author,
                published_at=posted.posted_at,
            )
            for number, posted in enumerate(page.comments, start=1)
        )
        return (own, *comments)

    def _page(self, page: Page) -> str:
        piece = page.piece
        paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in piece.paragraphs)
        comments = "\n".join(
            f'<li id="reactie-{number}"><b>{escape(posted.comment.author)}</b> '
            f"<time>{posted.posted_at:%Y-%m-%d %H:%M}</time><p>{escape(posted.comment.text)}</p></li>"
            for number, posted in enumerate(page.comments, start=1)
        )
        feed = FEEDS.get(piece.place)
        return "\n".join(
            (
                '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">',
                f"<title>{escape(piece.title)} - {escape(NAMES[piece.place])}</title>",
                f'<meta name="description" content="{escape(piece.teaser)}">',
                f'<link rel="canonical" href="{self.address}{page.path}">',
                f'<link rel="alternate" type="application/rss+xml" href="{feed}">' if feed else "",
                f'</head><body><nav><a href="/">Voorpagina</a> | {escape(NAMES[piece.place])}</nav>',
                f"<article><h1>{escape(piece.title)}</h1>",
                f"<p><i>{escape(piece.author)}, {page.published_at:%Y-%m-%d %H:%M}</i></p>",
                f"{paragraphs}\n</article>",
                f"<section><h2>Reacties</h2><ol>\n{comments}\n</ol></section>" if comments else "",
                "<footer>Een verzonnen pagina op een klein, verzonnen internet.</footer></body></html>\n",
            )
        )

    def _front(self, pages: Sequence[Page]) -> str:
        links = "\n".join(
            f"<li>{page.published_at:%Y-%m-%d} {escape(NAMES[page.piece.place])}: "
            f'<a href="{page.path}">{escape(page.piece.title)}</a></li>'
            for page in pages
        )
        feeds = " | ".join(f'<a href="{path}">{escape(NAMES[place])}</a>' for place, path in FEEDS.items())
        return (
            '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>Een klein internet</title></head><body>'
            f"<h1>Een klein internet</h1><p>Feeds: {feeds}</p><ul>\n{links}\n</ul></body></html>\n"
        )


def _conditional(request: Request, body: bytes, content_type: str, changed_at: datetime | None) -> Reply:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": etag}
    if changed_at is not None:
        headers["Last-Modified"] = format_datetime(changed_at.replace(microsecond=0), usegmt=True)
    if request.headers.get("if-none-match") == etag:
        return Reply(body=b"", status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Reply(body=body, content_type=content_type, headers=headers)
