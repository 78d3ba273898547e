"""Runs one command: its arguments, its output, its exit code. The crash barrier of the command line."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Protocol

from monitor.cli.output import Output
from monitor.ports import AddressInUse, AlreadyRunning, ConfigError, NaamwachtError, PluginError, ProviderError, StorageError

OK, WRONG, BAD_INPUT, ALREADY_RUNNING, BAD_CONFIG, BAD_STORAGE, ADDRESS_IN_USE, CRASH = 0, 1, 2, 3, 4, 5, 6, 70


class Named(Protocol):
    """What a command is called and what its help says."""

    name: str
    help: str


class CommandModule(Protocol):
    """A module with a command in it."""

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, arguments: Namespace, out: Output) -> int: ...


class InputError(NaamwachtError):
    """What was given to a command cannot be used."""


def run_command(command: Named, module: CommandModule, argv: Sequence[str]) -> int:
    """Run a command and return its exit code; every known fault is one clear message on stderr."""
    parser = ArgumentParser(prog=f"naamwacht {command.name}", description=f"{command.help[0].upper()}{command.help[1:]}.")
    module.add_arguments(parser)
    arguments = parser.parse_args(argv)
    arguments.command = command.name
    try:
        return module.run(arguments, Output(as_json=getattr(arguments, "json", False)))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough; Python would complain once more while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except NaamwachtError as error:
        sys.stderr.write(_explained(error))
        return _code_of(error)
    except Exception as crash:  # noqa: BLE001 # crash barrier: cli
        # Only where and what kind: the message of an unforeseen error may hold names.
        sys.stderr.write(f"naamwacht: this should not happen ({_place(crash)}); please report it\n")
        return CRASH


def _explained(error: NaamwachtError) -> str:
    if isinstance(error, ConfigError):
        return "".join(f"{problem}\n" for problem in error.problems)
    return f"{error}\n"


def _code_of(error: NaamwachtError) -> int:
    match error:
        case AlreadyRunning():
            return ALREADY_RUNNING
        case ConfigError() | PluginError():
            return BAD_CONFIG
        case StorageError():
            return BAD_STORAGE
        case AddressInUse():
            return ADDRESS_IN_USE
        case InputError() | ProviderError():
            return BAD_INPUT
        case _:
            return WRONG


def _place(crash: Exception) -> str:
    traceback = crash.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    where = "" if traceback is None else f" in {traceback.tb_frame.f_globals.get('__name__')}:{traceback.tb_lineno}"
    return f"{type(crash).__name__}{where}"
