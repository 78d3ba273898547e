"""Derive from a Name how it may be written, which few spellings are sent to engines, and how it is shown. Pure.

How spellings are found in a text is in `matching`; how likely it is our person, in `matching.confidence`. Every spelling
here is exact but for folding: typing errors and disguises are no business of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from monitor.core.model import Name, NameGrade, NameUsage, QueryForm
from monitor.core.text import folded, tokens

QUERY_FORMS_AT_MOST = 3


class Form(StrEnum):
    """Kinds of spelling; the value is what `Span.form` says."""

    FULL = "full"
    """A first name (or all of them) and the surname as it is used."""
    DOUBLE = "double"
    """A first name and both surnames, in an order or combination that is not the registered one."""
    PREFIX = "prefix"
    """A first name and the surname, its prefix abbreviated or joined."""
    INVERTED = "inverted"
    """The surname first, then a comma and a first name."""
    INITIALS = "initials"
    """Initials and the surname."""
    INVERTED_INITIALS = "inverted_initials"
    """The surname first, then a comma and initials."""
    NO_PREFIX = "no_prefix"
    """A first name and the surname without its prefix."""
    OTHER_PREFIX = "other_prefix"
    """A first name and the surname with another prefix than the registered one."""
    OTHER_SURNAME = "other_surname"
    """A first name and only one of two surnames, or the one that is not used."""
    PARTIAL = "partial"
    """Initials, and a surname without its prefix or one that is not used."""
    ALIAS = "alias"
    """A registered alias, whole."""
    ALIAS_WORD = "alias_word"
    """A registered alias of one word that any text may hold."""
    HANDLE = "handle"
    """A registered handle."""
    SURNAMES = "surnames"
    """Both surnames of somebody, without a first name."""
    JOINED = "joined"
    """A first name or initials and the surname, written as one word: a handle, an address, a hashtag."""
    TITLED = "titled"
    """A title or a role and the surname."""
    LATER = "later"
    """The surname, alone or with a title, after the whole name in the same text."""
    SURNAME = "surname"
    """The surname alone: asked for where nothing else is registered, never matched."""


GRADES = {
    Form.FULL: NameGrade.CLEAR,
    Form.DOUBLE: NameGrade.CLEAR,
    Form.PREFIX: NameGrade.CLEAR,
    Form.INVERTED: NameGrade.CLEAR,
    Form.INITIALS: NameGrade.LIKELY,
    Form.INVERTED_INITIALS: NameGrade.LIKELY,
    Form.NO_PREFIX: NameGrade.LIKELY,
    Form.OTHER_PREFIX: NameGrade.LIKELY,
    Form.OTHER_SURNAME: NameGrade.LIKELY,
    Form.PARTIAL: NameGrade.WEAK,
    Form.ALIAS: NameGrade.CLEAR,
    Form.ALIAS_WORD: NameGrade.LIKELY,
    Form.HANDLE: NameGrade.CLEAR,
    Form.SURNAMES: NameGrade.LIKELY,
    Form.JOINED: NameGrade.LIKELY,
    Form.TITLED: NameGrade.WEAK,
    Form.LATER: NameGrade.WEAK,
    Form.SURNAME: NameGrade.WEAK,
}


@dataclass(frozen=True, slots=True)
class NameVariant:
    """One spelling.

    Case and diacritics do not matter; a space stands for a space or a hyphen, a point for a point, a space or both, a comma
    for itself. One that is not on was switched off by somebody: it is listed, but neither matched nor sent out.
    """

    text: str
    form: Form
    grade: NameGrade
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class _Surname:
    """One surname that somebody may go by, cut into prefix and body; `bodies` are its other spellings."""

    prefix: str
    body: str
    form: Form
    bodies: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """Return prefix and body as registered."""
        return _joined(self.prefix, self.body)


def variants(name: Name) -> tuple[NameVariant, ...]:
    """Return every spelling of *name* that is recognised, the surest first, none twice.

    A bare surname is not among them: it says too little.
    """
    found: dict[str, Form] = {}
    for text, form in (*_of_persons_name(name), *_of_aliases(name.aliases), *_of_handles(name.handles)):
        found.setdefault(text, form)
    off = {*map(folded, name.switched_off)}
    return tuple(NameVariant(text, form, GRADES[form], is_on=folded(text) not in off) for text, form in found.items())


def query_forms(person_id: int, name: Name) -> tuple[QueryForm, ...]:
    """Return the one to three spellings that may be sent to an engine, the best first.

    Initials are sent only where no first name is known, a bare surname only where nothing else is; what is switched off only
    where nothing would be left.
    """
    main, *others = _surnames(name)
    firsts = [first for first in (name.call_name, *name.given_names[:1]) if first.strip()]
    forms = [(f"{first} {main.whole}", Form.FULL) for first in firsts]
    forms += [(alias, form) for alias, form in _of_aliases(name.aliases) if form is Form.ALIAS]
    forms += [(f"{firsts[0]} {other.whole}", other.form) for other in others if firsts and other.form is Form.OTHER_SURNAME]
    if not forms:
        forms = [(f"{initials} {main.whole}", Form.INITIALS) for initials in _initials(name)[:1]]
    if not forms:
        forms = [*_of_handles(name.handles)][:1] or [(main.whole, Form.SURNAME)]
    chosen: dict[str, QueryForm] = {}
    for text, form in forms:
        chosen.setdefault(folded(text), QueryForm(person_id=person_id, text=" ".join(text.split()), form=form.value))
    off = {*map(folded, name.switched_off)}
    kept = [form for text, form in chosen.items() if text not in off] or [*chosen.values()][:1]
    return tuple(kept[:QUERY_FORMS_AT_MOST])


def display_name(name: Name) -> str:
    """Return the name as its bearer is addressed: call name (else first given name, else initials) and surname."""
    first = name.call_name or next(iter(name.given_names), "") or next(iter(_initials(name)), "")
    return " ".join(f"{first} {_surnames(name)[0].whole}".split())


# ------------------------------------------------------------------------------------------------- whole spellings


def _of_persons_name(name: Name) -> Iterator[tuple[str, Form]]:
    firsts = _first_names(name)
    initials = _initials(name)
    for surname in _surnames(name):
        letters = sum(map(len, tokens(surname.body)))
        if letters == 0:
            continue
        if letters == 1:  # "S. O" stands in any text
            initials = []
        yield from _straight(surname, firsts, initials)
        yield from _inverted(surname, firsts, initials)
        if surname.prefix and surname.form is not Form.OTHER_SURNAME:
            yield from ((f"{first} {surname.body}", Form.NO_PREFIX) for first in firsts)
            yield from ((f"{surname.body}, {first}", Form.NO_PREFIX) for first in firsts)
            yield from ((f"{each} {surname.body}", Form.PARTIAL) for each in initials)


def _straight(surname: _Surname, firsts: Iterable[str], initials: Iterable[str]) -> Iterator[tuple[str, Form]]:
    """First the first name: "Sanne van der Molen", "S. v.d. Molen"."""
    is_other = surname.form is Form.OTHER_SURNAME
    for body in (surname.body, *surname.bodies):
        for position, whole in enumerate(_with_prefix_forms(surname.prefix, body)):
            form = Form.PREFIX if position and not is_other else surname.form
            yield from ((f"{first} {whole}", form) for first in firsts)
            yield from ((f"{each} {whole}", Form.PARTIAL if is_other else Form.INITIALS) for each in initials)


def _inverted(surname: _Surname, firsts: Iterable[str], initials: Iterable[str]) -> Iterator[tuple[str, Form]]:
    """First the surname: "Molen, Sanne van der", "van der Molen, S."."""
    is_other = surname.form is Form.OTHER_SURNAME
    kinds = (
        *((first, Form.OTHER_SURNAME if is_other else Form.INVERTED) for first in firsts),
        *((each, Form.PARTIAL if is_other else Form.INVERTED_INITIALS) for each in initials),
    )
    body = surname.body
    for head, form in kinds:
        yield f"{surname.whole}, {head}", form
        if not surname.prefix:
            continue
        abbreviated = _abbreviations(surname.prefix)
        for prefix in (surname.prefix, *abbreviated[:1], *abbreviated[-1:]):
            yield f"{body}, {head} {prefix}", form
            yield f"{_joined(prefix, body)}, {head}", form
        yield f"{body}, {surname.prefix}, {head}", form
        yield f"{body}, {surname.prefix} {head}", form
        yield f"{body} {surname.prefix}, {head}", form


def _of_aliases(aliases: Iterable[str]) -> Iterator[tuple[str, Form]]:
    for alias in aliases:
        parts = tokens(alias)
        if parts:
            yield " ".join(alias.split()), Form.ALIAS_WORD if len(parts) == 1 and parts[0].isalpha() else Form.ALIAS


def _of_handles(handles: Iterable[str]) -> Iterator[tuple[str, Form]]:
    for handle in handles:
        address = handle.strip().split("?")[0].rstrip("/")
        bare = (address.rsplit("/", 1)[-1] if "/" in address else address).strip("@# ")
        if len(folded(bare)) > 2 and tokens(bare):
            yield f"@{bare}", Form.HANDLE


# ------------------------------------------------------------------------------------------------------ first names


def _first_names(name: Name) -> list[str]:
    """Return what may stand for the first name: call name, first given name, all given names, "Sanne M."."""
    given = [each for each in name.given_names if tokens(each)]
    heads = [name.call_name] if tokens(name.call_name) else []
    if given:
        heads.append(given[0])
    if len(given) > 1:
        rest = "".join(f"{_initial(each)}." for each in given[1:])
        heads += [" ".join(given), *(f"{first} {rest}" for first in dict.fromkeys((*heads[:1], given[0])))]
    return list({folded(each): each for each in reversed(heads)}.values())[::-1]


def _initials(name: Name) -> list[str]:
    """Return spellings of the initials: all with points, all joined, the first ones, that of the call name."""
    units = initial_units(name)
    spelled: list[str] = []
    if units:
        spelled.append("".join(f"{unit}." for unit in units))
    if len(units) > 1:
        spelled.append("".join(units))
        spelled += ["".join(f"{unit}." for unit in units[:count]) for count in (1, 2) if count < len(units)]
    if tokens(name.call_name):
        spelled.append(f"{_initial(name.call_name)}.")
    return [each for each in dict.fromkeys(spelled) if tokens(each)]


def initial_units(name: Name) -> list[str]:
    """Return the initials of somebody, one for every given name: as registered, else derived."""
    given = (each for names in name.given_names for each in re.split(r"[\s-]+", names))
    return _units(name.initials) or [unit for unit in map(_initial, given) if unit]


def _units(initials: str) -> list[str]:
    """Cut registered initials into one for every given name: "S.M." and "SM" are two, "Th.M." as well."""
    units = [unit for unit in re.split(r"[^\w]+", initials.strip()) if unit]
    if len(units) == 1 and "." not in initials and units[0].isupper() and units[0] != "IJ":
        units = list(units[0])
    return [unit[:1].upper() + unit[1:] for unit in units]


def _initial(first_name: str) -> str:
    word = first_name.strip().lstrip("'\u2019")
    return word[:2] if word[:2] == "IJ" else word[:1].upper()


# --------------------------------------------------------------------------------------------------------- surnames


def _surnames(name: Name) -> list[_Surname]:
    """Return the surnames somebody may go by, the one that is used first."""
    own = _single(name.prefix, name.surname)
    partner = _single(name.partner_prefix, name.partner_surname)
    if not partner.body:
        return [own]
    own_partner, partner_own = _double(own, partner), _double(partner, own)
    order = {
        NameUsage.OWN: (own, own_partner, partner_own, partner),
        NameUsage.PARTNER: (partner, partner_own, own_partner, own),
        NameUsage.OWN_PARTNER: (own_partner, partner_own, own, partner),
        NameUsage.PARTNER_OWN: (partner_own, own_partner, partner, own),
    }[name.usage]
    used, *others = order
    return [
        replace(used, form=Form.FULL),
        *(each if each.form is Form.DOUBLE else replace(each, form=Form.OTHER_SURNAME) for each in others),
    ]


def _single(prefix: str, surname: str) -> _Surname:
    cut, body = cut_prefix(prefix, surname)
    plain = body.replace("'", "").replace("\u2019", "")
    return _Surname(cut, body, Form.FULL, () if plain == body else (plain,))


def _double(first: _Surname, second: _Surname) -> _Surname:
    """Join two surnames; the prefix of the second may be abbreviated: "Jansen-v.d. Berg"."""
    seconds = [second.whole, *(_joined(each, second.body) for each in _abbreviations(second.prefix))]
    body, *bodies = (f"{first.body}-{each}" for each in seconds)
    return _Surname(first.prefix, body, Form.DOUBLE, tuple(bodies))


# fmt: off
PREFIX_WORDS = frozenset((
    "van", "von", "de", "der", "den", "het", "'t", "t", "te", "ten", "ter", "op", "in", "aan", "bij", "uit", "onder",
    "over", "voor", "du", "des", "di", "da", "do", "dos", "del", "della", "la", "le", "el", "al", "zu", "zur", "zum", "vom",
    "ben", "bin", "ibn", "ait", "abu", "abou", "ould",
))
# fmt: on
"""Words of which a Dutch (or neighbouring) prefix is made, folded."""


def cut_prefix(prefix: str, surname: str) -> tuple[str, str]:
    """Return prefix and body, tidied; a prefix that was written into the surname is cut off it."""
    prefix, body = " ".join(prefix.split()), " ".join(surname.split())
    if prefix:
        return prefix, body
    parts = body.split(" ")
    elided = re.match(r"(?i)([dl]['\u2019])(?=\w)|(al|el|ben|bin|ait|abu|ould)-(?=\w)", parts[0])
    if elided:
        return elided[1] or elided[2], body[elided.end() :]
    count = 0
    while count < len(parts) - 1 and folded(parts[count]) in PREFIX_WORDS:
        count += 1
    return " ".join(parts[:count]), " ".join(parts[count:])


def _joined(prefix: str, body: str) -> str:
    """Put a prefix before a surname: "van der Molen", "d'Hondt"."""
    return f"{prefix}{body}" if prefix.endswith(("'", "\u2019")) else f"{prefix} {body}".strip()


_ABBREVIATED = {"van": "v", "von": "v", "de": "d", "der": "d", "den": "d", "het": "t", "t": "t", "'t": "t"}


def _with_prefix_forms(prefix: str, body: str) -> list[str]:
    """Return prefix and body in every spelling of the prefix, as registered first."""
    if not prefix:
        return [body]
    parts = prefix.split(" ")
    spelled = [_joined(prefix, body)]
    swapped = {"'t": "het", "het": "'t"}
    spelled.append(_joined(" ".join(swapped.get(folded(part), part) for part in parts), body))
    spelled += [_joined(each, body) for each in _abbreviations(prefix)]
    letters = "".join(tokens(prefix))
    spelled.append(f"{letters}{body}")
    if len(parts) > 1:
        spelled.append(f"{letters} {body}")
    return list(dict.fromkeys(spelled))


def _abbreviations(prefix: str) -> list[str]:
    """Return "v.d.", the half abbreviated ones and "vd." of "van der"."""
    parts = [folded(part) for part in prefix.split()]
    if not parts or len(parts) > 3 or any(part not in _ABBREVIATED for part in parts):
        return []
    choices = [(f"{_ABBREVIATED[part]}.", part) for part in parts]
    spelled = [" ".join(choice) for choice in product(*choices) if list(choice) != parts]
    if len(parts) > 1:
        spelled.append("".join(_ABBREVIATED[part] for part in parts) + ".")
    return [re.sub(r"\. (?=\w\.)", ".", each) for each in spelled]
