"""`naamwacht once`: look at what is due, deliver, and end. For cron, and for a first try."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import timedelta

from monitor import log
from monitor.app import App, SystemClock
from monitor.app.rounds import look_in_rounds
from monitor.app.work import Desk
from monitor.cli.opening import add_config, configuration
from monitor.cli.output import Output
from monitor.cli.running import OK
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from monitor.storage.queries import load_standing
from monitor.storage.upgrading import upgrade

WITHIN = timedelta(minutes=10)
"""So long it looks at most: the next run goes on where this one stopped."""


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
    """Look at all that is due, deliver after every round, and print a summary in counts."""
    desk = Desk(app)
    work = desk.work()
    looked = sent = 0

    def after_round(looks: int) -> None:
        nonlocal looked, sent
        looked = looks
        out.progress(f"{looks} look(s)")
        sent += sum(_deliver_all(deliver) for _, deliver in work.deliver)

    work.daily()
    work.refresh()
    after_round(0)
    is_all = look_in_rounds(desk, work, app.clock, within=WITHIN, after_round=after_round)
    work.housekeep()
    with app.db.read() as tx:
        standing = load_standing(tx, now=app.clock.now())
    out.progress("")
    out.line(
        f"{looked} look(s) at {standing.sources} source(s), {standing.sources_failing} of which see nothing; "
        f"{standing.mentions} mention(s) known; {sent} message(s) taken up."
    )
    if not is_all:
        out.line("Not everything that is due was asked: search engines are left in peace between two names. Run it again.")


def _deliver_all(deliver: Callable[[], int]) -> int:
    sent = 0
    while taken := deliver():
        sent += taken
    return sent
