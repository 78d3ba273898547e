"""What is added to a known Page, and what only was not shown to us before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from monitor.core.model import Carries
from monitor.storage import schema
from monitor.storage.engine import Database
from tests.fakes import NOW
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit
from tests.pipeline.test_mentions import COMMENT, TEXT

TEASER = "Ouders uit Almere hebben kritiek op het werk van Sanne van der Molen, zo bleek deze week tijdens een zitting."
ALERT = [("alert", "new")]
LATER = [("alert", "new"), ("digest", "snippet")]
ADDED = [("alert", "new"), ("alert", "added")]


@pytest.fixture
def rig(sqlite_database: Database) -> Rig:
    rig = Rig(sqlite_database).begin(SANNE, YOUSSEF, feeds=("feed", "other")).seeded()
    rig.poll(source="other")
    return rig


def test_the_full_text_after_the_teaser_of_the_same_feed_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEASER, carries=Carries.TEASER))
    rig.poll(hit(TEXT))

    assert rig.told() == LATER


def test_the_full_text_of_another_source_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEASER, carries=Carries.SNIPPET))
    rig.poll(hit(TEXT), source="other")

    assert rig.told() == LATER


def test_a_teaser_of_another_source_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT))
    rig.poll(hit(TEASER, carries=Carries.TEASER), source="other")

    assert rig.told() == LATER


def test_the_text_behind_a_headline_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit("", title="Kritiek op Sanne van der Molen", carries=Carries.TITLE))
    rig.poll(hit(TEXT, title="Kritiek op Sanne van der Molen"), source="other")

    assert rig.told() == LATER


def test_another_post_in_the_teaser_of_a_thread_alerts(rig: Rig) -> None:
    rig.poll(hit(TEASER, carries=Carries.TEASER))
    rig.poll(hit(COMMENT, carries=Carries.TEASER))

    assert rig.told() == ADDED


def test_a_comment_that_makes_a_teaser_a_full_text_alerts(rig: Rig) -> None:
    rig.poll(hit(TEASER, carries=Carries.TEASER))
    rig.poll(hit(TEASER + COMMENT))

    assert rig.told() == ADDED


def test_a_comment_that_another_source_shows_on_a_page_seen_as_a_whole_alerts(rig: Rig) -> None:
    rig.poll(hit(TEXT))
    rig.poll(hit(TEXT + COMMENT), source="other")

    assert rig.told() == ADDED


def test_a_comment_of_today_that_names_a_colleague_on_an_old_page_is_new(rig: Rig) -> None:
    rig.poll(hit(TEXT, published_at=NOW - timedelta(days=40)))
    rig.poll(hit(TEXT + " Ook Youssef El Amrani was erbij, schrijft iemand vandaag onder dit bericht.", published_at=NOW))

    assert rig.told() == [("digest", "found_now"), ("alert", "new")]


def test_an_edited_address_under_the_same_guid_and_title_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT, guid="42"))
    rig.poll(hit(TEXT, guid="42", address="https://news.example.org/a-better-slug"))

    assert (rig.told(), rig.count("page")) == (ALERT, 1)


def test_a_guid_that_every_entry_carries_joins_nothing(rig: Rig) -> None:
    rig.poll(hit(TEXT, guid="feed"), hit(COMMENT, guid="feed", address="https://news.example.org/b"))

    assert rig.count("page") == 2


@pytest.mark.parametrize(
    "published_at",
    [datetime(1970, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), NOW + timedelta(days=400)],
    ids=["1970", "year 1", "next year"],
)
def test_a_date_that_no_page_can_have_does_not_hide_news(rig: Rig, published_at: datetime) -> None:
    rig.poll(hit(TEXT, published_at=published_at))

    with rig.db.read() as tx:
        stored = tx.execute(select(schema.page.c.published_at)).scalar_one()
    assert (rig.told(), stored) == (ALERT, None)


def test_a_very_long_address_is_stored_like_any_other(rig: Rig) -> None:
    rig.poll(hit(TEXT, address="https://news.example.org/" + "a" * 6_000))
    rig.poll(hit(TEXT, address="https://news.example.org/" + "a" * 6_000))

    assert (rig.told(), rig.count("page")) == (ALERT, 1)


def test_news_in_the_moment_of_a_new_spelling_is_still_news(rig: Rig) -> None:
    record = rig.look(hit(TEXT))
    with rig.db.write("test") as tx:
        tx.execute(schema.person.update().values(number=0))
    rig.record(record)

    rig.refresh()
    rig.poll(hit(TEXT))

    assert rig.told() == ALERT


def test_a_headline_repeated_in_the_teaser_does_not_alert_when_it_is_edited(rig: Rig) -> None:
    first, second = (
        "Kritiek van ouders op Sanne van der Molen in Arnhem",
        "Felle kritiek klinkt op Sanne van der Molen bij rechtbank",
    )
    rig.poll(hit(f"{first} De Krant", title=first, carries=Carries.TEASER))
    rig.poll(hit(f"{second} De Krant", title=second, carries=Carries.TEASER))

    assert {reason for _, reason in rig.told()} == {"new"}


def test_an_edited_address_after_an_edited_title_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT, guid="42", title="Zaak"))
    rig.poll(hit(TEXT, guid="42", title="Zaak in Arnhem"))
    rig.poll(hit(TEXT, guid="42", title="Zaak in Arnhem", address="https://news.example.org/zaak-in-arnhem"))

    assert (rig.told(), rig.count("page")) == (ALERT, 1)


def test_a_rotating_list_around_the_name_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(f"{TEXT}\n\nWeer: zon\n\nVoogd Sanne van der Molen getuigt morgen\n\nSport: winst in Arnhem"))
    rig.poll(hit(f"{TEXT}\n\nFile op de A12\n\nVoogd Sanne van der Molen getuigt morgen\n\nBrand in een loods"))

    assert {reason for _, reason in rig.told()} == {"new"}
