"""An invented watchlist, a small lexicon, and short ways to ask who is named in a text."""

from __future__ import annotations

from typing import NamedTuple

from monitor.core.lexicon import Knowledge, Lexicon, table_of
from monitor.core.matching import Matcher
from monitor.core.model import Document, Match, Name, NameUsage, Organisation, Reason, Registration

_GIVEN_NAMES = (
    "maria", "anouk", "bep", "kees", "piet", "lize", "lot", "zoe", "ijsbrand", "ysbrand", "susanne", "janne", "charles",
    "maurice", "thijs", "tijmen", "niels", "erik", "fatma", "karin", "hilde", "hans", "elisabeth", "johanna", "willem", "anna",
    "sem", "eline", "sofie", "max", "marieke", "henk", "els", "noor", "daan", "elise", "hilda",
)  # fmt: skip
_SURNAMES = (
    "amrani", "smit", "smits", "kuiper", "mulder", "visser", "dijkstra", "meijer", "brink", "oost", "hoekstra", "kramer",
    "gravenhof", "hoenselaar", "lemaire", "postma", "veldman", "ulrich", "claes", "molenaar", "jongsma", "frank",
)  # fmt: skip
_WORDS = (
    "de", "het", "een", "en", "of", "van", "der", "den", "op", "in", "aan", "bij", "uit", "te", "ten", "ter", "voor", "over",
    "onder", "dat", "die", "is", "was", "zei", "kwam", "komt", "ging", "zegt", "niet", "met", "om", "naar", "als", "ook",
    "maar", "haar", "hem", "zij", "hij", "er", "nog", "geen", "door", "volgens", "gisteren", "morgen", "vandaag", "artikel",
    "verhaal", "schreef", "vertelde", "vroeg", "sprak", "wees", "liep", "weer", "dan", "bericht", "nieuws", "foto", "boek",
    "huis", "school", "straat", "laan", "plein", "molenstraat", "stichting", "firma", "roman", "film", "prijs", "hotel",
    "groep", "heer", "mevrouw", "directeur", "rechter", "voogd", "gezinsvoogd", "trainer", "zaak", "rechtbank", "uitspraak",
    "speelt", "voetbal", "utrecht", "kort", "lang", "groot", "klein", "jonge", "dag", "man", "vrouw", "kind", "kinderen",
    "stad", "dorp", "wedstrijd", "winkel", "koffie", "water", "brood", "regen", "wind", "zon", "bezoek", "moeder", "vader",
    "buurman", "twee", "drie", "bakkerij", "vries", "aarde", "onderzoek", "overleg", "gemeente", "ouders", "antwoord",
    "familie", "collega", "vergadering",
)  # fmt: skip

LEXICON = Lexicon.from_bytes(
    table_of(
        {
            **dict.fromkeys(_WORDS, Knowledge(1e-4, is_common=True)),
            **dict.fromkeys(_GIVEN_NAMES, Knowledge(2e-6, is_given_name=True)),
            **dict.fromkeys(_SURNAMES, Knowledge(2e-6, is_surname=True)),
            "sanne": Knowledge(4e-6, is_given_name=True),
            "marijke": Knowledge(2e-6, is_given_name=True),
            "youssef": Knowledge(2e-6, is_given_name=True),
            "anne": Knowledge(2e-5, is_common=True, is_given_name=True),
            "jan": Knowledge(2e-4, is_common=True, is_given_name=True),
            "ben": Knowledge(5e-4, is_common=True, is_given_name=True),
            "thomas": Knowledge(2e-5, is_common=True, is_given_name=True, is_surname=True),
            "molen": Knowledge(1e-5, is_common=True, is_surname=True),
            "hof": Knowledge(2e-5, is_common=True, is_surname=True),
            "bakker": Knowledge(1e-5, is_common=True, is_surname=True),
            "boer": Knowledge(3e-5, is_common=True, is_surname=True),
            "jong": Knowledge(5e-5, is_common=True, is_surname=True),
            "jansen": Knowledge(1e-5, is_common=True, is_surname=True),
            "vries": Knowledge(3e-5, is_common=True, is_surname=True),
        }
    )
)
"""Knows the names and words of the tests. By it some 13 people are called Sanne van der Molen, some 1,000 Jan de Vries and
hardly one Ottoline Wolthekker.
"""

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
ORGANISATION = Organisation(name="Jeugdbescherming Voorbeeld", aliases=("JBV",), domains=("jbv.example",))


def matcher_of(*registrations: Registration) -> Matcher:
    return Matcher(enumerate(registrations, start=1), ORGANISATION, LEXICON)


def named(**parts: object) -> Registration:
    """Return somebody of whom only the name is registered: `named(given_names=("Sanne",), surname="Vols")`."""
    return Registration(external_id="p", name=Name(**parts))  # type: ignore[arg-type] # fields of Name


WATCHLIST = matcher_of(*EVERYBODY)


def spans_in(text: str, matcher: Matcher = WATCHLIST) -> list[tuple[int, str, str]]:
    return [(match.person_id, span.surface, span.form) for match in matcher.match(Document(text=text)) for span in match.spans]


class Seen(NamedTuple):
    """How one name was read: what stands there, as which form and grade, and what else was noted of it."""

    surface: str
    form: str
    grade: str
    notes: tuple[str, ...] = ()


def seen_in(text: str, matcher: Matcher = WATCHLIST) -> list[Seen]:
    """Return how the names in *text* were read; grade and notes are those of the whole match."""
    return [
        Seen(span.surface, span.form, match.name.value, tuple(code for code in codes_of(match) if code not in ("form", "rarity")))
        for match in matcher.match(Document(text=text))
        for span in match.spans
    ]


def in_a_sentence(name: str) -> str:
    """Return a Dutch sentence with *name* in it, long enough for capitals to say something."""
    return f"Het ging volgens {name} gisteren bij de rechtbank heel anders dan de ouders zeggen."


def read_as(name: str, matcher: Matcher) -> list[Seen]:
    """Return how *name* is read within a sentence."""
    return seen_in(in_a_sentence(name), matcher)


def only_match(document: Document, matcher: Matcher = WATCHLIST) -> Match:
    (match,) = matcher.match(document)
    return match


def codes_of(match: Match) -> list[str]:
    return [reason.code for reason in match.reasons]


def reason_of(match: Match, code: str) -> Reason | None:
    """Return the first reason of *match* with that code."""
    return next((reason for reason in match.reasons if reason.code == code), None)
