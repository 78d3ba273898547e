"""Find the words of a watchlist that a misspelled word may stand for: one edit away, or spelled alike in Dutch.

One edit is an insertion, a deletion, a substitution or two letters swapped (optimal string alignment). Words that share no
string after one deletion in each are more than one edit apart (Garbe's symmetric deletion), so only few are compared. A word
that is known to the lexicon is never a misspelling.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from monitor.core.lexicon import Lexicon

LETTERS_AT_LEAST = 5
"""A shorter part of a name has too many neighbours."""

_LETTERS_AT_MOST = 32
_REMEMBERED_AT_MOST = 100_000
_ALIKE = (
    ("sch", "s"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("gh", "g"), ("ij", "y"), ("ei", "y"), ("ey", "y"),
    ("ae", "a"), ("ue", "u"), ("x", "ks"), ("z", "s"), ("c", "k"), ("q", "k"), ("v", "f"), ("i", "y"),
)  # fmt: skip
"""Dutch spellings of one sound, read in this order; double letters count once."""


def sound_key(word: str) -> str:
    """Return what is left of *word* when Dutch spellings of one sound are written alike: Dijkstra, Dykstra."""
    for spelled, instead in _ALIKE:
        word = word.replace(spelled, instead)
    return "".join(letter for place, letter in enumerate(word) if place == 0 or word[place - 1] != letter)


class Near:
    """The words of a watchlist, by what a misspelling of them leaves."""

    __slots__ = ("_by_sound", "_lexicon", "_remembered", "_shortened")

    def __init__(self, words: Iterable[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._remembered: dict[str, tuple[str, ...]] = {}
        self._shortened: dict[str, str | tuple[str, ...]] = {}
        self._by_sound: dict[str, str | tuple[str, ...]] = {}
        for word in words:
            if LETTERS_AT_LEAST <= len(word) <= _LETTERS_AT_MOST and word.isalpha():
                for key in _shortened(word):
                    _put(self._shortened, key, word)
                _put(self._by_sound, sound_key(word), word)

    def like(self, word: str) -> tuple[str, ...]:
        """Return the words that *word* may be a misspelling of, in alphabetical order; itself is none."""
        found = self._remembered.get(word)
        if found is None:
            found = self._look_up(word)
            if len(self._remembered) >= _REMEMBERED_AT_MOST:
                self._remembered = {}
            self._remembered[word] = found
        return found

    def _look_up(self, word: str) -> tuple[str, ...]:
        if not LETTERS_AT_LEAST - 1 <= len(word) <= _LETTERS_AT_MOST + 1 or not word.isalpha() or self._lexicon.is_known(word):
            return ()
        found = set(_get(self._by_sound, sound_key(word))) if word.isalpha() else set()
        for key in _shortened(word):
            for each in _get(self._shortened, key):
                if each not in found and OSA.distance(word, each, score_cutoff=1) <= 1:
                    found.add(each)
        found.discard(word)
        return tuple(sorted(found))


def _shortened(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _put(words: dict[str, str | tuple[str, ...]], key: str, word: str) -> None:
    known = words.get(key)
    words[key] = word if known is None else (known, word) if isinstance(known, str) else (*known, word)


def _get(words: dict[str, str | tuple[str, ...]], key: str) -> tuple[str, ...]:
    found = words.get(key, ())
    return (found,) if isinstance(found, str) else found
