"""What fastfeedparser leaves out of a feed: inline markup, `<source>`, `xml:base`, a link that only the guid holds.

Only looked for where the bytes show that there is something to find: it costs as much as the first parse.
Runs in the parse child.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]  # ships no types

_TEXT_NAMES = frozenset({"description", "summary", "content", "encoded", "body"})
# A text element that holds an element or a comment, not only characters: the text behind it would be lost.
_INLINE = re.compile(
    rb"<(?:content:|atom:|rss:|h:)?(?:title|description|summary|content|encoded|body)(?:\s[^<>]*)?(?<!/)>[^<]*<(?!/|!\[CDATA\[)"
)
_AFTER_CDATA = re.compile(rb"\]\]>[^<]*<(?!/|!\[CDATA\[)")  # apart, because one pattern for both is three times slower
_PLAIN_NAME = re.compile(r"[a-z_][\w.-]{0,40}")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MEDIA = "http://search.yahoo.com/mrss/"


@dataclass(frozen=True, kw_only=True)
class Second:
    """What the second look saw of one entry; empty is "nothing to add"."""

    title: str = ""
    texts: tuple[str, ...] = ()
    link: str = ""
    guid: str = ""
    base: str = ""
    source_title: str = ""
    source_url: str = ""


# Any: rows of the first parser, and lxml's nodes, which have no types.


def needs_second_look(content: bytes, rows: Sequence[dict[str, Any]]) -> bool:
    """Tell whether the first parser left something out."""
    is_rdf = b":RDF" in content[:200]  # of RDF it reads no content:encoded
    if is_rdf or b"<source" in content or b"xml:base" in content:
        return True
    if _INLINE.search(content) or _AFTER_CDATA.search(content):
        return True
    has_opaque_guids = b"isPermaLink" in content  # which it takes for links all the same
    return any(not row.get("link") or (has_opaque_guids and row["link"] == row.get("id")) for row in rows)


def second_look(content: bytes) -> tuple[Second, ...]:
    """Return one Second per entry, in the order of the document."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(content, parser=parser)
    except etree.XMLSyntaxError:
        return ()
    if root is None:
        return ()
    has_bases = b"xml:base" in content
    return tuple(_look_at(node, has_bases=has_bases) for node in root.iter("{*}item", "{*}entry"))


def _look_at(entry: Any, *, has_bases: bool) -> Second:
    title, texts, links, guid, link_guid = "", [], [], "", ""
    source_title, source_url = "", ""
    for node in entry:
        name = _name(node)
        if name == "source":
            source_title, source_url = _source(node)
        elif name == "link" and node.get("rel", "alternate") == "alternate":
            links.append((node.get("href") or node.text or "").strip())
        elif name in ("guid", "id"):
            guid = (node.text or "").strip()
            link_guid = guid if node.get("isPermaLink", "true").lower() != "false" else ""
        elif name == "title" and len(node) and not _is_media(node):
            title = _inner(node)
        elif name in _TEXT_NAMES and not _is_media(node):
            texts.append(_inner(node))
    return Second(
        title=title,
        texts=tuple(texts),
        link=next((link for link in links if link), link_guid),
        guid=guid,
        base=_base(entry) if has_bases else "",
        source_title=source_title,
        source_url=source_url,
    )


def _source(node: Any) -> tuple[str, str]:
    """Return title and address: RSS says `<source url>title</source>`, Atom has a small feed in it."""
    inside = {_name(child): child for child in node}
    title = inside["title"].text if "title" in inside else node.text
    address = inside["link"].get("href") if "link" in inside else node.get("url")
    return (title or "").strip(), (address or "").strip()


def _inner(node: Any) -> str:
    """Return the markup inside *node*, without name spaces: `<h:b>` is `<b>` to a reader."""
    for child in node.iter():
        if isinstance(child.tag, str):
            child.tag = local if _PLAIN_NAME.fullmatch(local := _name(child)) else "span"
    etree.cleanup_namespaces(node)
    parts = [etree.tostring(child, encoding="unicode", method="html", with_tail=True) for child in node]
    return (node.text or "") + "".join(parts)


def _base(node: Any) -> str:
    bases = [ancestor.get(f"{_XML}base") for ancestor in (node, *node.iterancestors()) if ancestor.get(f"{_XML}base")]
    base = ""
    for step in reversed(bases):
        base = urljoin(base, step)
    return base


def _is_media(node: Any) -> bool:
    return str(node.tag).startswith(f"{{{_MEDIA}}}")


def _name(node: Any) -> str:
    tag = node.tag  # of a comment it is a function
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
