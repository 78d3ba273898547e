"""What a first user sees, on any terminal and in any pipe."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ports import Message, NotifierError, NotifierTools
from notifiers.console import Console, ConsoleSettings, card, lines

ANY_TEXT = st.text(st.characters(categories=None), max_size=200)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Screen(io.TextIOWrapper):
    """A terminal of some encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")

    def isatty(self) -> bool:
        return True

    def shown(self) -> str:
        self.seek(0)
        return self.read()


@pytest.fixture
def console(tools: NotifierTools) -> Console:
    return Console(ConsoleSettings(), tools)


def test_a_pipe_gets_plain_lines(console: Console, message: Message, capsys: pytest.CaptureFixture[str]) -> None:
    console.send(message)

    assert capsys.readouterr().out == (
        "---- Naamwacht: bericht NW-4F7K ----\n"
        "To: sanne@example.org\n\n"
        "Hallo,\n\nJe naam staat op een pagina.\n"
        "------------------------------------\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii", "cp437"])
def test_a_terminal_gets_a_frame_whatever_it_can_write(console: Console, message: Message, encoding: str) -> None:
    screen = Screen(encoding)

    with redirect_stdout(screen):
        console.send(replace(message, text="Hallo,\n\n• يوسف en 👩 en é\n"))

    assert "Naamwacht: bericht NW-4F7K" in screen.shown()


@pytest.mark.parametrize("width", [0, 1, 10, 24, 40, 80, 400])
def test_a_card_fits_the_terminal(message: Message, width: int) -> None:
    shown = ESCAPES.sub("", card(replace(message, text="woord " * 40 + "\nhttps://example.org/" + "x" * 200), width=width))

    assert max(map(len, shown.splitlines())) == min(max(width, 24), 88)


def test_headings_and_reasons_stand_out(message: Message) -> None:
    shown = card(replace(message, text="Kop\n---\n\n1. example.org\n   + voor\n   - tegen\n   https://example.org/\n"), width=60)

    assert "\x1b[1mKop\x1b[0m" in shown
    assert "\x1b[1m1. example.org\x1b[0m" in shown
    assert "\x1b[32m+ voor\x1b[0m" in shown
    assert "\x1b[33m- tegen\x1b[0m" in shown
    assert "---" not in shown


@given(ANY_TEXT)
def test_no_text_from_outside_commands_the_terminal(text: str) -> None:
    hostile = Message(to=text, subject=text, text=text, html="", message_id="x@y", reference="NW-0000", thread="")

    framed, plain = ESCAPES.sub("", card(hostile, width=80)), lines(hostile)

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", framed.replace("\t", ""))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", plain)


def test_markup_is_shown_and_not_obeyed(message: Message) -> None:
    assert "[bold]vet[/bold] :smile:" in card(replace(message, text="[bold]vet[/bold] :smile:"), width=80)


def test_a_closed_output_is_worth_another_try(console: Console, message: Message) -> None:
    closed = io.StringIO()
    closed.close()

    with redirect_stdout(closed), pytest.raises(NotifierError) as refused:
        console.send(message)
    with redirect_stdout(closed), pytest.raises(NotifierError):
        console.check()

    assert refused.value.retryable
