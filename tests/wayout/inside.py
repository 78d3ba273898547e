"""The closed network: the daemon, and nothing it could reach but the proxy. Started by `beyond`, which it talks to in lines.

Nobody looks names up here, and there is no route but to the one cable.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import text

from monitor.storage.engine import Database
from tests.wayout.beyond import OPS_PORT, THEIRS
from tests.wayout.namespaces import Counted, add_addresses, end, has_route_out, ip, set_resolver
from tests.wayout.waiting import eventually

NAAMWACHT = Path(sys.executable).with_name("naamwacht")
PEOPLE, FEEDS = 8, 3
_SEEDED = (
    "SELECT (SELECT count(DISTINCT person_id) FROM asked_form WHERE first_whole_at IS NOT NULL), "
    "(SELECT count(DISTINCT source_id) FROM look WHERE asked_key = '' AND outcome = 'ok' AND matched_with > 0)"
)


@dataclass
class Probe:
    """Asks the daemon how it is, on loopback, and counts how often."""

    asked: int = 0

    def is_ready(self) -> bool:
        self.asked += 1
        connection = http.client.HTTPConnection("127.0.0.1", OPS_PORT, timeout=5)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == HTTPStatus.OK
        finally:
            connection.close()


def main(folder: Path) -> None:
    say("born", {})
    listen("connected")
    set_resolver(folder)
    add_addresses()
    ip("address", "add", f"{THEIRS}/30", "dev", "inside")
    ip("link", "set", "inside", "up")
    config = folder / "config.yaml"
    checked = subprocess.run([NAAMWACHT, "check", "--json", "--config", config], capture_output=True, check=False, timeout=60)
    probe = Probe()
    with (folder / "daemon.log").open("wb") as log:
        daemon = subprocess.Popen([NAAMWACHT, "run", "--config", config], stdout=log, stderr=log)
        try:
            # Its log tells that the tables are made.
            eventually(lambda: b" running " in (folder / "daemon.log").read_bytes(), "the start")
            eventually(lambda: is_seeded(folder), "seeding")
            say("seeded", {})
            listen("enough")
            eventually(probe.is_ready, "readiness")
        finally:
            end(daemon)
    counted = Counted.now()
    said = {
        "check": json.loads(checked.stdout),
        "code": daemon.returncode,
        "connections": counted.connections - probe.asked,
        "datagrams": counted.datagrams,
        "no_route": counted.no_route,
        "has_route_out": has_route_out(),
    }
    say("ended", said)


def is_seeded(folder: Path) -> bool:
    """Tell whether all that was online before has been seen, with everybody's name."""
    db = Database(f"sqlite:///{folder / 'naamwacht.db'}")
    try:
        with db.read() as tx:
            return tuple(tx.execute(text(_SEEDED)).one()) == (PEOPLE, FEEDS)
    finally:
        db.close()


def say(word: str, said: object) -> None:
    sys.stdout.write(f"{word} {json.dumps(said)}\n")
    sys.stdout.flush()


def listen(word: str) -> None:
    line = sys.stdin.readline()
    if line.strip() != word:
        raise EOFError(f"{word!r} was to be said, not {line!r}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
