"""Serves an ASGI application from a thread of its own, until it is stopped."""

from __future__ import annotations

import socket
from threading import Thread

import uvicorn
from fastapi import FastAPI

from monitor.ports import AddressInUse

STOP_WITHIN = 3


class Serving:
    """One application on one address. The address is taken at once, so that a second daemon fails before it does anything."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        self.address = f"{host}:{port}"
        self._socket = _listen(host, port)
        settings = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=STOP_WITHIN
        )
        self._server = uvicorn.Server(settings)
        self._thread = Thread(target=self._serve, name=f"web {self.address}", daemon=True)

    def start(self) -> None:
        """Start to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN)
        self._socket.close()

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        remedy = "stop what listens there, or choose another address in web.bind or ops.bind"
        raise AddressInUse(f"{host}:{port} cannot be listened on: {error.strerror} ({remedy})") from error
    listening.listen(128)
    return listening
