"""What each message says, in which order. Records in, `Message` out; no database, no clock, no network.

The words stand in `nl` and `en`. The first sentences of every message are ours and neutral: a telephone shows them on its
lock screen. What comes from outside stands below them, and what a page says is never repeated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from monitor.core.model import EMPTY, Band, Param, Reason, Severity
from monitor.core.plain import one_line, shown_address
from monitor.core.triage import PartReason
from monitor.ports import Message
from monitor.wording.pages import Block, Bullets, Card, Heading, Line, Paragraph, as_html, as_text
from monitor.wording.phrases import (
    Link,
    Outside,
    Phrase,
    Piece,
    day_in_words,
    moment_in_words,
    phrase,
    reason_phrase,
    speaks_for,
    words_of,
)

CARDS_AT_MOST: Final = 25
LISTED_AT_MOST: Final = 500
"""More than a few do not help anybody as cards, so the others stand below them, a line each; a mail has to stay readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One Mention as a message tells it. `why` is a `PartReason`; `person` is named to others only, never to herself.

    `also_seen`: the other Sources or sites that showed it.
    """

    site: str
    title: str
    address: str
    found_at: datetime
    surface: str
    band: Band
    severity: Severity = Severity.INFO
    published_at: datetime | None = None
    reasons: tuple[Reason, ...] = ()
    why: str = "new"
    person: str = ""
    also_seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something was found. `is_hers`: it goes to the person herself."""

    mentions: tuple[Told, ...]
    is_hers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was online already when we began, or was found while a Channel was not confirmed yet.

    `is_another`: she was sent one before.
    """

    mentions: tuple[Told, ...]
    is_hers: bool = True
    is_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What can wait, once a day."""

    mentions: tuple[Told, ...]
    is_hers: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """Something other than a Mention, as a code with parameters: `dead_letters`, `confirm_own`, `test` …"""

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: EMPTY)


Said = Alert | Summary | Digest | Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """To whom a message goes, and what makes it recognisable."""

    to: str
    language: str
    message_id: str
    reference: str
    thread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What all messages of one organisation share.

    `tell` is whom to talk to, in words ("de afdeling communicatie"); `link` leads to a page of Naamwacht, where there is one.
    """

    organisation: str = ""
    zone: ZoneInfo
    tell: str = ""
    link: str = ""


def message_of(said: Said, addressed: Addressed, house: House) -> Message:
    """Put what is said into words."""
    words = words_of(addressed.language)
    is_for_operator = isinstance(said, Notice) and said.code not in _FOR_ANYBODY
    subject = words["subject_notice" if is_for_operator else "subject"].format(reference=addressed.reference)
    blocks = (*_Writer(addressed.language, house).blocks(said), *_closing(words, addressed.reference, house))
    return Message(
        to=addressed.to,
        subject=subject,
        text=as_text(blocks),
        html=as_html(blocks, language=addressed.language, subject=subject),
        message_id=addressed.message_id,
        reference=addressed.reference,
        thread=addressed.thread,
        language=addressed.language,
    )


_FOR_ANYBODY: Final = frozenset({"confirm_channel", "confirm_own", "test"})


def _closing(words: Mapping[str, str], reference: str, house: House) -> tuple[Block, ...]:
    sender = phrase(words["sender"], organisation=house.organisation) if house.organisation else (words["sender.nobody"],)
    return Paragraph((words["reference"].format(reference=reference),)), Paragraph(sender)


class _Writer:
    """Makes the blocks of one message in one language."""

    def __init__(self, language: str, house: House) -> None:
        self._language = language
        self._words = words_of(language)
        self._house = house

    def blocks(self, said: Said) -> Sequence[Block]:
        match said:
            case Alert():
                return self._alert(said)
            case Summary():
                return self._summary(said)
            case Digest():
                return self._digest(said)
            case Notice():
                return self._notice(said)
            case _:
                assert_never(said)

    def _opening(self, *keys: str) -> list[Block]:
        return [Paragraph((self._words["hello"],)), Paragraph((" ".join(self._words[key] for key in keys),))]

    def _danger(self, gravest: Severity, *, is_hers: bool) -> list[Block]:
        return [Paragraph((self._words["danger"],), is_strong=True)] if gravest is Severity.CRITICAL and is_hers else []

    def _alert(self, alert: Alert) -> Sequence[Block]:
        gravest = _gravest(alert.mentions)
        blocks = self._opening(f"alert.{_whose(is_hers=alert.is_hers)}{'.grave' if gravest >= Severity.URGENT else ''}")
        blocks += self._danger(gravest, is_hers=alert.is_hers)
        blocks += self._cards(alert.mentions, is_hers=alert.is_hers)
        blocks.append(Paragraph((self._words["no_quote"],)))
        return (*blocks, *self._what_to_do(is_hers=alert.is_hers))

    def _summary(self, summary: Summary) -> Sequence[Block]:
        is_old = all(told.why == PartReason.ALREADY_ONLINE for told in summary.mentions)
        kind = (".another" if summary.is_another else "") if is_old else ".waited"
        blocks = self._overview(f"summary.{_whose(is_hers=summary.is_hers)}{kind}", summary)
        blocks.append(Heading(phrase(self._words[f"summary.count{kind}"], count=len(summary.mentions))))
        blocks += self._cards(summary.mentions, is_hers=summary.is_hers)
        return (*blocks, *self._end(summary))

    def _digest(self, digest: Digest) -> Sequence[Block]:
        blocks = self._overview(f"digest.{_whose(is_hers=digest.is_hers)}", digest)
        unsure = tuple(told for told in digest.mentions if told.band in (Band.POSSIBLE, Band.UNLIKELY))
        later = tuple(told for told in digest.mentions if told.band not in (Band.POSSIBLE, Band.UNLIKELY))
        for key, group in (("digest.possible" + ("" if digest.is_hers else ".work"), unsure), ("digest.later", later)):
            if group:
                blocks.append(Heading(phrase(self._words[key], count=len(group))))
                blocks += self._cards(group, is_hers=digest.is_hers)
        return (*blocks, *self._end(digest))

    def _overview(self, key: str, said: Summary | Digest) -> list[Block]:
        gravest, whose = _gravest(said.mentions), _whose(is_hers=said.is_hers)
        opening = self._opening(key, f"{'grave' if gravest >= Severity.URGENT else 'calm'}.{whose}")
        return [*opening, *self._danger(gravest, is_hers=said.is_hers)]

    def _end(self, said: Summary | Digest) -> Sequence[Block]:
        is_grave = _gravest(said.mentions) >= Severity.URGENT
        return self._what_to_do(is_hers=said.is_hers) if is_grave else self._look()

    def _notice(self, notice: Notice) -> Sequence[Block]:
        key = f"notice.{notice.code}"
        template = self._words.get(key, self._words["notice.?"])
        params = {"sender": self._house.organisation or self._words["operator"], "code": notice.code, **notice.params}
        if "since" in params:
            params["since"] = self._moment(str(params["since"]))
        blocks = [Paragraph((self._words["hello"],)), Paragraph(phrase(template, **params))]
        if f"{key}.code" in self._words:
            blocks.append(Paragraph(phrase(self._words[f"{key}.code"], **notice.params), is_strong=True))
        # What a template does not name, such as the faults of a file, stands below it, a line each.
        left = (str(value) for name, value in notice.params.items() if name != "code" and f"{{{name}}}" not in self._said(key))
        faults = tuple((Outside(line),) for text in left for line in text.splitlines() if line.strip())
        return (*blocks, Bullets(faults)) if faults else blocks

    def _moment(self, written: str) -> str:
        """Return a time that a notice keeps as ISO 8601, as the reader's clock shows it."""
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            return written
        return moment_in_words(moment, self._house.zone, self._language) if moment.tzinfo else written

    def _said(self, key: str) -> str:
        return self._words.get(key, "") + self._words.get(f"{key}.code", "")

    def _cards(self, mentions: Sequence[Told], *, is_hers: bool) -> list[Block]:
        blocks: list[Block] = [self._card(told, is_hers=is_hers) for told in mentions[:CARDS_AT_MOST]]
        others = mentions[CARDS_AT_MOST:]
        if others:
            blocks.append(Paragraph(phrase(self._words["listed"], count=len(others))))
            blocks.append(Bullets(tuple(self._in_short(told, is_hers=is_hers) for told in others[:LISTED_AT_MOST])))
        if len(others) > LISTED_AT_MOST:
            blocks.append(Paragraph(phrase(self._words["more"], count=len(others) - LISTED_AT_MOST)))
        return blocks

    def _in_short(self, told: Told, *, is_hers: bool) -> Phrase:
        said: list[Piece] = [
            self._words[f"severity.{int(told.severity)}"] if told.severity >= Severity.URGENT else "",
            Outside("" if is_hers else told.person),
            Outside(told.title),
            Outside(told.site),
            Link(shown_address(told.address)) if told.address else "",
        ]
        shown = [piece for piece in said if piece and piece != Outside("")]
        return tuple(each for piece in shown for each in (" · ", piece))[1:]

    def _card(self, told: Told, *, is_hers: bool) -> Card:
        words, zone, language = self._words, self._house.zone, self._language
        published = told.published_at and day_in_words(told.published_at, zone, language)
        when = phrase(words["published"], when=published) if published else (words["published.unknown"],)
        said: list[Phrase] = [
            (Outside(told.title),) if told.title else (),
            (Link(shown_address(told.address)),) if told.address else (),
            phrase(words["about"], person=told.person) if told.person and not is_hers else (),
            (words.get(f"why.{told.why}", ""),),
            (words[f"severity.{int(told.severity)}"],),
            when,
            phrase(words["found"], when=moment_in_words(told.found_at, zone, language)),
            phrase(words["spelling"], surface=told.surface) if told.surface else (),
            (words[f"band.{told.band}{'' if is_hers else '.work'}"],),
        ]
        reasons = [Line(reason_phrase(reason, language), "+" if speaks_for(reason) else "-") for reason in told.reasons]
        # Those that speak for it first: who is sure reads no further.
        reasons.sort(key=lambda line: line.sign == "-")
        last = [phrase(words["also_seen"], sites=", ".join(told.also_seen)) if told.also_seen else ()]
        because = (Line((words["because"],)),) if reasons else ()
        lines = (*_lines(said), *because, *reasons, *_lines(last))
        return Card((Outside(told.site or one_line(told.address, at_most=60)),), lines)

    def _what_to_do(self, *, is_hers: bool) -> Sequence[Block]:
        words, tell = self._words, self._house.tell
        if not is_hers:
            steps: list[Phrase] = [(words["next.contact"],), (words["next.silent"],), (words["next.keep"],)]
        else:
            talk = phrase(words["next.tell"], tell=tell) if tell else (words["next.tell.anyone"],)
            steps = [(words["next.silent"],), (words["next.keep"],), talk, (words["next.other"],)]
        return (Heading((words["next"],)), Bullets(tuple(steps)), *self._look())

    def _look(self) -> Sequence[Block]:
        link = self._house.link
        return (Paragraph(phrase(self._words["next.look"], link=Link(shown_address(link)))),) if link else ()


def _whose(*, is_hers: bool) -> str:
    return "hers" if is_hers else "work"


def _gravest(mentions: Sequence[Told]) -> Severity:
    return max((told.severity for told in mentions), default=Severity.INFO)


def _lines(said: Sequence[Phrase]) -> list[Line]:
    return [Line(each) for each in said if any(each)]
