"""`naamwacht run`: the daemon. Stops within ten seconds on SIGTERM, reads its configuration again on SIGHUP."""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from monitor import log
from monitor.app import App, SystemClock, load_config
from monitor.app.standing import troubles
from monitor.app.work import Desk
from monitor.cli.embedded import register_people, small_internet
from monitor.cli.opening import add_config
from monitor.cli.output import Output
from monitor.cli.running import OK
from monitor.config import Config
from monitor.engine.embedded import Embedded
from monitor.ports import ConfigError, Failpoint, NaamwachtError, Problem
from monitor.storage.engine import Database, no_failpoint
from monitor.storage.lock import Hold, hold
from monitor.storage.upgrading import upgrade
from monitor.web.ops import OpsSettings, create_ops
from monitor.web.page import PageSettings, create_page
from monitor.web.serving import Serving

WORKERS = 16
"""Looks at once; each is a thread that mostly waits."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the configuration, and the demo."""
    add_config(parser)
    parser.add_argument(
        "--demo", action="store_true", help="watch over invented people on an invented internet, with no configuration"
    )


def run(arguments: Namespace, out: Output) -> int:  # noqa: ARG001 # the form of every command
    """Run until SIGTERM or SIGINT; on SIGHUP start over with the configuration as it is then."""
    next_signal = _listen()
    if arguments.demo:
        with small_internet() as config:
            run_daemon(config, next_signal, reload=lambda: config, prepare=register_people)
    else:
        config = load_config(arguments.config, environment=os.environ)
        run_daemon(config, next_signal, reload=lambda: load_config(arguments.config, environment=os.environ))
    # Threads that still wait for a slow server would hold the process; all that counts is written.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(OK)


def _listen() -> Callable[[], int]:
    """Return a function that waits for the next signal and returns its number.

    Through a pipe: whichever thread a signal reaches, its number is written there at once. Python's own handlers wait for
    the main thread, and nothing wakes that from a lock when the signal reached another thread.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    return lambda: os.read(reading, 1)[0]


def run_daemon(
    config: Config,
    next_signal: Callable[[], int],
    *,
    reload: Callable[[], Config],
    prepare: Callable[[App], None] = lambda _: None,
    failpoint: Failpoint = no_failpoint,
) -> None:
    """Hold the database and run on it until `next_signal` returns anything but SIGHUP. `prepare` comes before all work.

    A new configuration that it cannot start with is named in the log, and it starts again with the one that it ran with.
    """
    logger = log.get_log()
    proven: Config | None = None
    coming: Config | None = config
    while coming is not None:
        config = coming
        with ExitStack() as stack:
            try:
                stack.enter_context(_started(config, prepare, failpoint))
            except NaamwachtError as error:
                if proven is None:
                    raise
                _log_refusal(error)
                # Once only: what keeps the old one from starting too must end us, with its exit code.
                coming, proven = proven, None
                continue
            logger.info("running", page=_where(config.web.bind), ops=_where(config.ops.bind), sources=len(config.sources))
            coming, proven = _wait(next_signal, reload), config
            logger.info("stopping" if coming is None else "reloading")
    logger.info("stopped")


@contextmanager
def _started(config: Config, prepare: Callable[[App], None], failpoint: Failpoint) -> Iterator[None]:
    """Hold the database, bring it up to date, and work on it; all of it ends when the block does."""
    clock = SystemClock()
    blackout = log.configure(config.log.format, config.log.level, sys.stderr)
    db = Database(config.database.get_secret_value(), failpoint=failpoint)
    with hold(db, now=clock.now()) as held, _closing(db):
        upgrade(db, backups=config.data_dir / "backups", now=clock.now())
        with App.open(config, db, blackout) as app, _running(app, held, prepare):
            yield


def _wait(next_signal: Callable[[], int], reload: Callable[[], Config]) -> Config | None:
    """Wait for a signal, and return the configuration to go on with; None where it is time to end.

    A faulty new configuration changes nothing and is named in the log.
    """
    while next_signal() == signal.SIGHUP:
        try:
            return reload()
        except NaamwachtError as error:
            _log_refusal(error)
    return None


def _log_refusal(error: NaamwachtError) -> None:
    problems = error.problems if isinstance(error, ConfigError) else (Problem("", str(error)),)
    for problem in problems:
        log.get_log().error("the configuration was not taken over", path=problem.path, fault=problem.fault, remedy=problem.remedy)


@contextmanager
def _closing(db: Database) -> Iterator[None]:
    try:
        yield
    finally:
        db.close()


@contextmanager
def _running(app: App, held: Hold, prepare: Callable[[App], None]) -> Iterator[None]:
    """Take the addresses, start to work and to answer, and stop both."""
    config = app.config
    page_settings = PageSettings(
        hosts=config.web.hosts, language=config.language, zone=config.timezone, organisation=config.organisation.name
    )
    with ExitStack() as stack:
        page = Serving(create_page(app.db, app.clock, app.log, page_settings), config.web.bind.host, config.web.bind.port)
        stack.callback(page.stop)
        token = "" if config.ops.token is None else config.ops.token.get_secret_value()
        ops_settings = OpsSettings(
            beats=lambda: engine.beats(),  # noqa: PLW0108 # the engine is made below, once the addresses are ours
            troubles=lambda: troubles(app),
            token=token,
        )
        ops = Serving(create_ops(app.db, app.clock, app.log, ops_settings), config.ops.bind.host, config.ops.bind.port)
        stack.callback(ops.stop)
        app.settle()
        prepare(app)
        engine = Embedded(Desk(app, held.check).work(), app.clock, app.log, workers=WORKERS)
        page.start()
        ops.start()
        engine.start()
        stack.callback(engine.stop)
        yield


def _where(bind: object) -> str:
    return f"http://{bind}"
