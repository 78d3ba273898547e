"""`naamwacht once`: look at what is due, deliver, and end. For cron, and for a first try."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from monitor import log
from monitor.app import App, SystemClock
from monitor.app.work import Desk
from monitor.cli.opening import add_config, configuration
from monitor.cli.output import Output
from monitor.cli.running import OK
from monitor.engine.embedded import Work
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from monitor.storage.queries import load_standing
from monitor.storage.upgrading import upgrade

WORKERS = 8
PAUSE_SECONDS = 0.5


def add_arguments(parser: ArgumentParser) -> None:
    """Add the configuration."""
    add_config(parser)


def run(arguments: Namespace, out: Output) -> int:
    """Do one round of everything and say what it brought."""
    config = configuration(arguments)
    blackout = log.configure(config.log.format, config.log.level, sys.stderr)
    clock = SystemClock()
    db = Database(config.database.get_secret_value())
    with hold(db, now=clock.now()):
        upgrade(db, backups=config.data_dir / "backups", now=clock.now())
        with App.open(config, db, blackout) as app:
            app.settle()
            look_once(app, out)
    db.close()
    return OK


def look_once(app: App, out: Output) -> None:
    """Look at all that is due, deliver what is due, and print a summary in counts."""
    desk = Desk(app)
    work = desk.work()
    work.daily()
    work.refresh()
    looks = _look_at_all(desk, work, out)
    sent = sum(_deliver_all(deliver) for _, deliver in work.deliver)
    work.housekeep()
    with app.db.read() as tx:
        standing = load_standing(tx, now=app.clock.now())
    out.progress("")
    out.line(
        f"{looks} look(s) at {standing.sources} source(s), {standing.sources_failing} of which see nothing; "
        f"{standing.mentions} mention(s) known; {sent} message(s) taken up."
    )


def _look_at_all(desk: Desk, work: Work, out: Output) -> int:
    """Look until nothing is due; returns how many Looks that took. A Search is asked about one name after the other."""
    looks = 0
    waiting = Event()
    with ThreadPoolExecutor(WORKERS) as pool:
        while True:
            due = work.due_looks(frozenset())
            if due:
                work.record(list(pool.map(lambda each: each.look(), due)))
                looks += len(due)
                out.progress(f"{looks} look(s)")
            elif desk.has_more():
                waiting.wait(PAUSE_SECONDS)
            else:
                return looks


def _deliver_all(deliver: Callable[[], int]) -> int:
    sent = 0
    while taken := deliver():
        sent += taken
    return sent
