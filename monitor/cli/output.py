"""What commands print: tables for people, JSON for programs. Ids unless a reason is given to reveal more.

A row that does not fit a narrow terminal is printed as lines, one for each column. Nothing is cut off.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from textwrap import wrap

from rich.cells import cell_len

from monitor.core.plain import one_line

Cell = str | int | float | bool | None | datetime | date | timedelta | Sequence[str]

LONGEST_CELL = 300
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Output:
    """Prints on stdout. `as_json`: one JSON document instead of a table."""

    as_json: bool = False

    def table(self, rows: Iterable[Mapping[str, Cell]], *, empty: str, limit: int | None = None) -> None:
        """Print rows, of which there are *limit* at most; *empty* is what people read where there are none.

        Where there are more, that is said: give one row more than the limit.
        """
        given = iter(rows)
        listed = list(islice(given, limit))
        is_cut = next(given, None) is not None
        if self.as_json:
            self.json([{name: _as_json(cell) for name, cell in row.items()} for row in listed])
        elif listed:
            _print_rows([{name.replace("_", " "): as_text(cell) for name, cell in row.items()} for row in listed])
        else:
            self.line(empty)
        if is_cut:
            sys.stdout.flush()
            sys.stderr.write(f"There are more than {limit}; --limit N shows them.\n")

    def card(self, row: Mapping[str, Cell]) -> None:
        """Print one row, a line for each column."""
        if self.as_json:
            self.json({name: _as_json(cell) for name, cell in row.items()})
        else:
            sys.stdout.write(_card({name.replace("_", " "): as_text(cell) for name, cell in row.items()}))

    def json(self, document: object) -> None:
        """Print one JSON document."""
        sys.stdout.write(_as_written(document, indent=2) + "\n")

    def json_line(self, document: object) -> None:
        """Print one line of JSON lines."""
        sys.stdout.write(_as_written(document, separators=(",", ":")) + "\n")

    def line(self, text: str = "") -> None:
        """Print one line for people."""
        sys.stdout.write(one_line(text, at_most=2_000) + "\n")

    def indented(self, text: str, by: int) -> None:
        """Print a paragraph, wrapped to a terminal's width and indented, its further lines a little more."""
        width = max(shutil.get_terminal_size().columns, by + 30) if sys.stdout.isatty() else 10_000
        wrapped = wrap(one_line(text, at_most=2_000), width, initial_indent=" " * by, subsequent_indent=" " * (by + 4))
        sys.stdout.write("".join(f"{line}\n" for line in wrapped))

    def bytes(self, content: bytes) -> None:
        """Print a file as it is, whatever alphabet the terminal has."""
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()

    def flush(self) -> None:
        """Let whoever waits for our output read it now."""
        sys.stdout.flush()

    def progress(self, text: str) -> None:
        """Say on a terminal how far long work is, and nothing any more when *text* is empty; quiet in a pipe."""
        if sys.stderr.isatty():
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{one_line(text, at_most=max(width, 1))}")
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
            return one_line(cell, at_most=LONGEST_CELL) or "-"
        case int() | float() | date():
            return str(cell)
        case _:
            return one_line(", ".join(cell), at_most=LONGEST_CELL) or "-"


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


def _as_written(document: object, *, indent: int | None = None, separators: tuple[str, str] | None = None) -> str:
    """Return JSON that any stdout takes: by its escapes where this one knows not every sign, or where a text is half a sign."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(document, indent=indent, separators=separators)
    return text


# ------------------------------------------------------------------------------------------------------- tables


def _print_rows(rows: Sequence[Mapping[str, str]]) -> None:
    names = list(rows[0])
    widths = {name: max(cell_len(name), *(cell_len(row[name]) for row in rows)) for name in names}
    is_terminal = sys.stdout.isatty()
    if is_terminal and sum(widths.values()) + len(_GAP) * (len(names) - 1) > shutil.get_terminal_size().columns:
        sys.stdout.write("\n".join(map(_card, rows)))
        return
    heading = _padded({name: name for name in names}, widths)
    is_bold = is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    sys.stdout.write(f"\x1b[1m{heading}\x1b[0m\n" if is_bold else f"{heading}\n")
    sys.stdout.writelines(_padded(row, widths) + "\n" for row in rows)


def _padded(row: Mapping[str, str], widths: Mapping[str, int]) -> str:
    return _GAP.join(row[name] + " " * (width - cell_len(row[name])) for name, width in widths.items()).rstrip()


def _card(row: Mapping[str, str]) -> str:
    width = max(map(cell_len, row))
    return "".join(f"{name}{' ' * (width - cell_len(name))}{_GAP}{cell}\n" for name, cell in row.items())
