"""Serves an ASGI application from a thread of its own, until it is stopped. Nothing here knows what is served."""

from __future__ import annotations

import asyncio
import errno
import socket
from math import ceil
from threading import Thread
from typing import ClassVar, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from monitor.ports import AddressInUse

STOP_WITHIN: Final = 3.0
"""Seconds after which `stop` returns, whatever the clients do."""

_FINISH_WITHIN: Final = 1.5
"""Seconds that an answer under way has to end when we stop; the rest is for closing."""

_CONNECTIONS: Final = 64
_HEADER_BYTES: Final = 16_384

_REMEDIES: Final = {
    errno.EADDRINUSE: "stop what listens there, or choose another address",
    errno.EACCES: "choose a port above 1023",
    errno.EADDRNOTAVAIL: "choose an address of this machine",
}


class Impatient(H11Protocol):
    """Gives a request and its answer together so many seconds.

    uvicorn waits without end for a request that comes byte by byte, and for a reader that takes nothing.
    """

    patience: ClassVar[float] = 30.0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        self._wait(self.patience)

    def on_response_complete(self) -> None:
        self._wait(self.patience)
        super().on_response_complete()

    def shutdown(self) -> None:
        super().shutdown()
        self._wait(_FINISH_WITHIN)

    def connection_lost(self, exc: Exception | None) -> None:
        self._give_up_waiting()
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._give_up_waiting()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _give_up_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()


class Serving:
    """One application on one address. The address is taken at once, so that a second daemon fails before it does anything."""

    def __init__(self, app: ASGIApp, host: str, port: int, *, protocol: type[Impatient] = Impatient) -> None:
        self._socket = _listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.address = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        settings = uvicorn.Config(
            app,
            http=protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_HEADER_BYTES,
            timeout_graceful_shutdown=ceil(_FINISH_WITHIN),
        )
        self._server = uvicorn.Server(settings)
        self._thread = Thread(target=self._serve, name=f"web {self.address}", daemon=True)

    def start(self) -> None:
        """Start to answer. Who connected since the address was taken is answered now."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more. Idle and slow connections do not hold this up."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN)
        self._socket.close()

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    # On Linux this lets us take an address back at once after a restart, and never one that another process listens on.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_CONNECTIONS)
    except OSError as error:
        listening.close()
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        remedy = _REMEDIES.get(error.errno or 0, "choose another address")
        raise AddressInUse(f"{where} cannot be listened on: {error.strerror} ({remedy}, in web.bind or ops.bind)") from error
    return listening
