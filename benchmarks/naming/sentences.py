"""Give the clean sentences between which a name is put: of real text where there is any, else invented here.

Clean: nobody's name stands in them, as far as capitals tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from random import Random

_SUBJECTS = (
    "De gemeente", "Het bestuur", "De school", "Een woordvoerder", "De rechtbank", "Het ziekenhuis", "De vereniging", "De buurt",
    "Het kabinet", "Een omwonende", "De organisatie", "Het team",
)  # fmt: skip
_VERBS = (
    "heeft vorige week besloten", "wil in het najaar proberen", "zegt bereid te zijn", "hoopt binnenkort", "belooft nog dit jaar",
    "weigert voorlopig", "denkt erover",
)  # fmt: skip
_OBJECTS = (
    "om het gebouw te verbouwen.", "om de regels aan te passen.", "om meer geld uit te trekken voor de wijk.",
    "om het plan uit te stellen.", "om de klachten te bespreken.", "om de weg af te sluiten.",
)  # fmt: skip
_END = re.compile(r"(?<=[.?!])\s+")
_CAPITAL_INSIDE = re.compile(r".+\b[A-Z\u00c0-\u00de]")
_USABLE = re.compile(r"[A-Z][^\n@#*_/\\|<>{}\[\]0-9]{30,180}[.?!]")


def invented_sentences() -> tuple[str, ...]:
    """Return some hundred neutral sentences."""
    return tuple(" ".join(parts) for parts in product(_SUBJECTS, _VERBS, _OBJECTS))


def clean_sentences(texts: Iterable[str], *, at_most: int = 20_000) -> tuple[str, ...]:
    """Return sentences of *texts* with no capital but the first letter; the invented ones where there are too few."""
    found: dict[str, None] = {}
    for text in texts:
        for sentence in _END.split(text):
            if _USABLE.fullmatch(sentence) and not _CAPITAL_INSIDE.match(sentence):
                found.setdefault(sentence)
        if len(found) >= at_most:
            break
    return tuple(found) if len(found) >= 300 else invented_sentences()


CARRIERS = (
    "{}", "{}", "{}.", "{},", "\n{}\n", "Dat zegt {}.", "Volgens {} klopt dat niet.", "Gisteren sprak {} daar nog over.",
    "Bel {} maar eens op.", "Ik heb een klacht over {}!", "Wie kent {}?", "Door {} is alles misgegaan.", "({})", "- {}",
)  # fmt: skip
"""How a name may stand between two sentences; mostly bare, as a stranger's test would put it."""


def around(chance: Random, sentences: tuple[str, ...], surface: str, *, later: str = "") -> tuple[str, int, int]:
    """Return a text with *surface* in it (or *later*, which stands a sentence behind it), and where it begins and ends."""
    before, between, after = (chance.choice(sentences) for _ in range(3))
    start_of_text = f"{before} "
    carrier = chance.choice(CARRIERS)
    if later:
        start_of_text += f"{carrier.replace('{}', surface)} {between} "
        surface, carrier = later, chance.choice(CARRIERS[3:])
    start_of_text += carrier.partition("{}")[0]
    behind = carrier.partition("{}")[2]
    if surface.endswith("."):  # "S." at the end of a sentence has one point, not two
        behind = behind.removeprefix(".")
    text = f"{start_of_text}{surface}{behind} {after}"
    return text, len(start_of_text), len(start_of_text) + len(surface)


def plain_texts(megabytes: float, seed: int) -> list[str]:
    """Return documents of 2 kB of invented sentences, for where there is no real text."""
    chance = Random(f"plain {seed}")
    sentences = invented_sentences()
    return [" ".join(chance.choices(sentences, k=30)) for _ in range(int(megabytes * 430) + 1)]
