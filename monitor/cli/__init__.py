"""The command line: one table of commands, each in a module that is imported only when it is called.

Importing the whole stack takes about a second; `naamwacht --help` must not.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module

EPILOG = """\
Exit codes: 0 all well; 1 something is wrong (check), or was not found; 2 wrong usage or unusable input;
3 another daemon holds the database; 4 the configuration is wrong; 5 the database or the disk; 6 an address is in use;
70 a fault of ours; 130 stopped by Ctrl-C. `naamwacht COMMAND --help` says more.
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the module with `add_arguments` and `run`, and one line of help."""

    name: str
    module: str
    help: str


COMMANDS: tuple[Command, ...] = (
    Command("run", "monitor.cli.daemon", "run the daemon"),
    Command("once", "monitor.cli.once", "look at what is due, deliver, and end (for cron)"),
    Command("init", "monitor.cli.init", "ask a handful of questions, write config.yaml, and show what is found"),
    Command("check", "monitor.cli.check", "say what is wrong and how to mend it"),
    Command("people", "monitor.cli.people", "the watchlist: import, list, show, export, retire, restore"),
    Command("names", "monitor.cli.names", "show the spellings of a name, how rare they are, and switch them"),
    Command("channels", "monitor.cli.channels", "the ways to reach people: list, confirm, send codes again"),
    Command("mentions", "monitor.cli.mentions", "what was found: list it, and say whose it is"),
    Command("namesakes", "monitor.cli.namesakes", "what was learned from that: list it, forget it"),
    Command("sources", "monitor.cli.sources", "list the sources and how they are doing"),
    Command("looks", "monitor.cli.looks", "list when what was looked at"),
    Command("deliveries", "monitor.cli.deliveries", "messages: list them, retry dead ones"),
    Command("audit", "monitor.cli.audit", "verify that the log of what people did is untouched"),
    Command("backup", "monitor.cli.backup", "write a backup"),
    Command("restore", "monitor.cli.backup", "put a backup back, or only verify it"),
    Command("providers", "monitor.cli.plugins_list", "list the kinds of sources with their settings"),
    Command("notifiers", "monitor.cli.plugins_list", "list the ways to send messages with their settings"),
    Command("match", "monitor.cli.match", "find people in documents (JSON lines in, JSON lines out)"),
    Command("feed", "monitor.cli.feed", "read a feed from a file (JSON lines out)"),
    Command("url", "monitor.cli.url", "print the canonical key of each address"),
)


def build_parser() -> ArgumentParser:
    """Return the parser of the first word only; the rest belongs to the command's module."""
    width = max(len(command.name) for command in COMMANDS)
    lines = "\n".join(f"  {command.name:<{width}}  {command.help}" for command in COMMANDS)
    parser = ArgumentParser(
        prog="naamwacht",
        usage="naamwacht [--version] COMMAND ...",
        description=f"Tells people when their name turns up online.\n\ncommands:\n{lines}",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        command = next((each for each in COMMANDS if arguments and each.name == arguments[0]), None)
        if command is None:
            return _without_command(arguments)
        runner = import_module("monitor.cli.running")
        return int(runner.run_command(command, lambda: import_module(command.module), arguments[1:]))
    except KeyboardInterrupt:
        return 130
    except ImportError as error:
        sys.stderr.write(f"naamwacht: the installation is not whole ({error.name} is missing): install it again\n")
        return 70


def _without_command(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--version"]:
        version = import_module("importlib.metadata").version("naamwacht")
        return _print(f"{version}\n")
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        return _print(build_parser().format_help())
    close = import_module("difflib").get_close_matches(arguments[0], [command.name for command in COMMANDS], n=1)
    remedy = f"did you mean {close[0]}?" if close else "`naamwacht --help` lists them"
    sys.stderr.write(f"naamwacht: there is no command {arguments[0]!r}; {remedy}\n")
    return 2


def _print(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Nobody reads it, or the disk is full; Python would complain once more while it closes stdout.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0 if isinstance(error, BrokenPipeError) else 5
    return 0
