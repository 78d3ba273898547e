"""The nouns of the house as values: what travels between the floors.

Nothing here computes more than a property; rules live beside, in the other modules of `monitor.core`.
Times are aware UTC and end in `_at`; offsets are code points of the field they name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType

Param = str | int | float | bool
EMPTY: Mapping[str, Param] = MappingProxyType({})


class NameUsage(StrEnum):
    """Which surnames somebody goes by (the Dutch civil register's E, P, N and V)."""

    OWN = "own"
    PARTNER = "partner"
    OWN_PARTNER = "own_partner"
    PARTNER_OWN = "partner_own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The parts of somebody's name, as registered.

    `switched_off`: spellings that somebody does not want to be recognised; they are compared folded.
    """

    surname: str
    given_names: tuple[str, ...] = ()
    call_name: str = ""
    initials: str = ""
    prefix: str = ""
    partner_prefix: str = ""
    partner_surname: str = ""
    usage: NameUsage = NameUsage.OWN
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the organisation says about one employee: one row of its people file."""

    external_id: str
    name: Name
    email: str = ""
    phone: str = ""
    context: tuple[str, ...] = ()
    not_context: tuple[str, ...] = ()
    team: str = ""
    deputy: str = ""
    language: str = "nl"
    starts_on: date | None = None
    ends_on: date | None = None
    ground: str = ""
    informed_on: date | None = None

    def is_searched_on(self, day: date) -> bool:
        """Tell whether this person may be looked for on *day*: informed, and between the two dates."""
        is_informed = self.informed_on is not None and self.informed_on <= day
        has_started = self.starts_on is None or self.starts_on <= day
        has_left = self.ends_on is not None and self.ends_on < day
        return is_informed and has_started and not has_left


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A registered employee as the database knows them.

    `number` is the value of `matched_with` at which their present spelling was first matched.
    """

    id: int
    registration: Registration
    number: int = 0
    retired_at: datetime | None = None

    @property
    def name(self) -> Name:
        return self.registration.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Whose employees are watched over: what its name looks like in a text, and which addresses are its own."""

    name: str = ""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class Field(StrEnum):
    """Where in a document a span stands."""

    TITLE = "title"
    TEXT = "text"
    URL = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is matched: the visible text of one thing on the web.

    `site`: where it stands, as a host, where the address does not say so. `author`: who wrote it, where that is said.
    """

    title: str = ""
    text: str = ""
    url: str = ""
    site: str = ""
    author: str = ""

    def of(self, where: Field) -> str:
        """Return the text of one field."""
        match where:
            case Field.TITLE:
                return self.title
            case Field.TEXT:
                return self.text
            case Field.URL:
                return self.url


@dataclass(frozen=True, slots=True)
class Span:
    """Where a name stands, what is written there, and which kind of spelling (`form`) it is."""

    field: Field
    start: int
    end: int
    surface: str
    form: str


class NameGrade(StrEnum):
    """Do these characters spell that name?"""

    CLEAR = "clear"
    LIKELY = "likely"
    WEAK = "weak"


class Band(StrEnum):
    """Is it our person? In steps, for people; the number is in `Match.confidence`."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


class Severity(IntEnum):
    """How bad it is, from Signals alone. Comparable: a graver one is greater."""

    INFO = 0
    NOTICE = 1
    URGENT = 2
    CRITICAL = 3


class Audience(StrEnum):
    """Whose business a Mention is: hers alone, or the work's as well."""

    HERS = "hers"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against, as a code with parameters; words are made at the edge."""

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The verdict on one Person in one document."""

    person_id: int
    name: NameGrade
    confidence: float
    band: Band
    spans: tuple[Span, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """An observed reason for concern beside a name."""

    kind: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How bad a document is for one Person, and whose business it is."""

    severity: Severity
    audience: Audience
    signals: tuple[Signal, ...] = ()


class Carries(StrEnum):
    """How much of the document a Hit holds."""

    TEXT = "text"
    TEASER = "teaser"
    SNIPPET = "snippet"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One raw result of a Look, before matching.

    `address` is empty where the source gives none; then `guid`, else the text, is its identity within the Source.
    `exchange` is the digest of the raw exchange that brought it.
    `has_opaque_address`: the address is a redirect we cannot read; the Page is joined by title and site instead.
    """

    address: str
    title: str
    text: str
    carries: Carries
    published_at: datetime | None = None
    guid: str = ""
    site: str = ""
    exchange: str = ""
    has_opaque_address: bool = False
    author: str = ""

    @property
    def document(self) -> Document:
        return Document(title=self.title, text=self.text, url=self.address, site=self.site, author=self.author)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryForm:
    """A spelling of one Person's name that may be sent to an engine."""

    person_id: int
    text: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is sent to a Search. `since` is None where the Search is asked without a limit in time."""

    forms: tuple[QueryForm, ...]
    since: datetime | None = None
    language: str = "nl"
    page: int = 1


class Outcome(StrEnum):
    """How one Look ended. Only `OK` and `UNCHANGED` say that the Source was really looked at."""

    OK = "ok"
    UNCHANGED = "unchanged"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    QUOTA = "quota"
    FAILED = "failed"
    REFUSED = "refused"


class DeliveryKind(StrEnum):
    """What a Delivery is for."""

    ALERT = "alert"
    SUMMARY = "summary"
    DIGEST = "digest"
    NOTICE = "notice"


class DeliveryState(StrEnum):
    """`open` takes parts; its first claim seals it; `due` waits for another try."""

    OPEN = "open"
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


class Role(StrEnum):
    """Who a Channel leads to. `operator` gets the product's own troubles, never a Mention."""

    PERSON = "person"
    OFFICER = "officer"
    OPERATOR = "operator"
