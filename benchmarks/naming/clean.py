"""What is found in real text in which nobody was put: homonyms of the invented people, and errors.

Which is which only a reader can tell: a random sample is written to a file. Where the text has labels, the share that stands
on no labelled person is counted too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.naming.people import Invented
from benchmarks.naming.spelling import joined
from benchmarks.naming.texts import MEGABYTE, Text
from monitor.core.matching import Matcher
from monitor.core.model import Document, Field, NameGrade

_BESIDE = 90


@dataclass(frozen=True, slots=True)
class Found:
    """One span of a match whose name is clear or likely."""

    text: Text
    person: Invented
    start: int
    end: int
    form: str
    grade: str
    band: str

    @property
    def is_person(self) -> bool | None:
        """Tell whether it stands on a labelled person; None where there are no labels."""
        if self.text.persons is None:
            return None
        return any(start < self.end and self.start < end for start, end in self.text.persons)

    def __str__(self) -> str:
        text = self.text.text
        before, behind = text[max(0, self.start - _BESIDE) : self.start], text[self.end : self.end + _BESIDE]
        shown = f"{before}\u00ab{text[self.start : self.end]}\u00bb{behind}".replace("\n", "\u23ce").replace("\r", "")
        name = self.person.name
        firsts = "/".join((*name.given_names, *([name.call_name] if name.call_name else [])))
        partner = joined(name.partner_prefix, name.partner_surname)
        called = f"{firsts} {joined(name.prefix, name.surname)}{' + ' + partner if partner else ''}"
        return f"[{self.grade} {self.band} {self.form}] {called} | {self.text.id}\n    {shown}"


@dataclass(frozen=True, slots=True)
class Clean:
    """All that was found, and in how many megabytes (twice the text where two watchlists were tried)."""

    found: tuple[Found, ...]
    megabytes: float

    def with_other(self, other: Clean) -> Clean:
        """Return both together: the same text, matched with another watchlist."""
        return Clean((*self.found, *other.found), self.megabytes + other.megabytes)

    def by_form(self) -> Mapping[tuple[str, str], int]:
        """Return how many there are of each grade and form, the most first."""
        return dict(Counter((each.grade, each.form) for each in self.found).most_common())

    @property
    def raised(self) -> int:
        """Return how many are of a band that is shown."""
        return sum(each.band != "unlikely" for each in self.found)

    def off_persons(self) -> tuple[int, int]:
        """Return how many stand in labelled text, and how many of those on nobody."""
        labelled = [each.is_person for each in self.found if each.is_person is not None]
        return len(labelled), labelled.count(False)


def look(matcher: Matcher, people: Sequence[Invented], texts: Iterable[Text]) -> Clean:
    """Match all texts."""
    by_id = {person.id: person for person in people}
    found: list[Found] = []
    size = 0
    for text in texts:
        size += text.size
        for match in matcher.match(Document(text=text.text)):
            if match.name is NameGrade.WEAK:
                continue
            found += [
                Found(text, by_id[match.person_id], span.start, span.end, span.form, match.name.value, match.band.value)
                for span in match.spans
                if span.field is Field.TEXT
            ]
    return Clean(tuple(found), size / MEGABYTE)


def write_sample(found: Sequence[Found], file: Path, seed: int, count: int = 100) -> int:
    """Write a random sample for a reader: its share of errors is that of all. Return how many."""
    sample = Random(f"sample {seed}").sample(found, min(count, len(found)))
    lines = (f"{number}. {each}" for number, each in enumerate(sample, 1))
    file.write_text(f"{len(found)} spans, {len(sample)} of them at random\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return len(sample)
