"""Make one field of a document ready for matching: its folded words, the gaps between them, their places in the original.

Words are cut at once, because everything needs them; places and gaps only where a name may stand. What a gap may look like
inside a name is in `gaps`; what the words spell, in `grammar`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monitor.core.model import Document, Field, Span
from monitor.core.text import WORD, Folded, doubtful, fold, place, traces

BREAK = "\n\n"
"""What `Reading.gap` says where two words do not stand together: other blocks, or too far apart."""

_GAP_AT_MOST = 80
_SPACES = re.compile(r"\s+")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_NO_WORD = bytes(code if WORD.match(chr(code)) and code < 128 else ord(" ") for code in range(256))
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_LOCATED_AHEAD = 64
_QUOTES = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"')

_CAPITALS = re.compile(r"[A-Z\u00c0-\u00de]")
_MARKED_CAPITAL = re.compile("[\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff]")
_CASE_SAMPLE = 1_000
_CASED_AT_LEAST = 0.005
_CASED_AT_MOST = 0.3
_CASE_SEEN_AFTER = 60
"""In shorter texts than this, small letters say nothing."""

SHORTENED_BEFORE = frozenset({"t", "s"})
_SHORTENED_BEHIND = frozenset({"d", "l"})


def _words_of(text: str) -> list[str]:
    """Return the words of folded text. Where only ASCII letters are left, as nearly always, bytes are five times as fast."""
    if text.isascii():
        return text.encode("ascii").translate(_NO_WORD).decode("ascii").split()
    if any(map(str.isalnum, {*_NON_ASCII.findall(text)})):
        return WORD.findall(text)
    return text.encode("ascii", "replace").translate(_NO_WORD).decode("ascii").split()


class Corrected(NamedTuple):
    """A word of a corrected reading: what it stands for, where it stands in the folded text, and what was corrected."""

    text: str
    start: int
    end: int
    how: str = ""


class Reading:
    """One field as words. `gap(i)` stands before word *i*, `gap(len(words))` behind the last."""

    __slots__ = (
        "_capitals",
        "_ends",
        "_hyphens",
        "_initials",
        "_is_cased",
        "_original",
        "_starts",
        "field",
        "folded",
        "how",
        "words",
    )

    def __init__(self, field: Field, original: str, as_folded: Folded) -> None:
        self.field = field
        self.folded = as_folded
        self.how: Mapping[int, str] = {}
        self._original = original
        self.words = _words_of(as_folded.text)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._initials: dict[str, bool] = {}
        self._capitals: dict[str, bool] = {}
        self._hyphens: dict[str, bool] = {}
        self._is_cased: bool | None = None

    def corrected(self, words: Sequence[Corrected]) -> Reading:
        """Return the same field with only these *words*, some of which stand for what is really written there."""
        other = object.__new__(Reading)
        other.field, other.folded, other._original = self.field, self.folded, self._original
        other.how = {position: word.how for position, word in enumerate(words) if word.how}
        other.words = [word.text for word in words]
        other._starts = [word.start for word in words]
        other._ends = [word.end for word in words]
        other._initials, other._capitals, other._hyphens = self._initials, self._capitals, self._hyphens
        other._is_cased = self.is_cased
        return other

    def _locate(self, position: int) -> None:
        """Find the places of the words up to the one at *position*: most documents name nobody, and need none."""
        find, words, starts, ends = self.folded.text.find, self.words, self._starts, self._ends
        place = ends[-1] if ends else 0
        for word in words[
            len(starts) : position + _LOCATED_AHEAD
        ]:  # between two words stands no letter: each is found where it is
            place = find(word, place)
            starts.append(place)
            place += len(word)
            ends.append(place)

    @property
    def is_cased(self) -> bool:
        """Tell whether this text begins names with capitals: then a small letter says something."""
        if self._is_cased is None:
            sample = self._original[:_CASE_SAMPLE]
            share = len(_CAPITALS.findall(sample)) / max(1, len(sample))
            is_long = len(sample) >= _CASE_SEEN_AFTER and self.field is not Field.URL
            self._is_cased = is_long and _CASED_AT_LEAST <= share <= _CASED_AT_MOST
        return self._is_cased

    def doubtful(self) -> tuple[int, ...]:
        """Return the places in the folded text of an i that may be meant as an l."""
        return doubtful(self._original, self.folded)

    def traces(self, begin: int, finish: int) -> frozenset[str]:
        """Return which disguises folding took away between two places of the folded text."""
        first, last = place(self._original, self.folded, begin, finish)
        return traces(self._original, first, last)

    def start(self, position: int) -> int:
        """Return where the word at *position* begins in the folded text."""
        if position >= len(self._starts):
            self._locate(position)
        return self._starts[position]

    def end(self, position: int) -> int:
        """Return where the word at *position* ends in the folded text."""
        if position >= len(self._ends):
            self._locate(position)
        return self._ends[position]

    def gap(self, position: int) -> str:
        """Return what stands before the word at *position*, folded, white space as one space."""
        start = self.end(position - 1) if position else 0
        end = self.start(position) if position < len(self.words) else len(self.folded.text)
        if end - start == 1:
            only = self.folded.text[start]
            return " " if only == "\n" else only
        if end - start > _GAP_AT_MOST:
            return BREAK
        between = self.folded.text[start:end]
        if not between.isascii():
            between = between.translate(_QUOTES)
        return BREAK if between.count("\n") > 1 else _SPACES.sub(" ", between)

    def has_soft_hyphen(self, position: int) -> bool:
        """Tell whether a soft hyphen stands before the word at *position*, so that a line ends within a word."""
        offsets = self.folded.offsets
        return "\u00ad" in self._original[offsets[self.end(position - 1) - 1] : offsets[self.start(position)]]

    def is_capital(self, position: int) -> bool:
        """Tell whether the word at *position* begins with a capital letter in the original, or with a disguise of one."""
        first = self._original[self.folded.offsets[self.start(position)]]
        return not first.islower() if position in self.how else first.isupper()

    def is_small(self, position: int) -> bool:
        """Tell whether the word at *position* has no capital at all: "mcDonald" has one."""
        offsets = self.folded.offsets
        return self._original[offsets[self.start(position)] : offsets[self.end(position) - 1] + 1].islower()

    def has_initial(self, word: str) -> bool:
        """Tell whether a letter, or several, may stand anywhere as initials: a quick look before places are needed."""
        known = self._initials.get(word)
        if known is None:
            known = self._initials[word] = self._stands_as_initial(word)
        return known

    def _stands_as_initial(self, word: str) -> bool:
        letters, original = word.upper(), self._original
        if f"{letters} " in original or f"{letters}." in original or (len(word) == 1 and f"{word}." in original):
            return True
        if not original.isascii() and (self.folded.is_rare or _MARKED_CAPITAL.search(original)):
            return True
        place = original.find(letters)
        while place >= 0:
            if not original[place + len(letters) : place + len(letters) + 1].isalnum():
                return True
            place = original.find(letters, place + 1)
        return f"{word.capitalize()}." in original

    def has_hyphen(self, word: str) -> bool:
        """Tell whether a hyphen stands anywhere behind *word*, or behind something that ends like it."""
        known = self._hyphens.get(word)
        if known is None:
            known = self._hyphens[word] = f"{word}-" in self.folded.text
        return known

    def may_be_capital(self, word: str) -> bool:
        """Tell whether *word* may stand anywhere with a capital, or whether that says nothing. A look without places."""
        known = self._capitals.get(word)
        if known is None:
            is_there = word.capitalize() in self._original or word.upper() in self._original
            is_marked = word not in self._original
            known = self._capitals[word] = is_there or is_marked or not self.is_cased or self.folded.is_rare
        return known

    def is_all_capitals(self, position: int) -> bool:
        """Tell whether the word at *position* is written in capitals only."""
        offsets = self.folded.offsets
        return self._original[offsets[self.start(position)] : offsets[self.end(position) - 1] + 1].isupper()

    def length(self, start: int, end: int) -> int:
        """Return how long the words from *start* up to *end* are in the original."""
        return self.folded.offsets[self.end(end - 1) - 1] + 1 - self.folded.offsets[self.start(start)]

    def span(self, start: int, end: int, form: str, *, begins_with_initial: bool = False) -> Span:
        """Return the words from *start* up to *end* as a Span, with the apostrophe of a shortened prefix: 't, 's, d'."""
        begin = self.start(start) - (self._opens_shortened(start, end) and not begins_with_initial)
        finish = self.end(end - 1) + self._closes_shortened(start, end)
        return self.slice(begin, finish, form)

    def slice(self, begin: int, finish: int, form: str) -> Span:
        """Return the folded characters from *begin* up to *finish* as a Span."""
        first, last = place(self._original, self.folded, begin, finish)
        if self.field is Field.URL:  # its last character may be several: %C3%A9
            last = self.folded.offsets[finish]
        return Span(self.field, first, last, self._original[first:last], form)

    def _opens_shortened(self, start: int, end: int) -> bool:
        """Tell whether an apostrophe opens the first word: 't Hof, 's-Gravesande; in 'S van der Hof' it is a quotation mark."""
        is_prefix = end - start > 1 and self.words[start] in SHORTENED_BEFORE
        before = self.start(start) - 1
        is_joined = before > 0 and WORD.match(self.folded.text, before - 1) is not None
        return is_prefix and self._has_apostrophe(before) and not is_joined and self.gap(start + 1) in (" ", "-")

    def _closes_shortened(self, start: int, end: int) -> bool:
        """Tell whether an apostrophe closes the last word: "Hondt, Piet d'"."""
        behind = self.end(end - 1)
        is_prefix = end - start > 1 and self.words[end - 1] in _SHORTENED_BEHIND and self.gap(end - 1) == " "
        is_joined = WORD.match(self.folded.text, behind + 1) is not None
        return is_prefix and self._has_apostrophe(behind) and not is_joined

    def _has_apostrophe(self, at: int) -> bool:
        return at >= 0 and self.folded.text.startswith("'", at)


def read(document: Document) -> tuple[Reading, ...]:
    """Return what there is of title, text and address of *document* as words, in this order."""
    fields = ((Field.TITLE, document.title), (Field.TEXT, document.text), (Field.URL, document.url))
    return tuple(
        Reading(field, text, _folded_address(text) if field is Field.URL else fold(text)) for field, text in fields if text
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
