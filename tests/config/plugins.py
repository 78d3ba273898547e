"""Plug-ins that exist for these tests only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr, model_validator

from monitor.config import Config, Kind, load, parse
from monitor.config.document import parse_document
from monitor.ports import ConfigError, Settings


class FeedSettings(Settings):
    url: str
    patience: timedelta = timedelta(minutes=1)
    words: tuple[str, ...] = ()


class MailSettings(Settings):
    host: str
    port: int = Field(default=587, ge=1, le=65_535)
    user: str = ""
    password: SecretStr = SecretStr("")
    key: SecretStr | None = None
    ca_file: Path | None = None

    @model_validator(mode="after")
    def _fits(self) -> MailSettings:
        if self.user and not self.password.get_secret_value():
            raise ValueError("A user needs a password")
        return self


class RoomSettings(Settings):
    pass


PROVIDERS: Mapping[str, type[Settings]] = {"feed": FeedSettings}
NOTIFIERS: Mapping[str, type[Settings]] = {"email": MailSettings, "room": RoomSettings}


def settings_of(kind: Kind, name: str) -> type[Settings] | None:
    return (PROVIDERS if kind == "provider" else NOTIFIERS).get(name)


def read(text: str, folder: Path = Path("/srv/naamwacht"), **environment: str) -> Config:
    """Read a configuration written in YAML."""
    return parse(
        parse_document(text, name="config.yaml"),
        folder=folder,
        environment=environment,
        settings_of=settings_of,
        known={"provider": list(PROVIDERS), "notifier": list(NOTIFIERS)},
    )


def read_file(path: Path, **environment: str) -> Config:
    return load(path, environment=environment, settings_of=settings_of)


def faults(text: str, folder: Path = Path("/srv/naamwacht"), **environment: str) -> list[str]:
    """Return every fault of a configuration that cannot be used."""
    try:
        read(text, folder, **environment)
    except ConfigError as e:
        return [str(problem) for problem in e.problems]
    return []
