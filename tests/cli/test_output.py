"""How tables and JSON look, on a terminal and in a pipe."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.cli.output import Cell, Output, as_text
from tests.cli.running import HERE, surroundings

ROWS: list[dict[str, Cell]] = [{"id": 1, "found_at": "ergens", "sites": ["a", "b"]}, {"id": 22, "found_at": "", "sites": []}]
SCRIPT = """
from monitor.cli.output import Output
Output().table([{"id": 1, "first_column": "x" * 30, "second": "漢字"}], empty="")
"""


def test_columns_stand_below_each_other(capsys: pytest.CaptureFixture[str]):
    Output().table(ROWS, empty="Nothing.")

    assert capsys.readouterr().out == "id  found at  sites\n1   ergens    a, b\n22  -         -\n"


def test_no_rows_are_said_in_words(capsys: pytest.CaptureFixture[str]):
    Output().table([], empty="Nothing.")

    assert capsys.readouterr().out == "Nothing.\n"


def test_no_rows_are_an_empty_list_to_a_program(capsys: pytest.CaptureFixture[str]):
    Output(as_json=True).table([], empty="Nothing.")

    assert json.loads(capsys.readouterr().out) == []


def test_more_rows_than_the_limit_are_told_and_not_shown(capsys: pytest.CaptureFixture[str]):
    Output(as_json=True).table(ROWS, empty="", limit=1)

    said = capsys.readouterr()
    assert [row["id"] for row in json.loads(said.out)] == [1]
    assert said.err == "There are more than 1; --limit N shows them.\n"


def test_as_many_rows_as_the_limit_are_all_there_is(capsys: pytest.CaptureFixture[str]):
    Output().table(ROWS, empty="", limit=2)

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "-"),
        (True, "yes"),
        ("", "-"),
        (3, "3"),
        (date(2026, 11, 24), "2026-11-24"),
        (datetime(2026, 11, 24, 9, 5, tzinfo=UTC), "2026-11-24 09:05:00Z"),
        (timedelta(minutes=90), "90m"),
        (timedelta(days=2), "2d"),
        ("two\nlines \x1b[31m", "two lines \ufffd[31m"),
    ],
    ids=str,
)
def test_a_cell_is_one_harmless_line(cell: Cell, text: str):
    assert as_text(cell) == text


def test_half_a_sign_in_json_is_written_as_its_number(capsys: pytest.CaptureFixture[str]):
    Output().json_line({"id": "\ud800 é"})

    written = capsys.readouterr().out
    assert json.loads(written) == {"id": "\ud800 é"}
    assert written.isascii()


@pytest.mark.parametrize(
    ("columns", "first"), [("80", "id  first column"), ("20", "id            1")], ids=["wide enough", "too narrow"]
)
def test_a_row_that_does_not_fit_a_terminal_becomes_lines(columns: str, first: str):
    ours, theirs = pty.openpty()

    subprocess.run(
        [sys.executable, "-c", SCRIPT], stdout=theirs, cwd=HERE, env=surroundings(COLUMNS=columns, NO_COLOR="1"), check=True
    )

    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert shown.startswith(first)
    assert "x" * 30 in shown
