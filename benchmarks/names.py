"""How well and how fast names are found, beside two baselines, in one run: `make bench-names`.

NAAMWACHT_CORPUS (the shared sample) and NAAMWACHT_TEXT (a folder of *.jsonl) give real text; without them invented sentences
stand in, and what needs real text is left out. What is tried and how it is counted is in `benchmarks.naming`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks.naming.cases import KINDS, Trial
from benchmarks.naming.clean import look, write_sample
from benchmarks.naming.contenders import Automaton, Contender, Literal, Ours, make_matcher
from benchmarks.naming.many import measure_many
from benchmarks.naming.newspapers import measure_newspapers
from benchmarks.naming.people import Invented, invent, listed_names, watchlist
from benchmarks.naming.quality import Count, measure
from benchmarks.naming.sentences import clean_sentences, plain_texts
from benchmarks.naming.speed import measure_bad, measure_speed
from benchmarks.naming.table import Figure, print_figures, print_table
from benchmarks.naming.texts import MEGABYTE, Texts, read_texts
from monitor.core.matching import Matcher
from monitor.words import load_lexicon

_WATCHLISTS = 4
"""So many watchlists are tried on real text: one finds too few names for a sample."""


@dataclass
class Bench:
    """One run: its options and what several parts need."""

    seed: int
    count: int
    is_quick: bool
    cases: int
    sample: Path | None
    texts: Texts = field(default_factory=lambda: read_texts(os.environ))

    @cached_property
    def people(self) -> list[Invented]:
        return invent(self.count, self.seed)

    @cached_property
    def matcher(self) -> Matcher:
        return make_matcher(watchlist(self.people))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return clean_sentences(text.text for text in self.texts.sample(12, self.seed))

    def documents(self, megabytes: float) -> list[str]:
        return [text.text for text in self.texts.sample(megabytes, self.seed)] or plain_texts(megabytes, self.seed)


def is_known_word(word: str) -> bool:
    """Tell whether a misspelling is a name or a common word itself, and cannot be told from it."""
    lexicon = load_lexicon()
    return word in listed_names() or lexicon.is_common(word) or lexicon.is_given_name(word) or lexicon.is_surname(word)


def working(what: str) -> None:
    """Say what is under way, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------------------ the parts


def quality(bench: Bench) -> None:
    people = bench.people
    contenders: Mapping[str, Contender] = {
        "ours": Ours(bench.matcher),
        "literal": Literal(people),
        "automaton": Automaton(watchlist(people)),
    }
    measured = measure(people, contenders, Trial(bench.sentences, bench.cases, bench.seed, is_known_word), on_kind=working)
    heads = ("class", "cases", "sure", "any", "literal", "automaton", "others", "namesakes", "to reach")
    rows = [_row(name, count, KINDS[name.partition(" (")[0]].target) for name, count in measured.kinds.items()]
    print_table(f"Recall by class, {len(people):,} people, seed {bench.seed}", heads, rows)
    groups = measured.groups()
    targets = {kind.group: kind.target for kind in KINDS.values()}
    print_table("Recall by group", heads, [_row(name, count, targets.get(name)) for name, count in groups.items()])
    asked = {group: groups[group] for group, target in targets.items() if target is not None and group in groups}
    mentions, wrong = sum(each.cases for each in asked.values()), sum(each.wrong for each in asked.values())
    namesakes = sum(each.wrong_namesake for each in asked.values())
    figures = [Figure(f"recall, {group}", count.recall(count.sure), targets[group]) for group, count in asked.items()]
    figures += [
        Figure("another person named beside the right one", wrong / mentions, 0.002, at_least=False, note="share of mentions"),
        Figure("a namesake of what is written named beside", namesakes / mentions, note="the text names both"),
    ]
    print_figures("Quality", figures)
    if bench.sample:
        _write_misses(measured.kinds, bench.sample.with_suffix(".misses.txt"))


def _row(name: str, count: Count, target: float | None) -> tuple[str, ...]:
    shares = (count.sure, count.named, count.by["literal"], count.by["automaton"], count.wrong, count.wrong_namesake)
    verdict = "" if target is None else f"{target:g} {'met' if count.recall(count.sure) >= target else 'NOT MET'}"
    is_alone = "(known)" in name
    return (name, str(count.cases), *(f"{count.recall(share):.4f}" for share in shares), "" if is_alone else verdict)


def _write_misses(kinds: Mapping[str, Count], file: Path) -> None:
    """Write what was not found and who was found instead, for a reader."""
    lines: list[str] = []
    for name, count in kinds.items():
        lines += [
            f"{name}\tmissed\t{case.person.name}\t{case.document.text or case.document.url!r}" for case in count.missed[:40]
        ]
        lines += [f"{name}\tmistaken for {other}\t{case.person.name}\t{case.surface!r}" for case, other in count.mistaken[:20]]
    file.write_text("\n".join(line.replace("\n", "\u23ce") for line in lines) + "\n", encoding="utf-8", errors="replace")


def clean(bench: Bench) -> None:
    if not bench.texts.texts:
        print("\nReal text: none, as NAAMWACHT_CORPUS and NAAMWACHT_TEXT are not set")
        return
    texts = bench.texts.sample(2, bench.seed) if bench.is_quick else bench.texts.texts
    found = look(bench.matcher, bench.people, texts)
    for seed in range(bench.seed + 1, bench.seed + (1 if bench.is_quick else _WATCHLISTS)):
        people = invent(bench.count, seed)
        found = found.with_other(look(make_matcher(watchlist(people)), people, texts))
    rows = [(f"{grade} {form}", str(many), f"{many / found.megabytes:.2f}") for (grade, form), many in found.by_form().items()]
    print_table(
        f"Names found in {found.megabytes:.1f} MB of real text, nobody put in", ("name and form", "spans", "per MB"), rows
    )
    labelled, nobody = found.off_persons()
    figures = [
        Figure("clear or likely, a MB", len(found.found) / found.megabytes, pattern="{:.2f}", note="homonyms and errors"),
        Figure("of these not unlikely", found.raised / found.megabytes, pattern="{:.2f}"),
        Figure("errors a MB", float("nan"), 0.1, at_least=False, pattern="{:.2f}", note="to be counted by hand: --sample FILE"),
    ]
    if labelled:
        figures.append(
            Figure("in labelled text, on no person", nobody / labelled, pattern="{:.3f}", note=f"{nobody} of {labelled}")
        )
    print_figures("Real text", figures)
    if bench.sample:
        print(f"{write_sample(found.found, bench.sample, bench.seed)} of them, at random, are in {bench.sample}")


def newspapers(bench: Bench) -> None:
    corpus = os.environ.get("NAAMWACHT_CORPUS")
    found = measure_newspapers(Path(corpus), bench.texts.texts) if corpus else None
    if found is None:
        print("\nNewspapers: none, as NAAMWACHT_CORPUS is not set")
        return
    print_figures(
        "Newspapers read by machine (europeana-nl), all labelled people registered",
        [
            Figure("full names named", found.full_named / found.full, 0.97, note=f"{found.full_named} of {found.full}"),
            Figure("full names raised", found.full_raised / found.full, note="and not unlikely"),
            Figure("others raised", found.others_raised / found.others, 0.01, at_least=False, note="namesakes, no persons"),
            Figure("others named", found.others_named / found.others, note=f"{found.others_named} of {found.others}"),
            *(Figure(f"{kind} raised", many / of, note=f"{many} of {of}") for kind, (of, many) in found.by_kind.items() if of),
        ],
    )


def speed(bench: Bench) -> None:
    measured = measure_speed(bench.people, bench.documents(0.5 if bench.is_quick else 4), 2 if bench.is_quick else 5)
    note = f"{measured.patterns:,} patterns"
    print_figures(
        f"Speed, {bench.count:,} people, CPU seconds of one process, MB of 10^6 bytes",
        [
            Figure("ours to the bare pass", measured.ours / measured.bare, 0.2, pattern="{:.3f}"),
            Figure("ours, MB/s", measured.ours, pattern="{:.2f}"),
            Figure("bare ahocorasick-rs pass on folded text, MB/s", measured.bare, pattern="{:.2f}", note=note),
            Figure("the same with folding, MB/s", measured.bare_with_folding, pattern="{:.2f}"),
            Figure("a document of 2 kB, median, ms", measured.median * 1000, pattern="{:.3f}"),
            Figure("a document of 2 kB, 99 of 100, ms", measured.slowest * 1000, pattern="{:.3f}"),
            Figure("build, s", measured.build, pattern="{:.2f}"),
            Figure("edit of one person, s", measured.edit, 1.0, at_least=False, pattern="{:.2f}"),
        ],
    )


def many(bench: Bench) -> None:
    found = measure_many(min(bench.count, 10_000) if bench.is_quick else 100_000, bench.seed, 0.5 if bench.is_quick else 4)
    goals = (None, None, None) if bench.is_quick else (500.0, 15.0, 2.4)
    print_figures(
        f"{found.people:,} people, a process of its own",
        [
            Figure("resident for the matcher, MB", found.resident, goals[0], at_least=False, pattern="{:.0f}"),
            Figure("the whole process at its peak, MB", found.peak, pattern="{:.0f}"),
            Figure("build, s", found.build, goals[1], at_least=False, pattern="{:.1f}"),
            Figure("speed, MB/s", found.speed, goals[2], pattern="{:.2f}"),
        ],
    )


def bad(bench: Bench) -> None:
    size = MEGABYTE // 50 if bench.is_quick else MEGABYTE
    found = measure_bad(bench.matcher, bench.people[0], bench.documents(1.5), size=size, on_each=working)
    rows = [(each.name, f"{each.ratio:.2f}", f"{each.twice:.2f}", f"{each.four_times:.2f}", str(each.spans)) for each in found]
    heads = ("document", "to ordinary text", "2 x the size", "4 x the size", "spans of one person")
    print_table(f"Bad documents of {size / MEGABYTE:g} MB: time to that of ordinary text, and how it grows", heads, rows)
    print_figures(
        "Bad documents",
        [
            Figure("slowest to ordinary text", max(each.ratio for each in found), 5.0, at_least=False, pattern="{:.2f}"),
            Figure(
                "documents that grow faster than their size",
                sum(not each.is_linear for each in found),
                0,
                at_least=False,
                pattern="{:.0f}",
            ),
            Figure(
                "documents with too many spans", sum(not each.is_capped for each in found), 0, at_least=False, pattern="{:.0f}"
            ),
        ],
    )


PARTS: Mapping[str, Callable[[Bench], None]] = {
    "quality": quality, "clean": clean, "newspapers": newspapers, "speed": speed, "many": many, "bad": bad,
}  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few cases and little text: shows that all of it works")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=10_000, metavar="N")
    parser.add_argument("--cases", type=int, default=0, metavar="N", help="cases a class (1,000; 20 with --quick)")
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given several times")
    parser.add_argument("--sample", type=Path, metavar="FILE", help="write names found in real text there, 100 at random")
    chosen = parser.parse_args(arguments)
    cases = chosen.cases or (20 if chosen.quick else 1000)
    bench = Bench(chosen.seed, chosen.people, chosen.quick, cases, chosen.sample)
    origins = ", ".join(bench.texts.origins) or "none: NAAMWACHT_CORPUS and NAAMWACHT_TEXT are not set"
    print(f"Real text: {bench.texts.megabytes:.1f} MB ({origins})")
    for name in chosen.only or PARTS:
        working(name)
        PARTS[name](bench)
        working("")


if __name__ == "__main__":
    main()
