# ruff: noqa: RUF001 - signs that look alike are what is tested
from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.children import ParseChildren
from monitor.fetch.feeds import read_feed
from monitor.fetch.wire import Unreadable
from monitor.ports import FeedEntry, ProviderError
from tests.parsing.answers import answer, rss

ENTRY = FeedEntry(
    url="https://news.example.org/1",
    title="Sanne van der Molen & co",
    text="Een stukje tekst over haar.",
    guid="https://news.example.org/1",
    published_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
)
BODY = "&lt;p&gt;Een &lt;b&gt;stukje&lt;/b&gt; tekst over haar.&lt;/p&gt;"
RSS_ITEM = (
    f"<item><title>Sanne van der Molen &amp; co</title><link>/1</link><description>{BODY}</description>"
    '<guid isPermaLink="true">https://news.example.org/1</guid><pubDate>Tue, 24 Nov 2026 09:00:00 +0100</pubDate></item>'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    '<channel rdf:about="https://news.example.org/"><title>Streeknieuws</title></channel>'
    '<item rdf:about="https://news.example.org/1"><title>Sanne van der Molen &amp; co</title><link>https://news.example.org/1</link>'
    f"<description>Een stukje</description><content:encoded>{BODY}</content:encoded><dc:date>2026-11-24T09:00:00+01:00</dc:date></item>"
    "</rdf:RDF>"
)


def atom(namespace: str, moment: str) -> str:
    return (
        f'<?xml version="1.0"?><feed xmlns="{namespace}"><title>Streeknieuws</title><entry>'
        '<title type="html">Sanne van der Molen &amp;amp; co</title><id>https://news.example.org/1</id>'
        f'<link rel="alternate" href="/1"/><{moment}>2026-11-24T09:00:00+01:00</{moment}>'
        f'<summary>Een stukje</summary><content type="html">{BODY}</content></entry></feed>'
    )


@pytest.mark.parametrize(
    "body",
    [
        rss(RSS_ITEM),
        rss(RSS_ITEM).replace('"2.0"', '"0.91"'),
        rss(RSS_ITEM).replace("<rss", "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://127.0.0.1:1/r.dtd'><rss"),
        rss(RSS_ITEM).replace("<rss", "<br/><b>Warning</b>: mysql in a.php on line 3<?xml version='1.0'?>\n<rss"),
        rss(RSS_ITEM).replace("</channel></rss>", ""),
        RDF,
        atom("http://www.w3.org/2005/Atom", "published"),
        atom("http://www.w3.org/2005/Atom", "updated"),
        atom("http://purl.org/atom/ns#", "issued"),
        atom("http://purl.org/atom/ns#", "modified"),
        "<html><body>" + atom("http://www.w3.org/2005/Atom", "published").partition("?>")[2] + "</body></html>",
    ],
    ids=[
        "rss 2.0",
        "rss 0.91",
        "netscape rss",
        "junk before it",
        "cut off",
        "rdf",
        "atom",
        "atom updated",
        "atom 0.3",
        "atom 0.3 modified",
        "in html",
    ],
)
def test_every_kind_of_feed_gives_the_same_entry(children: ParseChildren, body: str):
    feed = children.parse_feed(answer(body))

    assert feed.entries == (ENTRY,)
    assert feed.title == "Streeknieuws"
    assert not feed.is_truncated


def test_atom_0_2_is_left_to_feedparser(children: ParseChildren):
    feed = children.parse_feed(answer(atom("http://purl.org/atom/ns#", "issued").replace("ns#", "ns/02#")))

    assert feed.parser == "feedparser"
    assert feed.entries == (ENTRY,)


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_json_feed(children: ParseChildren, version: str):
    entry = {
        "id": 17,
        "url": "/1",
        "title": "a < b & c",
        "content_text": "kort",
        "content_html": "<p>Een <b>stukje</b></p>",
        "date_published": "2026-11-24T09:00:00+01:00",
        "authors": [{"name": "Marijke"}, {"name": "Joost"}],
    }
    body = json.dumps({"version": version, "title": "Streeknieuws", "language": "nl", "items": [entry, "nonsense"]})

    feed = children.parse_feed(answer(body))

    assert feed.language == "nl"
    assert feed.entries == (
        FeedEntry(
            url="https://news.example.org/1",
            title="a < b & c",
            text="Een stukje",
            guid="17",
            published_at=ENTRY.published_at,
            author="Marijke, Joost",
        ),
    )


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "utf-8"), ("utf-8", "iso-8859-1"), ("utf-16", "utf-16"), ("windows-1252", "windows-1252")],
    ids=["cp1252 called utf-8", "utf-8 called latin-1", "utf-16", "cp1252"],
)
def test_names_survive_every_encoding(children: ParseChildren, encoding: str, declared: str):
    body = rss("<item><title>Zoë d’Hondt</title></item>").replace('"1.0"', f'"1.0" encoding="{declared}"')

    feed = children.parse_feed(answer(body.encode(encoding)))

    assert feed.entries[0].title == "Zoë d’Hondt"


def test_cyrillic_by_the_header_alone(children: ParseChildren):
    body = rss("<item><title>Йосиф Бродский</title></item>").encode("windows-1251")

    feed = children.parse_feed(answer(body, "application/rss+xml; charset=windows-1251"))

    assert feed.entries[0].title == "Йосиф Бродский"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<title>Re&colon; Zo&euml; &nbsp;v/d Ploeg</title>", "Re: Zoë v/d Ploeg"),
        ("<title>R&D, AT&T &copy=2</title>", "R&D, AT&T ©=2"),
        ("<title>a<!-- x -->b</title>", "ab"),
        ("<title>San<b>ne</b> zei</title>", "Sanne zei"),
        ("<title><![CDATA[R&D &amp; <i>meer</i>]]></title>", "R&D & meer"),
        ("<title>&lt;script&gt;alert(1)&lt;/script&gt;Sanne</title>", "Sanne"),
        ("<title>x &#xD800;y &#x110000;z &#0;&#1;</title>", "x \ufffdy \ufffdz \ufffd"),
        ("<title>\x00San\x01ne\x0bvan</title>", "\ufffdSanne van"),
        ("<title>\u202eneloM\u202c</title>", "\u202eneloM\u202c"),
        ("<title>dat zei &#146;t meisje</title>", "dat zei ’t meisje"),
        ("<title>Over &lt;Sanne van der Molen&gt;</title>", "Over <Sanne van der Molen>"),
        ("<title>ZoÃ« en JÃ¼rgen</title>", "Zoë en Jürgen"),
    ],
    ids=[
        "entities",
        "bare ampersands",
        "comment",
        "inline markup",
        "cdata",
        "script",
        "impossible references",
        "control characters",
        "bidi",
        "windows reference",
        "angle brackets",
        "encoded twice",
    ],
)
def test_a_title_is_what_a_reader_sees(children: ParseChildren, inside: str, expected: str):
    feed = children.parse_feed(answer(rss(f"<item>{inside}</item>")))

    assert feed.entries[0].title == expected
    assert feed.parser == "fastfeedparser"


def test_the_fullest_text_is_kept_with_all_that_stands_inside_it(children: ParseChildren):
    item = (
        "<item><title>x</title><description>Kort</description><content:encoded><![CDATA[<p>Lang stuk</p><p>van twee</p>]]>"
        "</content:encoded></item><item><title>y</title><description>Voor <b>vet</b> en <i>schuin</i> erna</description></item>"
    )

    feed = children.parse_feed(answer(rss(item, attributes='xmlns:content="http://purl.org/rss/1.0/modules/content/"')))

    assert [entry.text for entry in feed.entries] == ["Lang stuk\n\nvan twee", "Voor vet en schuin erna"]


def test_xhtml_in_atom_is_read_like_html(children: ParseChildren):
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><title>x</title><entry><id>1</id>'
        '<title type="xhtml"><h:div>San<h:b>ne</h:b></h:div></title>'
        '<content type="xhtml"><h:div><h:p>een</h:p><h:p>twee</h:p></h:div></content></entry></feed>'
    )

    feed = children.parse_feed(answer(body))

    assert (feed.entries[0].title, feed.entries[0].text) == ("Sanne", "een\n\ntwee")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<link>https://a.example.org/1?a=1&amp;b=2</link>", "https://a.example.org/1?a=1&b=2"),
        ("<link>1.html</link>", "https://news.example.org/1.html"),
        ('<link xml:base="x">1</link>', "https://news.example.org/1"),
        ("<link/><link>/2</link>", "https://news.example.org/2"),
        ("<guid>https://a.example.org/3</guid>", "https://a.example.org/3"),
        ('<guid isPermaLink="false">https://a.example.org/3</guid>', ""),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>urn:uuid:17</link>", ""),
    ],
    ids=["absolute", "relative", "base on the link", "second link", "permalink", "no permalink", "script", "urn"],
)
def test_an_entry_has_a_web_address_or_none(children: ParseChildren, inside: str, expected: str):
    feed = children.parse_feed(answer(rss(f"<item><title>x</title>{inside}</item>")))

    assert feed.entries[0].url == expected


def test_links_count_from_the_base_that_the_feed_sets(children: ParseChildren):
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example.org/map/"><title>x</title>'
        '<entry xml:base="sub/"><id>1</id><title>x</title><link href="1"/></entry></feed>'
    )

    assert children.parse_feed(answer(body)).entries[0].url == "https://base.example.org/map/sub/1"


def test_an_aggregator_says_where_an_entry_comes_from(children: ParseChildren):
    item = '<item><title>x</title><link>/1</link><source url="https://krant.example.org">De Krant &amp;amp; co</source></item>'

    entry = children.parse_feed(answer(rss(item))).entries[0]

    assert (entry.source_title, entry.source_url) == ("De Krant & co", "https://krant.example.org")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", timedelta(hours=12)),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", timedelta(hours=1)),
        ("<ttl>soon</ttl>", None),
        ("", None),
    ],
    ids=["ttl", "twice a day", "hourly", "nonsense", "none"],
)
def test_a_feed_says_how_often_it_wants_to_be_read(children: ParseChildren, head: str, expected: timedelta | None):
    attributes = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    feed = children.parse_feed(answer(rss(RSS_ITEM, head=head, attributes=attributes)))

    assert feed.ttl == expected


def test_a_feed_says_its_language(children: ParseChildren):
    assert children.parse_feed(answer(rss(RSS_ITEM, head="<language>nl-nl</language>"))).language == "nl-nl"
    assert children.parse_feed(answer(rss(RSS_ITEM, attributes='xml:lang="fy"'))).language == "fy"


def test_a_moment_out_of_range_is_no_moment(children: ParseChildren):
    body = rss("<item><title>x</title><pubDate>Tue, 24 Nov 99999 09:00:00 GMT</pubDate></item>")

    assert children.parse_feed(answer(body)).entries[0].published_at is None


def test_an_entry_without_guid_gets_none_made_up(children: ParseChildren):
    feed = children.parse_feed(answer(rss("<item><title>x</title><link>/1</link></item>")))

    assert (feed.entries[0].guid, feed.entries[0].url) == ("", "https://news.example.org/1")


def test_a_feed_without_entries_is_a_feed(children: ParseChildren):
    assert children.parse_feed(answer(rss(""))).entries == ()
    assert children.parse_feed(answer('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>')).entries == ()
    assert children.parse_feed(answer('{"version": "https://jsonfeed.org/version/1.1", "items": []}')).entries == ()


def test_a_packed_file_is_unpacked(children: ParseChildren):
    assert children.parse_feed(answer(gzip.compress(rss(RSS_ITEM).encode()))).entries == (ENTRY,)


def test_more_entries_than_anybody_reads_are_cut_and_said(children: ParseChildren):
    feed = children.parse_feed(answer(rss("<item><title>x</title></item>" * 6_000)))

    assert len(feed.entries) == 5_000
    assert feed.is_truncated


def test_a_text_of_endless_length_is_cut_and_said(children: ParseChildren):
    feed = children.parse_feed(answer(rss(f"<item><title>x</title><description>{'woord ' * 200_000}</description></item>")))

    assert len(feed.entries[0].text) == 1_000_000
    assert feed.is_truncated


@pytest.mark.parametrize(
    ("body", "content_type", "fault"),
    [
        ("", "application/rss+xml", "the answer is empty, so not a feed"),
        (" \r\n", "", "the answer is empty, so not a feed"),
        (
            "<!DOCTYPE html><html><head><title>Niet gevonden</title></head></html>",
            "text/html",
            "this is an HTML page, not a feed",
        ),
        ("<html><body>&lt;rss&gt;<feed ></feed></body></html>", "", "this is an HTML page, not a feed"),
        ('{"error": "over quota"}', "application/json", "this is JSON, but not a feed"),
        ('{"version": "https://jsonfeed.org', "", "this is broken JSON, not a feed"),
        ("[" * 100_000, "", "this is broken JSON, not a feed"),
        ("<note><to>x</to></note>", "", "this is XML, but not a feed"),
        ('<opml version="2.0"><body/></opml>', "", "this is an OPML list of feeds, not a feed"),
        ("<urlset><url/></urlset>", "", "this is a sitemap, not a feed"),
        ("just words", "", "this is no feed"),
    ],
    ids=["empty", "blank", "html", "html around", "json", "broken json", "deep json", "xml", "opml", "sitemap", "words"],
)
def test_what_is_no_feed_is_named_and_never_an_empty_feed(children: ParseChildren, body: str, content_type: str, fault: str):
    with pytest.raises(ProviderError, match=fault):
        children.parse_feed(answer(body, content_type))


PIECES = st.sampled_from(
    [
        b"<item>",
        b"</item>",
        b"<title>",
        b"</title>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"&",
        b"&#xD800;",
        b"<h:>",
        b"<b>",
        b"\0",
        b"<source url='http://[x'>",
        b"<link>http://[::1</link>",
        b"<pubDate>Tue, 99 Nov 99999 25:61 +9999</pubDate>",
        b"\xc3",
        b"x",
    ]
)


@given(st.lists(PIECES, max_size=30))
def test_a_mangled_feed_is_read_or_named(pieces: list[bytes]):
    try:
        feed = read_feed(b"<rss><channel><title>x</title>" + b"".join(pieces), "", "https://news.example.org/")
    except Unreadable:
        return
    assert all(entry.title.encode() is not None for entry in feed.entries)
