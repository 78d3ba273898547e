"""How Bing News is asked, and what stands in its items."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from monitor.core.model import Carries, Query
from monitor.ports import Answer, Batch, FeedEntry, ParsedFeed, ProviderBlocked, ProviderError, QuotaExhausted
from providers.bing_news import BingNews, BingNewsSettings
from tests.fakes import NOW
from tests.providers.fakes import FakeHttp, always, answer, fixture, query, tools


def ask(http: FakeHttp, asked: Query | None = None, *, market: str = "nl-NL", feed: ParsedFeed | None = None) -> Batch:
    its_tools = tools(http) if feed is None else tools(http, parse_feed=lambda _: feed)
    return BingNews(BingNewsSettings(market=market), its_tools).ask(asked or query("Sanne van der Molen"), {})


def found() -> Answer:
    return answer(fixture("bing_news/two.xml"))


def test_the_forms_of_one_person_are_asked_as_exact_phrases():
    http = always(found())

    ask(http, query("Sanne van der Molen", 'Sanne "Sas" Molen'), market="nl-BE")

    assert http.requests[0].address.startswith("https://www.bing.com/news/search?")
    assert http.requests[0].parameters == {
        "q": '"Sanne van der Molen" OR "Sanne Sas Molen"',
        "format": "rss",
        "mkt": "nl-BE",
        "setlang": "nl",
    }


@pytest.mark.parametrize(
    ("since", "interval"),
    [
        (NOW - timedelta(hours=20), 'interval="7"'),
        (NOW - timedelta(days=7, seconds=2), 'interval="8"'),
        (NOW - timedelta(days=20), 'interval="9"'),
    ],
    ids=["a day", "a week and a moment", "a month"],
)
def test_how_far_back_to_look_is_rounded_up(since: datetime, interval: str):
    http = always(found())

    ask(http, query("Sanne van der Molen", since=since))

    assert http.requests[0].parameters["qft"] == interval


@pytest.mark.parametrize("since", [None, NOW - timedelta(days=60)])
def test_without_a_limit_no_interval_is_sent(since: datetime | None):
    http = always(found())

    ask(http, query("Sanne van der Molen", since=since))

    assert "qft" not in http.requests[0].parameters


def test_an_item_becomes_a_hit_under_the_address_of_its_outlet():
    hit = ask(always(found())).hits[0]

    assert hit.address == "https://www.streekbode.example.org/nieuws/1?id=4&deel=2"
    assert hit.title == "Ouders protesteren bij kantoor jeugdbescherming"
    assert hit.text == "Volgens de ouders weigerde Sanne van der Molen een gesprek."
    assert hit.carries is Carries.SNIPPET
    assert hit.published_at == datetime(2026, 11, 23, 7, 15, tzinfo=UTC)
    assert hit.site == "streekbode.example.org"
    assert hit.exchange == "exchange-1"


def test_an_item_without_a_click_counter_or_a_snippet_is_taken_as_it_is():
    hit = ask(always(found())).hits[1]

    assert (hit.address, hit.carries) == ("https://omroepnoord.test/nieuws/9", Carries.TITLE)


def test_a_feed_without_items_is_nothing_there():
    batch = ask(always(answer(fixture("bing_news/none.xml"))))

    assert batch.hits == ()
    assert batch.is_whole
    assert batch.echo == '"Sanne van der Molen" - BingNews'


def test_ten_items_may_not_be_all():
    entries = tuple(FeedEntry(url=f"https://example.org/{n}", title=str(n), text="") for n in range(10))

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
        (answer(fixture("bing_news/captcha.html")), ProviderBlocked),
        (answer(fixture("bing_news/captcha.html"), status=503), ProviderBlocked),
        (answer(fixture("bing_news/captcha.html"), status=429, headers={"retry-after": "60"}), QuotaExhausted),
        (answer(b"", status=403), ProviderBlocked),
        (answer(b"", status=502), ProviderError),
    ],
    ids=["captcha", "captcha 503", "quota", "forbidden", "gateway"],
)
def test_what_is_no_feed_is_told_with_its_cause(scripted: Answer, error: type[ProviderError]):
    with pytest.raises(ProviderError) as raised:
        ask(always(scripted))

    assert type(raised.value) is error
    assert "Molen" not in str(raised.value)


@pytest.mark.parametrize("market", ["nl", "NL-nl", "nl-NL&cc=us"])
def test_a_market_is_a_language_and_a_country(market: str):
    with pytest.raises(ValidationError):
        BingNewsSettings(market=market)
