"""Nothing internal is reached by feed, page, redirect or rebinding; the operator's own SearXNG is. With `naamwacht once`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.wayout.namespaces import play
from tests.wayout.temptations import FEEDS, KRANT, PAGES

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def report(namespaces: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("tempted")
    return play("tempted", folder)


def test_nothing_inside_was_connected_to(report: dict[str, Any]):
    assert report["reached"] == []


def test_the_kernel_saw_no_other_connections_than_those_that_were_served(report: dict[str, Any]):
    assert report["connections"] == report["served"]


def test_nothing_could_have_left_the_machine(report: dict[str, Any]):
    assert report["has_route_out"] is False


@pytest.mark.parametrize("source", FEEDS)
def test_a_source_that_leads_inside_is_refused(report: dict[str, Any], source: str):
    assert report["outcomes"][source] == "refused", report["details"][source]


def test_no_temptation_costs_more_than_its_own_look(report: dict[str, Any]):
    assert set(report["codes"]) == {0}


def test_a_feed_of_the_web_is_read(report: dict[str, Any]):
    assert report["outcomes"]["a feed of the web"] == "ok"


def test_the_operators_own_searxng_is_asked_and_is_no_page(report: dict[str, Any]):
    assert report["outcomes"]["zoek"] == "ok"
    assert set(report["asked_of_searxng"]) == {"/search"}


def test_of_what_the_search_engine_names_only_the_page_of_the_web_is_read(report: dict[str, Any]):
    assert report["pages_read"] == [f"http://{KRANT}/pagina"]


def test_what_could_not_be_read_is_listed_all_the_same(report: dict[str, Any]):
    # One spelling of loopback stands for another; they are one Page.
    assert len(report["pages"]) >= len(PAGES) - 1
