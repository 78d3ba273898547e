from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from monitor.fetch import tables
from monitor.fetch.children import ParseChildren
from monitor.fetch.people_file import read_people_file
from monitor.fetch.tables import read_table
from monitor.fetch.wire import Unreadable
from monitor.ports import ConfigError, ProviderError

ROWS = (("external_id", "surname", "team"), ("0017", "Jansen-de Vries", 'Noord; "oost"'), ("0018", "Zoë\nPloeg", ""))


@pytest.mark.parametrize(
    "content",
    [
        b'external_id,surname,team\n0017,Jansen-de Vries,"Noord; ""oost"""\n0018,"Zo\xc3\xab\nPloeg",\n',
        b'external_id;surname;team\n0017;Jansen-de Vries;"Noord; ""oost"""\n0018;"Zo\xc3\xab\nPloeg";\n',
        b'external_id\tsurname\tteam\n0017\tJansen-de Vries\t"Noord; ""oost"""\n0018\t"Zo\xc3\xab\nPloeg"\t\n',
        b'\xef\xbb\xbfexternal_id;surname;team\n0017;Jansen-de Vries;"Noord; ""oost"""\n0018;"Zo\xc3\xab\nPloeg";\n\n\n',
        b'external_id;surname;team\n0017;Jansen-de Vries;"Noord; ""oost"""\n0018;"Zo\xeb\nPloeg";\n',
        b'sep=;\nexternal_id;surname;team\n0017;Jansen-de Vries;"Noord; ""oost"""\n0018;"Zo\xc3\xab\nPloeg";\n',
    ],
    ids=["comma", "semicolon", "tab", "byte order mark", "windows-1252", "sep line"],
)
def test_every_dialect_of_csv_gives_the_same_rows(content: bytes):
    assert read_table(content) == ROWS


def test_line_ends_of_all_systems_and_blank_rows_keep_the_row_numbers():
    assert read_table(b"a;b\r\n\r\n1;2\r\n") == (("a", "b"), (), ("1", "2"))
    assert read_table(b"a;b\r1;2\r") == (("a", "b"), ("1", "2"))


def test_a_workbook_is_read_as_its_author_sees_it():
    content = workbook(
        ["external_id", "starts_on", "at", "hours", "active"],
        [17, date(2026, 11, 24), datetime(2026, 11, 24, 9, 30), 36.5, True],
        ["0018", None, None, 32.0, False],
    )

    assert read_table(content) == (
        ("external_id", "starts_on", "at", "hours", "active"),
        ("17", "2026-11-24", "2026-11-24 09:30:00", "36.5", "true"),
        ("0018", "", "", "32", "false"),
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "the file is empty"),
        (b"\n\n;;\n", "the table is empty"),
        (b'a;b\n1;"open\n', "the CSV is broken near line"),
        (b"PK\x03\x04nonsense", "this is a broken ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        (b"a;b\0\0\0;c", "this is no text"),
        (b"a;b\n1;" + b"x" * 40_000, "more than 32767 characters"),
    ],
    ids=["empty", "blank", "open quote", "broken workbook", "old workbook", "binary", "endless cell"],
)
def test_what_is_no_table_is_named(content: bytes, fault: str):
    with pytest.raises(Unreadable, match=fault):
        read_table(content)


def test_a_lone_nul_is_a_bad_cell_and_hides_no_other_row():
    content = b"external_id;surname;team\n1;Jan\0sen;Noord\n2;Molen;Zuid\n"

    assert read_table(content) == (("external_id", "surname", "team"), ("1", "Jan\0sen", "Noord"), ("2", "Molen", "Zuid"))


def test_a_people_file_with_a_nul_in_it_names_that_cell_and_every_other_faulty_row(fragile: ParseChildren, tmp_path: Path):
    file = tmp_path / "people.csv"
    file.write_bytes(b"external_id;surname;team\n1;Jan\0sen;Noord\n2;M;Zuid\n")

    with pytest.raises(ConfigError) as caught:
        read_people_file(file, fragile)

    assert [problem.path for problem in caught.value.problems] == ["row 2, surname", "row 3, surname"]


def test_a_people_file_that_is_no_table_is_named_once(fragile: ParseChildren, tmp_path: Path):
    file = tmp_path / "people.csv"
    file.write_bytes(b"\0\0\0\0")

    with pytest.raises(ConfigError) as caught:
        read_people_file(file, fragile)

    assert str(caught.value).count("people.csv") == 1


def test_a_zip_that_is_no_workbook_is_named():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "x")

    with pytest.raises(Unreadable, match="not a workbook"):
        read_table(archive.getvalue())


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.UNPACKED_LIMIT + 1))

    with pytest.raises(Unreadable, match="unpacks to too much"):
        read_table(archive.getvalue())


def test_a_table_goes_through_a_child_that_ends_with_it(fragile: ParseChildren):
    rows = fragile.read_table(workbook(["external_id"], [17]), "people.xlsx")

    assert rows == (("external_id",), ("17",))
    assert fragile.pids == ()


def test_a_refused_table_names_its_file(fragile: ParseChildren):
    with pytest.raises(ProviderError, match=r"people\.csv: the file is empty"):
        fragile.read_table(b"", "people.csv")


def test_a_sheet_that_claims_a_million_columns_ends_with_an_error(fragile: ParseChildren):
    """One cell in the far corner makes a dense sheet of 17 thousand million cells."""
    content = workbook(["external_id"], corner="XFD1048576")

    with pytest.raises(ProviderError, match=r"people\.xlsx: "):
        fragile.read_table(content, "people.xlsx")


def workbook(*rows: list[object], corner: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if corner:
        sheet[corner] = "x"
    file = io.BytesIO()
    book.save(file)
    book.close()
    return file.getvalue()
