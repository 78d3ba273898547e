"""How plug-ins are found, and what happens where one is not what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field, SecretStr

from monitor import plugins
from monitor.ports import Batch, Feed, Message, Notifier, PluginError, Search, Settings, State


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class LampSettings(Settings):
    url: str = Field(description="Where it hangs.")
    key: SecretStr = Field(default=SecretStr("hidden"), description="Its key.")
    token: SecretStr | None = Field(default=None, description="Another key.")
    colours: tuple[Colour, ...] = Field(default=(Colour.RED, Colour.BLUE), description="Its colours.")
    mode: Literal["on", "off"] = Field(default="on", description="Its mode.")
    is_dim: bool = Field(default=False, description="Whether it is dim.")
    depth: Annotated[int, Field(ge=0)] | None = Field(default=None, description="How deep.")
    labels: Mapping[str, str] = Field(default_factory=dict, description="Its labels.")
    every: timedelta = Field(default=timedelta(minutes=5), description="How often.")


class Lamp(Feed[LampSettings]):
    Settings = LampSettings
    summary = "Shines."

    def read(self, state: State) -> Batch:
        return Batch()


class Pigeon(Notifier[Settings]):
    Settings = Settings
    summary = "Flies."

    def send(self, message: Message) -> None: ...

    def check(self) -> None: ...


class HalfSearch(Search[Settings]):
    Settings = Settings
    summary = "Never asks."


class NoSettings(Feed[Settings]):
    Settings = dict  # type: ignore[assignment] # what the test is about
    summary = "Has no model."

    def read(self, state: State) -> Batch:
        return Batch()


class NoSummary(Feed[Settings]):
    Settings = Settings

    def read(self, state: State) -> Batch:
        return Batch()


NO_CLASS = "nothing of the kind"


def point(value: str, name: str = "lamp", group: str = plugins.PROVIDERS) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=group)


def test_a_provider_of_somebody_else_is_found_like_ours():
    found = plugins.providers([point("tests.test_plugins:Lamp"), point("providers.rss:Rss", name="rss")])

    assert sorted(found) == ["lamp", "rss"]
    assert found["lamp"].summary == "Shines."


def test_a_notifier_is_found_by_its_name():
    found = plugins.notifiers([point("tests.test_plugins:Pigeon", name="pigeon", group=plugins.NOTIFIERS)])

    assert found == {"pigeon": Pigeon}


def test_one_plug_in_announced_twice_is_one_plug_in():
    found = plugins.providers([point("tests.test_plugins:Lamp"), point("tests.test_plugins:Lamp")])

    assert found == {"lamp": Lamp}


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("tests.no_such_module:Lamp", "cannot be loaded"),
        ("tests.test_plugins:Chandelier", "cannot be loaded"),
        ("tests.test_plugins:NO_CLASS", "is no class"),
        ("tests.test_plugins:Colour", "is neither a Feed nor a Search"),
        ("tests.test_plugins:Pigeon", "is neither a Feed nor a Search"),
        ("tests.test_plugins:HalfSearch", "lacks ask"),
        ("tests.test_plugins:NoSettings", "has no Settings"),
        ("tests.test_plugins:NoSummary", "has no summary"),
    ],
)
def test_a_plug_in_that_is_not_what_it_should_be_is_named(value: str, fault: str):
    with pytest.raises(PluginError, match=fault) as raised:
        plugins.providers([point(value, name="broken")])

    assert f"'broken' (naamwacht.providers: {value})" in str(raised.value)


def test_a_provider_is_no_notifier():
    with pytest.raises(PluginError, match="is no Notifier"):
        plugins.notifiers([point("tests.test_plugins:Lamp", group=plugins.NOTIFIERS)])


def test_two_plug_ins_of_one_name_are_refused():
    with pytest.raises(PluginError, match="same name"):
        plugins.providers([point("tests.test_plugins:Lamp"), point("providers.rss:Rss")])


def test_the_packages_in_use_are_our_own():
    plugins.check_packages(is_installed=lambda _: False)


def test_a_package_of_the_same_name_from_elsewhere_is_refused_with_the_remedy():
    with pytest.raises(
        PluginError, match=r"'notifiers' in use is not Naamwacht's own but /elsewhere/notifiers: .*virtual environment"
    ):
        plugins.check_packages(folder_of=lambda name: Path("/elsewhere") / name)


def test_a_package_of_the_same_name_in_the_same_place_is_refused():
    with pytest.raises(PluginError, match="another package called 'notifiers'"):
        plugins.check_packages(is_installed=lambda name: name == "notifiers")


def test_a_package_that_is_missing_is_told():
    with pytest.raises(PluginError, match="'notifiers' is missing"):
        plugins.check_packages(folder_of=lambda _: None)


def test_a_card_says_what_a_plug_in_is():
    card = plugins.describe("lamp", Lamp)

    assert (card.name, card.verb, card.summary, card.sends_names) == ("lamp", "read", "Shines.", False)


def test_a_search_sends_names_and_a_notifier_does_not():
    asked = plugins.describe("half", HalfSearch)
    sent = plugins.describe("pigeon", Pigeon)

    assert (asked.verb, asked.sends_names) == ("ask", True)
    assert (sent.verb, sent.sends_names) == ("send", False)


def test_a_card_explains_every_setting_and_shows_no_secret():
    settings = {setting.name: (setting.kind, setting.default) for setting in plugins.describe("lamp", Lamp).settings}

    assert settings == {
        "url": ("text", ""),
        "key": ("secret text", ""),
        "token": ("secret text", ""),
        "colours": ("list of red | blue", "red, blue"),
        "mode": ("on | off", "on"),
        "is_dim": ("true or false", "false"),
        "depth": ("whole number", ""),
        "labels": ("text by name", ""),
        "every": ("duration", "0:05:00"),
    }


def test_a_card_says_which_settings_are_needed_and_which_are_secret():
    settings = plugins.describe("lamp", Lamp).settings

    assert [setting.name for setting in settings if setting.is_required] == ["url"]
    assert [setting.name for setting in settings if setting.is_secret] == ["key", "token"]
    assert settings[0].description == "Where it hangs."
