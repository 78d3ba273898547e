"""What a language of the page is made of, and how it says a code, a count, a moment or a stretch of time. No words here.

Codes have a table per kind, because one code means different things in two kinds: `notice` is a severity and a kind of
message. A code without a word is a bug, and fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

_UNITS: Final = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`texts` by key, `nouns` in singular and plural (`{0}` is the count), `codes` per kind."""

    code: str
    texts: Mapping[str, str]
    nouns: Mapping[str, tuple[str, str]]
    codes: Mapping[type[Enum], Mapping[Enum, str]]
    thousands: str

    def word(self, kind: type[Enum], code: object) -> str:
        """Return the word for a code of that kind."""
        return self.codes[kind][kind(code)]

    def number(self, count: int) -> str:
        """Return a number as people write it."""
        return f"{count:,}".replace(",", self.thousands)

    def counted(self, count: int, noun: str) -> str:
        """Return a number with its noun, singular or plural."""
        one, many = self.nouns[noun]
        return (one if count == 1 else many).format(self.number(count))

    def moment(self, at: datetime | None, zone: ZoneInfo) -> str:
        """Return day and time on the clock of the organisation, or the word for never."""
        return self.texts["never"] if at is None else f"{at.astimezone(zone):%d-%m-%Y %H:%M}"

    def stretch(self, length: timedelta) -> str:
        """Return a stretch of time in its largest whole unit, such as "15 minutes"."""
        seconds = max(1, int(length.total_seconds()))
        noun, size = next((noun, size) for noun, size in _UNITS if seconds % size == 0)
        return self.counted(seconds // size, noun)
