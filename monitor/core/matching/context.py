"""Find the terms that speak for or against a person: the organisation's names, and what is registered as (not) her context.

Whole words, folded, anywhere in title or text. A term inside the person's own name says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.core.matching.index import WordIndex
from monitor.core.matching.reading import BREAK, Reading
from monitor.core.model import Field, Organisation, Reason, Registration
from monitor.core.text import tokens

_PLACES_AT_MOST = 64
"""So many places of one term are remembered for one document."""


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of one field: of the word at `start`, `length` words."""

    field: Field
    start: int
    length: int

    @property
    def end(self) -> int:
        """Return the word behind the last."""
        return self.start + self.length

    def holds(self, other: Place) -> bool:
        """Tell whether *other* lies within this place."""
        return self.field is other.field and self.start <= other.start and other.end <= self.end


Found = Mapping[str, Sequence[Place]]
"""The terms of a document, by their folded words."""


def organisation_terms(organisation: Organisation) -> tuple[str, ...]:
    """Return what the organisation is called."""
    return tuple(term for term in (organisation.name, *organisation.aliases) if tokens(term))


class Terms:
    """All terms of a watchlist, found in one pass over a document."""

    __slots__ = ("_index", "_organisation")

    def __init__(self, organisation: Organisation, registrations: Iterable[Registration]) -> None:
        self._organisation = organisation_terms(organisation)
        terms = dict.fromkeys(self._organisation)
        for registration in registrations:
            terms.update(dict.fromkeys((*registration.context, *registration.not_context)))
        as_words = dict.fromkeys(map(tokens, terms))
        self._index = WordIndex((words, " ".join(words)) for words in as_words)

    def find(self, readings: Iterable[Reading]) -> Found:
        """Return which terms stand in title and text, and where."""
        found: dict[str, list[Place]] = {}
        for reading in readings:
            if reading.field is Field.URL or not len(self._index):
                continue
            for start, length, (key,) in self._index.find(reading.words):
                places = found.setdefault(key, [])
                if len(places) < _PLACES_AT_MOST and all(reading.gap(at) != BREAK for at in range(start + 1, start + length)):
                    places.append(Place(reading.field, start, length))
        return found

    def reasons(self, registration: Registration, found: Found, names: Sequence[Place]) -> tuple[Reason, ...]:
        """Return what the terms of a document say about one person, whose name stands at *names*."""
        kinds = (
            ("organisation", self._organisation),
            ("context", registration.context),
            ("not_context", registration.not_context),
        )
        return tuple(
            Reason(code, {"term": term})
            for code, terms in kinds
            for term in dict.fromkeys(terms)
            if _stands_outside(found.get(" ".join(tokens(term)), ()), names)
        )


def _stands_outside(places: Iterable[Place], names: Sequence[Place]) -> bool:
    return any(not any(name.holds(place) for name in names) for place in places)


def names_organisation(text: str, organisation: Organisation) -> bool:
    """Tell whether the organisation's name, or an alias of it, stands in *text*."""
    words = f" {' '.join(tokens(text))} "
    return any(f" {' '.join(tokens(term))} " in words for term in organisation_terms(organisation))
