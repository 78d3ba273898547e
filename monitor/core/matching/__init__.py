"""Find registered people in a document, however their names are written, and say how sure that is and why.

The contract: `Matcher(people, organisation, lexicon).match(document)` is pure, never raises, whatever the document holds, does
not depend on the order of the people, and may be used by many threads at once. Spans are code points of the field they name,
and `surface` is what stands there. Two answers are kept apart: `Match.name` (do these characters spell that name) and
`Match.confidence` with its band (is it our person). `REASON_CODES` lists every reason a Match may carry, with its
parameters; `confidence` says what each weighs.

The way of a name: a document is folded and cut into words (`reading`); the few words with which a name may begin are looked
for (`finding`), and a small grammar reads what stands around them (`grammar`, `heads`, against `watched`). Misspelled and
disguised words are replaced by the words of names they may stand for, and read by the same grammar (`correcting`, `near`,
`disguise`); names in one word have an automaton (`joined`). `later` reads surnames alone, once a whole name stood in the text.
`verdict` weighs it all. How bad a text is, is in `signals`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from monitor.core.lexicon import EMPTY, Lexicon
from monitor.core.matching.claims import Claim
from monitor.core.matching.confidence import REASON_CODES, band, confidence, points
from monitor.core.matching.context import Colleagues, Found, Terms
from monitor.core.matching.finding import CLAIMS_AT_MOST, Finder
from monitor.core.matching.later import later_mentions, titled_mentions
from monitor.core.matching.reading import Reading, read
from monitor.core.matching.verdict import SPANS_AT_MOST, Rivals, judge, kept, spots_of
from monitor.core.matching.watched import Bearer, Body
from monitor.core.model import Document, Match, Organisation, Registration
from monitor.core.namesakes import NO_PROFILES, Profiles

__all__ = ["REASON_CODES", "RULES_VERSION", "SPANS_AT_MOST", "Matcher", "band", "confidence", "points"]

RULES_VERSION = 2
"""Rises with every release in which an old text may match anew; then everything is matched again (and only seeds)."""

_TELLING_FREQUENCY = 1.5e-6
"""A surname that is rarer than this in running text is rare."""


class Matcher:
    """A watchlist, made ready for finding its people. Built once; swapped as a whole when the watchlist changes."""

    __slots__ = ("_finder", "_lexicon", "_profiles", "_registrations", "_terms")

    def __init__(
        self,
        people: Iterable[tuple[int, Registration]],
        organisation: Organisation,
        lexicon: Lexicon = EMPTY,
        profiles: Profiles = NO_PROFILES,
    ) -> None:
        self._registrations = dict(sorted(people, key=lambda each: each[0]))
        self._lexicon = lexicon
        self._profiles = profiles
        self._terms = Terms(organisation, self._registrations.values())
        self._finder = Finder(((number, each.name) for number, each in self._registrations.items()), lexicon)

    def match(self, document: Document) -> tuple[Match, ...]:
        """Return the verdict on everybody who is named in *document*, by person id."""
        readings = read(document)
        seen = [self._finder.find(reading) for reading in readings]
        watched = self._finder.watched
        claims: dict[int, list[Claim]] = {}
        for sighted in seen:
            for claim in sighted.claims:
                claims.setdefault(claim.person_id, []).append(claim)
        if not claims and not any(sighted.titled for sighted in seen):
            return ()
        found = _Once(lambda: self._terms.find(readings))
        for claim in titled_mentions(seen, watched, self._is_rare, lambda bearer: self._is_told(bearer, found())):
            claims.setdefault(claim.person_id, []).append(claim)
        if not claims:
            return ()
        for claim in later_mentions(seen, watched, self._lexicon):
            claims.setdefault(claim.person_id, []).append(claim)
        return self._judged(document, readings, claims, found())

    def _judged(
        self, document: Document, readings: Sequence[Reading], claims: Mapping[int, Sequence[Claim]], found: Found
    ) -> tuple[Match, ...]:
        hers = {person_id: kept(claims[person_id]) for person_id in sorted(claims)}
        rivals, colleagues = Rivals(hers), Colleagues(hers)
        own_site = self._terms.own_site(document, readings)
        matches: list[Match] = []
        for person_id, mine in hers.items():
            registration = self._registrations[person_id]
            spots = spots_of(mine[:SPANS_AT_MOST])
            said = [
                *self._terms.reasons(registration, found, spots),
                *own_site,
                *colleagues.reasons(person_id, spots),
            ]
            if self._profiles.has(person_id):
                words = frozenset(word for reading in readings for word in reading.words)
                said += self._profiles.reasons(person_id, document, words)
            matches.append(
                judge(
                    mine[:SPANS_AT_MOST],
                    self._lexicon,
                    said,
                    beside=rivals.beside(mine),
                    is_cut=len(mine) > SPANS_AT_MOST or len(claims[person_id]) >= CLAIMS_AT_MOST,
                )
            )
        return tuple(matches)

    def _is_rare(self, body: Body) -> bool:
        """Tell whether a surname is so rare that it tells something with no more than a title before it."""
        return min(map(self._lexicon.frequency, body.words)) < _TELLING_FREQUENCY

    def _is_told(self, bearer: Bearer, found: Found) -> bool:
        return self._terms.speaks_for(self._registrations[bearer.person_id], found)


class _Once:
    """What is found at the first asking, if anybody asks."""

    def __init__(self, find: Callable[[], Found]) -> None:
        self._find = find
        self._found: Found | None = None

    def __call__(self) -> Found:
        if self._found is None:
            self._found = self._find()
        return self._found
