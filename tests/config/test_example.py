"""The example shows every option and can be used; the JSON Schema agrees with the models."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.config import Config, Kind, json_schema, parse
from monitor.config.document import parse_document
from monitor.config.walk import shape_of
from monitor.ports import Settings
from notifiers.apprise import AppriseNotifier
from notifiers.console import Console
from notifiers.email import Email
from providers.bing_news import BingNews
from providers.google_news import GoogleNews
from providers.rss import Rss
from providers.searxng import SearXNG

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.yaml"
SCHEMA = ROOT / "config.schema.json"

PROVIDERS: Mapping[str, type[Settings]] = {
    "bing_news": BingNews.Settings,
    "google_news": GoogleNews.Settings,
    "rss": Rss.Settings,
    "searxng": SearXNG.Settings,
}
NOTIFIERS: Mapping[str, type[Settings]] = {
    "apprise": AppriseNotifier.Settings,
    "console": Console.Settings,
    "email": Email.Settings,
}
SECRETS = ("MAIL_PASSWORD", "MAIL_CLIENT_SECRET", "PROXY_PASSWORD", "SEARXNG_TOKEN")
ENVIRONMENT = {**dict.fromkeys(SECRETS, "0123456789abcdef"), "CHAT_URL": "slack://a/b/c"}


def settings_of(kind: Kind, name: str) -> type[Settings] | None:
    return (PROVIDERS if kind == "provider" else NOTIFIERS).get(name)


def read(text: str, folder: Path) -> Config:
    document = parse_document(text, name=EXAMPLE.name)
    return parse(document, folder=folder, environment=ENVIRONMENT, settings_of=settings_of)


def switched_on() -> str:
    """Return the example with every option that it shows."""
    return re.sub(r"^( *)#(?=\w+:)", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("proxy-ca.pem", "mail-ca.pem", "mail-token", "ops-token"):
        (tmp_path / name).write_text("0123456789abcdef")
    return tmp_path


def test_the_example_can_be_used_as_it_stands(folder: Path) -> None:
    config = read(EXAMPLE.read_text(encoding="utf-8"), folder)

    assert [source.provider for source in config.sources] == ["rss", "searxng", "bing_news", "google_news"]


def test_the_example_can_be_used_with_every_option_switched_on(folder: Path) -> None:
    config = read(switched_on(), folder)

    assert config.ops.token is not None
    assert set(config.notifiers) == {"mail", "microsoft", "relay", "chat", "screen"}


def shown(written: object, model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the path of every option of *model* that stands in *written*, without places in lists and names in groups."""
    if not isinstance(written, Mapping):
        return
    for key, value in written.items():
        name = key if key in model.model_fields else str(key).removesuffix("_file")
        yield f"{path}{name}"
        shape, section = shape_of(model.model_fields[name].annotation) if name in model.model_fields else (None, None)
        parts = value if shape is tuple else value.values() if shape is Mapping else [value]
        for part in parts if section else ():
            yield from shown(part, section or model, f"{path}{name}.")


def options(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the path of every option of *model*."""
    for name, option in model.model_fields.items():
        yield f"{path}{name}"
        _, section = shape_of(option.annotation)
        yield from options(section, f"{path}{name}.") if section else ()


def test_the_example_shows_every_option() -> None:
    written = parse_document(switched_on(), name=EXAMPLE.name)

    # The settings of a notifier stand beside its type.
    assert set(options(Config)) - {"notifiers.settings"} <= set(shown(written, Config))


@pytest.mark.parametrize("name", [*PROVIDERS, *NOTIFIERS])
def test_the_example_shows_every_setting_of_every_plug_in(name: str) -> None:
    written = parse_document(switched_on(), name=EXAMPLE.name)
    sources, notifiers = written["sources"], written["notifiers"]
    assert isinstance(sources, list)
    assert isinstance(notifiers, Mapping)

    model = PROVIDERS.get(name) or NOTIFIERS[name]
    used = [one["settings"] for one in sources if one["provider"] == name] + [
        one for one in notifiers.values() if one["type"] == name
    ]
    assert used
    assert set(model.model_fields) <= {setting for one in used for setting in shown(one, model)}


def test_the_example_says_the_defaults() -> None:
    written = parse_document(EXAMPLE.read_text(encoding="utf-8"), name=EXAMPLE.name)
    defaults = Config().model_dump(mode="json")

    said = {section: written[section] for section in ("language", "timezone", "data_dir", "delivery", "log")}
    assert said == {section: defaults[section] for section in said}


def test_the_json_schema_in_the_repository_is_that_of_the_models() -> None:
    """Where it does not: write the right-hand side into the file, indented by two."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema(providers=PROVIDERS, notifiers=NOTIFIERS)


def test_every_option_is_described() -> None:
    models: list[type[BaseModel]] = [Config, *sections(Config)]

    assert [f"{model.__name__}.{name}" for model in models for name, o in model.model_fields.items() if not o.description] == []


def sections(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for option in model.model_fields.values():
        _, section = shape_of(option.annotation)
        if section:
            yield section
            yield from sections(section)


def test_the_json_schema_knows_the_settings_of_every_plug_in_and_the_files_of_every_secret() -> None:
    schema = json_schema(providers=PROVIDERS, notifiers=NOTIFIERS)

    source, notifier = schema["$defs"]["SourceConfig"], schema["$defs"]["NotifierConfig"]
    assert [branch["if"]["properties"]["provider"]["const"] for branch in source["allOf"]] == list(PROVIDERS)
    email = next(branch["then"] for branch in notifier["allOf"] if branch["if"]["properties"]["type"]["const"] == "email")
    assert {"type", "host", "password", "password_file", "client_secret_file"} <= set(email["properties"])
    assert "database_file" in schema["properties"]
    assert "token_file" in schema["$defs"]["OpsConfig"]["properties"]
