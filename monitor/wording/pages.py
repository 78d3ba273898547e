"""Write a letter out: as plain text, and as simple HTML. What it says is decided in `letters`.

The HTML needs no picture, no script and no other server, names no colour (so it reads in a dark mail program too), and
escapes all that is not a tag of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, assert_never

from monitor.core.plain import is_web_address, one_line
from monitor.wording.phrases import Link, Outside, Phrase, Piece, in_one_line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    said: Phrase
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A few words over what follows."""

    said: Phrase


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    said: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card. `sign`: + speaks for, - speaks against."""

    said: Phrase
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One mention."""

    head: Phrase
    lines: tuple[Line, ...]


Block = Paragraph | Heading | Bullets | Card

_STYLE: Final = (
    "body{font-family:system-ui,sans-serif;line-height:1.5;max-width:40em;margin:1em auto;padding:0 1em}"
    "h2{font-size:1.1em;margin:1.5em 0 .5em}"
    ".card{border-left:4px solid;padding:.1em 0 .1em 1em;margin:1.2em 0}"
    ".card p{margin:.3em 0;overflow-wrap:anywhere}"
)


def as_text(blocks: Sequence[Block]) -> str:
    """Write the blocks as plain text. Headings are underlined, reasons begin with their sign."""
    number = 0
    written: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(said):
                written.append(in_one_line(said))
            case Heading(said):
                head = in_one_line(said)
                written.append(f"{head}\n{'-' * min(max(len(head), 3), 72)}")
            case Bullets(said_each):
                written.append("\n".join(f"• {in_one_line(said)}" for said in said_each))
            case Card(head_said, lines):
                number += 1
                below = (f"   {line.sign + ' ' if line.sign else ''}{in_one_line(line.said)}" for line in lines)
                written.append("\n".join((f"{number}. {in_one_line(head_said)}", *below)))
            case _:
                assert_never(block)
    return "\n\n".join(written) + "\n"


def as_html(blocks: Sequence[Block], *, language: str, subject: str) -> str:
    """Write the blocks as a page for a mail program."""
    body = "\n".join(_html(block) for block in blocks)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f'<meta name="referrer" content="no-referrer"><title>{escape(subject)}</title><style>{_STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _html(block: Block) -> str:
    match block:
        case Paragraph(said, is_strong):
            return f"<p><strong>{_inline(said)}</strong></p>" if is_strong else f"<p>{_inline(said)}</p>"
        case Heading(said):
            return f"<h2>{_inline(said)}</h2>"
        case Bullets(said_each):
            return f"<ul>{''.join(f'<li>{_inline(said)}</li>' for said in said_each)}</ul>"
        case Card(head, lines):
            below = "".join(f"<p>{line.sign and f'<b>{escape(line.sign)}</b> '}{_inline(line.said)}</p>" for line in lines)
            return f'<div class="card"><p><strong>{_inline(head)}</strong></p>{below}</div>'
        case _:
            assert_never(block)


def _inline(said: Phrase) -> str:
    return "".join(_piece(piece) for piece in said)


def _piece(piece: Piece) -> str:
    match piece:
        case Outside(text):
            return f"<bdi>{escape(one_line(text, at_most=600))}</bdi>"
        case Link(address) if is_web_address(address):
            return f'<a href="{escape(address)}" rel="noreferrer noopener nofollow">{escape(address)}</a>'
        case Link(address):
            return f"<bdi>{escape(address)}</bdi>"
        case str():
            return escape(piece)
