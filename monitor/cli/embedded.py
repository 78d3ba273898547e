"""The embedded default of `naamwacht run --demo`: a fictional watchlist on a small internet of our own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.actions.people import Import, import_people
from monitor.app import App, parse_config
from monitor.config import Config
from monitor.demo.internet import SmallInternet
from monitor.fetch.people_file import read_people_file

FOLDER = Path("data/demo")
WELCOME = """\
Naamwacht on an invented internet. Everything is fictional, and starts anew each time.
  the page      http://{page}
  the mailbox   {desk}/mailbox
  the news      {web}
First it looks around in silence: what is online already is no news. Then something new is published. Ctrl-C ends it.
"""


@contextmanager
def small_internet() -> Iterator[Config]:
    """Start the small internet and return the configuration that watches it."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with SmallInternet() as internet:
        (FOLDER / "people.csv").write_text(internet.people_rows(), encoding="utf-8")
        config = parse_config(internet.config(FOLDER.absolute()), FOLDER.absolute())
        sys.stdout.write(WELCOME.format(page=config.web.bind, desk=internet.desk, web=internet.web))
        sys.stdout.flush()
        yield config


def register_people(app: App) -> None:
    """Import the fictional watchlist."""
    registrations = read_people_file(FOLDER / "people.csv", app.children, language=app.config.language)
    import_people(app.acting("demo"), Import(registrations=registrations), app.channel_rules)
