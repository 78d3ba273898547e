"""`naamwacht providers` and `naamwacht notifiers`."""

from __future__ import annotations

from tests.cli.running import run


def test_providers_are_listed_with_their_settings():
    ran = run("providers")

    assert [line.partition(":")[0] for line in ran.lines if line and not line.startswith(" ")] == [
        "bing_news",
        "google_news",
        "rss",
        "searxng",
    ]
    assert "    url [text, needed]: Address of the feed." in ran.lines


def test_who_gets_names_is_said():
    listed = {card["name"]: card["sends_names"] for card in run("providers", "--json").json}

    assert listed == {"bing_news": True, "google_news": True, "rss": False, "searxng": True}


def test_notifiers_are_listed_with_their_settings():
    listed = {card["name"]: [setting["name"] for setting in card["settings"]] for card in run("notifiers", "--json").json}

    assert listed["console"] == []
    assert "host" in listed["email"]
    assert "sender" in listed["email"]


def test_one_plug_in_is_shown_alone():
    assert run("notifiers", "console").lines[0] == "console: sends messages"


def test_a_plug_in_that_is_not_installed_is_not_found():
    ran = run("providers", "carrier_pigeon")

    assert ran.code == 1
    assert "there are bing_news, google_news, rss, searxng" in ran.err
