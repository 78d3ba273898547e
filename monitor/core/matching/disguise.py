"""Find words of registered names that are disguised in a text: S@nne, Sa*ne, S a n n e, Saaanne.

It runs over all text, so it looks for what gives a disguise away first, over bytes; only what stands there is looked at as
words. What folding takes away (look-alikes, invisible characters) is no business of this module, nor are words that are cut in
two (`correcting`), nor whose name it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, product
from math import prod
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from monitor.core.matching.gates import ODD, SPACED, STRETCHED, as_bytes, places
from monitor.core.matching.spaced import read_spaced
from monitor.core.matching.vocabulary import ANY, Vocabulary

_LEET: Final = (
    "0o 1il 2z 3e 4a 5s 6bg 7t 8b 9g @a $s !il |il +t (c <c ^a [c {c"
    " \u20ace \u00a3le \u00a5y \u00a7s \u00a2c \u00b0o \u00d7x \u00a1i \u00a9c \u00aer"
)
LEET: Final = MappingProxyType({each[0]: each[1:] for each in _LEET.split(" ")})
"""Which letters a digit or sign stands for."""

STARS: Final = frozenset("*#?%\u2022\u25cf\u25aa\u00b7\u2026\u25a0\u2588\u2605")
"""What a letter is hidden behind."""

_SIGNS_OF_STARS: Final = "".join(sorted(STARS))

_REMEMBERED_AT_MOST: Final = 50_000
WORDS_AT_MOST: Final = 8
STARRED_AT_MOST: Final = 64
WEAK_AT_MOST: Final = 256
"""So many words a disguise may stand for. Behind stars many are possible, and only what stands beside tells which."""

_TOKEN_AT_MOST: Final = 40
_READINGS_AT_MOST: Final = 64


class Resolved(NamedTuple):
    """A disguised word, where it stands in the folded text, and what it may stand for: the most probable first.

    `how`: `leet`, `stars`, `stars_weak` (hardly a letter can be seen), `spaced`, `stretched`. `words` are in the vocabulary,
    or a joined name.
    """

    start: int
    end: int
    words: tuple[str, ...]
    how: str


Memory = dict[tuple[str, tuple[int, ...]], Resolved | None]
"""What is remembered of words that were read before; of one vocabulary."""


def find_disguised(
    text: str, vocabulary: Vocabulary, doubtful: Sequence[int] = (), memory: Memory | None = None
) -> list[Resolved]:
    """Return the disguised words in folded *text*, in their order; those of one kind never overlap.

    *doubtful* are the places of an i that may be an l (`text.doubtful`). Time and answer grow with the text, whatever it is.
    *memory* is filled and used, where it is given.
    """
    raw = as_bytes(text)
    reader = _Reader(
        text,
        vocabulary,
        {*doubtful, *(found.start() for found in _I_OR_L.finditer(b" " + raw))},
        {} if memory is None else memory,
    )
    marked: Iterable[tuple[int, int]] = places(raw)
    if reader.unsure:
        marked = merge(marked, ((place, ODD) for place in sorted(reader.unsure)))
    for place, kinds in marked:
        reader.read(place, kinds)
    return _without_overlap(reader.found)


_THRICE: Final = re.compile(r"(.)\1\1")


def is_disguised(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word of letters and figures alone may be a disguised one: leet, stretched, or an l that is an i."""
    if not word.isalpha():
        if 2 * sum(map(str.isdigit, word)) > len(word):  # "20e" is hardly Zoe
            return False
        return bool(_OddWords(vocabulary, 0, {}).read(word, ()))
    if _THRICE.search(word):
        return bool(_unstretched(word, vocabulary))
    if vocabulary.has(word):
        return False
    if word[0] == "l" and vocabulary.has(f"i{word[1:]}"):
        return True
    return "i" in word and any(vocabulary.has(each) for each in _with_an_l(word))


def _with_an_l(word: str) -> Iterator[str]:
    """Return *word* with an l for one i, and for all."""
    for place, letter in enumerate(word):
        if letter == "i":
            yield f"{word[:place]}l{word[place + 1 :]}"
    yield word.replace("i", "l")


def _without_overlap(found: list[Resolved]) -> list[Resolved]:
    found.sort(key=itemgetter(0, 1))
    end_of: dict[str, int] = {}
    kept: list[Resolved] = []
    for each in found:
        if each.start >= end_of.get(each.how, 0):
            end_of[each.how] = each.end
            kept.append(each)
    return kept


_I_OR_L: Final = re.compile(rb" l(?=[bcdfghjkmnpqrstvwxz])")
"""Hardly any word begins like this, but one whose first letter is no l but a capital i: "lnge"."""
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_OF_TOKEN: Final = "".join((_LETTERS, *sorted({*LEET, *STARS})))
_TOKEN: Final = re.compile(f"[{re.escape(_OF_TOKEN)}]*")
_WORD: Final = re.compile("[a-z]*")
_LETTERS_AT_LEAST: Final = 2
"""As many as the shortest words of a prefix have: "d3"."""
_BESIDE: Final = "@!|+([{<^#*?%\u2022\u2026"
"""Signs that stand beside a word where people write plainly: left out first, and read as letters if that says nothing."""
_READS: Final = 10_000
"""So many places of a kind are read in a text, and more in a long one: fifty times what the oddest honest texts have. Who fills
a page with disguises makes nobody wait."""


class _Reader:
    """Reads what stands at the marked places of one text."""

    def __init__(self, text: str, vocabulary: Vocabulary, unsure: set[int], memory: Memory) -> None:
        self.found: list[Resolved] = []
        self.unsure = unsure
        self._text = text
        self._vocabulary = vocabulary
        self._odd_words = _OddWords(vocabulary, len(text), memory)
        self._until = dict.fromkeys((ODD, SPACED, STRETCHED), 0)
        self._left = dict.fromkeys((ODD, STRETCHED), _READS + len(text) // 64)
        self._left[SPACED] = _READS + len(text) // 32

    def read(self, place: int, kinds: int) -> None:
        """Read what is marked at *place*, unless too much of its kind was read already."""
        for kind, read in _READERS:
            if kinds & kind and place >= self._until[kind] and self._left[kind] > 0:
                self._left[kind] -= 1
                read(self, place)

    def odd(self, place: int) -> None:
        """Read a word with digits, signs, stars or doubtful letters in it."""
        start = self._start(place, _OF_TOKEN, self._until[ODD])
        end = self._until[ODD] = max(place + 1, _end(_TOKEN, self._text, start))
        if _LETTERS_AT_LEAST <= end - start <= _TOKEN_AT_MOST:
            unsure = tuple(each for each in range(end - start) if start + each in self.unsure) if self.unsure else ()
            word = self._odd_words.read(self._text[start:end], unsure)
            if word is not None:
                self.found.append(Resolved(start + word.start, start + word.end, word.words, word.how))

    def spaced(self, place: int) -> None:
        """Read words of parted letters."""
        self._until[SPACED], words = read_spaced(self._text, place, self._until[SPACED], self._vocabulary, LEET)
        self._left[SPACED] -= (self._until[SPACED] - place) // 2
        self.found += (Resolved(start, end, (word,), "spaced") for start, end, word in words)

    def stretched(self, place: int) -> None:
        """Read a word with a letter three times or more: "saaanne"."""
        start = self._start(place, _LETTERS, self._until[STRETCHED])
        end = self._until[STRETCHED] = _end(_WORD, self._text, start)
        words = _unstretched(self._text[start:end], self._vocabulary)
        if words:
            self.found.append(Resolved(start, end, words, "stretched"))

    def _start(self, place: int, letters: str, least: int) -> int:
        """Return where the *letters* before *place* begin, none before *least*, and not further than a word goes."""
        before = self._text[max(least, place - _TOKEN_AT_MOST) : place]
        return place - len(before) + len(before.rstrip(letters))


_READERS: Final = ((ODD, _Reader.odd), (SPACED, _Reader.spaced), (STRETCHED, _Reader.stretched))


def _end(expression: re.Pattern[str], text: str, start: int) -> int:
    found = expression.match(text, start)
    return found.end() if found else start


class _OddWords:
    """Reads words with digits, signs and stars. It remembers them, and looks up only so many kinds of stars in a text."""

    def __init__(self, vocabulary: Vocabulary, length: int, memory: Memory) -> None:
        self._vocabulary = vocabulary
        self._memory = memory
        self._patterns_left = 64 + length // 256
        self._known: dict[tuple[str, tuple[int, ...]], Resolved | None] = {}

    def read(self, token: str, unsure: tuple[int, ...]) -> Resolved | None:
        """Return the disguised word in *token*, its places counted from there."""
        key = (token, unsure)
        known = self._memory if STARS.isdisjoint(token) else self._known
        if key not in known:
            if len(known) >= _REMEMBERED_AT_MOST:
                known.clear()
            known[key] = self._resolve(token, unsure)
        return known[key]

    def _resolve(self, token: str, unsure: tuple[int, ...]) -> Resolved | None:
        bare = token.lstrip(_BESIDE)
        left = len(token) - len(bare)
        right = left + len(bare.rstrip(_BESIDE))
        ways = [(left, right), (left, len(token)), (0, right), (0, len(token))]
        if "*" in token[left:right]:
            # Where a star hides a letter within, one at the end does too.
            ways = [ways[1], ways[0], *ways[2:]]
        if self._is_plain(token[left:right], unsure):
            return self._beside_star(token, left, right) or self._as_a_whole(token)
        ways = [way for way in dict.fromkeys(ways) if token[way[0]] not in "*#" or token[way[1] - 1] not in "*#"]
        whole = [(begin, end) for begin, end in ways if end - begin >= _LETTERS_AT_LEAST]
        # Figures behind a word are a handle's, if they are no letters of it.
        without_figures = [(begin, begin + len(token[begin:end].rstrip("0123456789"))) for begin, end in whole]
        for begin, end in dict.fromkeys((*whole, *without_figures)):
            words, how = self._readings(token[begin:end], tuple(each - begin for each in unsure) if unsure else ())
            if words:
                return Resolved(begin, end, words, how)
        return None

    def _beside_star(self, token: str, left: int, right: int) -> Resolved | None:
        """Read a known word with a star on one side: it may hide a letter all the same ("*anne"), or lead to a footnote."""
        begin, end = (0, right) if right == len(token) else (left, len(token))
        stars = token[begin:left] + token[right:end]
        if not stars or stars.strip("*") or token[:left] + token[right:] != stars:
            return None
        words, how = self._readings(token[begin:end], ())
        return Resolved(begin, end, words, how if begin < left else "stars_weak") if words else None

    def _as_a_whole(self, token: str) -> Resolved | None:
        """Read a known word with figures or signs beside it as one word: "@dam", "yasmin4"."""
        words = self._readings(token, ())[0] if token.strip(_SIGNS_OF_STARS) == token else ()
        return Resolved(0, len(token), words, "leet") if words else None

    def _is_plain(self, word: str, unsure: tuple[int, ...]) -> bool:
        """Tell whether *word* needs no reading: a known word as it is, or a handle with figures behind it."""
        bare = word.rstrip("0123456789")
        return (word == bare or not unsure) and bare.isalpha() and self._is_known(bare)

    def _is_known(self, word: str) -> bool:
        return self._vocabulary.has(word) or self._vocabulary.joined(word)

    def _readings(self, word: str, unsure: Sequence[int]) -> tuple[tuple[str, ...], str]:
        """Return the known words that *word* may stand for, and how it hides them."""
        length = len(word)
        if length < _LETTERS_AT_LEAST or (word.isalpha() and word.isascii() and not unsure):
            return (), ""
        pattern = [ANY if each in STARS else LEET.get(each, each) for each in word]
        for place in unsure:
            if 0 <= place < length and word[place] in "il":
                pattern[place] = "il"
        seen = length - pattern.count(ANY)
        if seen == length:
            return self._spelled(word, pattern), "leet"
        if seen == 0 or self._patterns_left <= 0:
            return (), ""
        self._patterns_left -= 1
        if seen >= 2 and seen * 2 >= length:
            return self._vocabulary.like(pattern, STARRED_AT_MOST), "stars"
        if pattern[0] == ANY:
            return (), ""
        return self._vocabulary.like(pattern, WEAK_AT_MOST), "stars_weak"

    def _spelled(self, word: str, pattern: Sequence[str]) -> tuple[str, ...]:
        if prod(map(len, pattern)) <= _READINGS_AT_MOST:
            readings = map("".join, product(*pattern))
            return tuple(each for each in readings if each != word and self._is_known(each))[:WORDS_AT_MOST]
        if self._patterns_left <= 0:
            return ()
        self._patterns_left -= 1
        return self._vocabulary.like(pattern, WORDS_AT_MOST)


def _unstretched(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    runs = [(letter, len([*run])) for letter, run in groupby(word)] if len(word) <= 4 * _TOKEN_AT_MOST else []
    options = [(letter, letter * 2) if count > 1 else (letter,) for letter, count in runs]
    if not 2 <= len(runs) <= _TOKEN_AT_MOST or prod(map(len, options)) > _READINGS_AT_MOST:
        return ()
    readings = map("".join, product(*options))
    return tuple(each for each in readings if len(each) > 2 and (vocabulary.has(each) or vocabulary.joined(each)))[:WORDS_AT_MOST]
