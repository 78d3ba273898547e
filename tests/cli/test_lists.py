"""The commands that print what the database holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.app import SystemClock
from monitor.storage.deliveries import add_notice, claim_due, mark_failed
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from tests.cli.running import run
from tests.fakes import NOW


def test_mentions_show_ids_and_reasons_and_no_words_of_the_page(filled: Path):
    ran = run("mentions", "--json", "--config", filled)

    (mention,) = ran.json
    assert (mention["person"], mention["site"], mention["sure"]) == ("p1", "news.example.org", "certain")
    assert "form" in mention["reasons"]
    assert not [word for word in ("Molen", "jeugdzorg", "krant", "https") if word in ran.out]


def test_mentions_are_revealed_for_a_reason(filled: Path):
    (mention,) = run("mentions", "--json", "--reveal", "vraag", "--config", filled).json

    assert mention["name"] == "Sanne van der Molen"
    assert mention["written"] == ["Sanne van der Molen"]
    assert (mention["title"], mention["address"]) == ("Over jeugdzorg", "https://news.example.org/a")


def test_sources_show_how_they_are_doing(filled: Path):
    listed = {source["name"]: source for source in run("sources", "--json", "--config", filled).json}

    assert (listed["feed"]["outcome"], listed["feed"]["mentions"], listed["search"]["watches"]) == ("ok", 1, 2)


def test_looks_are_listed_by_source(filled: Path):
    looks = run("looks", "--source", "feed", "--json", "--config", filled).json

    assert {look["source"] for look in looks} == {"feed"}
    assert sum(look["hits"] for look in looks) == 1


def test_looks_at_an_unknown_source_are_not_found(filled: Path):
    ran = run("looks", "--source", "nieuws", "--config", filled)

    assert ran.code == 1
    assert "`naamwacht sources` lists them" in ran.err


def test_a_list_says_when_there_is_more(filled: Path):
    ran = run("looks", "--limit", "1", "--config", filled)

    assert len(ran.lines) == 2
    assert "There are more than 1" in ran.err


def test_messages_show_no_address_unless_it_is_revealed(filled: Path):
    plain = run("deliveries", "list", "--json", "--config", filled)
    revealed = run("deliveries", "list", "--json", "--reveal", "vraag", "--config", filled)

    assert "example.org" not in plain.out
    assert "sanne@example.org" in {row["to"] for row in revealed.json}
    assert {row["reference"][:3] for row in plain.json} == {"NW-"}


@pytest.fixture
def dead(filled: Path) -> tuple[Path, int]:
    """A configuration with one dead message, and its id."""
    database = Database(f"sqlite:///{filled.parent}/data/naamwacht.db")
    with database.write() as tx:
        add_notice(tx, 1, "test", {"code": "test"}, now=NOW)
        claimed = claim_due(tx, "mail", now=NOW, lease=NOW - NOW, limit=10)
        mark_failed(tx, claimed[-1].id, "nobody lives there", retry_at=None)
    database.close()
    return filled, claimed[-1].id


def test_dead_messages_are_listed_and_sent_again(dead: tuple[Path, int]):
    config, number = dead
    listed = run("deliveries", "list", "--state", "dead", "--json", "--config", config).json

    retried = run("deliveries", "retry", listed[0]["reference"], "--config", config)

    assert [(row["id"], row["last_error"]) for row in listed] == [(number, "nobody lives there")]
    assert (retried.code, retried.out) == (0, "1 message(s) will be sent again.\n")
    assert run("deliveries", "list", "--state", "dead", "--json", "--config", config).json == []


@pytest.mark.parametrize("message", ["999", "NW-ZZZZ", "nonsense!"])
def test_a_message_that_is_not_dead_is_not_sent_again(filled: Path, message: str):
    assert run("deliveries", "retry", message, "--config", filled).code == 1


def test_channels_show_no_address_unless_it_is_revealed(filled: Path):
    plain = run("channels", "list", "--json", "--config", filled)
    revealed = run("channels", "list", "--json", "--reveal", "vraag", "--config", filled)

    assert "@" not in plain.out
    assert "sanne@example.org" in {row["address"] for row in revealed.json}


def test_a_wrong_code_confirms_nothing(filled: Path):
    ran = run("channels", "confirm", "ABCD1234", "--config", filled)

    assert ran.code == 1
    assert "no channel waits for this code" in ran.err


def test_a_changed_audit_record_is_found(registered: Path):
    database = Database(f"sqlite:///{registered.parent}/data/naamwacht.db")
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE audit SET subject = 'people none' WHERE id = 1")
    database.close()

    ran = run("audit", "verify", "--config", registered)

    assert ran.code == 1
    assert "Record 1 of" in ran.out


def test_lists_may_be_read_while_a_daemon_runs(filled: Path):
    database = Database(f"sqlite:///{filled.parent}/data/naamwacht.db")

    with hold(database, now=SystemClock().now()):
        ran = run("mentions", "--config", filled)

    database.close()
    assert ran.code == 0


def test_a_second_daemon_is_told_who_holds_the_database(filled: Path):
    database = Database(f"sqlite:///{filled.parent}/data/naamwacht.db")

    with hold(database, now=SystemClock().now()):
        ran = run("once", "--config", filled)

    database.close()
    assert ran.code == 3
    assert "is in use by process" in ran.err
