"""What is installed, packed and started: locks, Makefile, image. Building the image itself is `make image`."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
import yaml

from hatch_build import NOTICE, TABLE

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")

_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", re.MULTILINE)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _pins(lock: str) -> dict[str, str]:
    return dict(_PIN.findall(_read(lock)))


def _project() -> dict[str, list[str]]:
    """Return what each lock is made from."""
    written = tomllib.loads(_read("pyproject.toml"))
    return {
        "requirements.lock": written["project"]["dependencies"],
        "requirements-build.lock": written["build-system"]["requires"],
        "requirements-dev.lock": written["dependency-groups"]["dev"],
    }


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_every_package_with_its_version_and_hash_and_no_index(lock: str):
    entries = re.split(r"\n(?=\S)", _read(lock).strip())

    assert [entry for entry in entries if not (_PIN.match(entry) and "--hash=sha256:" in entry)] == []
    assert "://" not in _read(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_it_is_made_from(lock: str):
    wanted = {_name(requirement) for requirement in _project()[lock]}

    assert wanted - _pins(lock).keys() == set()


def test_no_two_locks_name_different_versions():
    versions = {(name, version) for lock in LOCKS for name, version in _pins(lock).items()}

    assert len(versions) == len({name for name, _ in versions})


def test_what_runs_brings_no_test_tools_along():
    assert {"pytest", "hypothesis", "mypy", "ruff", "aiosmtpd"} & _pins("requirements.lock").keys() == set()


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["run"], ".venv/bin/naamwacht run --demo"),
        (["run", "CONFIG=mijn config.yaml"], '.venv/bin/naamwacht run --config "mijn config.yaml"'),
        (["test"], '.venv/bin/python -m pytest -n auto -m "not proof"'),
        (["proof"], ".venv/bin/python -m pytest -m proof"),
    ],
    ids=["run", "run with a configuration", "test", "proof"],
)
def test_make_starts(arguments: list[str], command: str):
    said = subprocess.run(
        ["make", "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"}
    )

    assert command in said.stdout


@pytest.mark.parametrize(
    "changed", ["hatch_build.py", "monitor/core/lexicon.py", "monitor/core/text.py", "requirements-build.lock"]
)
def test_what_the_table_of_words_is_made_with_makes_it_anew(changed: str):
    said = subprocess.run(
        ["make", "-n", "-W", changed, "run"], cwd=ROOT, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"}
    )

    assert "tools/setup.sh run" in said.stdout


def test_the_packed_sources_make_the_table_of_words_and_do_not_bring_it(tmp_path: Path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path], cwd=ROOT, check=True, capture_output=True
    )
    with tarfile.open(next(tmp_path.iterdir())) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}

    assert {"hatch_build.py", "monitor/words.py", "monitor/core/lexicon.py"} <= names
    assert {TABLE, NOTICE} & names == set()


def test_the_table_of_words_is_never_committed():
    ignored = _read(".gitignore").splitlines()

    assert {f"/{TABLE}", f"/{NOTICE}"} <= set(ignored)


def test_what_the_table_of_words_is_made_from_does_not_run():
    assert {"wordfreq", "faker"} & _pins("requirements.lock").keys() == set()
    assert {"wordfreq", "faker"} <= _pins("requirements-build.lock").keys()


def test_make_alone_lists_what_can_be_done():
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "make run " in said.stdout
    assert "make test " in said.stdout


def test_a_machine_without_a_usable_python_is_told_what_to_do(tmp_path: Path):
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": "/bin/false", "VENV": str(tmp_path / "venv")}

    said = subprocess.run([ROOT / "tools/setup.sh", "run"], capture_output=True, text=True, check=False, env=environment)

    assert said.returncode == 1
    assert "Python 3.11 or newer is needed" in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_that_the_dockerfile_copies_is_let_into_its_context():
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+)$", _read("Dockerfile"), re.MULTILINE) for name in line.split()[:-1]
    }
    let_in = {line[1:] for line in _read(".dockerignore").splitlines() if line.startswith("!")}

    assert copied == let_in
    assert [name for name in sorted(copied) if not (ROOT / name).exists()] == []


def test_the_container_is_as_small_a_target_as_can_be():
    service = yaml.safe_load(_read("compose.yaml"))["services"]["naamwacht"]

    assert (service["network_mode"], service["read_only"], service["cap_drop"]) == ("host", True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_search_engine_is_reached_from_this_machine_only_and_speaks_json():
    service = yaml.safe_load(_read("compose.yaml"))["services"]["searxng"]
    settings = yaml.safe_load(_read("docker/searxng/settings.yml"))

    assert (service["profiles"], service["ports"]) == (["search"], ["127.0.0.1:8888:8080"])
    assert (settings["search"]["formats"], settings["server"]["limiter"]) == (["html", "json"], False)
