"""Write feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1. Nothing is decided here about what they hold."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, ElementTree, SubElement

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a feed. `identity` is its own; several may stand at one address, as the comments of a thread do."""

    identity: str
    address: str
    title: str
    teaser: str
    author: str
    published_at: datetime


def rss(title: str, home: str, address: str, entries: Sequence[Entry]) -> bytes:
    """Write RSS 2.0."""
    root = Element("rss", {"version": "2.0", "xmlns:atom": ATOM, "xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    channel = SubElement(root, "channel")
    SubElement(channel, "title").text = title
    SubElement(channel, "link").text = home
    SubElement(channel, "description").text = f"Het laatste van {title}"
    SubElement(channel, "language").text = "nl-NL"
    SubElement(channel, "atom:link", {"href": address, "rel": "self", "type": "application/rss+xml"})
    for entry in entries:
        one = SubElement(channel, "item")
        SubElement(one, "title").text = entry.title
        SubElement(one, "link").text = entry.address
        SubElement(one, "guid", {"isPermaLink": "true"}).text = entry.identity
        SubElement(one, "description").text = entry.teaser
        SubElement(one, "dc:creator").text = entry.author
        SubElement(one, "pubDate").text = format_datetime(entry.published_at.replace(microsecond=0), usegmt=True)
    return _written(root)


def atom(title: str, home: str, address: str, entries: Sequence[Entry]) -> bytes:
    """Write Atom 1.0."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "nl"})
    SubElement(root, "id").text = address
    SubElement(root, "title").text = title
    SubElement(root, "link", {"href": home})
    SubElement(root, "link", {"href": address, "rel": "self"})
    if entries:
        SubElement(root, "updated").text = _instant(entries[0].published_at)
    for entry in entries:
        one = SubElement(root, "entry")
        SubElement(one, "id").text = entry.identity
        SubElement(one, "title").text = entry.title
        SubElement(one, "link", {"href": entry.address, "rel": "alternate"})
        SubElement(one, "summary").text = entry.teaser
        SubElement(SubElement(one, "author"), "name").text = entry.author
        SubElement(one, "published").text = _instant(entry.published_at)
        SubElement(one, "updated").text = _instant(entry.published_at)
    return _written(root)


def json_feed(title: str, home: str, address: str, entries: Sequence[Entry]) -> bytes:
    """Write JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": address,
        "language": "nl",
        "items": [
            {
                "id": entry.identity,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.teaser,
                "date_published": _instant(entry.published_at),
                "authors": [{"name": entry.author}],
            }
            for entry in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def _written(root: Element) -> bytes:
    written = io.BytesIO()
    ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue()


def _instant(when: datetime) -> str:
    return when.replace(microsecond=0).isoformat()
