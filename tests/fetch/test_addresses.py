"""Which addresses may be fetched, by their spelling alone."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fetch.addresses import is_internal_name, joined, parse_address, why_not_public
from monitor.ports import RefusedAddress


@pytest.mark.parametrize(
    ("ip", "why"),
    [
        ("0.0.0.0", "this host"), ("0.1.2.3", "this host"), ("10.0.0.1", "private"), ("172.16.0.1", "private"), ("172.31.255.255", "private"),
        ("192.168.1.1", "private"), ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"), ("169.254.169.254", "link-local"),
        ("169.254.170.2", "link-local"), ("100.64.0.1", "carrier-grade NAT"), ("100.100.100.200", "carrier-grade NAT"),
        ("100.127.255.255", "carrier-grade NAT"), ("168.63.129.16", "cloud metadata"), ("192.0.0.192", "protocol assignments"),
        ("192.0.0.8", "protocol assignments"), ("192.0.2.1", "documentation"), ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"), ("198.18.0.1", "benchmarking"), ("198.19.255.255", "benchmarking"), ("192.88.99.1", "6to4 relay"),
        ("224.0.0.1", "multicast"), ("239.255.255.250", "multicast"), ("240.0.0.1", "reserved"), ("255.255.255.255", "reserved"),
        ("::", "this host"), ("::1", "loopback"), ("::127.0.0.1", "IPv4-compatible"), ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"), ("64:ff9b::a9fe:a9fe", "NAT64"), ("64:ff9b::808:808", "NAT64"), ("64:ff9b:1::1", "NAT64"),
        ("100::1", "discard"), ("2001::1", "protocol assignments"), ("2001:0:7f00:1::", "protocol assignments"),
        ("2001:db8::1", "documentation"), ("2002:7f00:1::", "6to4"), ("2002:a9fe:a9fe::1", "6to4"), ("3fff::1", "documentation"),
        ("3fff:fff::1", "documentation"), ("5f00::1", "segment routing"), ("fc00::1", "private"), ("fd00:ec2::254", "private"),
        ("fe80::1", "link-local"), ("fe80::1%eth0", "link-local"), ("fec0::1", "site-local"), ("ff02::1", "multicast"),
        ("ff0e::1", "multicast"), ("4000::1", "not allotted"), ("::ffff:0:127.0.0.1", "not allotted"), ("2600::1%eth0", "not allotted"),
        ("127.1", "no IP address"), ("0177.0.0.1", "no IP address"), ("example.org", "no IP address"), ("", "no IP address"),
    ],
)  # fmt: skip
def test_an_inner_or_reserved_ip_is_not_public(ip: str, why: str):
    assert why_not_public(ip) == why


@pytest.mark.parametrize(
    "ip",
    ["1.1.1.1", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "168.63.129.15", "193.0.0.1", "198.17.0.1",
     "223.255.255.255", "2606:4700::1111", "2001:200::1", "2001:67c:2e8::1", "2a02:898::1", "3ffe::1"],
)  # fmt: skip
def test_a_public_ip_is_public(ip: str):
    assert why_not_public(ip) == ""


@pytest.mark.parametrize(
    "host",
    ["localhost", "searxng", "printer.local", "db.internal", "metadata.google.internal", "metadata.goog", "a.b.localhost", "x.lan", "x.corp",
     "x.home.arpa", "1.0.0.127.in-addr.arpa", "metadata.azure.com", "x.onion"],
)  # fmt: skip
def test_a_name_of_an_inner_network_is_known(host: str):
    assert is_internal_name(host)


@pytest.mark.parametrize("host", ["krant.example", "local.example", "internal.example.org", "mylan.nl", "arpa.nl"])
def test_a_name_of_the_web_is_no_inner_one(host: str):
    assert not is_internal_name(host)


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("http://Krant.Example", "http://krant.example/"),
        (" https://krant.example:443/a b?q=é#x ", "https://krant.example/a%20b?q=%C3%A9"),
        ("http://krant.example:8080/", "http://krant.example:8080/"),
        ("http://krant.example:/", "http://krant.example/"),
        ("http://krant.example./a", "http://krant.example/a"),
        ("https://münchen.example/@iemand", "https://xn--mnchen-3ya.example/@iemand"),
        ("http://[2606:4700:0:0::1111]:80/", "http://[2606:4700::1111]/"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("http://krant.example?q=%2f", "http://krant.example/?q=%2f"),
        ("http://krant_oud.example/", "http://krant_oud.example/"),
    ],
)
def test_a_good_address_gets_one_spelling(address: str, spelled: str):
    assert str(parse_address(address)) == spelled


BAD_ADDRESSES = [
    "", "krant.example", "//krant.example/", "ftp://krant.example/", "file:///etc/passwd", "gopher://krant.example/", "data:text/plain,x",
    "javascript:alert(1)", "http:/krant.example/", "http:krant.example", "http:///krant.example", "http://", "http://?x", "http://#",
    "http://user@krant.example/", "http://user:pass@krant.example/", "http://@krant.example/", "http://krant.example@127.0.0.1/", "http://krant.example\\@127.0.0.1/", "http:\\\\krant.example", "http://krant.example\\a",
    "http://krant.example/\\..", "http://krant.example/a\tb", "http://krant.example/a\r\nHost: x", "http://krant.example/\x00", "http://kr\x00ant.example/",
    "http://krant.example/\u2028", "http://krant.example/\ud800", "http://krant.example/\x7f", "http://krant example/", "http://krant.example%00.nl/",
    "http://%31%32%37.0.0.1/", "http://127.0.0.1%2f@krant.example/", "http://krant%2eexample/", "http://krant..example/", "http://.krant.example/",
    "http://krant.example../", "http://-krant.example/", "http://krant-.example/", "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "nl/",
    "http://krant.example:99999/", "http://krant.example:0/", "http://krant.example:-1/", "http://krant.example:8o/", "http://krant.example:٨٠/",
    "http://krant.example:80:80/", "http://[::1/", "http://::1/", "http://[::1]x/", "http://[v1.a]/", "http://[fe80::1%25eth0]/", "http://[::ffff:1.2.3]/",
    "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://127.1/", "http://127.0.1/", "http://0177.0.0.1/", "http://0x7f.0.0.1/",
    "http://127.0.0.01/", "http://127.0.0.1.1/", "http://256.0.0.1/", "http://0/", "http://0x/", "http://1e3.0x1/", "http://999999999999/",
    "http://①②⑦.⓪.⓪.①/", "http://\uff11\uff12\uff17.0.0.1/", "http://127。0。0。1/", "http://127\uff0e0\uff0e0\uff0e1/", "http://\uff4cocalhost/", "http://ⓛocalhost/", "http://loc\u00adalhost/",
    "http://krant.example\uff0enl/", "http://ﬁets.example/", "http://krant\uff0fexample/", "http://℀.example/", "http://krant.example/" + "a" * 9000,
    "http://<b>/", "http://kr'ant.example/", "http://kr,ant.example/", "http://*/", "http://$(id)/", "http://krant.example;x/", "http://kr|ant/",
]  # fmt: skip


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_that_can_be_read_in_two_ways_is_refused(address: str):
    with pytest.raises(RefusedAddress):
        parse_address(address)


@pytest.mark.parametrize(
    ("location", "whole"),
    [
        ("/b?c", "https://krant.example/b?c"),
        ("b", "https://krant.example/a/b"),
        ("?c", "https://krant.example/a/x?c"),
        ("//blad.example/b", "https://blad.example/b"),
        ("http://blad.example", "http://blad.example/"),
        ("../b", "https://krant.example/b"),
    ],
)
def test_a_redirect_is_read_against_where_it_stood(location: str, whole: str):
    assert str(joined(parse_address("https://krant.example/a/x"), location)) == whole


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "\\\\127.0.0.1\\", "http:\\\\127.0.0.1", "//[", "gopher://x/", "data:,x", "/a\tb"]
)
def test_a_redirect_to_no_web_address_is_refused(location: str):
    with pytest.raises(RefusedAddress):
        joined(parse_address("https://krant.example/a/x"), location)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40).map("http://".__add__) | st.text(max_size=40))
def test_any_text_is_read_or_refused_and_reading_it_again_changes_nothing(text: str):
    try:
        address = parse_address(text)
    except RefusedAddress:
        return

    assert parse_address(str(address)) == address


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"a1.:/@?#%[]-_", "xn--", "127.0.0.1", "krant.example", "%2e", "é", "::", ":80", "0x", "//", " "]),
        max_size=8,
    ).map(lambda pieces: "http://" + "".join(pieces))
)
def test_what_is_accepted_is_read_alike_by_others(text: str):
    """An address on which readers differ is a way in: one checks it, another connects."""
    try:
        address = parse_address(text)
    except RefusedAddress:
        return

    others = urlsplit(str(address)), httpx.URL(str(address))
    assert (others[0].hostname, others[0].port or 80) == address.pair
    assert (others[1].raw_host.decode(), others[1].port or 80) == address.pair


def test_a_refusal_does_not_repeat_what_was_asked():
    with pytest.raises(RefusedAddress) as caught:
        parse_address("http://krant.example\\zoek?q=Sanne van der Molen")

    assert "Sanne" not in str(caught.value)
