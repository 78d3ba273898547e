# ruff: noqa: RUF001 - signs that look alike are what is tested
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.pages import read_page, visible_line, visible_text, web_address
from monitor.fetch.wire import Unreadable

PLAIN = [
    "<p>",
    "</p>",
    "<br/>",
    "<a href='/?a=1&b'>",
    "</a>",
    "<B>",
    "</b>",
    "<li id=x>",
    "</ div>",
    " ",
    "\n",
    "Sanne",
    "&amp;",
    "&lt;i&gt;",
]
PAGE = """<!doctype html>
<html lang="nl-NL"><head><noscript><img src="p.gif"></noscript>
<title>Vergadering &amp; besluit</title>
<meta name="description" content="Over Youssef El Amrani">
<meta property="og:title" content="Het besluit">
<link rel="canonical" href="/besluit">
<link rel="alternate" type="application/rss+xml" href="feed.xml">
<link rel="alternate" type="application/atom+xml" href="https://other.example.org/atom">
<style>.a:after { content: "stijl" }</style></head>
<body><nav>Start</nav><h1>San<b>ne</b> van der Mo<i>len</i></h1>
<p>Eerste regel<br>tweede   regel</p>
<script>var a = "geheim <p>";</script><template><p>geheim</p></template>
<table><tr><th>Naam</th><th>Team</th></tr><tr><td>Marijke</td><td>Noord</td></tr></table>
<div class="comments"><my-comment>Joost schreef</my-comment><my-comment>Fleur schreef</my-comment></div>
<img src="x" alt="Foto van Daan Smit"><a href="#" title="Meer over Lotte" aria-label="Meer over Lotte">meer</a>
<div style="display:none">verborgen naam</div></body></html>"""


def test_all_that_a_reader_sees_is_text_in_blocks():
    page = read_page(PAGE.encode(), "text/html; charset=utf-8", "https://news.example.org/map/pagina")

    assert page.text.split("\n\n") == [
        "Start",
        "Sanne van der Molen",
        "Eerste regel\ntweede regel",
        "Naam\tTeam",
        "Marijke\tNoord",
        "Joost schreef",
        "Fleur schreef",
        "meer",
        "verborgen naam",
        "Foto van Daan Smit",
        "Meer over Lotte",
        "Over Youssef El Amrani",
        "Het besluit",
    ]


def test_a_page_says_its_title_language_address_and_feeds():
    page = read_page(PAGE.encode(), "text/html; charset=utf-8", "https://news.example.org/map/pagina")

    assert (page.title, page.language, page.canonical) == (
        "Vergadering & besluit",
        "nl-NL",
        "https://news.example.org/besluit",
    )
    assert page.feeds == ("https://news.example.org/map/feed.xml", "https://other.example.org/atom")


def test_a_base_that_is_no_web_address_is_ignored():
    html = b'<base href="javascript:alert(1)"><link rel="canonical" href="/x">'

    assert read_page(html, "text/html", "https://news.example.org/").canonical == "https://news.example.org/x"


def test_frames_and_plain_text_are_pages_too():
    assert read_page(b"<frameset><frame></frameset><noframes>Sanne</noframes>", "text/html").text == "Sanne"
    assert read_page(b"a  b\nc\n\n\nd", "text/plain").text == "a b\nc\n\nd"


def test_a_long_page_is_cut_and_says_so():
    page = read_page(b"<p>" + b"woord " * 400_000, "text/html")

    assert len(page.text) <= 2_000_000
    assert page.is_truncated


@pytest.mark.parametrize(
    ("content", "content_type", "fault"),
    [
        (b"", "text/html", "the answer is empty"),
        (b"  \n", "", "the answer is empty"),
        (b"%PDF-1.7", "application/pdf", "this is a PDF file, not a page"),
        (b"\x89PNG\r\n", "", "this is a picture, not a page"),
        (b'{"error": "quota"}', "application/json", "this is JSON, not a page"),
        (b"anything", "image/webp", "this is no text, so not a page"),
    ],
    ids=["empty", "blank", "pdf", "png", "json", "declared picture"],
)
def test_what_is_no_page_is_named(content: bytes, content_type: str, fault: str):
    with pytest.raises(Unreadable, match=fault):
        read_page(content, content_type)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Jan & Piet", "Jan & Piet"),
        ("R&amp;D &colon; &eacute;&#233; &#146;s", "R&D : éé ’s"),
        ("x <Sanne van der Molen> y", "x <Sanne van der Molen> y"),
        ("mail <sanne@example.org>, 3 < 4", "mail <sanne@example.org>, 3 < 4"),
        ("een<p>twee</p>drie", "een\n\ntwee\n\ndrie"),
        ("<script>x()</script>tekst<style>a{}</style>", "tekst"),
        ("a&#0;b\0c&#xD800;d\ud800e", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("\u202eneloM\u202c", "\u202eneloM\u202c"),
        ("<img alt='Daan Smit'>", "Daan Smit"),
        ("", ""),
    ],
    ids=["ampersand", "entities", "angled name", "angled address", "blocks", "script", "unstorable", "bidi", "alt", "empty"],
)
def test_markup_in_an_entry_becomes_what_is_seen(markup: str, expected: str):
    assert visible_text(markup) == expected


@given(st.text(st.characters(codec=None)))
def test_visible_text_can_always_be_stored(markup: str):
    assert "\0" not in visible_text(markup).encode().decode()
    assert "\n" not in visible_line(markup)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../a", "https://news.example.org/a"),
        ("//other.example.org/x", "https://other.example.org/x"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("http://[::1", ""),
        ("http://", ""),
        ("ht\ntps://x.example.org/a", "https://x.example.org/a"),
        ("x" * 5_000, ""),
    ],
    ids=["relative", "schemeless", "script", "file", "data", "broken host", "no host", "broken line", "endless"],
)
def test_only_web_addresses_leave_a_document(link: str, expected: str):
    assert web_address(link, "https://news.example.org/b/c") == expected


@given(st.lists(st.sampled_from(PLAIN)))
def test_plain_markup_reads_the_same_with_and_without_a_parser(pieces: list[str]):
    """`<wbr>` shows nothing, but sends the whole text to the parser."""
    markup = "".join(pieces)

    assert visible_text(markup) == visible_text("<wbr>" + markup)
