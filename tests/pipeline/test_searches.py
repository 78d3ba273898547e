"""Asking about people: pages that only the engine vouches for, first askings, and engines that fail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from monitor.core.model import Carries
from monitor.ports import ProviderBlocked
from monitor.storage import schema
from monitor.storage.queries import list_mentions
from tests.fakes import NOW
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit
from tests.pipeline.test_mentions import TEXT

ADDRESS = "https://news.example.org/a"
SNIPPET = {"carries": Carries.SNIPPET, "published_at": NOW}


@pytest.fixture
def rig(sqlite_database) -> Rig:  # noqa: ANN001
    return Rig(sqlite_database).begin(SANNE, YOUSSEF).seeded()


def test_a_hit_that_shows_the_name_alerts_without_reading_the_page(rig: Rig) -> None:
    rig.ask(hit("… Sanne van der Molen …", **SNIPPET))

    assert (rig.told(), rig.pages_read) == ([("alert", "new")], [])


def test_a_hit_that_does_not_show_the_name_has_its_page_read_once(rig: Rig) -> None:
    rig.pages[ADDRESS] = TEXT

    rig.ask(hit("Ouders zijn boos.", **SNIPPET))
    rig.ask(hit("Ouders zijn boos.", **SNIPPET))

    assert (rig.told(), rig.pages_read) == ([("alert", "new")], [ADDRESS])


def test_what_only_the_engine_says_is_listed_and_never_alerted(rig: Rig) -> None:
    rig.ask(hit("Ouders zijn boos.", **SNIPPET))

    with rig.db.read() as tx:
        (mention,) = list_mentions(tx)

    assert (rig.told(), mention.held_back, mention.surfaces) == ([], "engine_says", ())


def test_a_page_that_was_read_and_does_not_name_her_is_no_mention(rig: Rig) -> None:
    rig.pages[ADDRESS] = "Niemand hier."

    rig.ask(hit("Ouders zijn boos.", **SNIPPET))

    assert rig.count("mention") == 0


def test_the_first_asking_of_a_name_seeds(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE)

    search = rig.ask(hit("… Sanne van der Molen …", **SNIPPET))

    assert (rig.told(), search.queries[0].since) == ([("summary", "already_online")], None)


def test_later_asking_is_limited_to_what_is_recent(rig: Rig) -> None:
    search = rig.ask()

    assert search.queries[0].since == NOW - timedelta(days=7)


def test_an_undated_hit_of_an_asking_without_limit_is_found_now(rig: Rig) -> None:
    rig.ask(hit("… Sanne van der Molen …", carries=Carries.SNIPPET, published_at=None), is_without_limit=True)

    assert rig.told() == [("digest", "found_now")]


def test_a_blocked_engine_rests_as_a_whole_and_the_name_stays_due(rig: Rig) -> None:
    rig.fail_ask(ProviderBlocked("captcha"))

    with rig.db.read() as tx:
        source = tx.execute(select(schema.source).where(schema.source.c.name == "search")).one()
        watch = tx.execute(select(schema.watch).where(schema.watch.c.person_id == 1)).one()

    assert (source.last_outcome, source.not_before > NOW, watch.next_ask_at < NOW + timedelta(minutes=15)) == (
        "blocked",
        True,
        True,
    )


def test_a_look_says_who_was_asked_for(rig: Rig) -> None:
    with rig.db.read() as tx:
        asked = set(tx.execute(select(schema.look_asked.c.person_id)).scalars())

    assert asked == {1, 2}


def test_more_pages_than_one_look_reads_are_listed_and_read_by_the_next(rig: Rig) -> None:
    hits = [hit("Ouders zijn boos.", address=f"https://news.example.org/{number}", **SNIPPET) for number in range(30)]
    rig.pages = {each.address: TEXT for each in hits}

    rig.ask(*hits)
    first = (len(rig.pages_read), rig.count("mention"))
    rig.ask(*hits)

    assert (first, len(rig.pages_read), len(rig.told())) == ((20, 30), 30, 30)


def test_pages_that_cannot_be_read_do_not_keep_others_from_being_read(rig: Rig) -> None:
    bad = [hit("Ouders zijn boos.", address=f"https://down.example.org/{number}", **SNIPPET) for number in range(20)]
    rig.ask(*bad)
    rig.pages[ADDRESS] = TEXT

    rig.ask(*bad, hit("Ouders zijn boos.", **SNIPPET))

    assert rig.told() == [("alert", "new")]


def test_opaque_addresses_are_all_listed(rig: Rig) -> None:
    opaque = {"carries": Carries.TITLE, "published_at": NOW, "has_opaque_address": True}

    rig.ask(
        *(hit("", address=f"https://o.example.net/{n}", title=f"Bericht {n}", site="s.example.org", **opaque) for n in range(40))
    )

    assert (rig.count("mention"), rig.pages_read) == (40, [])


def test_a_page_read_for_a_colleague_is_read_again_for_somebody_new(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE).seeded()
    rig.pages[ADDRESS] = "Hier staan Sanne van der Molen en Youssef El Amrani."
    rig.ask(hit("Ouders zijn boos.", **SNIPPET))
    rig.register(SANNE, YOUSSEF)
    rig.ask(hit("Ouders zijn boos.", **SNIPPET))

    rig.ask(hit("Ouders zijn boos.", **SNIPPET), person=2)

    assert rig.count("mention") == 2


def test_a_page_that_could_not_be_read_when_we_began_was_online_already(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE)
    rig.ask(hit("Ouders zijn boos.", **SNIPPET))
    rig.pages[ADDRESS] = TEXT

    rig.ask(hit("Ouders zijn boos.", **SNIPPET))

    assert rig.told() == [("summary", "already_online")]


def test_an_engine_s_word_that_the_page_does_not_bear_out_is_forgotten(rig: Rig) -> None:
    rig.ask(hit("Ouders zijn boos.", **SNIPPET))
    rig.pages[ADDRESS] = "Niemand hier."

    rig.ask(hit("Ouders zijn boos.", **SNIPPET))

    assert rig.count("mention") == 0


def test_a_slow_page_does_not_hold_up_what_was_found_otherwise(rig: Rig) -> None:
    hits = [hit("Ouders zijn boos.", address=f"https://slow.example.org/{number}", **SNIPPET) for number in range(20)]
    rig.seconds_a_page = 60

    rig.ask(*hits, hit("… Sanne van der Molen …", **SNIPPET))

    assert (rig.told(), len(rig.pages_read)) == ([("alert", "new")], 3)


def test_only_the_exchange_of_a_page_that_names_somebody_is_kept(rig: Rig) -> None:
    rig.pages = {ADDRESS: TEXT, "https://news.example.org/b": "Niemand hier."}

    rig.ask(hit("Boos.", **SNIPPET), hit("Boos.", address="https://news.example.org/b", **SNIPPET))

    assert rig.kept == ["page-exchange"]
