"""Opens the application for a command: which configuration, and what may be revealed."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.app import App, load_config
from monitor.config import Config

DEFAULT_CONFIG = Path("config.yaml")


def add_config(parser: ArgumentParser) -> None:
    """Add `--config`."""
    parser.add_argument(
        "--config",
        type=Path,
        default=Path(os.environ.get("NAAMWACHT_CONFIG", DEFAULT_CONFIG)),
        metavar="FILE",
        help="the configuration (default: $NAAMWACHT_CONFIG, else config.yaml)",
    )


def add_listing(parser: ArgumentParser, *, reveals: str = "") -> None:
    """Add what every list has: `--config`, `--json`, `--limit`, and `--reveal` where *reveals* says what that shows."""
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="how many rows at most (default 50)")
    if reveals:
        parser.add_argument(
            "--reveal", default="", metavar="REASON", help=f"show {reveals} too; the reason goes into the audit log"
        )


def configuration(arguments: Namespace) -> Config:
    """Return the configuration that the arguments name."""
    return load_config(arguments.config, environment=os.environ)


@contextmanager
def opened(arguments: Namespace) -> Iterator[App]:
    """Open the application on its database, and close it again."""
    with App.open(configuration(arguments)) as app:
        yield app


def reveal(app: App, arguments: Namespace, subject: str) -> bool:
    """Tell whether names and texts are to be shown; if so, the audit log says who wanted it, what and why."""
    if not arguments.reveal:
        return False
    acting = app.acting("console")
    with acting.db.write("act") as tx:
        acting.audit(tx, "reveal", subject, reason=arguments.reveal)
    return True
