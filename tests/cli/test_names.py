"""`naamwacht names`: how a name is understood, how it is recognised, and its spellings switched off and on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Ran, run


def spellings(ran: Ran) -> dict[str, bool]:
    return {each["text"]: each["on"] for each in ran.json["spellings"]}


def test_a_name_is_taken_apart_and_its_spellings_are_listed_without_a_configuration() -> None:
    ran = run("names", "mw. S.M. (Sanne) van der Molen")

    assert ran.code == 0
    assert ran.lines[:4] == ["call name   Sanne", "initials    S.M.", "prefix      van der", "surname     Molen"]
    assert "Sanne v.d. Molen       first name and surname, its prefix written differently" in ran.out
    assert "This is sent to search engines: 1" in ran.lines
    assert ran.lines[-1].startswith("  The surname Molen is a word that stands in many texts. Fill in context")


def test_programs_get_every_spelling_with_how_rare_it_is() -> None:
    ran = run("names", "Sanne van der Molen-Veldekamp", "--json")

    told = {each["text"]: each for each in ran.json["spellings"]}
    whole, short = told["Sanne van der Molen-Veldekamp"], told["S. van der Molen"]
    assert (whole["form"], whole["name"], whole["on"], short["form"]) == ("full", "clear", True, "partial")
    assert whole["bearers"] < 1 < short["bearers"]
    assert [doubt["code"] for doubt in ran.json["doubts"]] == ["halves_unsure"]
    assert [form["text"] for form in ran.json["sent"]] == [
        "Sanne van der Molen-Veldekamp",
        "Sanne van der Molen",
        "Sanne Veldekamp",
    ]


def test_the_same_is_said_in_dutch() -> None:
    ran = run("names", "Jan de Vries", "--language", "nl")

    assert "naamgebruik    eigen naam" in ran.lines
    assert "Dit wordt naar zoekmachines gestuurd: 1" in ran.lines


def test_a_spelling_can_be_left_out_to_see_what_remains() -> None:
    ran = run("names", "Sanne van der Molen", "--without", "sanne van der molen", "--json")

    assert [text for text, is_on in spellings(ran).items() if not is_on] == ["Sanne van der Molen"]


def test_colleagues_who_have_the_name_are_named_by_their_ids(people: Path) -> None:
    ran = run("names", "Sanne van der Molen", "--people", people, "--json")

    assert {"code": "shared_name", "people": "p1"} in ran.json["weak"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "give either a NAME or --person ID"),
        (["Sanne Molen", "--person", "p1"], "give either a NAME or --person ID"),
        (["..."], "there is no name in that text"),
        (["\ud800"], "there is no name in that text"),
        (["x" * 300], "longer than 200 characters"),
        (["Sanne Molen", "--off", "S. Molen"], "need --person ID"),
        (["Sanne Molen", "--without", "Lotte Molen"], "spelling 1: is no spelling of this name"),
        (["Sanne Molen", "--alias", "huis"], "an alias that is one common word is refused: it would be found in every text"),
        (["--person", "p1"], "give --reveal REASON"),
        (["--person", "p1", "--reveal", "x", "--without", "y"], "go with a NAME"),
    ],
)
def test_what_cannot_be_answered_is_said(words: list[str], said: str) -> None:
    ran = run("names", *words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Lotte" not in ran.err


def test_the_name_of_a_registered_person_is_shown_for_a_reason_that_is_kept(registered: Path) -> None:
    before = run("audit", "verify", "--json", "--config", registered).json["records"]

    ran = run("names", "--person", "p1", "--reveal", "vraag van Sanne", "--json", "--config", registered)

    assert ran.json["name"]["surname"] == "Molen"
    assert run("audit", "verify", "--json", "--config", registered).json["records"] == before + 1


def test_a_spelling_of_a_registered_person_is_switched_off_and_on_without_showing_a_name(registered: Path) -> None:
    off = run("names", "--person", "p1", "--off", "Sanne Molen", "--off", "S. Molen", "--config", registered)
    between = run("names", "--person", "p1", "--reveal", "vraag", "--json", "--config", registered)
    on = run("names", "--person", "p1", "--on", "Sanne Molen", "--reason", "toch", "--json", "--config", registered)

    assert (off.code, off.out) == (0, "Person p1: 2 spellings are switched off.\n")
    assert [text for text, is_on in spellings(between).items() if not is_on] == ["Sanne Molen", "S. Molen"]
    assert (on.code, on.json) == (0, {"person": "p1", "switched_off": 1})


def test_what_is_switched_off_is_exported_and_stays_so_when_a_file_says_nothing_of_it(registered: Path, people: Path) -> None:
    run("names", "--person", "p1", "--off", "Molen, Sanne", "--config", registered)

    exported = run("people", "export", "--reveal", "kopie", "--config", registered)
    again = run("people", "import", people, "--json", "--config", registered)
    shown = run("names", "--person", "p1", "--reveal", "vraag", "--json", "--config", registered)

    assert '"Molen, Sanne;"' in exported.out
    assert (again.json["changed"], spellings(shown)["Molen, Sanne"]) == ([], False)


@pytest.mark.parametrize("words", [["--reveal", "vraag"], ["--off", "Sanne Molen"]], ids=["reveal", "off"])
def test_nobody_of_that_id_is_not_found(registered: Path, words: list[str]) -> None:
    ran = run("names", "--person", "p9", *words, "--config", registered)

    assert ran.code == 1
    assert "nobody on the watchlist has that id" in ran.err


def test_a_text_that_is_no_spelling_is_refused_without_repeating_it(registered: Path) -> None:
    ran = run("names", "--person", "p1", "--off", "Lotte Molen", "--config", registered)

    assert (ran.code, "Lotte" in ran.err) == (2, False)
    assert "spelling 1: is no spelling of this name" in ran.err
