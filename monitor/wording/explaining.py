"""Why a Match is as it is, in lines for people: the sentences in which the name stands, and the sum that is the confidence.

What the matcher saw is in the reasons; here it is only laid out. What a reason weighs is `monitor.core.matching.confidence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from monitor.core.matching.confidence import weighed as weighed_by_code
from monitor.core.model import Document, Match, Reason, Span
from monitor.core.plain import isolated, one_line
from monitor.wording.phrases import reason_in_words, words_of

NL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nobody": "Document {document}: niemand van de lijst wordt genoemd.",
        "heading": "Document {document}, persoon {person}",
        "name": "Staat deze naam er? {answer}",
        "name.clear": "Ja, duidelijk.",
        "name.likely": "Waarschijnlijk wel.",
        "name.weak": "Niet zeker: dit kan ook een andere naam zijn.",
        "field.title": "titel",
        "field.text": "tekst",
        "field.url": "adres",
        "more_places": "En nog op {count} plaatsen.",
        "because": "Waarom (punten tellen op):",
        "half": "(telt half: er is al zo'n reden)",
        "quarter": "(telt een kwart: er zijn er al twee)",
        "not_counted": "(telt niet mee: er zijn er al drie)",
        "together": "samen; dat is een zekerheid van {confidence} ({band})",
    }
)

EN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nobody": "Document {document}: nobody on the list is named.",
        "heading": "Document {document}, person {person}",
        "name": "Is it that name? {answer}",
        "name.clear": "Yes, clearly.",
        "name.likely": "Probably yes.",
        "name.weak": "Not for sure: it may be another name as well.",
        "field.title": "title",
        "field.text": "text",
        "field.url": "address",
        "more_places": "And in {count} more places.",
        "because": "Why (points add up):",
        "half": "(counts half: there is such a reason already)",
        "quarter": "(counts a quarter: there are two already)",
        "not_counted": "(does not count: there are three already)",
        "together": "together, which is a confidence of {confidence} ({band})",
    }
)

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({"nl": NL, "en": EN})

PLACES_AT_MOST: Final = 5
"""So many sentences are shown for one person and document."""

_AROUND_AT_MOST: Final = 160
_COUNTED: Final = MappingProxyType({1.0: "", 0.5: "half", 0.25: "quarter", 0.0: "not_counted"})
"""The word for how much of a reason counts, as in the confidence."""

_SENTENCE_ENDS: Final = re.compile(
    r"(?:(?<=\w{4}[.])|(?<=[!?\u2026]))[\"'\u2019\u201d)\]]*\s+(?=\W*[A-Z\u00c0-\u00de\d])|\s*\n\s*"
)
"""A point behind a short word may shorten it: "mw.", "drs.", "S.M."."""


def explained(document: Document, identity: str | int, person: str, match: Match, language: str) -> Sequence[str]:
    """Return in lines what was found of one person in one document, and why it is, or is not, that person."""
    words = WORDS[language]
    lines = [words["heading"].format(document=isolated(one_line(str(identity))), person=isolated(one_line(person)))]
    lines.append(words_of(language)[f"band.{match.band}.work"])
    lines.append(words["name"].format(answer=words[f"name.{match.name}"]))
    lines += [f"{words[f'field.{span.field}']}: {isolated(sentence(document, span))}" for span in match.spans[:PLACES_AT_MOST]]
    if len(match.spans) > PLACES_AT_MOST:
        lines.append(words["more_places"].format(count=len(match.spans) - PLACES_AT_MOST))
    lines.append(words["because"])
    counted = weighed(match.reasons)
    for reason, weight, note in counted:
        said = reason_in_words(reason, language)
        lines.append(f"  {weight:+.2f}  {said} {words[note]}" if note else f"  {weight:+.2f}  {said}")
    total = sum(weight for _, weight, _ in counted)
    sure = words["together"].format(confidence=f"{match.confidence:.4f}", band=match.band.value)
    return (*lines, f"  {total:+.2f}  {sure}")


def nobody_named(identity: str | int, language: str) -> str:
    """Return that nobody is named in a document."""
    return WORDS[language]["nobody"].format(document=isolated(one_line(str(identity))))


def weighed(reasons: Iterable[Reason]) -> Sequence[tuple[Reason, float, str]]:
    """Return each reason once, in the order given, with the points it adds and, where it counts less, the word for why."""
    counted = weighed_by_code(reasons)
    return tuple((reason, points * weight + 0.0, _COUNTED[weight]) for reason, points, weight in counted)


def sentence(document: Document, span: Span) -> str:
    """Return the sentence in which *span* stands, as one line, the name in brackets."""
    text = document.of(span.field)
    first, last = max(0, span.start - _AROUND_AT_MOST), min(len(text), span.end + _AROUND_AT_MOST)
    begins = [found.end() for found in _SENTENCE_ENDS.finditer(text, first, span.start + 1) if found.end() <= span.start]
    ends = _SENTENCE_ENDS.search(text, span.end, last)
    before = text[begins[-1] : span.start] if begins else "…" * (first > 0) + text[first : span.start]
    behind = text[span.end : ends.end()] if ends else text[span.end : last] + "…" * (last < len(text))
    return one_line(f"{before}[{span.surface}]{behind}", at_most=2_000)
