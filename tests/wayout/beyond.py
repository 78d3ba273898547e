"""The world beyond the proxy: the small internet under public names, and the proxy. Starts `inside` and writes the report.

Run in a namespace of its own: `python -m tests.wayout.beyond FOLDER`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import trustme
import yaml

from monitor.demo import SmallInternet
from tests.wayout.namespaces import ROOT, add_addresses, end, has_route_out, ip, program, write_report
from tests.wayout.proxy import Proxy
from tests.wayout.waiting import eventually

OURS, THEIRS = "10.77.0.1", "10.77.0.2"
OPS_PORT = 18081
WEB, SEARCH, CHAT, MAIL = (f"{name}.voorbeeld.test" for name in ("krant", "zoek", "chat", "mail"))
LETTERS = 3
"""One each to the two people of the first wave, and one to her whom only the search engine finds."""


def main(folder: Path) -> None:
    add_addresses()
    ip("link", "add", "beyond", "type", "veth", "peer", "name", "inside")
    ip("address", "add", f"{OURS}/30", "dev", "beyond")
    ip("link", "set", "beyond", "up")
    authority = trustme.CA()
    with SmallInternet(publishes_by_time=False) as internet:
        internet.sites.address = f"https://{WEB}"
        ports = {
            (WEB, 443): _port(internet.web),
            (SEARCH, 443): _port(internet.search),
            (CHAT, 443): _port(internet.desk),
            (MAIL, 25): internet.mail[1],
        }
        places = {pair: ("127.0.0.1", port) for pair, port in ports.items()}
        with Proxy(lambda host, port: places.get((host, port)), host=OURS, authority=authority) as proxy:
            authority.cert_pem.write_to_path(folder / "authority.pem")
            (folder / "people.csv").write_text(internet.people_rows(), encoding="utf-8")
            (folder / "config.yaml").write_text(yaml.safe_dump(config(internet, folder, proxy.address)), encoding="utf-8")
            write_report(folder, played(internet, proxy, folder))


def played(internet: SmallInternet, proxy: Proxy, folder: Path) -> dict[str, Any]:
    """Let the daemon see the past, publish both waves, and return what became of it."""
    inside = subprocess.Popen(program("inside", folder), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert inside.stdin is not None
    assert inside.stdout is not None
    try:
        heard(inside.stdout, "born")
        ip("link", "set", "inside", "netns", str(inside.pid))
        tell(inside.stdin, "connected")
        heard(inside.stdout, "seeded")
        letters_of_the_past = len(internet.mailbox.letters())
        internet.publish()
        internet.publish()
        internet.mailbox.wait_for(LETTERS, seconds=30)
        eventually(lambda: len(internet.chat_room.posts()) >= LETTERS, "the chat room")
        tell(inside.stdin, "enough")
        ended = heard(inside.stdout, "ended")
    finally:
        end(inside)
    return {
        "letters_of_the_past": letters_of_the_past,
        "letters": [{"to": letter.recipients[0], "text": letter.text} for letter in internet.mailbox.letters()],
        "chat": len(internet.chat_room.posts()),
        "proxy": {"connections": proxy.connections, "asked_for": sorted(set(proxy.asked_for))},
        "has_route_out": has_route_out(),
        "inside": ended,
    }


def config(internet: SmallInternet, folder: Path, proxy: str) -> dict[str, Any]:
    """Return the configuration of the demo, led through the proxy, with nothing internal in it."""
    written: dict[str, Any] = internet.config(folder)
    written["network"] = {"proxy": proxy, "ca_file": str(folder / "authority.pem")}
    written["people"] |= {
        "notifiers": ["post", "scherm", "chat"],
        "import_from": str(folder / "people.csv"),
        "import_at": "00:00",
    }
    for source in written["sources"]:
        own = source["settings"]["url"]
        source["settings"] = {"url": own.replace(internet.web, f"https://{WEB}").replace(internet.search, f"https://{SEARCH}")}
    written["notifiers"]["post"] |= {"host": MAIL, "port": 25}
    written["notifiers"]["chat"] = {"type": "apprise", "url": f"jsons://{CHAT}/chat"}
    written["web"] = {"bind": "127.0.0.1:0"}
    written["ops"] = {"bind": f"127.0.0.1:{OPS_PORT}"}
    return written


def heard(said: IO[bytes], word: str) -> Any:  # Any: what follows the word, as JSON
    line = said.readline().decode()
    assert line.startswith(f"{word} "), f"{word!r} was to be said, not {line!r}"
    return json.loads(line.removeprefix(f"{word} "))


def tell(listener: IO[bytes], word: str) -> None:
    listener.write(f"{word}\n".encode())
    listener.flush()


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
