"""An installation in a folder of its own: a configuration, people files, and a database that holds something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.storage.engine import Database
from monitor.storage.upgrading import upgrade
from tests.cli.running import run
from tests.fakes import NOW
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit

CONFIG = """\
organisation: {name: Jeugdbescherming Voorbeeld, domains: [example.org]}
notifiers:
  screen: {type: console}
people: {notifiers: [screen]}
channels:
  - {name: beheer, role: operator, notifier: screen}
web: {bind: "127.0.0.1:0"}
ops: {bind: "127.0.0.1:0"}
"""

PEOPLE = """\
external_id,given_names,prefix,surname,email,team,informed_on
p1,Sanne,van der,Molen,s.vandermolen@example.org,Noord,2026-01-01
p2,Youssef,,El Amrani,y.elamrani@example.org,Noord,2026-01-01
p3,Marijke,de,Vries,m.devries@example.org,Zuid,
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration; its database is not made yet."""
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def registered(config: Path, people: Path) -> Path:
    """A configuration whose database holds three people."""
    assert run("people", "import", people, "--config", config).code == 0
    return config


@pytest.fixture
def filled(config: Path) -> Iterator[Path]:
    """A configuration whose database holds two people and what was found about one of them."""
    database = Database(f"sqlite:///{config.parent}/data/naamwacht.db")
    upgrade(database, backups=config.parent, now=NOW)
    rig = Rig(database).begin(SANNE, YOUSSEF).seeded()
    rig.poll(hit("Sanne van der Molen van Jeugdbescherming Voorbeeld sprak met de krant.", title="Over jeugdzorg"))
    yield config
    database.close()
