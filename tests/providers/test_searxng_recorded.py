"""What real answers of a SearXNG are taken for. They stay outside the project; NAAMWACHT_CORPUS says where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.ports import ProviderBlocked, ProviderError
from tests.providers.fakes import FakeHttp, always, answer, query
from tests.providers.test_searxng import WEEK, ask, has_time_range

pytestmark = pytest.mark.corpus

# What each recorded answer is: hits and failures where there was a look, else what is raised.
RECORDED: dict[str, tuple[int, int] | type[ProviderError]] = {
    "01-merged.json": (13, 0),
    "02-empty.json": (0, 0),
    "03-unresponsive.json": ProviderBlocked,
    "03b-unresponsive-again-suspended.json": ProviderBlocked,
    "04-page2.json": (10, 0),
    "05-page-past-end.json": (0, 0),
    "06-yacy-dates.json": (10, 0),
    "07-dutch-name.json": (1, 0),
    "08-one-engine-broken.json": (10, 2),
    "09-badformat.json": ProviderError,
    "10-noquery.json": ProviderError,
    "11-timerange.json": (0, 0),
    "12-rss.json": ProviderError,
    "13-html-tracking.json": (10, 0),
    "14-unresponsive-nl.json": ProviderBlocked,
    "15-json-format-off.html": ProviderBlocked,
}
STATUS = {"10-noquery.json": 400, "15-json-format-off.html": 403}


@pytest.fixture
def corpus() -> Path:
    folder = os.environ.get("NAAMWACHT_CORPUS")
    if folder is None:
        if os.environ.get("CI") == "true":
            pytest.fail("NAAMWACHT_CORPUS is not set")
        pytest.skip("NAAMWACHT_CORPUS is not set")
    return Path(folder) / "searxng"


@pytest.mark.parametrize("name", [name for name, seen in RECORDED.items() if isinstance(seen, tuple)])
def test_a_recorded_look_is_read_whole(corpus: Path, name: str):
    batch = ask(always(answer((corpus / name).read_bytes())))

    assert (len(batch.hits), len(batch.partial_failures)) == RECORDED[name]


@pytest.mark.parametrize("name", [name for name, seen in RECORDED.items() if not isinstance(seen, tuple)])
def test_a_recorded_failure_is_never_called_empty(corpus: Path, name: str):
    http = always(answer((corpus / name).read_bytes(), status=STATUS.get(name, 200)))

    with pytest.raises(ProviderError) as raised:
        ask(http)

    assert type(raised.value) is RECORDED[name]


def test_a_recorded_empty_time_range_is_no_look(corpus: Path):
    empty, full = (answer((corpus / name).read_bytes()) for name in ("11-timerange.json", "01-merged.json"))
    http = FakeHttp([(has_time_range, empty), (lambda _: True, full)])

    batch = ask(http, query("appel", since=WEEK))

    assert len(http.requests) == 2
    assert len(batch.hits) == 13


def test_every_recorded_answer_has_its_expectation(corpus: Path):
    assert {path.name for path in corpus.iterdir()} == set(RECORDED)
