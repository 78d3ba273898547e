"""Sentences: a template of ours, filled in. What comes from outside stays marked as such until it is written out.

Here is decided how a code becomes words; which words, stands in `nl` and `en`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from monitor.core.matching import points
from monitor.core.model import Param, Reason
from monitor.core.namesakes import AGREEING, POINTS
from monitor.core.plain import isolated, one_line
from monitor.wording import en, nl

LANGUAGES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({"nl": nl.WORDS, "en": en.WORDS})

AGAINST: Final = frozenset({"engine_says"})
"""Codes without points of the matcher that speak against."""

_FEW_AT_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Outside:
    """A text from outside: shown, never obeyed."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web address, already as it may be shown."""

    address: str


Piece = str | Outside | Link
Phrase = tuple[Piece, ...]


def words_of(language: str) -> Mapping[str, str]:
    """Return the words of a language, Dutch where it is not known."""
    return LANGUAGES.get(language, nl.WORDS)


def phrase(template: str, /, **params: Param | Piece) -> Phrase:
    """Fill in *template*: numbers as they are, texts as from outside. A parameter that is not there is a question mark."""
    pieces: list[Piece] = []
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            pieces.append(literal)
        if name is not None:
            param = params.get(name, "?")
            pieces.append(
                Outside(param) if isinstance(param, str) else param if isinstance(param, Outside | Link) else str(param)
            )
    return tuple(pieces)


def _piece(param: Param | Piece) -> Piece:
    match param:
        case Outside() | Link():
            return param
        case str():
            return Outside(param)
        case _:
            return str(param)


def in_one_line(said: Phrase) -> str:
    """Write a phrase as plain text."""
    return "".join(_plain(piece) for piece in said)


def _plain(piece: Piece) -> str:
    match piece:
        case Outside(text):
            return isolated(one_line(text, at_most=600))
        case Link(address):
            return address
        case str():
            return piece


def reason_phrase(reason: Reason, language: str) -> Phrase:
    """Return a reason in words; a code without words is shown as it is."""
    words = words_of(language)
    if reason.code == "form":
        form = words.get(f"form.{reason.params.get('form')}", words["form.?"])
        return (words["reason.form"].format(form=form),)
    if reason.code == "evasion":
        how = words.get(f"how.{reason.params.get('how')}", words["how.?"])
        return (words["reason.evasion"].format(how=how),)
    if reason.code == "rarity":
        return (_rarity(reason.params.get("bearers"), words),)
    template = words.get(f"reason.{reason.code}", words["reason.?"])
    if "{near}" in template:
        template = template.replace("{near}", words[f"near.{reason.params.get('near') is True}"])
    if reason.code in POINTS:
        agreed = ", ".join(words[f"agreed.{what}"] for what in AGREEING if reason.params.get(what))
        return phrase(template.replace("{agreed}", agreed), **reason.params)
    return phrase(template, **{"code": reason.code, **reason.params})


def _rarity(bearers: Param | None, words: Mapping[str, str]) -> str:
    """Say how many people bear a name, to the nearest power of ten: what it is estimated from does not tell more."""
    if not isinstance(bearers, int | float) or not 1 < bearers < math.inf:
        return words["rarity.hardly"]
    if bearers <= _FEW_AT_MOST:
        return words["rarity.few"]
    rounded = 10 ** max(1, round(math.log10(bearers)))
    return words["reason.rarity"].format(bearers=f"{rounded:,}".replace(",", words["rarity.thousands"]))


def reason_in_words(reason: Reason, language: str) -> str:
    """Return a reason in words, as one line of plain text."""
    return in_one_line(reason_phrase(reason, language))


def speaks_for(reason: Reason) -> bool:
    """Tell whether a reason speaks for its being our person, or at least not against it."""
    return reason.code not in AGAINST and points(reason) >= 0


def day_in_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """Return the day of *moment* where the reader lives."""
    words = words_of(language)
    local = moment.astimezone(zone)
    weekday, month = words["weekdays"].split()[local.weekday()], words["months"].split()[local.month - 1]
    return words["day"].format(weekday=weekday, day=local.day, month=month, year=local.year)


def moment_in_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """Return day and time of *moment* where the reader lives."""
    local = moment.astimezone(zone)
    day = day_in_words(moment, zone, language)
    return words_of(language)["moment"].format(day=day, hour=f"{local:%H}", minute=f"{local:%M}")
