"""Find many sequences of words in one pass over the words of a text.

A dictionary of whole sequences, entered through their first word: what a text costs grows with its length and hardly with
the number of sequences. What a sequence means is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")

WORDS_AT_MOST = 16
"""Longer sequences are not looked for."""


class WordIndex(Generic[Value]):
    """Sequences of words, each with the values that were given for it, in the order in which they were given."""

    __slots__ = ("_lengths", "_values")

    def __init__(self, sequences: Iterable[tuple[Sequence[str], Value]]) -> None:
        lengths: dict[str, tuple[int, ...]] = {}
        values: dict[str, list[Value]] = {}
        for words, value in sequences:
            if not 0 < len(words) <= WORDS_AT_MOST:
                continue
            values.setdefault(" ".join(words), []).append(value)
            known = lengths.get(words[0], ())
            if len(words) not in known:
                lengths[words[0]] = tuple(sorted((*known, len(words))))
        self._lengths = lengths
        self._values = {key: tuple(each) for key, each in values.items()}

    def __len__(self) -> int:
        return len(self._values)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[Value, ...]]]:
        """Return every place in *words* where a sequence stands: where it starts, how long it is, and its values."""
        lengths, values = self._lengths, self._values
        for start in [place for place, word in enumerate(words) if word in lengths]:
            for length in lengths[words[start]]:
                found = values.get(" ".join(words[start : start + length]))
                # At the end of the text a slice is shorter than asked, and was found as that shorter one already.
                if found is not None and start + length <= len(words):
                    yield start, length, found
