"""Redirects are followed by hand: what goes along, and what stays."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.fetch.gate import Trust
from monitor.ports import ProviderError, RefusedAddress
from tests.fetch.conftest import SITE, MakeGate, Serve, get
from tests.fetch.servers import OTHER_PUBLIC_IP, answer


def test_redirects_are_followed_and_told(make_gate: MakeGate, serve: Serve):
    serve(
        reply=lambda request: [answer(status="301 Moved", Location="http://blad.example/b") if b"GET / " in request else answer()]
    )
    serve(answer(b"hallo"), name="blad.example", ip=OTHER_PUBLIC_IP)

    got = get(make_gate())

    assert (got.body, got.address) == (b"hallo", "http://blad.example/b")
    assert [(step.status, step.address) for step in got.redirects] == [(301, "http://blad.example/b")]


def test_a_sixth_redirect_is_not_followed(make_gate: MakeGate, serve: Serve):
    server = serve(answer(status="302 Found", Location="/"))

    with pytest.raises(ProviderError, match="more than 5 redirects"):
        get(make_gate())
    assert len(server.requests) == 6


def test_credentials_stay_with_the_site_they_were_meant_for(make_gate: MakeGate, serve: Serve):
    serve(answer(status="302 Found", Location="http://blad.example/"))
    other = serve(answer(), name="blad.example", ip=OTHER_PUBLIC_IP)

    get(
        make_gate(),
        headers={"Authorization": "Bearer geheim", "Cookie": "a=geheim", "X-Api-Key": "geheim", "Accept": "text/html"},
    )

    assert b"geheim" not in other.requests[0]
    assert b"accept: text/html" in other.requests[0].lower()


def test_credentials_go_along_on_the_same_site(make_gate: MakeGate, serve: Serve):
    server = serve(reply=lambda request: [answer(status="302 Found", Location="/b") if b"GET / " in request else answer()])

    get(make_gate(), headers={"Authorization": "Bearer geheim"})

    assert b"Bearer geheim" in server.requests[1]


def test_credentials_are_not_carried_from_https_to_http(
    make_gate: MakeGate, serve: Serve, tls_of: Callable[[str], ssl.SSLContext], ca_file: Path
):
    serve(answer(status="302 Found", Location="http://krant.example/"), port=443, tls=tls_of("krant.example"))
    plain = serve(answer())

    with pytest.raises(RefusedAddress, match="plain http"):
        get(make_gate(ca_file=ca_file), "https://krant.example/", headers={"Authorization": "Bearer geheim"})
    assert plain.connections == 0


@pytest.mark.parametrize(
    ("status", "method"), [("302 Found", b"GET"), ("303 See Other", b"GET"), ("307 Temporary Redirect", b"POST")]
)
def test_a_redirected_post_is_asked_as_the_status_says(make_gate: MakeGate, serve: Serve, status: str, method: bytes):
    server = serve(reply=lambda request: [answer(status=status, Location="/b") if b" / HTTP" in request else answer()])

    make_gate().session(Trust.WEB).post(SITE, content=b"q=x")

    assert server.requests[1].startswith(method + b" /b ")
    assert server.requests[1].endswith(b"q=x") == (method == b"POST")


def test_what_was_posted_is_not_sent_on_to_another_site(make_gate: MakeGate, serve: Serve):
    serve(answer(status="307 Temporary Redirect", Location="http://blad.example/"))
    other = serve(answer(), name="blad.example", ip=OTHER_PUBLIC_IP)

    with pytest.raises(RefusedAddress):
        make_gate().session(Trust.WEB).post(SITE, content=b"q=Sanne")
    assert other.connections == 0
