"""What is measured: the matcher, and the two baselines beside it, all with one question: who is named in this document, where.

The only module here that knows how a matcher is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ahocorasick_rs import AhoCorasick, MatchKind

from benchmarks.naming.people import Invented
from benchmarks.naming.spelling import joined
from monitor.core.matching import Matcher
from monitor.core.model import Document, Field, NameGrade, Organisation, Registration
from monitor.core.names import variants
from monitor.core.text import folded
from monitor.words import load_lexicon

ORGANISATION = Organisation(
    name="Jeugdzorg Waterland", aliases=("Stichting Veilig Waterland",), domains=("jeugdzorg.example.org",)
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody is named: `is_sure` where the name is clear or likely. `places` are (field, start, end); empty: not told."""

    person_id: int
    is_sure: bool
    places: tuple[tuple[Field, int, int], ...] = ()

    def stands_at(self, field: Field, start: int, end: int) -> bool:
        """Tell whether a place of it overlaps this one."""
        return not self.places or any(where is field and a < end and start < b for where, a, b in self.places)


class Contender(Protocol):
    """Somebody who looks for names."""

    def named(self, document: Document) -> Sequence[Named]: ...


def make_matcher(people: Iterable[tuple[int, Registration]]) -> Matcher:
    """Make a matcher as the product does."""
    return Matcher(people, ORGANISATION, load_lexicon())


class Ours:
    """The product's matcher."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def named(self, document: Document) -> list[Named]:
        return [
            Named(
                match.person_id,
                match.name is not NameGrade.WEAK,
                tuple((span.field, span.start, span.end) for span in match.spans),
            )
            for match in self._matcher.match(document)
        ]


class Literal:
    """Today's alert tools: the phrase "first name, prefix, surname", whatever its case; nothing else."""

    def __init__(self, people: Iterable[Invented]) -> None:
        phrases: dict[str, list[int]] = {}
        for person in people:
            name = person.name
            first = name.call_name or name.given_names[0]
            phrases.setdefault(f"{first} {joined(name.prefix, name.surname)}".lower(), []).append(person.id)
        self._ids = list(phrases.values())
        self._automaton = AhoCorasick(list(phrases), matchkind=MatchKind.Standard)

    def named(self, document: Document) -> list[Named]:
        text = f"{document.title}\n{document.text}\n{document.url}".lower()
        found = {number for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        return [Named(person_id, is_sure=True) for number in found for person_id in self._ids[number]]


class Automaton:
    """The bare pass: every variant of everybody, folded, in one automaton of ahocorasick-rs; no checks at all."""

    def __init__(self, people: Iterable[tuple[int, Registration]]) -> None:
        patterns: dict[str, list[int]] = {}
        for person_id, registration in people:
            for variant in variants(registration.name):
                if pattern := folded(variant.text):
                    patterns.setdefault(pattern, []).append(person_id)
        self._ids = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns), matchkind=MatchKind.Standard)

    def __len__(self) -> int:
        return len(self._ids)

    def count(self, text: str) -> int:
        """Return how many hits there are in folded text."""
        return len(self._automaton.find_matches_as_indexes(text, overlapping=True))

    def named(self, document: Document) -> list[Named]:
        text = folded(f"{document.title}\n{document.text}\n{document.url}")
        found = {number for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        return [Named(person_id, is_sure=True) for number in found for person_id in {*self._ids[number]}]
