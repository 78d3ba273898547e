"""What is news, what is not, and what is held back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.core import urls
from monitor.core.model import Carries, Name
from monitor.evidence.exchanges import ExchangeStore
from monitor.pipeline.housekeep import housekeep, renew_addresses
from monitor.pipeline.record import record_looks
from monitor.ports import ProviderError
from monitor.storage import mentions, schema
from tests.fakes import NOW
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit

TEXT = (
    "De rechtbank deed gisteren uitspraak in de zaak. Volgens de ouders heeft Sanne van der Molen van Jeugdbescherming "
    "Voorbeeld het dossier te laat gelezen, en dat had volgens hen niet mogen gebeuren."
)
COMMENT = (
    "\n\nReactie van een lezer onder dit stuk op dinsdag: ik heb vorig jaar ook met Sanne van der Molen te maken gehad en zij "
    "was altijd op tijd en luisterde goed naar ons verhaal."
)


@pytest.fixture
def rig(sqlite_database) -> Rig:  # noqa: ANN001
    return Rig(sqlite_database).begin(SANNE, YOUSSEF).seeded()


def test_a_new_page_that_names_her_alerts_once(rig: Rig) -> None:
    rig.poll(hit(TEXT))
    rig.poll(hit(TEXT))

    assert rig.told() == [("alert", "new")]


def test_an_edited_title_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT))
    rig.poll(hit(TEXT, title="Ouders boos op Sanne van der Molen"))

    assert rig.told() == [("alert", "new")]


def test_a_changed_guid_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT, guid="1"))
    rig.poll(hit(TEXT, guid="2"))

    assert rig.told() == [("alert", "new")]


def test_a_changed_guid_without_an_address_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT, address="", guid="1"))
    rig.poll(hit(TEXT, address="", guid="2"))

    assert (rig.told(), rig.count("page")) == ([("alert", "new")], 1)


def test_two_entries_without_an_address_are_two_pages(rig: Rig) -> None:
    rig.poll(hit(TEXT, address="", guid="1"), hit(COMMENT, address="", guid="2"))

    assert rig.count("page") == 2


def test_a_second_source_does_not_alert_again(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE, feeds=("feed", "other"))
    rig.poll()
    rig.poll(source="other")

    rig.poll(hit(TEXT))
    rig.poll(hit(TEXT, address="https://www.news.example.org/a?utm_source=rss"), source="other")

    assert (rig.told(), rig.count("sighting")) == ([("alert", "new")], 2)


def test_a_page_rendered_anew_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT))
    rig.poll(hit("Menu Nieuws Sport Weer " + TEXT.replace("gisteren uitspraak", "dinsdag uitspraak")))

    assert rig.told() == [("alert", "new")]


def test_a_new_comment_on_a_known_page_alerts_once(rig: Rig) -> None:
    rig.poll(hit(TEXT))
    rig.poll(hit(TEXT + COMMENT))
    rig.poll(hit(TEXT + COMMENT))

    assert rig.told() == [("alert", "new"), ("alert", "added")]


def test_one_page_that_names_two_colleagues_alerts_both(rig: Rig) -> None:
    rig.poll(hit(TEXT + " Ook Youssef El Amrani was erbij."))

    assert (rig.told(), rig.count("page"), rig.count("mention")) == ([("alert", "new"), ("alert", "new")], 1, 2)


def test_a_change_of_the_address_rules_does_not_alert_again(rig: Rig) -> None:
    rig.poll(hit(TEXT))
    with rig.db.write("test") as tx:
        tx.execute(schema.address.update().values(key="key made by older rules", rules=urls.RULES_VERSION + 1))

    renew_addresses(rig.world)
    rig.poll(hit(TEXT))

    assert (rig.told(), rig.count("page")) == ([("alert", "new")], 1)


def test_two_pages_that_the_newer_rules_make_one_are_one(rig: Rig) -> None:
    rig.poll(hit(TEXT), hit(TEXT, address="https://news.example.org/b"))
    with rig.db.write("test") as tx:
        tx.execute(schema.address.update().values(address="https://news.example.org/a", rules=urls.RULES_VERSION + 1))

    renew_addresses(rig.world)

    with rig.db.read() as tx:
        assert list(tx.execute(select(schema.page.c.same_as).order_by(schema.page.c.id)).scalars()) == [None, 1]


def test_what_is_online_when_we_begin_comes_in_one_summary(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE)

    rig.poll(hit(TEXT), hit(COMMENT, address="https://forum.example.org/1"))

    assert (rig.told(), rig.count("delivery")) == ([("summary", "already_online")] * 2, 1)


def test_a_partial_first_look_goes_on_seeding(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE)
    rig.poll(truncated="first 10 read")

    rig.poll(hit(TEXT))

    assert rig.told() == [("summary", "already_online")]


def test_a_source_that_is_never_whole_does_not_hide_news_for_ever(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE)
    rig.poll(partial_failures=("one engine",))
    rig.clock.advance(timedelta(days=2))

    rig.poll(hit(TEXT, published_at=rig.clock.now()), partial_failures=("one engine",))

    assert rig.told() == [("alert", "new")]


def test_a_name_added_later_meets_old_text_silently(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(YOUSSEF).seeded()
    rig.poll(*(hit(TEXT, address=f"https://news.example.org/{number}") for number in range(40)))

    rig.register(YOUSSEF, SANNE)
    rig.poll(*(hit(TEXT, address=f"https://news.example.org/{number}") for number in range(40)))

    assert (set(rig.told()), rig.count("delivery"), rig.count("mention")) == ({("summary", "already_online")}, 1, 40)


def test_a_name_added_later_is_alerted_of_what_comes_after(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(YOUSSEF).seeded()

    rig.register(YOUSSEF, SANNE)
    rig.poll(hit(TEXT))

    assert rig.told() == [("alert", "new")]


def test_a_new_spelling_meets_old_text_silently(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(SANNE).seeded()
    married = TEXT.replace("van der Molen", "Bakker")
    rig.poll(hit(married))

    rig.register(replace(SANNE, name=Name(surname="Molen", prefix="van der", given_names=("Sanne",), aliases=("Sanne Bakker",))))
    rig.poll(hit(married))

    assert rig.told() == [("summary", "already_online")]


def test_a_new_name_makes_a_source_be_read_anew(sqlite_database) -> None:  # noqa: ANN001
    rig = Rig(sqlite_database).begin(YOUSSEF)
    rig.poll(state={"etag": "1", "cursor": "7"})
    rig.register(YOUSSEF, SANNE)

    with rig.db.read() as tx:
        state = tx.execute(select(schema.source.c.state_number)).scalars().first()

    assert rig.watchlist is not None
    assert state != rig.watchlist.number


def test_a_page_older_than_thirty_days_is_found_now_and_not_new(rig: Rig) -> None:
    rig.poll(hit(TEXT, published_at=NOW - timedelta(days=31)))

    assert rig.told() == [("digest", "found_now")]


def test_an_undated_page_of_a_feed_is_new(rig: Rig) -> None:
    rig.poll(hit(TEXT, published_at=None))

    assert rig.told() == [("alert", "new")]


def test_who_was_withdrawn_meanwhile_is_not_stored(rig: Rig) -> None:
    record = rig.look(hit(TEXT))
    rig.register(YOUSSEF)

    record_looks([record], rig.world)

    assert (rig.told(), rig.count("mention")) == ([], 0)


def test_a_failed_look_says_so_and_moves_nothing(rig: Rig) -> None:
    rig.fail(ProviderError("the server does not answer"))

    with rig.db.read() as tx:
        row = tx.execute(select(schema.source).where(schema.source.c.name == "feed")).one()

    assert (row.last_outcome, row.failures, row.last_detail) == ("failed", 1, "the server does not answer")


def test_looks_that_bring_nothing_new_are_one_row(rig: Rig) -> None:
    before = rig.count("look")
    rig.poll(hit("Niets bijzonders."))
    rig.poll(hit("Niets bijzonders."))

    assert rig.count("look") == before


def test_the_raw_exchange_is_kept_before_it_is_named(rig: Rig) -> None:
    rig.poll(hit(TEXT, exchange="abc"), hit("Niemand.", address="https://news.example.org/b", exchange="def"))

    assert rig.kept == ["abc"]


def test_characters_that_no_database_keeps_are_replaced(rig: Rig) -> None:
    rig.poll(hit("\x00\ud800 " + TEXT, title="\x00"))

    assert rig.told() == [("alert", "new")]


def test_an_opaque_address_joins_the_page_with_the_same_title_on_the_same_site(rig: Rig) -> None:
    title = "Sanne van der Molen wint prijs"
    rig.poll(hit(TEXT, title=title))

    rig.poll(
        hit(
            "",
            address="https://opaque.example.net/x",
            title=title,
            site="news.example.org",
            has_opaque_address=True,
            carries=Carries.TITLE,
        )
    )

    assert (rig.count("delivery"), rig.count("page")) == (1, 1)


def test_a_plain_address_joins_the_opaque_page_before_it(rig: Rig) -> None:
    title = "Sanne van der Molen wint prijs"
    opaque = hit("", address="https://opaque.example.net/x", title=title, site="news.example.org", carries=Carries.TITLE)
    rig.poll(replace(opaque, has_opaque_address=True))

    rig.poll(hit("", title=title, carries=Carries.TITLE))

    assert (rig.told(), rig.count("page")) == ([("alert", "new")], 1)


def test_an_opaque_page_of_four_days_ago_is_another_page(rig: Rig) -> None:
    title = "Sanne van der Molen in de raad"
    opaque = hit("", address="https://opaque.example.net/x", title=title, site="news.example.org", carries=Carries.TITLE)
    rig.poll(replace(opaque, has_opaque_address=True))
    rig.clock.advance(timedelta(days=4))

    rig.poll(hit("", title=title, carries=Carries.TITLE, published_at=rig.clock.now()))

    assert rig.count("page") == 2


def test_an_opaque_address_found_late_joins_the_page_of_the_same_day(rig: Rig) -> None:
    title = "Sanne van der Molen in de raad"
    rig.poll(hit(TEXT, title=title))
    rig.clock.advance(timedelta(days=5))
    opaque = hit("", address="https://opaque.example.net/x", title=title, site="news.example.org", carries=Carries.TITLE)

    rig.poll(replace(opaque, has_opaque_address=True))

    assert (rig.count("delivery"), rig.count("page")) == (1, 1)


def test_an_exchange_that_showed_an_added_comment_is_named(rig: Rig) -> None:
    rig.poll(hit(TEXT, exchange="first"))
    rig.poll(hit(TEXT + COMMENT, exchange="second"))

    with rig.db.read() as tx:
        named = mentions.load_named_exchanges(tx, ["first", "second", "third"])

    assert named == {"first", "second"}


def test_text_that_was_matched_before_keeps_no_further_exchange(rig: Rig) -> None:
    rig.poll(hit(TEXT, exchange="first"))
    rig.poll(hit(TEXT, exchange="second"))

    assert rig.kept == ["first"]


def test_thirty_days_after_somebody_retired_nothing_is_known_of_them(rig: Rig, tmp_path: Path) -> None:
    rig.poll(hit(TEXT))
    rig.register(YOUSSEF)
    rig.clock.advance(timedelta(days=31))

    housekeep(rig.world, ExchangeStore(tmp_path / "exchanges"))

    assert [rig.count(table) for table in ("person", "mention", "passage", "page", "delivery_part")] == [1, 0, 0, 0, 0]


def test_what_a_source_showed_is_forgotten_after_ninety_days(rig: Rig, tmp_path: Path) -> None:
    rig.poll(hit(TEXT))
    rig.clock.advance(timedelta(days=91))

    housekeep(rig.world, ExchangeStore(tmp_path / "exchanges"))

    assert rig.count("shown") == 0


def test_after_three_failed_looks_the_operator_hears_of_it_once(rig: Rig) -> None:
    for _ in range(5):
        rig.fail(ProviderError("the server does not answer"))

    with rig.db.read() as tx:
        notices = list(tx.execute(select(schema.delivery.c.notice).where(schema.delivery.c.kind == "notice")).scalars())

    assert [(notice["code"], notice["source"]) for notice in notices] == [("source_blind", "feed")]
