"""Find whatever in one field may be the name of somebody on the watchlist: as registered, misspelled, disguised or joined.

It looks for the few words with which a name may begin, cheaply, and has the grammar read only where somebody may be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.core.lexicon import Lexicon
from monitor.core.matching import gaps, scanning
from monitor.core.matching.aliases import Aliases
from monitor.core.matching.claims import Claim, Mark
from monitor.core.matching.correcting import Correcting
from monitor.core.matching.gates import as_bytes, has_odd_signs
from monitor.core.matching.grammar import Grammar, borne_by
from monitor.core.matching.joined import BARE_AT_LEAST, Joined
from monitor.core.matching.near import Near
from monitor.core.matching.prefixes import PREFIX_AT_MOST, PREFIXES, skip_prefixes
from monitor.core.matching.reading import Corrected, Reading
from monitor.core.matching.watched import Body, Watched
from monitor.core.model import Field, Name
from monitor.core.names import Form

_MIDDLES_AT_MOST = 4
_READS_AT_MOST = 2_000
_REPEATED_AT_MOST = 1_000
_AROUND = 60
CLAIMS_AT_MOST = 4_000
"""So many spellings are looked at for one person in one field."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """What was found in one field.

    `surnames`: the words with which somebody's surname may begin. `titled`: those with a title before them.
    """

    reading: Reading
    claims: tuple[Claim, ...]
    surnames: Sequence[int]
    titled: Sequence[int]


class Finder:
    """Finds the people of a watchlist."""

    __slots__ = (
        "_aliases",
        "_correcting",
        "_firsts",
        "_grammar",
        "_initials",
        "_joined",
        "_lexicon",
        "_scanner",
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
        self._firsts = self.watched.firsts
        self._initials, self._tails = self.watched.initials, self.watched.tails
        self._scanner = scanning.Scanner(self._kind)
        self._several = frozenset(word for word, tails in self._tails.items() if any(len(tail.words) > 1 for tail in tails))

    def find(self, reading: Reading) -> Sighted:
        """Return who may be named in a field."""
        words = reading.words
        if not words:
            return Sighted(reading, (), (), ())
        places, kinds, parted = self._scanner.scan(words)
        text = reading.folded.text
        counted = _Counted()
        if kinds & scanning.ODD or self._correcting.may_be_parted(parted) or has_odd_signs(as_bytes(text)):
            counted.add(self._correcting.disguised(reading))
        for place, kind in places:
            if counted.reads < _READS_AT_MOST or not counted.has_had_its_fill(reading, place):
                self._at(reading, place, kind, counted)
        if kinds & scanning.JOINED or reading.field is Field.URL or self._joined.is_marked_in(text):
            counted.add(self._in_one_word(reading))
        surnames = [place for place, kind in places if kind & scanning.SURNAME]
        titled = [place for place in surnames if _has_title(words, place)]
        return Sighted(reading, tuple(counted.claims), surnames, titled)

    def _kind(self, word: str) -> int:
        """Judge a word: whether it may be part of a name, joined to one, or a disguise."""
        kind = scanning.ORDINARY
        if word in self._tails:
            kind = scanning.SURNAME | scanning.COMMON if self._lexicon.is_common(word) else scanning.SURNAME
        if word in self.watched.firsts:
            kind |= scanning.FIRST_NAME
        if word in self._aliases.by_first_word:
            kind |= scanning.ALIAS
        if not word.isalpha() or not self._lexicon.is_known(word):
            if len(word) >= BARE_AT_LEAST and self._joined.is_within(word):
                kind |= scanning.JOINED
            if self._correcting.is_odd(word):
                kind |= scanning.ODD
        return kind

    def _at(self, reading: Reading, place: int, kind: int, counted: _Counted) -> None:
        if kind & scanning.ALIAS:
            counted.add(self._aliases.read(reading, place))
        if kind & scanning.SURNAME:
            if self._has_head(reading, place):
                counted.add(self._surname(reading, place))
            if self._is_worth_correcting(reading, place, kind):
                counted.add(self._correcting.beside_surname(reading, place))
        if kind & scanning.FIRST_NAME and self._correcting.may_be_beside_first_name(reading.words, place):
            counted.add(self._correcting.beside_first_name(reading, place))

    def _is_worth_correcting(self, reading: Reading, place: int, kind: int) -> bool:
        """Tell whether a misspelled first name may stand beside a surname; beside a common word in small letters nobody looks."""
        if kind & scanning.COMMON and not reading.may_be_capital(reading.words[place]):
            return False
        return self._correcting.may_be_beside_surname(reading.words, place)

    def _surname(self, reading: Reading, place: int) -> Iterator[Claim]:
        for claim in self._grammar.read(reading, place):
            yield claim
            if Mark.LONGER_NAME in claim.marks:
                yield from self._correcting.second_surname(reading, claim)

    def _has_head(self, reading: Reading, place: int) -> bool:
        """Tell whether a first name or initial of a bearer of the surname at *place* may stand beside it.

        Cheap: it needs no places, and rules out nearly all that is named by chance.
        """
        words = reading.words
        bodies = [tail.body for tail in self._tails[words[place]]]
        before = place - 1
        while before >= 0 and words[before] in PREFIXES and place - before <= PREFIX_AT_MOST:
            if self._is_head(reading, words[before], bodies):
                return True
            before -= 1
        if before >= 0 and self._is_head(reading, words[before], bodies):
            return True
        further = words[max(0, before - _MIDDLES_AT_MOST) : max(0, before)]
        if any(word in body.by_first for word in further for body in bodies):
            return True
        behind = place + 1
        if behind == len(words):
            return False
        if words[place] in self._several or self._is_head(reading, words[behind], bodies) or self._has_hyphen(reading, place):
            return True
        is_between = words[behind] in PREFIXES or words[behind] in gaps.TITLES
        return is_between and any(self._is_head(reading, word, bodies) for word in words[behind + 1 : behind + 5])

    def _has_hyphen(self, reading: Reading, place: int) -> bool:
        """Tell whether a second surname may follow, so that a first name may stand further on."""
        follows = reading.words[place + 1] in self._tails or reading.words[place + 1] in PREFIXES
        return follows and reading.has_hyphen(reading.words[place])

    def _is_head(self, reading: Reading, word: str, bodies: Sequence[Body]) -> bool:
        if any(word in body.by_first for body in bodies):
            return True
        is_hers = word in self._initials and (len(word) == 1 or any(word[0] in body.by_initial for body in bodies))
        return is_hers and reading.has_initial(word)

    def _in_one_word(self, reading: Reading) -> Iterator[Claim]:
        """Read names that are written as one word."""
        for found in self._joined.find(reading, self._lexicon):
            name = reading.folded.text[found.begin : found.finish]
            if not found.bearer.called.switched_off.isdisjoint({(found.word,), (name,)}):
                continue
            marks = frozenset({Mark.IN_ADDRESS}) if reading.field is Field.URL else frozenset[Mark]()
            word = reading.corrected([Corrected(name, found.begin, found.finish)])
            yield Claim(found.bearer.person_id, word, 0, 1, Form.JOINED, marks, borne=borne_by(found.bearer, found.first))


def _has_title(words: Sequence[str], place: int) -> bool:
    first = skip_prefixes(words, place - 1, -1)
    return first >= 0 and words[first] in gaps.TITLES


class _Counted:
    """Claims, of each person only so many."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.reads = 0
        self._of: dict[int, int] = {}
        self._corrected: set[tuple[int, int, int, Form]] = set()
        self._repeated: dict[str, int] = {}

    def has_had_its_fill(self, reading: Reading, place: int) -> bool:
        """Tell whether just what stands around *place* was read a thousand times: then it says nothing that is new."""
        around = reading.folded.text[max(0, reading.start(place) - _AROUND) : reading.end(place) + _AROUND]
        count = self._repeated[around] = self._repeated.get(around, 0) + 1
        return count > _REPEATED_AT_MOST

    def add(self, claims: Iterable[Claim]) -> None:
        self.reads += 1
        for claim in claims:
            key = (claim.person_id, claim.begin, claim.finish, claim.form)
            count = self._of.get(claim.person_id, 0)
            is_known = bool(claim.how) and key in self._corrected
            if count < CLAIMS_AT_MOST and not is_known:
                self._of[claim.person_id] = count + 1
                self.claims.append(claim)
                if claim.how:  # disguised words are read with several of their neighbours
                    self._corrected.add(key)
