"""Find what a text says for or against a person: the organisation, registered terms, colleagues, the organisation's own site.

Whole words, folded, anywhere in title or text; what stands near the name counts for more (`near`). A term inside the person's
own name says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from monitor.core.matching.claims import Claim
from monitor.core.matching.index import WordIndex
from monitor.core.matching.reading import BREAK, Reading
from monitor.core.model import Document, Field, NameGrade, Organisation, Reason, Registration
from monitor.core.names import Form
from monitor.core.text import tokens
from monitor.core.urls import site_of

NEAR = 160
"""Folded characters between a term and a name: about the sentence and its neighbour."""

_COMPARED_AT_MOST = 16
"""So many places of a colleague and of a person are compared."""

_PLACES_AT_MOST = 64
"""So many places of one term are remembered for one document."""

_WHOLE_NAMES = frozenset({Form.FULL, Form.DOUBLE, Form.PREFIX, Form.INVERTED, Form.NO_PREFIX, Form.OTHER_SURNAME})


class Spot(NamedTuple):
    """A stretch of the folded text of one field."""

    field: Field
    begin: int
    finish: int

    def holds(self, other: Spot) -> bool:
        """Tell whether *other* lies within this one."""
        return self.field is other.field and self.begin <= other.begin and other.finish <= self.finish

    def is_near(self, other: Spot) -> bool:
        """Tell whether *other* stands near."""
        is_close = other.begin - self.finish <= NEAR and self.begin - other.finish <= NEAR
        return self.field is other.field and is_close


Found = Mapping[str, Sequence[Spot]]
"""The terms of a document, by their folded words."""


def organisation_terms(organisation: Organisation) -> tuple[str, ...]:
    """Return what the organisation is called."""
    return tuple(term for term in (organisation.name, *organisation.aliases) if tokens(term))


class Terms:
    """All terms of a watchlist, found in one pass over a document that names somebody."""

    __slots__ = ("_domains", "_index", "_organisation")

    def __init__(self, organisation: Organisation, registrations: Iterable[Registration]) -> None:
        self._organisation = organisation_terms(organisation)
        self._domains = tuple(dict.fromkeys(domain.strip().lower() for domain in organisation.domains if domain.strip()))
        terms = dict.fromkeys(self._organisation)
        for registration in registrations:
            terms.update(dict.fromkeys((*registration.context, *registration.not_context)))
        as_words = dict.fromkeys(map(tokens, terms))
        self._index = WordIndex((words, " ".join(words)) for words in as_words)

    def find(self, readings: Iterable[Reading]) -> Found:
        """Return which terms stand in title and text, and where."""
        found: dict[str, list[Spot]] = {}
        for reading in readings:
            if reading.field is Field.URL or not len(self._index):
                continue
            for start, length, (key,) in self._index.find(reading.words):
                spots = found.setdefault(key, [])
                if len(spots) < _PLACES_AT_MOST and all(reading.gap(at) != BREAK for at in range(start + 1, start + length)):
                    spots.append(Spot(reading.field, reading.start(start), reading.end(start + length - 1)))
        return found

    def reasons(self, registration: Registration, found: Found, names: Sequence[Spot]) -> tuple[Reason, ...]:
        """Return what the terms of a document say about one person, whose name stands at *names*."""
        kinds = (
            ("organisation", self._organisation),
            ("context", registration.context),
            ("not_context", registration.not_context),
        )
        return tuple(
            Reason(code, {"term": term, "near": any(name.is_near(spot) for spot in outside for name in names)})
            for code, terms in kinds
            for term in _once(terms)
            if (outside := _outside(found.get(" ".join(tokens(term)), ()), names))
        )

    def speaks_for(self, registration: Registration, found: Found) -> bool:
        """Tell whether the organisation or a term that speaks for the person is named in the text."""
        return any(" ".join(tokens(term)) in found for term in (*self._organisation, *registration.context))

    def own_site(self, document: Document, readings: Iterable[Reading]) -> tuple[Reason, ...]:
        """Return whether the document is one of the organisation's own, or names a mailbox there."""
        if not self._domains:
            return ()
        site = document.site or site_of(document.url)
        texts = [reading.folded.text for reading in readings if reading.field is not Field.URL]
        return tuple(
            Reason("own_site", {"domain": domain})
            for domain in self._domains
            if site == domain or site.endswith(f".{domain}") or any(_has_mailbox(text, domain) for text in texts)
        )


def _has_mailbox(text: str, domain: str) -> bool:
    """Tell whether a mailbox at *domain*, or below it, stands in a text; at "jbv.example.evil.test" there is none of ours."""
    if domain not in text:
        return False
    return re.search(rf"@(?:[a-z0-9-]{{1,63}}\.){{0,4}}{re.escape(domain)}(?![a-z0-9-]|\.[a-z0-9])", text) is not None


def _once(terms: Iterable[str]) -> Iterable[str]:
    """Return each term once, however it is written."""
    found: dict[tuple[str, ...], str] = {}
    for term in terms:
        found.setdefault(tokens(term), term)
    return found.values()


def _outside(spots: Iterable[Spot], names: Sequence[Spot]) -> list[Spot]:
    return [spot for spot in spots if not any(name.holds(spot) for name in names)]


class Colleagues:
    """Who else is named in a document with a whole name."""

    __slots__ = ("_spots",)

    def __init__(self, claims: Mapping[int, Sequence[Claim]]) -> None:
        self._spots: dict[int, list[Spot]] = {}
        for person_id, hers in claims.items():
            spots = [
                Spot(claim.field, claim.begin, claim.finish)
                for claim in hers[:_COMPARED_AT_MOST]
                if claim.form in _WHOLE_NAMES
                and not claim.how
                and claim.grade is not NameGrade.WEAK
                and claim.field is not Field.URL
            ]
            if spots:
                self._spots[person_id] = spots

    def reasons(self, person_id: int, names: Sequence[Spot]) -> tuple[Reason, ...]:
        """Return how many colleagues are named, apart from those who share what is hers."""
        people, is_near = 0, False
        names = names[:_COMPARED_AT_MOST]
        for other, spots in self._spots.items():
            if other == person_id:
                continue
            apart = [spot for spot in spots if not any(_overlap(spot, name) for name in names)]
            if len(apart) == len(spots):
                people += 1
                is_near = is_near or any(name.is_near(spot) for spot in apart for name in names)
        return (Reason("colleague", {"people": people, "near": is_near}),) if people else ()


def _overlap(one: Spot, other: Spot) -> bool:
    return one.field is other.field and one.begin < other.finish and other.begin < one.finish


def names_organisation(text: str, organisation: Organisation) -> bool:
    """Tell whether the organisation's name, or an alias of it, stands in *text*."""
    words = f" {' '.join(tokens(text))} "
    return any(f" {' '.join(tokens(term))} " in words for term in organisation_terms(organisation))
