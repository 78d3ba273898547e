"""Find the feed in what a server sent, and mend its XML so that no parser has to guess.

What a feed says is not known here. Runs in the parse child.
"""

from __future__ import annotations

import html
import re
import zlib

from monitor.fetch.wire import Unreadable

ENTRIES_LIMIT = 5_000
ENTRY_START = re.compile(rb"<(?:[\w-]{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
AN_HTML_PAGE = "this is an HTML page, not a feed"
_GZIP = b"\x1f\x8b\x08"
_UNPACKED_LIMIT = 20 * 1024 * 1024
_ROOT = re.compile(r"<(?:[\w-]{1,20}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
HEAD = 65_536
_PROLOGUE = re.compile(
    r"(?:\s+|<\?[^>]*>|<!--(?:[^-]|-(?!->))*+-->"
    r"|<!doctype\s[^>\[]*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*+\]\s*)?>)*+",
    re.IGNORECASE,
)
_HTML = re.compile(r"<!doctype\s+html\b|<(?:html|head|body)[\s>]", re.IGNORECASE)


def unpacked(content: bytes) -> bytes:
    """Return the content, unpacked where a server sent a packed file (not a packed answer)."""
    if not content.startswith(_GZIP):
        return content
    try:
        plain = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(content, _UNPACKED_LIMIT)
    except zlib.error:
        raise Unreadable("this is broken compressed data, not a feed") from None
    if len(plain) == _UNPACKED_LIMIT:
        raise Unreadable("this is compressed data that unpacks to too much")
    return plain


def find_root(text: str) -> tuple[int, bool]:
    """Find where the feed begins, and whether HTML was wrapped around it. With the DTD before it go all its entities."""
    prologue = _PROLOGUE.match(text)
    after = prologue.end() if prologue else 0
    root = _ROOT.match(text, after) or _ROOT.search(text, after, after + HEAD)
    if root is None:
        raise Unreadable(_what_it_is(text))
    return root.start(), _HTML.search(text, 0, root.start()) is not None


def _what_it_is(text: str) -> str:
    start = text[:HEAD].lower()
    if "<html" in start or "<!doctype html" in start or start.startswith(("<head", "<body")):
        return AN_HTML_PAGE
    if "<urlset" in start or "<sitemapindex" in start:
        return "this is a sitemap, not a feed"
    if "<opml" in start:
        return "this is an OPML list of feeds, not a feed"
    if start.startswith("<"):
        return "this is XML, but not a feed"
    return "this is no feed, and nothing like one"


_ENTITY = re.compile(
    rb"&(?!(?:lt|gt|amp|quot|apos|#3[2-9]|#8[0-9]{3});)(#[0-9]{1,9};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z][A-Za-z0-9]{1,31};)?"
)
# XML knows no control characters; readers show none. Those that part words become a space.
_SPACES = bytes(9 if code in (11, 12, 28, 29, 30, 31) else code for code in range(256))
_UNSEEN = bytes(code for code in range(32) if code not in (9, 10, 11, 12, 13, 28, 29, 30, 31))


def mend(text: str) -> tuple[bytes, bool]:
    """Return well-encoded UTF-8 that no parser has to guess about, and whether entries were cut off.

    Entities are put in here, because an unknown one cuts off the text behind it; what is declared in a DTD is never
    expanded. A bare "&" stays an "&".
    """
    content = text.encode("utf-8", "replace").replace(b"\0", b"\xef\xbf\xbd")
    content = content.translate(_SPACES, _UNSEEN).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    content, is_cut = _cut(_resolve_entities(content) if b"&" in content else content)
    return b'<?xml version="1.0" encoding="utf-8"?>' + content, is_cut


def _resolve_entities(content: bytes) -> bytes:
    parts, at = [], 0
    while True:  # CDATA is text already
        start = content.find(b"<![CDATA[", at)
        end = content.find(b"]]>", start) if start != -1 else -1
        if end == -1:
            parts.append(_ENTITY.sub(_character, content[at:]))
            return b"".join(parts)
        parts.append(_ENTITY.sub(_character, content[at:start]))
        parts.append(content[start : end + 3])
        at = end + 3


def _character(entity: re.Match[bytes]) -> bytes:
    if entity[1] is None:
        return b"&amp;"
    found = html.unescape(entity[0].decode("ascii"))  # as a browser does: U+0000 and surrogates become U+FFFD
    found = "".join(sign for sign in found if sign in "\t\n\r" or sign >= " ")
    return html.escape(found).encode("utf-8", "replace")


def _cut(content: bytes) -> tuple[bytes, bool]:
    """Cut off what lies behind the last entry that is wanted: parsers read all, and 100,000 entries take ten seconds."""
    if content.count(b"item") + content.count(b"entry") <= ENTRIES_LIMIT:
        return content, False
    for number, match in enumerate(ENTRY_START.finditer(content)):
        if number == ENTRIES_LIMIT:
            return content[: match.start()] + _closing(content), True
    return content, False


def _closing(content: bytes) -> bytes:
    start = content[:16].lower()
    if start.startswith(b"<rss"):
        return b"</channel></rss>"
    return b"</feed>" if start.startswith(b"<feed") else b""
