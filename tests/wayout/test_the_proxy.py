"""Does the proxy refuse inner addresses itself? A real one is asked, with everything inside listening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.wayout.namespaces import play

REQUESTS = {
    *(f"CONNECT {host}:443" for host in ("127.0.0.1", "10.0.0.1", "169.254.169.254")),
    *(f"GET http://{host}/" for host in ("127.0.0.1", "10.0.0.1", "169.254.169.254")),
}


@pytest.fixture(scope="module")
def report(namespaces: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("refusing")
    return play("refusing", folder)


def test_a_proxy_that_lets_nobody_in_is_known_by_all_its_answers(report: dict[str, Any]):
    assert report["careful"] == {"refused": dict.fromkeys(REQUESTS, True), "reached": []}


def test_a_proxy_that_lets_us_in_is_caught_on_every_request(report: dict[str, Any]):
    assert report["careless"]["refused"] == dict.fromkeys(REQUESTS, False)


def test_the_proxy_that_let_us_in_really_did(report: dict[str, Any]):
    assert {place.partition(" port ")[0] for place in report["careless"]["reached"]} == {
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
    }


def test_nothing_of_this_could_have_left_the_machine(report: dict[str, Any]):
    assert report["has_route_out"] is False
