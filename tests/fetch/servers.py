"""Small servers on loopback that say exactly what a test wants, and a fake world of names and addresses around them."""

from __future__ import annotations

import contextlib
import errno
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

Reply = Callable[[bytes], Iterable[bytes]]
"""From the head (and body, where it came along) of a request to the bytes of the answer, in the pieces that are sent."""

PUBLIC_IP = "93.184.215.14"
OTHER_PUBLIC_IP = "93.184.215.15"


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole answer; `content_type=` becomes `content-type:`."""
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def always(*pieces: bytes) -> Reply:
    """Return a reply that is the same for every request."""
    return lambda _request: pieces


class Server:
    """Accepts on a loopback port, one thread a connection. Counts connections, remembers requests."""

    def __init__(self, reply: Reply, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._reply = reply
        self._tls = tls
        self._ending = threading.Event()
        self._open: list[socket.socket] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connected in list(self._open):
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(timeout=5)

    def _accept(self) -> None:
        while not self._ending.is_set():
            try:
                connected, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connected,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connected: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.closing(connected):
            connected.settimeout(5)
            if self._tls is None:
                self.converse(self.ended_with_us(connected))
                return
            with contextlib.closing(self._tls.wrap_socket(connected, server_side=True)) as secured:
                self.converse(self.ended_with_us(secured))

    def ended_with_us(self, connected: socket.socket) -> socket.socket:
        """Remember a socket, so that the end of the test wakes whoever reads from it."""
        self._open.append(connected)
        return connected

    def converse(self, connected: socket.socket) -> None:
        while request := self.request(connected):
            self.requests.append(request)
            for piece in self._reply(request):
                if self._ending.is_set():
                    return
                connected.sendall(piece)

    def request(self, connected: socket.socket) -> bytes:
        """Read a head and the body that it announces; nothing when the other side or the test is done."""
        read = bytearray()
        while not self._ending.is_set():
            head, blank, body = bytes(read).partition(b"\r\n\r\n")
            if blank and len(body) >= _announced(head):
                return bytes(read)
            chunk = connected.recv(65536)
            if not chunk:
                break
            read += chunk
        return b""


def _announced(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


@dataclass
class World:
    """Names that lead to addresses, and addresses that are really ports on loopback.

    `names` gives the answers of successive look-ups; the last one stays. An address that `ports` does not know is dialled
    for real when it is this machine (so that a canary would notice), and is unreachable when it is not.
    """

    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    ports: dict[tuple[str, int], int] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def put(self, name: str, port: int, server: Server, *, ip: str = PUBLIC_IP) -> None:
        self.names.setdefault(name, [(ip,)])
        self.ports[ip, port] = server.port

    def resolve(self, host: str) -> Sequence[str]:
        self.looked_up.append(host)
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((ip, port))
        if (ip, port) in self.ports:
            return socket.create_connection(("127.0.0.1", self.ports[ip, port]), timeout=seconds)
        if ip.startswith("127.") or ip == "::1":
            return socket.create_connection((ip, port), timeout=seconds)
        raise OSError(errno.ENETUNREACH, "Network is unreachable")


@contextlib.contextmanager
def canaries() -> Iterator[list[Server]]:
    """Yield listeners on inner addresses of this machine that nothing may ever reach."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Server(always(answer(b"secret")), host=host)) for host in ("127.0.0.1", "127.0.0.2", "::1")]
