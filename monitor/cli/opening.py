"""Opens the application for a command: which configuration, and what may be revealed."""

from __future__ import annotations

import getpass
import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.app import App, SystemClock, load_config
from monitor.config import Config
from monitor.ports import StorageError
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from monitor.storage.migrating import SchemaState, schema_state
from monitor.storage.upgrading import require_current, upgrade

DEFAULT_CONFIG = Path("config.yaml")


def add_config(parser: ArgumentParser) -> None:
    """Add `--config`."""
    parser.add_argument(
        "--config",
        type=Path,
        default=Path(os.environ.get("NAAMWACHT_CONFIG") or DEFAULT_CONFIG),
        metavar="FILE",
        help="the configuration (default: $NAAMWACHT_CONFIG, else config.yaml)",
    )


def add_json(parser: ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def add_listing(parser: ArgumentParser, *, reveals: str = "") -> None:
    """Add what every list has: `--config`, `--json`, `--limit`, and `--reveal` where *reveals* says what that shows."""
    add_config(parser)
    add_json(parser)
    parser.add_argument("--limit", type=at_least_one, default=50, metavar="N", help="how many rows at most (default 50)")
    if reveals:
        add_reveal(parser, f"show {reveals} too; the reason goes into the audit log")


def add_reveal(parser: ArgumentParser, text: str, *, is_required: bool = False) -> None:
    """Add `--reveal`, which takes a reason."""
    parser.add_argument("--reveal", type=reason, required=is_required, metavar="REASON", help=text)


def at_least_one(written: str) -> int:
    """Return a count; raises what argparse understands."""
    if not written.isdecimal() or not 0 < int(written) < 10**9:
        raise ArgumentTypeError("give a whole number, 1 or more")
    return int(written)


def reason(written: str) -> str:
    """Return a reason; raises what argparse understands."""
    if not written.strip():
        raise ArgumentTypeError("say why: the reason goes into the audit log")
    return written.strip()


def who() -> str:
    """Return who acts, for the audit log: somebody with a shell on this machine, by the name of the login."""
    try:
        return f"console {getpass.getuser()}"[:100]
    except (OSError, KeyError):  # a container's user has a number and no name
        return f"console {os.getuid()}"


def configuration(arguments: Namespace) -> Config:
    """Return the configuration that the arguments name."""
    return load_config(arguments.config, environment=os.environ)


@contextmanager
def opened(arguments: Namespace, *, create: bool = False) -> Iterator[App]:
    """Open the application on its database, and close it again. *create*: a database that is not there yet is made."""
    config = configuration(arguments)
    db = Database(config.database.get_secret_value())
    try:
        if create and (is_missing(db) or schema_state(db) is SchemaState.EMPTY):
            make_ready(config, db)
        if is_missing(db):
            raise StorageError(
                f"there is no {db.name.removeprefix('the ')} "
                "(check data_dir and database in the configuration; `naamwacht run` or `people import` makes a new one)"
            )
        require_current(db)
        with App.open(config, db) as app:
            yield app
    finally:
        db.close()


def is_missing(db: Database) -> bool:
    """Tell whether the file of a database has not been made yet."""
    return db.path is not None and not db.path.exists()


def make_ready(config: Config, db: Database) -> None:
    """Hold the database and bring its tables up to date; a backup is made first."""
    now = SystemClock().now()
    with hold(db, now=now):
        upgrade(db, backups=config.data_dir / "backups", now=now)


def reveal(app: App, arguments: Namespace, subject: str) -> bool:
    """Tell whether names and texts are to be shown; if so, the audit log says who wanted it, what and why."""
    if not arguments.reveal:
        return False
    acting = app.acting(who())
    with acting.db.write("act") as tx:
        acting.audit(tx, "reveal", subject, reason=arguments.reveal)
    return True
