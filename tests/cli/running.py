"""Run commands: in this process where only words and codes matter, as a real process where streams and signals do."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.cli import main

HERE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # Any: a test knows what it asked for
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def rows(self) -> list[Any]:  # Any: the same
        return [json.loads(line) for line in self.out.splitlines()]


@contextmanager
def redirect_stdin(content: bytes) -> Iterator[None]:
    """Let stdin hold *content*, as `contextlib.redirect_stdout` does for stdout."""
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before


def run(*argv: object, stdin: bytes = b"") -> Ran:
    """Run a command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err), redirect_stdin(stdin):
        try:
            code = main([str(word) for word in argv])
        finally:
            out.flush()
            err.flush()
    return Ran(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined] # a BytesIO


def process(*argv: object, stdin: bytes = b"", folder: Path | None = None, **environment: str) -> Ran:
    """Run a command as a process of its own, as a user does."""
    ended = subprocess.run(
        command(*argv), input=stdin, capture_output=True, cwd=folder, env=surroundings(**environment), timeout=60, check=False
    )
    return Ran(ended.returncode, ended.stdout.decode("utf-8", "replace"), ended.stderr.decode("utf-8", "replace"))


def command(*argv: object) -> list[str]:
    """Return the words that start a command."""
    return [sys.executable, "-m", "monitor", *map(str, argv)]


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment of a process: this one's without its language, and *more*."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIO", "NAAMWACHT"))}
    return {**kept, "PYTHONPATH": str(HERE), "LC_ALL": "C.UTF-8", **more}
