"""What is kept of an exchange, and what is not."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable
from pathlib import Path

from monitor.fetch.gate import Trust
from tests.fetch.conftest import SITE, MakeGate, Serve
from tests.fetch.servers import answer


def test_each_exchange_is_kept_under_its_digest(make_gate: MakeGate, serve: Serve):
    serve(answer(b"hallo"))
    session = make_gate().session(Trust.WEB)

    got = session.get(SITE)

    assert list(session.exchanges) == [got.exchange]
    assert hashlib.sha256(session.exchanges[got.exchange]).hexdigest() == got.exchange


def test_an_exchange_holds_the_bytes_of_the_wire(make_gate: MakeGate, serve: Serve):
    wire = b"HTTP/1.1 200 Prima\r\nX-Odd:  two  spaces\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhallo\r\n0\r\n\r\n"
    serve(wire)
    session = make_gate().session(Trust.WEB)

    raw = session.exchanges[session.get(SITE + "a").exchange]

    assert wire in raw
    assert b"GET /a HTTP/1.1\r\n" in raw
    assert b"WARC-Target-URI: http://krant.example/a\r\nWARC-Date: 2026-11-24T09:00:00.000000Z\r\n" in raw


def test_an_exchange_is_a_warc_file(make_gate: MakeGate, serve: Serve):
    serve(reply=lambda request: [answer(status="301 Moved", Location="/b") if b"GET / " in request else answer(b"hallo\r\n\r\n")])
    session = make_gate().session(Trust.WEB)

    records = read_warc(session.exchanges[session.get(SITE).exchange])

    assert [headers["WARC-Type"] for headers, _ in records] == ["request", "response", "metadata"] * 2
    assert records[4][1].endswith(b"\r\n\r\nhallo\r\n\r\n")
    assert len({headers["WARC-Record-ID"] for headers, _ in records}) == 6


def test_an_exchange_holds_no_secret(make_gate: MakeGate, serve: Serve):
    serve(answer())
    session = make_gate().session(Trust.WEB)
    headers = {"Authorization": "Bearer geheim", "Cookie": "a=geheim", "X-Subscription-Token": "geheim"}

    got = session.post(SITE + "?api_key=geheim&q=x&author=y&key=geheim", content=b'{"api_key": "geheim"}', headers=headers)

    assert b"geheim" not in session.exchanges[got.exchange]
    assert b"q=x&author=y" in session.exchanges[got.exchange]


def test_a_site_that_hangs_up_after_its_answer_is_read_over_tls_as_well(
    make_gate: MakeGate, serve: Serve, tls_of: Callable[[str], ssl.SSLContext], ca_file: Path
):
    serve(answer(b"hallo", connection="close"), port=443, tls=tls_of("krant.example"))
    session = make_gate(ca_file=ca_file).session(Trust.WEB)

    got = session.get("https://krant.example/")

    assert got.body == b"hallo"
    assert b"certificateSha256: " in session.exchanges[got.exchange]


def test_an_exchange_over_tls_tells_with_whom(
    make_gate: MakeGate, serve: Serve, tls_of: Callable[[str], ssl.SSLContext], ca_file: Path
):
    serve(answer(b"hallo"), port=443, tls=tls_of("krant.example"))
    session = make_gate(ca_file=ca_file).session(Trust.WEB)

    raw = session.exchanges[session.get("https://krant.example/").exchange].decode("latin-1")

    assert "certificateSha256: " in raw
    assert "tlsVersion: TLSv1.3" in raw
    assert "peer: 127.0.0.1:" in raw


def test_a_cut_answer_says_so_in_its_record(make_gate: MakeGate, serve: Serve):
    serve(answer(b"x" * 5_000))
    session = make_gate().session(Trust.WEB, most_bytes=1_000)

    records = read_warc(session.exchanges[session.get(SITE).exchange])

    assert records[1][0]["WARC-Truncated"] == "length"


def read_warc(raw: bytes) -> list[tuple[dict[str, str], bytes]]:
    records = []
    while raw:
        head, _, rest = raw.partition(b"\r\n\r\n")
        version, *lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        length = int(headers["Content-Length"])
        assert (version, rest[length : length + 4]) == ("WARC/1.1", b"\r\n\r\n")
        records.append((headers, rest[:length]))
        raw = rest[length + 4 :]
    return records
