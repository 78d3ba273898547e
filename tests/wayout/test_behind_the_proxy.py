"""The whole demo in a network without names and without a route but to a proxy that inspects TLS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.wayout.namespaces import play

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def report(namespaces: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("beyond")
    return play("beyond", folder)


def test_what_is_online_already_is_seen_in_silence(report: dict[str, Any]):
    assert report["letters_of_the_past"] == 0


@pytest.mark.parametrize(
    ("to", "page"),
    [
        ("s.vandermolen@example.org", "/courant/zitting-over-uithuisplaatsing"),
        ("y.elamrani@example.org", "/forum/wachten-op-een-plek"),
        ("a.hoenselaar@example.org", "/blog/open-avond-in-het-wijkcentrum"),
    ],
    ids=["found on a page", "found in a comment", "found by the search engine alone"],
)
def test_everybody_who_is_named_gets_a_letter(report: dict[str, Any], to: str, page: str):
    told = [letter for letter in report["letters"] if letter["to"] == to]

    assert [f"https://krant.voorbeeld.test{page}" in letter["text"] for letter in told] == [True]


def test_nobody_else_gets_one(report: dict[str, Any]):
    assert len(report["letters"]) == 3


def test_chat_takes_the_same_way_out(report: dict[str, Any]):
    assert report["chat"] == 3


def test_the_kernel_saw_no_other_connections_than_those_to_the_proxy(report: dict[str, Any]):
    assert report["inside"]["connections"] == report["proxy"]["connections"]


def test_nothing_else_was_even_tried(report: dict[str, Any]):
    assert report["inside"]["no_route"] == 0
    assert (report["has_route_out"], report["inside"]["has_route_out"]) == (False, False)


def test_no_name_was_looked_up(report: dict[str, Any]):
    assert report["inside"]["datagrams"] == 0


def test_the_proxy_was_asked_for_what_is_configured_and_by_check_for_what_it_must_refuse(report: dict[str, Any]):
    inner = ("10.0.0.1", "127.0.0.1", "169.254.169.254")

    assert report["proxy"]["asked_for"] == sorted(
        [
            *(f"CONNECT {name}.voorbeeld.test:443" for name in ("chat", "krant", "zoek")),
            "CONNECT mail.voorbeeld.test:25",
            *(f"CONNECT {host}:443" for host in inner),
            *(f"GET http://{host}/" for host in inner),
        ]
    )


def test_check_finds_no_fault_in_it(report: dict[str, Any]):
    said = {finding["path"]: finding for finding in report["inside"]["check"]}

    assert [path for path, finding in said.items() if finding["level"] == "fault"] == []
    assert said["network.proxy"]["what"] == "answers, and refuses 6 inner addresses"


def test_the_daemon_ends_well(report: dict[str, Any]):
    assert report["inside"]["code"] == 0
