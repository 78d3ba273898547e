"""Signals: whose business a document is, and how bad it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.model import (
    Assessment,
    Audience,
    Band,
    Document,
    Field,
    Match,
    NameGrade,
    Organisation,
    Reason,
    Severity,
    Signal,
    Span,
)
from monitor.core.signals import assess

ORGANISATION = Organisation(name="Jeugdbescherming Voorbeeld", aliases=("JBV", "Bureau Jeugdzorg Oost"), domains=("example.org",))
MATCH = Match(person_id=1, name=NameGrade.CLEAR, confidence=0.9, band=Band.PROBABLE, spans=())


@pytest.mark.parametrize(
    ("document", "audience"),
    [
        (Document(text="Sanne van der Molen van Jeugdbescherming Voorbeeld"), Audience.WORK),
        (Document(text="bij JEUGDBESCHERMING\u00a0voorbe\u0301eld"), Audience.WORK),
        (Document(title="De JBV reageert"), Audience.WORK),
        (Document(text="bij Bureau Jeugdzorg\nOost"), Audience.WORK),
        (Document(text="bij Jeugdbescherming"), Audience.HERS),
        (Document(text="de JBVers van Jeugdbescherming Voorbeeldig"), Audience.HERS),
        (Document(title="bij Jeugdbescherming", text="Goed voorbeeld"), Audience.HERS),
        (Document(url="https://news.example/jbv"), Audience.HERS),
        (Document(), Audience.HERS),
    ],
)
def test_it_is_the_works_business_where_the_organisation_is_named(document: Document, audience: Audience) -> None:
    assert assess(document, MATCH, ORGANISATION).audience is audience


def test_what_the_match_says_of_the_organisation_is_believed() -> None:
    match = Match(
        person_id=1,
        name=NameGrade.CLEAR,
        confidence=0.9,
        band=Band.PROBABLE,
        spans=(),
        reasons=(Reason("organisation", {"term": "JBV"}),),
    )

    assert assess(Document(), match, ORGANISATION).audience is Audience.WORK


def test_an_organisation_without_a_name_is_named_nowhere() -> None:
    assert assess(Document(text="Voorbeeld"), MATCH, Organisation(name=" ", aliases=("", "..."))) == Assessment(
        severity=Severity.INFO, audience=Audience.HERS
    )


def in_disguise(*surfaces: str, how: str = "leet", name: NameGrade = NameGrade.CLEAR) -> Match:
    spans = [Span(Field.TEXT, 20 * number, 20 * number + len(each), each, "full") for number, each in enumerate(surfaces)]
    return replace(MATCH, name=name, spans=tuple(spans), reasons=(Reason("form"), Reason("evasion", {"how": how})))


@pytest.mark.parametrize(
    ("surface", "how"),
    [
        ("S@nne V0ls", "leet"),
        ("Sa*ne Vols", "stars"),
        ("S a n n e Vols", "spaced"),
        ("Saaanne Vols", "stretched"),
        ("Sanne V\u043els", "look_alike"),
        ("Sanne Vo\u200bls", "invisible"),
        ("San ne Vols", "split"),
    ],
)
def test_a_disguised_name_is_a_signal_and_the_works_business(surface: str, how: str) -> None:
    match = in_disguise(surface, how=how)

    assert assess(Document(text=surface), match, ORGANISATION) == Assessment(
        severity=Severity.NOTICE, audience=Audience.WORK, signals=(Signal("evasion", Field.TEXT, 0, len(surface)),)
    )


def test_the_signal_stands_where_the_name_is_disguised() -> None:
    match = in_disguise("Sanne Vols", "S@nne Vols", "Marijke Jansen-de Vries")

    assert assess(Document(), match, ORGANISATION).signals == (Signal("evasion", Field.TEXT, 20, 30),)


def test_a_weak_name_in_disguise_is_no_signal() -> None:
    match = in_disguise("S**** Vols", how="stars", name=NameGrade.WEAK)

    assert assess(Document(), match, ORGANISATION) == Assessment(severity=Severity.INFO, audience=Audience.HERS)


def test_nothing_is_grave_where_there_is_no_signal() -> None:
    assert assess(Document(text="een dreigement"), MATCH, ORGANISATION).severity is Severity.INFO
