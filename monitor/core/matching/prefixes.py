"""The prefix of a surname: in which words it is written, where it may begin in a text, and whether it is the registered one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from monitor.core.matching import gaps
from monitor.core.matching.reading import Reading
from monitor.core.names import PREFIX_WORDS

# fmt: off
PREFIXES = PREFIX_WORDS | frozenset((
    "v", "d", "l", "s", "h", "i", "o", "vd", "vdr", "vdn", "vander", "vande", "vanden", "vant", "vt", "vh", "int", "opt", "od",
))
# fmt: on
"""Words that a prefix may be written with."""

OWN_PREFIXES = PREFIXES - {"van", "in", "op", "aan", "bij", "uit", "onder", "over", "voor", "te", "s"}
"""Words of prefixes that are part of the surname behind them; the others may as well be prepositions."""

PREFIX_AT_MOST = 4
_WHOLE = PREFIX_WORDS - {"t"}
"""With a point behind it such a word ends a sentence, and abbreviates no prefix."""

_SAME = {"het": "t", "al": "el", "von": "van"}
_SHORT: Mapping[str, tuple[str, ...]] = {
    "van": ("van", "v", "von"),
    "von": ("von", "v", "van"),
    "de": ("de", "d"),
    "der": ("der", "d", "dr"),
    "den": ("den", "d", "dn"),
    "het": ("het", "t", "h"),
    "t": ("t", "het", "h"),
    "ten": ("ten", "t"),
    "ter": ("ter", "t"),
    "el": ("el", "al"),
    "al": ("al", "el"),
    "op": ("op", "o"),
    "in": ("in", "i"),
    "bij": ("bij", "b", "by"),
    "aan": ("aan", "a"),
}


def joined_prefixes(prefix: Sequence[str]) -> list[str]:
    """Return what a prefix is as letters before the body: "vander", "vd"."""
    if not prefix:
        return []
    if tuple(prefix) in (("al",), ("el",)):
        return ["al", "el"]
    return list(dict.fromkeys(("".join(prefix), "".join(word[0] for word in prefix) if len(prefix) > 1 else "".join(prefix))))


@lru_cache(maxsize=4096)
def is_prefix_fit(written: tuple[str, ...], registered: tuple[str, ...]) -> bool:
    """Tell whether *written* is the registered prefix, in full, abbreviated or joined: "v.d.", "vd", "vander", "v der"."""
    return _can_read("".join(written), registered)


def _can_read(letters: str, registered: tuple[str, ...]) -> bool:
    if not registered:
        return not letters
    word, *rest = registered
    return any(
        letters.startswith(short) and _can_read(letters[len(short) :], tuple(rest)) for short in _SHORT.get(word, (word, word[0]))
    )


def is_same_prefix(written: tuple[str, ...], registered: tuple[str, ...]) -> bool:
    """Tell whether *written* is the registered prefix in full; het and 't, el and al are the same."""
    return [_SAME.get(word, word) for word in written] == [_SAME.get(word, word) for word in registered]


def prefix_starts(reading: Reading, start: int) -> list[int]:
    """Return where a prefix before the word at *start* may begin, the shortest first."""
    starts: list[int] = []
    place = start
    while place > 0 and len(starts) < PREFIX_AT_MOST and reading.words[place - 1] in PREFIXES:
        gap = reading.gap(place)
        if gap not in gaps.PREFIX or (gap.startswith(". ") and reading.words[place - 1] in _WHOLE):
            break
        place -= 1
        starts.append(place)
    return starts


def is_compatible(written: tuple[str, ...], registered: tuple[str, ...]) -> bool:
    """Tell whether a prefix is the registered one, in any spelling, or left out."""
    return not written or is_prefix_fit(written, registered)


def surname_start(reading: Reading, place: int, registered: tuple[str, ...]) -> int:
    """Return where a surname begins of which the body is at *place*: with the longest prefix before it that may be hers."""
    starts = (place, *prefix_starts(reading, place))
    return min(start for start in starts if is_compatible(tuple(reading.words[start:place]), registered))


def skip_prefixes(words: Sequence[str], place: int, step: int) -> int:
    """Return the first place from *place* on, in steps of 1 or -1, where no word of a prefix stands; it needs no gaps."""
    for _ in range(PREFIX_AT_MOST):
        if not 0 <= place < len(words) or words[place] not in PREFIXES:
            break
        place += step
    return place
