"""Make texts comparable: fold away what people do not mean when they write, and cut text into words.

Folding is per code point (case, diacritics, width, ligatures, hyphens, apostrophes, spaces, what cannot be seen), so it is
linear, the same for composed and decomposed text, and the same for a slice as for the whole. What a word *means* (a name,
a prefix, a term) is no business of this module.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
"""A word of folded text: letters and digits."""

_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_ASCII = (("\t", " "), ("\r", " "), ("\v", "\n"), ("\f", "\n"), ("`", "'"))
_MANY = 8
"""Above one odd character in so many, looking up every character is faster than replacing the odd ones."""

_SPECIAL = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\u00b4\uff07\uff40", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2043\u2212", "-"),
    **dict.fromkeys("\u0085\u2028\u2029", "\n"),
    **dict(_ASCII),
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00f8": "o",
    "\u0111": "d",
    "\u00f0": "d",
    "\u00fe": "th",
    "\u0142": "l",
    "\u0127": "h",
    "\u0131": "i",
    "\u0167": "t",
    "\u03c2": "\u03c3",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and where it comes from: `offsets[i]` is the place in the original of the folded character *i*.

    `offsets` never falls and has one entry more than the text, for the end.
    """

    text: str
    offsets: Sequence[int]


class Word(NamedTuple):
    """One folded word, and where it stands in the original."""

    text: str
    start: int
    end: int


def fold(text: str) -> Folded:
    """Fold *text*; never raises, whatever it holds."""
    if text.isascii():
        return Folded(_plain(text), range(len(text) + 1))
    odd = _NON_ASCII.findall(text)
    table = {character: _folded_character(character) for character in {*odd}}
    if len(odd) <= len(text) // _MANY and all(len(instead) == 1 for instead in table.values()):
        return Folded(_plain(_NON_ASCII.sub(lambda found: table[found[0]], text)), range(len(text) + 1))
    parts = [*map(_folded_character, text)]
    offsets = array("I", chain.from_iterable(map(repeat, range(len(parts)), map(len, parts))))
    offsets.append(len(text))
    return Folded("".join(parts), offsets)


def folded(text: str) -> str:
    """Return *text* folded, with every run of white space as one space: for comparing texts as a whole."""
    return " ".join(fold(text).text.split())


def words(text: str) -> tuple[Word, ...]:
    """Return the words of *text* in their order; combining marks at the end of a word belong to it."""
    as_folded = fold(text)
    return tuple(Word(found[0], *place(text, as_folded, found.start(), found.end())) for found in WORD.finditer(as_folded.text))


def tokens(text: str) -> tuple[str, ...]:
    """Return the folded words of *text* without their places."""
    return tuple(WORD.findall(fold(text).text))


_MARKS_AT_MOST = 32
"""So many combining marks are taken into the end of a word; a letter under a thousand marks is not worth more."""


def place(text: str, as_folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Return where the folded characters from *start* up to *end* (at least one) stand in *text*."""
    last = as_folded.offsets[end - 1] + 1
    limit = min(as_folded.offsets[end], last + _MARKS_AT_MOST)
    while last < limit and unicodedata.category(text[last]) in ("Mn", "Me"):
        last += 1
    return as_folded.offsets[start], last


def _plain(text: str) -> str:
    text = text.lower()
    for old, new in _ASCII:
        text = text.replace(old, new)
    return text


@cache
def _folded_character(character: str) -> str:
    """Return what one code point folds to: nothing, one or several characters that all fold to themselves."""
    if character in _SPECIAL:
        return _SPECIAL[character]
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf") or unicodedata.combining(character):
        return ""
    # "No" are superscripts, fractions and circled figures: a footnote's mark must not become part of the name before it.
    if category in ("Zs", "No"):
        return " "
    # Compatibility forms of letters and digits (full width, mathematical, ligatures) are the letters; those of signs are not.
    is_letter = category[0] == "L" or category in ("Nd", "Nl") or unicodedata.decomposition(character).startswith("<wide>")
    parted = unicodedata.normalize("NFKD" if is_letter else "NFD", character.lower())
    return parted if parted == character else "".join(map(_folded_character, parted))
