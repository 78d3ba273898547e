"""Make the cases: a document for every perturbed name, its person and its place, by class and group. Seeded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from random import Random

from benchmarks.naming.evasion import EVASION, EXTREME, Disguise
from benchmarks.naming.misspelling import MISSPELLINGS, VARIANTS, Misspell
from benchmarks.naming.people import Invented, plain
from benchmarks.naming.sentences import around
from benchmarks.naming.short import ALONE, HANDLES, IN_ADDRESS, INITIALS, LATER
from benchmarks.naming.spelling import NATURAL, Writer, whole
from monitor.core.model import Document, Field, Name

_TRIES = 200
"""A class that fits one name in so many still gets all its cases."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one class makes of a name: what stands in the text, the word that is misspelled, and the full name before it."""

    text: str
    misspelled: str = ""
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of perturbations. `target`: the recall to reach, None where it is only shown."""

    name: str
    group: str
    write: Callable[[Name, Random], Written | None]
    target: float | None = None
    field: Field = Field.TEXT


@dataclass(frozen=True, slots=True)
class Case:
    """One perturbed name in a document: whose it is, and where it stands."""

    kind: str
    person: Invented
    document: Document
    field: Field
    start: int
    end: int
    is_known: bool = False

    @property
    def surface(self) -> str:
        return self.document.of(self.field)[self.start : self.end]


def _plainly(write: Writer, name: Name, chance: Random) -> Written | None:
    text = write(name, chance)
    return Written(text) if text else None


def _later(write: Writer, name: Name, chance: Random) -> Written | None:
    text = write(name, chance)
    return Written(text, earlier=str(whole(name, chance))) if text else None


def _disguised(disguise: Disguise, name: Name, chance: Random) -> Written | None:
    original = str(whole(name, chance))
    text = disguise(original, chance)
    return Written(text) if text and text != original else None


def _misspelled(misspell: Misspell, name: Name, chance: Random) -> Written | None:
    found = misspell(whole(name, chance), chance)
    return Written(found.text, misspelled=found.word) if found else None


def _kinds(
    group: str,
    wrap: Callable[..., Written | None],
    table: Mapping[str, Callable[..., object]],
    target: float | None = None,
    field: Field = Field.TEXT,
) -> list[Kind]:
    return [Kind(name, group, partial(wrap, write), target, field) for name, write in table.items()]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in chain(
        _kinds("natural", _plainly, NATURAL, 0.999),
        _kinds("initials", _plainly, INITIALS, 0.999),
        _kinds("handles", _plainly, HANDLES, 0.995),
        _kinds("handles", _plainly, IN_ADDRESS, 0.995, Field.URL),
        _kinds("evasion", _disguised, EVASION, 0.99),
        _kinds("one edit", _misspelled, MISSPELLINGS, 0.98),
        _kinds("spelling variants", _misspelled, VARIANTS),
        _kinds("second time", _later, LATER),
        _kinds("hard to read", _disguised, EXTREME),
        _kinds("says too little", _plainly, ALONE),
    )
}
"""All classes. Of the last four groups the issue asks no figure."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How the cases of all classes are made: among which sentences, how many, and which misspellings count as known words."""

    sentences: tuple[str, ...]
    count: int
    seed: int
    is_known_word: Callable[[str], bool]


def make_cases(kind: Kind, people: Sequence[Invented], trial: Trial) -> list[Case]:
    """Return the cases of one class (fewer than asked where it fits too few names), of people in random order."""
    chance = Random(f"cases {trial.seed} {kind.name}")
    cases: list[Case] = []
    order: list[Invented] = []
    for _ in range(trial.count * _TRIES):
        if len(cases) == trial.count:
            break
        if not order:
            order = list(people)
            chance.shuffle(order)
        person = order.pop()
        written = kind.write(person.name, chance)
        if written:
            cases.append(_case(kind, person, written, trial, chance))
    return cases


def _case(kind: Kind, person: Invented, written: Written, trial: Trial, chance: Random) -> Case:
    if kind.field is Field.URL:
        text = f"{chance.choice(trial.sentences)} {chance.choice(trial.sentences)}"
        document, start, end = Document(text=text, url=written.text), 0, len(written.text)
    elif written.earlier:
        text, start, end = around(chance, trial.sentences, written.earlier, later=written.text)
        document = Document(text=text)
    else:
        text, start, end = around(chance, trial.sentences, written.text)
        document = Document(text=text)
    is_known = bool(written.misspelled) and trial.is_known_word(plain(written.misspelled))
    return Case(kind.name, person, document, kind.field, start, end, is_known)
