"""Mail and web servers on loopback that answer as they are told. Only for the tests of the notifiers."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DROP = "drop"
"""Close the line instead of answering."""

SILENCE = "silence"
"""Never answer."""

DRIP = "drip"
"""Answer one letter at a time, and never finish."""

DEFAULTS = {
    "greeting": "220 mail.example.org ESMTP",
    "EHLO": "250-mail.example.org\r\n250-STARTTLS\r\n250-AUTH PLAIN XOAUTH2\r\n250 SIZE 1000000",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 Go on",
    "body": "250 2.0.0 Taken",
    "AUTH": "235 2.7.0 Welcome",
    "STARTTLS": "454 4.7.0 Not now",
    "RSET": "250 Ok",
    "QUIT": "221 Bye",
}


def connect(host: str, port: int, *, timeout: timedelta) -> socket.socket:
    """Open a socket as the gate would; every name leads to loopback."""
    assert host
    return socket.create_connection(("127.0.0.1", port), timeout.total_seconds())


@dataclass
class ScriptedMailServer:
    """Plays one part in as many conversations as come. `heard` are the lines of the other side."""

    script: Mapping[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    port: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    def answer(self, verb: str) -> str:
        return self.script.get(verb, DEFAULTS.get(verb, "500 What?"))

    def talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as lines, suppress(OSError):
            if not self._say(line, self.answer("greeting")):
                return
            for raw in lines:
                text = raw.decode("latin-1").rstrip("\r\n")
                self.heard.append(text)
                verb = text.split(" ")[0].upper()
                said = self.answer(verb)
                if not self._say(line, said) or verb == "QUIT":
                    return
                if verb == "DATA" and said.startswith("354") and not self._take(line, lines):
                    return

    def _take(self, line: socket.socket, lines: Iterator[bytes]) -> bool:
        self.mails.append(b"".join(iter(lambda: next(lines), b".\r\n")))
        return self._say(line, self.answer("body"))

    def _say(self, line: socket.socket, answer: str) -> bool:
        if answer == DROP:
            return False
        if answer == SILENCE:
            self.is_over.wait(10)
            return False
        if answer == DRIP:
            while not self.is_over.wait(0.02):
                line.sendall(b"2")
            return False
        line.sendall(answer.encode() + b"\r\n")
        return True


@contextmanager
def mail_server(script: Mapping[str, str] | None = None) -> Iterator[ScriptedMailServer]:
    server = ScriptedMailServer(script or {})
    talks: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]

        def accept() -> None:
            with suppress(OSError):
                while not server.is_over.is_set():
                    line, _ = listening.accept()
                    talks.append(threading.Thread(target=server.talk, args=(line,), daemon=True))
                    talks[-1].start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            server.is_over.set()
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join(2)
            for talk in talks:
                talk.join(2)


@dataclass
class WebServer:
    """Remembers what was posted, and answers what it is told."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    posted: list[tuple[str, bytes]] = field(default_factory=list)
    port: int = 0

    def posted_json(self) -> dict[str, object]:
        return dict(json.loads(self.posted[-1][1]))


@contextmanager
def web_server(server: WebServer, tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.posted.append((self.path, body))
            self.send_response(server.status)
            for name, value in server.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(server.body)))
            self.end_headers()
            self.wfile.write(server.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the name that http.server gives it
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        if tls is not None:
            httpd.socket = tls.wrap_socket(httpd.socket, server_side=True)
        server.port = httpd.server_address[1]
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            httpd.shutdown()
            thread.join(2)
