"""The words of the registered people's names, as those look them up who know a word only in part.

Finding disguised words in a text is in `disguise` and `spaced`; what the words mean together is the matcher's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

ANY = ""
"""In a pattern: whichever letter."""


class Vocabulary(Protocol):
    """What must be known of the watchlist to tell disguised words from others."""

    def has(self, word: str) -> bool:
        """Tell whether *word* is a word of somebody's name."""

    def joined(self, word: str) -> bool:
        """Tell whether *word* is somebody's whole name, written in one."""

    def lengths(self, letters: str) -> Sequence[int]:
        """Return the lengths of the words that begin with the first three of *letters*, or are shorter and all of them."""

    def like(self, pattern: Sequence[str], at_most: int) -> tuple[str, ...]:
        """Return the words that fit *pattern*: for each letter those that it may be, or `ANY`. In the vocabulary's order."""


class Words:
    """The vocabulary made of *words*, the most probable ones first. What patterns need is made at the first look-up."""

    __slots__ = ("_at", "_joined", "_lengths", "_rank")

    def __init__(self, words: Iterable[str], joined: Callable[[str], bool] = lambda _: False) -> None:
        self._rank = {word: rank for rank, word in enumerate(dict.fromkeys(words))}
        self._joined = joined
        # Both are made as a whole, then put in their places: two threads at worst make them twice.
        self._lengths: dict[str, list[int]] | None = None
        self._at: dict[int, dict[tuple[int, str], list[str]]] | None = None

    def has(self, word: str) -> bool:
        return word in self._rank

    def joined(self, word: str) -> bool:
        return self._joined(word)

    def lengths(self, letters: str) -> Sequence[int]:
        if self._lengths is None:
            self._lengths = _by_beginning(self._rank)
        found = self._lengths.get(letters[:3], ())
        short = [count for count in (1, 2) if letters[:count] in self._rank]
        return [*short, *found] if short else found

    def like(self, pattern: Sequence[str], at_most: int) -> tuple[str, ...]:
        if self._at is None:
            self._at = _by_letter(self._rank)
        by_letter = self._at.get(len(pattern))
        known = [(place, letters) for place, letters in enumerate(pattern) if letters != ANY]
        if by_letter is None or not known:
            return ()
        sizes = [sum(len(by_letter.get((place, each), ())) for each in letters) for place, letters in known]
        rarest, letters = known.pop(sizes.index(min(sizes)))
        fitting = [word for letter in letters for word in by_letter.get((rarest, letter), ())]
        for place, may_be in known:
            fitting = [word for word in fitting if word[place] in may_be]
        return tuple(sorted(fitting, key=self._rank.__getitem__)[:at_most])


def _by_beginning(words: Iterable[str]) -> dict[str, list[int]]:
    """Return the lengths of *words* of three letters and more, by their first three letters."""
    found: dict[str, set[int]] = {}
    for word in words:
        if len(word) >= 3:
            found.setdefault(word[:3], set()).add(len(word))
    return {beginning: sorted(lengths) for beginning, lengths in found.items()}


def _by_letter(words: Iterable[str]) -> dict[int, dict[tuple[int, str], list[str]]]:
    """Return *words* by their length, and by each of their letters with its place."""
    found: dict[int, dict[tuple[int, str], list[str]]] = {}
    for word in words:
        by_letter = found.setdefault(len(word), {})
        for spot in enumerate(word):
            by_letter.setdefault(spot, []).append(word)
    return found
