"""The outgoing proxy of a closed network, on an address of one's choice."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading

import trustme

from tests.fetch.proxy import FORBIDDEN, ForwardProxy, Upstreams
from tests.fetch.servers import Server, always

IDLE = 60.0
"""Longer than anything is idle here: a proxy that hangs up at the moment of a request would cost the Look."""


class Proxy(ForwardProxy):
    """Inspects TLS where it has an authority. Remembers who was asked for: `CONNECT krant.voorbeeld.test:443`."""

    def __init__(self, upstreams: Upstreams, *, host: str, authority: trustme.CA | None = None) -> None:
        self._upstreams = upstreams
        self._authority = authority
        self._login = ""
        Server.__init__(self, always(), host=host)

    @property
    def address(self) -> str:
        host, port = self._listener.getsockname()[:2]
        return f"http://{host}:{port}"

    @property
    def asked_for(self) -> list[str]:
        return [request.split(b" HTTP/1.", 1)[0].decode("ascii") for request in self.requests]

    def _tunnel(self, connected: socket.socket, host: str, port: int) -> None:
        place = self._upstreams(host, port)
        if place is None:
            connected.sendall(FORBIDDEN)
            return
        with contextlib.closing(socket.create_connection(place, timeout=IDLE)) as beyond:
            connected.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            connected.settimeout(IDLE)
            if self._authority is None or port != 443:
                _relay(connected, beyond)
                return
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(host).configure_cert(context)
            with contextlib.closing(context.wrap_socket(connected, server_side=True)) as secured:
                _relay(secured, beyond)


def _relay(near: socket.socket, far: socket.socket) -> None:
    """Copy both ways until one side is done."""
    back = threading.Thread(target=_copy, args=(far, near), daemon=True)
    back.start()
    _copy(near, far)
    back.join()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError, ValueError):
        while chunk := source.recv(65536):
            sink.sendall(chunk)
    for end in (source, sink):
        with contextlib.suppress(OSError, ValueError):
            end.shutdown(socket.SHUT_RDWR)
