"""On real sockets: the address is taken at once, slow clients are left, and nobody holds up the end."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import ClassVar

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from monitor.ports import AddressInUse
from monitor.web.ops import OpsSettings, create_ops
from monitor.web.serving import STOP_WITHIN, Impatient, Serving
from tests.pipeline.rig import Rig
from tests.web.conftest import visitor_of

V4, V6 = "127.0.0.1", "::1"
WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = b"x" * 50_000_000


class Hasty(Impatient):
    """Waits a moment only."""

    patience: ClassVar[float] = 0.4


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("hello")(scope, receive, send)


async def large(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(LARGE)(scope, receive, send)


@contextmanager
def served(app: ASGIApp = hello, host: str = V4, protocol: type[Impatient] = Impatient) -> Iterator[Serving]:
    serving = Serving(app, host, 0, protocol=protocol)
    serving.start()
    try:
        yield serving
    finally:
        serving.stop()


def connect(serving: Serving, host: str = V4) -> socket.socket:
    return socket.create_connection((host, serving.port), timeout=5)


def ask(serving: Serving, request: bytes = WHOLE, host: str = V4) -> bytes:
    with connect(serving, host) as client:
        client.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        return read_all(client)


def read_all(client: socket.socket) -> bytes:
    return b"".join(iter(lambda: client.recv(65_536), b""))


def read_until(client: socket.socket, end: bytes) -> bool:
    """Read until *end*, and say whether it came."""
    taken = b""
    while not taken.endswith(end):
        part = client.recv(65_536)
        if not part:
            return False
        taken += part
    return True


def is_closed(client: socket.socket) -> bool:
    """Wait until the other side closes, and say whether it did."""
    try:
        read_all(client)
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("host", [V4, V6])
def test_it_answers_on_both_families(host: str):
    if host == V6 and not has_v6():
        pytest.skip("this machine has no IPv6")

    with served(host=host) as serving:
        answer = ask(serving, host=host)

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\nhello")


def has_v6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind((V6, 0))
    except OSError:
        return False
    return True


def test_the_address_is_written_so_that_a_browser_takes_it():
    with served() as serving:
        assert serving.address == f"127.0.0.1:{serving.port}"


def test_an_address_in_use_is_refused_before_anything_starts_with_the_remedy():
    first = Serving(hello, V4, 0)

    with pytest.raises(
        AddressInUse, match=f"127.0.0.1:{first.port} cannot be listened on: .*stop what listens there, or choose another"
    ):
        Serving(hello, V4, first.port)

    first.stop()


@pytest.mark.skipif(not has_v6(), reason="this machine has no IPv6")
def test_an_address_in_use_is_refused_on_ipv6_too():
    first = Serving(hello, V6, 0)

    with pytest.raises(AddressInUse, match=r"\[::1\]:\d+ cannot be listened on"):
        Serving(hello, V6, first.port)

    first.stop()


def test_an_address_of_another_machine_comes_with_its_remedy():
    with pytest.raises(AddressInUse, match="choose an address of this machine"):
        Serving(hello, "192.0.2.1", 8080)


def test_a_stopped_address_is_free_again_at_once():
    with served() as first, connect(first) as client:
        client.sendall(WHOLE)
        client.recv(1)
        port = first.port

    second = Serving(hello, V4, port)
    second.stop()

    assert second.port == port


def test_who_connects_before_the_start_is_answered_after_it():
    serving = Serving(hello, V4, 0)
    with connect(serving) as client:
        client.sendall(WHOLE)
        serving.start()

        assert client.recv(12) == b"HTTP/1.1 200"

    serving.stop()


def test_what_was_never_started_stops():
    serving = Serving(hello, V4, 0)

    serving.stop()

    with pytest.raises(ConnectionRefusedError):
        connect(serving)


@pytest.mark.parametrize(
    "request_", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: loc", WHOLE], ids=["silent", "begun", "half", "kept alive"]
)
def test_no_client_holds_up_the_end(request_: bytes):
    serving = Serving(hello, V4, 0)
    serving.start()
    ask(serving)
    with connect(serving) as client:
        client.sendall(request_)

        assert seconds_to_stop(serving) < 1
        assert is_closed(client)


def test_a_reader_that_takes_nothing_does_not_hold_up_the_end():
    serving = Serving(large, V4, 0)
    serving.start()
    with connect(serving) as client:
        client.sendall(WHOLE)
        client.recv(1)

        assert seconds_to_stop(serving) < STOP_WITHIN


def seconds_to_stop(serving: Serving) -> float:
    began = time.perf_counter()
    serving.stop()
    return time.perf_counter() - began


@pytest.mark.parametrize("request_", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx"])
def test_a_client_that_does_not_finish_its_request_is_left(request_: bytes):
    with served(protocol=Hasty) as serving, connect(serving) as client:
        client.sendall(request_)

        assert is_closed(client)


def test_a_client_that_sends_byte_by_byte_is_left():
    with served(protocol=Hasty) as serving, connect(serving) as client:
        client.settimeout(0.05)
        sent = trickle(client)

    assert sent < len(ENDLESS)


ENDLESS = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Endless: " + b"x" * 200


def trickle(client: socket.socket) -> int:
    """Send one byte after every twentieth of a second in which nothing comes; returns how many were taken."""
    for sent in range(len(ENDLESS)):
        try:
            client.sendall(ENDLESS[sent : sent + 1])
            if client.recv(1) == b"":
                return sent
        except TimeoutError:
            continue
        except OSError:
            return sent
    return len(ENDLESS)


def test_a_reader_that_takes_nothing_is_left():
    with served(large, protocol=Hasty) as serving, connect(serving) as reader:
        reader.sendall(WHOLE)
        wait_until_a_silent_client_is_left(serving)
        wait_until_a_silent_client_is_left(serving)

        assert len(read_all(reader)) < len(LARGE)


def wait_until_a_silent_client_is_left(serving: Serving) -> None:
    with connect(serving) as silent:
        assert is_closed(silent)


def test_a_client_that_asks_again_in_time_keeps_its_connection():
    with served(protocol=Patient) as serving, connect(serving) as client:
        for _ in range(3):
            assert is_quiet(client, Patient.patience * 0.6)
            client.sendall(WHOLE)
            assert read_until(client, b"hello")


class Patient(Impatient):
    """Waits long enough for a busy machine."""

    patience: ClassVar[float] = 1.5


def is_quiet(client: socket.socket, seconds: float) -> bool:
    """Tell whether the other side neither says anything nor hangs up for so long."""
    waiting = select.poll()
    waiting.register(client, select.POLLIN | select.POLLHUP)
    return not waiting.poll(seconds * 1_000)


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 70_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    ],
    ids=["tls", "no host", "two hosts", "huge header", "two lengths"],
)
def test_a_broken_request_is_refused_without_telling_what_we_are(request_: bytes):
    with served() as serving, connect(serving) as client:
        client.sendall(request_)
        answer = read_all(client)

    assert answer.startswith(b"HTTP/1.1 4")
    assert b"uvicorn" not in answer.lower()


def test_the_page_is_served_with_its_headers_and_no_name_of_a_server(rig: Rig):
    with served(visitor_of(rig).app) as serving:
        head, _, body = ask(serving, WHOLE.replace(b"localhost", f"localhost:{serving.port}".encode())).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200")
    assert b"content-security-policy: default-src 'none'" in head.lower()
    assert b"server:" not in head.lower()
    assert b"Vermeldingen" in body


def test_a_head_has_no_body(rig: Rig):
    with served(visitor_of(rig).app) as serving:
        answer = ask(serving, WHOLE.replace(b"GET", b"HEAD"))

    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n")


def test_an_upgrade_to_a_web_socket_is_not_taken(rig: Rig):
    upgrade = b"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    with served(visitor_of(rig).app) as serving, connect(serving) as client:
        client.sendall(WHOLE.replace(b"\r\n\r\n", upgrade))

        assert not client.recv(12).startswith(b"HTTP/1.1 101")


def test_it_says_that_it_is_alive_while_every_worker_waits_for_the_database(rig: Rig):
    database_answers = Event()
    settings = OpsSettings(beats=lambda: True, troubles=lambda: {"waited": int(database_answers.wait(20))})
    with served(create_ops(rig.db, rig.clock, rig.log, settings)) as serving, ExitStack() as clients:
        for _ in range(45):
            clients.enter_context(connect(serving)).sendall(WHOLE.replace(b"/", b"/health/ready", 1))
        answer = ask(serving, WHOLE.replace(b"/", b"/health/live", 1))
        database_answers.set()

    assert answer.endswith(b"alive\n")
