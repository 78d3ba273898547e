"""Judge what was found of one person in one document: which spans are kept, what they spell, and whether it is her.

Finding the spellings is in `Matcher`; what a reason weighs, in `confidence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.core.matching.confidence import band, confidence, form_points
from monitor.core.matching.context import Place
from monitor.core.matching.index import WORDS_AT_MOST
from monitor.core.matching.patterns import Pattern
from monitor.core.model import Field, Match, NameGrade, Reason, Span
from monitor.core.names import Form

SPANS_AT_MOST = 1_000
"""So many spans are kept for one person in one document; the reason `many_spans` says that there were more."""

CLAIMS_AT_MOST = 4 * SPANS_AT_MOST
"""So many spellings are looked at for one person in one document, before those inside longer ones are left out."""

_COMPARED_AT_MOST = 100
"""So many of a person's spans are compared with what others claim."""

_FIELDS = {Field.TITLE: 0, Field.TEXT: 1, Field.URL: 2}
_GRADES = {NameGrade.CLEAR: 2, NameGrade.LIKELY: 1, NameGrade.WEAK: 0}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some words of a document, taken alone, are worth as somebody's name. The same for all who share the spelling."""

    form: Form
    grade: NameGrade
    reasons: tuple[Reason, ...]
    is_longer_name: bool
    form_points: float
    rank: tuple[int, float]

    @classmethod
    def of(cls, pattern: Pattern, field: Field, *, is_longer_name: bool) -> Evidence:
        """Judge a spelling of that kind which stands in that field."""
        grade = pattern.grade
        reasons = [Reason("form", {"form": pattern.form.value})]
        if field is Field.URL:
            grade = NameGrade.LIKELY if grade is NameGrade.CLEAR else grade
            reasons.append(Reason("in_address"))
        if is_longer_name:
            grade = NameGrade.WEAK
            reasons.append(Reason("longer_name"))
        rank = (_GRADES[grade], confidence(reasons))
        return cls(pattern.form, grade, tuple(reasons), is_longer_name, form_points(pattern.form), rank)


@dataclass(frozen=True, slots=True)
class Claim:
    """Some words of a document that spell the name of one person."""

    person_id: int
    place: Place
    evidence: Evidence


def kept(claims: Iterable[Claim]) -> list[Claim]:
    """Return those claims of one person that do not overlap, in the order of the document: the first, the longest, the best."""
    chosen: list[Claim] = []
    for claim in sorted(claims, key=_order):
        last = chosen[-1].place if chosen else None
        if last is None or last.field is not claim.place.field or claim.place.start >= last.end:
            chosen.append(claim)
    return chosen


def _order(claim: Claim) -> tuple[int, int, int, float, str]:
    place, evidence = claim.place, claim.evidence
    return _FIELDS[place.field], place.start, -place.length, -evidence.form_points, evidence.form


def best(claims: Iterable[Claim]) -> Claim:
    """Return the claim that speaks most for the person; of equal ones the first."""
    return max(claims, key=lambda claim: claim.evidence.rank)


class Rivals:
    """What everybody claims in one document, to see who shares a spelling."""

    __slots__ = ("_at", "_people")

    def __init__(self, claims: Mapping[int, Sequence[Claim]]) -> None:
        self._people = len(claims)
        self._at: dict[tuple[Field, int], list[Claim]] = {}
        if self._people > 1:
            for each in claims.values():
                for claim in each:
                    self._at.setdefault((claim.place.field, claim.place.start), []).append(claim)

    def people_beside(self, claims: Sequence[Claim]) -> int:
        """Return with how many others a person shares all that is hers; 0 where one of her *claims* is hers alone."""
        if self._people < 2:
            return 0
        fewest = self._people
        for claim in claims[:_COMPARED_AT_MOST]:
            fewest = min(fewest, len(self._others(claim)))
            if fewest == 0:
                break
        return fewest

    def _others(self, claim: Claim) -> set[int]:
        """Return who else is named at least as well by the same words, or by more words around them."""
        place = claim.place
        least = claim.evidence.form_points
        return {
            other.person_id
            for start in range(max(0, place.start - WORDS_AT_MOST), place.start + 1)
            for other in self._at.get((place.field, start), ())
            if other.person_id != claim.person_id
            and other.place.holds(place)
            and not other.evidence.is_longer_name
            and other.evidence.form_points >= least
        }


def judge(
    claims: Sequence[Claim], spans: Sequence[Span], context: Iterable[Reason], *, people_beside: int, is_cut: bool
) -> Match:
    """Return the verdict on one person. *claims* and *spans* belong together."""
    chosen = best(claims)
    reasons = [*chosen.evidence.reasons, *context]
    if people_beside:
        reasons.append(Reason("shared_spelling", {"people": people_beside}))
    if is_cut:
        reasons.append(Reason("many_spans", {"limit": SPANS_AT_MOST}))
    probability = confidence(reasons)
    return Match(
        person_id=chosen.person_id,
        name=chosen.evidence.grade,
        confidence=probability,
        band=band(probability),
        spans=tuple(spans),
        reasons=tuple(reasons),
    )
