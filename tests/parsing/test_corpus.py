"""183 feeds as they stand on the web: each is read as well as feedparser reads it, or refused with a word why."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from monitor.fetch.children import ParseChildren
from monitor.ports import ProviderError
from tests.parsing.answers import answer


@pytest.mark.corpus
def test_every_feed_of_the_corpus_is_read_as_its_class_asks(corpus: Path, children: ParseChildren):
    with (corpus / "feeds" / "index.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))

    wrong = [f"{row['file']} ({row['class']}): {found}" for row in rows if not fits(row, found := read(corpus, row, children))]

    assert wrong == []


def read(corpus: Path, row: dict[str, str], children: ParseChildren) -> int | str:
    try:
        return len(children.parse_feed(answer((corpus / "feeds" / row["file"]).read_bytes())).entries)
    except ProviderError as error:
        return str(error)


def fits(row: dict[str, str], found: int | str) -> bool:
    if row["class"] == "reject":
        return isinstance(found, str)
    if row["class"] == "recover":
        return isinstance(found, int) and found >= int(row["items_by_feedparser"] or 0)
    return str(found) == (row["items_expected"] or row["items_by_feedparser"])
