"""The console: an alert as a framed card on a terminal, and as plain lines in a pipe. What a first user sees.

It shows whole messages, so it is for trying things out, and for a service whose output nobody else reads.
"""

from __future__ import annotations

import io
import re
import sys
from itertools import pairwise
from typing import Final, TextIO

from rich import box
from rich.console import Console as Terminal
from rich.console import Group
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from monitor.core.plain import one_line, visible
from monitor.ports import Message, Notifier, NotifierError, Settings

_WIDEST: Final = 88
_NARROWEST: Final = 24
_STYLES: Final = {"+ ": "green", "- ": "yellow"}
_UNDERLINE: Final = re.compile("-{3,}")
_HEAD_OF_A_CARD: Final = re.compile(r"\d{1,3}\. ")


class ConsoleSettings(Settings):
    """The console has no settings."""


class Console(Notifier[ConsoleSettings]):
    """Print to standard output. Each message is one write, so that two of them never mix."""

    Settings = ConsoleSettings
    summary = "the screen, for trying things out"

    def send(self, message: Message) -> None:
        stream = sys.stdout
        try:
            encoding = stream.encoding or "ascii"
            shown = card(message, encoding=encoding) if stream.isatty() else lines(message)
            # What this screen has no sign for becomes a question mark; an alert must not fail for it.
            stream.write(shown.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except (OSError, ValueError, LookupError, AttributeError) as error:
            raise NotifierError(f"standard output takes nothing ({type(error).__name__})", retryable=True) from None

    def check(self) -> None:
        stream: TextIO | None = sys.stdout
        if stream is None or stream.closed:
            raise NotifierError("standard output is closed", retryable=True)


def lines(message: Message) -> str:
    """Return *message* for a pipe or a file: as it is, between two lines that say where it begins and ends."""
    body = visible(message.text).strip("\n")
    head = f"---- {one_line(message.subject)} ----"
    to = f"To: {one_line(message.to)}\n" if message.to else ""
    return f"{head}\n{to}\n{body}\n{'-' * min(len(head), _WIDEST)}\n"


def card(message: Message, *, encoding: str = "utf-8", width: int | None = None) -> str:
    """Return *message* for a terminal: in a frame, in colour, wrapped to its width."""
    is_unicode = encoding.lower().replace("-", "").startswith("utf")
    terminal = Terminal(file=io.StringIO(), force_terminal=True, highlight=False, markup=False, emoji=False, legacy_windows=False)
    # The frame of the real terminal is measured by rich, also where there is no size to be had (80 columns).
    full = Terminal().width if width is None else width
    terminal.width = max(min(full, _WIDEST), _NARROWEST)
    frame = Panel(
        Group(*_styled(visible(message.text).strip("\n"))),
        title=Text(one_line(message.subject), style="bold"),
        title_align="left",
        subtitle=Text(one_line(message.to), style="dim"),
        subtitle_align="right",
        border_style="magenta",
        box=box.ROUNDED if is_unicode else box.ASCII,
        padding=(1, 2) if terminal.width >= 40 else (0, 1),
    )
    terminal.print(frame)
    return f"\n{terminal.file.getvalue()}" if isinstance(terminal.file, io.StringIO) else ""


def _styled(text: str) -> list[Padding]:
    """Tell lines apart by how `monitor.wording` begins and underlines them; all else is plain.

    Made of Text, never of markup: a text from outside cannot turn into a colour.
    """
    styled: list[Padding] = []
    for line, following in pairwise([*text.split("\n"), ""]):
        if _UNDERLINE.fullmatch(line):
            continue  # of a heading, which is bold already
        words = line.lstrip(" ")
        styled.append(Padding(Text(words, style=_style(words, following), overflow="fold"), (0, 0, 0, len(line) - len(words))))
    return styled


def _style(words: str, following: str) -> str:
    if _UNDERLINE.fullmatch(following) or _HEAD_OF_A_CARD.match(words):
        return "bold"
    if words.startswith(("http://", "https://")):
        return "cyan underline"
    return _STYLES.get(words[:2], "")
