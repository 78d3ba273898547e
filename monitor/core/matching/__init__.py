"""Find registered people in a document, however their names are written, and say how sure that is and why.

The contract: `Matcher(people, organisation).match(document)` is pure, never raises, whatever the document holds, does not
depend on the order of the people, and may be used by many threads at once. Spans are code points of the field they name,
and `surface` is what stands there. Two answers are kept apart: `Match.name` (do these characters spell that name) and
`Match.confidence` with its band (is it our person). `REASON_CODES` lists every reason a Match may carry, with its
parameters; `confidence` says what each weighs.

Spellings are matched exactly but for folding: those of `names.variants`. How bad a text is, is in `signals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.core.matching.confidence import REASON_CODES, band, confidence, points
from monitor.core.matching.context import Place, Terms
from monitor.core.matching.index import WordIndex
from monitor.core.matching.patterns import Pattern, compile_variant, fits, is_part_of_longer_name
from monitor.core.matching.reading import Reading, read
from monitor.core.matching.verdict import CLAIMS_AT_MOST, SPANS_AT_MOST, Claim, Evidence, Rivals, judge, kept
from monitor.core.model import Document, Match, Organisation, Registration
from monitor.core.names import variants

__all__ = ["REASON_CODES", "RULES_VERSION", "SPANS_AT_MOST", "Matcher", "band", "confidence", "points"]

RULES_VERSION = 1
"""Rises with every release in which an old text may match anew; then everything is matched again (and only seeds)."""


class Matcher:
    """A watchlist, made ready for finding its people. Built once; swapped as a whole when the watchlist changes."""

    __slots__ = ("_index", "_registrations", "_terms")

    def __init__(self, people: Iterable[tuple[int, Registration]], organisation: Organisation) -> None:
        self._registrations = dict(sorted(people, key=lambda each: each[0]))
        self._terms = Terms(organisation, self._registrations.values())
        self._index = WordIndex(_spellings(self._registrations.items()))

    def match(self, document: Document) -> tuple[Match, ...]:
        """Return the verdict on everybody who is named in *document*, by person id."""
        readings = read(document)
        claims = self._claims(readings)
        if not claims:
            return ()
        found = self._terms.find(readings)
        rivals = Rivals(claims)
        by_field = {reading.field: reading for reading in readings}
        matches: list[Match] = []
        for person_id in sorted(claims):
            hers = kept(claims[person_id])
            is_cut = len(hers) > SPANS_AT_MOST or len(claims[person_id]) >= CLAIMS_AT_MOST
            hers = hers[:SPANS_AT_MOST]
            places = [claim.place for claim in hers]
            matches.append(
                judge(
                    hers,
                    [
                        by_field[each.place.field].span(each.place.start, each.place.end, each.evidence.form.value)
                        for each in hers
                    ],
                    self._terms.reasons(self._registrations[person_id], found, places),
                    people_beside=rivals.people_beside(hers),
                    is_cut=is_cut,
                )
            )
        return tuple(matches)

    def _claims(self, readings: Sequence[Reading]) -> dict[int, list[Claim]]:
        """Return every spelling that stands in the document, by person."""
        claims: dict[int, list[Claim]] = {}
        for reading in readings:
            for start, length, spelled in self._index.find(reading.words):
                place = Place(reading.field, start, length)
                checked: dict[Pattern, Evidence | None] = {}
                for pattern, person_id in spelled:
                    hers = claims.get(person_id, ())
                    if len(hers) >= CLAIMS_AT_MOST:
                        continue
                    if pattern not in checked:
                        checked[pattern] = _evidence(reading, place, pattern)
                    evidence = checked[pattern]
                    if evidence is not None:
                        claims.setdefault(person_id, []).append(Claim(person_id, place, evidence))
        return claims


def _evidence(reading: Reading, place: Place, pattern: Pattern) -> Evidence | None:
    """Return what the words at *place* are worth as a spelling of that kind; None where they are none."""
    if not fits(reading, place.start, pattern):
        return None
    return Evidence.of(pattern, place.field, is_longer_name=is_part_of_longer_name(reading, place.start, place.end, pattern))


def _spellings(people: Iterable[tuple[int, Registration]]) -> Iterable[tuple[Sequence[str], tuple[Pattern, int]]]:
    """Return the spellings of everybody; patterns that say the same are one and the same."""
    for person_id, registration in people:
        spelled = dict.fromkeys(compile_variant(variant) for variant in variants(registration.name))
        yield from ((words, (pattern, person_id)) for words, pattern in spelled)
