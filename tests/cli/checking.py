"""Run `naamwacht check` on a changed configuration, and pick from what it found."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.cli.running import Ran, run


def write(path: Path, config: object) -> Path:
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


def changed(path: Path, **sections: object) -> Path:
    return write(path, yaml.safe_load(path.read_text(encoding="utf-8")) | sections)


def check(config: Path, *options: str) -> Ran:
    return run("check", "--config", config, *options)


def found(config: Path, level: str, *options: str) -> dict[str, str]:
    """Return what was found of one level, by its path."""
    return {each["path"]: each["what"] for each in check(config, "--json", *options).json if each["level"] == level}
