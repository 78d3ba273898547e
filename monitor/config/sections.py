"""The sections of the configuration: their options, defaults and meaning.

The descriptions go into the reference and the JSON Schema. How text becomes a value stands in `values`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, SerializeAsAny, field_validator, model_validator

from monitor.config.values import (
    Bind,
    Cadence,
    Domain,
    Endpoint,
    HeaderText,
    HostName,
    HostPort,
    Label,
    ProxyAddress,
    Recipient,
    TimeOfDay,
    Zone,
    fault,
)
from monitor.core.model import Organisation
from monitor.ports import Settings

DATABASE = "sqlite:///data/naamwacht.db"
Language = Literal["nl", "en"]


class Section(BaseModel):
    """A part of the configuration: cannot be changed, refuses what it does not know, never shows what was written."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class OrganisationConfig(Section):
    """Whose employees are watched over."""

    name: str = Field(default="", description="Name of the organisation, as texts write it.")
    aliases: tuple[Label, ...] = Field(default=(), description="Other names and abbreviations of the organisation.")
    domains: tuple[Domain, ...] = Field(default=(), description="Domains of the organisation's own e-mail addresses.")
    contact: str = Field(default="", max_length=200, description="Whom people can talk to, as their alert says it.")

    def to_organisation(self) -> Organisation:
        """Return it as the matching rules know it."""
        return Organisation(name=self.name, aliases=self.aliases, domains=self.domains)


class PeopleConfig(Section):
    """Where the people come from, and how they are reached."""

    import_from: Path | None = Field(
        default=None, description="People file to import every night; the newest that fits the pattern."
    )
    import_at: TimeOfDay = Field(default=time(3, 0), description="When the nightly import runs.")
    confirm: Literal["domain", "code"] = Field(
        default="domain",
        description="domain: addresses in organisation.domains are confirmed by that; code: each by a code in a mail.",
    )
    notifiers: tuple[Label, ...] = Field(
        default=(), description="Notifiers that write to people at their own address; left out: every one that can."
    )


class NetworkConfig(Section):
    """The way out."""

    internal: tuple[Endpoint, ...] = Field(
        default=(), description="Hosts of your own that may be reached although they are not public, such as a SearXNG."
    )
    proxy: ProxyAddress | None = Field(default=None, description="Outgoing proxy; then nothing is reached but through it.")
    no_proxy: tuple[Label, ...] = Field(default=(), description="Hosts that are reached without the proxy.")
    ca_file: Path | None = Field(
        default=None, description="Certificates (PEM) to trust besides the usual ones, for a proxy that inspects TLS."
    )
    user_agent: HeaderText = Field(default="Naamwacht", description="How we name ourselves to web servers.")


class SourceConfig(Section):
    """One source: a provider with its settings."""

    name: Label = Field(description="Name of the source, in lists and reports. A new name is a new source.")
    provider: str = Field(description="Plug-in that reads or asks it; see `naamwacht providers`.")
    every: Cadence | None = Field(default=None, description="How often it is looked at; left out: what suits the provider.")
    receives_names: bool = Field(
        default=False, description="Whether names may be sent to it. A search engine is only asked where this says true."
    )
    expected_every: Cadence | None = Field(
        default=None, description="How often it brings something new as a rule; silence beyond that is reported."
    )
    settings: SerializeAsAny[Settings] = Field(default_factory=Settings, description="Settings of the provider.")


class NotifierConfig(Section):
    """One way to send messages: a notifier with its settings, which stand beside `type`."""

    type: str = Field(description="Plug-in that sends; see `naamwacht notifiers`.")
    settings: SerializeAsAny[Settings] = Field(default_factory=Settings, description="Settings of the notifier.")


class ChannelConfig(Section):
    """One way to reach the organisation itself. The channels of people come from the people file."""

    name: Label = Field(description="Name of the channel, in lists and reports.")
    role: Literal["officer", "operator"] = Field(
        description="officer: told what concerns the organisation; operator: told the service's troubles, never a mention."
    )
    notifier: Label = Field(description="Notifier that it goes through.")
    to: Recipient = Field(default="", description="E-mail address; left out for a notifier that knows where to.")
    language: Language | None = Field(default=None, description="Language of its messages; left out: that of the organisation.")

    @field_validator("name")
    @classmethod
    def _is_not_of_a_person(cls, name: str) -> str:
        if name.startswith("person-"):
            raise fault("begins with person-, as the channels of people do", "choose another name")
        return name


class DeliveryConfig(Section):
    """When messages go out."""

    digest_at: TimeOfDay = Field(default=time(7, 30), description="When the daily digest goes out.")


class WebConfig(Section):
    """The page."""

    bind: Bind = Field(default=HostPort("127.0.0.1", 8080), description="Where the page listens; this machine only.")
    hosts: tuple[HostName, ...] = Field(default=(), description="Further host names under which the page may be asked for.")

    @field_validator("bind")
    @classmethod
    def _is_loopback(cls, bind: HostPort) -> HostPort:
        if not bind.is_loopback:
            raise fault(
                "would show the page to other machines without a sign-in", 'listen on this machine only: "127.0.0.1:8080"'
            )
        return bind


class OpsConfig(Section):
    """Health and metrics."""

    bind: Bind = Field(default=HostPort("127.0.0.1", 8081), description="Where health and metrics are asked for.")
    token: SecretStr | None = Field(
        default=None, min_length=16, description="Bearer token that must be sent; needed where bind is not this machine."
    )

    @model_validator(mode="after")
    def _is_guarded(self) -> Self:
        if not self.bind.is_loopback and self.token is None:
            raise fault("bind can be reached by other machines, and there is no token", "set token_file, or listen on 127.0.0.1")
        return self


class LogConfig(Section):
    """The log, on standard error."""

    format: Literal["console", "json"] = Field(default="console", description="console: for people; json: one object per line.")
    level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="The least that is written down.")


class Config(Section):
    """Everything that the configuration file says."""

    organisation: OrganisationConfig = Field(default=OrganisationConfig(), description="Whose employees are watched over.")
    language: Language = Field(default="nl", description="Language of messages and of the page, where a person has none.")
    timezone: Zone = Field(default=ZoneInfo("Europe/Amsterdam"), description="Time zone of the organisation.")
    data_dir: Path = Field(default=Path("data"), description="Folder for evidence, backups and the default database.")
    database: SecretStr = Field(
        default=SecretStr(DATABASE),
        description="Address of the database: a SQLite file (left out: naamwacht.db in data_dir), or PostgreSQL.",
        json_schema_extra={"default": DATABASE},
    )
    people: PeopleConfig = Field(default=PeopleConfig(), description="Where the people come from, and how they are reached.")
    network: NetworkConfig = Field(default=NetworkConfig(), description="The way out.")
    sources: tuple[SourceConfig, ...] = Field(default=(), description="What is read and asked.")
    notifiers: Mapping[Label, NotifierConfig] = Field(default_factory=dict, description="How messages are sent, by name.")
    channels: tuple[ChannelConfig, ...] = Field(default=(), description="Who of the organisation is told.")
    delivery: DeliveryConfig = Field(default=DeliveryConfig(), description="When messages go out.")
    web: WebConfig = Field(default=WebConfig(), description="The page.")
    ops: OpsConfig = Field(default=OpsConfig(), description="Health and metrics.")
    log: LogConfig = Field(default=LogConfig(), description="The log, on standard error.")
