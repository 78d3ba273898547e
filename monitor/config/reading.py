"""Read a configuration: the file, then its keys, then its values, then what must hold between them. Every fault at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from monitor.config.document import read_document
from monitor.config.faults import plain_problem, problems_in
from monitor.config.sections import Config
from monitor.config.values import database_address
from monitor.config.walk import Walk, joined, likely
from monitor.core.addresses import normal_email
from monitor.ports import ConfigError, Problem, Settings

Kind = Literal["provider", "notifier"]
SettingsOf = Callable[[Kind, str], type[Settings] | None]
"""Returns the settings of an installed plug-in, or None where there is no such plug-in."""

Known = Mapping[Kind, Collection[str]]
NOTHING_KNOWN: Known = {}
ADDRESSED = frozenset({"email"})


def load(
    path: Path,
    *,
    environment: Mapping[str, str],
    settings_of: SettingsOf,
    known: Known = NOTHING_KNOWN,
    addressed: Collection[str] = ADDRESSED,
) -> Config:
    """Return the configuration in the file at *path*. Raises `ConfigError` with every fault at once.

    *settings_of* finds the settings of a plug-in; *known* names the installed ones, for the remedy where there is none;
    *addressed* are the types of notifier that write to an address (`Notifier.is_addressed`).
    """
    return parse(
        read_document(path),
        folder=path.absolute().parent,
        environment=environment,
        settings_of=settings_of,
        known=known,
        addressed=addressed,
    )


def parse(
    written: Mapping[str, object],
    *,
    folder: Path,
    environment: Mapping[str, str],
    settings_of: SettingsOf,
    known: Known = NOTHING_KNOWN,
    addressed: Collection[str] = ADDRESSED,
) -> Config:
    """Return the configuration that *written* holds; relative paths are seen from *folder*. Raises `ConfigError`."""
    walk = Walk(folder=folder, environment=environment)
    options = {key: walk.substituted(value, key) for key, value in written.items()}
    plugins = _Plugins(walk, settings_of, known)
    options = _each(options, "sources", plugins.source)
    options = _each(options, "notifiers", plugins.notifier)
    options = walk.fitted(Config, options)
    _set_places(walk, options)
    config: Config | None = None
    try:
        config = Config.model_validate(options)
    except ValidationError as e:
        walk.note(problems_in(e, ""))
    walk.note(_unreadable(options))
    walk.note(_disagreements(options, addressed))
    walk.note(_same_port(config))
    if config is None or walk.problems:
        raise ConfigError(_in_order(walk.problems))
    return config


class _Plugins:
    """Reads the settings of plug-ins, each by its own model."""

    def __init__(self, walk: Walk, settings_of: SettingsOf, known: Known) -> None:
        self._walk = walk
        self._settings_of = settings_of
        self._known = known

    def source(self, written: Mapping[str, object], path: str) -> dict[str, object]:
        """Return a source whose `settings` are validated."""
        provider, settings = written.get("provider"), written.get("settings")
        return {**written, "settings": self._settings("provider", provider, settings, (f"{path}.provider", f"{path}.settings"))}

    def notifier(self, written: Mapping[str, object], path: str) -> dict[str, object]:
        """Return a notifier with its validated settings, which are written beside its type."""
        kind, settings = written.get("type"), {key: value for key, value in written.items() if key != "type"}
        return {"type": kind, "settings": self._settings("notifier", kind, settings, (f"{path}.type", path))}

    def _settings(self, kind: Kind, name: object, written: object, paths: tuple[str, str]) -> Settings:
        """Return validated settings, or none at all where what is wrong has been noted (or will be, of the name)."""
        path_of_name, path = paths
        model = self._settings_of(kind, name) if isinstance(name, str) else None
        if isinstance(name, str) and model is None:
            known = self._known.get(kind, ())
            self._walk.refuse(
                path_of_name, f"no such {kind} is installed", likely(name, known) if known else f"see `naamwacht {kind}s`"
            )
        if model is None:
            return Settings()
        if not isinstance(written, Mapping | None):
            self._walk.refuse(path, "is not a group of options", "write its options as `key: value` lines below it")
            return Settings()
        try:
            return model.model_validate(self._walk.fitted(model, written or {}, path))
        except ValidationError as e:
            self._walk.note(problems_in(e, path))
            return Settings()


def _each(
    options: Mapping[str, object], name: str, read: Callable[[Mapping[str, object], str], dict[str, object]]
) -> dict[str, object]:
    """Return *options* with every group in the list, or the groups, called *name* read; what is no group is left to its model."""
    written = options.get(name)
    if isinstance(written, list):
        return {
            **options,
            name: [read(one, joined(name, n)) if isinstance(one, Mapping) else one for n, one in enumerate(written)],
        }
    if isinstance(written, Mapping):
        return {
            **options,
            name: {key: read(one, joined(name, key)) if isinstance(one, Mapping) else one for key, one in written.items()},
        }
    return dict(options)


def _set_places(walk: Walk, options: dict[str, object]) -> None:
    """Make the folder of the data absolute, and the address of the database what SQLAlchemy needs."""
    data_dir = options.setdefault("data_dir", walk.resolve("data"))
    database = options.setdefault("database", f"sqlite:///{data_dir}/naamwacht.db")
    if isinstance(database, str):
        try:
            options["database"] = database_address(database, walk.resolve)
        except PydanticCustomError as e:
            walk.note([plain_problem(e, "database")])


def _unreadable(options: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what must be there before anything can be reached."""
    ca_file = _option(options.get("network"), "ca_file")
    if isinstance(ca_file, Path) and not ca_file.is_file():
        yield Problem("network.ca_file", "is no file that can be read", "check its path and its permissions")


def _disagreements(options: Mapping[str, object], addressed: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong between options that are each right. Read from what was written, so that other faults hide none."""
    yield from _named_twice(options, "sources")
    yield from _named_twice(options, "channels")
    notifiers = options.get("notifiers")
    types = {name: _option(one, "type") for name, one in notifiers.items()} if isinstance(notifiers, Mapping) else {}
    for path, channel in _listed(options.get("channels"), "channels"):
        notifier = _option(channel, "notifier")
        yield from _unknown_notifier(f"{path}.notifier", notifier, types)
        if isinstance(notifier, str) and types.get(notifier) in addressed:
            yield from _unaddressed(f"{path}.to", _option(channel, "to"), notifier)
    for path, notifier in _listed(_option(options.get("people"), "notifiers"), "people.notifiers"):
        yield from _unknown_notifier(path, notifier, types)


def _unaddressed(path: str, to: object, notifier: str) -> Iterator[Problem]:
    if not to:
        yield Problem(path, "is missing", f"{notifier} writes to an address: give one")
    elif isinstance(to, str) and not normal_email(to.strip()):
        yield Problem(path, "is not an e-mail address", "write one bare address, as in desk@example.org")


def _same_port(config: Config | None) -> Iterator[Problem]:
    if config and config.web.bind == config.ops.bind and config.web.bind.port:
        yield Problem("ops.bind", "is the same as web.bind", "give each a port of its own")


def _unknown_notifier(path: str, name: object, known: Collection[str]) -> Iterator[Problem]:
    if isinstance(name, str) and name not in known:
        yield Problem(path, "is no notifier of this configuration", likely(name, known) if known else "add it under `notifiers`")


def _named_twice(options: Mapping[str, object], section: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for path, one in _listed(options.get(section), section):
        name = _option(one, "name")
        if isinstance(name, str) and first.setdefault(name.strip(), path) != path:
            yield Problem(f"{path}.name", f"is the same as {first[name.strip()]}.name", f"give each of the {section} its own")


def _listed(written: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield the path and the value of everything in a list, or nothing where it is none."""
    if isinstance(written, list):
        yield from ((joined(path, place), one) for place, one in enumerate(written))


def _option(group: object, name: str) -> object:
    return group.get(name) if isinstance(group, Mapping) else None


def _in_order(problems: Collection[Problem]) -> list[Problem]:
    """Return the problems section by section, as the example lists them."""
    order = list(Config.model_fields)

    def place(problem: Problem) -> tuple[int, int]:
        section, *inner = re.split(r"[.\[\]]", problem.path)
        return order.index(section) if section in order else -1, int(inner[0]) if inner and inner[0].isdigit() else -1

    return sorted(problems, key=place)
