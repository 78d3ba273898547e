"""Make texts comparable: fold away what people do not mean when they write, and cut text into words.

Folding is per code point (case, diacritics, width, ligatures, look-alikes of other scripts, hyphens, apostrophes, spaces,
what cannot be seen), so it is linear, the same for composed and decomposed text, and the same for a slice as for the whole.
What one character folds to is in `look_alikes`; what a word *means* (a name, a prefix, a term) is no business of this module.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, repeat
from typing import NamedTuple

from monitor.core.look_alikes import LOOK_ALIKE, disguise_of, folded_character

WORD = re.compile(r"[^\W_]+")
"""A word of folded text: letters and digits."""

_MANY = 8
"""Above one odd character in so many, looking up every character is faster than replacing the odd ones."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and where it comes from: `offsets[i]` is the place in the original of the folded character *i*.

    `offsets` never falls and has one entry more than the text, for the end. `is_rare`: it came from characters that few
    Dutch pages hold.
    """

    text: str
    offsets: Sequence[int]
    is_rare: bool = False


class Word(NamedTuple):
    """One folded word, and where it stands in the original."""

    text: str
    start: int
    end: int


_LATIN = bytes(range(256)).decode("latin-1")
_COMMON = "".join(map(chr, (*range(0x80), *range(0xA0, 0x100)))) + (
    "\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u20ac\u2010\u2122\u2009\u0153\u0152\u203a"
    "\u0131\u0130\u011f\u015f\u015e\u0107\u010d\u0161\u0160\u017e\u017d\u0142\u0141\u0144\u0119\u0105"
)
"""What nearly all text on Dutch pages is made of: Latin letters and the signs of printers. As many as a byte can number."""


def _singles(characters: str) -> str:
    """Return what *characters* fold to, each by itself; one that does not fold to a single one stays as it is."""
    instead = map(folded_character, characters)
    return "".join(new if len(new) == 1 else old for old, new in zip(characters, instead, strict=True))


_LATIN_FOLDED = _singles(_LATIN).encode("latin-1")
_LATIN_SINGLE = bytes(ord(each) for each in _LATIN if len(folded_character(each)) == 1)
_COMMON_ENCODING = charmap_build(_COMMON)
_COMMON_FOLDED = _singles(_COMMON)
_ODD = re.compile("[^" + re.escape("".join(each for each in _COMMON if len(folded_character(each)) == 1)) + "]")
"""What is not common, or does not fold to one character."""
_PLACES = array("I", range(1 << 16))


def fold(text: str) -> Folded:
    """Fold *text*; never raises, whatever it holds."""
    # Ordinary text is folded as bytes, all characters at once: some ten times as fast as one after another.
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        raw = b"\xad"
    if not raw.translate(None, _LATIN_SINGLE):
        return Folded(raw.translate(_LATIN_FOLDED).decode("latin-1"), range(len(text) + 1))
    odd = [found.start() for found in _ODD.finditer(text)]
    if len(odd) > len(text) // _MANY:
        return _character_by_character(text)
    common = charmap_decode(charmap_encode(text, "replace", _COMMON_ENCODING)[0], "strict", _COMMON_FOLDED)[0]
    return _spliced(text, common, odd) if odd else Folded(common, range(len(text) + 1))


def _character_by_character(text: str) -> Folded:
    parts = [*map(folded_character, text)]
    offsets = array("I", chain.from_iterable(map(repeat, range(len(parts)), map(len, parts))))
    offsets.append(len(text))
    return Folded("".join(parts), offsets, is_rare=True)


def _spliced(text: str, common: str, odd: Sequence[int]) -> Folded:
    """Return *common*, with what the odd characters of *text* fold to put in their places."""
    places = _PLACES if len(text) < len(_PLACES) else array("I", range(len(text)))
    instead = [folded_character(text[place]) for place in odd]
    pieces = [common[: odd[0]]]
    offsets = places[: odd[0]]
    for (place, following), new in zip(pairwise((*odd, len(text))), instead, strict=True):
        pieces += (new, common[place + 1 : following])
        offsets.extend(repeat(place, len(new)))
        offsets += places[place + 1 : following]
    offsets.append(len(text))
    has_moved = any(len(new) != 1 for new in instead)
    is_rare = any(text[place] > "\xff" for place in odd)
    return Folded("".join(pieces), offsets if has_moved else range(len(text) + 1), is_rare)


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


_CAPITAL_I = re.compile(r"I(?<=[a-z]I)")
_ANY_I_WITHIN = re.compile(r"I(?<=[^\W\d_]I)")
_DOUBTFUL_AT_MOST = 2_000


def doubtful(text: str, as_folded: Folded) -> tuple[int, ...]:
    """Return the places in the folded text of an i that may be meant as an l: an I in a small word, or one of another script.

    Folding does not know; whoever looks for disguised words tries both. At most 2,000 are told.
    """
    disguised = {each for each in {*text} if disguise_of(each)} if as_folded.is_rare else set()
    strokes = {each for each in disguised if folded_character(each) == "i"}
    found = (place for place, character in enumerate(text) if character in strokes) if strokes else ()
    capitals = (each.start() for each in (_ANY_I_WITHIN if disguised else _CAPITAL_I).finditer(text))
    places = sorted((*islice(found, _DOUBTFUL_AT_MOST), *islice(capitals, _DOUBTFUL_AT_MOST)))[:_DOUBTFUL_AT_MOST]
    if isinstance(as_folded.offsets, range):
        return tuple(places)
    return tuple(bisect_left(as_folded.offsets, place) for place in places)


def traces(text: str, start: int, end: int) -> frozenset[str]:
    """Return which disguises folding took away between *start* and *end* of *text*.

    `invisible`: what is not seen stands inside. `struck`: it is struck through or underlined. `styled`: letters in another
    style (mathematical, full width, circled). `look_alike`: letters of another script stand for Latin ones in a word that is
    not of that script. Accents, soft hyphens and ligatures are none.
    """
    part = text[start:end]
    if part.isascii():
        return frozenset()
    found = {disguise_of(each) for each in part} - {"", LOOK_ALIKE}
    if any(_looks_latin(word) for word in _WORD_WITH_MARKS.findall(part)):
        found.add(LOOK_ALIKE)
    return frozenset(found)


_WORD_WITH_MARKS = re.compile(r"[^\s!-/:-@\[-`{-~]+")


def _looks_latin(word: str) -> bool:
    """Tell whether look-alikes make *word* one of Latin letters, beside real ones or all by themselves."""
    letters = [each for each in word if each.isalpha()]
    is_disguised = any(disguise_of(each) == LOOK_ALIKE for each in letters)
    return is_disguised and all(folded_character(each).isascii() for each in letters)
