"""A forward proxy on loopback: CONNECT and absolute-form, TLS inspection with an authority of its own, a list of names.

It is what a hospital's network puts between Naamwacht and the web. `upstreams` says where a host:port really is (None:
forbidden).
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable

import trustme

from tests.fetch.servers import Server, always

Upstreams = Callable[[str, int], tuple[str, int] | None]

FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
LOGIN_WANTED = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class ForwardProxy(Server):
    """Relays what it may. `authority` set: what is asked on port 443 is decrypted, as an inspecting proxy does."""

    def __init__(self, upstreams: Upstreams, *, authority: trustme.CA | None = None, login: str = "") -> None:
        self._upstreams = upstreams
        self._authority = authority
        self._login = login
        super().__init__(always())

    def converse(self, connected: socket.socket) -> None:
        request = self.request(connected)
        if not request:
            return
        self.requests.append(request)
        method, target, _ = request.split(b"\r\n", 1)[0].decode("ascii").split(" ")
        if self._login and f"basic {self._login}".lower() not in request.decode("latin-1").lower():
            connected.sendall(LOGIN_WANTED)
        elif method == "CONNECT":
            self._tunnel(connected, *_host_and_port(target, 443))
        else:
            self._forward(connected, request, target)

    def _tunnel(self, connected: socket.socket, host: str, port: int) -> None:
        place = self._upstreams(host, port)
        if place is None:
            connected.sendall(FORBIDDEN)
            return
        with contextlib.closing(self.ended_with_us(socket.create_connection(place, timeout=5))) as beyond:
            connected.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if self._authority is None or port != 443:
                _relay(connected, beyond)
                return
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(host).configure_cert(context)
            connected.settimeout(5)
            with contextlib.closing(context.wrap_socket(connected, server_side=True)) as secured:
                _relay(self.ended_with_us(secured), beyond)

    def _forward(self, connected: socket.socket, request: bytes, target: str) -> None:
        rest = target.removeprefix("http://")
        authority, _, path = rest.partition("/")
        place = self._upstreams(*_host_and_port(authority, 80))
        if place is None:
            connected.sendall(FORBIDDEN)
            return
        with contextlib.closing(self.ended_with_us(socket.create_connection(place, timeout=5))) as beyond:
            beyond.sendall(request.replace(target.encode(), b"/" + path.encode(), 1))
            _relay(connected, beyond)


def _host_and_port(authority: str, port: int) -> tuple[str, int]:
    host, colon, number = authority.rpartition(":")
    return (host, int(number)) if colon else (authority, port)


def _relay(near: socket.socket, far: socket.socket) -> None:
    """Copy both ways until one side is done."""
    back = threading.Thread(target=_copy, args=(far, near), daemon=True)
    back.start()
    _copy(near, far)
    back.join(timeout=5)


def _copy(source: socket.socket, sink: socket.socket) -> None:
    source.settimeout(5)
    with contextlib.suppress(OSError, ValueError):
        while chunk := source.recv(65536):
            sink.sendall(chunk)
    for end in (source, sink):
        with contextlib.suppress(OSError, ValueError):
            end.shutdown(socket.SHUT_RDWR)
