"""Cut the Passage out of a document in which a name stands, and tell whether such a Passage is known already.

A Passage is told by the 3-word runs of the 12 folded words on each side of the span, as 63-bit hashes that are the same in
every process. What a new Passage means, is in `triage`.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b

from monitor.core.model import Document, Field, Match, Span
from monitor.core.text import Word, words

WORDS_EACH_SIDE = 12
RUN = 3
TEXT_AT_MOST = 600
"""So many characters of a Passage are shown."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
BLOCK_BORDER = "\n\n"
_REACH = 1_500
"""So many characters on each side are cut into words: twelve words are found within, or there are none that matter."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a name stands, with the words around it. `text` is what is written there, `runs` is what it is known by."""

    span: Span
    text: str
    runs: frozenset[int]
    is_title: bool


def passages(document: Document, match: Match) -> tuple[Passage, ...]:
    """Return the Passages of one person, in the order of her spans; of those with the same runs only one.

    An address has none, unless the name stands nowhere else: then one without runs, because addresses change and say nothing
    new. Of a title and a text with the same runs the text is kept, because a title is never news.
    """
    shown = [span for span in match.spans if span.field is not Field.URL]
    if not shown:
        return tuple(_of_address(document, span) for span in match.spans[:1])
    by_runs: dict[frozenset[int], Passage] = {}
    for span in shown:
        passage = _passage(document.of(span.field), span)
        known = by_runs.get(passage.runs)
        if known is None or (known.is_title and not passage.is_title):
            by_runs[passage.runs] = passage
    order = {span: position for position, span in enumerate(shown)}
    return tuple(sorted(by_runs.values(), key=lambda passage: order[passage.span]))


def is_known(passage: Passage, runs: AbstractSet[int], *, has_passages: bool) -> bool:
    """Tell whether a Passage is known to a Mention with *runs*: at least half of its own are among them.

    A Passage without any run (nothing but the name, or an address) says nothing of its own: it is known as soon as the
    Mention has any Passage.
    """
    if not passage.runs:
        return has_passages
    return 2 * len(passage.runs & runs) >= len(passage.runs)


def _passage(text: str, span: Span) -> Passage:
    before, name, behind = _around(text, span)
    return Passage(span, _shown(text, span, before, behind), _runs(before, name, behind), is_title=span.field is Field.TITLE)


def _of_address(document: Document, span: Span) -> Passage:
    address = document.of(span.field)
    start = max(0, min(span.start, span.end - TEXT_AT_MOST))
    return Passage(span, _storable(address[start : start + TEXT_AT_MOST]), frozenset(), is_title=False)


def _around(text: str, span: Span) -> tuple[list[Word], list[Word], list[Word]]:
    """Return the words before the span, in it, and behind it: those of its own block, where that holds more than the name.

    What stands in the blocks beside it changes with every rendering: headlines, "most read", the next comment.
    """
    start = max(0, span.start - _REACH)
    end = min(len(text), span.end + _REACH)
    above, below = text.rfind(BLOCK_BORDER, start, span.start), text.find(BLOCK_BORDER, span.end, end)
    first = start if above < 0 else above + len(BLOCK_BORDER)
    last = end if below < 0 else below
    before, name, behind = _words_around(text, span, first, last, is_cut=(above < 0 < start, below < 0 and end < len(text)))
    if before or behind:
        return before, name, behind
    return _words_around(text, span, start, end, is_cut=(start > 0, end < len(text)))


def _words_around(
    text: str, span: Span, start: int, end: int, *, is_cut: tuple[bool, bool]
) -> tuple[list[Word], list[Word], list[Word]]:
    found = [Word(word.text, word.start + start, word.end + start) for word in words(text[start:end])]
    before = [word for word in found if word.end <= span.start]
    behind = [word for word in found if word.start >= span.end]
    name = [word for word in found if word.end > span.start and word.start < span.end]
    # Where the text was cut, the outermost word may be half a word.
    if is_cut[0]:
        before = before[1:]
    if is_cut[1]:
        behind = behind[:-1]
    return before[-WORDS_EACH_SIDE:], name, behind[:WORDS_EACH_SIDE]


def _runs(before: list[Word], name: list[Word], behind: list[Word]) -> frozenset[int]:
    """Hash every three words that follow each other, but those wholly inside the name."""
    texts = [word.text for word in (*before, *name, *behind)]
    first, last = len(before), len(before) + len(name)
    return frozenset(
        _hash(" ".join(texts[start : start + RUN]))
        for start in range(len(texts) - RUN + 1)
        if not (first <= start and start + RUN <= last)
    )


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _shown(text: str, span: Span, before: list[Word], behind: list[Word]) -> str:
    """Return the words around the span as they are written; the outermost ones give way where that is too long."""
    starts = [*(word.start for word in before), span.start]
    ends = [span.end, *(word.end for word in behind)]
    room = max(0, TEXT_AT_MOST - (span.end - span.start))
    start = next(each for each in starts if span.start - each <= room // 2 or each == span.start)
    end = next(each for each in reversed(ends) if each - start <= TEXT_AT_MOST or each == span.end)
    return _storable(text[start:end])


def _storable(text: str) -> str:
    """Replace what no database takes: U+0000 and lone surrogates."""
    return _UNSTORABLE.sub("\ufffd", text)
