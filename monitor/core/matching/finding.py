"""Find whatever in one field may be the name of somebody on the watchlist: as registered, misspelled, disguised or joined.

It looks for the few words with which a name may begin, cheaply, and has the grammar read only where somebody may be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.core.lexicon import Lexicon
from monitor.core.matching import gaps
from monitor.core.matching.aliases import Aliases
from monitor.core.matching.claims import Claim, Mark
from monitor.core.matching.correcting import Correcting
from monitor.core.matching.grammar import PREFIX_AT_MOST, PREFIXES, Grammar
from monitor.core.matching.joined import Joined
from monitor.core.matching.near import Near
from monitor.core.matching.reading import Corrected, Reading
from monitor.core.matching.watched import Watched
from monitor.core.model import Field, Name
from monitor.core.names import Form

CLAIMS_AT_MOST = 4_000
"""So many spellings are looked at for one person in one field."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """What was found in one field.

    `surnames`: where which words stand with which somebody's surname may begin. `titled`: those with a title before them.
    """

    reading: Reading
    claims: tuple[Claim, ...]
    surnames: Mapping[str, Sequence[int]]
    titled: Sequence[int]


class Finder:
    """Finds the people of a watchlist."""

    __slots__ = (
        "_aliases",
        "_anchors",
        "_correcting",
        "_firsts",
        "_grammar",
        "_initials",
        "_joined",
        "_lexicon",
        "_several",
        "_tails",
        "watched",
    )

    def __init__(self, people: Iterable[tuple[int, Name]], lexicon: Lexicon) -> None:
        everybody = list(people)
        self._lexicon = lexicon
        self.watched = Watched(everybody)
        self._grammar = Grammar(self.watched, lexicon)
        self._joined = Joined(bearer for bearers in self.watched.people.values() for bearer in bearers)
        near = Near(self.watched.words(), lexicon)
        self._correcting = Correcting(self.watched, self._grammar, near, self._joined)
        self._aliases = Aliases(everybody)
        self._anchors = frozenset((*self.watched.tails, *self.watched.firsts, *self._aliases.by_first_word))
        self._firsts, self._initials, self._tails = (
            self.watched.firsts | self.watched.middles,
            self.watched.initials,
            self.watched.tails,
        )
        self._several = frozenset(word for word, tails in self._tails.items() if any(len(tail.words) > 1 for tail in tails))

    def find(self, reading: Reading) -> Sighted:
        """Return who may be named in a field."""
        words, anchors = reading.words, self._anchors
        if not words:
            return Sighted(reading, (), {}, ())
        places = [place for place, word in enumerate(words) if word in anchors]
        counted = _Counted()
        counted.add(self._correcting.disguised(reading))
        if places:
            for place in places:
                counted.add(self._at(reading, place))
        counted.add(self._in_one_word(reading))
        titled = [place for place in places if words[place] in self.watched.tails and self._has_title(words, place)]
        return Sighted(reading, tuple(counted.claims), self._surnames(words, places) if counted.claims else {}, titled)

    def _surnames(self, words: Sequence[str], places: Iterable[int]) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for place in places:
            if words[place] in self.watched.tails:
                found.setdefault(words[place], []).append(place)
        return found

    def _at(self, reading: Reading, place: int) -> Iterator[Claim]:
        word = reading.words[place]
        if word in self._aliases.by_first_word:
            yield from self._aliases.read(reading, place)
        if word in self.watched.tails:
            yield from self._surname(reading, place)
        if word in self.watched.firsts:
            yield from self._correcting.beside_first_name(reading, place)

    def _surname(self, reading: Reading, place: int) -> Iterator[Claim]:
        if self._has_head(reading, place):
            claims = list(self._grammar.read(reading, place))
            yield from claims
            for claim in claims:
                if Mark.LONGER_NAME in claim.marks:
                    yield from self._correcting.second_surname(reading, claim)
            if claims:
                return
        yield from self._correcting.beside_surname(reading, place)

    def _has_head(self, reading: Reading, place: int) -> bool:
        """Tell whether a first name, an initial or a title may stand beside the word at *place*. Cheap: it needs no places."""
        words = reading.words
        first = place - 1
        least = place - PREFIX_AT_MOST
        while first > least and first >= 0 and words[first] in PREFIXES:
            if self._is_head(reading, words[first]):
                return True
            first -= 1
        if first >= 0 and (self._is_head(reading, words[first]) or (first > 0 and words[first - 1] in self._firsts)):
            return True
        if place + 1 == len(words):
            return False
        if words[place] in self._several or self._has_hyphen(reading, place) or self._is_head(reading, words[place + 1]):
            return True
        return words[place + 1] in PREFIXES and any(self._is_head(reading, word) for word in words[place + 2 : place + 6])

    def _has_hyphen(self, reading: Reading, place: int) -> bool:
        """Tell whether a second surname may follow, so that a first name may stand further on."""
        follows = reading.words[place + 1] in self._tails or reading.words[place + 1] in PREFIXES
        return follows and f"{reading.words[place]}-" in reading.folded.text

    def _is_head(self, reading: Reading, word: str) -> bool:
        return word in self._firsts or (word in self._initials and reading.has_initial(word))

    def _has_title(self, words: Sequence[str], place: int) -> bool:
        first = place - 1
        while first > 0 and first > place - PREFIX_AT_MOST and words[first] in PREFIXES:
            first -= 1
        return first >= 0 and words[first] in gaps.TITLES

    def _in_one_word(self, reading: Reading) -> Iterator[Claim]:
        """Read names that are written as one word."""
        for found in self._joined.find(reading, self._lexicon):
            name = reading.folded.text[found.begin : found.finish]
            if not found.bearer.called.switched_off.isdisjoint({(found.word,), (name,)}):
                continue
            marks = frozenset({Mark.IN_ADDRESS}) if reading.field is Field.URL else frozenset[Mark]()
            word = reading.corrected([Corrected(name, found.begin, found.finish)])
            yield Claim(found.bearer.person_id, word, 0, 1, Form.JOINED, marks)


class _Counted:
    """Claims, of each person only so many."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self._of: dict[int, int] = {}

    def add(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            count = self._of.get(claim.person_id, 0)
            if count < CLAIMS_AT_MOST:
                self._of[claim.person_id] = count + 1
                self.claims.append(claim)
