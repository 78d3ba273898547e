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
