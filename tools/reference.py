"""The parts of the reference that the code itself knows: commands, options, exit codes, metrics, columns, rules.

Markdown comes out; where it stands is the business of `tools.docs`, and what people have to explain stands in the pages.
Some of it is nobody else's business and private in its module: a reference lays open what callers need not know.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from monitor import plugins
from monitor.cli import COMMANDS, build_parser, running
from monitor.config import Config, HostPort
from monitor.config.walk import secret_fields, shape_of
from monitor.core.alerting import TABLE, Route, When
from monitor.core.matching.confidence import REASON_CODES, form_points, points
from monitor.core.model import Reason, Role, Severity
from monitor.core.names import GRADES
from monitor.core.namesakes import POINTS
from monitor.core.registrations.headings import _ALSO, REQUIRED, Column
from monitor.storage.queries import ListedSource, Standing
from monitor.web.ops import _registry
from monitor.wording.en import WORDS

EXIT_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "OK": ("All well.", "Nothing."),
        "WRONG": (
            "Something is wrong (`check`, `audit verify`), or what was asked for is not there.",
            "Read the line that it prints.",
        ),
        "BAD_INPUT": ("Wrong usage, or a file or a line that cannot be used. Nothing was changed.", "Mend what it names."),
        "ALREADY_RUNNING": ("Another daemon holds the database.", "It says which process on which machine; end that one first."),
        "BAD_CONFIG": (
            "The configuration is wrong, or a plug-in cannot be loaded. Every fault is named at once.",
            "Mend what it names.",
        ),
        "BAD_STORAGE": (
            "The database or the disk: locked, full, damaged, from a newer version, or not there.",
            "It says which; a damaged database is never replaced by an empty one.",
        ),
        "ADDRESS_IN_USE": ("Something else listens on `web.bind` or `ops.bind`.", "Stop it, or choose another port."),
        "CRASH": ("A fault of ours.", "Report the line; it holds no names."),
        "STOPPED": ("Stopped by Ctrl-C.", "Nothing."),
    }
)
"""What each exit code of `monitor.cli.running` means, and what to do."""


# ------------------------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, slots=True)
class Described:
    """One command, or one thing that it can do: its words and its parser."""

    words: str
    parser: argparse.ArgumentParser


def described_commands() -> Iterator[Described]:
    """Yield every command, each followed by what it can do."""
    for command in COMMANDS:
        parser = argparse.ArgumentParser(
            prog=f"naamwacht {command.name}", description=_sentence(command.help), allow_abbrev=False
        )
        parser.set_defaults(command=command.name)
        import_module(command.module).add_arguments(parser)
        yield Described(command.name, parser)
        for name, action in _actions(parser):
            yield Described(f"{command.name} {name}", action)


def _actions(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001 # argparse has no other way to say what it knows
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.items()


def _overview() -> str:
    return f"```text\n{build_parser().format_help().strip()}\n```"


def _commands() -> str:
    return "\n\n".join(_command(described) for described in described_commands())


def _command(described: Described) -> str:
    """Return what `--help` says, laid out here: argparse's own layout changes from one Python to the next."""
    parser = described.parser
    rows = [(_typed(action), (action.help or "") % vars(action)) for action in _arguments(parser)]
    parts = [
        f"{'###' if ' ' in described.words else '##'} naamwacht {described.words}",
        parser.description or "",
        _table(("argument", "what it is for"), rows) if rows else "",
        parser.epilog or "",
    ]
    return "\n\n".join(filter(None, parts))


def _arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction):  # noqa: SLF001
            yield action


def _typed(action: argparse.Action) -> str:
    """Return how an argument is typed: `--limit N`, `--state open, due …`, `file`."""
    if not action.option_strings:
        return f"`{action.metavar or action.dest}`" + (" (may be left out)" if action.nargs == "?" else "")
    value = f"{{{','.join(map(str, action.choices))}}}" if action.choices else str(action.metavar or action.dest.upper())
    value = "" if action.nargs == 0 else value
    return f"`{' '.join(filter(None, (action.option_strings[0], value)))}`"


def exit_codes() -> Mapping[str, int]:
    """Return the exit codes by their names in `monitor.cli.running`."""
    return {name: value for name, value in vars(running).items() if name.isupper() and type(value) is int}


def _exit_codes() -> str:
    rows = [(f"`{number}`", *EXIT_CODES[name]) for name, number in exit_codes().items()]
    return _table(("code", "what it means", "what to do"), rows)


# -------------------------------------------------------------------------------------------------- configuration


def _options() -> str:
    top = [(name, option) for name, option in Config.model_fields.items() if shape_of(option.annotation)[1] is None]
    parts = [f"## Options that stand alone\n\n{_table(_HEADINGS, [_option_row(Config, *option) for option in top])}"]
    for name, option in Config.model_fields.items():
        shape, section = shape_of(option.annotation)
        if section is None:
            continue
        form = " (a list)" if shape is tuple else "" if shape is None else " (by name)"
        rows = [_option_row(section, *inner) for inner in section.model_fields.items()]
        parts.append(f"## {name}{form}\n\n{option.description}\n\n{_table(_HEADINGS, rows)}")
    return "\n\n".join(parts)


_HEADINGS = ("option", "what it takes", "default", "what it is for")


def _option_row(model: type[BaseModel], name: str, option: FieldInfo) -> tuple[str, ...]:
    also = f" (or `{name}_file`)" if name in secret_fields(model) else ""
    extra = option.json_schema_extra if isinstance(option.json_schema_extra, dict) else {}
    default = "needed" if option.is_required() else _shown(extra.get("default", option.default))
    return f"`{name}`{also}", _kind(option.annotation), default, option.description or ""


_KINDS: Mapping[object, str] = MappingProxyType(
    {
        str: "text",
        SecretStr: "secret text",
        bool: "true or false",
        int: "whole number",
        timedelta: "duration",
        time: "time of day",
        ZoneInfo: "time zone",
        HostPort: "host:port",
    }
)


def _kind(annotation: Any) -> str:  # Any: what a type hint may be
    """Return what may stand in an option, in words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inner[0])
    if origin in (Union, UnionType):
        return " or ".join(_kind(one) for one in inner if one is not NoneType)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin is tuple:
        return f"list: {_kind(inner[0])}"
    return _KINDS.get(annotation, "path" if annotation.__name__ == "Path" else "settings of the plug-in")


def _shown(default: object) -> str:
    match default:
        case None | "" | ():
            return ""
        case bool():
            return f"`{str(default).lower()}`"
        case time():
            return f'`"{default:%H:%M}"`'
        case str() | ZoneInfo() | HostPort():
            return f"`{default}`"
        case _:
            return f"`{default}`" if type(default).__module__.startswith("pathlib") else ""


def _plugins(installed: Mapping[str, plugins.ProviderType] | Mapping[str, plugins.NotifierType]) -> str:
    cards = [plugins.describe(name, plugin) for name, plugin in installed.items()]
    return "\n\n".join(f"### {card.name}\n\n{_sentence(card.summary)}\n\n{_settings(card)}" for card in cards)


def _sentence(summary: str) -> str:
    return f"{summary[:1].upper()}{summary[1:].rstrip('.')}."


def _settings(card: plugins.PluginCard) -> str:
    if not card.settings:
        return "It has no settings."
    rows = []
    for setting in card.settings:
        default = "needed" if setting.is_required else f"`{setting.default}`" if setting.default else ""
        also = f" (or `{setting.name}_file`)" if setting.is_secret else ""
        kind = setting.kind.replace(" | ", ", ")
        rows.append((f"`{setting.name}`{also}", kind, default, setting.description))
    return _table(("setting", "what it takes", "default", "what it is for"), rows)


# -------------------------------------------------------------------------------------------------------- the rest


def metrics() -> Mapping[str, tuple[str, str]]:
    """Return the metrics by name: their label, empty where there is none, and what they mean."""
    nothing = Standing(
        people=0,
        people_searched=0,
        people_unreachable=0,
        channels_unconfirmed=0,
        mentions=0,
        mentions_held_back={},
        sources=0,
        sources_failing=0,
        deliveries={},
        oldest_due_at=None,
        last_look_at=None,
    )
    fields = dict.fromkeys(ListedSource.__dataclass_fields__)
    source = ListedSource(**{**fields, "name": "Voorbeeldkrant", "failures": 0})  # type: ignore[arg-type] # only these are read
    families = _registry(nothing, [source], now=datetime(2026, 1, 1, tzinfo=UTC), is_beating=True).collect()
    return {family.name: (", ".join(family.samples[0].labels), family.documentation) for family in families}


def _metrics() -> str:
    rows = [(f"`{name}`", f"`{label}`" if label else "", text) for name, (label, text) in metrics().items()]
    return _table(("metric", "label", "what it says"), rows)


def _columns() -> str:
    rows = [
        (f"`{column}`{' (needed)' if column in REQUIRED else ''}", ", ".join(f"`{other}`" for other in _ALSO[column].split()))
        for column in Column
    ]
    return _table(("column", "also understood"), rows)


def _routes() -> str:
    rows = [(f"**{band}**", *(_routed(TABLE[band][severity]) for severity in Severity)) for band in TABLE]
    return _table(("is it our person?", *(f"`{severity.name.lower()}`" for severity in Severity)), rows)


_WHO: Mapping[tuple[Role, When], str] = MappingProxyType(
    {
        (Role.PERSON, When.NOW): "the person, at once",
        (Role.PERSON, When.DIGEST): "the person's daily digest",
        (Role.OFFICER, When.NOW): "the officer, at once",
        (Role.OFFICER, When.DIGEST): "the officer's daily digest",
    }
)


def _routed(routes: Sequence[Route]) -> str:
    return "; ".join(_WHO[route.role, route.when] for route in routes) or "listed only"


def _forms() -> str:
    rows = [(f"`{form}`", WORDS[f"form.{form}"], f"`{grade}`", f"{form_points(form):+.1f}") for form, grade in GRADES.items()]
    return _table(("form", "kind of spelling", "name", "points"), rows)


def _reasons() -> str:
    rows = []
    for code, parameters in REASON_CODES.items():
        words = WORDS[f"reason.{code}"].replace("{", "*").replace("}", "*")
        rows.append((f"`{code}`", ", ".join(f"`{each}`" for each in parameters), words, _counted(code)))
    return _table(("code", "parameters", "in words", "points"), rows)


def _counted(code: str) -> str:
    """Return what a reason weighs; of one that has levels, what each of them does."""
    if code == "form":
        return "by the form"
    if code == "rarity":
        bearers = (0.001, 1, 10, 100)
        return ", ".join(f"{points(Reason(code, {'bearers': each})) + 0.0:+.1f} for {each:g}" for each in bearers)
    if code in POINTS:
        return ", ".join(f"{each:+.1f}" for each in POINTS[code][1:])
    far, near = points(Reason(code)), points(Reason(code, {"near": True}))
    return f"{far:+.1f}" if far == near else f"{far:+.1f}, near {near:+.1f}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


PARTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "help": _overview,
        "commands": _commands,
        "exit-codes": _exit_codes,
        "options": _options,
        "providers": lambda: _plugins(plugins.providers()),
        "notifiers": lambda: _plugins(plugins.notifiers()),
        "metrics": _metrics,
        "columns": _columns,
        "routes": _routes,
        "forms": _forms,
        "reasons": _reasons,
    }
)
"""The parts by the name that stands in their mark."""
