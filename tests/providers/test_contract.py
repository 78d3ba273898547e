"""What every provider promises, ours and those to come.

A provider is one file, one test file and one fixture folder: `fixtures/<name>/README.md` says where its fixtures come from, and
`fixtures/<name>/contract.json` holds the least settings that it needs and the name of an ordinary answer in that folder.
"""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from monitor import plugins
from monitor.ports import Answer, Batch, Feed, ProviderBlocked, ProviderError, QuotaExhausted, RefusedAddress, Search, Settings
from tests.fakes import NOW
from tests.providers.fakes import FIXTURES, FakeHttp, always, answer, fixture, query, tools

PROJECT = Path(__file__).parent.parent.parent
# From the project file and not from what is installed, so that a line added there is tested at once.
OURS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"][plugins.PROVIDERS]
POINTS = [EntryPoint(name=name, value=value, group=plugins.PROVIDERS) for name, value in OURS.items()]
PROVIDERS = plugins.providers(POINTS)

every_provider = pytest.mark.parametrize("name", sorted(PROVIDERS))

NAME = "Sanne van der Molen"


def contract(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fixture(f"{name}/contract.json"))
    return found


def ordinary(name: str) -> bytes:
    return fixture(f"{name}/{contract(name)['answer']}")


def look(name: str, http: FakeHttp) -> Batch:
    provider = PROVIDERS[name]
    made = provider(provider.Settings(**contract(name)["settings"]), tools(http))
    return made.ask(query(NAME), {}) if isinstance(made, Search) else made.read({})


@every_provider
def test_it_has_a_test_file_and_a_fixture_folder_that_says_where_it_comes_from(name: str):
    readme = (FIXTURES / name / "README.md").read_text(encoding="utf-8")

    assert (FIXTURES.parent / f"test_{name}.py").is_file()
    assert "onstructed" in readme or "ecorded" in readme


@every_provider
def test_it_says_what_it_is_in_one_line(name: str):
    summary = PROVIDERS[name].summary

    assert summary.strip() == summary != ""
    assert "\n" not in summary
    assert len(summary) <= 120


@every_provider
def test_only_what_is_asked_sends_names(name: str):
    provider = PROVIDERS[name]

    assert provider.sends_names is issubclass(provider, Search)
    assert issubclass(provider, Search) is not issubclass(provider, Feed)


@every_provider
def test_its_settings_are_frozen_closed_and_explained(name: str):
    settings = PROVIDERS[name].Settings

    assert issubclass(settings, Settings)
    assert settings.model_config["frozen"]
    assert settings.model_config["extra"] == "forbid"
    assert [key for key, field in settings.model_fields.items() if not (field.description or "").endswith(".")] == []


@every_provider
def test_it_refuses_a_setting_that_it_does_not_know(name: str):
    with pytest.raises(ValidationError):
        PROVIDERS[name].Settings(**contract(name)["settings"], colour="blue")


@every_provider
def test_it_brings_hits_and_keeps_their_exchange(name: str):
    batch = look(name, always(answer(ordinary(name))))

    assert batch.hits
    assert batch.exchanges == ("exchange-1",)
    assert {hit.exchange for hit in batch.hits} == {"exchange-1"}


@every_provider
@pytest.mark.parametrize(
    ("scripted", "error"),
    [
        (answer(b"<!DOCTYPE html><html><body>Are you a robot?</body></html>"), ProviderError),
        (answer(b""), ProviderError),
        (answer(b" \r\n"), ProviderError),
        (answer(status=204), ProviderError),
        (answer(b"oops", status=500), ProviderError),
        (answer(b"<html>no</html>", status=403), ProviderBlocked),
        (answer(b"no", status=401), ProviderBlocked),
        (answer(b"slow down", status=429, headers={"retry-after": "60"}), QuotaExhausted),
        (answer(b"slow down", status=429), ProviderError),
        (answer(status=302), ProviderError),
        (answer(status=304), ProviderError),
        (answer(b'{"status": "ok"}'), ProviderError),
        (answer(b'{"results": {"a": 1}, "items": 3}'), ProviderError),
        (answer(b"\x00\xff\xfe\x01" * 50), ProviderError),
        (ProviderError("nothing came back in time"), ProviderError),
        (RefusedAddress("the gate says no"), RefusedAddress),
    ],
    ids=[
        *("html", "empty", "blank", "no content", "500", "403", "401", "quota", "429", "redirect"),
        *("unasked 304", "other JSON", "odd JSON", "noise", "timeout", "refused"),
    ],
)
def test_it_never_calls_it_empty_where_it_could_not_look(name: str, scripted: Answer | ProviderError, error: type[ProviderError]):
    with pytest.raises(error) as raised:
        look(name, always(scripted))

    assert NAME not in repr(raised.value)
    assert not isinstance(raised.value, QuotaExhausted) or raised.value.until > NOW


@every_provider
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_an_answer_that_is_cut_off_is_never_called_whole(name: str, share: float):
    body = ordinary(name)
    cut = answer(body[: int(len(body) * share)], is_truncated=True)

    try:
        is_whole = look(name, always(cut)).is_whole
    except ProviderError:
        is_whole = False

    assert not is_whole
