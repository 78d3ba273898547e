"""Make one field of a document ready for matching: its folded words, the gaps between them, their places in the original.

What a gap may look like inside a name is in `patterns`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from monitor.core.model import Document, Field, Span
from monitor.core.names import Form
from monitor.core.text import WORD, Folded, fold, place

BREAK = "\n\n"
"""What `Reading.gap` says where two words do not stand together: other blocks, or too far apart."""

_GAP_AT_MOST = 80
_SHORTENED_BEFORE = frozenset({"t", "s"})
_SHORTENED_BEHIND = frozenset({"d", "l"})
_BEGINS_WITH_INITIAL = frozenset({Form.INITIALS.value, Form.PARTIAL.value})
_SPACES = re.compile(r"\s+")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


class Reading:
    """One field as words. `gap(i)` stands before word *i*, `gap(len(words))` behind the last."""

    __slots__ = ("_ends", "_folded", "_original", "_starts", "field", "words")

    def __init__(self, field: Field, original: str, as_folded: Folded) -> None:
        self.field = field
        self._original = original
        self._folded = as_folded
        self.words: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for found in WORD.finditer(as_folded.text):
            self.words.append(found[0])
            self._starts.append(found.start())
            self._ends.append(found.end())

    def gap(self, position: int) -> str:
        """Return what stands before the word at *position*, folded, white space as one space."""
        start = self._ends[position - 1] if position else 0
        end = self._starts[position] if position < len(self.words) else len(self._folded.text)
        if end - start == 1:
            only = self._folded.text[start]
            return " " if only == "\n" else only
        if end - start > _GAP_AT_MOST:
            return BREAK
        between = self._folded.text[start:end]
        return BREAK if between.count("\n") > 1 else _SPACES.sub(" ", between)

    def is_capital(self, position: int) -> bool:
        """Tell whether the word at *position* begins with a capital letter in the original."""
        return self._original[self._folded.offsets[self._starts[position]]].isupper()

    def length(self, start: int, end: int) -> int:
        """Return how long the words from *start* up to *end* are in the original."""
        return self._folded.offsets[self._ends[end - 1] - 1] + 1 - self._folded.offsets[self._starts[start]]

    def span(self, start: int, end: int, form: str) -> Span:
        """Return the words from *start* up to *end* as a Span, with the apostrophe of a shortened prefix: 't, 's, d'."""
        begin = self._starts[start] - self._opens_shortened(start, end, form)
        finish = self._ends[end - 1] + self._closes_shortened(start, end)
        first, last = place(self._original, self._folded, begin, finish)
        if self.field is Field.URL:  # its last character may be several: %C3%A9
            last = self._folded.offsets[finish]
        return Span(self.field, first, last, self._original[first:last], form)

    def _opens_shortened(self, start: int, end: int, form: str) -> bool:
        """Tell whether an apostrophe opens the first word: 't Hof, 's-Gravesande; in 'S van der Hof' it is a quotation mark."""
        is_prefix = end - start > 1 and self.words[start] in _SHORTENED_BEFORE and form not in _BEGINS_WITH_INITIAL
        before = self._starts[start] - 1
        is_joined = before > 0 and WORD.match(self._folded.text, before - 1) is not None
        return is_prefix and self._has_apostrophe(before) and not is_joined and self.gap(start + 1) in (" ", "-")

    def _closes_shortened(self, start: int, end: int) -> bool:
        """Tell whether an apostrophe closes the last word: "Hondt, Piet d'"."""
        behind = self._ends[end - 1]
        is_prefix = end - start > 1 and self.words[end - 1] in _SHORTENED_BEHIND and self.gap(end - 1) == " "
        is_joined = WORD.match(self._folded.text, behind + 1) is not None
        return is_prefix and self._has_apostrophe(behind) and not is_joined

    def _has_apostrophe(self, at: int) -> bool:
        return at >= 0 and self._folded.text.startswith("'", at)


def read(document: Document) -> tuple[Reading, ...]:
    """Return the title, the text and the address of *document* as words, in this order."""
    return (
        Reading(Field.TITLE, document.title, fold(document.title)),
        Reading(Field.TEXT, document.text, fold(document.text)),
        Reading(Field.URL, document.url, _folded_address(document.url)),
    )


def _folded_address(address: str) -> Folded:
    """Fold host and path with their %XX decoded; a query holds what somebody searched for, which names nobody."""
    bare = re.split(r"[?#]", address, maxsplit=1)[0]
    decoded, places = _decoded(bare)
    as_folded = fold(decoded)
    return Folded(as_folded.text, array("I", (places[offset] for offset in as_folded.offsets)))


def _decoded(address: str) -> tuple[str, Sequence[int]]:
    """Return *address* with its %XX as characters, and where each of them begins; one entry more, for the end."""
    parts: list[str] = []
    places = array("I")
    done = 0
    for found in _ENCODED.finditer(address):
        try:
            characters = bytes.fromhex(found[0].replace("%", "")).decode()
        except UnicodeDecodeError:
            continue
        parts += [address[done : found.start()], characters]
        places.extend(range(done, found.start()))
        at = found.start()
        for character in characters:
            places.append(at)
            at += 3 * len(character.encode())
        done = found.end()
    parts.append(address[done:])
    places.extend(range(done, len(address) + 1))
    return "".join(parts), places
