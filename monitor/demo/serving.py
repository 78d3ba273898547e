"""Serve plain functions over HTTP on loopback, and end cleanly. No contents here, and no rules of any site."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import parse_qsl, urlsplit

BODY_AT_MOST = 1_000_000
HTML = "text/html; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked; header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def form(self) -> dict[str, str]:
        """Return the posted form's fields."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered."""

    body: bytes
    content_type: str = HTML
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


Site = Callable[[Request], Reply]

NOT_FOUND = Reply(body=b"<!doctype html><title>404</title><p>Niet gevonden.</p>", status=HTTPStatus.NOT_FOUND)


class Listener(ThreadingTCPServer):
    """A TCP server that knows its conversations, so that `stop` leaves no thread and no socket behind.

    It binds when it is made, so that its port is known; `start` begins to answer.
    """

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, handler: type[BaseRequestHandler]) -> None:
        self._talks: dict[threading.Thread, socket.socket] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name=f"demo-{handler.__name__}", daemon=True)
        super().__init__((host, port), handler)

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End every conversation and give the port back."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        with self._lock:
            talks = dict(self._talks)
        for talk in talks.values():
            with contextlib.suppress(OSError):
                talk.shutdown(socket.SHUT_RDWR)
        for thread in talks:
            thread.join(timeout=5)
        self.server_close()

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        assert isinstance(request, socket.socket)
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        with self._lock:
            self._talks[thread] = request
        thread.start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say what broke; a caller who hung up is no error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed wants a socket; it only prints

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        super().shutdown_request(request)
        with self._lock:
            self._talks.pop(threading.current_thread(), None)

    def _serve(self) -> None:
        self.serve_forever(poll_interval=0.05)


class HttpListener(Listener):
    """Serves one Site."""

    def __init__(self, host: str, port: int, site: Site) -> None:
        super().__init__(host, port, _HttpTalk)
        self.site = site


class _HttpTalk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SmallInternet"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm = True
    server: HttpListener

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 <= length <= BODY_AT_MOST:
            self.close_connection = True
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        parts = urlsplit(self.path)
        reply = self.server.site(
            Request(
                method=self.command,
                path=parts.path,
                query=dict(parse_qsl(parts.query, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(length),
            )
        )
        self.send_response(reply.status)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and reply.status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the parent gave it
        """Say nothing: what is asked may hold names."""
