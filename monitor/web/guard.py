"""What stands before every page and every probe: who may ask, with what, and what goes out with each answer.

Nothing here knows what a page shows. The crash barrier "web" is here, once, for the page and the probes alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from http import HTTPStatus
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.ports import Log

OWN_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Under these names a browser reaches this machine itself; no name on the internet can be any of them."""

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""Text from outside stays text: nothing runs, nothing is loaded from elsewhere, nobody learns where a click came from."""

_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?")
_SAFE_METHODS: Final = ("GET", "HEAD")


class Guard:
    """Lets a request in only if it reads, and only under a name that is ours; hardens every answer; catches what crashes.

    A name of somebody else's that resolves to this machine (DNS rebinding) gets an empty 400. `hosts` is None where a token
    guards instead of the name. `crashed` is what the reader sees after a crash.
    """

    def __init__(self, app: ASGIApp, *, name: str, hosts: Collection[str] | None, log: Log, crashed: str) -> None:
        self._app = app
        self._name = name
        self._hosts = None if hosts is None else OWN_HOSTS | {_in_header(host) for host in hosts}
        self._log = log
        self._crashed = crashed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_hardened(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._refusal(scope) or self._app
        try:
            await answer(scope, receive, send_hardened)
        except Exception as fault:  # noqa: BLE001 # crash barrier: web
            # Only where and what kind: the message of an unforeseen error may hold names.
            self._log.error("web crashed", app=self._name, error=type(fault).__name__, place=_place(fault))
            if not has_begun:
                crashed = PlainTextResponse(self._crashed, status_code=HTTPStatus.INTERNAL_SERVER_ERROR)
                await crashed(scope, receive, send_hardened)

    def _refusal(self, scope: Scope) -> Response | None:
        if self._hosts is not None and _host_of(scope) not in self._hosts:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        if scope["method"] not in _SAFE_METHODS:
            return Response(status_code=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(_SAFE_METHODS)})
        return None


def _host_of(scope: Scope) -> str:
    """Return under which name the request asks, without its port; empty where that is not one clear name."""
    given = [value for name, value in scope["headers"] if name == b"host"]
    found = _HOST.fullmatch(given[0].decode("latin-1").lower()) if len(given) == 1 else None
    return found[1] if found else ""


def _in_header(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()


def _place(fault: Exception) -> str:
    traceback = fault.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return "" if traceback is None else f"{traceback.tb_frame.f_globals.get('__name__')}:{traceback.tb_lineno}"
