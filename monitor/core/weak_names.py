"""Tell which names are weak: found where nobody is meant, or borne by colleagues as well. Pure; advice is words, at the edge.

How many people bear a spelling is in `commonness`, how sure a Match is in `matching`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from monitor.core.lexicon import Lexicon
from monitor.core.model import EMPTY as NO_PARAMS
from monitor.core.model import Name, Param, Registration
from monitor.core.names import display_name
from monitor.core.text import tokens

SHORT: Final = 3
"""A surname of so few letters stands in many texts."""

WEAKNESSES: Final[Mapping[str, tuple[str, ...]]] = {
    "surname_is_word": ("surname",),
    "surname_is_given_name": ("surname",),
    "surname_is_short": ("surname", "letters"),
    "surname_only": (),
    "initials_only": (),
    "alias_is_word": ("alias",),
    "shared_name": ("people",),
}
"""Why a name may be weak: the codes, each with its parameters."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """One thing that makes a name weak."""

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: NO_PARAMS)


@dataclass(frozen=True, slots=True)
class SharedName:
    """Colleagues with one and the same name, by their external_id, in the order of their file."""

    external_ids: tuple[str, ...]


def weaknesses(name: Name, lexicon: Lexicon) -> tuple[Weakness, ...]:
    """Return what makes *name* weak by itself, the registered surname first."""
    found = [weakness for surname in (name.surname, name.partner_surname) for weakness in _of_surname(surname, lexicon)]
    if not (name.given_names or name.call_name):
        has_else = bool(name.aliases or name.handles)
        if name.initials:
            found.append(Weakness("initials_only"))
        elif not has_else:
            found.append(Weakness("surname_only"))
    found += [Weakness("alias_is_word", {"alias": alias}) for alias in refused_aliases(name.aliases, lexicon)]
    return tuple(found)


def _of_surname(surname: str, lexicon: Lexicon) -> Iterable[Weakness]:
    words = tokens(surname)
    if not words:
        return
    letters = sum(map(len, words))
    if letters <= SHORT:
        yield Weakness("surname_is_short", {"surname": surname, "letters": letters})
    if len(words) > 1:  # each word alone says nothing about both together
        return
    if lexicon.is_given_name(words[0]):
        yield Weakness("surname_is_given_name", {"surname": surname})
    elif lexicon.is_common(words[0]):
        yield Weakness("surname_is_word", {"surname": surname})


def refused_aliases(aliases: Iterable[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the aliases that are one common word: they would be found in every text, so they may not be registered."""
    return tuple(alias for alias in aliases if len(words := tokens(alias)) == 1 and lexicon.is_common(words[0]))


def shared_names(registrations: Iterable[Registration]) -> tuple[SharedName, ...]:
    """Return the groups of people who go by one and the same first name and surname, each once, in the order of the file."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for registration in registrations:
        for spelled in _gone_by(registration.name):
            bearers[spelled].append(registration.external_id)
    groups = (tuple(dict.fromkeys(ids)) for ids in bearers.values())
    return tuple(SharedName(ids) for ids in dict.fromkeys(groups) if len(ids) > 1)


def _gone_by(name: Name) -> frozenset[str]:
    """Return the letters of what somebody is called by: call name or first given name, and the surname in use."""
    formal = replace(name, call_name="") if name.given_names else name
    return frozenset("".join(tokens(display_name(each))) for each in (name, formal))
