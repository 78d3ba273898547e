"""`naamwacht people import` of names in one column, and what it warns of."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from monitor.cli.importing import import_file
from monitor.cli.output import Output
from monitor.cli.running import InputError
from tests.cli.running import Ran, run

ONE_COLUMN = """\
external_id;naam;informed_on
p1;Molen, Sanne van der;2026-01-01
p2;Marijke van der Veldekamp-Ijzerloo;2026-01-01
p3;El Amrani Youssef;2026-01-01
"""


class Answering:
    """A screen at which somebody gives one answer, or walks away."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def say(self, text: str) -> None:
        raise AssertionError(text)

    def ask(self, prompt: str) -> str:
        self.asked.append(prompt)
        if self.answer is None:
            raise EOFError
        return self.answer

    def ask_secret(self, prompt: str) -> str:
        raise AssertionError(prompt)


def written(config: Path, text: str) -> Path:
    file = config.parent / "staff.csv"
    file.write_text(text, encoding="utf-8")
    return file


def importing(config: Path, text: str, *options: str) -> Ran:
    return run("people", "import", written(config, text), "--config", config, *options)


def asked(config: Path, text: str, screen: Answering) -> int:
    arguments = Namespace(
        config=config, file=written(config, text), dry_run=False, yes=False, confirm_gone=None, allow_address=False
    )
    return import_file(arguments, Output(), screen)


def test_names_that_nobody_confirmed_change_nothing(config: Path) -> None:
    ran = importing(config, ONE_COLUMN)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "nothing was changed: 3 names stand in one column and were taken apart (look at them with --dry-run, then give --yes)\n"
    )
    assert not (config.parent / "data").exists()


def test_a_dry_run_shows_how_each_name_was_understood_and_what_is_doubtful(config: Path) -> None:
    ran = importing(config, ONE_COLUMN, "--dry-run")

    heading, sanne, marijke, youssef = ran.lines[:4]
    assert heading.split() == ["external", "id", "written", "first", "names", "initials", "surname", "partner", "usage", "doubts"]
    assert sanne.split() == ["p1", "Molen,", "Sanne", "van", "der", "Sanne", "-", "van", "der", "Molen", "-", "own", "-"]
    assert marijke.endswith("read as the partner's and Ijzerloo as her own. That is a guess.")
    assert youssef.endswith("own          First name and surname may be the other way about.")


def test_a_dry_run_tells_programs_the_same(config: Path) -> None:
    names = importing(config, ONE_COLUMN, "--dry-run", "--json").json["names"]

    assert names[1] == {
        "row": 3,
        "external_id": "p2",
        "written": "Marijke van der Veldekamp-Ijzerloo",
        "given_names": ["Marijke"],
        "call_name": "",
        "initials": "",
        "prefix": "",
        "surname": "Ijzerloo",
        "partner_prefix": "van der",
        "partner_surname": "Veldekamp",
        "name_usage": "partner_own",
        "doubts": [{"code": "halves_unsure", "partner": "van der Veldekamp", "own": "Ijzerloo"}],
    }


def test_names_are_taken_with_yes_and_not_shown(config: Path) -> None:
    ran = importing(config, ONE_COLUMN, "--yes")

    assert (ran.code, ran.lines[:4]) == (0, ["+ p1", "+ p2", "+ p3", "3 added, 0 changed, 0 gone, 0 unchanged."])
    assert not [name for name in ("Sanne", "Molen", "Youssef") if name in ran.out]


@pytest.mark.parametrize("answer", ["y", "Yes", "j"])
def test_names_are_taken_when_somebody_says_that_they_are_right(
    config: Path, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Answering(answer)

    code = asked(config, ONE_COLUMN, screen)

    assert (code, screen.asked) == (0, ["Are these 3 names right? [y/N]: "])
    assert "Molen, Sanne van der" in capsys.readouterr().out


@pytest.mark.parametrize("answer", ["", "n", "what?", None])
def test_names_that_are_not_right_change_nothing(config: Path, answer: str | None) -> None:
    with pytest.raises(InputError, match="nothing was changed"):
        asked(config, ONE_COLUMN, Answering(answer))

    assert not (config.parent / "data").exists()


def test_only_names_that_are_new_or_read_differently_are_asked_for(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    importing(config, ONE_COLUMN, "--yes")
    again, changed = Answering("n"), Answering("y")

    asked(config, ONE_COLUMN.replace("2026-01-01", "2026-02-01"), again)
    asked(config, ONE_COLUMN.replace("Molen, Sanne", "Molen, Lotte"), changed)

    assert (again.asked, changed.asked) == ([], ["Are these 1 names right? [y/N]: "])
    assert "El Amrani" not in capsys.readouterr().out


def test_colleagues_of_one_name_and_weak_names_are_told_by_their_ids(config: Path) -> None:
    people = (
        "external_id,given_names,surname\n"
        "p1,Sanne,Ijzerloo\np2,Sanne Maria,Ijzerloo\np3,Lotte,Molen\np4,Lotte,Thomas\np5,,Veldekamp\np6,Lotte,Bas\n"
    )

    text = importing(config, people, "--dry-run").lines
    told = importing(config, people, "--dry-run", "--json").json

    assert told["shared_names"] == [["p1", "p2"]]
    assert told["weak"] == {
        "surname_is_given_name": ["p4", "p6"],
        "surname_is_short": ["p6"],
        "surname_is_word": ["p3"],
        "surname_only": ["p5"],
    }
    assert [line.partition(" (")[0] for line in text[-5:]] == [
        "2 weak, surname_is_given_name: p4, p6",
        "1 weak, surname_is_short: p6",
        "1 weak, surname_is_word: p3",
        "1 weak, surname_only: p5",
        "2 of one name, shared_name: p1, p2",
    ]


def test_fifty_people_of_one_name_are_told_in_one_line(config: Path) -> None:
    rows = "".join(f"p{number},Sanne,Ijzerloo\n" for number in range(50))

    ran = importing(config, f"external_id,given_names,surname\n{rows}")

    assert next(line for line in ran.lines if "shared_name" in line).startswith("50 of one name, shared_name: p0, p1, ")
    assert "p19 and 30 more (fill in context" in ran.lines[-1]


def test_an_alias_that_is_one_common_word_is_refused(config: Path) -> None:
    ran = importing(config, "external_id,surname,aliases\np1,Ijzerloo,huis\n")

    assert ran.code == 2
    assert "row 2, aliases: holds a value that is one common word" in ran.err
    assert "huis" not in ran.err
