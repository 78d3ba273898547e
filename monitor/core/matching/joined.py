"""Find names that are written as one word: sannevandermolen, @svandermolen, #SanneVanDerMolen, stopsannevandermolen.

One automaton over first names and initials joined to surnames. It reads only words that are long or that a sign marks as a
handle, an address or a hashtag. Registered handles are in `aliases`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick_rs

from monitor.core.lexicon import Lexicon
from monitor.core.matching.prefixes import joined_prefixes
from monitor.core.matching.reading import Reading
from monitor.core.matching.watched import Bearer
from monitor.core.model import Field
from monitor.core.text import WORD

BARE_AT_LEAST = 8
"""A joined name without a sign before it has so many letters: "tomjee" may be anything."""

_WITHIN_AT_LEAST = 10
_MARKED_AT_LEAST = 5
_WORD_AT_MOST = 64
_LEFT_AT_LEAST = 3
_DOMAIN = re.compile(r"[\w-]*\.[\w-]")
_WITH_FIRST = 0
_WITH_INITIALS = 1


@dataclass(frozen=True, slots=True)
class JoinedName:
    """A name written as one word: whose, in which word, where it stands in the folded text, and the first name or initial."""

    bearer: Bearer
    word: str
    begin: int
    finish: int
    first: str


class Joined:
    """The joined names of a watchlist."""

    __slots__ = ("_automaton", "_bearers", "_kinds", "_owners")

    def __init__(self, bearers: Iterable[Bearer]) -> None:
        self._bearers = list(bearers)
        patterns: list[str] = []
        self._owners = array("I")
        self._kinds = bytearray()
        for number, bearer in enumerate(self._bearers):
            for kind, pattern in _patterns(bearer):
                patterns.append(pattern)
                self._owners.append(number)
                self._kinds.append(kind)
        self._automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.Standard) if patterns else None

    def find(self, reading: Reading, lexicon: Lexicon) -> Iterator[JoinedName]:
        """Return whose names stand in one word of *reading*; where a sign marks the word, short ones and initials too."""
        if self._automaton is None:
            return
        text = _storable(reading.folded.text)
        for pattern, begin, finish in self._automaton.find_matches_as_indexes(text, overlapping=True):
            kind = self._kinds[pattern]
            word = _word_around(text, begin, finish)
            if word is None:
                continue
            is_marked = reading.field is Field.URL or _is_marked(text, word.start(), word.end())
            if not _is_name(word[0], begin - word.start(), finish - word.start(), kind, is_marked=is_marked):
                continue
            bearer = self._bearers[self._owners[pattern]]
            start, end = begin - word.start(), finish - word.start()
            is_other = _is_other_first(bearer, word[0], start, lexicon) or _is_other_surname(bearer, word[0], end, lexicon)
            if (is_marked or not lexicon.is_known(word[0])) and not is_other:
                called = bearer.called
                first = " ".join(called.firsts[0]) if kind == _WITH_FIRST else " ".join(each[0] for each in called.initials[:1])
                yield JoinedName(bearer, word[0], begin, finish, first)

    def is_marked_in(self, text: str) -> bool:
        """Tell whether a joined name may stand in *text* with a sign before or behind it."""
        if self._automaton is None:
            return False
        return any(
            self._automaton.find_matches_as_indexes(word)
            for sign in "@#"
            if sign in text
            for word in {*_words_beside(text, sign)}
        )

    def is_within(self, word: str) -> bool:
        """Tell whether a joined name stands in *word*, so that it is worth a look."""
        hits = self._automaton.find_matches_as_indexes(word, overlapping=True) if self._automaton is not None else ()
        return any(_is_name(word, start, end, self._kinds[pattern], is_marked=False) for pattern, start, end in hits)

    def is_whole(self, word: str) -> Iterator[Bearer]:
        """Return whose first name and surname *word* is, written together and nothing else."""
        if self._automaton is None or not word.isalnum():
            return
        for pattern, begin, finish in self._automaton.find_matches_as_indexes(word, overlapping=True):
            if begin == 0 and finish == len(word) and self._kinds[pattern] == _WITH_FIRST:
                yield self._bearers[self._owners[pattern]]


_SURROGATES = re.compile("[\ud800-\udfff]")


def _storable(text: str) -> str:
    """Return *text* without the lone surrogates that no encoding has; as long as before."""
    return text if text.isascii() else _SURROGATES.sub(" ", text)


def _word_around(text: str, begin: int, finish: int) -> re.Match[str] | None:
    """Return the word in which something was found, unless it is longer than any handle."""
    start = begin
    least = max(0, begin - _WORD_AT_MOST)
    while start > least and text[start - 1].isalnum():
        start -= 1
    word = WORD.match(text, start, start + _WORD_AT_MOST + 1)
    return word if word is not None and word.end() >= finish and len(word[0]) <= _WORD_AT_MOST else None


def _words_beside(text: str, sign: str) -> Iterator[str]:
    """Return the words before and behind a sign."""
    place = text.find(sign)
    while place >= 0:
        behind = WORD.match(text, place + 1, place + 1 + _WORD_AT_MOST)
        if behind:
            yield behind[0]
        before = re.split(r"[\W_]", text[max(0, place - _WORD_AT_MOST) : place])[-1]
        if sign == "@" and before:
            yield before
        place = text.find(sign, place + 1)


def _is_marked(text: str, start: int, end: int) -> bool:
    """Tell whether a sign marks a word as a handle, a hashtag or the name of a mailbox."""
    if start and text[start - 1] in "@#":
        return not _DOMAIN.match(text, end)
    return text.startswith("@", end)


def _is_name(word: str, start: int, end: int, kind: int, *, is_marked: bool) -> bool:
    letters = end - start
    is_whole = start == 0 and not word[end:].strip("0123456789")
    if is_marked and is_whole:
        return letters >= _MARKED_AT_LEAST
    if kind == _WITH_INITIALS:
        return False
    if is_whole:
        return letters >= BARE_AT_LEAST
    return letters >= (BARE_AT_LEAST if is_marked else _WITHIN_AT_LEAST) and 2 * letters >= len(word)


def _is_other_surname(bearer: Bearer, word: str, end: int, lexicon: Lexicon) -> bool:
    """Tell whether the letters behind make it another surname: "sannemolenaar" is not Sanne Molen."""
    behind = word[end:].rstrip("0123456789")
    if not behind or behind == "s":
        return False
    return len(behind) < _LEFT_AT_LEAST or lexicon.is_known(bearer.body.words[-1] + behind)


def _is_other_first(bearer: Bearer, word: str, start: int, lexicon: Lexicon) -> bool:
    """Tell whether the letters before make it another first name: "janneulrich" is not Anne Ulrich."""
    if start == 0:
        return False
    firsts = ["".join(first) for first in bearer.called.firsts]
    return start == 1 or any(lexicon.is_given_name(word[:start] + first) for first in firsts if word.startswith(first, start))


def _patterns(bearer: Bearer) -> Iterator[tuple[int, str]]:
    """Return how a bearer is written as one word, none twice."""
    body = "".join(bearer.body.words)
    tails = [f"{prefix}{body}" for prefix in joined_prefixes(bearer.prefix)]
    called = bearer.called
    firsts = ["".join(first) for first in called.firsts]
    initials = dict.fromkeys(unit[0] for unit in (*called.initials[:1], called.call_initial) if unit)
    if len(called.initials) > 1:
        initials["".join(unit[0] for unit in called.initials)] = None
    found: dict[str, int] = {}
    for tail in (*tails, body):
        for first in firsts:
            found[f"{first}{tail}"] = _WITH_FIRST
            found[f"{tail}{first}"] = _WITH_FIRST
        if tail is not body or not tails:
            found.update((f"{letters}{tail}", _WITH_INITIALS) for letters in initials if f"{letters}{tail}" not in found)
    return ((kind, pattern) for pattern, kind in found.items() if len(pattern) >= _MARKED_AT_LEAST)
