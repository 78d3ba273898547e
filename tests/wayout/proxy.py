"""The outgoing proxy of a closed network, on an address of one's choice."""

from __future__ import annotations

import trustme

from tests.fetch.proxy import ForwardProxy, Upstreams
from tests.fetch.servers import Server, always


class Proxy(ForwardProxy):
    """Inspects TLS where it has an authority. Remembers who was asked for: `CONNECT krant.voorbeeld.test:443`."""

    def __init__(self, upstreams: Upstreams, *, host: str, authority: trustme.CA | None = None) -> None:
        self._upstreams = upstreams
        self._authority = authority
        self._login = ""
        Server.__init__(self, always(), host=host)

    @property
    def address(self) -> str:
        host, port = self._listener.getsockname()[:2]
        return f"http://{host}:{port}"

    @property
    def asked_for(self) -> list[str]:
        return [request.split(b" HTTP/1.", 1)[0].decode("ascii") for request in self.requests]
