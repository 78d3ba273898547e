"""Put the small internet together: its sites, its ports, and the thread that publishes by the script."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from monitor.demo import watchlist
from monitor.demo.desk import ChatRoom, Desk
from monitor.demo.faults import Faults
from monitor.demo.mailbox import Mailbox
from monitor.demo.script import SCRIPT, Script
from monitor.demo.search import SearchEngine
from monitor.demo.serving import HttpListener
from monitor.demo.smtp import MailServer
from monitor.demo.web import FEEDS, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the parts listen; 0 takes a free port."""

    web: int = 0
    search: int = 0
    desk: int = 0
    mail: int = 0


ANY_PORTS = Ports()

INDEX_LAG = timedelta(seconds=10)
"""How long after its publication the search engine hears of a page, where things appear by themselves: by then everybody
was asked for once, so that what appears is news and not the past."""


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class SmallInternet:
    """Feeds, pages, a search API, a mailbox and a chat hook, from `start` until `stop`.

    Its ports are taken when it is made (OSError where one is in use), so that its addresses are known before it answers.
    `publishes_by_time=False`: nothing new appears but by `publish`, and the search engine finds it at once.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        ports: Ports = ANY_PORTS,
        *,
        script: Script = SCRIPT,
        publishes_by_time: bool = True,
        replaces_message_id: bool = False,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._now = now
        self._script = script
        self._publishes_by_time = publishes_by_time
        self._waves_out = 0
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._publisher = threading.Thread(target=self._publish_by_time, name="demo-publisher", daemon=True)
        self.mailbox = Mailbox(now)
        self.chat_room = ChatRoom(now)
        self.faults = Faults()
        self.sites = Web()
        self.search_engine = SearchEngine(self.sites, now, lag=INDEX_LAG if publishes_by_time else timedelta(0))
        desk = Desk(self.mailbox, self.chat_room, self.faults, self.publish, lambda: self.web)
        with ExitStack() as taken:
            web = self._taken(taken, HttpListener(host, ports.web, self.faults.around(self.sites)))
            search = self._taken(taken, HttpListener(host, ports.search, self.faults.around(self.search_engine)))
            desk_listener = self._taken(taken, HttpListener(host, ports.desk, desk))
            self.mail_server = MailServer(host, ports.mail, self.mailbox, replaces_message_id=replaces_message_id)
            taken.pop_all()
        self._listeners = (web, search, desk_listener, self.mail_server)
        self.web = f"http://{host}:{web.port}"
        self.search = f"http://{host}:{search.port}"
        self.desk = f"http://{host}:{desk_listener.port}"
        self.chat_hook = f"{self.desk}/chat"
        self.mail = (host, self.mail_server.port)
        self.feeds = {str(place): self.web + path for place, path in FEEDS.items()}
        self.sites.address = self.web

    @property
    def internal(self) -> tuple[str, ...]:
        """The host:port pairs that a gate has to let through."""
        return tuple(f"{self.mail[0]}:{listener.port}" for listener in self._listeners)

    def start(self) -> None:
        """Publish the past and begin to answer."""
        self.sites.publish(self._script.past, now=self._now())
        for listener in self._listeners:
            listener.start()
        if self._publishes_by_time:
            self._publisher.start()

    def stop(self) -> None:
        """End everything; no thread, socket or port is left."""
        self._is_over.set()
        self.faults.end()
        with ThreadPoolExecutor(len(self._listeners)) as pool:
            for stopping in [pool.submit(listener.stop) for listener in self._listeners]:
                stopping.result()
        if self._publisher.is_alive():
            self._publisher.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def publish(self) -> tuple[str, ...]:
        """Publish the next wave of the script now and return its addresses; nothing after the last one."""
        with self._lock:
            if self._waves_out == len(self._script.waves):
                return ()
            wave = self._script.waves[self._waves_out]
            self._waves_out += 1
        return self.sites.publish(wave.sayings, now=self._now())

    def config(self, folder: Path) -> dict[str, object]:
        """Return a configuration that watches this internet and keeps everything in *folder*, as the YAML file would hold it."""
        return watchlist.config(folder, internal=self.internal, feeds=self.feeds, search=self.search, mail=self.mail)

    def people_rows(self) -> str:
        """Return the fictional watchlist as the text of a CSV file."""
        return watchlist.PEOPLE

    @staticmethod
    def _taken(stack: ExitStack, listener: HttpListener) -> HttpListener:
        stack.callback(listener.server_close)
        return listener

    def _publish_by_time(self) -> None:
        elapsed = 0.0
        for number, wave in enumerate(self._script.waves):
            wait = wave.after.total_seconds() - elapsed
            if self._is_over.wait(wait):
                return
            elapsed = wave.after.total_seconds()
            if self._waves_out <= number:
                self.publish()
