"""Print figures in one readable table, each beside what the issue asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the value, what is asked of it (`at_least` or not), and how it is written."""

    name: str
    value: float
    target: float | None = None
    at_least: bool = True
    pattern: str = "{:.4f}"
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Tell whether the target is reached; None where there is none, or no value yet."""
        if self.target is None or isnan(self.value):
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target

    def cells(self) -> tuple[str, str, str, str, str]:
        asked = f"{'>=' if self.at_least else '<='} {self.pattern.format(self.target)}" if self.target is not None else ""
        verdict = {True: "met", False: "NOT MET", None: ""}[self.is_met]
        value = "" if isnan(self.value) else self.pattern.format(self.value)
        return self.name, value, asked, verdict, self.note


def print_figures(title: str, figures: Iterable[Figure]) -> None:
    """Print one part of the table."""
    print_table(title, ("figure", "value", "to reach", "", ""), [figure.cells() for figure in figures])


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print columns under their heads; the first is flush left, so is the last."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    print(f"\n{title}\n{'-' * len(title)}")
    for line in lines:
        cells = [
            cell.ljust(width) if column in (0, len(heads) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip(), flush=True)
