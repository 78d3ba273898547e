"""The application: all parts, opened on one configuration and one database."""

from __future__ import annotations

import base64
import os
import random
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor import config as configuration
from monitor import plugins
from monitor.actions.acting import Acting
from monitor.actions.channels import ChannelRules, sync_channels
from monitor.app.sourcing import Sourcing, Workbench
from monitor.app.surroundings import lead_libraries
from monitor.config import Config
from monitor.core.alerting import DigestHour
from monitor.core.model import Role
from monitor.core.names import display_name
from monitor.evidence.exchanges import ExchangeStore
from monitor.fetch.children import ParseChildren
from monitor.fetch.gate import Gate, NetworkRules
from monitor.log import Blackout, get_log
from monitor.pipeline.compose import Composer
from monitor.pipeline.deliver import Outlet
from monitor.pipeline.housekeep import renew_addresses
from monitor.pipeline.world import World
from monitor.ports import Clock, Log, Notifier, NotifierTools, Settings
from monitor.storage import deliveries, memory, people, sources
from monitor.storage.channels import ChannelSetting
from monitor.storage.engine import Database
from monitor.wording import House


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """Return the wall-clock time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()


def new_token() -> str:
    """Return 26 random letters and digits that are not mistaken for each other."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")


def settings_of(kind: configuration.Kind, name: str) -> type[Settings] | None:
    """Return the settings model of an installed plug-in, None where there is none of that name."""
    plugin = plugins.providers().get(name) if kind == "provider" else plugins.notifiers().get(name)
    return None if plugin is None else plugin.Settings


def _settings_in(tables: Mapping[str, Mapping[str, plugins.ProviderType | plugins.NotifierType]]) -> configuration.SettingsOf:
    """Return what finds the settings model of a plug-in in *tables*: the entry points are read once, not for every source."""

    def found(kind: configuration.Kind, name: str) -> type[Settings] | None:
        plugin = tables[kind].get(name)
        return None if plugin is None else plugin.Settings

    return found


def load_config(path: Path, *, environment: Mapping[str, str]) -> Config:
    """Read the configuration; raises `ConfigError` with every fault at once."""
    plugins.check_packages()
    kinds, providers = plugins.notifiers(), plugins.providers()
    return configuration.load(
        path,
        environment=environment,
        settings_of=_settings_in({"provider": providers, "notifier": kinds}),
        known={"provider": tuple(providers), "notifier": tuple(kinds)},
        addressed=frozenset(name for name, kind in kinds.items() if kind.is_addressed),
    )


def parse_config(written: Mapping[str, object], folder: Path) -> Config:
    """Return the configuration that *written* holds, as the file would hold it; relative paths begin at *folder*."""
    return configuration.parse(written, folder=folder, environment={}, settings_of=settings_of)


def parse_children() -> AbstractContextManager[ParseChildren]:
    """Return one parse child of its own, for a command that needs nothing else."""
    return closing(ParseChildren(count=1, clock=SystemClock(), log=get_log()))


@dataclass(frozen=True, slots=True)
class App:
    """The parts."""

    config: Config
    db: Database
    clock: Clock
    log: Log
    blackout: Blackout
    gate: Gate
    children: ParseChildren
    exchanges: ExchangeStore
    sourcing: Sourcing
    notifiers: Mapping[str, Notifier]  # type: ignore[type-arg] # of any settings
    channel_rules: ChannelRules

    @classmethod
    @contextmanager
    def open(cls, config: Config, db: Database, blackout: Blackout | None = None, *, clock: Clock | None = None) -> Iterator[App]:
        """Open the parts on a database whose tables are those of this version. `blackout` hears of secrets and names."""
        with ExitStack() as stack:
            hidden = blackout or Blackout()
            hidden.hide_secrets(configuration.secrets_of(config))
            lead_libraries(config, os.environ)
            yield cls._assembled(config, db, clock or SystemClock(), hidden, stack)

    @classmethod
    def _assembled(cls, config: Config, db: Database, clock: Clock, blackout: Blackout, stack: ExitStack) -> App:
        logger = get_log()
        notifier_types = plugins.notifiers()
        gate = Gate(network_rules(config), clock=clock)
        stack.callback(gate.close)
        children = stack.enter_context(closing(ParseChildren(clock=clock, log=logger)))
        exchanges = ExchangeStore(config.data_dir / "exchanges")
        tools = NotifierTools(connect=gate.connect, clock=clock, log=logger, ca_file=config.network.ca_file)
        return cls(
            config=config,
            db=db,
            clock=clock,
            log=logger,
            blackout=blackout,
            gate=gate,
            children=children,
            exchanges=exchanges,
            sourcing=Sourcing(config, plugins.providers(), Workbench(gate, children, exchanges, clock, logger)),
            notifiers={
                name: notifier_types[notifier.type](notifier.settings, tools) for name, notifier in config.notifiers.items()
            },
            channel_rules=channel_rules(config),
        )

    @property
    def world(self) -> World:
        """Return what the pipeline is handed."""
        digest = DigestHour(self.config.delivery.digest_at, self.config.timezone)
        return World(db=self.db, clock=self.clock, log=self.log, jitter=random.random, digest=digest, failpoint=self.db.failpoint)

    def acting(self, actor: str) -> Acting:
        """Return what an action is handed; *actor* is who does it."""
        return Acting(self.db, self.clock, new_token, actor)

    def settle(self) -> None:
        """Make the database fit the configuration: Sources, Channels, keys of addresses. Done once, at the start."""
        with self.db.write("settle") as tx:
            sources.sync_sources(tx, self.sourcing.settings(), now=self.clock.now())
            if not memory.recall(tx, memory.INSTANCE):
                memory.remember(tx, memory.INSTANCE, new_token().lower())
            # We hold the database, so whoever was sending died.
            deliveries.release_lapsed(tx, None, now=self.clock.now())
        sync_channels(self.acting("configuration"), self.channel_rules)
        renew_addresses(self.world)
        self.hide_names()

    def hide_names(self) -> None:
        """Black out the names of the people in the log from now on."""
        with self.db.read() as tx:
            registered = people.load_people(tx)
        self.blackout.hide_names(
            hidden
            for person in registered
            for hidden in (display_name(person.name), person.registration.email, *person.name.handles)
            if hidden
        )

    def outlets(self) -> Sequence[Outlet]:
        """Return the notifiers, ready to deliver."""
        with self.db.read() as tx:
            instance = memory.recall(tx, memory.INSTANCE)
        organisation = self.config.organisation
        house = House(organisation=organisation.name, zone=self.config.timezone, tell=organisation.contact)
        domain = next(iter(organisation.domains), "naamwacht.invalid")
        composer = Composer(self.world, house, f"{instance}@{domain}")
        return tuple(Outlet(name, notifier, composer.compose) for name, notifier in self.notifiers.items())


def network_rules(config: Config) -> NetworkRules:
    """Return the section `network` as the gate knows it."""
    network = config.network
    types = plugins.notifiers()
    leads_to = [pair for notifier in config.notifiers.values() for pair in types[notifier.type].leads_to(notifier.settings)]
    return NetworkRules(
        internal=frozenset([*((pair.host, pair.port) for pair in network.internal), *leads_to]),
        proxy="" if network.proxy is None else network.proxy.get_secret_value(),
        no_proxy=network.no_proxy,
        ca_file=network.ca_file,
        user_agent=network.user_agent,
    )


def channel_rules(config: Config) -> ChannelRules:
    """Return how people are reached, as the actions know it."""
    types = plugins.notifiers()
    addressed = frozenset(name for name, notifier in config.notifiers.items() if types[notifier.type].is_addressed)
    return ChannelRules(
        configured=tuple(
            ChannelSetting(
                name=channel.name,
                role=Role(channel.role),
                person_id=None,
                notifier=channel.notifier,
                address=channel.to,
                language=channel.language or config.language,
            )
            for channel in config.channels
        ),
        for_people=config.people.notifiers or tuple(name for name in config.notifiers if name in addressed),
        addressed=addressed,
        domains=frozenset(config.organisation.domains) if config.people.confirm == "domain" else frozenset(),
        zone=config.timezone,
    )
