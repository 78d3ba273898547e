"""Find words of registered names that are disguised in a text: S@nne, Sa*ne, S a n n e, Saaanne, San-ne.

It runs over all text, so it looks for what gives a disguise away first, over bytes; only what stands there is looked at as
words. What folding takes away (look-alikes, invisible characters) is no business of this module, nor is whose name it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import groupby, pairwise, product
from math import prod
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from monitor.core.matching.gates import CUT, ODD, SPACED, STRETCHED, as_bytes, places
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

WORDS_AT_MOST: Final = 8
STARRED_AT_MOST: Final = 64
WEAK_AT_MOST: Final = 256
"""So many words a disguise may stand for. Behind stars many are possible, and only what stands beside tells which."""

_TOKEN_AT_MOST: Final = 40
_READINGS_AT_MOST: Final = 64


class Resolved(NamedTuple):
    """A disguised word, where it stands in the folded text, and what it may stand for: the most probable first.

    `how`: `leet`, `stars`, `stars_weak` (hardly a letter can be seen), `spaced`, `stretched`, `split` (cut in two within a
    line), `hyphenated` (cut at the end of a line: no disguise). `words` are in the vocabulary, or a joined name.
    """

    start: int
    end: int
    words: tuple[str, ...]
    how: str


def find_disguised(text: str, vocabulary: Vocabulary, doubtful: Sequence[int] = ()) -> list[Resolved]:
    """Return the disguised words in folded *text*, in their order; those of one kind never overlap.

    *doubtful* are the places of an i that may be an l (`text.doubtful`). Time and answer grow with the text, whatever it is.
    """
    raw = as_bytes(text)
    reader = _Reader(text, vocabulary, {*doubtful, *(found.start() for found in _I_OR_L.finditer(b" " + raw))})
    marked: Iterable[tuple[int, int]] = places(raw)
    if reader.unsure:
        marked = merge(marked, ((place, ODD) for place in sorted(reader.unsure)))
    for place, kinds in marked:
        reader.read(place, kinds)
    return _without_overlap(reader.found)


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
_BESIDE: Final = "@!|+([{<^#*?%\u2022\u2026"
"""Signs that stand beside a word where people write plainly: left out first, and read as letters if that says nothing."""
_PART_AT_MOST: Final = 25
_READS: Final = 10_000
"""So many places of a kind are read in a text, and more in a long one: fifty times what the oddest honest texts have. Who fills
a page with disguises makes nobody wait."""


class _Reader:
    """Reads what stands at the marked places of one text."""

    def __init__(self, text: str, vocabulary: Vocabulary, unsure: set[int]) -> None:
        self.found: list[Resolved] = []
        self.unsure = unsure
        self._text = text
        self._vocabulary = vocabulary
        self._odd_words = _OddWords(vocabulary, len(text))
        self._until = dict.fromkeys((ODD, SPACED, STRETCHED, CUT), 0)
        self._left = dict.fromkeys((ODD, STRETCHED, CUT), _READS + len(text) // 64)
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
        if 3 <= end - start <= _TOKEN_AT_MOST:
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

    def cut(self, place: int) -> None:
        """Read a word with a dash, a point or an underscore in it: "san-ne", "s.nne", or a dash at the end of a line."""
        first, text = self._start(place, _LETTERS, 0), self._text
        behind = place + 1
        while behind < place + 4 and text[behind : behind + 1] in (" ", "\n"):
            behind += 1
        last = _end(_WORD, text, behind)
        left, right, gap = text[first:place], text[behind:last], text[place:behind]
        is_whole = not text[first - 1 : first].isalnum() and not text[last : last + 1].isalnum()
        if not right or not is_whole or max(len(left), len(right)) > _PART_AT_MOST or len(left) + len(right) < 3:
            return
        whole = left + right
        if (self._vocabulary.has(whole) or self._vocabulary.joined(whole)) and not (
            self._vocabulary.has(left) and self._vocabulary.has(right)
        ):
            self.found.append(Resolved(first, last, (whole,), "split" if len(gap) == 1 else "hyphenated"))
        elif len(gap) == 1 and min(len(left), len(right)) <= 2 and not _goes_on(text, first, last):
            words = self._odd_words.with_letter_between(left, right)
            if words:
                self.found.append(Resolved(first, last, words, "stars"))

    def _start(self, place: int, letters: str, least: int) -> int:
        """Return where the *letters* before *place* begin, none before *least*, and not further than a word goes."""
        before = self._text[max(least, place - _TOKEN_AT_MOST) : place]
        return place - len(before) + len(before.rstrip(letters))


_READERS: Final = ((ODD, _Reader.odd), (SPACED, _Reader.spaced), (STRETCHED, _Reader.stretched), (CUT, _Reader.cut))


def _end(expression: re.Pattern[str], text: str, start: int) -> int:
    found = expression.match(text, start)
    return found.end() if found else start


class _OddWords:
    """Reads words with digits, signs and stars. It remembers them, and looks up only so many kinds of stars in a text."""

    def __init__(self, vocabulary: Vocabulary, length: int) -> None:
        self._vocabulary = vocabulary
        self._patterns_left = 64 + length // 256
        self._known: dict[tuple[str, tuple[int, ...]], Resolved | None] = {}

    def read(self, token: str, unsure: tuple[int, ...]) -> Resolved | None:
        """Return the disguised word in *token*, its places counted from there."""
        key = (token, unsure)
        if key not in self._known:
            self._known[key] = self._resolve(token, unsure)
        return self._known[key]

    def _resolve(self, token: str, unsure: tuple[int, ...]) -> Resolved | None:
        bare = token.lstrip(_BESIDE)
        left = len(token) - len(bare)
        right = left + len(bare.rstrip(_BESIDE))
        ways = [(left, right), (left, len(token)), (0, right), (0, len(token))]
        if "*" in token[left:right]:
            # Where a star hides a letter within, one at the end does too.
            ways = [ways[1], ways[0], *ways[2:]]
        if self._is_plain(token[left:right], unsure):
            return self._beside_star(token, left, right)
        ways = [way for way in dict.fromkeys(ways) if token[way[0]] not in "*#" or token[way[1] - 1] not in "*#"]
        whole = [(begin, end) for begin, end in ways if end - begin >= 3]
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

    def _is_plain(self, word: str, unsure: tuple[int, ...]) -> bool:
        """Tell whether *word* needs no reading: a known word as it is, or a handle with figures behind it."""
        bare = word.rstrip("0123456789")
        return (word == bare or not unsure) and bare.isalpha() and self._is_known(bare)

    def _is_known(self, word: str) -> bool:
        return self._vocabulary.has(word) or self._vocabulary.joined(word)

    def _readings(self, word: str, unsure: Sequence[int]) -> tuple[tuple[str, ...], str]:
        """Return the known words that *word* may stand for, and how it hides them."""
        length = len(word)
        if length < 3 or (word.isalpha() and word.isascii() and not unsure):
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

    def with_letter_between(self, left: str, right: str) -> tuple[str, ...]:
        """Return the words that a point, dash or underscore hides one letter of: "s.nne"."""
        word = f"{left}*{right}"
        found = self.read(word, ())
        return found.words if found is not None and found.end == len(word) else ()


def _unstretched(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    runs = [(letter, len([*run])) for letter, run in groupby(word)] if len(word) <= 4 * _TOKEN_AT_MOST else []
    options = [(letter, letter * 2) if count > 1 else (letter,) for letter, count in runs]
    if not 2 <= len(runs) <= _TOKEN_AT_MOST or prod(map(len, options)) > _READINGS_AT_MOST:
        return ()
    readings = map("".join, product(*options))
    return tuple(each for each in readings if len(each) > 2 and (vocabulary.has(each) or vocabulary.joined(each)))[:WORDS_AT_MOST]


def _goes_on(text: str, first: int, last: int) -> bool:
    """Tell whether more parts stand beside the two: "d.w.z.", "www.sa.nl"."""
    return (
        text[first - 1 : first] in ("-", ".", "_", "@", "/")
        or text[last : last + 1] in ("-", "_", "@", "/")
        or (text[last : last + 1] == "." and text[last + 1 : last + 2].isalnum())
    )


_A_WORD: Final = re.compile("[a-z]+")


def find_split(text: str, vocabulary: Vocabulary, start: int, end: int) -> list[Resolved]:
    """Return the words that are cut in two by a space, between *start* and *end*: "san ne". For use beside what was found.

    Over all text this would be slow and say little: only who stands beside tells whether two words are one.
    """
    found: list[Resolved] = []
    words = [*_A_WORD.finditer(text, start, end)]
    for left, right in pairwise(words):
        whole = left[0] + right[0]
        if right.start() - left.end() != 1 or text[left.end()] not in " \n" or not 3 <= len(whole) <= _TOKEN_AT_MOST:
            continue
        if not (vocabulary.has(left[0]) and vocabulary.has(right[0])) and vocabulary.has(whole):
            found.append(Resolved(left.start(), right.end(), (whole,), "split"))
    return found
