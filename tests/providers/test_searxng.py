"""How a SearXNG is asked, and how an empty answer is told from one in which nobody looked."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.core.model import Carries, Query
from monitor.ports import Answer, Batch, ProviderBlocked, ProviderError, QuotaExhausted, State
from providers.searxng import SearXNG, SearXNGSettings
from tests.fakes import NOW
from tests.providers.fakes import FakeHttp, Request, always, answer, fixture, query, tools

WEEK = NOW - timedelta(days=7, seconds=2)


def ask(http: FakeHttp, asked: Query | None = None, state: State | None = None, **options: Any) -> Batch:
    chosen = {"url": "http://127.0.0.1:8888", **options}
    return SearXNG(SearXNGSettings(**chosen), tools(http)).ask(asked or query("Sanne van der Molen"), state or {})


def has_time_range(request: Request) -> bool:
    return "time_range" in request.parameters


def found() -> Answer:
    return answer(fixture("searxng/some-failed.json"))


def test_the_forms_of_one_person_are_asked_as_exact_phrases():
    http = always(found())

    ask(http, query("Sanne van der Molen", "Molen, S. van der"))

    assert http.requests[0].address.startswith("http://127.0.0.1:8888/search?")
    assert http.requests[0].parameters == {
        "q": '"Sanne van der Molen" OR "Molen, S. van der"',
        "format": "json",
        "language": "nl",
        "pageno": "1",
        "safesearch": "0",
        "categories": "general,news",
    }


def test_the_request_passes_for_a_browser_and_asks_for_english_errors():
    http = always(found())

    ask(http, headers={"Authorization": "Basic c2VjcmV0"})

    assert http.requests[0].headers["Accept-Language"] == "en"
    assert "*/*" in http.requests[0].headers["Accept"]
    assert http.requests[0].headers["Authorization"] == "Basic c2VjcmV0"


def test_settings_decide_who_is_asked_and_in_which_language():
    http = always(found())

    ask(http, query("Sanne van der Molen", page=2), url="http://127.0.0.1:8888/sx/", engines=("brave", "mojeek"), language="all")

    assert http.requests[0].address.startswith("http://127.0.0.1:8888/sx/search?")
    assert http.requests[0].parameters["engines"] == "brave,mojeek"
    assert "categories" not in http.requests[0].parameters
    assert http.requests[0].parameters["language"] == "all"
    assert http.requests[0].parameters["pageno"] == "2"


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ('Sanne "Sas" van der Molen', '"Sanne Sas van der Molen"'),
        ("Sanne \u201cSas\u201d\n Molen", '"Sanne Sas Molen"'),
        ("!ddg :de <3 Molen", '"ddg de 3 Molen"'),
        ("@sannemolen", '"@sannemolen"'),
    ],
    ids=["quotes", "typographic quotes", "orders to SearXNG", "handle"],
)
def test_a_form_cannot_say_more_than_its_words(form: str, sent: str):
    http = always(found())

    ask(http, query(form))

    assert http.requests[0].parameters["q"] == sent


def test_a_person_without_a_form_that_can_be_sent_is_not_asked_about():
    http = always(found())

    with pytest.raises(ProviderError, match="nothing to ask"):
        ask(http, query('""'))

    assert http.requests == []


@pytest.mark.parametrize(
    ("since", "time_range"),
    [
        (NOW - timedelta(hours=2), "week"),
        (WEEK, "week"),
        (NOW - timedelta(days=9), "month"),
        (NOW - timedelta(days=60), "year"),
    ],
    ids=["hours", "a week and a moment", "nine days", "two months"],
)
def test_how_far_back_to_look_is_rounded_up(since: datetime, time_range: str):
    http = always(found())

    ask(http, query("Sanne van der Molen", since=since))

    assert http.requests[0].parameters["time_range"] == time_range


@pytest.mark.parametrize("since", [None, NOW - timedelta(days=400)])
def test_without_a_limit_no_time_range_is_sent(since: datetime | None):
    http = always(found())

    ask(http, query("Sanne van der Molen", since=since))

    assert not has_time_range(http.requests[0])


def test_the_time_range_can_be_switched_off():
    http = always(found())

    ask(http, query("Sanne van der Molen", since=WEEK), time_range=False)

    assert not has_time_range(http.requests[0])


def test_a_result_becomes_a_hit_with_its_snippet():
    hit = ask(always(found())).hits[0]

    assert hit.address == "https://forum.example.org/t/7"
    assert hit.title == "Wie kent haar?"
    assert hit.text == "… Sanne van der Molen van de jeugdzorg …"
    assert hit.carries is Carries.SNIPPET
    assert hit.published_at == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert hit.site == "forum.example.org"
    assert hit.exchange == "exchange-1"


def test_a_hit_repeated_by_another_engine_counts_once_and_another_snippet_stays():
    hits = ask(always(found())).hits

    assert [hit.text for hit in hits] == [
        "… Sanne van der Molen van de jeugdzorg …",
        "… adres van Sanne van der Molen gevraagd …",
        "",
    ]


def test_a_date_in_the_second_field_is_read_too():
    hits = ask(always(found())).hits

    assert hits[1].published_at == datetime(2026, 11, 19, 20, 30, tzinfo=UTC)


def test_a_result_without_words_carries_its_title():
    hit = ask(always(found())).hits[2]

    assert (hit.carries, hit.published_at) == (Carries.TITLE, None)


def test_engines_that_failed_beside_others_make_the_look_partial():
    batch = ask(always(found()))

    assert batch.partial_failures == ("duckduckgo: timeout", "google: Suspended: CAPTCHA")
    assert not batch.is_whole


def test_the_query_as_it_was_understood_is_kept_with_the_corrections():
    batch = ask(always(found()))

    assert batch.echo == '"Sanne van der Molen" | "Sanne van der Meulen"'


def test_who_answered_is_remembered_and_who_fell_silent_is_forgotten():
    batch = ask(always(found()), state={"answered qwant": "2026-11-20", "answered yahoo": "2026-10-01", "other": "x"})

    assert batch.state == {
        "answered brave": "2026-11-24",
        "answered mojeek": "2026-11-24",
        "answered startpage": "2026-11-24",
        "answered qwant": "2026-11-20",
    }


def test_nothing_found_and_nobody_failed_is_nothing_there():
    batch = ask(always(answer(fixture("searxng/empty.json"))))

    assert batch.hits == ()
    assert batch.is_whole


def test_nothing_found_while_every_engine_failed_is_not_nothing_there():
    with pytest.raises(QuotaExhausted, match="brave: teveel verzoeken") as raised:
        ask(always(answer(fixture("searxng/all-failed-nl.json"))))

    assert raised.value.until == NOW + timedelta(minutes=3)


def test_nothing_found_by_the_engines_that_could_look_is_partial():
    http = always(answer(fixture("searxng/all-failed-nl.json")))

    batch = ask(http, engines=("brave", "mojeek", "startpage"))

    assert batch.hits == ()
    assert batch.partial_failures == ("brave: teveel verzoeken", "mojeek: Opgeschort: teveel verzoeken")


def test_an_engine_that_answered_lately_is_taken_to_have_looked():
    http = always(answer(fixture("searxng/all-failed-nl.json")))

    batch = ask(http, state={"answered startpage": "2026-11-20"})

    assert len(batch.partial_failures) == 2


def test_an_engine_that_answered_long_ago_is_not():
    http = always(answer(fixture("searxng/all-failed-nl.json")))

    with pytest.raises(QuotaExhausted):
        ask(http, state={"answered startpage": "2026-10-20"})


@pytest.mark.parametrize(
    ("texts", "error", "wait"),
    [
        (("CAPTCHA", "timeout"), ProviderBlocked, timedelta(hours=1)),
        (("Suspended: access denied", "HTTP error"), ProviderBlocked, timedelta(minutes=3)),
        (("toegang geweigerd",), ProviderBlocked, timedelta(minutes=3)),
        (("timeout", "parsing error"), ProviderError, timedelta(minutes=3)),
        (("too many requests", "timeout"), ProviderError, timedelta(minutes=3)),
    ],
    ids=["captcha", "denied", "denied in Dutch", "broken", "mixed"],
)
def test_why_nobody_looked_decides_what_is_raised(texts: tuple[str, ...], error: type[ProviderError], wait: timedelta):
    engines = ", ".join(f'["engine{number}", "{text}"]' for number, text in enumerate(texts))
    http = always(answer(f'{{"results": [], "unresponsive_engines": [{engines}]}}'.encode()))

    with pytest.raises(ProviderError, match="no engine could look") as raised:
        ask(http)

    assert type(raised.value) is error
    assert raised.value.retry_after == wait


def test_nothing_found_within_a_time_range_is_asked_again_without_it():
    http = FakeHttp([(has_time_range, answer(fixture("searxng/empty.json"))), (lambda _: True, found())])

    batch = ask(http, query("Sanne van der Molen", since=WEEK))

    assert len(http.requests) == 2
    assert len(batch.hits) == 3
    assert batch.exchanges == ("exchange-1", "exchange-2")
    assert batch.hits[0].exchange == "exchange-2"


def test_nothing_found_with_and_without_a_time_range_is_nothing_there():
    batch = ask(always(answer(fixture("searxng/empty.json"))), query("Sanne van der Molen", since=WEEK))

    assert batch.hits == ()
    assert batch.is_whole


def test_engines_that_all_failed_are_not_asked_again_without_the_time_range():
    http = always(answer(fixture("searxng/all-failed-nl.json")))

    with pytest.raises(QuotaExhausted):
        ask(http, query("Sanne van der Molen", since=WEEK), engines=("brave", "mojeek"))

    assert len(http.requests) == 1


def test_a_broken_result_does_not_lose_the_others():
    batch = ask(always(answer(fixture("searxng/broken-result.json"))))

    assert [(hit.address, hit.title, hit.text) for hit in batch.hits] == [
        ("https://forum.example.org/t/8", "Zonder tekst", ""),
        ("https://forum.example.org/t/9", "Half teken ? en ", "Sanne van der Molen"),
        ("", "Geen adres", "Sanne van der Molen"),
    ]
    assert batch.partial_failures == ("brave: ", "2 results could not be read")


@pytest.mark.parametrize(
    ("scripted", "error", "message"),
    [
        (answer(fixture("searxng/format-off.html"), status=403), ProviderBlocked, "search.formats"),
        (answer(b'{"error": "No query"}', status=400), ProviderError, "400"),
        (answer(b"Too Many Requests", status=429), QuotaExhausted, "pass_ip"),
        (answer(b'{"error": "search error"}', status=500), ProviderError, "500"),
        (answer(b"<!DOCTYPE html><title>SearXNG</title>"), ProviderError, "web page"),
        (answer(b'{"error": "No query"}'), ProviderError, "not SearXNG's JSON"),
        (answer(b'[{"results": []}]'), ProviderError, "not SearXNG's JSON"),
        (answer(b'{"results": [{"url": "https://example.org/"'), ProviderError, "not SearXNG's JSON"),
        (answer(b'{"results": ' + b"[" * 100_000), ProviderError, "not SearXNG's JSON"),
        (answer(b'{"results": ' + b"9" * 5_000 + b"}"), ProviderError, "not SearXNG's JSON"),
        (answer(b'{"results": [1, 2]}'), ProviderError, "none of the 2 results"),
    ],
    ids=["json off", "no query", "limiter", "crash", "html", "error", "list", "cut off", "deep", "long", "all unreadable"],
)
def test_what_is_no_answer_is_told_with_its_cause(scripted: Answer, error: type[ProviderError], message: str):
    with pytest.raises(ProviderError, match=message) as raised:
        ask(always(scripted))

    assert type(raised.value) is error


def test_the_limiter_is_waited_for():
    with pytest.raises(QuotaExhausted) as raised:
        ask(always(answer(b"Too Many Requests", status=429)))

    assert raised.value.until == NOW + timedelta(hours=1)


def test_an_error_names_nobody():
    with pytest.raises(ProviderError) as raised:
        ask(always(answer(b'{"query": "Sanne van der Molen", "results": 3}')))

    assert "Molen" not in repr(raised.value)
    assert raised.value.__cause__ is None


def test_headers_are_never_shown():
    shown = repr(SearXNGSettings(url="http://127.0.0.1:8888", headers={"Authorization": "Basic c2VjcmV0"}))

    assert "Authorization" in shown
    assert "c2VjcmV0" not in shown


@pytest.mark.parametrize("headers", [{"X-A:": "b"}, {"X A": "b"}, {"X-A": "b\nX-B: c"}, {"X-A": "zo\u00eb"}, {"X-A": ""}])
def test_a_header_is_one_line_of_ascii(headers: dict[str, str]):
    with pytest.raises(ValidationError):
        SearXNGSettings(url="http://127.0.0.1:8888", headers=headers)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(categories=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("url", "title", "content", "publishedDate", "pubdate", "engine", "engines")


@settings(max_examples=200, deadline=None, database=None)
@given(
    results=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)) | JSON, max_size=3),
    rest=st.fixed_dictionaries({}, optional=dict.fromkeys(("unresponsive_engines", "corrections", "query"), JSON)),
)
def test_whatever_the_json_holds_it_is_read_or_refused_and_can_be_stored(results: list[object], rest: dict[str, object]):
    http = always(answer(json.dumps({"results": results, **rest}).encode()))

    with suppress(ProviderError):
        batch = ask(http)
        texts = [batch.echo, *batch.partial_failures, *batch.state, *(hit.address + hit.title + hit.text for hit in batch.hits)]

        assert "\0" not in "".join(texts).encode().decode()


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValidationError):
        SearXNGSettings(url="http://127.0.0.1:8888", engine="brave")
