"""Bombs, trickles and floods: every answer ends."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from monitor.fetch.gate import Trust
from monitor.ports import ProviderError
from tests.fetch.conftest import SITE, MakeGate, Serve, TickingClock, get
from tests.fetch.servers import answer


def trickle(head: bytes, piece: bytes) -> Callable[[bytes], Iterable[bytes]]:
    def reply(_request: bytes) -> Iterable[bytes]:
        yield head
        while True:
            yield piece

    return reply


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nx: ", b"y"),
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1;" + b"e" * 2_000 + b"\r\nx\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    ],
    ids=["status", "header", "headers", "chunks", "chunk extensions", "interim answers", "body"],
)
def test_an_endless_answer_ends(make_gate: MakeGate, serve: Serve, head: bytes, piece: bytes):
    serve(reply=trickle(head, piece))

    with pytest.raises(ProviderError):
        get(make_gate(clock=TickingClock(), wall=timedelta(seconds=3)))


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 500),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    ],
    ids=["chunks", "interim answers"],
)
def test_an_answer_of_wrapping_ends_before_its_time(make_gate: MakeGate, serve: Serve, head: bytes, piece: bytes):
    serve(reply=trickle(head, piece))

    with pytest.raises(ProviderError, match="wrapping"):
        get(make_gate())


def test_too_many_headers_are_refused(make_gate: MakeGate, serve: Serve):
    serve(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 300 + b"content-length: 0\r\n\r\n")

    with pytest.raises(ProviderError, match="too many headers"):
        get(make_gate())


def test_a_body_is_cut_off_at_the_cap(make_gate: MakeGate, serve: Serve):
    serve(answer(b"x" * 5_000))

    got = make_gate().session(Trust.WEB, most_bytes=1_000).get(SITE)

    assert (got.is_truncated, got.body) == (True, b"x" * 1_000)


def test_an_unpacked_body_is_cut_off_at_the_cap(make_gate: MakeGate, serve: Serve):
    serve(answer(gzip.compress(b"x" * 500_000), Content_Encoding="gzip"))

    got = make_gate().session(Trust.WEB, most_bytes=1_000).get(SITE)

    assert (got.is_truncated, got.body) == (True, b"x" * 1_000)


def test_after_a_cut_the_connection_is_not_used_again(make_gate: MakeGate, serve: Serve):
    serve(answer(b"x" * 500_000))
    gate = make_gate()

    gate.session(Trust.WEB, most_bytes=1_000).get(SITE)

    assert gate.session(Trust.WEB, most_bytes=1_000_000).get(SITE).body == b"x" * 500_000


def test_a_bomb_is_refused_before_it_goes_off(make_gate: MakeGate, serve: Serve):
    serve(answer(gzip.compress(bytes(9_000_000)), Content_Encoding="gzip"))

    with pytest.raises(ProviderError, match="unpacks to more than 100 times its size"):
        get(make_gate())


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "compress", "\x80"])
def test_what_was_not_asked_for_is_not_unpacked(make_gate: MakeGate, serve: Serve, encoding: str):
    serve(answer(gzip.compress(gzip.compress(b"x")), Content_Encoding=encoding))

    with pytest.raises(ProviderError, match="which was not asked for"):
        get(make_gate())


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"hallo" * 100)[:-9]], ids=["none", "half"])
def test_broken_gzip_is_a_fault(make_gate: MakeGate, serve: Serve, body: bytes):
    serve(answer(body, Content_Encoding="gzip"))

    with pytest.raises(ProviderError, match="gzip"):
        get(make_gate())


def test_the_body_of_a_redirect_is_not_read(make_gate: MakeGate, serve: Serve):
    bomb = answer(gzip.compress(bytes(9_000_000)), "302 Found", Content_Encoding="gzip", Location="/b")
    serve(reply=lambda request: [bomb if b"GET / " in request else answer(b"hallo")])

    assert get(make_gate()).body == b"hallo"
