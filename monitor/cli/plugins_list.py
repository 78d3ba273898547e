"""`naamwacht providers` and `naamwacht notifiers`: the plug-ins that are installed, with their settings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict

from monitor import plugins
from monitor.cli.opening import add_json
from monitor.cli.output import Output
from monitor.cli.running import OK, NotFound
from monitor.plugins import NotifierType, PluginCard, ProviderType, Setting

VERBS = {"read": "is read; names are matched here", "ask": "is asked; names are sent to it", "send": "sends messages"}


def add_arguments(parser: ArgumentParser) -> None:
    """Add the choice of one plug-in, and `--json`."""
    parser.add_argument("name", nargs="?", help="only this one")
    add_json(parser)
    parser.epilog = "config.example.yaml shows how they stand in a configuration."


def run(arguments: Namespace, out: Output) -> int:
    """Print every plug-in of the kind that was asked for."""
    plugins.check_packages()
    installed: Mapping[str, ProviderType | NotifierType]
    installed = plugins.providers() if arguments.command == "providers" else plugins.notifiers()
    if arguments.name is not None and arguments.name not in installed:
        raise NotFound(f"no such plug-in is installed (there are {', '.join(installed)})")
    cards = [
        plugins.describe(name, plugin) for name, plugin in installed.items() if arguments.name is None or name == arguments.name
    ]
    if out.as_json:
        out.json([asdict(card) for card in cards])
        return OK
    for number, card in enumerate(cards):
        if number:
            out.line()
        _print_card(card, out)
    return OK


def _print_card(card: PluginCard, out: Output) -> None:
    out.line(f"{card.name}: {VERBS[card.verb]}")
    out.indented(card.summary, 2)
    for setting in card.settings:
        out.indented(_setting(setting), 4)
    if not card.settings:
        out.indented("It has no settings.", 4)


def _setting(setting: Setting) -> str:
    kind = f"{setting.kind}, needed" if setting.is_required else setting.kind
    default = f" (default {setting.default})" if setting.default else ""
    described = f": {setting.description}" if setting.description else ""
    return f"{setting.name} [{kind}]{default}{described}"
