"""A machine on which everything inside listens, and `naamwacht once` with sources that lead there. Writes what was reached.

Run in a namespace of its own: `python -m tests.wayout.tempted FOLDER`.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import text

from monitor.app import SystemClock
from monitor.demo.serving import HttpListener, Reply, Request, Site
from monitor.storage.engine import Database
from tests.wayout.canaries import canaries
from tests.wayout.inside import NAAMWACHT
from tests.wayout.namespaces import Counted, add_addresses, has_route_out, set_resolver, write_report
from tests.wayout.resolver import name_server
from tests.wayout.temptations import (
    FEEDS,
    INNER_ADDRESSES,
    INNER_PORTS,
    KRANT,
    LOCATIONS,
    NAMES,
    OTHER_SERVICE,
    PAGES,
    PUBLIC,
    SEARXNG,
)

ROUNDS = 5
HER = "Sanne van der Molen"
PEOPLE = "external_id,call_name,prefix,surname,email,informed_on\nV1001,Sanne,van der,Molen,sanne@example.org,2025-01-15\n"


class Listener(HttpListener):
    """Counts who connects, and remembers what was asked for."""

    def __init__(self, host: str, port: int, site: Site) -> None:
        self.connections = 0
        self.asked_for: list[str] = []
        super().__init__(host, port, lambda request: self._remembered(request, site))

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        self.connections += 1
        super().process_request(request, client_address)

    def _remembered(self, request: Request, site: Site) -> Reply:
        self.asked_for.append(request.path)
        return site(request)


def main(folder: Path) -> None:
    add_addresses(PUBLIC, SEARXNG[0], *(address for address in INNER_ADDRESSES if address not in {"127.0.0.1", "::1"}))
    set_resolver(folder, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "config.yaml").write_text(yaml.safe_dump(config(folder)), encoding="utf-8")
    with ExitStack() as stack:
        stack.enter_context(name_server(NAMES))
        reached = stack.enter_context(canaries(INNER_ADDRESSES, INNER_PORTS))
        krant = started(stack, Listener(PUBLIC, 80, newspaper))
        searxng = started(stack, Listener(*SEARXNG, search))
        command = [NAAMWACHT, "once", "--config", folder / "config.yaml"]
        codes = [subprocess.run(command, check=False, timeout=60).returncode]
        # A search is not asked about anybody in the first moments.
        while not searxng.asked_for and len(codes) < ROUNDS:
            codes.append(subprocess.run(command, check=False, timeout=60).returncode)
        counted = Counted.now()
    write_report(
        folder,
        {
            "codes": codes,
            "has_route_out": has_route_out(),
            "reached": reached,
            "connections": counted.connections,
            "served": krant.connections + searxng.connections,
            "asked_of_searxng": searxng.asked_for,
            **remembered(folder),
        },
    )


def config(folder: Path) -> dict[str, Any]:
    """Return a configuration with every temptation as a Source, an own SearXNG, and one feed that is what it seems."""
    feeds = {**FEEDS, "a feed of the web": f"http://{KRANT}/feed.xml"}
    host, port = SEARXNG
    search = {"provider": "searxng", "every": "1s", "receives_names": True, "settings": {"url": f"http://{host}:{port}"}}
    return {
        "organisation": {"name": "Jeugdbescherming Voorbeeld", "domains": ["example.org"]},
        "data_dir": str(folder),
        "people": {"import_from": str(folder / "people.csv"), "import_at": "00:00"},
        "network": {"internal": [f"{host}:{port}", "{}:{}".format(*OTHER_SERVICE)]},
        "sources": [
            *({"name": name, "provider": "rss", "settings": {"url": url}} for name, url in feeds.items()),
            {"name": "zoek", **search},
        ],
    }


def newspaper(request: Request) -> Reply:
    """Answer as the site of the web: a feed, a page, and a redirect to every place where nobody has any business."""
    match request.path.strip("/").split("/"):
        case ["to", name]:
            return Reply(body=b"", status=302, headers={"Location": LOCATIONS[name], "Connection": "close"})
        case ["again"]:
            return Reply(body=b"", status=302, headers={"Location": "/feed.xml", "Connection": "close"})
        case ["feed.xml"]:
            now = format_datetime(SystemClock().now().astimezone(UTC))
            entry = f"<item><title>Nieuws</title><link>http://{KRANT}/a</link><pubDate>{now}</pubDate></item>"
            feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Krant</title>{entry}</channel></rss>"
            return Reply(body=feed.encode(), content_type="application/rss+xml")
        case _:
            return Reply(body=f"<!doctype html><title>Bericht</title><p>{HER} sprak op de avond.</p>".encode())


def search(request: Request) -> Reply:
    """Answer as a SearXNG whose engine takes every temptation for a page about her, and one page that really is."""
    addresses = [*PAGES, f"http://{KRANT}/pagina"]
    results = [
        {"url": address, "title": f"Bericht {number}", "content": "Het was druk.", "engine": "index", "engines": ["index"]}
        for number, address in enumerate(addresses)
    ]
    first = (int(request.query.get("pageno", "1")) - 1) * len(results)
    body = {"query": request.query.get("q", ""), "results": results[first:], "unresponsive_engines": []}
    return Reply(body=json.dumps(body).encode(), content_type="application/json")


def started(stack: ExitStack, listener: Listener) -> Listener:
    listener.start()
    stack.callback(listener.stop)
    return listener


def remembered(folder: Path) -> dict[str, Any]:
    """Return how each Source fared, and which pages were really read."""
    db = Database(f"sqlite:///{folder / 'naamwacht.db'}")
    try:
        with db.read() as tx:
            sources = tx.execute(text("SELECT name, last_outcome, last_detail FROM source")).all()
            pages = tx.execute(text("SELECT address FROM address")).scalars().all()
            read = tx.execute(
                text("SELECT address FROM address JOIN page ON page.id = address.page_id WHERE page.read_at IS NOT NULL")
            )
            return {
                "outcomes": {row.name: row.last_outcome for row in sources},
                "details": {row.name: row.last_detail for row in sources},
                "pages": sorted(pages),
                "pages_read": sorted(read.scalars()),
            }
    finally:
        db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
