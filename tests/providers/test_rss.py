"""How a feed is read."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.core.model import Carries
from monitor.ports import Batch, ParsedFeed, ProviderBlocked, ProviderError, QuotaExhausted, Redirect, State
from providers.rss import Rss, RssSettings
from tests.fakes import NOW
from tests.providers.fakes import FakeHttp, Rule, Scripted, always, answer, fixture, tools

FEED = "https://streekbode.example.org/rss.xml"


def read(http: FakeHttp, state: State | None = None, *, url: str = FEED) -> Batch:
    return Rss(RssSettings(url=url), tools(http)).read(state or {})


def test_an_entry_becomes_a_hit_with_its_exchange():
    http = always(answer(fixture("rss/regional.xml")))

    hit = read(http).hits[0]

    assert hit.address == "https://www.streekbode.example.org/nieuws/1"
    assert hit.title == "Ouders protesteren bij kantoor jeugdbescherming"
    assert hit.text == "Volgens de ouders weigerde Sanne van der Molen een gesprek."
    assert hit.published_at == datetime(2026, 11, 23, 7, 15, tzinfo=UTC)
    assert hit.guid == "bode-1"
    assert hit.site == "streekbode.example.org"
    assert hit.exchange == "exchange-1"


def test_a_hit_says_how_much_of_the_document_it_carries():
    batch = read(always(answer(fixture("rss/regional.xml"))))

    assert [hit.carries for hit in batch.hits] == [Carries.TEASER, Carries.TEXT, Carries.TITLE]


def test_an_author_is_text_that_can_be_matched():
    batch = read(always(answer(fixture("rss/regional.xml"))))

    assert batch.hits[1].text.endswith("hangt af van het geld.\n\nYoussef El Amrani")


def test_an_entry_without_a_link_keeps_its_guid_and_the_site_of_the_feed():
    hit = read(always(answer(fixture("rss/regional.xml")))).hits[2]

    assert (hit.address, hit.guid, hit.site) == ("", "bode-3", "streekbode.example.org")


def test_a_google_alert_leads_to_the_page_itself_and_carries_a_snippet():
    http = always(answer(fixture("rss/alerts.xml")))

    hit = read(http, url="https://www.google.com/alerts/feeds/000/111").hits[0]

    assert hit.address == "https://forum.example.org/t/7?page=2"
    assert hit.title == "Brief van Sanne van der Molen uitgelekt"
    assert hit.carries is Carries.SNIPPET
    assert hit.site == "forum.example.org"


def test_what_the_server_gave_to_compare_is_sent_back_the_next_time():
    first = always(
        answer(fixture("rss/regional.xml"), headers={"etag": 'W/"7"', "last-modified": "Mon, 23 Nov 2026 07:15:00 GMT"})
    )
    second = always(answer(status=304))

    batch = read(second, read(first).state)

    assert second.requests[0].headers["If-None-Match"] == 'W/"7"'
    assert second.requests[0].headers["If-Modified-Since"] == "Mon, 23 Nov 2026 07:15:00 GMT"
    assert batch.is_unchanged
    assert batch.state == {"etag": 'W/"7"', "last_modified": "Mon, 23 Nov 2026 07:15:00 GMT"}
    assert batch.exchanges == ("exchange-1",)


def test_nothing_is_compared_where_nothing_is_remembered():
    http = always(answer(fixture("rss/regional.xml")))

    read(http)

    assert "If-None-Match" not in http.requests[0].headers
    assert "If-Modified-Since" not in http.requests[0].headers


def test_an_etag_that_cannot_be_sent_back_is_not_kept():
    http = always(answer(fixture("rss/regional.xml"), headers={"etag": '"zo\u00eb"'}))

    assert read(http).state == {}


def test_unchanged_is_no_look_where_nothing_was_compared():
    with pytest.raises(ProviderError, match="304"):
        read(always(answer(status=304)))


def test_a_feed_that_was_cut_off_says_so_and_is_never_called_unchanged():
    scripted = answer(fixture("rss/regional.xml"), headers={"etag": '"7"'})
    http = always(scripted)
    cut = ParsedFeed(title="", entries=(), is_truncated=True)
    feed = Rss(RssSettings(url=FEED), tools(http, parse_feed=lambda _: cut))

    batch = feed.read({})

    assert batch.truncated
    assert not batch.is_whole
    assert batch.state == {}


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, 60),
        ({"cache-control": "public, max-age=7200"}, 120),
        ({"cache-control": "max-age=7200", "age": "7000"}, 60),
        ({"cache-control": "max-age=31536000"}, 360),
        ({"cache-control": "no-cache, max-age=7200"}, 60),
        ({"cache-control": "s-max-age=7200"}, 60),
        ({"date": "Tue, 24 Nov 2026 03:00:00 GMT", "expires": "Tue, 24 Nov 2026 05:00:00 GMT"}, 120),
        ({"expires": "-1"}, 60),
        ({"expires": "Tue, 24 Nov 2026 99:00:00 GMT", "date": "x"}, 60),
        ({"retry-after": "10800"}, 180),
    ],
    ids=["ttl", "max-age", "age", "a year", "no-cache", "not for us", "expires", "expired", "nonsense", "retry-after"],
)
def test_the_feed_is_left_alone_as_long_as_it_wishes_within_bounds(headers: dict[str, str], minutes: int):
    batch = read(always(answer(fixture("rss/regional.xml"), headers=headers)))

    assert batch.not_before == NOW + timedelta(minutes=minutes)


HEADERS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("cache-control", "age", "expires", "date", "retry-after", "etag", "last-modified"), st.text(max_size=30)
    ),
)


@settings(max_examples=200, deadline=None, database=None)
@given(headers=HEADERS, number=st.integers(min_value=0, max_value=10**30), status=st.sampled_from([200, 304, 429, 503]))
def test_no_header_can_break_a_look(headers: dict[str, str], number: int, status: int):
    sent = {**headers, "cache-control": f"max-age={number}", "age": str(number // 2)}
    http = always(answer(fixture("rss/alerts.xml"), status=status, headers=sent))

    with suppress(ProviderError):
        batch = read(http, {"etag": '"7"'})

        assert batch.not_before is None or NOW < batch.not_before <= NOW + timedelta(days=1)


def test_a_feed_without_a_wish_may_be_read_at_any_time():
    batch = read(always(answer(fixture("rss/alerts.xml"), headers={"cache-control": "private, max-age=0"})))

    assert batch.not_before is None


def test_a_feed_that_moved_for_good_says_where_to():
    hops = (Redirect(301, "https://b.test/rss"), Redirect(308, "https://c.test/rss"))

    batch = read(always(answer(fixture("rss/regional.xml"), redirects=hops, to="https://c.test/rss")))

    assert batch.moved_to == "https://c.test/rss"


def test_one_temporary_hop_moves_nothing():
    hops = (Redirect(301, "https://b.test/rss"), Redirect(302, "https://c.test/rss"))

    batch = read(always(answer(fixture("rss/regional.xml"), redirects=hops, to="https://c.test/rss")))

    assert batch.moved_to == ""


MOVED = "https://nieuw.example.org/rss"


def at(http_address: str, scripted: Scripted) -> Rule:
    return (lambda request: request.address == http_address, scripted)


def test_a_feed_that_moved_for_good_is_read_at_its_new_address_the_next_time():
    hops = (Redirect(301, MOVED),)
    first = always(answer(fixture("rss/regional.xml"), headers={"etag": '"7"'}, redirects=hops, to=MOVED))
    second = always(answer(fixture("rss/regional.xml"), headers={"etag": '"8"'}))

    batch = read(second, read(first).state)

    assert [(request.address, request.headers["If-None-Match"]) for request in second.requests] == [(MOVED, '"7"')]
    assert (batch.moved_to, batch.state) == (MOVED, {"etag": '"8"', "moved_to": MOVED})


def test_where_a_feed_moved_to_is_remembered_while_nothing_changes():
    batch = read(always(answer(status=304)), {"etag": '"7"', "moved_to": MOVED})

    assert (batch.moved_to, batch.state) == (MOVED, {"etag": '"7"', "moved_to": MOVED})


def test_a_feed_that_moves_on_is_followed():
    onward = answer(fixture("rss/regional.xml"), redirects=(Redirect(308, "https://c.test/rss"),), to="https://c.test/rss")

    batch = read(always(onward), {"moved_to": MOVED})

    assert (batch.moved_to, batch.state) == ("https://c.test/rss", {"moved_to": "https://c.test/rss"})


@pytest.mark.parametrize("fault", [answer(status=404), answer(b"<html></html>"), ProviderError("nobody answers")])
def test_a_feed_that_is_not_found_at_its_new_address_is_read_at_the_old_one(fault: Scripted):
    http = FakeHttp([at(MOVED, fault), at(FEED, answer(fixture("rss/regional.xml")))])

    batch = read(http, {"etag": '"7"', "moved_to": MOVED})

    assert (len(batch.hits), batch.moved_to, batch.state) == (3, "", {})
    assert "If-None-Match" not in http.requests[1].headers


def test_a_feed_that_moved_back_is_at_its_old_address():
    back = answer(fixture("rss/regional.xml"), redirects=(Redirect(301, FEED),), to=FEED)

    batch = read(always(back), {"moved_to": MOVED})

    assert (batch.moved_to, batch.state) == ("", {})


def test_a_feed_asked_too_often_at_its_new_address_is_not_asked_at_the_old_one():
    http = always(answer(status=429, headers={"retry-after": "60"}))

    with pytest.raises(QuotaExhausted):
        read(http, {"moved_to": MOVED})

    assert len(http.requests) == 1


def test_a_feed_that_is_gone_is_not_tried_again():
    with pytest.raises(ProviderError, match="410") as raised:
        read(always(answer(status=410)))

    assert not raised.value.retryable


@pytest.mark.parametrize("status", [401, 403])
def test_a_feed_that_does_not_let_us_in_is_blind(status: int):
    with pytest.raises(ProviderBlocked, match=str(status)):
        read(always(answer(b"<html></html>", status=status)))


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 24 Nov 2026 09:30:00 GMT", timedelta(minutes=30)),
        ("Tue, 24 Nov 2026 08:00:00 GMT", timedelta()),
        ("999999999999", timedelta(days=1)),
        ("Fri, 31 Dec 9999 23:59:59 -0900", None),
        ("soon", None),
        ("-5", None),
    ],
    ids=["seconds", "a date", "a date gone by", "for ever", "a date beyond time", "a word", "negative"],
)
def test_a_server_that_is_overloaded_is_left_alone_as_it_asks(value: str, wait: timedelta | None):
    with pytest.raises(ProviderError) as raised:
        read(always(answer(status=503, headers={"retry-after": value})))

    assert raised.value.retryable
    assert raised.value.retry_after == wait


def test_asked_too_often_is_a_quota_where_its_end_is_known():
    with pytest.raises(QuotaExhausted) as raised:
        read(always(answer(status=429, headers={"retry-after": "3600"})))

    assert raised.value.until == NOW + timedelta(hours=1)


def test_asked_too_often_without_an_end_is_tried_again():
    with pytest.raises(ProviderError, match="429") as raised:
        read(always(answer(status=429)))

    assert not isinstance(raised.value, QuotaExhausted)
    assert raised.value.retryable


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/feed",
        "file:///etc/passwd",
        "example.org/feed",
        "https://",
        "https://me:secret@example.org/feed",
        "http://[::1",
    ],
)
def test_a_feed_has_a_plain_web_address(url: str):
    with pytest.raises(ValidationError) as raised:
        RssSettings(url=url)

    assert "secret" not in str(raised.value)
