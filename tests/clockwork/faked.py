"""The real daemon under libfaketime, and a small internet on the same, wrong clock."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import files
from pathlib import Path
from threading import Event
from typing import IO, Any

import yaml
from sqlalchemy import text

from monitor.app import SystemClock
from monitor.demo import Piece, Place, Script, SmallInternet, Wave
from monitor.storage.engine import Database

ZONE = "Europe/Amsterdam"
HER = "s.vandermolen@example.org"
SECONDS = 20.0
"""How long anything may take on a busy machine; it takes a second or two."""

PEOPLE = """\
external_id,given_names,call_name,prefix,surname,email,language,ground,informed_on
V1001,Susanna Maria,Sanne,van der,Molen,s.vandermolen@example.org,nl,gerechtvaardigd belang,2025-01-15
V1002,Youssef,Youssef,,El Amrani,y.elamrani@example.org,nl,gerechtvaardigd belang,2025-01-15
"""
_NEVER = Event()
_SLUG = re.compile(r"/courant/([a-z-]+)$", re.MULTILINE)


def eventually(is_so: Callable[[], bool], what: str, *, log: Callable[[], str] = str, seconds: float = SECONDS) -> None:
    """Wait until it is so; fail with *what* and the log where it does not become so."""
    clock = SystemClock()
    end = clock.monotonic() + seconds
    while not is_so():
        assert clock.monotonic() < end, f"not within {seconds:.0f} s: {what}; the log:\n{log()[-3000:]}"
        _NEVER.wait(0.1)


def preload() -> Path:
    """Return the library that fakes the time."""
    return next(Path(str(each.locate())) for each in files("libfaketime") or [] if each.name == "libfaketime.so.1")


class FakedTime:
    """A wall clock that is wrong by so much. Monotonic time stays true, as when NTP or a person sets a clock."""

    def __init__(self, start: datetime) -> None:
        self._clock = SystemClock()
        self._ahead = start - self._clock.now()
        self._daemon: IO[bytes] | None = None

    def now(self) -> datetime:
        return self._clock.now() + self._ahead

    def set(self, at: datetime) -> None:
        self._ahead = at - self._clock.now()
        assert self._daemon is not None
        self._daemon.write(f"{self._seconds}\n".encode())
        self._daemon.flush()

    def jump(self, by: timedelta) -> None:
        self.set(self.now() + by)

    def govern(self, daemon: IO[bytes] | None) -> None:
        """Put the daemon's clock through its standard input from now on."""
        self._daemon = daemon

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(preload()),
            "FAKETIME": self._seconds,
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        }

    @property
    def _seconds(self) -> str:
        return f"{self._ahead.total_seconds():+.6f}"


def story(slug: str, *, age: timedelta = timedelta(0), who: str = "Sanne van der Molen") -> Piece:
    """Return a page of the newspaper that is surely about one of ours."""
    said = f"Namens Jeugdbescherming Voorbeeld gaf {who} een toelichting over {slug.replace('-', ' ')}."
    return Piece(
        place=Place.COURANT,
        slug=slug,
        title=f"Bericht over {slug.replace('-', ' ')}",
        teaser=said,
        paragraphs=(said,),
        author="Redactie Voorbeeldcourant",
        age=age,
    )


@dataclass
class Scene:
    """The daemon, its internet, its database and the wrong clock."""

    time: FakedTime
    internet: SmallInternet
    folder: Path
    process: subprocess.Popen[bytes]
    published: list[str] = field(default_factory=list)

    def publish(self) -> None:
        """Publish the next page."""
        self.published.extend(self.internet.publish())

    def rows(self, query: str) -> Sequence[Mapping[str, Any]]:  # Any: whatever the query selects
        db = Database(f"sqlite:///{self.folder / 'naamwacht.db'}")
        try:
            with db.read() as tx:
                return [row._mapping for row in tx.execute(text(query))]
        finally:
            db.close()

    def count(self, query: str) -> int:
        return int(next(iter(self.rows(query)[0].values())))

    def letters(self) -> dict[str, int]:
        """Return how many letters tell of each page. Two letters are never one and the same."""
        letters = self.internet.mailbox.letters()
        assert len({letter.message_id for letter in letters}) == len(letters), "a message came twice"
        return dict(Counter(slug for letter in letters for slug in _SLUG.findall(letter.text)))

    def is_looking(self) -> bool:
        """Tell whether seeding is over: the newspaper was read, and the search engine asked about everybody."""
        read = "SELECT count(*) FROM look WHERE asked_key = '' AND outcome = 'ok' AND matched_with > 0"
        asked = "SELECT count(DISTINCT person_id) FROM asked_form WHERE first_whole_at IS NOT NULL"
        return self.count(read) > 0 and self.count(asked) == 2

    def imports(self) -> int:
        """Return how often the people file was imported by night."""
        return self.count("SELECT count(*) FROM audit WHERE actor = 'nightly'")

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def await_letter(self, slug: str) -> None:
        """Wait for a letter about that page."""
        eventually(lambda: slug in self.letters(), f"a letter about {slug}", log=self.log)

    def await_mentions(self, number: int) -> None:
        """Wait until so many Mentions are known."""
        eventually(lambda: self.count("SELECT count(*) FROM mention") >= number, f"{number} mentions", log=self.log)

    def await_imports(self, number: int) -> None:
        """Wait until the people file was imported so often."""
        eventually(lambda: self.imports() >= number, f"{number} imports", log=self.log)

    def pass_through(self, at: datetime) -> None:
        """Go to shortly before *at*, and let it come by itself."""
        self.time.set(at - timedelta(seconds=1))
        eventually(lambda: self.time.now() > at, "time goes by")

    def await_round(self) -> None:
        """Let the daemon look once more, which takes two ticks, so that whatever it would do twice has had its time."""
        looks = "SELECT coalesce(sum(times), 0) FROM look WHERE asked_key = ''"
        before = self.count(looks)
        eventually(lambda: self.count(looks) > before, "another look", log=self.log)


@contextmanager
def scene(
    folder: Path, start: datetime, *, stories: Sequence[Piece], past: Sequence[Piece] = (), **times: str
) -> Iterator[Scene]:
    """Start everything at *start* and end it all. `digest_at` and `import_at` may be given."""
    faked = FakedTime(start)
    script = Script(tuple(past), tuple(Wave(timedelta(0), (piece,)) for piece in stories))
    with SmallInternet(script=script, publishes_by_time=False, now=faked.now) as internet:
        (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
        config = _config(internet, folder, **times)
        (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.clockwork.settable", "run", "--config", folder / "config.yaml"],
                env={**os.environ, **faked.environment},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        faked.govern(process.stdin)
        staged = Scene(faked, internet, folder, process)
        try:
            eventually(lambda: '"running"' in staged.log() or process.poll() is not None, "the start", log=staged.log)
            assert process.poll() is None, staged.log()
            eventually(staged.is_looking, "seeding", log=staged.log)
            yield staged
            assert process.poll() is None, f"the daemon ended by itself:\n{staged.log()[-3000:]}"
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(12)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stdin is not None:
            process.stdin.close()


def _config(internet: SmallInternet, folder: Path, *, digest_at: str = "07:30", import_at: str = "00:00") -> dict[str, Any]:
    host, port = internet.mail
    return {
        "organisation": {"name": "Jeugdbescherming Voorbeeld", "domains": ["example.org"]},
        "timezone": ZONE,
        "data_dir": str(folder),
        "people": {"import_from": str(folder / "people.csv"), "import_at": import_at, "notifiers": ["post"]},
        "network": {"internal": list(internet.internal)},
        "sources": [
            {"name": "courant", "provider": "rss", "every": "1s", "settings": {"url": internet.feeds["courant"]}},
            {"name": "zoek", "provider": "searxng", "every": "1s", "receives_names": True, "settings": {"url": internet.search}},
        ],
        "notifiers": {
            "post": {"type": "email", "host": host, "port": port, "security": "none", "sender": "naamwacht@example.org"}
        },
        "delivery": {"digest_at": digest_at},
        "web": {"bind": "127.0.0.1:0"},
        "ops": {"bind": "127.0.0.1:0"},
        "log": {"format": "json"},
    }
