"""One HTTP request on one way out, and its answer: read within the caps, decoded, with the bytes of the wire beside it.

Each worker thread has its own. Redirects, trust and what becomes of the answer are the business of `monitor.fetch.gate`.
"""

from __future__ import annotations

import re
import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import httpcore
import httpx

from monitor.fetch.addresses import Address
from monitor.fetch.dialling import Dialler, Way
from monitor.fetch.record import Hop, certificate_of
from monitor.fetch.rules import NetworkRules, Proxy
from monitor.fetch.stream import CheckedBackend, Meter
from monitor.ports import Clock, ProviderError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEPT_ALIVE = 4
KEPT_ALIVE_SECONDS = 30.0
HARMLESS_BYTES = 1024 * 1024
"""Up to here any compression ratio is harmless."""
PIECE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What one hop brought. `location` is set where it points on; then the body was not read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool
    location: str
    hop: Hop


class _Stream(httpx.SyncByteStream):
    """httpcore's body as httpx wants it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class CheckedTransport(httpx.BaseTransport):
    """httpx over a pool whose sockets are checked; httpx's own transport takes no network backend.

    It is used without `httpx.Client`, which logs every address, query and all, and keeps cookies.
    """

    def __init__(self, way: Way, proxy: Proxy | None, backend: CheckedBackend, trusted: ssl.SSLContext) -> None:
        self._pool = _pool(way, proxy, backend, trusted)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


def _pool(way: Way, proxy: Proxy | None, backend: CheckedBackend, trusted: ssl.SSLContext) -> httpcore.ConnectionPool:
    if way is not Way.PROXY or proxy is None:
        return httpcore.ConnectionPool(
            ssl_context=trusted,
            max_connections=KEPT_ALIVE + 1,
            max_keepalive_connections=KEPT_ALIVE,
            keepalive_expiry=KEPT_ALIVE_SECONDS,
            network_backend=backend,
        )
    return httpcore.HTTPProxy(
        httpcore.URL(scheme=b"http", host=proxy.host.encode("ascii"), port=proxy.port, target=b"/"),
        proxy_auth=(proxy.user.encode(), proxy.password.encode()) if proxy.user else None,
        ssl_context=trusted,
        max_connections=KEPT_ALIVE + 1,
        max_keepalive_connections=KEPT_ALIVE,
        keepalive_expiry=KEPT_ALIVE_SECONDS,
        network_backend=backend,
    )


class Client:
    """The connections of one thread on one way. Raises `ProviderError` where nothing usable came back."""

    def __init__(self, rules: NetworkRules, way: Way, proxy: Proxy | None, dialler: Dialler, trusted: ssl.SSLContext) -> None:
        self._rules = rules
        self._way = way
        self._meter: Meter | None = None
        self._transport = CheckedTransport(way, proxy, CheckedBackend(dialler, way, self._current_meter), trusted)

    def close(self) -> None:
        self._transport.close()

    def ask(self, request: httpx.Request, address: Address, meter: Meter, clock: Clock) -> Received:
        """Send *request*, which was made for *address*, and read its answer."""
        read_again = (request.url.raw_host.decode("ascii"), request.url.port or address.port)
        if read_again != address.pair or request.url.userinfo:
            raise ProviderError("two readers understand the address differently", retryable=False)
        seconds = self._rules.read.total_seconds()
        request.extensions["timeout"] = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
        self._meter = meter
        started_at = clock.now()
        try:
            response = self._transport.handle_request(request)
            try:
                return self._received(response, address, meter, started_at=started_at, clock=clock)
            finally:
                response.close()
        except httpcore.ProxyError as error:
            raise ProviderError(f"{address.host}: the proxy does not connect ({error})") from error
        except httpcore.TimeoutException as error:
            raise ProviderError(f"{address.host}: no answer in time") from error
        except httpcore.NetworkError as error:
            raise ProviderError(f"{address.host}: the connection broke off") from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise ProviderError(f"{address.host}: the answer is not HTTP, or broke off") from error
        finally:
            self._meter = None

    def _current_meter(self) -> Meter:
        if self._meter is None:
            raise ProviderError("nothing is being asked", retryable=False)
        return self._meter

    def _received(
        self, response: httpx.Response, address: Address, meter: Meter, *, started_at: datetime, clock: Clock
    ) -> Received:
        if len(response.headers.raw) > self._rules.most_headers:
            raise ProviderError(f"{address.host}: the answer has too many headers", retryable=False)
        # Before the body: a connection that its server closes is gone once the body is read, and its TLS session with it.
        stream = response.extensions["network_stream"]
        secured = stream.get_extra_info("ssl_object")
        certificate = None if secured is None else certificate_of(secured)
        host, port = stream.get_extra_info("server_addr")
        location = _location(response)
        body, is_cut = (b"", False) if location else _body(response, meter, self._rules.ratio, address.host)
        hop = Hop(
            address=str(address),
            started_at=started_at,
            ended_at=clock.now(),
            sent=bytes(meter.sent),
            received=bytes(meter.received),
            peer=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            is_cut=is_cut or bool(location),
            via_proxy=self._way is Way.PROXY,
            certificate=certificate,
        )
        headers = {name.decode("latin-1").lower(): "" for name, _ in response.headers.raw}
        for name, value in response.headers.raw:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if headers[key] else text
        return Received(status=response.status_code, headers=headers, body=body, is_cut=is_cut, location=location, hop=hop)


def _location(response: httpx.Response) -> str:
    """Return where a redirect points, as it stands there: servers send UTF-8, or what they take for ASCII."""
    if response.status_code not in REDIRECTS:
        return ""
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("latin-1").strip()


def _body(response: httpx.Response, meter: Meter, ratio: int, host: str) -> tuple[bytes, bool]:
    """Read and decode a body; return it with whether the cap cut it off. Raises `ProviderError` on a bomb."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        shown = encoding[:20] if re.fullmatch(r"[a-z0-9, -]+", encoding) else "something else"
        raise ProviderError(f"{host}: the answer is packed as {shown}, which was not asked for")
    unpacker = _Unpacker() if "gzip" in encoding else None
    body = bytearray()
    try:
        for chunk in response.iter_raw():
            meter.body_bytes += len(chunk)
            for piece in unpacker.pieces(chunk) if unpacker else (chunk,):
                body += piece
                if len(body) > HARMLESS_BYTES and len(body) > ratio * meter.body_bytes:
                    raise ProviderError(f"{host}: the answer unpacks to more than {ratio} times its size", retryable=False)
                if len(body) > meter.most_bytes:
                    return bytes(body[: meter.most_bytes]), True
    except zlib.error as error:
        raise ProviderError(f"{host}: the answer says it is gzip and is not") from error
    if unpacker and meter.body_bytes and not unpacker.is_whole:
        raise ProviderError(f"{host}: the gzip ends too early")
    return bytes(body), False


class _Unpacker:
    """Gzip in small pieces, so that what is unpacked can be counted before it is there. Takes several members."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self.is_whole = False

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._member.eof:
                if not chunk.startswith(b"\x1f\x8b"):  # padding after the last member; readers ignore it
                    return
                self._member = zlib.decompressobj(wbits=31)
            yield self._member.decompress(chunk, PIECE_BYTES)
            while self._member.unconsumed_tail:
                yield self._member.decompress(self._member.unconsumed_tail, PIECE_BYTES)
            self.is_whole = self._member.eof
            chunk = self._member.unused_data
