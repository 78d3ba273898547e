"""How Google News is asked, and what stands in its items."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from monitor.core.model import Carries, Query
from monitor.ports import Answer, Batch, FeedEntry, ParsedFeed, ProviderBlocked, ProviderError, QuotaExhausted, Redirect
from providers.google_news import GoogleNews, GoogleNewsSettings
from tests.fakes import NOW
from tests.providers.fakes import FakeHttp, Request, always, answer, fixture, query, tools

CONSENT = "https://consent.google.com/m?continue=https://news.google.com/rss/search"


def ask(http: FakeHttp, asked: Query | None = None, *, edition: str = "NL:nl", feed: ParsedFeed | None = None) -> Batch:
    its_tools = tools(http) if feed is None else tools(http, parse_feed=lambda _: feed)
    return GoogleNews(GoogleNewsSettings(edition=edition), its_tools).ask(asked or query("Sanne van der Molen"), {})


def found() -> Answer:
    return answer(fixture("google_news/three.xml"))


def asks_for(words: str, request: Request) -> bool:
    return words in request.parameters["q"]


def test_country_language_and_edition_agree():
    http = always(found())

    ask(http, edition="BE:nl")

    assert http.requests[0].address.startswith("https://news.google.com/rss/search?")
    assert http.requests[0].parameters == {"q": '"Sanne van der Molen"', "hl": "nl", "gl": "BE", "ceid": "BE:nl"}


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (NOW - timedelta(minutes=5), '"Sanne van der Molen" when:1d'),
        (NOW - timedelta(days=7, seconds=2), '"Sanne van der Molen" when:7d'),
        (NOW - timedelta(days=7, hours=5), '"Sanne van der Molen" when:8d'),
    ],
    ids=["minutes", "a week and a moment", "more than a week"],
)
def test_how_far_back_to_look_is_rounded_up(since: datetime, words: str):
    http = always(found())

    ask(http, query("Sanne van der Molen", since=since))

    assert http.requests[0].parameters["q"] == words


def test_each_form_is_asked_alone_and_a_headline_found_twice_counts_once():
    http = always(found())

    batch = ask(http, query("Sanne van der Molen", "Sanne Molen"))

    assert [request.parameters["q"] for request in http.requests] == ['"Sanne van der Molen"', '"Sanne Molen"']
    assert len(batch.hits) == 3
    assert batch.hits[0].exchange == "exchange-1"
    assert batch.exchanges == ("exchange-1", "exchange-2")


def test_an_item_becomes_a_headline_of_its_outlet_under_an_opaque_address():
    hit = ask(always(found())).hits[0]

    assert hit.title == "Rechter: jeugdbeschermer handelde zorgvuldig"
    assert hit.text == ""
    assert hit.carries is Carries.TITLE
    assert hit.address == "https://news.google.com/rss/articles/CBMiAAAA1?oc=5"
    assert hit.has_opaque_address
    assert hit.guid == "CBMiAAAA1"
    assert hit.site == "streekbode.example.org"
    assert hit.published_at == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def test_only_the_outlet_is_taken_off_a_headline():
    hits = ask(always(found())).hits

    assert [hit.title for hit in hits[1:]] == ["Ouders - en nu?", "Zonder bron - maar met streepje"]


def test_an_item_without_a_guid_is_known_by_its_token():
    hit = ask(always(found())).hits[2]

    assert (hit.guid, hit.site) == ("CBMiAAAA3", "")


def test_the_query_as_google_understood_it_is_kept():
    batch = ask(always(found()))

    assert batch.echo == '"Sanne van der Molen" when:7d - Google Nieuws'


def test_a_hundred_items_may_not_be_all():
    entries = tuple(FeedEntry(url=f"https://news.google.com/rss/articles/{n}", title=str(n), text="") for n in range(100))

    batch = ask(always(found()), feed=ParsedFeed(title="", entries=entries))

    assert batch.is_full
    assert not ask(always(found())).is_full


def test_there_is_no_second_page():
    http = always(found())

    batch = ask(http, query("Sanne van der Molen", page=2))

    assert http.requests == []
    assert not batch.is_whole


@pytest.mark.parametrize(
    ("scripted", "error"),
    [
        (answer(fixture("google_news/consent.html"), to=CONSENT), ProviderBlocked),
        (answer(status=404, redirects=(Redirect(302, CONSENT),)), ProviderBlocked),
        (answer(b"<html>", to="https://www.google.com/sorry/index?continue=x", status=429), ProviderBlocked),
        (answer(fixture("google_news/unusual.html"), status=429), ProviderBlocked),
        (answer(fixture("google_news/unusual.html"), status=503), ProviderBlocked),
        (answer(fixture("google_news/unusual.html"), status=429, headers={"retry-after": "60"}), QuotaExhausted),
        (answer(fixture("google_news/consent.html")), ProviderBlocked),
        (answer(b"Bad request", status=400), ProviderError),
        (answer(b"", status=503), ProviderError),
    ],
    ids=["consent", "consent on the way", "sorry", "unusual 429", "unusual 503", "quota", "page", "edition", "overload"],
)
def test_what_is_no_feed_is_told_with_its_cause(scripted: Answer, error: type[ProviderError]):
    with pytest.raises(ProviderError) as raised:
        ask(always(scripted))

    assert type(raised.value) is error
    assert "Molen" not in str(raised.value)


def test_what_was_found_before_being_turned_away_is_kept():
    turned_away = answer(fixture("google_news/unusual.html"), status=429, headers={"retry-after": "600"})
    http = FakeHttp([(lambda request: asks_for("van der", request), found()), (lambda _: True, turned_away)])

    batch = ask(http, query("Sanne van der Molen", "S. Molen", "Sas Molen"))

    assert len(http.requests) == 2
    assert len(batch.hits) == 3
    assert batch.partial_failures == ("form 2 of 3: Google News was asked too often (429)",)
    assert batch.not_before == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("edition", ["nl", "NL", "nl:NL", "NL:nl&gl=US"])
def test_an_edition_is_a_country_and_a_language(edition: str):
    with pytest.raises(ValidationError):
        GoogleNewsSettings(edition=edition)
