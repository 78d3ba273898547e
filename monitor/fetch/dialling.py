"""Open sockets: look a name up once, check all answers, connect to an answer that was checked. Speaks no HTTP but CONNECT.

Three ways lead out: to the public web, to one of the operator's own pairs, and to the proxy. What may take which way is
decided in `monitor.fetch.gate`; that a public way never ends inside is made sure of here, at the moment of connecting.
"""

from __future__ import annotations

import base64
import queue
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from monitor.fetch.addresses import is_literal, why_not_public
from monitor.fetch.rules import NetworkRules, Proxy
from monitor.ports import Clock, RefusedAddress

Resolve = Callable[[str], Sequence[str]]
"""All IP addresses of a host name. Raises OSError where there is none."""

Dial = Callable[[str, int, float], socket.socket]
"""A TCP connection to an IP address and port within so many seconds."""

LOOKUPS_AT_ONCE = 16
LONGEST_PROXY_ANSWER = 16 * 1024


class Way(StrEnum):
    """How a connection leaves the machine."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment at which all must be over, on the monotonic clock."""

    clock: Clock
    at: float

    @classmethod
    def after(cls, clock: Clock, span: timedelta) -> Deadline:
        return cls(clock, clock.monotonic() + span.total_seconds())

    def left(self, most: float) -> float:
        """Return the seconds that one more step may take, at most *most*. Raises TimeoutError when none are left."""
        left = min(most, self.at - self.clock.monotonic())
        if left <= 0:
            raise TimeoutError("the time allowed for all of it is over")
        return left


def system_addresses(host: str) -> Sequence[str]:
    """Return what the machine's resolver says, each address once, in its order."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial_ip(ip: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address."""
    connected = socket.create_connection((ip, port), timeout=seconds)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


class Lookups:
    """Name look-ups with a limit in time: the system's resolver can hang for minutes, and cannot be interrupted."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._slots = threading.BoundedSemaphore(LOOKUPS_AT_ONCE)

    def find(self, host: str, seconds: float) -> Sequence[str]:
        """Return the addresses of *host*, never none. Raises OSError."""
        if not self._slots.acquire(timeout=seconds):
            raise TimeoutError("the resolver answers nobody")
        answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()
        # A thread of its own, and a daemon: one that hangs must hold up neither the next look-up nor the end of the process.
        threading.Thread(target=self._ask, args=(host, answers), name="lookup", daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError("the resolver did not answer in time") from None
        if isinstance(answer, OSError):
            raise answer
        if not answer:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        return answer

    def _ask(self, host: str, answers: queue.SimpleQueue[Sequence[str] | OSError]) -> None:
        try:
            answers.put(self._resolve(host))
        except OSError as error:
            answers.put(error)
        except UnicodeError:
            answers.put(socket.gaierror(socket.EAI_NONAME, "the name cannot be asked for"))
        finally:
            self._slots.release()


class Dialler:
    """Opens connections on one of the three ways. Raises `RefusedAddress`, or OSError where nobody answers."""

    def __init__(self, rules: NetworkRules, proxy: Proxy | None, lookups: Lookups, dial: Dial) -> None:
        self._rules = rules
        self._proxy = proxy
        self._lookups = lookups
        self._dial = dial

    def open(self, way: Way, host: str, port: int, deadline: Deadline) -> socket.socket:
        """Return a connected socket."""
        match way:
            case Way.PUBLIC:
                return self._connect(self._public(host, deadline), port, deadline)
            case Way.INTERNAL:
                if (host, port) not in self._rules.internal:
                    raise RefusedAddress(f"{host}:{port} is not under network.internal")
                return self._connect(self._found(host, deadline), port, deadline)
            case Way.PROXY:
                if self._proxy is None or (host, port) != (self._proxy.host, self._proxy.port):
                    raise RefusedAddress(f"{host}:{port} is not the proxy")
                return self._connect(self._found(host, deadline), port, deadline)

    def tunnel(self, host: str, port: int, deadline: Deadline) -> socket.socket:
        """Return a socket that the proxy connected to *host* by CONNECT."""
        name = f"[{host}]" if ":" in host else host
        opened, status = self.ask_proxy(f"CONNECT {name}:{port} HTTP/1.1\r\nHost: {name}:{port}\r\n", deadline)
        if not 200 <= status < 300:
            opened.close()
            raise ConnectionRefusedError(f"the proxy does not connect to {host}:{port} (status {status})")
        return opened

    def ask_proxy(self, head: str, deadline: Deadline) -> tuple[socket.socket, int]:
        """Send a request head (without its blank line) to the proxy; return the socket and the status, 0 for none."""
        assert self._proxy is not None
        opened = self.open(Way.PROXY, self._proxy.host, self._proxy.port, deadline)
        try:
            if self._proxy.user:
                login = base64.b64encode(f"{self._proxy.user}:{self._proxy.password}".encode()).decode()
                head += f"Proxy-Authorization: Basic {login}\r\n"
            opened.settimeout(deadline.left(self._rules.connect.total_seconds()))
            opened.sendall(head.encode("ascii") + b"\r\n")
            answer = self._head_of_answer(opened, deadline)
        except BaseException:
            opened.close()
            raise
        parts = answer.split(b" ", 2)
        return opened, int(parts[1]) if len(parts) > 1 and parts[0].startswith(b"HTTP/1.") and parts[1].isdigit() else 0

    def _head_of_answer(self, opened: socket.socket, deadline: Deadline) -> bytes:
        """Read up to the blank line and not one byte more: what follows belongs to whoever uses the tunnel."""
        answer = bytearray()
        while not answer.endswith(b"\r\n\r\n") and len(answer) < LONGEST_PROXY_ANSWER:
            opened.settimeout(deadline.left(self._rules.read.total_seconds()))
            byte = opened.recv(1)
            if not byte:
                break
            answer += byte
        return bytes(answer)

    def _found(self, host: str, deadline: Deadline) -> Sequence[str]:
        if is_literal(host):
            return [host]
        return self._lookups.find(host, deadline.left(self._rules.lookup.total_seconds()))

    def _public(self, host: str, deadline: Deadline) -> Sequence[str]:
        ips = self._found(host, deadline)
        # One inner answer among public ones is how rebinding begins: then none of them is used.
        for ip in ips:
            if why := why_not_public(ip):
                raise RefusedAddress(f"{host} leads to an address that is not public ({why})")
        return ips

    def _connect(self, ips: Sequence[str], port: int, deadline: Deadline) -> socket.socket:
        fault: OSError = TimeoutError("no address answered")
        for ip in ips:
            try:
                return self._dial(ip, port, deadline.left(self._rules.connect.total_seconds()))
            except OSError as error:
                fault = error
        raise fault
