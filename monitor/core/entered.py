"""Take a name apart as somebody types it into one line. A guess, to be shown and confirmed; people files have columns instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.core.model import Name
from monitor.core.names import PREFIX_WORDS
from monitor.core.text import folded

_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+")


def split_name(text: str) -> Name | None:
    """Return the parts of "Sanne van der Molen" or "Molen, S.M. van der"; None where no first name and surname are found."""
    words = text.split()
    if words and _is_prefix(words[0]) and "," not in text:
        return None
    before, comma, behind = " ".join(words).partition(",")
    if comma:
        return _inverted(before.split(), behind.split())
    start = _surname_starts_at(words)
    prefix, surname = _cut_prefix(words[start:])
    return _name(words[:start], prefix, surname)


def _inverted(surname: list[str], rest: list[str]) -> Name | None:
    end = len(rest)
    while end > 1 and _is_prefix(rest[end - 1]):
        end -= 1
    prefix, body = _cut_prefix(surname)
    return _name(rest[:end], [*rest[end:], *prefix], body)


def _surname_starts_at(words: Sequence[str]) -> int:
    """Return where the surname begins: at a prefix, at a word such as "Jansen-de" that ends in one, else at the last word."""
    for place, word in enumerate(words[1:-1], start=1):
        if _is_prefix(word) or _is_prefix(word.rpartition("-")[2]):
            return place
    return max(1, len(words) - 1)


def _cut_prefix(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the prefix and the rest, of which at least one word stays."""
    count = 0
    while count < len(words) - 1 and _is_prefix(words[count]):
        count += 1
    return list(words[:count]), list(words[count:])


def _is_prefix(word: str) -> bool:
    return folded(word) in PREFIX_WORDS


def _name(first: Sequence[str], prefix: Sequence[str], surname: Sequence[str]) -> Name | None:
    if not first or not surname:
        return None
    initials = [word for word in first if _INITIALS.fullmatch(word)]
    given = tuple(word for word in first if word not in initials)
    return Name(surname=" ".join(surname), prefix=" ".join(prefix), given_names=given, initials="".join(initials))
