"""Speed, alternating with the bare pass over the same variants and text, in CPU seconds of one process; and bad documents."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from benchmarks.naming.contenders import Automaton, make_matcher
from benchmarks.naming.people import Invented, watchlist
from benchmarks.naming.spelling import joined
from benchmarks.naming.texts import MEGABYTE
from monitor.core.matching import SPANS_AT_MOST, Matcher
from monitor.core.model import Document, Registration
from monitor.core.text import folded

_PATIENCE = 8.0
"""A document that takes so many seconds is not tried at more megabytes."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that *work* takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


@dataclass(frozen=True, slots=True)
class Speed:
    """Megabytes a CPU second, times and sizes."""

    ours: float
    bare: float
    bare_with_folding: float
    patterns: int
    build: float
    edit: float
    median: float
    slowest: float


def measure_speed(people: Sequence[Invented], texts: Sequence[str], rounds: int) -> Speed:
    """Match *texts* in turn with both; the best of all rounds counts."""
    registered = watchlist(people)
    started = time.process_time()
    matcher = make_matcher(registered)
    build = time.process_time() - started
    bare = Automaton(registered)
    documents = [Document(text=text) for text in texts]
    as_folded = [folded(text) for text in texts]
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / MEGABYTE
    best = [float("inf")] * 3
    for _ in range(rounds):
        times = (
            cpu_seconds(lambda: [matcher.match(document) for document in documents]),
            cpu_seconds(lambda: [bare.count(text) for text in as_folded]),
            cpu_seconds(lambda: [bare.count(folded(text)) for text in texts]),
        )
        best = [min(pair) for pair in zip(best, times, strict=True)]
    each = sorted(cpu_seconds(partial(matcher.match, document)) for document in documents)
    return Speed(
        ours=megabytes / best[0],
        bare=megabytes / best[1],
        bare_with_folding=megabytes / best[2],
        patterns=len(bare),
        build=build,
        edit=_edit_seconds(registered),
        median=each[len(each) // 2],
        slowest=each[len(each) * 99 // 100],
    )


def _edit_seconds(registered: Sequence[tuple[int, Registration]]) -> float:
    """Return what it takes to change the name of one person."""
    people = list(registered)
    number, first = people[len(people) // 2]
    people[len(people) // 2] = (number, replace(first, name=replace(first.name, partner_surname="Zwalmerinkhof")))
    return min(cpu_seconds(lambda: make_matcher(people)) for _ in range(3))


# ---------------------------------------------------------------------------------------------------- bad documents


def bad_documents(person: Invented) -> dict[str, str]:
    """Return what is repeated to make each bad document. *person* is registered."""
    name = person.name
    called = f"{name.given_names[0]} {joined(name.prefix, name.surname)}"
    return {
        "stars": "*",
        "a a a": "a ",
        "combining marks": "e\u0301\u0308\u0323\u0336",
        "one name again and again": f"{called} ",
        "one name without a space": called.replace(" ", ""),
        "one endless word": "x",
        "one endless word with accents": "\u00e9",
        "@@@": "@",
        "digits between letters": "4a",
        "words with digits": "s4nn3 ",
        "stars in words": "S*n*e V**s ",
        "zero width": "\u200b",
        "zero width in a name": "\u200b".join(called) + " ",
        "van van van": "van ",
        "initials": "A. B. C. ",
        "initials in a row": "A.B.C.D.",
        "unknown capitalised words": "",
        "surnames in a row": f"{name.surname}, ",
        "first names in a row": f"{name.given_names[0]} ",
        "a name spaced": " ".join(called) + "   ",
        "a name dotted": ".".join(called.replace(" ", "")) + ". ",
        "commas": f"{name.surname}, {name.given_names[0][0]}., ",
        "hyphens": "a-",
        "hyphens at line ends": "mo-\n",
        "addresses": "https://example.org/a-b-c/d_e?f=g&h ",
        "Cyrillic": "\u0430\u0435\u043e\u0440\u0441 ",
        "mathematical letters": "\U0001d400\U0001d41a ",
        "surrogates": "\ud800",
        "quotes": "'",
        "points": ". ",
        "capitals": "AAA BBB ",
    }


@dataclass(frozen=True, slots=True)
class Bad:
    """One bad document: the time of its first reading over that of ordinary text; the times of 2 and 4 MB over that of 1 MB."""

    name: str
    ratio: float
    twice: float
    four_times: float
    spans: int

    @property
    def is_linear(self) -> bool:
        """Tell whether four times the size takes four times the time, with a little room; what took too long to try does not."""
        is_over_at_once = self.ratio < 0.05  # then chance and the processor's memory are all that is measured
        return is_over_at_once or self.four_times <= 5.0

    @property
    def is_capped(self) -> bool:
        """Tell whether no person has more spans than is promised."""
        return self.spans <= SPANS_AT_MOST


def _grown(unit: str, size: int) -> str:
    if not unit:  # words that are all different
        made: list[str] = []
        length = number = 0
        while length < size:
            number += 1
            made.append(f"Q{_letters(number)}")
            length += len(made[-1]) + 1
        return " ".join(made)
    return unit * (size // len(unit.encode("utf-8", "surrogatepass")) + 1)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number, 20)
        letters += "abcdefghijklmnoprstu"[place]
    return letters


def measure_bad(
    matcher: Matcher,
    person: Invented,
    texts: Iterable[str],
    *,
    size: int = MEGABYTE,
    on_each: Callable[[str], None] = lambda _: None,
) -> list[Bad]:
    """Match each bad document at one, two and four times *size*; the best of three counts where it is quick."""
    ordinary = " ".join(texts).encode("utf-8", "replace")[:size].decode("utf-8", "ignore")
    usual = _timed(matcher, ordinary)[1]
    measured: list[Bad] = []
    for name, unit in bad_documents(person).items():
        on_each(name)
        first, best, spans = _timed(matcher, _grown(unit, size))
        is_long = first > 0.05  # long enough to compare first readings, in which nothing is remembered yet
        one = first if is_long else best
        two = _timed(matcher, _grown(unit, 2 * size))[0 if is_long else 1] if one < _PATIENCE else float("nan")
        four = _timed(matcher, _grown(unit, 4 * size))[0 if is_long else 1] if two < _PATIENCE else float("nan")
        measured.append(Bad(name, first / usual, two / one, four / one, spans))
    return measured


def _timed(matcher: Matcher, text: str) -> tuple[float, float, int]:
    """Return the first time, the best of several (what was seen is remembered), and the most spans that one person has."""
    document = Document(text=text)
    started = time.process_time()
    matches = matcher.match(document)
    first = time.process_time() - started
    tries = 5 if first < 0.2 else 1 if first < _PATIENCE else 0
    best = min([first, *(cpu_seconds(lambda: matcher.match(document)) for _ in range(tries))])
    return first, best, max((len(match.spans) for match in matches), default=0)
