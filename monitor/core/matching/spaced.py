"""Read words whose letters stand apart: "S a n n e   V o l s", "S.a.n.n.e", "v-o-l-s".

Where such letters may stand is found in `gates`; which words exist, is in `vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise, product
from typing import Final

from monitor.core.matching.vocabulary import Vocabulary

_GAP: Final = r"(?:[ \n.,\-_*/\\~=:;\xb7'\"&\u2022\u2026\u2014]|(?<! )[+|])"
_LETTER: Final = r"(?<![^\W_])[^\W_](?![^\W_])|[@$!?(<\u20ac\xa3\xa5\xa7]|(?<= )[+|](?= |\Z)"
_RUN: Final = re.compile(rf"(?:{_LETTER})(?:{_GAP}{{1,4}}(?:{_LETTER}))*")
_LETTERS: Final = re.compile(_LETTER)
_BEFORE: Final = re.compile(rf"(?:(?:{_LETTER}){_GAP}{{1,4}}){{1,8}}\Z")
_BEFORE_AT_MOST: Final = 40
_RUN_AT_MOST: Final = 4_000
_READINGS_AT_MOST: Final = 32
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
    words = _segmented(letters, vocabulary)
    covered = sum(len(word) for _, word in words)
    if covered < len(letters) <= _JOINED_AT_MOST:
        whole = next((each for each in _readings(letters) if vocabulary.joined(each)), None)
        words = words if whole is None else [(0, whole)]
    for start, word in words:
        yield places[start], places[start + len(word) - 1] + 1, word


def _readings(letters: Sequence[str]) -> Iterable[str]:
    """Return what *letters* may be read as, the likeliest first; too many are not all tried."""
    plain = "".join(letters)
    return (plain,) if len(plain) == len(letters) else map("".join, islice(product(*letters), _READINGS_AT_MOST))


def _segmented(letters: Sequence[str], vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """Return the words in *letters* that together cover the most, long ones before short ones, and where they start."""
    count = len(letters)
    best = [0] * (count + 1)
    word_at = [""] * (count + 1)
    known: dict[str | tuple[str, ...], Sequence[int]] = {}
    plain = "".join(letters)
    # Slices of a text are so much cheaper than those of lists that a page full of spaced letters asks for them.
    spelled: str | tuple[str, ...] = plain if len(plain) == count else tuple(letters)
    for start in range(count - 1, -1, -1):
        best[start] = best[start + 1]
        beginning = spelled[start : start + 3]
        if beginning not in known:
            known[beginning] = sorted({each for one in _readings(beginning) for each in vocabulary.lengths(one)})
        for length in known[beginning]:
            end = start + length
            if end > count:
                break
            worth = best[end] + length * length
            word = _known(spelled[start:end], vocabulary) if worth > best[start] else ""
            if word:
                best[start], word_at[start] = worth, word
    return _read_off(word_at, count)


def _known(letters: str | tuple[str, ...], vocabulary: Vocabulary) -> str:
    if isinstance(letters, str):
        return letters if vocabulary.has(letters) else ""
    return next((each for each in _readings(letters) if vocabulary.has(each)), "")


def _read_off(word_at: Sequence[str], count: int) -> list[tuple[int, str]]:
    words: list[tuple[int, str]] = []
    place = 0
    while place < count:
        if word_at[place]:
            words.append((place, word_at[place]))
        place += len(word_at[place]) or 1
    if count < _SHORTEST:
        return words if sum(len(word) for _, word in words) == count else []
    return [each for number, each in enumerate(words) if len(each[1]) >= _SHORTEST or _is_beside_long(words, number)]


def _is_beside_long(words: Sequence[tuple[int, str]], number: int) -> bool:
    """Tell whether a short word stands right beside a longer one, or before another short one that does: "v d molen"."""
    place, word = words[number]
    end = place + len(word)
    for start, following in words[number + 1 : number + 3]:
        if start != end:
            break
        if len(following) >= _SHORTEST:
            return True
        end += len(following)
    start, before = words[number - 1] if number else (0, "")
    return start + len(before) == place and len(before) >= _SHORTEST
