"""Tell how many people bear one spelling of a name: a proxy from word frequencies, by the rules of `rarity`. Pure.

Here is only which first name, prefix and surname a spelling says; what a share of the words means is in `rarity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.core.entered import parse_name
from monitor.core.lexicon import Lexicon
from monitor.core.model import Name
from monitor.core.names import Form, NameVariant
from monitor.core.rarity import expected_bearers
from monitor.core.text import tokens


def bearers_of(variant: NameVariant, name: Name, lexicon: Lexicon) -> float | None:
    """Return how many people *variant* of *name* probably fits; None for a handle and for an alias of one word."""
    match variant.form:
        case Form.HANDLE | Form.ALIAS_WORD:
            return None
        case Form.ALIAS:
            return _of_alias(variant.text, lexicon)
        case _:
            return _of_spelling(variant.text, name, lexicon)


def _of_alias(text: str, lexicon: Lexicon) -> float | None:
    alias = parse_name(text, lexicon).name
    if alias is None:
        return None
    first = " ".join(alias.given_names) or alias.initials
    partner = f"{alias.partner_surname}-" if alias.partner_surname else ""
    return expected_bearers(first, alias.partner_prefix or alias.prefix, f"{partner}{alias.surname}", lexicon)


def _of_spelling(text: str, name: Name, lexicon: Lexicon) -> float:
    """Read which of the registered parts stand in *text*: it was made of them."""
    words = list(tokens(text))
    bodies = [each for each in ((name.prefix, name.surname), (name.partner_prefix, name.partner_surname)) if each[1]]
    said = [(prefix, body) for prefix, body in bodies if "".join(tokens(body)) in "".join(words)]
    of_surname = {word for _, body in said for word in tokens(body)}
    prefix = next((prefix for prefix, _ in said if prefix and _has_prefix(words, prefix, of_surname)), "")
    surname = "-".join(body for _, body in said) or name.surname
    return expected_bearers(_first(words, name), prefix, surname, lexicon)


def _first(words: list[str], name: Name) -> str:
    """Return the first names that *words* say: names where they are there, and the initials after them."""
    firsts = [given for given in (*name.given_names, name.call_name) if given and set(tokens(given)) <= set(words)]
    if firsts:
        return " ".join(dict.fromkeys(firsts))
    return " ".join(_initials_in(words, name))


def _initials_in(words: list[str], name: Name) -> Iterator[str]:
    known = "".join(tokens(name.initials)) or "".join(given[:1].lower() for given in (*name.given_names, name.call_name))
    for word in words:
        if len(word) == 1 and word in known:
            yield f"{word}."
        elif 1 < len(word) <= len(known) and known.startswith(word):
            yield from (f"{letter}." for letter in word)


def _has_prefix(words: list[str], prefix: str, of_surname: set[str]) -> bool:
    """Tell whether *words* hold the prefix in any spelling: in full, abbreviated, or joined to what follows."""
    parts = tokens(prefix)
    joined = "".join(parts)
    short = "".join(part[0] for part in parts)
    return any(
        word in parts or word in (joined, short) or (word.startswith(joined) and word not in of_surname) or word == parts[0][0]
        for word in words
    )
