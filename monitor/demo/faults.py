"""Let parts of the small internet break on demand: the knobs that tests turn. What is served stands elsewhere."""

from __future__ import annotations

import threading
from enum import StrEnum
from http import HTTPStatus

from monitor.demo.serving import Reply, Request, Site


class Fault(StrEnum):
    """How an address misbehaves."""

    UNAVAILABLE = "unavailable"
    """503, with the wish to be left alone for a second."""

    SLOW = "slow"
    """Silence until the fault is mended or the internet stops; then the true answer."""

    HTML = "html"
    """200 and a consent page, whatever was asked for."""

    GONE = "gone"
    """404."""

    CUT = "cut"
    """Half of the true answer, as if it were whole."""


CONSENT = (
    "<!doctype html><html lang='nl'><title>Voordat u verdergaat</title>"
    "<h1>Wij gebruiken cookies</h1><form><button>Alles accepteren</button></form></html>"
)


class Faults:
    """Which addresses misbehave now; a path stands for itself and all below it."""

    def __init__(self) -> None:
        self._by_path: dict[str, Fault] = {}
        self._changed = threading.Condition()
        self._is_over = False

    def set(self, path: str, fault: Fault) -> None:
        """Let *path* misbehave until it is mended."""
        with self._changed:
            self._by_path[path] = fault
            self._changed.notify_all()

    def mend(self, path: str | None = None) -> None:
        """Let *path*, or everything, work again."""
        with self._changed:
            if path is None:
                self._by_path.clear()
            else:
                self._by_path.pop(path, None)
            self._changed.notify_all()

    def end(self) -> None:
        """Release whoever waits, for good."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def of(self, path: str) -> Fault | None:
        """Return how *path* misbehaves, if it does."""
        with self._changed:
            return self._of(path)

    def around(self, site: Site) -> Site:
        """Return *site* as it answers while its faults last."""

        def faulty(request: Request) -> Reply:
            match self.of(request.path):
                case None:
                    return site(request)
                case Fault.UNAVAILABLE:
                    return Reply(body=b"", status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "1"})
                case Fault.SLOW:
                    self._wait_until_mended(request.path)
                    return site(request)
                case Fault.HTML:
                    return Reply(body=CONSENT.encode())
                case Fault.GONE:
                    return Reply(body=b"", status=HTTPStatus.NOT_FOUND)
                case Fault.CUT:
                    return _half(site(request))

        return faulty

    def _of(self, path: str) -> Fault | None:
        matching = [at for at in self._by_path if path == at or path.startswith(at.rstrip("/") + "/")]
        return self._by_path[max(matching, key=len)] if matching else None

    def _wait_until_mended(self, path: str) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._of(path) is not Fault.SLOW)


def _half(reply: Reply) -> Reply:
    return Reply(
        body=reply.body[: len(reply.body) // 2], content_type=reply.content_type, status=reply.status, headers=reply.headers
    )
