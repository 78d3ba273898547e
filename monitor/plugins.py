"""Find the plug-ins: which providers and notifiers are installed, and what their settings are.

Here: entry points, ours and others' alike, and the check that the packages in use are our own.
Not here: making a plug-in, or reading its settings from the configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from importlib.metadata import EntryPoint, EntryPoints, PackageNotFoundError, distribution, entry_points
from importlib.util import find_spec
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

import monitor
from monitor.ports import Feed, Notifier, PluginError, Search, Settings

PROVIDERS = "naamwacht.providers"
NOTIFIERS = "naamwacht.notifiers"

OUR_PACKAGES = ("notifiers", "providers")
"""Top-level names that others use too: a published package is called `notifiers`."""

OUR_FOLDER = Path(monitor.__file__).resolve().parent.parent

# `Any`: plug-ins of any settings stand in one table.
ProviderType: TypeAlias = type[Feed[Any]] | type[Search[Any]]
NotifierType: TypeAlias = type[Notifier[Any]]

# A stranger's module runs when it is loaded: these are the ways in which one that is broken or unfit for this release ends.
_BROKEN = (ImportError, AttributeError, SyntaxError, NameError, TypeError, ValueError, LookupError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a plug-in, in words. `default` is empty where there is none, and for a secret."""

    name: str
    kind: str
    default: str
    is_required: bool
    is_secret: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginCard:
    """A plug-in as `naamwacht providers`, `naamwacht notifiers` and the reference show it."""

    name: str
    verb: str
    summary: str
    sends_names: bool
    settings: tuple[Setting, ...]


def providers(found: Iterable[EntryPoint] | None = None) -> Mapping[str, ProviderType]:
    """Return every provider under the name that the configuration uses. Raises `PluginError`."""
    table: dict[str, ProviderType] = {}
    for point, plugin in _load(_installed(PROVIDERS) if found is None else found):
        if not issubclass(plugin, (Feed, Search)):
            raise _unfit(point, "is neither a Feed nor a Search")
        table[point.name] = plugin
    return table


def notifiers(found: Iterable[EntryPoint] | None = None) -> Mapping[str, NotifierType]:
    """Return every notifier under the name that the configuration uses. Raises `PluginError`."""
    table: dict[str, NotifierType] = {}
    for point, plugin in _load(_installed(NOTIFIERS) if found is None else found):
        if not issubclass(plugin, Notifier):
            raise _unfit(point, "is no Notifier")
        table[point.name] = plugin
    return table


def describe(name: str, plugin: ProviderType | NotifierType) -> PluginCard:
    """Return what a person needs to know to use *plugin*."""
    verb = "send" if issubclass(plugin, Notifier) else "read" if issubclass(plugin, Feed) else "ask"
    return PluginCard(
        name=name,
        verb=verb,
        summary=plugin.summary,
        sends_names=bool(getattr(plugin, "sends_names", False)),  # a notifier has no such mark
        settings=tuple(_setting(key, field) for key, field in plugin.Settings.model_fields.items()),
    )


def check_packages(
    folder_of: Callable[[str], Path | None] | None = None, is_installed: Callable[[str], bool] | None = None
) -> None:
    """Make sure that `providers` and `notifiers` are Naamwacht's own. Raises `PluginError` with the remedy."""
    remedy = "give Naamwacht a virtual environment of its own"
    for name in OUR_PACKAGES:
        folder = (folder_of or _folder_of)(name)
        if folder is None:
            raise PluginError(f"the package {name!r} is missing: install Naamwacht again")
        if folder.parent != OUR_FOLDER:
            raise PluginError(f"the package {name!r} in use is not Naamwacht's own but {folder}: {remedy}")
        # Installed side by side, two packages of one name end up mixed in one folder.
        if (is_installed or _is_installed)(name):
            raise PluginError(f"another package called {name!r} is installed beside Naamwacht: {remedy}, or remove it")


def _installed(group: str) -> EntryPoints:
    found = entry_points(group=group)
    if not found:
        raise PluginError(f"nothing is installed under {group}, not even Naamwacht's own: install Naamwacht (pip install -e .)")
    return found


def _load(points: Iterable[EntryPoint]) -> list[tuple[EntryPoint, type]]:
    """Return what the entry points name, by name."""
    check_packages()
    loaded: dict[str, tuple[EntryPoint, type]] = {}
    for point in sorted(points, key=lambda point: point.name):
        if point.name in loaded and loaded[point.name][0].value != point.value:
            raise _unfit(point, f"has the same name as {loaded[point.name][0].value}")
        loaded[point.name] = (point, _loaded(point))
    return list(loaded.values())


def _loaded(point: EntryPoint) -> type:
    try:
        # Any: a module may hold anything under that name; the checks below find out.
        plugin: Any = point.load()
    except _BROKEN as e:
        raise _unfit(point, f"cannot be loaded ({type(e).__name__}: {e})") from e
    if not isinstance(plugin, type):
        raise _unfit(point, "is no class")
    if not issubclass(plugin, (Feed, Search, Notifier)):
        return plugin
    if missing := getattr(plugin, "__abstractmethods__", None):
        raise _unfit(point, f"lacks {', '.join(sorted(missing))}")
    settings = getattr(plugin, "Settings", None)
    if not (isinstance(settings, type) and issubclass(settings, Settings)):
        raise _unfit(point, "has no Settings made from monitor.ports.Settings")
    if not isinstance(getattr(plugin, "summary", None), str):
        raise _unfit(point, "has no summary")
    return plugin


def _unfit(point: EntryPoint, fault: str) -> PluginError:
    return PluginError(f"plug-in {point.name!r} ({point.group}: {point.value}) {fault}")


def _folder_of(name: str) -> Path | None:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))).resolve()


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _setting(name: str, field: FieldInfo) -> Setting:
    is_secret = SecretStr in (field.annotation, *get_args(field.annotation))
    has_default = not field.is_required() and field.default_factory is None
    return Setting(
        name=name,
        kind=_kind(field.annotation),
        default=_shown(field.default) if has_default and not is_secret else "",
        is_required=field.is_required(),
        is_secret=is_secret,
        description=field.description or "",
    )


_WORDS: Mapping[object, str] = {
    str: "text",
    SecretStr: "secret text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    timedelta: "duration",
    Path: "path",
}


def _kind(annotation: object) -> str:
    """Return what may stand in a setting, in words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inner[0])
    if origin in (Union, UnionType):
        return " or ".join(_kind(one) for one in inner if one is not NoneType)
    if origin is Literal:
        return " | ".join(str(one) for one in inner)
    if isinstance(origin, type) and issubclass(origin, Collection):
        return f"{_kind(inner[1])} by name" if issubclass(origin, Mapping) else f"list of {_kind(inner[0])}"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return " | ".join(str(one.value) for one in annotation)
    return _WORDS.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _shown(default: object) -> str:
    """Return a default as it would stand in the configuration."""
    match default:
        case None:
            return ""
        case bool():
            return str(default).lower()
        case Enum():
            return str(default.value)
        case tuple() | list() | frozenset():
            return ", ".join(_shown(one) for one in default)
        case _:
            return str(default)
