"""An installation in a folder of its own: a configuration, people files, and a database that holds something."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def three_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an installation that holds three people; made once, as it takes most of a second."""
    folder = tmp_path_factory.mktemp("registered")
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert run("people", "import", folder / "people.csv", "--config", folder / "config.yaml").code == 0
    return folder / "data"


@pytest.fixture(scope="session")
def one_mention(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an installation that holds two people and what was found about one of them."""
    data = tmp_path_factory.mktemp("filled") / "data"
    database = Database(f"sqlite:///{data}/naamwacht.db")
    upgrade(database, backups=data, now=NOW)
    rig = Rig(database).begin(SANNE, YOUSSEF).seeded()
    rig.poll(hit("Sanne van der Molen van Jeugdbescherming Voorbeeld sprak met de krant.", title="Over jeugdzorg"))
    database.close()
    return data


@pytest.fixture
def registered(config: Path, people: Path, three_people: Path) -> Path:
    """A configuration whose database holds three people."""
    shutil.copytree(three_people, config.parent / "data")
    return config


@pytest.fixture
def filled(config: Path, one_mention: Path) -> Path:
    """A configuration whose database holds two people and one mention."""
    shutil.copytree(one_mention, config.parent / "data")
    return config
