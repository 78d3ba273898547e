"""The sites of the small internet: what a feed reader and a browser would see."""

from __future__ import annotations

import io
import threading

import feedparser
import httpx
import pytest

from monitor.demo import Fault, SmallInternet
from monitor.demo.script import THREAD


def _titles(address: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(io.BytesIO(httpx.get(address).content)).entries]


@pytest.mark.parametrize(("place", "version"), [("courant", "rss20"), ("omroep", "atom10")])
def test_a_feed_reader_knows_the_feeds_format_and_finds_no_fault(internet: SmallInternet, place: str, version: str):
    answer = httpx.get(internet.feeds[place])

    feed = feedparser.parse(io.BytesIO(answer.content), response_headers=dict(answer.headers))

    assert (feed.version, feed.bozo) == (version, False)
    assert feed.entries
    assert all(entry.published_parsed and entry.link and entry.summary for entry in feed.entries)


def test_the_forums_feed_is_a_json_feed_with_each_comment(internet: SmallInternet):
    feed = httpx.get(internet.feeds["forum"]).json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["id"].rpartition("/")[2] for one in feed["items"]] == [f"{THREAD}#reactie-2", f"{THREAD}#reactie-1", THREAD]
    assert {one["url"] for one in feed["items"]} == {f"{internet.web}/forum/{THREAD}"}


def test_there_is_a_past_before_anything_new_is_published(internet: SmallInternet):
    page = httpx.get(f"{internet.web}/courant/wachtlijsten-jeugdzorg-dalen").text

    assert "Marijke Jansen-de Vries" in page


def test_the_new_article_names_somebody_whom_its_feed_does_not_show(internet: SmallInternet):
    internet.publish()

    feed = httpx.get(internet.feeds["courant"]).text
    page = httpx.get(f"{internet.web}/courant/zitting-over-uithuisplaatsing").text

    assert "Rechter buigt zich opnieuw" in feed
    assert "Sanne van der Molen" not in feed
    assert "Sanne van der Molen" in page


def test_a_new_comment_stands_on_the_page_that_was_known(internet: SmallInternet):
    address = f"{internet.web}/forum/{THREAD}"
    before = httpx.get(address).text

    published = internet.publish()

    assert f"{address}#reactie-3" in published
    assert (before.count("Youssef El Amrani"), httpx.get(address).text.count("Youssef El Amrani")) == (1, 2)


def test_the_script_ends(internet: SmallInternet):
    waves = [internet.publish(), internet.publish(), internet.publish()]

    assert [len(wave) for wave in waves] == [3, 1, 0]


def test_a_test_in_another_process_publishes_over_http(internet: SmallInternet):
    published = httpx.post(f"{internet.desk}/publish").json()["published"]

    assert f"{internet.web}/courant/zitting-over-uithuisplaatsing" in published


def test_an_unchanged_feed_is_not_sent_again(internet: SmallInternet):
    etag = httpx.get(internet.feeds["courant"]).headers["ETag"]

    unchanged = httpx.get(internet.feeds["courant"], headers={"If-None-Match": etag})
    internet.publish()
    changed = httpx.get(internet.feeds["courant"], headers={"If-None-Match": etag})

    assert (unchanged.status_code, unchanged.content, changed.status_code) == (304, b"", 200)


def test_an_unknown_page_is_not_found(internet: SmallInternet):
    assert httpx.get(f"{internet.web}/courant/nergens").status_code == 404


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [(Fault.UNAVAILABLE, 503, "text/html"), (Fault.HTML, 200, "text/html"), (Fault.GONE, 404, "text/html")],
)
def test_a_broken_feed_says_so_until_it_is_mended(internet: SmallInternet, fault: Fault, status: int, content_type: str):
    internet.faults.set("/courant", fault)
    broken = httpx.get(internet.feeds["courant"])

    internet.faults.mend("/courant")

    assert (broken.status_code, broken.headers["Content-Type"].partition(";")[0]) == (status, content_type)
    assert _titles(internet.feeds["courant"])


def test_one_broken_site_leaves_the_others_alone(internet: SmallInternet):
    httpx.post(f"{internet.desk}/faults", data={"path": "/courant", "fault": "unavailable"})

    assert httpx.get(internet.feeds["omroep"]).status_code == 200


def test_a_fault_that_nobody_knows_is_refused(internet: SmallInternet):
    assert httpx.post(f"{internet.desk}/faults", data={"path": "/courant", "fault": "verbaasd"}).status_code == 400


def test_a_slow_feed_answers_once_it_is_mended(internet: SmallInternet):
    internet.faults.set("/courant", Fault.SLOW)
    answers: list[httpx.Response] = []
    asking = threading.Thread(target=lambda: answers.append(httpx.get(internet.feeds["courant"], timeout=10)))
    asking.start()

    internet.faults.mend()
    asking.join()

    assert answers[0].status_code == 200


def test_a_cut_off_feed_holds_half_of_its_bytes(internet: SmallInternet):
    whole = httpx.get(internet.feeds["courant"]).content

    internet.faults.set("/courant", Fault.CUT)

    assert httpx.get(internet.feeds["courant"]).content == whole[: len(whole) // 2]
