"""Read the real text that stands outside the project: NAAMWACHT_CORPUS, and any folder of *.jsonl in NAAMWACHT_TEXT."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

MEGABYTE = 1_000_000
NEWSPAPERS = "names/europeana-nl.jsonl"


class Text(NamedTuple):
    """One document of about 2 kB. `persons`: where somebody is named, None where nobody has labelled it."""

    id: str
    text: str
    persons: tuple[tuple[int, int], ...] | None = None

    @property
    def size(self) -> int:
        return len(self.text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts there are, and where they came from; none where neither variable is set."""

    texts: tuple[Text, ...]
    origins: tuple[str, ...]

    @property
    def megabytes(self) -> float:
        return sum(each.size for each in self.texts) / MEGABYTE

    def sample(self, megabytes: float, seed: int) -> tuple[Text, ...]:
        """Return so many megabytes, from all over."""
        shuffled = list(self.texts)
        Random(f"texts {seed}").shuffle(shuffled)
        chosen: list[Text] = []
        left = megabytes * MEGABYTE
        for text in shuffled:
            if left <= 0:
                break
            chosen.append(text)
            left -= text.size
        return tuple(chosen)


def read_texts(environment: Mapping[str, str]) -> Texts:
    """Return what the two variables lead to."""
    files: list[Path] = []
    if corpus := environment.get("NAAMWACHT_CORPUS"):
        files += [path for path in (Path(corpus) / NEWSPAPERS,) if path.is_file()]
    if folder := environment.get("NAAMWACHT_TEXT"):
        files += sorted(Path(folder).glob("*.jsonl"))
    texts: list[Text] = []
    origins: list[str] = []
    for file in files:
        of_file = tuple(_lines(file))
        texts += of_file
        origins.append(f"{file.stem} {sum(each.size for each in of_file) / MEGABYTE:.1f} MB")
    return Texts(tuple(texts), tuple(origins))


def _lines(file: Path) -> list[Text]:
    with file.open(encoding="utf-8") as lines:
        read = (json.loads(line) for line in lines if line.strip())
        return [Text(str(each["id"]), str(each["text"]), _persons(each.get("persons"))) for each in read]


def _persons(labels: Sequence[Sequence[int]] | None) -> tuple[tuple[int, int], ...] | None:
    return None if labels is None else tuple((int(label[0]), int(label[1])) for label in labels)
