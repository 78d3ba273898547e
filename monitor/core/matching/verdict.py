"""Judge what was found of one person in one document: which spans are kept, what they spell, and whether it is her.

Finding the spellings is in `finding`; what a reason weighs, in `confidence`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from monitor.core.lexicon import Lexicon
from monitor.core.matching.claims import Claim, Mark
from monitor.core.matching.confidence import band, confidence
from monitor.core.matching.context import Spot
from monitor.core.matching.correcting import NATURAL
from monitor.core.model import Field, Match, NameGrade, Reason
from monitor.core.names import Form
from monitor.core.rarity import expected_bearers

SPANS_AT_MOST = 1_000
"""So many spans are kept for one person in one document; the reason `many_spans` says that there were more."""

_COMPARED_AT_MOST = 100
"""So many of a person's claims are compared with what others claim."""

_FIELDS = {Field.TITLE: 0, Field.TEXT: 1, Field.URL: 2}
_REGISTERED_WHOLE = frozenset({Form.ALIAS, Form.ALIAS_WORD, Form.HANDLE})


def kept(claims: Iterable[Claim]) -> list[Claim]:
    """Return those claims of one person that do not overlap, in the order of the document: the first, the longest, the best."""
    chosen: list[Claim] = []
    for claim in sorted(claims, key=_order):
        last = chosen[-1] if chosen else None
        if last is None or last.field is not claim.field or claim.begin >= last.finish:
            chosen.append(claim)
        elif claim.worth[0] > last.worth[0]:
            chosen[-1] = claim
    return chosen


def _order(claim: Claim) -> tuple[int, int, int, float, str]:
    grade, fit = claim.worth
    return _FIELDS[claim.field], claim.begin, -claim.finish, -grade - fit / 100, claim.form


def best(claims: Iterable[Claim]) -> Claim:
    """Return the claim that speaks most for the person; of equal ones the first."""
    return max(claims, key=lambda claim: claim.worth)


class Rivals:
    """What everybody claims in one document, to see who shares a spelling and whom the same words fit better."""

    __slots__ = ("_begins", "_claims", "_longest", "_people")

    def __init__(self, claims: Mapping[int, Sequence[Claim]]) -> None:
        self._people = len(claims)
        self._claims: dict[Field, list[Claim]] = {}
        self._begins: dict[Field, list[int]] = {}
        self._longest = 0
        if self._people > 1:
            for claim in sorted((each for hers in claims.values() for each in hers), key=lambda each: each.begin):
                self._claims.setdefault(claim.field, []).append(claim)
                self._longest = max(self._longest, claim.finish - claim.begin)
            self._begins = {field: [claim.begin for claim in each] for field, each in self._claims.items()}

    def beside(self, claims: Sequence[Claim]) -> tuple[int, int]:
        """Return with how many a person shares all that is hers, and how many it fits better; 0 where one claim is hers alone."""
        if self._people < 2:
            return 0, 0
        shared, better = self._people, self._people
        for claim in claims[:_COMPARED_AT_MOST]:
            as_well, best_of = self._others(claim)
            shared, better = min(shared, len(as_well | best_of)), min(better, len(best_of))
            if shared == 0:
                break
        return shared, better

    def _others(self, claim: Claim) -> tuple[set[int], set[int]]:
        """Return who else is named as well by the same words, or by more words around them, and who is named better."""
        as_well: set[int] = set()
        better: set[int] = set()
        begins = self._begins[claim.field]
        first = bisect_left(begins, claim.begin - self._longest)
        for other in self._claims[claim.field][first : bisect_right(begins, claim.finish)]:
            if other.person_id == claim.person_id or other.finish <= claim.begin or Mark.LONGER_NAME in other.marks:
                continue
            is_around = other.begin <= claim.begin and claim.finish <= other.finish
            if is_around and other.worth == claim.worth:
                as_well.add(other.person_id)
            elif other.worth > claim.worth:
                better.add(other.person_id)
        return as_well - better, better


def judge(
    claims: Sequence[Claim],
    lexicon: Lexicon,
    said: Iterable[Reason],
    *,
    beside: tuple[int, int],
    is_cut: bool,
) -> Match:
    """Return the verdict on one person. *said*: what the document says of her; *beside*: who shares it, whom it fits better."""
    chosen = best(claims)
    shared, better = beside
    grade = NameGrade.WEAK if better else chosen.grade
    reasons = [Reason("form", {"form": chosen.form.value})]
    if chosen.form not in _REGISTERED_WHOLE:
        reasons.append(Reason("rarity", {"bearers": bearers_of(chosen, lexicon)}))
    reasons += [Reason(mark.value) for mark in Mark if mark in chosen.marks]
    reasons += _evasions(claims)
    if better:
        reasons.append(Reason("better_fit", {"people": better}))
    elif shared:
        reasons.append(Reason("shared_spelling", {"people": shared}))
    reasons += said
    if is_cut:
        reasons.append(Reason("many_spans", {"limit": SPANS_AT_MOST}))
    probability = confidence(reasons)
    return Match(
        person_id=chosen.person_id,
        name=grade,
        confidence=probability,
        band=band(probability),
        spans=tuple(claim.span() for claim in claims),
        reasons=tuple(reasons),
    )


def _evasions(claims: Sequence[Claim]) -> list[Reason]:
    """Return every disguise that any claim wears: that is news by itself."""
    ways = {how for claim in claims for how in claim.how if how not in NATURAL}
    for claim in claims:
        ways |= claim.reading.traces(claim.begin, claim.finish)
    return [Reason("evasion", {"how": how.removesuffix("_weak")}) for how in sorted(ways)]


def bearers_of(claim: Claim, lexicon: Lexicon) -> float:
    """Return about how many people bear what is spelled there, at least one in ten thousand."""
    return max(0.0001, round(expected_bearers(*claim.borne, lexicon), 4))


def spots_of(claims: Iterable[Claim]) -> list[Spot]:
    """Return where the claims stand."""
    return [Spot(claim.field, claim.begin, claim.finish) for claim in claims]
