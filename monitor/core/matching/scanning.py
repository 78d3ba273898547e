"""Tell at a glance which words of a text are worth a look: what may be part of a name, joined to one, or a disguise.

Nearly all words are ordinary ones that came by before. Which these are is remembered, so that a text costs one look in a set a
word; only the others are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

_REMEMBERED_AT_MOST: Final = 200_000
_JUDGED_AT_MOST: Final = 64
"""Longer words are no names."""

ORDINARY: Final = 0
SURNAME: Final = 1
FIRST_NAME: Final = 2
ALIAS: Final = 4
JOINED: Final = 8
ODD: Final = 16
LETTER: Final = 32
COMMON: Final = 64
"""What a word may be, as bits: with which a surname, first name or alias may begin; in which a whole name is joined; which is
disguised; a single letter; a surname that is a common word. Plain numbers, since they are tested for every word that is no
ordinary one.
"""

_BEGINS: Final = SURNAME | FIRST_NAME | ALIAS


class Scanned(NamedTuple):
    """The words of a text that are worth a look.

    Their places with their kinds, all kinds together, and the letters and figures that stand alone one behind another, joined.
    """

    places: list[tuple[int, int]]
    kinds: int
    parted: list[str]


class Scanner:
    """Finds the words that are worth a look. *judge* tells the kind of a word, and must always tell the same."""

    __slots__ = ("_judge", "_kinds", "_ordinary")

    def __init__(self, judge: Callable[[str], int]) -> None:
        self._judge = judge
        self._ordinary: set[str] = set()
        self._kinds: dict[str, int] = {}

    def scan(self, words: Sequence[str]) -> Scanned:
        """Return the words that are worth a look."""
        ordinary, kinds = self._ordinary, self._kinds
        found: list[tuple[int, int]] = []
        alone: list[int] = []
        every = ORDINARY
        for place in [place for place, word in enumerate(words) if word not in ordinary]:
            kind = kinds.get(words[place])
            if kind is None:
                kind = self._learn(words[place])
            every |= kind
            if kind & _BEGINS:
                found.append((place, kind))
            if kind & LETTER:
                alone.append(place)
        return Scanned(found, every, _runs(words, alone) if len(alone) >= _PARTED_AT_LEAST else [])

    def _learn(self, word: str) -> int:
        kind = self._judge(word) if len(word) <= _JUDGED_AT_MOST else ORDINARY
        if len(word) == 1:
            kind |= LETTER
        if kind:
            if len(self._kinds) >= _REMEMBERED_AT_MOST:
                self._kinds = {}
            self._kinds[word] = kind
        else:
            if len(self._ordinary) >= _REMEMBERED_AT_MOST:
                self._ordinary = set()
            self._ordinary.add(word)
        return kind


_PARTED_AT_LEAST: Final = 3
"""So many letters alone may be a word whose letters are parted."""


def _runs(words: Sequence[str], alone: Sequence[int]) -> list[str]:
    """Return the letters that stand at places that follow each other."""
    runs: list[str] = []
    letters, last = "", -2
    for place in (*alone, -2):
        if place == last + 1:
            letters += words[place]
        else:
            if len(letters) >= _PARTED_AT_LEAST and not letters.isdigit():
                runs.append(letters)
            letters = words[place]
        last = place
    return runs
