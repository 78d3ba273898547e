"""What is said on the small internet, and when: all of it invented.

At the start there is a past, so that seeding has something to do and must stay silent. Then the waves come: a page whose
feed does not show the name, a new comment on an old page, somebody who is almost called so, a page that only the search
engine knows. Here: words and times. How they look in a feed or a page is `web`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Place(StrEnum):
    """Where something is said."""

    COURANT = "courant"
    OMROEP = "omroep"
    FORUM = "forum"
    BLOG = "blog"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A page that somebody published. `age`: how long before its publication here it is dated."""

    place: Place
    slug: str
    title: str
    teaser: str
    paragraphs: tuple[str, ...]
    author: str
    age: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody says under the page *slug*."""

    slug: str
    author: str
    text: str
    age: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Wave:
    """What is published together, so long after the start."""

    after: timedelta
    sayings: tuple[Piece | Comment, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What is there from the start, and what comes."""

    past: tuple[Piece | Comment, ...]
    waves: tuple[Wave, ...] = field(default=())


THREAD = "wachten-op-een-plek"

_PAST: tuple[Piece | Comment, ...] = (
    Piece(
        place=Place.COURANT,
        slug="wachtlijsten-jeugdzorg-dalen",
        title="Wachtlijsten in de jeugdzorg dalen voor het eerst",
        teaser="Volgens teamleider Marijke Jansen-de Vries helpt het dat gezinnen één vast gezicht krijgen.",
        paragraphs=(
            "De wachtlijsten van Jeugdbescherming Voorbeeld zijn in een jaar met een vijfde gedaald.",
            "Volgens teamleider Marijke Jansen-de Vries helpt het dat gezinnen één vast gezicht krijgen.",
            "'Een kind vertelt zijn verhaal niet drie keer', zegt zij.",
            "De gemeente wil de aanpak ook in de andere wijken gebruiken.",
        ),
        author="Redactie Voorbeeldcourant",
        age=timedelta(days=6),
    ),
    Piece(
        place=Place.COURANT,
        slug="nieuwe-speeltuin-geopend",
        title="Nieuwe speeltuin aan de Lindelaan geopend",
        teaser="De wethouder knipte het lint door; de schommels waren meteen bezet.",
        paragraphs=("De wethouder knipte zaterdag het lint door.", "Daarna waren de schommels meteen bezet."),
        author="Redactie Voorbeeldcourant",
        age=timedelta(days=3),
    ),
    Piece(
        place=Place.OMROEP,
        slug="dag-van-de-jeugdbeschermer",
        title="Hoe ziet de dag van een jeugdbeschermer eruit?",
        teaser="Een verslaggever liep een dag mee met Özlem Çelikbaş van Jeugdbescherming Voorbeeld.",
        paragraphs=(
            "Om acht uur gaat de telefoon al: een school maakt zich zorgen.",
            "Een verslaggever liep een dag mee met Özlem Çelikbaş van Jeugdbescherming Voorbeeld.",
            "Tussen twee huisbezoeken door eet zij een boterham in de auto.",
        ),
        author="Omroep Voorbeeldland",
        age=timedelta(days=9),
    ),
    Piece(
        place=Place.FORUM,
        slug=THREAD,
        title="Al maanden wachten op een plek",
        teaser="Wie herkent dit? Ons verzoek ligt er sinds het voorjaar en niemand belt terug.",
        paragraphs=("Wie herkent dit? Ons verzoek ligt er sinds het voorjaar en niemand belt terug.",),
        author="rozenstruik72",
        age=timedelta(days=12),
    ),
    Comment(
        slug=THREAD,
        author="tuinkabouter",
        text="Bij ons duurde het ook lang. Uiteindelijk heeft Youssef El Amrani van Jeugdbescherming Voorbeeld ons gebeld.",
        age=timedelta(days=11),
    ),
    Comment(
        slug=THREAD,
        author="rozenstruik72",
        text="Dank, dan houd ik nog even vol.",
        age=timedelta(days=10),
    ),
    Piece(
        place=Place.BLOG,
        slug="buurtbarbecue",
        title="De buurtbarbecue in beeld",
        teaser="Foto's van een warme avond.",
        paragraphs=(
            "Foto's van een warme avond. De salades waren van nummer 14, de muziek van nummer 3.",
            "Met dank aan Diederik van Zonneveen, die de partytent leende en tot het laatst bleef opruimen.",
        ),
        author="De Lindelaan schrijft",
        age=timedelta(days=20),
    ),
)

FIRST_WAVE = Wave(
    timedelta(seconds=6),
    (
        # The feed shows only the teaser, which names nobody: the page has to be read.
        Piece(
            place=Place.COURANT,
            slug="zitting-over-uithuisplaatsing",
            title="Rechter buigt zich opnieuw over uithuisplaatsing",
            teaser="De zitting duurde de hele middag. De uitspraak volgt over twee weken.",
            paragraphs=(
                "De zitting duurde de hele middag. De uitspraak volgt over twee weken.",
                "Namens Jeugdbescherming Voorbeeld gaf Sanne van der Molen een toelichting op het besluit.",
                "Zij zei dat het belang van het kind voorop staat.",
                "De advocaat van de ouders noemde het onderzoek te mager.",
            ),
            author="Redactie Voorbeeldcourant",
        ),
        # A new comment on a page that has been known from the start.
        Comment(
            slug=THREAD,
            author="boze_vader",
            text=(
                "Nou, ik wacht niet meer. Die Youssef El Amrani liegt tegen iedereen en kijkt niet eens naar de stukken. "
                "Het wordt tijd dat daar eens iemand iets over zegt."
            ),
        ),
        # Almost the same names, other people: this must not alert.
        Piece(
            place=Place.OMROEP,
            slug="sanne-van-der-meulen-wint-zilver",
            title="Sanne van der Meulen wint zilver op de vijfhonderd meter",
            teaser="De schaatsster uit Voorbeeldstad bleef Marijke Janssens en Lotte Brummelaar net voor.",
            paragraphs=(
                "De schaatsster uit Voorbeeldstad bleef Marijke Janssens en Lotte Brummelaar net voor.",
                "'Ik had niet op zilver gerekend', zei Van der Meulen na afloop. Haar trainer Youssef El Amraoui straalde.",
            ),
            author="Omroep Voorbeeldland",
        ),
    ),
)

SECOND_WAVE = Wave(
    timedelta(seconds=20),
    (
        # No feed tells of this page: only the search engine finds it, and its snippet does not show the name.
        Piece(
            place=Place.BLOG,
            slug="open-avond-in-het-wijkcentrum",
            title="Open avond in het wijkcentrum",
            teaser="Er was koffie, er was taart en er waren vragen.",
            paragraphs=(
                "Er was koffie, er was taart en er waren vragen.",
                "De zaal van het wijkcentrum aan de Lindelaan zat vol, en wie later kwam stond achterin bij de jassen.",
                "De meeste vragen gingen over hoe lang een kind in een pleeggezin blijft.",
                "Anouk 't Hoenselaar vertelde hoe Jeugdbescherming Voorbeeld met pleegouders werkt en bleef nog lang napraten.",
            ),
            author="De Lindelaan schrijft",
        ),
    ),
)

SCRIPT = Script(_PAST, (FIRST_WAVE, SECOND_WAVE))
