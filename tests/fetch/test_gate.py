"""The one way out: what it fetches, and how it says that it could not."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.fetch.gate import Trust
from monitor.ports import ConfigError, ProviderError
from tests.fakes import FakeClock
from tests.fetch.conftest import SITE, MakeGate, Serve, get
from tests.fetch.servers import OTHER_PUBLIC_IP, PUBLIC_IP, World, answer

# ------------------------------------------------------------------------------------------------- plain fetching


def test_a_public_page_is_fetched(make_gate: MakeGate, serve: Serve):
    serve(answer(b"hallo", content_type="text/html", ETag='"a"'))

    got = get(make_gate(), SITE + "a?q=1")

    assert (got.status, got.body, got.address) == (200, b"hallo", SITE + "a?q=1")
    assert (got.headers["content-type"], got.headers["etag"]) == ("text/html", '"a"')
    assert (got.redirects, got.is_truncated) == ((), False)


@pytest.mark.parametrize(
    "status", ["304 Not Modified", "404 Not Found", "429 Too Many Requests", "503 Service Unavailable", "302 Found"]
)
def test_no_status_is_an_error(make_gate: MakeGate, serve: Serve, status: str):
    serve(answer(status=status))

    assert get(make_gate()).status == int(status[:3])


def test_a_request_says_who_asks_and_for_what(make_gate: MakeGate, serve: Serve):
    server = serve(answer())

    get(
        make_gate(user_agent="Wachter"),
        headers={"If-None-Match": '"é"', "Accept-Language": "", "Host": "ander.example", "Accept-Encoding": "br"},
    )

    lines = server.requests[0].decode("latin-1").lower().split("\r\n")
    assert lines[0] == "get / http/1.1"
    assert {
        "host: krant.example", "user-agent: wachter", "accept: */*", "accept-language: nl,en;q=0.8", "accept-encoding: gzip", 'if-none-match: "é"',
    } <= set(lines)  # fmt: skip
    assert len([line for line in lines if line.startswith("host:")]) == 1


def test_what_is_posted_arrives(make_gate: MakeGate, serve: Serve):
    server = serve(answer(b"{}"))

    make_gate().session(Trust.WEB).post(SITE, content=b'{"q": "x"}', headers={"Content-Type": "application/json"})

    assert server.requests[0].startswith(b"POST / HTTP/1.1\r\n")
    assert server.requests[0].endswith(b'\r\n\r\n{"q": "x"}')


def test_one_thread_keeps_its_connection(make_gate: MakeGate, serve: Serve):
    server = serve(answer(b"hallo"))
    gate = make_gate()

    get(gate)
    get(gate)

    assert (len(server.requests), server.connections) == (2, 1)


def test_a_cookie_is_never_sent_back(make_gate: MakeGate, serve: Serve):
    server = serve(answer(Set_Cookie="id=17"))
    gate = make_gate()

    get(gate)
    get(gate)

    assert b"id=17" not in server.requests[1]


def test_the_environment_chooses_no_proxy(make_gate: MakeGate, serve: Serve, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    serve(answer(b"hallo"))

    assert get(make_gate()).body == b"hallo"


def test_gzip_is_unpacked(make_gate: MakeGate, serve: Serve):
    serve(answer(gzip.compress(b"hal") + gzip.compress(b"lo") + b"\x00\x00", Content_Encoding="gzip"))

    assert get(make_gate()).body == b"hallo"


def test_a_chunked_answer_is_put_together(make_gate: MakeGate, serve: Serve):
    serve(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhal\r\n2\r\n", b"lo\r\n0\r\n\r\n")

    assert get(make_gate()).body == b"hallo"


def test_each_thread_asks_by_itself(make_gate: MakeGate, serve: Serve):
    server = serve(answer(b"hallo"))
    gate = make_gate()
    bodies: list[bytes] = []

    threads = [threading.Thread(target=lambda: bodies.append(get(gate).body)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)

    assert (bodies, server.connections) == ([b"hallo"] * 4, 4)


# ------------------------------------------------------------------------------------------------------- TLS


def test_a_site_with_a_trusted_certificate_is_read(
    make_gate: MakeGate, serve: Serve, tls_of: Callable[[str], ssl.SSLContext], ca_file: Path
):
    serve(answer(b"hallo"), port=443, tls=tls_of("krant.example"))

    assert get(make_gate(ca_file=ca_file), "https://krant.example/").body == b"hallo"


def test_a_certificate_of_nobody_known_is_refused(make_gate: MakeGate, serve: Serve, tls_of: Callable[[str], ssl.SSLContext]):
    serve(answer(b"hallo"), port=443, tls=tls_of("krant.example"))

    with pytest.raises(ProviderError, match="the certificate is not trusted"):
        get(make_gate(), "https://krant.example/")


def test_a_certificate_of_another_name_is_refused(
    make_gate: MakeGate, serve: Serve, tls_of: Callable[[str], ssl.SSLContext], ca_file: Path
):
    serve(answer(b"hallo"), port=443, tls=tls_of("blad.example"))

    with pytest.raises(ProviderError, match="the certificate is not trusted"):
        get(make_gate(ca_file=ca_file), "https://krant.example/")


def test_what_does_not_speak_tls_is_named(make_gate: MakeGate, serve: Serve):
    serve(reply=lambda _: [], port=443)

    with pytest.raises(ProviderError, match="TLS"):
        get(make_gate(read=timedelta(seconds=0.2)), "https://krant.example/")


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_unusable_ca_file_is_a_fault_of_the_configuration(make_gate: MakeGate, tmp_path: Path, content: str | None):
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)

    with pytest.raises(ConfigError, match=r"network\.ca_file"):
        make_gate(ca_file=path)


# ------------------------------------------------------------------------------------------------------- faults


def test_an_unknown_name_says_so(make_gate: MakeGate):
    with pytest.raises(ProviderError, match=r"weg\.example: the name cannot be resolved") as caught:
        get(make_gate(), "http://weg.example/")

    assert caught.value.retryable


def test_a_closed_port_says_so(make_gate: MakeGate, world: World):
    world.names["krant.example"] = [(PUBLIC_IP,)]

    with pytest.raises(ProviderError, match=r"krant\.example: no connection \(Network is unreachable\)"):
        get(make_gate())


def test_a_second_address_is_tried_where_the_first_is_silent(make_gate: MakeGate, serve: Serve, world: World):
    serve(answer(b"hallo"), ip=OTHER_PUBLIC_IP)
    world.names["krant.example"] = [("2606:4700::1111", OTHER_PUBLIC_IP)]

    assert get(make_gate()).body == b"hallo"


def test_a_resolver_that_hangs_is_given_up(make_gate: MakeGate):
    release = threading.Event()

    def hangs(_host: str) -> list[str]:
        release.wait(5)
        return []

    with pytest.raises(ProviderError, match="the resolver did not answer in time"):
        get(make_gate(resolve=hangs, lookup=timedelta(seconds=0.05)))
    release.set()


@pytest.mark.parametrize(
    "pieces",
    [
        (b"garbage\r\n\r\n",),
        (b"SSH-2.0-OpenSSH\r\n",),
        (b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\n" + b"x: " + b"y" * 200_000 + b"\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",),
    ],
    ids=["garbage", "ssh", "negative length", "endless header", "bad chunk"],
)
def test_an_answer_that_is_no_http_is_a_fault(make_gate: MakeGate, serve: Serve, pieces: tuple[bytes, ...]):
    serve(*pieces)

    with pytest.raises(ProviderError):
        get(make_gate(read=timedelta(seconds=0.3)))


def test_an_answer_that_breaks_off_is_a_fault(make_gate: MakeGate, serve: Serve):
    def breaks_off(_request: bytes) -> Iterable[bytes]:
        yield b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhal"
        raise OSError

    serve(reply=breaks_off)

    with pytest.raises(ProviderError, match="broke off"):
        get(make_gate())


def test_a_silent_server_is_given_up(make_gate: MakeGate, serve: Serve):
    serve(reply=lambda _: [])

    with pytest.raises(ProviderError, match="no answer in time"):
        get(make_gate(read=timedelta(seconds=0.05)))


def test_a_fault_does_not_repeat_what_was_asked(make_gate: MakeGate, serve: Serve):
    serve(reply=lambda _: [])

    with pytest.raises(ProviderError) as caught:
        get(make_gate(read=timedelta(seconds=0.05)), SITE + "?q=Sanne+van+der+Molen")

    assert "Sanne" not in str(caught.value)


# ------------------------------------------------------------------------------------------- sockets, and the end


def test_a_socket_to_a_public_server_is_handed_out(make_gate: MakeGate, serve: Serve):
    serve(answer(b"hallo"), port=587)

    with make_gate().connect("krant.example", 587, timeout=timedelta(seconds=5)) as connected:
        connected.sendall(b"GET / HTTP/1.1\r\n\r\n")

        assert connected.recv(100).endswith(b"hallo")
        assert connected.gettimeout() == 5


def test_a_socket_that_nobody_takes_is_an_oserror(make_gate: MakeGate):
    with pytest.raises(socket.gaierror):
        make_gate().connect("weg.example", 25, timeout=timedelta(seconds=5))


def test_closing_the_gate_ends_what_is_being_read(make_gate: MakeGate, serve: Serve):
    asked = threading.Event()
    faults: list[BaseException] = []

    def silent(_request: bytes) -> list[bytes]:
        asked.set()
        return []

    serve(reply=silent)
    gate = make_gate(clock=FakeClock())

    def read() -> None:
        try:
            get(gate)
        except ProviderError as error:
            faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    assert asked.wait(5)
    gate.close()
    reader.join(timeout=5)

    assert (reader.is_alive(), len(faults)) == (False, 1)
