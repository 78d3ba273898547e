"""Read the visible text out of markup, for whole pages and for the markup inside feed entries.

All of it: comments, forum posts and tables are where people are named, and what extracts "the article" drops them.
Nothing is judged here, and nothing is fetched. Runs in the parse child.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.fetch.decoding import decode
from monitor.fetch.wire import Unreadable

TEXT_LIMIT = 2_000_000  # characters of one page
FEEDS_LIMIT = 50
ADDRESS_LIMIT = 4_096  # characters; longer ones are no use to anybody

# What a browser draws on a line of its own.
_BLOCKS = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img legend li main menu nav noscript object ol optgroup "
    "option p pre search section select summary table tbody textarea tfoot thead title tr ul video audio"
)
_INLINE = (
    "a abbr acronym applet area b base basefont bdi bdo big button canvas cite code col colgroup content data datalist del "
    "dfn em embed font g i input ins kbd label link map mark marquee math meta meter nobr noembed noframes output param "
    "path picture progress q rb rp rt ruby s samp script slot small source span strike strong style sub sup svg template "
    "time track tt u use var wbr xmp"
)
# Marks for what parts text. They are white space to HTML, so they may stand inside a table too; white space of the source
# becomes a plain space first.
_BLOCK, _LINE, _CELL = "\f", "\n", "\t"
_MARKS = {
    **dict.fromkeys(_INLINE.split(), ""),
    **{f"/{name}": "" for name in (*_INLINE.split(), "br", "td", "th")},
    **{name: _BLOCK for block in _BLOCKS.split() for name in (block, f"/{block}")},
    "br": _LINE,
    "td": _CELL,
    "th": _CELL,
}
_TAG = re.compile(r"<(?=[a-zA-Z/])(/?[a-zA-Z][^\s/>]*)?")
# The commonest inline tags are passed over by the pattern itself: a call into Python for each tag is what costs.
_OPENED = re.compile(r"<(?!/?(?:a|b|i|em|strong|span)[\s>]|!--|!\[CDATA\[|!doctype|\?)(/?[a-zA-Z][^\s/>]*)?", re.IGNORECASE)
# Whole tags so plain that a pattern reads them as a parser would: quoted attributes, no ">" within.
_REST = r"""(?:\s[^<>"'=]*(?:=(?:"[^"<>]*"|'[^'<>]*'))?)*/?>"""
_PLAIN_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|small|font|sub|sup)" + _REST, re.IGNORECASE)
_PLAIN_BLOCK = re.compile(r"</?(?:p|div|ul|ol|li|h[1-6]|blockquote)" + _REST, re.IGNORECASE)
_PLAIN_BREAK = re.compile(r"<br" + _REST, re.IGNORECASE)
_UNSEEN = ["script", "style", "template"]
_SAID_BESIDE = ("alt", "title", "aria-label")
_META = frozenset(
    {"description", "author", "og:title", "og:description", "twitter:title", "twitter:description", "article:author"}
)
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"}
)
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#]|$)")
_BINARY = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"\x1f\x8b", "compressed data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)


@dataclass(frozen=True, kw_only=True)
class PageReading:
    """What the child says about one page; `ports.ParsedPage` as it travels."""

    title: str
    text: str
    language: str
    canonical: str
    feeds: tuple[str, ...]
    is_truncated: bool


def read_page(content: bytes, content_type: str = "", address: str = "") -> PageReading:
    """Return all visible text of a page. Raises `Unreadable` where there is no page in these bytes."""
    kind = content_type.partition(";")[0].strip().lower()
    text = _checked(content, content_type, kind)
    if kind == "text/plain":
        return _plain_page(text)
    tree = LexborHTMLParser(_marked(text, _TAG, _mark))
    base = _base(tree, address)
    title = _take_title(tree)
    beside = _beside(tree)
    meta, og_title = _meta(tree)
    reading = PageReading(
        title=title or og_title,
        text="",
        language=_language(tree),
        canonical=web_address(_attribute(tree.css_first("link[rel~='canonical' i][href]"), "href"), base),
        feeds=_feeds(tree, base),
        is_truncated=False,
    )
    blocks = _blocks(_seen(tree))
    whole = "\n\n".join(_with_unsaid(blocks, [*beside, *meta], said={title}))
    return PageReading(**{**reading.__dict__, "text": whole[:TEXT_LIMIT], "is_truncated": len(whole) > TEXT_LIMIT})


def visible_text(markup: str) -> str:
    """Return what a reader sees of the markup in a feed entry, blocks parted by a blank line.

    Feeds put plain text and markup into the same places: a "<" that begins no known tag is therefore text, so that a
    name between angle brackets is not taken for a tag.
    """
    if "<" not in markup:
        return _line(unescape(markup))
    has_beside = any(f"{name}=" in markup for name in _SAID_BESIDE)
    if not has_beside and "<" not in (plain := _without_plain_tags(markup)):
        return "\n\n".join(_blocks(unescape(plain)))
    tree = LexborHTMLParser(_marked(markup, _OPENED, _mark_or_text))
    beside = _beside(tree) if has_beside else []
    return "\n\n".join(_with_unsaid(_blocks(_seen(tree)), beside, said=set()))


def visible_line(markup: str) -> str:
    """Return what a reader sees of a title or a name: one line."""
    if "<" not in markup:
        return _line(unescape(markup))
    return _line(_seen(LexborHTMLParser(_marked(markup, _OPENED, _mark_or_text))))


def web_address(link: str, base: str = "") -> str:
    """Return *link* as an absolute http or https address, or '' where it is none."""
    if not link:
        return ""
    link = "".join(link.split()) if "\n" in link or "\t" in link else link.strip()
    if not link or len(link) > ADDRESS_LIMIT:
        return ""
    if _PLAIN_ADDRESS.match(link):
        return clean(link)
    try:
        absolute = link if link.startswith(("https://", "http://")) else urljoin(base, link)
        parts = urlsplit(absolute)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # a broken IPv6 host, a port that is no number
        return ""
    return clean(absolute) if is_web else ""


def clean(text: str) -> str:
    """Replace what no database and no JSON reader takes: U+0000 and lone surrogates."""
    text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _checked(content: bytes, content_type: str, kind: str) -> str:
    if not content.strip():
        raise Unreadable("the answer is empty")
    for magic, name in _BINARY:
        if content.startswith(magic):
            raise Unreadable(f"this is {name}, not a page")
    if kind.startswith(("image/", "audio/", "video/")) or kind == "application/pdf":
        raise Unreadable("this is no text, so not a page")
    text = decode(content, content_type)
    if text.lstrip()[:1] in ("{", "[") and (kind.endswith("json") or "<" not in text):
        raise Unreadable("this is JSON, not a page")
    return text


def _plain_page(text: str) -> PageReading:
    paragraphs = re.split(r"\n[ \t\r]*\n", text)
    whole = "\n\n".join(kept for block in paragraphs if (kept := "\n".join(_lines(block))))
    return PageReading(
        title="", text=clean(whole[:TEXT_LIMIT]), language="", canonical="", feeds=(), is_truncated=len(whole) > TEXT_LIMIT
    )


def _lines(block: str) -> list[str]:
    return [kept for line in block.splitlines() if (kept := " ".join(line.split()))]


def _marked(markup: str, pattern: re.Pattern[str], mark: Callable[[re.Match[str]], str]) -> str:
    """Put the marks before the tags that part text, so that one call in C gives the text with its boundaries."""
    return pattern.sub(mark, _flat(clean(markup)))


def _flat(text: str) -> str:
    """Make the white space of the source plain; `str.translate` takes ten times as long."""
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\f", " ")


def _without_plain_tags(markup: str) -> str:
    """Put marks in the place of plain tags: most entries have no others, and this takes a third of a parser's time."""
    inner = _PLAIN_INLINE.sub("", _flat(clean(markup)))
    return _PLAIN_BREAK.sub(_LINE, _PLAIN_BLOCK.sub(_BLOCK, inner))


def _mark(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    # Custom elements are drawn inline, but sites use them for whole comments and posts.
    return _MARKS.get(name, _BLOCK if "-" in name else "") + tag[0]


def _mark_or_text(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    if ":" in name:  # XHTML inside a feed: <h:p>, </h:p>
        name = name[: name.startswith("/")] + name.rpartition(":")[2]
    mark = _MARKS.get(name)
    return "&lt;" + tag[0][1:] if mark is None else mark + tag[0]


def _seen(tree: LexborHTMLParser) -> str:
    """Return the text in document order; of the root, because a frameset has no body. Changes the tree."""
    tree.strip_tags(_UNSEEN, recursive=True)
    return tree.root.text() if tree.root is not None else ""


def _blocks(marked: str) -> list[str]:
    """Cut marked text into blocks; white space as a browser draws it."""
    return [kept for block in marked.split(_BLOCK) if (kept := "\n".join(_rows(block)))]


def _rows(block: str) -> list[str]:
    if _LINE not in block and _CELL not in block:
        return [" ".join(block.split())]
    rows = ("\t".join(" ".join(cell.split()) for cell in line.split(_CELL)).strip() for line in block.split(_LINE))
    return [row for row in rows if row]


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _with_unsaid(blocks: list[str], beside: list[str], *, said: set[str]) -> list[str]:
    """Add the texts beside (alt, title, meta) that no block says already."""
    said = said | set(blocks)
    for text in beside:
        if text and text not in said:
            said.add(text)
            blocks.append(text)
    return blocks


def _take_title(tree: LexborHTMLParser) -> str:
    """Return the title, and take it out of the tree: it is no part of the text."""
    node = tree.css_first("title")
    if node is None:
        return ""
    title = _line(node.text())
    node.decompose()
    return title


def _beside(tree: LexborHTMLParser) -> list[str]:
    """Return what stands in attributes that people see or hear."""
    nodes = tree.css("[alt], [title], [aria-label]")
    return [_line(_attribute(node, name)) for node in nodes for name in _SAID_BESIDE]


def _meta(tree: LexborHTMLParser) -> tuple[list[str], str]:
    said, og_title = [], ""
    for node in tree.css("meta[content]"):
        name = (_attribute(node, "name") or _attribute(node, "property")).strip().lower()
        if name in _META:
            said.append(_line(_attribute(node, "content")))
            og_title = og_title or (said[-1] if name == "og:title" else "")
    return said, og_title


def _language(tree: LexborHTMLParser) -> str:
    tag = _attribute(tree.css_first("html[lang]"), "lang") or _attribute(
        tree.css_first("meta[http-equiv='content-language' i]"), "content"
    )
    return _line(tag)[:35]


def _base(tree: LexborHTMLParser, address: str) -> str:
    return web_address(_attribute(tree.css_first("base[href]"), "href"), address) or address


def _feeds(tree: LexborHTMLParser, base: str) -> tuple[str, ...]:
    links = (
        web_address(_attribute(link, "href"), base)
        for link in tree.css("link[rel~='alternate' i][href][type]")
        if _attribute(link, "type").partition(";")[0].strip().lower() in _FEED_TYPES
    )
    return tuple(dict.fromkeys(link for link in links if link))[:FEEDS_LIMIT]


def _attribute(node: LexborNode | None, name: str) -> str:
    return node.attrs.sget(name, "") if node is not None else ""
