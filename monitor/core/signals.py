"""Say how bad a document is for a person, from what is observed beside the name, and whose business it is.

Whether it is her at all, is in `matching`; who is told, in `alerting`.
"""

from __future__ import annotations

from monitor.core.matching.context import names_organisation
from monitor.core.matching.gates import ODD, SPACED, STRETCHED, as_bytes, places
from monitor.core.model import Assessment, Audience, Document, Match, NameGrade, Organisation, Severity, Signal, Span
from monitor.core.text import fold, traces

EVASION = "evasion"
"""The name is written so that it can be read and not searched for. Somebody took that trouble."""


def assess(document: Document, match: Match, organisation: Organisation) -> Assessment:
    """Assess *document* for the person of *match*: a disguised name is a Signal, and of `notice`; nothing graver is known yet.

    It is the work's business where the organisation is named in title or text, or there is a Signal; all else is hers alone.
    """
    signals = _evasions(match)
    is_named = any(reason.code == "organisation" for reason in match.reasons) or names_organisation(
        f"{document.title}\n{document.text}", organisation
    )
    return Assessment(
        severity=Severity.NOTICE if signals else Severity.INFO,
        audience=Audience.WORK if is_named or signals else Audience.HERS,
        signals=signals,
    )


def _evasions(match: Match) -> tuple[Signal, ...]:
    """Return where the name is disguised. A weak name is none: that it is a disguise is then as much of a guess."""
    if match.name is NameGrade.WEAK or not any(reason.code == EVASION for reason in match.reasons):
        return ()
    # A name cut in two looks like any other words; where nothing else is disguised, it is that.
    disguised = [span for span in match.spans if _is_disguised(span)] or match.spans
    return tuple(Signal(EVASION, span.field, span.start, span.end) for span in disguised)


def _is_disguised(span: Span) -> bool:
    if traces(span.surface, 0, len(span.surface)):
        return True
    return any(kinds & (ODD | SPACED | STRETCHED) for _, kinds in places(as_bytes(fold(span.surface).text)))
