"""Find what is registered as a whole: aliases and handles. Names that are read part by part are in `grammar`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.core.matching import gaps
from monitor.core.matching.claims import Claim, Mark
from monitor.core.matching.reading import Reading
from monitor.core.model import Field, Name
from monitor.core.names import Form, variants
from monitor.core.text import tokens

_BARE_HANDLE_AT_LEAST = 6
_WORDS_AT_MOST = 16
_FORMS = frozenset({Form.ALIAS, Form.ALIAS_WORD, Form.HANDLE})
_IN_ADDRESS = frozenset({"-", "_", "+", " ", ".", "--"})


@dataclass(frozen=True, slots=True)
class Alias:
    """A registered alias or handle of one person, as folded words."""

    person_id: int
    words: tuple[str, ...]
    form: Form
    is_capital: bool
    is_distinctive: bool


class Aliases:
    """All aliases and handles of a watchlist, by their first word."""

    __slots__ = ("by_first_word",)

    def __init__(self, people: Iterable[tuple[int, Name]]) -> None:
        self.by_first_word: dict[str, list[Alias]] = {}
        for person_id, name in people:
            if not (name.aliases or name.handles):
                continue
            for variant in variants(name):
                words = tokens(variant.text)
                if variant.form in _FORMS and variant.is_on and len(words) <= _WORDS_AT_MOST:
                    is_plain = len(words) == 1 and words[0].isalpha()
                    is_capital = variant.form is Form.ALIAS_WORD and variant.text[:1].isupper()
                    alias = Alias(person_id, words, variant.form, is_capital, is_distinctive=not is_plain)
                    self.by_first_word.setdefault(words[0], []).append(alias)

    def read(self, reading: Reading, position: int) -> Iterator[Claim]:
        """Return whose alias or handle begins with the word at *position*."""
        for alias in self.by_first_word.get(reading.words[position], ()):
            end = position + len(alias.words)
            if tuple(reading.words[position:end]) == alias.words and _stands_there(reading, position, end, alias):
                marks = frozenset({Mark.IN_ADDRESS}) if reading.field is Field.URL else frozenset[Mark]()
                yield Claim(alias.person_id, reading, position, end, alias.form, marks)


def _stands_there(reading: Reading, start: int, end: int, alias: Alias) -> bool:
    between = [reading.gap(place) for place in range(start + 1, end)]
    if alias.form is Form.HANDLE:
        return all(gap in gaps.COMPACT for gap in between) and _is_handle(reading, start, end, alias)
    if reading.field is Field.URL:
        return alias.form is Form.ALIAS and all(gap in _IN_ADDRESS for gap in between)
    return all(gap in gaps.PREFIX for gap in between) and (reading.is_capital(start) or not alias.is_capital)


def _is_handle(reading: Reading, start: int, end: int, alias: Alias) -> bool:
    """A handle stands behind an @, or in an address as a whole part; a distinctive one ("sanne_m1") stands for itself."""
    before, behind = reading.gap(start), reading.gap(end)
    is_last = end == len(reading.words)
    if behind[:1] in ("_", "-", "@") and not is_last and behind != "@":
        return False
    if behind == "." and not is_last:
        return False
    if before.endswith("@"):
        # "info@sanne.example" has the handle of nobody; "@sanne@social.example" does.
        return before != "@" or start == 0 or reading.field is Field.URL
    if reading.field is Field.URL:
        is_part = before.endswith("/") and (is_last or behind.startswith("/"))
        return is_part and (alias.is_distinctive or len(reading.words[start]) >= _BARE_HANDLE_AT_LEAST)
    if before == "/" and start > 1:
        return reading.gap(start - 1) == "."
    return alias.is_distinctive and before not in ("_", "-", ".", "/")
