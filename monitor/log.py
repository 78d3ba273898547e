"""The log: one pipe for our own events and for those of the libraries, on one stream, as lines for people or as JSON.

Ids only are logged. As the last line of defence everything is cleaned here: known secrets and registered names are blacked
out, addresses lose their query, facts that are no plain values are shown by their type, tracebacks carry neither variables
nor values. Only this module knows how a log is made; the others are handed a `monitor.ports.Log`.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from datetime import date, time, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TextIO, cast
from urllib.parse import quote, unquote_plus

import structlog

from monitor.ports import Log, NaamwachtError

LONGEST = 500
"""Characters of one fact. What is longer is no id."""

SECRET = "[secret]"  # noqa: S105 - what stands in its place
NAME = "[name]"

_OURS = "naamwacht"
_LIBRARIES = ("apscheduler", "httpcore", "httpx", "sqlalchemy", "uvicorn", "uvicorn.access", "uvicorn.error")
_WORD = re.compile(r"[^\W_]+")
_QUERY = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s?#\"'<>]*)[?#][^\s\"'<>]+", re.IGNORECASE)
_USER = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@\"'<>]+@", re.IGNORECASE)
# A quotation in a foreign error's text is a value: a name, a line of a page, a row.
_QUOTATION = re.compile(r"(?<!\w)'(?:[^'\\]|\\.|'(?=\w))*'|\"(?:[^\"\\]|\\.)*\"")
_VALUES_OF_SQL = re.compile(r"\n?\[parameters: .*|\n(?:DETAIL|CONTEXT|HINT): .*", re.DOTALL)

Event = MutableMapping[str, Any]  # Any: so structlog hands an event from one step to the next
_MARKS: tuple[structlog.typing.Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


class Blackout:
    """What must not be read in the log. Swapped as a whole, so that other threads see the old or the new."""

    def __init__(self) -> None:
        self._secrets: tuple[str, ...] = ()
        self._names: Mapping[str, tuple[tuple[str, ...], ...]] = {}

    def hide_secrets(self, secrets: Iterable[str]) -> None:
        """Black out these from now on, also as an address spells them, instead of those before."""
        spelt = {spelling for secret in secrets for spelling in (secret, quote(secret, safe="")) if len(secret) > 3}
        self._secrets = tuple(sorted(spelt, key=len, reverse=True))

    def hide_names(self, names: Iterable[str]) -> None:
        """Black out these names, addresses and handles from now on instead of those before, however cased or joined."""
        by_first_word: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(_folded(found.group()) for found in _WORD.finditer(unicodedata.normalize("NFC", name)))
            if words:
                by_first_word.setdefault(words[0], set()).add(words)
        self._names = {word: tuple(sorted(known, key=len, reverse=True)) for word, known in by_first_word.items()}

    def clean(self, text: str) -> str:
        """Return *text* without what must not be read."""
        for secret in self._secrets:
            text = text.replace(secret, SECRET)
        text = self._without_names(text)
        if "%" in text and (plain := unquote_plus(text)) != (cleaned := self._without_names(plain)):
            return cleaned  # a name spelt as addresses spell it
        return text

    def _without_names(self, text: str) -> str:
        if not self._names:
            return text
        text = unicodedata.normalize("NFC", text)
        places = list(_WORD.finditer(text))
        words = [_folded(place.group()) for place in places]
        pieces: list[str] = []
        done = at = 0
        while at < len(words):
            length = next((len(name) for name in self._names.get(words[at], ()) if tuple(words[at : at + len(name)]) == name), 0)
            if length:
                pieces += [text[done : places[at].start()], NAME]
                done = places[at + length - 1].end()
            at += length or 1
        return "".join([*pieces, text[done:]])


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


# ---------------------------------------------------------------------------------------------------- the pipe


def configure(
    log_format: Literal["console", "json"], level: Literal["debug", "info", "warning", "error"], stream: TextIO
) -> Blackout:
    """Send everything that is logged to *stream* from now on; return what is to be told of secrets and names.

    May be called again; the last call counts. Libraries are heard from `warning` on.
    """
    blackout = Blackout()
    handler = _Handler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_MARKS,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _Cleaning(blackout),
                _renderer(log_format, is_coloured=stream.isatty()),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [*(other for other in root.handlers if not isinstance(other, _Handler)), handler]
    root.setLevel(logging.WARNING)
    for name in _LIBRARIES:  # uvicorn and apprise bring handlers and levels of their own
        library = logging.getLogger(name)
        library.handlers, library.propagate = [], True
        library.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level.upper())
    return blackout


def get_log(**bound: object) -> Log:
    """Return a log for our own code, with these facts in every event. Silent until `configure` was called."""
    logger = logging.getLogger(_OURS)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # else the standard library would print what has not been cleaned
    processors = [structlog.stdlib.filter_by_level, *_MARKS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
    log = structlog.wrap_logger(logger, processors=processors, wrapper_class=structlog.stdlib.BoundLogger).bind(**bound)
    return cast("Log", log)  # its methods are those of the port; structlog types them as Any


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, to be known again. A log stops nobody, and never shows an event that was not cleaned."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002 - the standard library's name
        """Say that an event is lost, and not which: the standard library would print it as it was before cleaning."""
        lost = {"event": "an event could not be logged", "level": "error", "error": type(sys.exception()).__name__}
        with suppress(OSError, ValueError):  # the stream is closed
            self.stream.write(f"{json.dumps(lost)}\n")


def _renderer(log_format: str, *, is_coloured: bool) -> structlog.typing.Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=is_coloured, exception_formatter=structlog.dev.plain_traceback)


# -------------------------------------------------------------------------------------------------- cleaning


class _Cleaning:
    """The step through which every event passes before it becomes text."""

    def __init__(self, blackout: Blackout) -> None:
        self._blackout = blackout

    def __call__(self, _logger: object, _method: str, event: Event) -> Event:
        error = _error_in(event.pop("exc_info", None))
        event.pop("stack_info", None)
        cleaned: Event = {self._text(str(key)): self._fact(value) for key, value in event.items()}
        if error is not None:
            cleaned["exception"] = "\n".join(self._text(line) for line in _traceback(error))
        return cleaned

    def _fact(self, value: object) -> object:
        if isinstance(value, Enum):
            value = value.value
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {self._text(str(key)): self._fact(one) for key, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._fact(one) for one in value]
        return self._text(_shown(value))

    def _text(self, text: str) -> str:
        text = _USER.sub("\\1\u2026@", _QUERY.sub("\\1?\u2026", text))
        text = self._blackout.clean(text)
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]}\u2026"
        # One event is one line, and no terminal is told anything.
        return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _shown(value: object) -> str:
    if isinstance(value, str | Path | date | time | timedelta):
        return str(value)
    # Anything else may be a record that holds a person: its type is all that is said of it.
    return _said_by(value) if isinstance(value, BaseException) else f"<{type(value).__name__}>"


def _error_in(exc_info: object) -> BaseException | None:
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case None | False | (None, None, None):
            return None
        case _:
            return sys.exception()


def _traceback(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """Yield where *error* and what led to it were raised: places and words, no source lines, no variables."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and id(cause) not in seen:
        yield from _traceback(cause, seen | {id(error)})
        yield "which led to"
    yield from _places(error.__traceback__)
    yield _said_by(error)
    for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield f"  with {_said_by(inner)}"


def _places(traceback: TracebackType | None) -> Iterator[str]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        yield f"  {code.co_filename}:{traceback.tb_lineno} in {code.co_qualname}"
        traceback = traceback.tb_next


def _said_by(error: BaseException) -> str:
    """Return the type and the words of an error. Of a foreign one without values: it quotes what it met."""
    said = _VALUES_OF_SQL.sub("", str(error))
    if not isinstance(error, NaamwachtError | OSError):
        said = _QUOTATION.sub("\u2026", said)
    return f"{type(error).__qualname__}: {said}" if said else type(error).__qualname__
