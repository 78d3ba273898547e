"""Count recall by class and group, and how often somebody else is named beside the right person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.naming.cases import KINDS, Case, Trial, make_cases
from benchmarks.naming.contenders import Contender
from benchmarks.naming.people import Invented, plain

_ONE_INITIAL = {"initials", "handles"}


@dataclass(slots=True)
class Count:
    """What was found of the cases of one class; `by` holds the recall of each contender."""

    cases: int = 0
    sure: int = 0
    named: int = 0
    wrong: int = 0
    wrong_namesake: int = 0
    by: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: list[Case] = field(default_factory=list)
    mistaken: list[tuple[Case, int]] = field(default_factory=list)

    def recall(self, found: int) -> float:
        return found / self.cases if self.cases else float("nan")

    def add(self, other: Count) -> None:
        self.cases += other.cases
        self.sure += other.sure
        self.named += other.named
        self.wrong += other.wrong
        self.wrong_namesake += other.wrong_namesake
        for who, found in other.by.items():
            self.by[who] += found


@dataclass(frozen=True, slots=True)
class Quality:
    """The counts by class. Misspellings whose outcome is a known name or word are a class of their own ("… (known)")."""

    kinds: Mapping[str, Count]

    def groups(self) -> dict[str, Count]:
        """Return the counts by group; of the known outcomes too."""
        groups: dict[str, Count] = {}
        for name, count in self.kinds.items():
            base, _, known = name.partition(" (")
            groups.setdefault(KINDS[base].group + (" (known)" if known else ""), Count()).add(count)
        return groups


def measure(
    people: Sequence[Invented],
    contenders: Mapping[str, Contender],
    trial: Trial,
    on_kind: Callable[[str], None] = lambda _: None,
) -> Quality:
    """Try every class."""
    by_id = {person.id: person for person in people}
    counts: dict[str, Count] = {}
    for kind in KINDS.values():
        on_kind(kind.name)
        for case in make_cases(kind, people, trial):
            name = f"{kind.name} (known)" if case.is_known else kind.name
            _judge(case, contenders, by_id, counts.setdefault(name, Count()))
    return Quality(counts)


def _judge(case: Case, contenders: Mapping[str, Contender], by_id: Mapping[int, Invented], count: Count) -> None:
    count.cases += 1
    for who, contender in contenders.items():
        named = [each for each in contender.named(case.document) if each.stands_at(case.field, case.start, case.end)]
        hers = [each for each in named if each.person_id == case.person.id]
        is_sure = any(each.is_sure for each in hers)
        count.by[who] += is_sure
        if who != "ours":
            continue
        count.sure += is_sure
        count.named += bool(hers)
        others = [each.person_id for each in named if each.is_sure and each.person_id != case.person.id]
        namesakes = [each for each in others if _could_be_meant(case, by_id[each])]
        count.wrong += len(others) > len(namesakes)
        count.wrong_namesake += bool(namesakes)
        if not is_sure:
            count.missed.append(case)
        count.mistaken += [(case, each) for each in others if each not in namesakes]


def _could_be_meant(case: Case, other: Invented) -> bool:
    """Tell whether the text may mean the other one as well: what is left of the name is hers too.

    A surname of both, and, where the class leaves an initial, an initial of both; in other classes a whole first name.
    """
    mine, hers = _bodies(case.person), _bodies(other)
    if not mine & hers:
        return False
    firsts, others = _firsts(case.person), _firsts(other)
    kind = KINDS[case.kind]
    if kind.group in _ONE_INITIAL or kind.name in ("later_initial", "suspect_initial"):
        return bool({each[0] for each in firsts} & {each[0] for each in others})
    if kind.group in ("second time", "says too little"):
        return True
    return bool(firsts & others)


def _bodies(person: Invented) -> set[str]:
    return {plain(each) for each in (person.name.surname, person.name.partner_surname) if each}


def _firsts(person: Invented) -> set[str]:
    return {plain(each) for each in (person.name.call_name, *person.name.given_names) if each}
