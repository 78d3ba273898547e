"""Word knowledge: how common a word is in Dutch text, and whether it is a given name or a surname.

Here: the layout of the table of words, reading it and looking a word up. Not here: where the table lies (`monitor.words`),
which words are in it (`hatch_build.py` at the root of the sources makes it at install), and what a rare word means for a
name (`monitor.core.rarity`).

The table holds no Python objects: a word is found by its hash in one block of bytes, and compared there. 300,000 words cost
the 4 MB of the file and nothing more.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from array import array
from collections.abc import Mapping
from typing import Final, NamedTuple

FLOOR: Final = 5e-9
"""The frequency of a word that is not in the table: half that of the rarest listed ones, one in a hundred million words."""

KNOWN_FROM: Final = 1e-7
"""So frequent a word is known, name or not: one in ten million words (a Zipf value of 2).

What this costs and brings, measured with the real table. Of one-letter edits of Dutch surnames of 5 to 7 letters 4.7 % are known
words: 3.4 % for being common or a name, and it would be 7.2 % with all that is listed. From 8 letters on it is 0.8, 0.5 and
1.4 %. Nearly all of them are real words and names. Of Belgian surnames that stand in no other list it knows 62 %, where 10 % are
common; 96 % would be known from half a step lower (1.5), at 5.8 % of the edits. 99.4 % of running Dutch text is such words.
"""

_MAGIC: Final = b"naamwacht words 1\n"
_HEADER: Final = len(_MAGIC) + 8  # the checksum of what follows, and the number of buckets

_MARK: Final = 0x80  # in every byte that is no letter, so that none is taken for a letter or the mark between words
_COMMON, _KNOWN, _GIVEN, _SURNAME = 1, 2, 4, 8

_STEPS: Final = 127
_LOWEST, _HIGHEST = -8.0, -1.0
"""Frequencies are kept in 127 steps of a logarithm, from one in a hundred million to one in ten: true to 7 %."""

_FREQUENCIES: Final = (FLOOR, *(10 ** (_LOWEST + (_HIGHEST - _LOWEST) * step / (_STEPS - 1)) for step in range(_STEPS)))

_LETTERS: Final = re.compile(r"[a-z]+")
_WORDS_IN_A_BUCKET: Final = 6


class Knowledge(NamedTuple):
    """What the table says of one word."""

    frequency: float = 0.0
    is_common: bool = False
    is_foreign: bool = False
    """A common word of another language, less common than those that count as common here."""
    is_given_name: bool = False
    is_surname: bool = False


class BrokenTable(ValueError):
    """These bytes are no table of words, or not a whole one."""


class Lexicon:
    """Knows words. A word is one folded word of letters (`monitor.core.text`); anything else is unknown. Safe for threads."""

    __slots__ = ("_block", "_offsets", "_turn")

    def __init__(self, offsets: array[int], block: bytes) -> None:
        self._offsets = offsets
        self._turn = len(offsets) - 1
        self._block = block

    @classmethod
    def from_bytes(cls, table: bytes) -> Lexicon:
        """Return the Lexicon of a table that `table_of` made. Raises `BrokenTable`."""
        if not table.startswith(_MAGIC) or len(table) < _HEADER:
            raise BrokenTable("it is not a table of words, or one of another release")
        checksum, buckets = (_number(table, len(_MAGIC) + 4 * index) for index in range(2))
        start = _HEADER + 4 * (buckets + 1)
        if zlib.crc32(memoryview(table)[len(_MAGIC) + 4 :]) != checksum or buckets < 1 or len(table) < start:
            raise BrokenTable("it is damaged, or not whole")
        offsets = array("I", struct.unpack_from(f"<{buckets + 1}I", table, _HEADER))
        return cls(offsets, table[start:])

    def frequency(self, word: str, /) -> float:
        """Return the share of *word* in running Dutch text, true to 7 %; `FLOOR` for one that is not in the table."""
        return _FREQUENCIES[self._values(word)[1]]

    def is_common(self, word: str, /) -> bool:
        """Tell whether *word* is one of the commonest: 30,000 of Dutch, 10,000 each of English, German and French.

        Common names are among them: people are spoken of. Ask `is_surname` and `is_given_name` as well where it matters.
        """
        return bool(self._values(word)[0] & _COMMON)

    def is_given_name(self, word: str, /) -> bool:
        """Tell whether *word* is a known given name, or one part of such a name."""
        return bool(self._values(word)[0] & _GIVEN)

    def is_surname(self, word: str, /) -> bool:
        """Tell whether *word* is a known surname, or one without its prefix."""
        return bool(self._values(word)[0] & _SURNAME)

    def is_known(self, word: str, /) -> bool:
        """Tell whether *word* is common here or elsewhere, a name, or as frequent as `KNOWN_FROM`: then it is no misspelling."""
        return bool(self._values(word)[0] & _KNOWN)

    def _values(self, word: str) -> tuple[int, int]:
        """Return the flags of *word* and the step of its frequency; nothing at all for one that is not in the table."""
        key = f"\n{word}\n".encode("ascii", "replace")
        bucket = zlib.crc32(key) % self._turn
        start, end = self._offsets[bucket], self._offsets[bucket + 1]
        block = self._block
        found = block.find(key, start, end)
        # Two words with a line break between them could stand like this in the table, and are no word.
        if found < 0 or not word.isalpha():
            return 0, 0
        last = end - 2 * block.count(b"\n", start, found + 1)
        return block[last] - _MARK, block[last + 1] - _MARK


def table_of(words: Mapping[str, Knowledge]) -> bytes:
    """Return the table of *words*: the same bytes for the same words, in whatever order they come.

    A bucket is its words between line breaks, then two bytes for each word in reverse order: the flags and the frequency.
    """
    number = max(1, len(words) // _WORDS_IN_A_BUCKET)
    buckets: list[list[str]] = [[] for _ in range(number)]
    for word in sorted(words):
        if not _LETTERS.fullmatch(word):
            raise ValueError(f"not a folded word of plain letters: {word!r}")
        buckets[zlib.crc32(f"\n{word}\n".encode()) % number].append(word)
    block = bytearray()
    offsets = array("I", [0])
    for bucket in buckets:
        if bucket:
            block += "\n{}\n".format("\n".join(bucket)).encode()
            for word in reversed(bucket):
                block += _value_of(words[word])
        offsets.append(len(block))
    checked = number.to_bytes(4, "little") + struct.pack(f"<{len(offsets)}I", *offsets) + block
    return _MAGIC + zlib.crc32(checked).to_bytes(4, "little") + checked


def _value_of(known: Knowledge) -> bytes:
    flags = known.is_common * _COMMON | known.is_given_name * _GIVEN | known.is_surname * _SURNAME
    if flags or known.is_foreign or known.frequency >= KNOWN_FROM:
        flags |= _KNOWN
    step = 0
    if known.frequency > FLOOR:
        exact = (math.log10(known.frequency) - _LOWEST) / (_HIGHEST - _LOWEST) * (_STEPS - 1)
        step = 1 + min(_STEPS - 1, max(0, round(exact)))
    return bytes((_MARK | flags, _MARK | step))


def _number(table: bytes, place: int) -> int:
    return int.from_bytes(table[place : place + 4], "little")


EMPTY: Final = Lexicon.from_bytes(table_of({}))
"""Knows no word."""
