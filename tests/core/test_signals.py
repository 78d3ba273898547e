"""Signals: whose business a document is, and how bad it is."""

from __future__ import annotations

import pytest

from monitor.core.model import Assessment, Audience, Band, Document, Match, NameGrade, Organisation, Reason, Severity
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


def test_nothing_is_grave_while_no_signals_are_known() -> None:
    assert assess(Document(text="een dreigement"), MATCH, ORGANISATION).severity is Severity.INFO
