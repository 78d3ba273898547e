"""A slow and simple second opinion: one regular expression a person for the exact, natural spellings of a name.

It shares no code with what it judges, knows no words and reads no disguise. Whatever it finds must be found; it says nothing of
what else may be found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NOT_IN_A_WORD = r"(?<![a-z0-9])"
_NO_WORD_BEHIND = r"(?![a-z0-9])"
_FIRST_INITIAL = r"(?<![a-z0-9.'-])(?<![^a-z0-9][a-z]\.\s)"
"""Behind another initial it is a further one of somebody else."""
_SPACE = r"\s+"


@dataclass(frozen=True)
class Plain:
    """A person as the oracle knows them: first names that may stand alone, initials, prefix words and the rest of the surname."""

    number: int
    firsts: tuple[str, ...]
    initials: tuple[str, ...]
    prefix: tuple[str, ...]
    surname: str


def oracle(text: str, people: Sequence[Plain]) -> Iterator[tuple[int, int, int]]:
    """Return who is named where: number, start and end."""
    stripped, places = strip(text)
    for person in people:
        for found in re.finditer(_expression(person), stripped):
            yield person.number, places[found.start()], places[found.end() - 1] + 1


def strip(text: str) -> tuple[str, list[int]]:
    """Return *text* in small letters without marks, and where each letter comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).lower():
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _expression(person: Plain) -> str:
    firsts = "|".join(_SPACE.join(map(re.escape, first.lower().split())) for first in person.firsts)
    initials = "|".join(r"\s?".join(rf"{re.escape(letter)}\." for letter in letters) for letters in _heads_of(person.initials))
    surname = _SPACE.join(map(re.escape, person.surname.lower().split()))
    prefix, prefixed = _prefixes(person.prefix), f"{_prefixes(person.prefix)}{surname}"
    behind = rf"{_SPACE}{_SPACE.join(person.prefix)}" if person.prefix else ""
    return "|".join(
        (
            rf"{_NOT_IN_A_WORD}(?:{firsts}){_SPACE}{prefixed}{_NO_WORD_BEHIND}",
            rf"{_FIRST_INITIAL}(?:{initials})\s?{prefixed}{_NO_WORD_BEHIND}",
            rf"{_NOT_IN_A_WORD}{prefix}{surname}, (?:{firsts}){_NO_WORD_BEHIND}",
            rf"{_NOT_IN_A_WORD}{surname}, (?:{firsts}){behind}{_NO_WORD_BEHIND}",
        )
    )


def _heads_of(initials: Sequence[str]) -> list[str]:
    """Return all initials together, and the first alone; the longest first."""
    letters = "".join(initials).lower()
    return [letters, letters[0]] if len(letters) > 1 else [letters]


def _prefixes(prefix: Sequence[str]) -> str:
    if not prefix:
        return ""
    words = _SPACE.join(map(re.escape, prefix))
    if prefix != ("van", "der"):
        return rf"{words}{_SPACE}"
    return rf"(?:{words}{_SPACE}|v\.\s?d\.\s?|vd\.?{_SPACE}|v/d{_SPACE}|v\.\s?der{_SPACE}|van{_SPACE}d\.{_SPACE})"
