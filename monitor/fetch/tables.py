"""Read tables that people made: CSV in its dialects, and the first sheet of a workbook, as rows of text.

What a column means is not known here. A table is read whole or not at all. Runs in a parse child of its own.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from monitor.fetch.decoding import decode
from monitor.fetch.wire import Unreadable

ROWS_LIMIT = 100_000
CELLS_LIMIT = 2_000_000
CELL_LIMIT = 32_767  # characters, as in a workbook
TEXT_LIMIT = 10_000_000  # characters of all cells together
UNPACKED_LIMIT = 100 * 1024 * 1024  # bytes
_DELIMITERS = ",;\t"
_JUDGED_BY = 4_096  # characters
_BINARY_FROM = 20  # one NUL in so many characters is no text

Rows = tuple[tuple[str, ...], ...]
_Cell = int | float | str | bool | time | date | datetime | timedelta


def read_table(content: bytes) -> Rows:
    """Return the rows, headings first. Raises `Unreadable` where this is no table, or too large a one.

    Blank rows between others stay (as empty rows), so that a row's number is what the author sees; those at the end go.
    """
    if not content.strip():
        raise Unreadable("the file is empty")
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("this is an old (.xls) or a password-protected workbook; save it as .xlsx without a password")
    return _read_csv(content)


def _read_csv(content: bytes) -> Rows:
    text = decode(content)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a spreadsheet's own hint
        delimiter, text = first.strip()[4], rest
    else:
        delimiter = _delimiter(text)
    start = text[:_JUDGED_BY]
    # A lone NUL is one bad cell, which whoever reads the rows names by its place.
    if start.count("\0") * _BINARY_FROM > len(start):
        raise Unreadable("this is no text, so not a table; save it as CSV (UTF-8) or .xlsx")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _kept([cell.strip() for cell in row] for row in reader)
    except csv.Error as error:
        raise Unreadable(f"the CSV is broken near line {reader.line_num}: {error}") from None


def _delimiter(text: str) -> str:
    """Return what parts the headings: the sign that stands there most often outside quotes."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    is_quoted = False
    for sign in text[:65_536].lstrip():
        if sign == '"':
            is_quoted = not is_quoted
        elif sign in "\r\n" and not is_quoted:
            break
        elif sign in counts and not is_quoted:
            counts[sign] += 1
    return max(_DELIMITERS, key=counts.__getitem__)


def _read_workbook(content: bytes) -> Rows:
    _refuse_bombs(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            if sheet.total_height * max(sheet.total_width, 1) > CELLS_LIMIT:
                raise Unreadable(f"the sheet has more than {CELLS_LIMIT} cells")
            return _kept([_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False))
    except CalamineError:
        raise Unreadable("this is not a workbook that can be read; save it as .xlsx or CSV") from None


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise Unreadable("this is a broken ZIP archive, not a workbook") from None
    if unpacked > UNPACKED_LIMIT:
        raise Unreadable("the workbook unpacks to too much")


def _kept(rows: Iterable[list[str]]) -> Rows:
    """Cap the rows, and drop the blank ones before the headings and after the last row."""
    kept: list[tuple[str, ...]] = []
    cells = signs = 0
    for row in rows:
        cells += len(row)
        signs += sum(map(len, row))
        if len(kept) > ROWS_LIMIT or cells > CELLS_LIMIT or signs > TEXT_LIMIT:
            raise Unreadable(f"the table has more than {ROWS_LIMIT} rows, {CELLS_LIMIT} cells or {TEXT_LIMIT} characters")
        if any(len(cell) > CELL_LIMIT for cell in row):
            raise Unreadable(f"row {len(kept) + 1} has a cell of more than {CELL_LIMIT} characters")
        if kept or any(row):
            kept.append(tuple(row) if any(row) else ())
    while kept and not kept[-1]:
        kept.pop()
    if not kept:
        raise Unreadable("the table is empty")
    return tuple(kept)


def _text(cell: _Cell) -> str:
    """Return a cell as its author would write it: days in ISO form, whole numbers without ".0"."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell)
        case datetime():
            is_day = cell.time() == time()
            return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell).strip()
