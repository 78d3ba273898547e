"""`naamwacht people`: the watchlist from the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import PEOPLE
from tests.cli.running import Ran, run


def importing(config: Path, text: str, *options: str, name: str = "other.csv") -> Ran:
    file = config.parent / name
    file.write_text(text, encoding="utf-8")
    return run("people", "import", file, "--config", config, *options)


def test_an_import_on_a_fresh_installation_makes_the_database(config: Path, people: Path):
    ran = run("people", "import", people, "--config", config)

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "+ p1",
        "+ p2",
        "+ p3",
        "3 added, 0 changed, 0 gone, 0 unchanged.",
        "1 of them are not searched yet: informed_on is empty (`naamwacht check` names them).",
        "2 weak, surname_is_word: p1, p3 (fill in context (a town, a trade), and switch off spellings without the prefix)",
    ]
    assert (config.parent / "data" / "naamwacht.db").stat().st_mode & 0o777 == 0o600


def test_a_dry_run_on_a_fresh_installation_writes_nothing(config: Path, people: Path):
    ran = run("people", "import", people, "--config", config, "--dry-run")

    assert ran.lines[3] == "3 added, 0 changed, 0 gone, 0 unchanged. Nothing was written (dry run)."
    assert not (config.parent / "data").exists()


def test_a_dry_run_tells_what_an_import_would_change_and_changes_nothing(registered: Path):
    changed = PEOPLE.replace("Noord,2026-01-01\np2", "West,2026-01-01\np2").replace("p3,Marijke,de,Vries", "p4,Lotte,,Jansen")

    first = importing(registered, changed, "--dry-run", "--json")
    second = importing(registered, changed, "--dry-run", "--json")

    assert first.json == second.json
    assert first.json == {
        "dry_run": True,
        "added": ["p4"],
        "changed": [{"external_id": "p1", "columns": ["team"]}],
        "gone": ["p3"],
        "unchanged": 1,
        "waiting": ["p4"],
        "weak": {"surname_is_word": ["p4"]},
        "shared_names": [],
        "names": [],
    }


def test_dutch_headings_and_semicolons_are_read(config: Path):
    ran = importing(config, "﻿personeelsnummer;roepnaam;tussenvoegsel;achternaam\r\n7;Sanne;van der;Molen\r\n")

    assert (ran.code, ran.lines[0]) == (0, "+ 7")


def test_a_workbook_is_read(config: Path):
    workbook = openpyxl.Workbook()
    for row in (["external_id", "voornaam", "achternaam", "geinformeerd_op"], ["p1", "Sanne", "Molen", "2026-01-01"]):
        workbook.active.append(row)
    workbook.save(config.parent / "people.xlsx")

    ran = run("people", "import", config.parent / "people.xlsx", "--config", config)

    assert (ran.code, ran.lines[0]) == (0, "+ p1")


def test_every_faulty_row_is_named_at_once_and_nothing_is_made(config: Path):
    faulty = "external_id,surname,email,informed_on\np1,M,,\np1,Molen,elders@example.net,\n,Vries,,gisteren\n"

    ran = importing(config, faulty)

    assert ran.code == 2
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == [
        "row 2, surname",
        "row 3, email",
        "row 3, external_id",
        "row 4, informed_on",
        "row 4, external_id",
    ]
    assert "Molen" not in ran.err
    assert not (config.parent / "data").exists()


def test_an_address_elsewhere_is_taken_when_that_is_allowed(config: Path):
    ran = importing(config, "external_id,surname,email\np1,Molen,sanne@example.net\n", "--allow-address")

    assert ran.code == 0


def test_a_file_that_is_not_there_is_bad_input(config: Path):
    ran = run("people", "import", config.parent / "none.csv", "--config", config)

    assert ran.code == 2
    assert "none.csv: cannot be read: No such file or directory" in ran.err


def test_a_file_that_is_no_table_is_bad_input(config: Path):
    (config.parent / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)

    ran = run("people", "import", config.parent / "old.xls", "--config", config)

    assert ran.code == 2
    assert "save it as .xlsx" in ran.err


def many(count: int) -> str:
    rows = (f"p{number},Jansen{chr(97 + number % 26)}{chr(97 + number // 26)}\n" for number in range(count))
    return "external_id,surname\n" + "".join(rows)


def test_many_people_gone_at_once_are_refused_unless_their_number_is_confirmed(config: Path):
    importing(config, many(20))

    refused = importing(config, many(10))
    mistaken = importing(config, many(10), "--confirm-gone", "9")
    confirmed = importing(config, many(10), "--confirm-gone", "10")

    assert (refused.code, mistaken.code, confirmed.code) == (2, 2, 0)
    assert "10 of 20 people would be gone" in refused.err
    assert "--confirm-gone 10" in refused.err
    assert confirmed.lines[-2] == "0 added, 0 changed, 10 gone, 10 unchanged."


def test_a_list_shows_ids_and_no_names(registered: Path):
    ran = run("people", "list", "--config", registered)

    assert [line.split()[:3] for line in ran.lines[1:]] == [["1", "p1", "yes"], ["2", "p2", "yes"], ["3", "p3", "no"]]
    assert not [name for name in ("Sanne", "Molen", "Youssef", "@") if name in ran.out]


def test_names_are_revealed_for_a_reason_that_is_kept(registered: Path):
    before = run("audit", "verify", "--json", "--config", registered).json["records"]

    ran = run("people", "list", "--reveal", "vraag van Sanne", "--json", "--config", registered)

    assert [row["name"] for row in ran.json] == ["Sanne van der Molen", "Youssef El Amrani", "Marijke de Vries"]
    after = run("audit", "verify", "--json", "--config", registered).json
    assert (after["records"], after["broken_at"]) == (before + 1, None)


@pytest.mark.parametrize("words", [["list", "--reveal", " "], ["export", "--reveal", ""], ["export"]], ids=" ".join)
def test_names_are_not_revealed_without_a_reason(registered: Path, words: list[str]):
    ran = run("people", *words, "--config", registered)

    assert ran.code == 2
    assert "Molen" not in ran.out + ran.err


def test_one_person_is_shown_with_all_that_is_registered(registered: Path):
    ran = run("people", "show", "p1", "--reveal", "vraag", "--config", registered)

    assert "surname      Molen" in ran.lines
    assert "informed on  2026-01-01" in ran.lines


@pytest.mark.parametrize("action", ["show", "retire", "restore"])
def test_nobody_of_that_id_is_not_found(registered: Path, action: str):
    ran = run("people", action, "p9", "--config", registered)

    assert ran.code == 1
    assert "`naamwacht people list` lists the ids" in ran.err


def test_who_retired_is_not_searched_and_can_be_brought_back(registered: Path):
    retired = run("people", "retire", "p1", "--reason", "uit dienst", "--config", registered)
    between = run("people", "show", "p1", "--json", "--config", registered)
    restored = run("people", "restore", "p1", "--config", registered)
    after = run("people", "show", "p1", "--json", "--config", registered)

    assert (retired.code, restored.code) == (0, 0)
    assert (between.json["searched"], after.json["searched"]) == (False, True)
    assert (between.json["retired"] is None, after.json["retired"]) == (False, None)


def test_an_export_can_be_imported_again(registered: Path):
    exported = run("people", "export", "--reveal", "kopie", "--config", registered)

    rows = list(csv.DictReader(io.StringIO(exported.out)))
    again = importing(registered, exported.out, "--json")

    assert [row["surname"] for row in rows] == ["Molen", "El Amrani", "Vries"]
    assert (again.json["added"], again.json["changed"], again.json["gone"], again.json["unchanged"]) == ([], [], [], 3)


def test_a_corrupt_database_is_refused_and_left_as_it_is(registered: Path, people: Path):
    database = registered.parent / "data" / "naamwacht.db"
    database.write_bytes(b"no database at all" * 500)

    ran = run("people", "import", people, "--config", registered)

    assert ran.code == 5
    assert "is no SQLite database, or is damaged" in ran.err
    assert database.read_bytes() == b"no database at all" * 500


def test_an_empty_file_in_the_place_of_the_database_is_refused(registered: Path, people: Path):
    (registered.parent / "data" / "naamwacht.db").write_bytes(b"")

    ran = run("people", "import", people, "--config", registered)

    assert ran.code == 5
    assert "is an empty file" in ran.err
