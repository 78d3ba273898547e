"""What commands print: tables for people, JSON for programs. Ids unless a reason is given to reveal more."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.core.plain import one_line

Cell = str | int | float | bool | None | datetime | date | timedelta | Sequence[str]


@dataclass(frozen=True, slots=True)
class Output:
    """Prints on stdout. `as_json`: one JSON document instead of a table."""

    as_json: bool = False

    def table(self, rows: Iterable[Mapping[str, Cell]], *, empty: str) -> None:
        """Print rows; *empty* is what people read where there are none."""
        listed = list(rows)
        if self.as_json:
            self.json([{name: _as_json(cell) for name, cell in row.items()} for row in listed])
            return
        if not listed:
            self.line(empty)
            return
        console = Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty())
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name in listed[0]:
            table.add_column(name.replace("_", " "), overflow="fold", no_wrap=not sys.stdout.isatty())
        for row in listed:
            table.add_row(*(Text(as_text(cell)) for cell in row.values()))
        console.print(table)

    def json(self, document: object) -> None:
        """Print one JSON document."""
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")

    def json_line(self, document: object) -> None:
        """Print one line of JSON lines."""
        sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")

    def line(self, text: str) -> None:
        """Print one line for people."""
        sys.stdout.write(one_line(text, at_most=2_000) + "\n")

    def progress(self, text: str) -> None:
        """Say on a terminal how far long work is; quiet in a pipe."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()


def as_text(cell: Cell) -> str:
    """Return how a cell reads in a table."""
    match cell:
        case None:
            return "-"
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M:%SZ")
        case timedelta():
            return duration(cell)
        case str():
            return one_line(cell)
        case int() | float() | date():
            return str(cell)
        case _:
            return one_line(", ".join(cell)) or "-"


def duration(length: timedelta) -> str:
    """Return a length of time in its largest whole unit: 90 minutes are 90m."""
    seconds = round(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _as_json(cell: Cell) -> object:
    match cell:
        case datetime() | date():
            return cell.isoformat()
        case timedelta():
            return cell.total_seconds()
        case str() | int() | float() | None:
            return cell
        case _:
            return list(cell)
