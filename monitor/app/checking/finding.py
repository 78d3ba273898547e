"""One thing that a check found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.plain import one_line

SHOWN_IDS = 10


class Level(StrEnum):
    """`FAULT`: something does not work. `WARN`: it works, and somebody should know."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where, what, and how to mend it. Ids and names of parts only, never of people."""

    level: Level
    path: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" ({self.remedy})" if self.remedy else ""
        return one_line(f"{self.path}: {self.what}{remedy}", at_most=2_000)


def ok(path: str, what: str) -> Finding:
    """Return that all is well."""
    return Finding(Level.OK, path, what)


def warn(path: str, what: str, remedy: str = "") -> Finding:
    """Return what somebody should know."""
    return Finding(Level.WARN, path, what, remedy)


def fault(path: str, what: str, remedy: str = "") -> Finding:
    """Return what does not work."""
    return Finding(Level.FAULT, path, what, remedy)


def some(ids: Sequence[str]) -> str:
    """Return the first few ids, and how many more there are."""
    more = len(ids) - SHOWN_IDS
    return ", ".join(ids[:SHOWN_IDS]) + (f" and {more} more" if more > 0 else "")
