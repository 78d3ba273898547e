"""Saying whose a mention is, and taking it back, from the console."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run


def test_a_namesake_is_named_once_and_can_be_taken_back(filled: Path):
    said = run("mentions", "not-ours", "1", "--config", filled)
    (mention,) = run("mentions", "--json", "--config", filled).json
    (profile,) = run("namesakes", "list", "--json", "--config", filled).json
    taken_back = run("namesakes", "forget", profile["id"], "--reason", "vergissing", "--config", filled)
    (after,) = run("mentions", "list", "--json", "--config", filled).json

    assert (said.code, taken_back.code) == (0, 0)
    assert f"`naamwacht namesakes forget {profile['id']}`" in said.out
    assert (mention["said"], after["said"]) == ("not_ours", "")
    assert run("namesakes", "list", "--json", "--config", filled).json == []


def test_profiles_show_ids_and_no_words_of_the_page(filled: Path):
    run("mentions", "not-ours", "1", "--config", filled)

    ran = run("namesakes", "list", "--json", "--config", filled)

    (profile,) = ran.json
    assert (profile["person"], profile["said"], profile["mention"], profile["site"]) == ("p1", "not_ours", 1, "news.example.org")
    assert isinstance(profile["terms"], int)
    assert not [word for word in ("Molen", "jeugdzorg", "krant") if word in ran.out]


def test_profiles_are_revealed_for_a_reason(filled: Path):
    run("mentions", "not-ours", "1", "--config", filled)

    (profile,) = run("namesakes", "list", "--json", "--reveal", "vraag", "--config", filled).json

    assert profile["name"] == "Sanne van der Molen"
    assert isinstance(profile["terms"], list)


@pytest.mark.parametrize(("action", "said"), [("confirm", "ours"), ("dismiss", "not_ours")])
def test_what_is_said_stands_in_the_list(filled: Path, action: str, said: str):
    assert run("mentions", action, "1", "--config", filled).code == 0

    assert run("mentions", "--json", "--config", filled).json[0]["said"] == said


@pytest.mark.parametrize("argv", [("mentions", "confirm", "17"), ("mentions", "dismiss", "17"), ("namesakes", "forget", "17")])
def test_what_is_not_there_is_not_found(filled: Path, argv: tuple[str, ...]):
    ran = run(*argv, "--config", filled)

    assert (ran.code, "lists them" in ran.err) == (1, True)


@pytest.mark.parametrize(
    "argv",
    [("confirm",), ("list", "1"), ("confirm", "x"), ("forget", "1")],
    ids=["no id", "an id to list", "no number", "no such"],
)
def test_wrong_usage_is_said(filled: Path, argv: tuple[str, ...]):
    assert run("mentions", *argv, "--config", filled).code == 2
