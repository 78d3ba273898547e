"""The bytes of one exchange as they cross the wire: metered, limited in time and number, and kept as proof."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from monitor.fetch.dialling import Deadline, Dialler, Way
from monitor.ports import ProviderError

FRAMING_BYTES = 128 * 1024
"""What heads, chunk sizes and interim answers may take, beside as much again as the body itself.

Chunks of one byte cost 3.6 seconds of CPU for 10 MB.
"""


class Meter:
    """What one exchange has sent and received, and how much more it may."""

    def __init__(self, deadline: Deadline, most_bytes: int) -> None:
        self.deadline = deadline
        self.sent = bytearray()
        self.received = bytearray()
        self.most_bytes = most_bytes
        self.body_bytes = 0

    def forget(self) -> None:
        """Begin anew: what went before was the way to the other side (a proxy's CONNECT), not the exchange."""
        self.sent.clear()
        self.received.clear()

    def take(self, chunk: bytes) -> None:
        self.received += chunk
        if len(self.received) > 2 * self.body_bytes + FRAMING_BYTES:
            raise ProviderError("the answer is wrapping more than content", retryable=False)


MeterOf = Callable[[], Meter]


class MeteredStream(httpcore.NetworkStream):
    """A connected socket, for httpcore. A kept-alive one asks anew which exchange it serves."""

    def __init__(self, connected: socket.socket, peer: tuple[str, int], meter_of: MeterOf) -> None:
        self._socket = connected
        self._peer = peer
        self._meter_of = meter_of

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        meter = self._meter_of()
        try:
            self._socket.settimeout(meter.deadline.left(timeout or 0.0))
            chunk = self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        meter.take(chunk)
        return chunk

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        meter = self._meter_of()
        try:
            self._socket.settimeout(meter.deadline.left(timeout or 0.0))
            self._socket.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error
        meter.sent += buffer

    def close(self) -> None:
        with contextlib.suppress(OSError):  # it may be gone already
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes a thread that still reads from it
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        meter = self._meter_of()
        try:
            self._socket.settimeout(meter.deadline.left(timeout or 0.0))
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise ProviderError(f"{server_hostname}: the certificate is not trusted ({error.verify_message})") from error
        except TimeoutError as error:
            self.close()
            raise ProviderError(f"{server_hostname}: TLS took too long") from error
        except OSError as error:
            self.close()
            raise ProviderError(f"{server_hostname}: TLS failed ({_reason(error)})") from error
        meter.forget()
        return MeteredStream(secured, self._peer, self._meter_of)

    def get_extra_info(self, info: str) -> Any:  # httpcore's own signature
        match info:
            case "ssl_object":
                return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
            case "server_addr":
                return self._peer
            case "is_readable":  # an idle connection that has something to say was closed by the other side
                return self._is_readable()
        return None

    def _is_readable(self) -> bool:
        if self._socket.fileno() < 0:
            return True
        watched = select.poll()
        watched.register(self._socket.fileno(), select.POLLIN)
        return bool(watched.poll(0))


class CheckedBackend(httpcore.NetworkBackend):
    """Lets httpcore connect on one way only."""

    def __init__(self, dialler: Dialler, way: Way, meter_of: MeterOf) -> None:
        self._dialler = dialler
        self._way = way
        self._meter_of = meter_of

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the rules and the deadline decide
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        try:
            connected = self._dialler.open(self._way, host, port, self._meter_of().deadline)
            # Asked now: a connection that broke off no longer knows whom it was with.
            peer = connected.getpeername()[:2]
        except socket.gaierror as error:
            raise ProviderError(f"{host}: the name cannot be resolved ({_reason(error)})") from error
        except TimeoutError as error:
            raise ProviderError(f"{host}: no connection in time ({error})") from error
        except OSError as error:
            raise ProviderError(f"{host}: no connection ({_reason(error)})") from error
        return MeteredStream(connected, peer, self._meter_of)

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise ProviderError("no socket of this machine is reached", retryable=False)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
