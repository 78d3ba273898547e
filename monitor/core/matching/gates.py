"""Say where in a text something may be disguised, so that only there is looked at words: a few milliseconds a megabyte.

The whole text is taken as one large number, a byte a character, and its neighbours are compared by shifting it: no loop in
Python, and no regular expression, comes near. What stands there is read in `disguise` and `spaced`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

ODD: Final = 1
SPACED: Final = 2
STRETCHED: Final = 4
"""What may stand at a place: a word with digits and signs in it, the third of three parted letters, the third time of a
letter. A place may have several of them, added up."""

_LETTER, _STRONG, _INSIDE, _BEFORE, _WORD = range(5)


_SIGNS: Final = b"@$*#^+|\xa3\xa5\xa7\xa2\xb0\xd7\xa1\xa9\xae\xb7\xa4"
"""Signs that may stand for a letter at either end of a word."""
_SIGNS_INSIDE: Final = b"?(<[{%!"
"""Signs that may stand for a letter within a word only: where people write plainly, nothing of a word stands beside these
("wat?", "(zie"). A question mark is also what a character outside of Latin 1 looks like here.
"""
_LETTERS_AND_FIGURES: Final = bytes(each for each in range(256) if chr(each).isalnum())


def _flags() -> bytes:
    """Return for each byte of Latin 1 which of the above it is, as bits."""
    kinds = (
        (_LETTER, bytes(range(ord("a"), ord("z") + 1))),
        (_STRONG, b"0123456789" + _SIGNS),
        (_INSIDE, _SIGNS_INSIDE),
        (_BEFORE, b"!"),
        (_WORD, _LETTERS_AND_FIGURES + b"@$!?(<\xa3\xa5\xa7\xa4"),
    )
    table = bytearray(256)
    for bit, letters in kinds:
        for letter in letters:
            table[letter] |= 1 << bit
    return bytes(table)


_FLAGS: Final = _flags()
_MARKED: Final = bytes([0, *[1] * 255])
_PLACE: Final = re.compile(b"\1")
_BLOCK: Final = 1 << 16
_BESIDE: Final = 8
"""Blocks overlap by so many characters: a place is known by those up to six before it and one behind."""


@lru_cache(maxsize=4)
def _each(byte: int, count: int) -> int:
    """Return the number that is *count* times *byte*."""
    return int.from_bytes(bytes([byte]) * count, "big")


def as_bytes(text: str) -> bytes:
    """Return *text* with a byte a character, as `places` takes it: the euro is the old sign for money, others a question mark."""
    return text.replace("\u20ac", "\xa4").encode("latin-1", "replace")


def _classes() -> bytes:
    """Return what each byte of Latin 1 is to `has_odd_signs`: a letter or figure, one of the two kinds of signs, or neither."""
    table = bytearray(b" " * 256)
    for bytes_of_kind, kind in ((_LETTERS_AND_FIGURES, b"a"), (_SIGNS, b"$"), (_SIGNS_INSIDE, b"!")):
        for each in bytes_of_kind:
            table[each] = kind[0]
    return bytes(table)


_CLASSES: Final = _classes()


def has_odd_signs(raw: bytes) -> bool:
    """Tell whether a sign that may stand for a letter stands beside one, anywhere in *raw*: a look before `places`."""
    classes = raw.translate(_CLASSES)
    return b"a$" in classes or b"$a" in classes or b"a!a" in classes


def places(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield every place in *raw* where something may be disguised, and what, in their order."""
    for start in range(0, len(raw), _BLOCK):
        before = min(start, _BESIDE)
        marks = _marks(raw[start - before : start + _BLOCK + _BESIDE])[before : before + _BLOCK]
        for found in _PLACE.finditer(marks.translate(_MARKED)):
            place = found.start()
            yield start + place, marks[place]


def _marks(raw: bytes) -> bytes:
    """Return for each character of *raw* what may stand there, as bits.

    Only the lowest bit of each byte counts below; what else is in a number is left where it is, and cut away at the end.
    """
    count = len(raw)
    shorter = 8 * (_BLOCK + 2 * _BESIDE - count)
    ones = _each(1, _BLOCK + 2 * _BESIDE) >> shorter
    sevens = _each(0x7F, _BLOCK + 2 * _BESIDE) >> shorter
    flags = int.from_bytes(raw.translate(_FLAGS), "big")
    # What stands before a character is one byte higher in the number, what stands behind it one lower.
    before, behind = flags >> 8, flags << 8
    odd = (
        (flags >> _STRONG) & (before | behind)
        | (flags >> _BEFORE) & behind
        | (flags >> _INSIDE) & before & (behind | behind >> _INSIDE | behind >> _STRONG)
    )
    single = flags >> _WORD & ~((before | behind) >> _WORD)
    spaced = single & (single >> 16 & single >> 32 | single >> 24 & single >> 48)
    letters = int.from_bytes(raw, "big") & sevens
    # Adding 127 sets the highest bit of each byte that is not zero, and no byte spills into the next.
    differs = (letters ^ letters >> 8) + sevens >> 7
    stretched = flags & before & before >> 8 & ~(differs | differs >> 8)
    marks = odd & ones | (spaced & ones) << 1 | (stretched & ones) << 2
    return marks.to_bytes(count, "big")
