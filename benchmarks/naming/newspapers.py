"""Recall and false alarms on real newspapers with labelled people, read by machine: NAAMWACHT_CORPUS, names/europeana-nl."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.naming.contenders import make_matcher
from benchmarks.naming.texts import NEWSPAPERS, Text
from monitor.core.entered import parse_name
from monitor.core.model import Band, Document, Match, Name, NameGrade, Registration
from monitor.words import load_lexicon

_PEOPLE = "names/europeana-nl.people.json"
_INITIAL = re.compile(r"[^\W\d_]{1,2}\.?")
_PREFIX_WORDS = {
    "van",
    "von",
    "de",
    "der",
    "den",
    "het",
    "te",
    "ten",
    "ter",
    "op",
    "in",
    "aan",
    "du",
    "la",
    "le",
    "v",
    "d",
    "'t",
    "vd",
}


@dataclass(frozen=True, slots=True)
class Newspapers:
    """Of (person, passage) pairs: how many there are, how many were named, how many raised."""

    full: int
    full_named: int
    full_raised: int
    others: int
    others_named: int
    others_raised: int
    by_kind: Mapping[str, tuple[int, int]]


def measure_newspapers(corpus: Path, texts: Iterable[Text]) -> Newspapers | None:
    """Return the counts; None where the corpus is not there."""
    if not (corpus / _PEOPLE).is_file():
        return None
    passages = [text.text for text in texts if text.id.startswith(Path(NEWSPAPERS).stem)]
    labelled = json.loads((corpus / _PEOPLE).read_text(encoding="utf-8"))["people"]
    matcher = make_matcher((number, registration(each)) for number, each in enumerate(labelled, 1))
    found = [{match.person_id: match for match in matcher.match(Document(text=text))} for text in passages]

    def matches(kind: str) -> list[Match | None]:
        return [found[place].get(number) for number, each in enumerate(labelled, 1) for place in each[kind]]

    full, others = matches("full"), matches("namesake") + matches("nonperson")
    by_kind = {
        kind: (len(matches(kind)), sum(map(_is_raised, matches(kind)))) for kind in ("variant", "bare", "namesake", "nonperson")
    }
    return Newspapers(
        len(full), sum(map(_is_named, full)), sum(map(_is_raised, full)),
        len(others), sum(map(_is_named, others)), sum(map(_is_raised, others)), by_kind,
    )  # fmt: skip


def _is_named(match: Match | None) -> bool:
    return match is not None and match.name is not NameGrade.WEAK


def _is_raised(match: Match | None) -> bool:
    return match is not None and _is_named(match) and match.band is not Band.UNLIKELY


def registration(labelled: Mapping[str, str]) -> Registration:
    """Make a registration of a labelled person, as the people file would take the name in one column.

    What that column cannot make out is cut by the labels.
    """
    whole, surname = (" ".join(labelled[part].split()).strip(" ,.;:-'\"\u2019") for part in ("name", "surname"))
    parsed = parse_name(whole, load_lexicon()).name
    return Registration(external_id=labelled["name"], name=parsed or _by_labels(whole, surname))


def _by_labels(whole: str, surname: str) -> Name:
    words, body = whole.removesuffix(surname).split(), surname.split() or [whole]
    given = [word for word in words if word.lower().strip(".") not in _PREFIX_WORDS]
    prefix = words[len(given) :] if given == words[: len(given)] else []
    while len(body) > 1 and body[0].lower().strip(".") in _PREFIX_WORDS:
        prefix.append(body.pop(0))
    is_in_short = all(_INITIAL.fullmatch(word) for word in given)
    return Name(
        surname=" ".join(body),
        prefix=" ".join(prefix),
        given_names=() if is_in_short else tuple(given),
        initials="".join(f"{word.strip('.')}." for word in given) if is_in_short else "",
    )
