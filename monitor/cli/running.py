"""Runs one command: its arguments, its output, its exit code. The crash barrier of the command line."""

from __future__ import annotations

import errno
import io
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol

from monitor.cli.output import Output
from monitor.core.plain import visible
from monitor.ports import AddressInUse, AlreadyRunning, ConfigError, NaamwachtError, PluginError, ProviderError, StorageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

OK, WRONG, BAD_INPUT, ALREADY_RUNNING, BAD_CONFIG, BAD_STORAGE, ADDRESS_IN_USE, CRASH = 0, 1, 2, 3, 4, 5, 6, 70
STOPPED = 130

_DISK_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG})


class Named(Protocol):
    """What a command is called and what its help says."""

    @property
    def name(self) -> str: ...

    @property
    def help(self) -> str: ...


class CommandModule(Protocol):
    """A module with a command in it."""

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, arguments: Namespace, out: Output) -> int: ...


class InputError(NaamwachtError):
    """What was given to a command cannot be used."""


class NotFound(NaamwachtError):
    """What was asked for is not there."""


@contextmanager
def as_bad_input() -> Iterator[None]:
    """Let the faults of a file that was given to a command count as bad input, not as those of the configuration."""
    try:
        yield
    except ConfigError as error:
        raise InputError(str(error)) from error


def add_action(actions: _SubParsersAction[Any], name: str, text: str, *, epilog: str = "") -> ArgumentParser:  # Any: its parsers
    """Add what a command can do, with its help."""
    parser = actions.add_parser(name, help=text, description=_sentence(text), epilog=epilog, allow_abbrev=False)
    assert isinstance(parser, ArgumentParser)
    return parser


def run_command(command: Named, load: Callable[[], CommandModule], argv: Sequence[str]) -> int:
    """Run a command and return its exit code; every known fault is one clear message on stderr."""
    _prepare_streams()
    try:
        code = _run(command, load(), argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _close_stdout()
        return STOPPED
    except BrokenPipeError:  # whoever read our output has enough
        _close_stdout()
        return OK
    except NaamwachtError as error:
        return _told(f"{error}\n", _code_of(error))
    except Exception as crash:  # noqa: BLE001 # crash barrier: cli
        return _crashed(crash)
    return code


def _run(command: Named, module: CommandModule, argv: Sequence[str]) -> int:
    parser = ArgumentParser(prog=f"naamwacht {command.name}", description=_sentence(command.help), allow_abbrev=False)
    parser.set_defaults(command=command.name)
    module.add_arguments(parser)
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as end:  # --help, or wrong usage: argparse has said which
        return end.code if isinstance(end.code, int) else BAD_INPUT
    return module.run(arguments, Output(as_json=getattr(arguments, "json", False)))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _prepare_streams() -> None:
    """Let no terminal's alphabet and no closed stream end a command: what cannot be shown is shown by its number."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 # open as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _told(text: str, code: int) -> int:
    """Print what went wrong, after all that went well; return *code*."""
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        over_progress = "\r\x1b[K" if sys.stderr.isatty() else ""
        sys.stderr.write(over_progress + visible(text))
    return code


def _close_stdout() -> None:
    """Print nothing more: Python would complain while it closes stdout."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crashed(crash: Exception) -> int:
    if isinstance(crash, OSError) and crash.errno in _DISK_FAULTS:
        _close_stdout()
        return _told(f"naamwacht: cannot write: {crash.strerror} (free some space, or write somewhere else)\n", BAD_STORAGE)
    # Only where and what kind: the message of an unforeseen error may hold names.
    return _told(f"naamwacht: this should not happen ({place_of(crash)}); please report it\n", CRASH)


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


def place_of(crash: Exception) -> str:
    """Return what kind of fault it is and where it happened: its own words may hold names."""
    traceback = crash.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    where = "" if traceback is None else f" in {traceback.tb_frame.f_globals.get('__name__')}:{traceback.tb_lineno}"
    return f"{type(crash).__name__}{where}"
