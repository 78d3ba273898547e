"""The search engine of the small internet: its answers are shaped like a SearXNG's."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from monitor.demo import SmallInternet
from tests.fakes import FakeClock


def _search(internet: SmallInternet, query: str, **more: str) -> httpx.Response:
    return httpx.get(f"{internet.search}/search", params={"q": query, "format": "json", **more})


def _slugs(answer: httpx.Response) -> list[str]:
    return [found["url"].rpartition("/")[2] for found in answer.json()["results"]]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ('"Marijke Jansen-de Vries"', ["wachtlijsten-jeugdzorg-dalen"]),
        ('"ozlem celikbas"', ["dag-van-de-jeugdbeschermer"]),
        ('"Zonneveen Diederik" OR "Diederik van Zonneveen"', ["buurtbarbecue"]),
        ("partytent opruimen", ["buurtbarbecue"]),
        ('"Diederik Zonneveen"', []),
        ('"Youssef El"', ["wachten-op-een-plek"]),
        ('"Youssef E"', []),
    ],
    ids=["phrase", "no case or accents", "or", "all words", "not in this order", "from comments", "whole words only"],
)
def test_the_search_engine_finds(internet: SmallInternet, query: str, slugs: list[str]):
    assert _slugs(_search(internet, query)) == slugs


def test_an_answer_has_the_fields_of_a_searxng(internet: SmallInternet):
    answer = _search(internet, '"Diederik van Zonneveen"').json()

    assert answer.keys() == {
        "query", "results", "answers", "corrections", "infoboxes", "suggestions", "unresponsive_engines",
    }  # fmt: skip
    assert answer["results"][0]["engines"] == ["kleine index"]
    assert answer["results"][0]["publishedDate"] == "2026-11-04T09:00:00+00:00"


def test_only_the_search_engine_knows_the_last_page_and_its_snippet_names_nobody(internet: SmallInternet):
    internet.publish()
    internet.publish()

    found = _search(internet, '"Anouk \'t Hoenselaar"').json()["results"]

    assert [one["url"] for one in found] == [f"{internet.web}/blog/open-avond-in-het-wijkcentrum"]
    assert "Hoenselaar" not in found[0]["content"] + found[0]["title"]
    assert all("wijkcentrum" not in httpx.get(feed).text for feed in internet.feeds.values())


def test_a_time_range_leaves_older_pages_out(internet: SmallInternet, clock: FakeClock):
    of_last_month = _slugs(_search(internet, '"Diederik van Zonneveen"', time_range="month"))

    clock.advance(timedelta(days=30))

    assert of_last_month == ["buurtbarbecue"]
    assert _slugs(_search(internet, '"Diederik van Zonneveen"', time_range="month")) == []


def test_the_search_engine_hears_of_a_page_later_than_the_feeds(clock: FakeClock):
    with SmallInternet(now=clock.now) as internet:
        internet.publish()
        at_once = _slugs(_search(internet, '"Sanne van der Molen"'))
        clock.advance(timedelta(seconds=10))

        assert at_once == []
        assert _slugs(_search(internet, '"Sanne van der Molen"')) == ["zitting-over-uithuisplaatsing"]


def test_there_is_nothing_on_a_second_page(internet: SmallInternet):
    assert _slugs(_search(internet, '"Diederik van Zonneveen"', pageno="2")) == []


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"q": "x"}, 403),
        ({"q": "x", "format": "csv"}, 403),
        ({"q": " ", "format": "json"}, 400),
        ({"q": "x", "format": "json", "pageno": "nul"}, 400),
        ({"q": "x", "format": "json", "time_range": "decade"}, 400),
    ],
    ids=["html is off", "csv is off", "no query", "no number", "no range"],
)
def test_a_wrong_question_is_refused(internet: SmallInternet, params: dict[str, str], status: int):
    assert httpx.get(f"{internet.search}/search", params=params).status_code == status


def test_an_engine_that_did_not_answer_finds_nothing_and_is_named(internet: SmallInternet):
    internet.search_engine.unresponsive = (("kleine index", "timeout"),)

    answer = _search(internet, '"Diederik van Zonneveen"').json()

    assert (answer["results"], answer["unresponsive_engines"]) == ([], [["kleine index", "timeout"]])


def test_the_configuration_says_which_engine_there_is(internet: SmallInternet):
    engines = httpx.get(f"{internet.search}/config").json()["engines"]

    assert [(engine["name"], engine["enabled"], engine["time_range_support"]) for engine in engines] == [
        ("kleine index", True, True)
    ]
