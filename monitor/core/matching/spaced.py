"""Read words whose letters stand apart: "S a n n e   V o l s", "S.a.n.n.e", "v-o-l-s".

Where such letters may stand is found in `gates`; which words exist, is in `vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise, product
from math import prod
from typing import Final

from monitor.core.matching.vocabulary import Vocabulary

_GAP: Final = r"[ \n.,\-_*/\\~=:;\xb7'\"+|&\u2022\u2026\u2014]"
_LETTER: Final = r"(?<![^\W_])[^\W_](?![^\W_])|[@$!?(<\u20ac\xa3\xa5\xa7]"
_RUN: Final = re.compile(rf"(?:{_LETTER})(?:{_GAP}{{1,4}}(?:{_LETTER}))*")
_LETTERS: Final = re.compile(_LETTER)
_BEFORE: Final = re.compile(rf"(?:(?:{_LETTER}){_GAP}{{1,4}}){{1,8}}\Z")
_BEFORE_AT_MOST: Final = 40
_RUN_AT_MOST: Final = 4_000
_READINGS_AT_MOST: Final = 16
_SHORTEST: Final = 3
_JOINED_AT_MOST: Final = 40

Spelled = tuple[int, int, str]
"""Where a word of parted letters starts and ends, and which it is."""


def read_spaced(text: str, third: int, least: int, vocabulary: Vocabulary, leet: Mapping[str, str]) -> tuple[int, list[Spelled]]:
    """Read the parted letters around the *third* of them, none before *least*; return where they end, and their words.

    The short words (a prefix) count only beside a longer one.
    """
    start = third
    for _ in range(2):
        start = _letter_before(text, start)
    window = max(least, start - _BEFORE_AT_MOST)
    before = _BEFORE.search(text[window:start])
    # A run may be as long as the text, so it is read a part at a time.
    run = _RUN.match(text, window + before.start() if before else start, start + _RUN_AT_MOST)
    if run is None:
        return third + 1, []
    places = [found.start() for found in _LETTERS.finditer(text, *run.span())]
    return run.end(), _in_run(text, places, vocabulary, leet) if len(places) >= _SHORTEST else []


def _letter_before(text: str, place: int) -> int:
    """Return where the letter before the one at *place* stands, one or two gaps away."""
    return place - 2 if text[place - 2].isalnum() or _LETTERS.match(text, place - 2) else place - 3


def _in_run(text: str, places: Sequence[int], vocabulary: Vocabulary, leet: Mapping[str, str]) -> list[Spelled]:
    letters = [leet.get(text[place], text[place]) for place in places]
    groups = [*_groups(text, places)]
    found = [[*_in_letters(letters[start:end], places[start:end], vocabulary)] for start, end in groups]
    if len(groups) > 1 and not any(found):
        # The gaps told nothing: "s a  n n e".
        found = [[*_in_letters(letters, places, vocabulary)]]
    words = [*chain.from_iterable(found)]
    # A short word by itself ("v", "de") is a prefix only where a name stands beside it.
    return words if any(len(word) >= _SHORTEST for _, _, word in words) else []


def _groups(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut the letters into words where a gap is wider or another one than most: "S a n n e   V o l s", "S.a.n.n.e V.o.l.s"."""
    gaps = [text[left + 1 : right] for left, right in pairwise(places)]
    seen: dict[str, int] = {}
    for gap in gaps:
        seen[gap] = seen.get(gap, 0) + 1
    usual = max(seen, key=seen.__getitem__)
    start = 0
    if len(seen) > 1:
        for number, gap in enumerate(gaps, start=1):
            if gap != usual:
                yield start, number
                start = number
    yield start, len(places)


def _in_letters(letters: Sequence[str], places: Sequence[int], vocabulary: Vocabulary) -> Iterator[Spelled]:
    """Yield the words in *letters*, each of which may be one of several."""
    readings = ["".join(letters)]
    if len(readings[0]) != len(letters):
        if len(letters) <= _JOINED_AT_MOST and prod(map(len, letters)) <= _READINGS_AT_MOST:
            readings = [*map("".join, islice(product(*letters), _READINGS_AT_MOST))]
        else:
            readings = ["".join(each[0] for each in letters)]
    best: list[tuple[int, int]] = []
    reading, most = "", 0
    for each in readings:
        words = _segmented(each, vocabulary)
        covered = sum(end - start for start, end in words)
        if covered < len(each) <= _JOINED_AT_MOST and vocabulary.joined(each):
            words, covered = [(0, len(each))], len(each)
        if covered > most:
            best, reading, most = words, each, covered
    for start, end in best:
        yield places[start], places[end - 1] + 1, reading[start:end]


def _segmented(letters: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return the words in *letters* that together cover the most, long ones before short ones."""
    count = len(letters)
    if count < _SHORTEST:
        return [(0, count)] if vocabulary.has(letters) else []
    best = [0] * (count + 1)
    end_of = [0] * (count + 1)
    lengths: dict[str, Sequence[int]] = {}
    for start in range(count - 1, -1, -1):
        best[start] = best[start + 1]
        beginning = letters[start : start + 3]
        if beginning not in lengths:
            lengths[beginning] = vocabulary.lengths(beginning)
        for length in lengths[beginning]:
            end = start + length
            if end > count:
                break
            worth = best[end] + length * length
            if worth > best[start] and vocabulary.has(letters[start:end]):
                best[start], end_of[start] = worth, end
    words: list[tuple[int, int]] = []
    place = 0
    while place < count:
        if end_of[place]:
            words.append((place, end_of[place]))
            place = end_of[place]
        else:
            place += 1
    return [each for number, each in enumerate(words) if _is_long(each) or _is_beside_long(words, number)]


def _is_long(word: tuple[int, int]) -> bool:
    return word[1] - word[0] >= _SHORTEST


def _is_beside_long(words: Sequence[tuple[int, int]], number: int) -> bool:
    """Tell whether a short word stands right beside a longer one, or before another short one that does: "v d molen"."""
    place, end = words[number]
    for start, stop in words[number + 1 : number + 3]:
        if start != end:
            break
        if stop - start >= _SHORTEST:
            return True
        end = stop
    return number > 0 and words[number - 1][1] == place and _is_long(words[number - 1])
