"""Write a name in short: with initials, as a handle, in an address, and a second time in the same text.

The functions are like those of `spelling`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

from benchmarks.naming.spelling import TITLES, Writer, joined, whole, without_accents
from monitor.core.model import Name

# ------------------------------------------------------------------------------------------------------------ initials


def _letters(name: Name) -> list[str]:
    return re.findall(r"\w+", name.initials) or [given[0] for given in name.given_names]


def _initials(shape: str, separator: str = "", *, count: int = 9, at_least: int = 1, point: str = ".") -> Writer:
    """*shape* holds {initials}, {surname}, {title} and {body}, {prefix}."""

    def write(name: Name, chance: Random) -> str | None:
        letters = _letters(name)[:count]
        found = whole(name, chance)
        if len(letters) < at_least or ("{prefix}" in shape and (not found.prefix or found.prefix.endswith("'"))):
            return None
        initials = separator.join(f"{each}{point}" for each in letters)
        title = chance.choice(TITLES)
        return shape.format(initials=initials, surname=found.surname, body=found.body, prefix=found.prefix, title=title)

    return write


def _of_call_name(name: Name, chance: Random) -> str | None:
    return f"{name.call_name[0]}. {whole(name, chance).surname}" if name.call_name else None


INITIALS: Mapping[str, Writer] = {
    "first_initial": _initials("{initials} {surname}", count=1),
    "first_initial_no_point": _initials("{initials} {surname}", count=1, point=""),
    "first_initial_tight": _initials("{initials}{surname}", count=1),
    "initials_points": _initials("{initials} {surname}", at_least=2),
    "initials_bare": _initials("{initials} {surname}", at_least=2, point=""),
    "initials_spaces": _initials("{initials} {surname}", " ", at_least=2),
    "initials_spaces_bare": _initials("{initials} {surname}", " ", at_least=2, point=""),
    "inverted_initials": _initials("{surname}, {initials}"),
    "inverted_initials_prefix_last": _initials("{body}, {initials} {prefix}"),
    "inverted_initials_bare": _initials("{surname}, {initials}", point=""),
    "title_initials": _initials("{title} {initials} {surname}"),
    "title_first_initial": _initials("{title} {initials} {surname}", count=1),
    "call_name_initial": _of_call_name,
    "initials_upper": _initials("{initials} {surname}"),
}


# -------------------------------------------------------------------------------------------- handles and addresses


def _words(name: Name, chance: Random, *, prefix: bool = True) -> list[str]:
    found = whole(name, chance)
    surname = found.surname if prefix else found.body
    return [re.sub(r"\W", "", word) for word in re.split(r"[\s-]+", without_accents(f"{found.first} {surname}"))]


_TOO_SHORT = 8
"""A bare word of fewer letters is no name to anybody."""


def _handle(
    shape: str, separator: str = "", *, prefix: bool = True, at_least: int = 6, letters: Callable[[str], str] = str.lower
) -> Writer:
    """*shape* holds {handle} and {number}."""

    def write(name: Name, chance: Random) -> str | None:
        if not prefix and not whole(name, chance).prefix:
            return None
        handle = separator.join(map(letters, _words(name, chance, prefix=prefix)))
        number = chance.randint(2, 2009)
        return shape.format(handle=handle, number=number) if len(handle) >= at_least else None

    return write


def _email_initial(name: Name, chance: Random) -> str:
    first, *rest = _words(name, chance)
    return f"{first[0]}.{''.join(rest)}@example.org".lower()


def _email_initial_joined(name: Name, chance: Random) -> str:
    first, *rest = _words(name, chance)
    return f"{first[0]}{''.join(rest)}@example.org".lower()


def _camel(word: str) -> str:
    return word[0].upper() + word[1:].lower()


HANDLES: Mapping[str, Writer] = {
    "at_joined": _handle("@{handle}"),
    "at_underscores": _handle("@{handle}", "_"),
    "at_underscore_no_prefix": _handle("@{handle}", "_", prefix=False),
    "at_points": _handle("@{handle}", "."),
    "bare_joined": _handle("{handle}", at_least=_TOO_SHORT),
    "bare_underscores": _handle("{handle}", "_", at_least=_TOO_SHORT),
    "at_digits": _handle("@{handle}{number}", at_least=_TOO_SHORT),
    "at_underscores_digits": _handle("@{handle}_{number}", "_", at_least=_TOO_SHORT),
    "hashtag_camel": _handle("#{handle}", letters=_camel),
    "hashtag_small": _handle("#{handle}"),
    "slug_in_text": _handle("https://example.org/nieuws/{handle}-vertelt-alles-{number}", "-"),
    "profile_in_text": _handle("www.example.org/in/{handle}-{number}a4", "-"),
    "profile_joined": _handle("https://example.org/{handle}", at_least=_TOO_SHORT),
    "email_points": _handle("{handle}@example.org", "."),
    "email_joined": _handle("{handle}@example.org", at_least=_TOO_SHORT),
    "email_initial": _email_initial,
    "email_initial_joined": _email_initial_joined,
}

IN_ADDRESS: Mapping[str, Writer] = {
    "address_slug": _handle("https://example.org/nieuws/{handle}-vertelt-alles-{number}", "-"),
    "address_profile": _handle("https://example.org/in/{handle}/", "-"),
    "address_joined": _handle("https://example.org/@{handle}", at_least=_TOO_SHORT),
    "address_underscores": _handle("https://example.org/foto/{handle}_{number}.jpg", "_"),
}
"""What stands in the address of the document itself."""


# ------------------------------------------------------------------------------------------------- a second time

LATER: Mapping[str, Writer] = {
    "later_title_surname": lambda name, chance: (
        f"{chance.choice(('mw.', 'mevrouw', 'meneer', 'dhr.'))} {whole(name, chance).surname}"
    ),
    "later_surname": lambda name, chance: whole(name, chance).surname,
    "later_surname_capital": lambda name, chance: _capital(whole(name, chance).surname),
    "later_initial": lambda name, chance: f"{whole(name, chance).first[0]}. {whole(name, chance).surname}",
}
"""What stands after the full name has stood in the same text."""

ALONE: Mapping[str, Writer] = {
    "title_surname": lambda name, chance: f"{chance.choice(('mw.', 'mevrouw', 'meneer', 'dhr.'))} {whole(name, chance).surname}",
    "suspect_initial": lambda name, chance: f"{whole(name, chance).first} {_last_initial(name)}.",
    "surname_alone": lambda name, chance: whole(name, chance).surname,
}
"""What says too little without a context: shown, no target."""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _last_initial(name: Name) -> str:
    return (joined("", name.partner_surname) if name.usage == "partner" else name.surname)[0]
