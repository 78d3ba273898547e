"""The probes: alive whatever the database does, ready only without troubles, figures without a name of anybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.ports import ProviderError, StorageError
from monitor.web.ops import OpsSettings, create_ops
from tests.fakes import NOW
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit
from tests.web.conftest import Visitor

TOKEN = "correct-horse-battery"


def probes(
    rig: Rig,
    *,
    beats: bool = True,
    troubles: Callable[[], Mapping[str, int]] = dict,
    token: str = "",
    host: str = "127.0.0.1:8081",
) -> Visitor:
    settings = OpsSettings(beats=lambda: beats, troubles=troubles, token=token)
    return Visitor(create_ops(rig.db, rig.clock, rig.log, settings), host=host)


def figures(rig: Rig) -> dict[str, float]:
    """Return every figure by its name and label."""
    text = probes(rig).get("/metrics").text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {":".join((sample.name.removeprefix("naamwacht_"), *sample.labels.values())): sample.value for sample in samples}


def no_database() -> Mapping[str, int]:
    raise StorageError("the database /secret/place.db cannot be opened")


# ------------------------------------------------------------------------------------------------------- alive


def test_a_running_clockwork_is_alive(rig: Rig):
    answer = probes(rig).get("/health/live")

    assert (answer.status_code, answer.text) == (200, "alive\n")


def test_a_clockwork_that_stands_still_is_not(rig: Rig):
    answer = probes(rig, beats=False).get("/health/live")

    assert (answer.status_code, answer.text) == (503, "the clockwork stands still\n")


def test_it_is_alive_while_the_database_is_gone(rig: Rig):
    visitor = probes(rig, troubles=no_database)
    rig.db.close()
    assert rig.db.path is not None
    rig.db.path.unlink()

    assert visitor.get("/health/live").status_code == 200
    assert visitor.get("/metrics").status_code == 503


def test_it_is_alive_while_the_database_is_being_written_to(rig: Rig):
    with rig.db.write():
        assert probes(rig).get("/health/live").status_code == 200


def test_alive_needs_no_token(rig: Rig):
    assert probes(rig, token=TOKEN, host="monitoring.example.org").get("/health/live").status_code == 200


# ------------------------------------------------------------------------------------------------------- ready


def test_without_troubles_it_is_ready(rig: Rig):
    answer = probes(rig).get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"ready": True, "troubles": {}})


def test_troubles_are_codes_with_counts(rig: Rig):
    answer = probes(rig, troubles=lambda: {"dead_letters": 3}, beats=False).get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"ready": False, "troubles": {"dead_letters": 3, "clockwork": 1}})


def test_a_database_that_cannot_be_read_is_a_trouble_without_its_path(rig: Rig):
    answer = probes(rig, troubles=no_database).get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"ready": False, "troubles": {"database": 1}})


# ------------------------------------------------------------------------------------------------------- token


@pytest.mark.parametrize("path", ["/health/ready", "/metrics"])
@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        f"Basic {TOKEN}",
        TOKEN,
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer tök\u00e9n",
    ],
)
def test_who_has_no_token_learns_nothing(rig: Rig, path: str, given: str):
    visitor = probes(rig, token=TOKEN, host="monitoring.example.org")

    answer = visitor.get(path, authorization=given.encode("latin-1"))  # type: ignore[arg-type] # bytes that are no ASCII

    assert (answer.status_code, answer.text, answer.headers["www-authenticate"]) == (401, "a token is needed\n", "Bearer")


@pytest.mark.parametrize("path", ["/health/ready", "/metrics"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_who_has_the_token_is_answered_under_any_name(rig: Rig, path: str, scheme: str):
    visitor = probes(rig, token=TOKEN, host="monitoring.example.org")

    assert visitor.get(path, authorization=f"{scheme} {TOKEN}").status_code == 200


def test_without_a_token_only_this_machine_is_answered(rig: Rig):
    assert probes(rig, host="evil.test").get("/metrics").status_code == 400


# ----------------------------------------------------------------------------------------------------- figures


def test_an_empty_service_has_figures_too(rig: Rig):
    found = figures(rig)

    assert (found["people"], found["sources"], found["last_look_timestamp_seconds"], found["deliveries:dead"]) == (0, 0, 0, 0)


def test_the_figures_say_how_the_service_stands(rig: Rig):
    rig.begin(SANNE, replace(YOUSSEF, email="youssef@elders.test"), feeds=("feed", "blind")).seeded()
    rig.poll(hit("Sanne van der Molen in de krant"))
    rig.fail(ProviderError("no"), source="blind")
    rig.clock.advance(timedelta(minutes=5))

    found = figures(rig)

    assert (found["people"], found["people_searched"], found["people_unreachable"]) == (2, 2, 1)
    assert (found["channels_unconfirmed"], found["mentions"]) == (1, 1)
    assert (found["sources"], found["sources_failing"]) == (3, 1)
    assert (found["source_failures:feed"], found["source_failures:blind"]) == (0, 1)
    assert found["source_last_ok_timestamp_seconds:feed"] == NOW.timestamp()
    assert found["source_last_ok_timestamp_seconds:blind"] == 0
    assert found["delivery_oldest_due_seconds"] == 300
    assert found["last_look_timestamp_seconds"] == NOW.timestamp()
    assert found["clockwork_running"] == 1


def test_what_was_held_back_is_counted_by_reason(rig: Rig):
    rig.begin(SANNE)
    rig.poll(hit("Sanne van der Molen in de krant"))

    found = figures(rig)

    assert (found["mentions_held_back:seeded"], found["mentions_held_back:old"], found["mentions_held_back:engine_says"]) == (
        1,
        0,
        0,
    )


def test_no_figure_names_anybody_or_a_version(rig: Rig):
    rig.begin(SANNE).seeded()
    rig.poll(hit("Sanne van der Molen in de krant", "https://news.example.org/geheim", "Titel"))

    text = probes(rig).get("/metrics").text

    assert re.findall(r"Sanne|Molen|example\.org|geheim|Titel|person-", text) == []
    assert re.findall(r"version|python", text) == []


def test_a_source_name_cannot_break_the_format(rig: Rig):
    rig.begin(SANNE, feeds=('een "bron"\nnaamwacht_people 9',))

    found = figures(rig)

    assert found["people"] == 1
