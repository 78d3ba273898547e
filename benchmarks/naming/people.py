"""Invent employees: names of mixed rarity, from lists of names freely combined and from syllables.

About a third of the surnames stand in no list. How the names are written in a text is in `spelling`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import chain
from random import Random

from monitor.core.model import Name, NameUsage, Registration

_LOCALES = ("nl_NL", "nl_BE", "de_DE", "fr_FR", "en_GB", "tr_TR")
_OTHER_LOCALES = ("fr_BE", "de_AT", "en_US", "es_ES", "it_IT")
_PLAIN = re.compile(r"[^\W\d_]{2,}([-'\u2019][^\W\d_]{2,})*")

_PREFIXES = {
    "nl": ("van", "de", "van de", "van der", "van den", "den", "ter", "ten", "'t", "van 't", "in 't", "op de", "te", "aan de"),
    "de": ("von", "zu", "von der"),
    "fr": ("du", "de la", "d'", "le", "des"),
    "ar": ("El", "Al", "Ben"),
}
_PREFIX_WEIGHTS = (26, 24, 14, 20, 12, 5, 3, 3, 2, 3, 2, 2, 2, 2)
_CULTURES = (("nl", 68), ("be", 10), ("de", 6), ("fr", 5), ("gb", 4), ("tr", 4), ("ar", 3))

_ARABIC_FIRST = (
    "Youssef",
    "Fatima",
    "Mohamed",
    "Amina",
    "Rachid",
    "Samira",
    "Hamza",
    "Naima",
    "Bilal",
    "Khadija",
    "Soufiane",
    "Loubna",
    "Ayoub",
    "Hafsa",
    "Driss",
    "Zineb",
    "Anouar",
    "Malika",
    "Ilias",
    "Nadia",
    "Reda",
    "Salma",
    "Tarik",
    "Houda",
    "Abdel",
    "Yasmina",
    "Nabil",
    "Ikram",
    "Karim",
    "Souad",
)
_ARABIC_LAST = (
    "Amr",
    "Bakk",
    "Hadd",
    "Khal",
    "Mour",
    "Yous",
    "Ouaz",
    "Ghaz",
    "Zaou",
    "Idr",
    "Fass",
    "Bouj",
    "Tah",
    "Ham",
    "Mans",
)
_ARABIC_ENDS = ("ani", "aoui", "ouchi", "iri", "ali", "idi", "ouri", "ami")

_CELTIC = ("Dunn", "Gall", "Kerr", "Malv", "Farr", "Loch", "Tarl", "Bray", "Cann", "Sweld")

_ONSETS = (
    "B",
    "Br",
    "D",
    "Dr",
    "Gr",
    "H",
    "Hoes",
    "J",
    "K",
    "Kl",
    "Kr",
    "L",
    "M",
    "N",
    "P",
    "Pl",
    "R",
    "S",
    "Schr",
    "Sl",
    "St",
    "Sw",
    "T",
    "Tr",
    "V",
    "Vl",
    "W",
    "Wr",
    "Z",
    "Zw",
    "Qu",
    "Bl",
    "Fl",
    "Sn",
    "Kn",
    "Vr",
)
_VOWELS = (
    "a",
    "e",
    "i",
    "o",
    "u",
    "aa",
    "ee",
    "oo",
    "uu",
    "ie",
    "oe",
    "ui",
    "ei",
    "au",
    "ou",
    "eu",
    "ij",
)
_MIDDLES = (
    "mm",
    "nn",
    "rd",
    "nt",
    "lk",
    "rs",
    "ng",
    "ld",
    "st",
    "pp",
    "kk",
    "ll",
    "rt",
    "ns",
    "mp",
    "nd",
    "rg",
    "ff",
    "ss",
    "rk",
)
_ENDS = (
    "ema",
    "inga",
    "enaar",
    "estra",
    "elink",
    "oven",
    "edijk",
    "ehof",
    "eveld",
    "aertsz",
    "ehuis",
    "ekamp",
    "ewold",
    "uma",
    "erink",
    "emans",
    "elaar",
    "ingh",
    "eboer",
    "ezand",
    "ik",
)


@dataclass(frozen=True, slots=True)
class Names:
    """Lists of first names and surnames of one culture."""

    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented employee."""

    id: int
    name: Name

    @property
    def registration(self) -> Registration:
        return Registration(external_id=f"p{self.id}", name=self.name, email=f"p{self.id}@example.org")


def invent(count: int, seed: int) -> list[Invented]:
    """Return so many employees, numbered from 1; no two share a first name and a surname."""
    chance = Random(f"people {seed}")
    lists = {culture: _shuffled(names, chance) for culture, names in _lists().items()}
    people: list[Invented] = []
    taken: set[tuple[str, str]] = set()
    while len(people) < count:
        name = _name(lists, chance)
        firsts = {plain(each) for each in (name.call_name, *name.given_names[:1]) if each}
        lasts = {plain(each) for each in (name.surname, name.partner_surname) if each}
        keys = {(first, last) for first in firsts for last in lasts}
        if keys & taken:
            continue
        taken |= keys
        people.append(Invented(len(people) + 1, name))
    return people


def watchlist(people: Sequence[Invented]) -> list[tuple[int, Registration]]:
    """Return the people as a matcher takes them."""
    return [(each.id, each.registration) for each in people]


def plain(text: str) -> str:
    """Return small letters without accents: for comparing names here."""
    return "".join(each for each in unicodedata.normalize("NFKD", text.lower()) if each.isalnum()).replace("\u0131", "i")


@lru_cache(maxsize=1)
def listed_names() -> frozenset[str]:
    """Return every word of a name that stands in a list, plain."""
    words: set[str] = set(map(plain, _ARABIC_FIRST))
    for locale in (*_LOCALES, *_OTHER_LOCALES):
        first, last = _faker(locale)
        words.update(plain(word) for each in (*first, *last) for word in re.split(r"[\s-]+", each))
    return frozenset(words)


@lru_cache(maxsize=1)
def _lists() -> dict[str, Names]:
    lists = {}
    for culture, locale in zip(("nl", "be", "de", "fr", "gb", "tr"), _LOCALES, strict=True):
        first, last = _faker(locale)
        bodies = (re.sub(r"^(?:(?:van|de|der|den|ter|ten|te|het|op|in|'[ts]|von|du|le|la)\s+)+", "", each) for each in last)
        lists[culture] = Names(_usable(first), _usable(bodies))
    arabic = tuple(f"{start}{end}" for start in _ARABIC_LAST for end in _ARABIC_ENDS)
    return {**lists, "ar": Names(_ARABIC_FIRST, arabic)}


def _faker(locale: str) -> tuple[list[str], list[str]]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    kinds = ("first_names", "first_names_female", "first_names_male")
    first = sorted({*chain.from_iterable(getattr(provider, kind, ()) for kind in kinds)})
    return first, sorted({*provider.last_names})


def _usable(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({each for each in names if _PLAIN.fullmatch(each) and each[0].isupper()}))


def _shuffled(names: Names, chance: Random) -> Names:
    first, last = list(names.first), list(names.last)
    chance.shuffle(first)
    chance.shuffle(last)
    return Names(tuple(first), tuple(last))


def _picked(names: Sequence[str], chance: Random) -> str:
    """Pick a name: those at the front of the list are common, those at the end are rare."""
    return names[int(len(names) * chance.random() ** 2)]


def _name(lists: dict[str, Names], chance: Random) -> Name:
    cultures, weights = zip(*_CULTURES, strict=True)
    culture = chance.choices(cultures, weights)[0]
    first_culture = chance.choice(cultures) if chance.random() < 0.12 else culture
    firsts = lists[first_culture].first
    given = [_picked(firsts, chance)]
    while len(given) < 3 and chance.random() < (0.10 if len(given) == 1 else 0.25):
        given.append(_picked(firsts, chance))
    prefix, surname = _surname(culture, lists, chance)
    partner_prefix, partner_surname, usage = "", "", NameUsage.OWN
    if chance.random() < 0.08:
        partner_prefix, partner_surname = _surname("nl", lists, chance)
        usages = (NameUsage.PARTNER_OWN, NameUsage.OWN_PARTNER, NameUsage.PARTNER, NameUsage.OWN)
        usage = chance.choices(usages, (6, 2, 1, 1))[0]
    units = [each[0] for each in given]
    has_initials = len(given) > 1 and chance.random() < 0.5
    return Name(
        given_names=tuple(dict.fromkeys(given)),
        call_name=_picked(firsts, chance) if chance.random() < 0.12 else "",
        initials="".join(f"{unit}." for unit in dict.fromkeys(units)) if has_initials and len({*given}) == len({*units}) else "",
        prefix=prefix,
        surname=surname,
        partner_prefix=partner_prefix,
        partner_surname=partner_surname,
        usage=usage,
    )


def _surname(culture: str, lists: dict[str, Names], chance: Random) -> tuple[str, str]:
    """Return prefix and body."""
    is_invented = culture != "ar" and chance.random() < 0.31
    body = _coined(chance) if is_invented else _picked(lists[culture].last, chance)
    if culture == "gb" and chance.random() < 0.2:
        body = f"{chance.choice(('O' + chr(39), 'Mc'))}{chance.choice(_CELTIC)}{chance.choice(('an', 'ey', 'ell', 'on', 'agh'))}"
    language = {"be": "nl", "gb": "", "tr": ""}.get(culture, culture)
    share = {"nl": 0.21, "ar": 0.55, "": 0.0}.get(language, 0.12)
    if "-" in body or chance.random() >= share:
        return "", body
    prefixes = _PREFIXES[language]
    prefix = chance.choices(prefixes, _PREFIX_WEIGHTS)[0] if language == "nl" else chance.choice(prefixes)
    if prefix == "d'" and body[0] not in "AEIOUHY":
        prefix = "du"
    return prefix, body


def _coined(chance: Random) -> str:
    """Coin a surname of syllables that stands in no list."""
    while True:
        middle = f"{chance.choice(_MIDDLES)}" if chance.random() < 0.7 else f"{chance.choice(_MIDDLES)}{chance.choice(_VOWELS)}l"
        body = f"{chance.choice(_ONSETS)}{chance.choice(_VOWELS)}{middle}{chance.choice(_ENDS)}"
        if plain(body) not in listed_names():
            return body
