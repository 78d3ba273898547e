"""The one way out: decides what may be fetched or connected to, follows redirects by hand, and keeps each exchange.

Trust `web` reaches public addresses only, at every hop. Trust `operator` also reaches the host:port pairs under
`network.internal`, as the first hop and on redirects within that pair: no page can lead there. With a proxy, only the
proxy is talked to, but for the operator's pairs that `no_proxy` names. Nothing else in the product opens a socket.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

import httpx

from monitor.fetch.addresses import (
    PORTS,
    Address,
    Pair,
    checked_host,
    is_internal_name,
    is_literal,
    joined,
    parse_address,
    why_not_public,
)
from monitor.fetch.client import Client, Received
from monitor.fetch.dialling import Deadline, Dial, Dialler, Lookups, Resolve, Way, dial_ip, system_addresses
from monitor.fetch.record import REVEALED_HEADERS, Hop, written_exchange
from monitor.fetch.rules import FEED_BYTES, PAGE_BYTES, NetworkRules, Trust, goes_direct, parse_proxy
from monitor.fetch.stream import Meter
from monitor.ports import Answer, Clock, ConfigError, Problem, ProviderError, Redirect, RefusedAddress

__all__ = ["FEED_BYTES", "PAGE_BYTES", "Gate", "NetworkRules", "ProxyAnswer", "RecordingHttp", "Trust"]

_OURS = frozenset({"host", "content-length", "transfer-encoding", "accept-encoding", "connection", "te", "upgrade", "expect"})
"""Headers that are the gate's to write."""

_INNER_TARGETS = ("127.0.0.1", "169.254.169.254", "10.0.0.1")
_PATIENCE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class ProxyAnswer:
    """What the proxy said when it was asked for an inner address. `is_refused`: it said no, rather than trying."""

    request: str
    status: int
    is_refused: bool


class Gate:
    """Hands out http and checked sockets. Safe to share among threads; each has its own few connections."""

    def __init__(self, network: NetworkRules, *, clock: Clock, resolve: Resolve = system_addresses, dial: Dial = dial_ip) -> None:
        self._clock = clock
        self._ways = _Ways(network, clock, resolve, dial)

    def session(self, trust: Trust, *, most_bytes: int = FEED_BYTES) -> RecordingHttp:
        """Return http for one Look; a body longer than *most_bytes* is cut off there."""
        return RecordingHttp(self._ways, trust, most_bytes)

    def connect(self, host: str, port: int, *, timeout: timedelta) -> socket.socket:
        """Open a checked TCP connection: to a public address, or to one of the operator's pairs."""
        pair = (checked_host(host), port)
        deadline = Deadline.after(self._clock, timeout)
        way = self._ways.inside(pair) if pair in self._ways.rules.internal else self._ways.outside(pair)
        dialler = self._ways.dialler
        opened = dialler.tunnel(*pair, deadline) if way is Way.PROXY else dialler.open(way, *pair, deadline)
        opened.settimeout(timeout.total_seconds())
        return opened

    def check_proxy_refuses_internal(self) -> tuple[ProxyAnswer, ...]:
        """Ask the proxy for inner addresses, in both ways that it can be asked; return what it said.

        Raises OSError where the proxy itself cannot be reached, and returns nothing where there is no proxy.
        """
        if self._ways.proxy is None:
            return ()
        # 443 and 80: a proxy that only knows which ports are usual would refuse any other without looking at the address.
        requests = [f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n" for host in _INNER_TARGETS]
        requests += [f"GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n" for host in _INNER_TARGETS]
        return tuple(self._asked_for(request) for request in requests)

    def close(self) -> None:
        """Close the connections of all threads; what is being read ends with a `ProviderError`."""
        self._ways.close()

    def _asked_for(self, request: str) -> ProxyAnswer:
        line = request.partition(" HTTP/")[0]
        opened = None
        try:
            opened, status = self._ways.dialler.ask_proxy(request, Deadline.after(self._clock, _PATIENCE))
        except TimeoutError:  # it is trying to get there
            return ProxyAnswer(line, 0, is_refused=False)
        finally:
            if opened is not None:
                opened.close()
        # 5xx says that it tried and failed; another 4xx may be the answer of what stands at that inner address.
        return ProxyAnswer(
            line, status, is_refused=status in {0, 403, 407} or (status in {400, 405} and line.startswith("CONNECT"))
        )


class _Ways:
    """Which way an address is reached, and the connections that each thread has on each way."""

    def __init__(self, rules: NetworkRules, clock: Clock, resolve: Resolve, dial: Dial) -> None:
        self.rules = rules
        self.clock = clock
        self.proxy = parse_proxy(rules.proxy)
        self.dialler = Dialler(rules, self.proxy, Lookups(resolve), dial)
        self._trusted = _trusted(rules)
        self._of_thread = threading.local()
        self._clients: list[Client] = []
        self._lock = threading.Lock()

    def inside(self, pair: Pair) -> Way:
        """Return the way to one of the operator's pairs."""
        return Way.PROXY if self.proxy and not goes_direct(pair, self.rules.no_proxy) else Way.INTERNAL

    def outside(self, pair: Pair) -> Way:
        """Return the way to an address that is nobody's own, or refuse it."""
        host = pair[0]
        if is_literal(host):
            if why := why_not_public(host):
                raise RefusedAddress(f"{host} is not public ({why})")
            if self.proxy:
                raise RefusedAddress(f"{host}: no address by number is asked of the proxy")
        elif is_internal_name(host):
            raise RefusedAddress(f"{host} is a name of an inner network")
        if self.proxy is None:
            return Way.PUBLIC
        if goes_direct(pair, tuple(entry for entry in self.rules.no_proxy if entry.strip() != "*")):
            raise RefusedAddress(f"{host} is under network.no_proxy, so it is inner, and not under network.internal")
        return Way.PROXY

    def client(self, way: Way) -> Client:
        """Return this thread's connections on one way. Ways never share one: a kept connection knows no trust."""
        clients: dict[Way, Client] | None = getattr(self._of_thread, "clients", None)
        if clients is None:
            clients = {}
            self._of_thread.clients = clients
        if way not in clients:
            clients[way] = Client(self.rules, way, self.proxy, self.dialler, self._trusted)
            with self._lock:
                self._clients.append(clients[way])
        return clients[way]

    def close(self) -> None:
        with self._lock:
            clients, self._clients = self._clients, []
            self._of_thread = threading.local()
        for client in clients:
            client.close()


class RecordingHttp:
    """HTTP through the gate for one Look, by one thread. `exchanges` holds what was said, until the caller keeps it."""

    def __init__(self, ways: _Ways, trust: Trust, most_bytes: int) -> None:
        self._ways = ways
        self._trust = trust
        self._most_bytes = most_bytes
        self._exchanges: dict[str, bytes] = {}

    @property
    def exchanges(self) -> Mapping[str, bytes]:
        """The raw exchanges by digest."""
        return MappingProxyType(self._exchanges)

    def get(self, address: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch *address*."""
        return self._follow("GET", address, headers or {}, b"")

    def post(self, address: str, *, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """Send *content* to *address*."""
        return self._follow("POST", address, headers or {}, content)

    def _follow(self, method: str, address: str, headers: Mapping[str, str], content: bytes) -> Answer:
        rules = self._ways.rules
        deadline = Deadline.after(self._ways.clock, rules.wall)
        here = parse_address(address)
        inner = here.pair if self._trust is Trust.OPERATOR and here.pair in rules.internal else None
        redirects: list[Redirect] = []
        hops: list[Hop] = []
        while True:
            way = self._way(here, inner)
            request = self._request(method, here, headers, content)
            received = self._ways.client(way).ask(request, here, Meter(deadline, self._most_bytes), self._ways.clock)
            hops.append(received.hop)
            if not received.location:
                return self._answer(received, here, redirects, hops)
            if len(redirects) == rules.most_redirects:
                raise ProviderError(f"{here.host}: more than {rules.most_redirects} redirects", retryable=False)
            there = joined(here, received.location)
            redirects.append(Redirect(received.status, str(there)))
            inner = inner if there.pair == inner else None
            method, headers, content = _for_next(received.status, method, headers, content, here=here, there=there)
            here = there

    def _way(self, here: Address, inner: Pair | None) -> Way:
        if inner is not None:
            return self._ways.inside(here.pair)
        if here.port not in PORTS.values():
            raise RefusedAddress(f"{here.host}: port {here.port} is not one of the web's")
        return self._ways.outside(here.pair)

    def _request(self, method: str, here: Address, headers: Mapping[str, str], content: bytes) -> httpx.Request:
        try:
            return httpx.Request(method, str(here), headers=self._headers(headers), content=content or None)
        except httpx.InvalidURL as error:
            raise RefusedAddress(f"{here.host}: the address cannot be read") from error

    def _headers(self, wanted: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
        rules = self._ways.rules
        headers = {"user-agent": rules.user_agent, "accept": "*/*", "accept-language": rules.accept_language}
        headers |= {name.lower(): value for name, value in wanted.items() if name.lower() not in _OURS and value.strip()}
        headers["accept-encoding"] = "gzip"
        # Latin-1, as answers are read: an ETag goes back as it came.
        return [(name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in headers.items()]

    def _answer(self, received: Received, here: Address, redirects: list[Redirect], hops: list[Hop]) -> Answer:
        digest, raw = written_exchange(hops)
        self._exchanges[digest] = raw
        return Answer(
            status=received.status,
            headers=received.headers,
            body=received.body,
            address=str(here),
            redirects=tuple(redirects),
            exchange=digest,
            is_truncated=received.is_cut,
        )


def _for_next(
    status: int, method: str, headers: Mapping[str, str], content: bytes, *, here: Address, there: Address
) -> tuple[str, Mapping[str, str], bytes]:
    """Return what is sent to the next hop. What only *here* may know stays here."""
    secrets = [name for name in headers if name.lower() not in REVEALED_HEADERS]
    is_upgrade = here.host == there.host and (here.scheme, there.scheme) == ("http", "https") and there.port == PORTS["https"]
    is_same_origin = (here.scheme, here.pair) == (there.scheme, there.pair) or is_upgrade
    if secrets and here.scheme == "https" and there.scheme == "http":
        raise RefusedAddress(f"{here.host} redirects a request with credentials to plain http")
    if not is_same_origin:
        headers = {name: value for name, value in headers.items() if name not in secrets}
    if method == "GET" or status in {301, 302, 303}:
        return "GET", {name: value for name, value in headers.items() if name.lower() != "content-type"}, b""
    if not is_same_origin:
        raise RefusedAddress(f"{here.host} redirects what was sent to it to {there.host}")
    return method, headers, content


def _trusted(network: NetworkRules) -> ssl.SSLContext:
    """Return the one TLS context: the public authorities, the machine's, and the operator's own file."""
    trusted = httpx.create_ssl_context(trust_env=False)
    trusted.load_default_certs()
    if network.ca_file is not None:
        try:
            trusted.load_verify_locations(cafile=network.ca_file)
        except OSError as error:
            fault = f"no certificates can be read there ({error.strerror or 'not in PEM form'})"
            raise ConfigError(
                [Problem("network.ca_file", fault, "name a PEM file with the proxy's certificate authority")]
            ) from error
    return trusted
