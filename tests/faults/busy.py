"""A town in which something happens all the time: feeds that move on whenever they were read, a mail server, a mailbox.

It remembers who was named where, so that a test can ask for each of them afterwards. Nothing here knows the product but
the form of its configuration.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Self

from monitor.demo.feeds import Entry, atom, json_feed, rss
from monitor.demo.mailbox import Letter, Mailbox
from monitor.demo.serving import NOT_FOUND, HttpListener, Reply, Request
from monitor.demo.smtp import MailServer
from monitor.demo.watchlist import DOMAIN, OFFICER, OPERATOR, ORGANISATION, PEOPLE

HOST = "127.0.0.1"
FEEDS = {
    "/courant": (rss, "application/rss+xml"),
    "/omroep": (atom, "application/atom+xml"),
    "/forum": (json_feed, "application/feed+json"),
}
NAMED = {
    "V1001": ("Sanne van der Molen", f"s.vandermolen@{DOMAIN}"),
    "V1002": ("Youssef El Amrani", f"y.elamrani@{DOMAIN}"),
    "V1004": ("Özlem Çelikbaş", f"o.celikbas@{DOMAIN}"),
    "V1005": ("Diederik van Zonneveen", f"d.vanzonneveen@{DOMAIN}"),
    "V1008": ("Fiona Aldermoor", f"f.aldermoor@{DOMAIN}"),
}
"""Some of the invented people of the watchlist: external id, the name as the papers write it, and where she is told."""

STAYS = 12
"""So many entries of a feed stand in it also after all was done about them."""

WAITING_AT_MOST = 40
"""So many mentions that nobody was told of yet are enough: only the slowest machine gets so far behind."""


@dataclass(frozen=True, slots=True, order=True)
class Planted:
    """That page names that person, and a mail to that address is to say so."""

    address: str
    person: str
    to: str


class HesitantMailServer(MailServer):
    """Takes its time before it keeps a letter and before it says so, as real ones do: a kill may fall into either."""

    chance: random.Random

    def keep(self, sender: str, recipients: tuple[str, ...], raw: bytes) -> None:
        self._hesitate()
        super().keep(sender, recipients, raw)
        self._hesitate()

    def _hesitate(self) -> None:
        threading.Event().wait(self.chance.uniform(0, 0.02))


class Town:
    """Three feeds, a mail server and a mailbox, from `__enter__` until `__exit__`; everything it plants has its own address."""

    def __init__(self, folder: Path, *, seed: int = 0, replaces_message_id: bool = False) -> None:
        self.folder = folder
        self.is_growing = False
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._entries: dict[str, list[Entry]] = {path: [] for path in FEEDS}
        self._planted: list[Planted] = []
        self._done: set[str] = set()
        self.mailbox = Mailbox(_now)
        self._feeds = HttpListener(HOST, 0, self._answer)
        self._mail = HesitantMailServer(HOST, 0, self.mailbox, replaces_message_id=replaces_message_id)
        self._mail.chance = random.Random(seed)

    def __enter__(self) -> Self:
        for path in FEEDS:  # what is online already when the daemon looks for the first time
            self._add(path)
        self._planted.clear()
        self._feeds.start()
        self._mail.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._feeds.stop()
        self._mail.stop()

    @property
    def planted(self) -> tuple[Planted, ...]:
        with self._lock:
            return tuple(self._planted)

    def letters(self) -> tuple[Letter, ...]:
        return self.mailbox.letters()

    def note_told(self, told: AbstractSet[tuple[str, str]]) -> None:
        """Hear of whom was told of what: pairs of a page and a recipient."""
        with self._lock:
            untold = {each.address for each in self._planted if (each.address, each.to) not in told}
            self._done = {each.address for each in self._planted} - untold

    def plant(self, count: int = 1, *, path: str = "/courant", person: str = "") -> None:
        """Publish something new, about anybody or about that *person*."""
        with self._lock:
            for _ in range(count):
                self._add(path, [person] if person else None)

    def say_goodbye(self, person: str) -> None:
        """Expect nothing about that person any more, though pages still name them."""
        with self._lock:
            self._planted = [planted for planted in self._planted if planted.person != person]

    def write_config(self, name: str = "config.yaml", **changes: object) -> Path:
        """Write a configuration that watches this town, with *changes* to its sections, and the people file beside it."""
        internal = f"{HOST}:{self._feeds.port}"
        mail = {"type": "email", "host": HOST, "port": self._mail.port, "security": "none", "sender": f"naamwacht@{DOMAIN}"}
        config: dict[str, object] = {
            "organisation": {"name": ORGANISATION, "domains": [DOMAIN]},
            "data_dir": str(self.folder),
            "network": {"internal": [internal, f"{HOST}:{self._mail.port}"]},
            "sources": [
                {"name": path.strip("/"), "provider": "rss", "every": "1s", "settings": {"url": f"http://{internal}{path}"}}
                for path in FEEDS
            ],
            "notifiers": {"post": {**mail, "per_minute": 1_000_000}},
            "channels": [
                {"name": "communicatie", "role": "officer", "notifier": "post", "to": OFFICER},
                {"name": "beheer", "role": "operator", "notifier": "post", "to": OPERATOR},
            ],
            "web": {"bind": f"{HOST}:0"},
            "ops": {"bind": f"{HOST}:0"},
            "log": {"format": "json"},
        }
        file = self.folder / name
        file.write_text(json.dumps(config | changes), encoding="utf-8")  # JSON is YAML
        (self.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
        return file

    def _answer(self, request: Request) -> Reply:
        if request.path not in FEEDS:
            return NOT_FOUND
        known = request.headers.get("if-none-match")
        with self._lock:
            body, etag = self._written(request.path)
            if self.is_growing and known == etag:
                self._move_on(request.path)
                body, etag = self._written(request.path)
        if known == etag:
            return Reply(body=b"", status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
        return Reply(body=body, content_type=FEEDS[request.path][1], headers={"ETag": etag})

    def _written(self, path: str) -> tuple[bytes, str]:
        home = f"http://{HOST}:{self._feeds.port}"
        body = FEEDS[path][0](path, home, home + path, self._entries[path][::-1])
        return body, f'"{sha256(body).hexdigest()[:16]}"'

    def _move_on(self, path: str) -> None:
        """Take the reader at its word that it has all of this, so that it never sees it again, and publish something new.

        Some of what everybody was told of stays: it must know that again.
        """
        self._entries[path] = [entry for entry in self._entries[path] if entry.address in self._done][-STAYS:]
        is_behind = len(self._planted) - len(self.letters()) > WAITING_AT_MOST
        for _ in range(2 if is_behind else self._chance.randint(4, 12)):
            self._add(path)

    def _add(self, path: str, people: Sequence[str] | None = None) -> None:
        number = len(self._planted)
        people = people or self._chance.sample(sorted(NAMED), 2 if self._chance.random() < 0.2 else 1)
        names = " en ".join(NAMED[person][0] for person in people)
        address = f"https://krant.test{path}/{number}-{self._chance.getrandbits(40):010x}"
        text = f"Bericht {number}: {names} van {ORGANISATION} sprak de ouders toe in zaal {number}."
        self._entries[path].append(
            Entry(
                identity=address,
                address=address,
                title=f"Avond nummer {number}",
                teaser=text,
                author="redactie",
                published_at=_now(),
            )
        )
        self._planted += [Planted(address, person, NAMED[person][1]) for person in people]


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 # a world of its own beside the product
