"""Two proxies before an inner network, one that lets nobody in and one that does, and the gate that is to tell them apart.

Run in a namespace of its own: `python -m tests.wayout.refusing FOLDER`.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from monitor.app import SystemClock
from monitor.fetch.gate import Gate, NetworkRules
from tests.fetch.proxy import Upstreams
from tests.wayout.canaries import canaries
from tests.wayout.namespaces import add_addresses, has_route_out, write_report
from tests.wayout.proxy import Proxy

PROXY = "10.77.0.1"
INNER = ("127.0.0.1", "10.0.0.1", "169.254.169.254")


def main(folder: Path) -> None:
    add_addresses(PROXY, *INNER[1:])
    report = {
        "careful": asked(lambda _host, _port: None),
        "careless": asked(lambda host, port: (host, port)),
        "has_route_out": has_route_out(),
    }
    write_report(folder, report)


def asked(upstreams: Upstreams) -> dict[str, Any]:
    """Let the gate ask a proxy that connects to *upstreams*; return what it made of the answers, and what was reached."""
    with canaries(INNER, (80, 443)) as reached, Proxy(upstreams, host=PROXY) as proxy:
        with closing(Gate(NetworkRules(proxy=proxy.address), clock=SystemClock())) as gate:
            answers = gate.check_proxy_refuses_internal()
        return {"refused": {answer.request: answer.is_refused for answer in answers}, "reached": sorted(reached)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
