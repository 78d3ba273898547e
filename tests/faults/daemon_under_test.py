"""The real daemon in a process of its own, which says at each failpoint where it is, and ends itself where it is told to.

Run as `python -m tests.faults.daemon_under_test SOCKET`: it imports everything once, and forks a daemon for each order
that comes through the socket, with the descriptor to which that daemon writes "THREAD NAME" at each failpoint. An order is
JSON: {"errand": "run", "config": FILE, "armed": NAME, "times": N, "imports": BOOL}, or with "back up" or "restore" as
its errand. The answers are lines: the process id, and how it ended.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import NoReturn

from monitor import plugins
from monitor.actions.people import Import, import_people
from monitor.app import App, SystemClock, load_config
from monitor.cli.daemon import run_daemon
from monitor.config import Config
from monitor.fetch.people_file import read_people_file
from monitor.storage.backup import backup
from monitor.storage.engine import Database
from monitor.storage.restoring import restore


class Tracing:
    """A failpoint that names itself, and kills the process at the *times*-th time of the *armed* name."""

    def __init__(self, descriptor: int, armed: str, times: int) -> None:
        self._descriptor = descriptor
        self._armed = armed
        self._left = times

    def __call__(self, name: str) -> None:
        os.write(self._descriptor, f"{threading.get_ident()} {name}\n".encode())  # so short a line is written as a whole
        if name == self._armed:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def work(descriptor: int, *, errand: str, config: str, armed: str, times: int, imports: bool) -> NoReturn:
    """Do what is ordered, and end."""
    settings = load_config(Path(config), environment=os.environ)
    tracing = Tracing(descriptor, armed, times)
    backups, now = settings.data_dir / "backups", SystemClock().now()
    database = Database(settings.database.get_secret_value(), failpoint=tracing)
    match errand:
        case "run":
            run(settings, tracing, imports=imports)
        case "back up":
            backup(database, backups / f"{now.timestamp()}.backup", now=now)
        case "restore":
            newest = max(backups.glob("*.backup"), key=lambda file: file.stat().st_mtime)
            restore(newest, database, replace=True, backups=backups, now=now)
    os._exit(0)


def run(settings: Config, tracing: Tracing, *, imports: bool) -> None:
    """Be the daemon, as `naamwacht run` is."""

    def register(app: App) -> None:
        if imports:
            registrations = read_people_file(settings.data_dir / "people.csv", app.children, language=settings.language)
            import_people(app.acting("test"), Import(registrations=registrations), app.channel_rules)

    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.set_wakeup_fd(writing)  # whichever thread takes the signal
    run_daemon(settings, lambda: os.read(reading, 1)[0], reload=lambda: settings, prepare=register, failpoint=tracing)


def main(descriptor: str) -> None:
    orders = socket.socket(fileno=int(descriptor))
    plugins.providers()
    plugins.notifiers()
    while True:
        order, descriptors, _, _ = socket.recv_fds(orders, 4096, 1)
        if not order:  # whoever gave the orders is gone
            return
        child = os.fork()
        if child == 0:
            orders.close()
            work(descriptors[0], **json.loads(order))
        os.close(descriptors[0])
        watched = os.pidfd_open(child)
        orders.sendall(f"{child}\n".encode())
        if orders in select.select([watched, orders], [], [])[0]:  # no order comes while a daemon runs: this is the end
            signal.pidfd_send_signal(watched, signal.SIGKILL)
        os.close(watched)
        _, status = os.waitpid(child, 0)
        orders.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
