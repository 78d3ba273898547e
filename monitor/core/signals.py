"""Say how bad a document is for a person, from what is observed beside the name, and whose business it is.

Whether it is her at all, is in `matching`; who is told, in `alerting`.
"""

from __future__ import annotations

from monitor.core.matching.context import names_organisation
from monitor.core.model import Assessment, Audience, Document, Match, Organisation, Severity


def assess(document: Document, match: Match, organisation: Organisation) -> Assessment:
    """Assess *document* for the person of *match*. No Signals are known yet, so nothing is graver than `info`.

    It is the work's business where the organisation is named in title or text; all else is hers alone.
    """
    is_named = any(reason.code == "organisation" for reason in match.reasons) or names_organisation(
        f"{document.title}\n{document.text}", organisation
    )
    return Assessment(severity=Severity.INFO, audience=Audience.WORK if is_named else Audience.HERS)
