"""One row of a people file on its way to a Registration, and the faults in it. What a cell may hold is in `cells`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from monitor.core.registrations import cells
from monitor.core.registrations.headings import Column

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One fault in a people file. Rows count from 1, as a spreadsheet shows them; row 0 is the file as a whole."""

    row: int
    column: str
    fault: str
    remedy: str = ""

    @property
    def path(self) -> str:
        """Where it is, in words: `row 17, email`."""
        row = f"row {self.row}" if self.row else "the file"
        return f"{row}, {self.column}" if self.column else row

    def __str__(self) -> str:
        return f"{self.path}: {self.fault}" + (f" ({self.remedy})" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One row on its way to a Registration; collects what is wrong with it."""

    number: int
    written: Mapping[Column, str]
    problems: list[RowProblem] = field(default_factory=list)

    def holds(self, column: Column) -> bool:
        """Tell whether something is written there."""
        return bool(self.written.get(column))

    def refuse(self, column: Column, fault: str, remedy: str = "") -> None:
        self.problems.append(RowProblem(self.number, column, fault, remedy))

    def read(self, column: Column, reader: Callable[[str], ValueT], default: ValueT) -> ValueT:
        try:
            return reader(self.written.get(column, ""))
        except cells.CellError as e:
            self.refuse(column, e.fault, e.remedy)
            return default

    def text(self, column: Column) -> str:
        return self.read(column, cells.one_value, "")

    def values(self, column: Column, reader: Callable[[str], tuple[str, ...]] = cells.many_values) -> tuple[str, ...]:
        return self.read(column, reader, ())

    def day(self, column: Column) -> date | None:
        return self.read(column, cells.day, None)
