"""An invented watchlist, and short ways to ask who is named in a text."""

from __future__ import annotations

from monitor.core.matching import Matcher
from monitor.core.model import Document, Match, Name, NameUsage, Organisation, Registration

SANNE = Registration(
    external_id="p1",
    name=Name(surname="Molen", prefix="van der", given_names=("Sanne", "Maria"), handles=("sannevdm", "sanne_molen1")),
    context=("Utrecht", "gezinsvoogd"),
    not_context=("voetbal",),
)
YOUSSEF = Registration(external_id="p2", name=Name(surname="El Amrani", given_names=("Youssef",)))
MARIJKE = Registration(
    external_id="p3",
    name=Name(
        surname="Jansen", given_names=("Marijke",), partner_prefix="de", partner_surname="Vries", usage=NameUsage.OWN_PARTNER
    ),
)
BEP = Registration(external_id="p4", name=Name(surname="Hof", prefix="van 't", call_name="Bep", initials="E.J."))
ZOE = Registration(
    external_id="p5", name=Name(surname="Br\u00fbl\u00e9", given_names=("Zo\u00eb",), aliases=("Zonnetje", "Zoe van Oost"))
)
IJS = Registration(external_id="p6", name=Name(surname="IJzerman", given_names=("IJsbrand",)))
EVERYBODY = (SANNE, YOUSSEF, MARIJKE, BEP, ZOE, IJS)
ORGANISATION = Organisation(name="Jeugdbescherming Voorbeeld", aliases=("JBV",))


def matcher_of(*registrations: Registration) -> Matcher:
    return Matcher(enumerate(registrations, start=1), ORGANISATION)


WATCHLIST = matcher_of(*EVERYBODY)


def spans_in(text: str, matcher: Matcher = WATCHLIST) -> list[tuple[int, str, str]]:
    return [(match.person_id, span.surface, span.form) for match in matcher.match(Document(text=text)) for span in match.spans]


def only_match(document: Document, matcher: Matcher = WATCHLIST) -> Match:
    (match,) = matcher.match(document)
    return match


def codes_of(match: Match) -> list[str]:
    return [reason.code for reason in match.reasons]
