"""What is one Page, and what is not."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.urls import canonical_key, site_of, unwrapped

ARTICLE = "https://krant.example/nieuws/artikel-123?id=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://krant.example/a", "https://krant.example/a"),
        ("HTTPS://Krant.Example:443/a", "http://krant.example:80/a"),
        ("https://www.krant.example/a", "https://krant.example/a"),
        ("https://m.krant.example/a", "https://krant.example/a"),
        ("https://nl.m.naslag.example/wiki/A", "https://nl.naslag.example/wiki/A"),
        ("krant.example/a", "https://krant.example/a"),
        ("//krant.example/a", "https://krant.example/a"),
        ("  https://krant.example/a\n", "https://krant.example/a"),
        ("https://krant.example", "https://krant.example/?"),
        ("https://krant.example./a", "https://krant.example/a"),
        ("https://lezer:geheim@krant.example/a", "https://krant.example/a"),
        ("https://münchen.example/a", "https://xn--mnchen-3ya.example/a"),
        ("http://2130706433/a", "http://127.0.0.1/a"),
        ("http://0x7f.1/a", "http://0177.0.0.1/a"),
        ("http://[0:0:0:0:0:0:0:1]/a", "http://[::1]/a"),
        ("https://krant.example/a/./b/../c", "https://krant.example/a/c"),
        ("https://krant.example/a/%2e%2e/c", "https://krant.example/c"),
        ("https://krant.example//a///b/", "https://krant.example/a/b"),
        ("https://krant.example/%41%7ea", "https://krant.example/A~a"),
        ("https://krant.example/r%c3%a9sum%C3%A9", "https://krant.example/résumé"),
        ("https://krant.example/re\u0301sume\u0301", "https://krant.example/r\u00e9sum\u00e9"),
        ("https://krant.example/?q=a+b", "https://krant.example/?q=a%20b"),
        ("https://krant.example/?b=2&a=1", "https://krant.example/?a=1&b=2"),
        ("https://krant.example/?b=&c&a=2", "https://krant.example/?a=2&b&c="),
        ("https://krant.example/index.php?id=5", "https://krant.example/?id=5"),
        ("https://krant.example/nieuws/index.html", "https://krant.example/nieuws/"),
        ("https://krant.example/nieuws/artikel/amp/", "https://krant.example/nieuws/artikel"),
        ("https://krant.example/nieuws/artikel.amp.html", "https://krant.example/nieuws/artikel.html"),
        ("https://krant.example/nieuws/artikel?outputType=amp", "https://krant.example/nieuws/artikel"),
        ("https://krant.example/a;jsessionid=12AB?x=1", "https://krant.example/a?x=1"),
        ("https://forum.example/t?t=5&sid=0123456789abcdef0123456789abcdef", "https://forum.example/t?t=5"),
        ("https://krant.example/a#reacties", "https://krant.example/a"),
        ("https://krant.example/a#:~:text=Sanne", "https://krant.example/a"),
        ("https://krant.example/a#xtor=RSS-11", "https://krant.example/a"),
        ("https://twitter.com/iemand/status/17?s=20", "https://x.com/iemand/status/17"),
        ("https://youtu.be/abcdefghi_1?si=zz", "https://www.youtube.com/watch?v=abcdefghi_1&t=30s"),
        ("https://www.youtube.com/shorts/abcdefghi_1", "https://m.youtube.com/watch?v=abcdefghi_1"),
        ("https://www.google.co.uk/search?q=a&ved=1", "https://www.google.co.uk/search?q=a"),
    ],
)
def test_two_spellings_of_one_page_have_one_key(one: str, other: str):
    assert canonical_key(one) == canonical_key(other) != ""


@pytest.mark.parametrize(
    "parameter",
    [
        "utm_source=x", "UTM_Medium=x", "amp;utm_source=x", "fbclid=x", "gclid=x", "msclkid=x", "mc_eid=x", "mtm_campaign=x",
        "pk_campaign=x", "hsa_ad=x", "xtor=RSS-1", "at_medium=x", "wt_mc=x", "_ga=1.2", "igshid=x", "srsltid=x", "rb_clickid=x",
        "gQT=x", "advisonl=x", "cl_ch=x", "uzcid=x", "o_lid=x", "ads_params=x", "id_mid_4=x", "fobs=x", "stm_source=x", "adjust_adgroup=x",
        "ranLinkID=x", "istItemId=x", "hvadid=x", "cjeventid=x", "WT.nav=x", "ns_source=x", "adobe_mc=x", "gdftrk=x", "lgw_code=x",
        "PHPSESSID=12", "CFID=1&CFTOKEN=2", "ASPSESSIONIDABC=12", "",
    ],
)  # fmt: skip
def test_how_the_reader_came_is_no_part_of_the_key(parameter: str):
    key = canonical_key(f"{ARTICLE}&{parameter}")

    assert key == "https://krant.example/nieuws/artikel-123?id=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://krant.example/a", "https://krant.example/A"),
        ("https://krant.example/a", "https://krant.example:8443/a"),
        ("https://krant.example/a", "https://blad.example/a"),
        ("https://m.co.uk/a", "https://co.uk/a"),
        ("https://www.nl/a", "https://nl/a"),
        ("https://krant.example/a%2Fb", "https://krant.example/a/b"),
        ("https://krant.example/a%3Fb", "https://krant.example/a?b"),
        ("https://krant.example/?q=a%26b", "https://krant.example/?q=a&b"),
        ("https://krant.example/?q=a%2Bb", "https://krant.example/?q=a+b"),
        ("https://krant.example/?a=1&a=2", "https://krant.example/?a=2&a=1"),
        ("https://krant.example/?id=7", "https://krant.example/?id=8"),
        ("https://krant.example/?sid=7", "https://krant.example/?sid=8"),
        ("https://krant.example/?source=7", "https://krant.example/?source=8"),
        ("https://krant.example/?ref=7", "https://krant.example/?ref=8"),
        ("https://krant.example/?session_id=12", "https://krant.example/?session_id=13"),
        ("https://krant.example/?cvid=12", "https://krant.example/?cvid=13"),
        ("https://krant.example/dag.html#a070641", "https://krant.example/dag.html#a070643"),
        ("https://krant.example/draad#comment-12", "https://krant.example/draad#comment-13"),
        ("https://krant.example/#!/a", "https://krant.example/#!/b"),
        ("https://krant.example/#/a", "https://krant.example/#/b"),
        ("https://krant.example/amp", "https://krant.example/"),
        ("https://straße.example/", "https://strasse.example/"),
        ("https://krant.example/weg.php/a", "https://krant.example/weg.php/b"),
    ],
)
def test_two_documents_never_share_a_key(one: str, other: str):
    assert canonical_key(one) != canonical_key(other)


@pytest.mark.parametrize(
    "address",
    [
        "", "   ", "#", "/nieuws/a", "nieuws", "mailto:jan@example.org", "jan@example.org", "javascript:alert(1)", "data:text/html,x",
        "tag:example.org,2005:1", "urn:uuid:0", "file:///etc/passwd", "ftp://example.org/a", "http://", "http:///", "http://%20/",
        "http://a b/", "http://[::1", "http://[zz]/", "http://256.1.1.1/", "http://1.2.3.4.5/", "http://example.org:99999/",
        "http://exa<mple.org/", "http://..../", "http://exam%23ple.org/", "\x00", "\ud800", "http://" + "a" * 9_000 + ".example/",
        "http://" + "é" * 300 + ".example/",
    ],
)  # fmt: skip
def test_an_unusable_address_gives_no_key(address: str):
    assert canonical_key(address) == ""


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://www.google.com/url?rct=j&sa=t&url=https://krant.example/a/&ct=ga&usg=x", "https://krant.example/a/"),
        ("https://www.google.nl/url?q=https%3A%2F%2Fkrant.example%2Fa%3Fq%3Dx%2526y", "https://krant.example/a?q=x%26y"),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fkrant.example%2fa&c=1", "https://krant.example/a"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fkrant.example%2Fa&h=x", "https://krant.example/a"),
        ("https://krant-example.cdn.ampproject.org/c/s/krant.example/a?x=1", "https://krant.example/a?x=1"),
        ("https://www.google.com/amp/s/krant.example/a", "https://krant.example/a"),
        ("https://www.youtube.com/attribution_link?a=b&u=%2Fwatch%3Fv%3Dabcdefghi_1", "https://youtube.com/watch?v=abcdefghi_1"),
        ("https://r.search.yahoo.com/_ylt=A/RV=2/RU=https%3a%2f%2fkrant.example%2fa/RK=2/RS=x", "https://krant.example/a"),
        ("https://duckduckgo.com/l/?uddg=https%3A%2F%2Fkrant.example%2Fa&rut=x", "https://krant.example/a"),
        (
            "https://www.google.com/url?url=https%3A%2F%2Fwww.google.com%2Furl%3Furl%3Dhttps%253A%252F%252Fkrant.example%252Fa",
            "https://krant.example/a",
        ),
    ],
)
def test_a_known_redirect_link_is_unwrapped(link: str, target: str):
    assert unwrapped(link) == target
    assert canonical_key(link) == canonical_key(target)


@pytest.mark.parametrize(
    "address",
    [
        "https://krant.example/url?url=https://ander.example/",
        "https://google.krant.example/url?url=https://ander.example/",
        "https://www.google.com/url?url=javascript:alert(1)",
        "https://www.google.com/search?q=https://ander.example/",
        "geen adres",
    ],
)
def test_any_other_address_is_left_wrapped(address: str):
    assert unwrapped(address) == address


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.krant.example/a", "krant.example"),
        ("https://m.krant.example:8443/a", "krant.example"),
        ("https://nieuws.krant.example/", "nieuws.krant.example"),
        ("https://MÜNCHEN.example/", "xn--mnchen-3ya.example"),
        ("niets", ""),
    ],
)
def test_a_site_is_the_bare_host(address: str, site: str):
    assert site_of(address) == site


TEXTS = st.text(st.characters(codec=None), max_size=60)
PIECES = st.lists(
    st.sampled_from(
        [
            *"aA1./?#&=%:@;+!~[]\\ ", "%2F", "%25", "%4", "%3B", "%26", "%2B", "é", "e\u0301", "=\u0338", "\u212a", "\u037e", "\ud800", "//",
            "..", "%2e", "amp;", "&#038;", "index.html", "/amp", ".amp", "utm_source=x", "sid=", ";jsessionid=", "www.", "m.", "google.com",
            "/url?url=http://", "x.com", "/status/12", "youtu.be/abcdefghi_1", "xn--", "0x7f", "#a12", "#!", "twitter.com", "/(S(abcdefghijklmnopqrst))",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEXTS | PIECES | PIECES.map("http://krant.example/".__add__) | PIECES.map("http://".__add__))
def test_a_key_is_its_own_key(address: str):
    key = canonical_key(address)

    assert canonical_key(key) == key


@settings(max_examples=100, deadline=None)
@given(PIECES.map("http://".__add__))
def test_a_key_is_plain_ascii_under_one_scheme(address: str):
    key = canonical_key(address)

    assert key == "" or (key.startswith("https://") and key.isascii() and key.isprintable())


def _pairs() -> list[dict[str, str]]:
    folder = os.environ.get("NAAMWACHT_CORPUS")
    if not folder:
        if os.environ.get("CI") == "true":
            pytest.fail("NAAMWACHT_CORPUS is not set")
        pytest.skip("NAAMWACHT_CORPUS is not set")
    with (Path(folder) / "urls" / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.corpus
def test_no_pair_of_different_pages_is_merged():
    merged = [
        pair
        for pair in _pairs()
        if pair["verdict"] == "different" and canonical_key(pair["url_a"]) == canonical_key(pair["url_b"])
    ]

    assert merged == []


@pytest.mark.corpus
@pytest.mark.parametrize(("strength", "missed"), [("real", 0), ("usual", 1), ("strict", 3), ("rule", 23), ("heuristic", 4)])
def test_pairs_of_one_page_are_known_as_one(strength: str, missed: int):
    pairs = [pair for pair in _pairs() if pair["verdict"] == "same" and pair["strength"] == strength]

    apart = [pair for pair in pairs if canonical_key(pair["url_a"]) != canonical_key(pair["url_b"])]

    assert len(apart) <= missed
