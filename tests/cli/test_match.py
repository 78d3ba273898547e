"""`naamwacht match`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import HERE, Ran, command, process, run, surroundings

SANNE = "external_id,given_names,prefix,surname\np1,Sanne,van der,Molen\n"
HEAD = '{"id":"a","text":"Sanne van der Molen"}\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(SANNE, encoding="utf-8")
    return path


def match(file: Path, *documents: object) -> Ran:
    lines = (each if isinstance(each, str) else json.dumps(each) + "\n" for each in documents)
    return process("match", "--people", file, stdin="".join(lines).encode("utf-8", "surrogatepass"))


def test_documents_of_every_form_are_answered_in_their_order(file: Path):
    ran = match(
        file,
        "\ufeff" + HEAD.replace("\n", "\r\n"),
        "\n",
        {"id": 2, "title": "Molen, Sanne van der", "text": None, "url": ""},
        {"id": 3, "text": "niemand"},
        {"id": "\ud800", "text": "\U0001f600 \ud800 Sanne van der Molen", "more": [1]},
        {"id": 5, "title": "S. van der Molen", "text": "Sanne van der Molen"},
    )

    assert (ran.code, ran.err) == (0, "")
    assert [(row["id"], row["person"], row["name"], row["band"]) for row in ran.rows] == [
        ("a", "p1", "clear", "possible"),
        (2, "p1", "clear", "possible"),
        ("\ud800", "p1", "clear", "possible"),
        (5, "p1", "clear", "possible"),
    ]
    assert list(ran.rows[0]) == ["id", "person", "name", "confidence", "band", "spans", "reasons"]
    assert ran.rows[0]["spans"] == [{"field": "text", "start": 0, "end": 19, "surface": "Sanne van der Molen", "form": "full"}]
    assert [reason["code"] for reason in ran.rows[0]["reasons"]] == ["form", "rarity"]
    assert ran.rows[0]["reasons"][0] == {"code": "form", "form": "full"}
    assert 5 < ran.rows[0]["reasons"][1]["bearers"] < 50
    assert ran.rows[1]["spans"][0]["form"] == "inverted"
    # Code points, whatever a text is made of.
    assert ran.rows[2]["spans"][0]["start"] == 4
    assert [(span["field"], span["form"]) for span in ran.rows[3]["spans"]] == [("title", "initials"), ("text", "full")]


def test_a_rare_name_is_certain_by_itself_and_a_common_one_is_not(file: Path):
    file.write_text("external_id,given_names,prefix,surname\np1,Ottoline,,Wolthekker\np2,Jan,de,Vries\n", encoding="utf-8")

    ran = match(file, {"id": 1, "text": "Ottoline Wolthekker en, elders,\n\nJan de Vries"})

    assert [(row["person"], row["name"]) for row in ran.rows] == [("p1", "clear"), ("p2", "clear")]
    assert ran.rows[0]["band"] == "certain"
    assert ran.rows[1]["band"] == "possible"


def test_it_is_explained_to_people(file: Path):
    text = "Het regent al dagen. Namens de raad sprak mw. S. v.d. Molen. Daarna was er koffie."

    ran = run("match", "--people", file, "--explain", stdin=json.dumps({"id": "a", "text": text}).encode())

    first, second, third, fourth, why, *reasons, total, end = ran.lines
    assert (ran.code, first, end) == (0, "Document a, person p1", "")
    assert second.startswith("  Is it this employee? ")
    assert third == "  Is it that name? Probably yes."
    assert fourth == "  text: Namens de raad sprak mw. [S. v.d. Molen]."
    assert why == "  Why (points add up):"
    assert [line.split(" ", 3)[3] for line in reasons] == [
        "The name is written as: initials and surname",
        "About 1,000 people in the Netherlands have such a name, estimated from how often the words are written",
    ]
    assert float(total.split()[0]) == pytest.approx(sum(float(line.split()[0]) for line in reasons), abs=0.02)


def test_it_is_explained_in_dutch_and_says_where_nobody_is_named(file: Path):
    ran = run("match", "--people", file, "--explain", "--language", "nl", stdin=HEAD.encode() + b'{"id":"b","text":"niemand"}')

    assert "  Staat deze naam er? Ja, duidelijk." in ran.lines
    assert ran.lines[-1] == "Document b: niemand van de lijst wordt genoemd."


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "17",
        '{"text":"x"}',
        '{"id":null,"text":"x"}',
        '{"id":true,"text":"x"}',
        '{"id":1.5,"text":"x"}',
        '{"id":1}',
        '{"id":1,"text":["x"]}',
        '{"id":1,"url":7}',
        "[" * 5_000,
    ],
    ids=lambda line: line[:24],
)
def test_a_line_that_is_no_document_ends_it_with_its_number(file: Path, line: str):
    ran = run("match", "--people", file, stdin=(HEAD + "\n" + line + "\n" + HEAD).encode())

    assert ran.code == 2
    assert [row["id"] for row in ran.rows] == ["a"]
    assert ran.err.startswith("line 3: ")
    assert ran.err.count("\n") == 1


def test_bytes_that_are_not_utf_8_end_it(file: Path):
    ran = run("match", "--people", file, stdin=b'{"id":1,"text":"\xff"}\n')

    assert (ran.code, ran.err) == (2, "line 1: not JSON (one object on each line, in UTF-8)\n")


def test_an_answer_comes_before_the_next_question(file: Path):
    running = subprocess.Popen(
        command("match", "--people", file), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings()
    )
    assert running.stdin is not None
    assert running.stdout is not None

    answers = []
    for _ in range(3):
        running.stdin.write(HEAD.encode())
        running.stdin.flush()
        answers.append(json.loads(running.stdout.readline()))

    running.communicate(timeout=20)
    assert [answer["person"] for answer in answers] == ["p1", "p1", "p1"]
    assert running.returncode == 0


def test_faults_in_what_is_not_matched_do_not_matter(file: Path):
    file.write_text(
        "Personeelsnummer;Voornaam;Tussenvoegsel;Achternaam;E-mail;Geïnformeerd op;In dienst;Waarnemer;Taal;Telefoon;grondslag\n"
        "p1;Sanne;van der;Molen;geen adres;gisteren;2026-13-45;niemand;klingon;-;\x07\n",
        encoding="utf-8",
    )

    ran = run("match", "--people", file, stdin=HEAD.encode())

    assert (ran.code, ran.err) == (0, "")
    assert ran.rows[0]["person"] == "p1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("external_id,surname\np1,M\n", "row 2, surname: is one letter"),
        ("external_id,surname\np1,Molen\np1,Vries\n", "row 3, external_id: is the same as in row 2"),
        ("surname\nMolen\n", "row 1, external_id: is missing"),
        ("external_id,surname,nmae\np1,Molen,x\n", 'the heading "nmae" is not known'),
        ("", "the file is empty"),
    ],
)
def test_a_people_file_that_cannot_be_matched_with_is_bad_input(file: Path, text: str, said: str):
    file.write_text(text, encoding="utf-8")

    ran = run("match", "--people", file, stdin=HEAD.encode())

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_people_file_that_is_not_there_is_bad_input(file: Path):
    ran = run("match", "--people", file.with_name("none.csv"), stdin=HEAD.encode())

    assert ran.code == 2
    assert "none.csv: cannot be read: No such file or directory" in ran.err


def test_no_documents_are_no_answers(file: Path):
    assert run("match", "--people", file, stdin=b"") == Ran(0, "", "")


def test_the_reference_shows_what_it_really_says(tmp_path: Path):
    page = (HERE / "docs/reference/matching.md").read_text(encoding="utf-8")
    shown = page.partition("```console\n$ cat people.csv\n")[2].partition("```")[0]
    people, _, rest = shown.partition("$ cat docs.jsonl\n")
    documents, _, rest = rest.partition("$ naamwacht match --people people.csv < docs.jsonl\n")
    answers, _, explained = rest.partition("$ naamwacht match --people people.csv --explain < docs.jsonl\n")
    file = tmp_path / "people.csv"
    file.write_text(people, encoding="utf-8")

    assert run("match", "--people", file, stdin=documents.encode()).out == answers
    assert run("match", "--people", file, "--explain", stdin=documents.encode()).out == explained
