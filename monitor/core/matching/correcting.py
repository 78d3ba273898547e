"""Read what is not spelled as registered: misspelled words beside a right one, disguised words, words cut in two.

Every one is replaced by the word of the watchlist that it may stand for, and read by the same grammar; only claims in which a
replaced word takes part count. Which words may stand for which is in `near` and `disguise`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice

from monitor.core.matching import gaps
from monitor.core.matching.claims import Claim, Mark
from monitor.core.matching.disguise import Memory, Resolved, find_disguised, is_disguised
from monitor.core.matching.grammar import Grammar, borne_by
from monitor.core.matching.joined import Joined
from monitor.core.matching.near import Near
from monitor.core.matching.prefixes import PREFIX_AT_MOST, PREFIXES, skip_prefixes
from monitor.core.matching.reading import Corrected, Reading
from monitor.core.matching.vocabulary import Words
from monitor.core.matching.watched import Watched
from monitor.core.names import Form
from monitor.core.text import WORD

HYPHENATED = "hyphenated"
NUMBERED = "numbered"
NATURAL = frozenset({Mark.MISSPELLED.value, HYPHENATED, NUMBERED})
"""What people write without wanting to hide anything; every other way is an evasion."""

_WORDS_EACH_SIDE = 8
_REACH = 90
_ABBREVIATION_AT_MOST = 3
_PAIRS_AT_MOST = 24
_BESIDE_AT_MOST = 6
_READ_AT_LEAST = 200
_READ_PER = 2_500
"""So many disguised words are read in a text, and one more for so many characters: a page full of them makes nobody wait."""
_NUMBERED = re.compile(r"_([a-z]{3,})(\d{1,4})(?![a-z0-9])")
_NUMBERED_HANDLE = re.compile(r"@[a-z]+[.-]([a-z]{3,})(\d{1,4})(?![a-z0-9])")
_PRIORITY = {"spaced": 0, "leet": 1, "stretched": 2, NUMBERED: 3, "stars": 4, "stars_weak": 5}


class Correcting:
    """Reads misspelled and disguised names of the people of a watchlist."""

    __slots__ = ("_grammar", "_joined", "_memory", "_near", "_watched", "_words")

    def __init__(self, watched: Watched, grammar: Grammar, near: Near, joined: Joined) -> None:
        self._watched = watched
        self._grammar = grammar
        self._near = near
        self._memory: Memory = {}
        self._joined = joined
        self._words = Words(sorted(watched.words() | PREFIXES), lambda word: next(joined.is_whole(word), None) is not None)

    # ------------------------------------------------------------------------------------------------- misspellings

    def may_be_beside_surname(self, words: Sequence[str], position: int) -> bool:
        """Tell whether a misspelled or cut first name may stand beside the surname at *position*. Cheap: it needs no places."""
        first = skip_prefixes(words, position - 1, -1)
        if first >= 0:
            if self._near.like(words[first]):
                return True
            firsts = self._watched.firsts
            for place in range(max(1, first - 1), position):
                if words[place - 1] + words[place] in firsts:
                    return True
        behind = skip_prefixes(words, position + 1, 1)
        return behind < len(words) and bool(self._near.like(words[behind]))

    def beside_surname(self, reading: Reading, position: int) -> Iterator[Claim]:
        """Read a misspelled or cut first name beside the surname at *position*: before it and its prefix, or behind a comma."""
        words = reading.words
        first = skip_prefixes(words, position - 1, -1)
        if first >= 0:
            yield from self._misspelled(reading, first, position, position, self._watched.firsts)
            for place in range(max(1, first - 1), position):  # the second half may look like a prefix: "Fed de Molen"
                if words[place - 1] + words[place] in self._watched.firsts:
                    yield from self._cut(reading, place - 1, position)
        behind = skip_prefixes(words, position + 1, 1)
        if behind < len(words) and reading.gap(position + 1) in gaps.COMMA:
            yield from self._misspelled(reading, behind, position, position, self._watched.firsts)

    def may_be_beside_first_name(self, words: Sequence[str], position: int) -> bool:
        """Tell whether a misspelled or cut surname may stand beside the first name at *position*. Cheap: it needs no places."""
        like = self._near.like
        if position > 0 and like(words[position - 1]):
            return True
        behind = skip_prefixes(words, _skip_letters(words, position + 1), 1)
        if behind < len(words) and like(words[behind]):
            return True
        joined = [words[place] + words[place + 1] for place in range(position + 1, min(behind + 1, len(words) - 1))]
        is_cut = any(map(self._is_cut_body, joined))
        return is_cut or (0 < behind < len(words) and len(words[behind - 1]) == 1 and any(map(like, joined)))

    def beside_first_name(self, reading: Reading, position: int) -> Iterator[Claim]:
        """Read a misspelled or cut surname beside the first name at *position*: behind it and a prefix, or before a comma."""
        words, tails = reading.words, self._watched.tails
        behind = skip_prefixes(words, _skip_letters(words, position + 1), 1)
        if behind < len(words):
            yield from self._misspelled(reading, behind, behind, position, tails)
            for place in range(position + 1, min(behind + 1, len(words) - 1)):
                if self._is_cut_body(words[place] + words[place + 1]):
                    yield from self._cut(reading, place, place)
            is_parted = behind > position + 1 and len(words[behind - 1]) == 1 and words[behind] not in tails
            if is_parted and words[behind - 1] + words[behind] not in tails:
                for word in self._near.like(words[behind - 1] + words[behind]):  # "O'Brein"
                    yield from self._reread(reading, (behind - 1, behind + 1), word, behind - 1, Mark.MISSPELLED)
        if position > 0 and reading.gap(position) in gaps.COMMA:
            yield from self._misspelled(reading, position - 1, position - 1, position, tails)

    def second_surname(self, reading: Reading, claim: Claim) -> Iterator[Claim]:
        """Read a misspelled or cut second surname behind the first one of a *claim*: "Marijke Jansen-de Vriez"."""
        words = reading.words
        for cut in range(claim.last, min(claim.last + 1 + PREFIX_AT_MOST, len(words) - 1)):
            if self._is_cut_body(words[cut] + words[cut + 1]):
                yield from self._cut(reading, cut, claim.last - 1)
        place = skip_prefixes(reading.words, claim.last, 1)
        if place < len(reading.words):
            yield from self._misspelled(reading, place, claim.last - 1, claim.last - 1, self._watched.tails)

    def _is_cut_body(self, word: str) -> bool:
        """Tell whether *word* is a body without a prefix: "de Jong" is no "Dejong" that was cut in two."""
        return any(not tail.prefix for tail in self._watched.tails.get(word, ()))

    def _misspelled(self, reading: Reading, place: int, anchor: int, beside: int, known: Container[str]) -> Iterator[Claim]:
        """Read the word at *place* as one of *known* that it may be a misspelling of; the body begins at *anchor*.

        *beside*: the right part. Where that has a capital in a text of capitals, a small word is no name.
        """
        like = self._near.like(reading.words[place])
        if not like or (reading.is_cased and reading.is_capital(beside) and not reading.is_capital(place)):
            return
        for word in like:
            if word in known:
                yield from self._reread(reading, (place, place + 1), word, anchor, Mark.MISSPELLED)

    def _cut(self, reading: Reading, place: int, anchor: int) -> Iterator[Claim]:
        """Read the word at *place* and the next as one that was cut in two: "San ne", or at the end of a line "San-"."""
        gap = reading.gap(place + 1)
        shorter = min(len(reading.words[place]), len(reading.words[place + 1]))
        if gap in gaps.CUT and (gap != " " or shorter > 1):  # "Mark V en ..." names no Mark Ven
            is_natural = gap == "- " or reading.words[place] in PREFIXES or reading.has_soft_hyphen(place + 1)
            how = HYPHENATED if is_natural else "split"
            yield from self._reread(reading, (place, place + 2), reading.words[place] + reading.words[place + 1], anchor, how)

    def _reread(self, reading: Reading, span: tuple[int, int], word: str, anchor: int, how: str) -> Iterator[Claim]:
        """Read the name at *anchor* with the words of *span* replaced by one."""
        first, last = span
        start = max(0, min(first, anchor) - _WORDS_EACH_SIDE)
        end = min(len(reading.words), max(last, anchor + 1) + _WORDS_EACH_SIDE)
        words = [Corrected(reading.words[at], reading.start(at), reading.end(at)) for at in range(start, end)]
        words[first - start : last - start] = [Corrected(word, reading.start(first), reading.end(last - 1), how)]
        at = anchor - start - (last - first - 1 if anchor > first else 0)
        yield from (claim for claim in self._grammar.read(reading.corrected(words), at) if claim.how)

    # ---------------------------------------------------------------------------------------------------- disguises

    def may_be_parted(self, runs: Iterable[str]) -> bool:
        """Tell whether letters that stand alone may be a name; three of them, as in "d.w.z.", only where they are one."""
        return any(len(run) > _ABBREVIATION_AT_MOST or self._words.has(run) for run in runs)

    def is_odd(self, word: str) -> bool:
        """Tell whether a word of letters and figures may be a disguised word of a name, taken alone."""
        return is_disguised(word, self._words)

    def disguised(self, reading: Reading) -> Iterator[Claim]:
        """Read the disguised names of a field."""
        text = reading.folded.text
        resolved = find_disguised(text, self._words, reading.doubtful(), self._memory)
        resolved += self._numbered(text)
        if resolved:
            chosen = _apart(resolved)
            for number, each in enumerate(chosen[: _READ_AT_LEAST + len(text) // _READ_PER]):
                yield from self._wholes(reading, each)
                yield from self._around(reading, chosen, number)

    def _numbered(self, text: str) -> Iterator[Resolved]:
        """Find surnames in handles that end with figures: "@sanne.molen85", "sanne_molen85"."""
        for expression in (_NUMBERED, _NUMBERED_HANDLE):
            for found in expression.finditer(text):
                if found[1] in self._watched.tails:
                    yield Resolved(found.start(1), found.end(2), (found[1],), NUMBERED)

    def _wholes(self, reading: Reading, resolved: Resolved) -> Iterator[Claim]:
        """Read a disguised word as a whole name: "s a n n e v o l s"."""
        for word in resolved.words:
            for bearer in self._joined.is_whole(word):
                again = reading.corrected([Corrected(word, resolved.start, resolved.end, resolved.how)])
                yield Claim(
                    bearer.person_id,
                    again,
                    0,
                    1,
                    Form.JOINED,
                    how=(resolved.how,),
                    borne=borne_by(bearer, " ".join(bearer.called.firsts[0])),
                )

    def _around(self, reading: Reading, chosen: Sequence[Resolved], number: int) -> Iterator[Claim]:
        """Read the names in which one disguised word takes part; each is read where its first disguised word is."""
        each = chosen[number]
        spots = _spots_around(reading, chosen, number)
        here = next(place for place, spot in enumerate(spots) if spot[0].start == each.start)
        pairs = islice(self._pairs(spots, here), _PAIRS_AT_MOST)
        for body_at, body, head_at, head in pairs:
            again = reading.corrected(
                [
                    spot[0]._replace(text=body if place == body_at else head if place == head_at else spot[0].text)
                    for place, spot in enumerate(spots)
                ]
            )
            yield from (claim for claim in self._grammar.read(again, body_at) if claim.how)

    def _pairs(self, spots: Sequence[Sequence[Corrected]], here: int) -> Iterator[tuple[int, str, int, str]]:
        """Return which words may be body and head of one name, of which the spot *here* is one: only those that somebody has."""
        tails = self._watched.tails
        least, most = max(0, here - _WORDS_EACH_SIDE), min(len(spots), here + _WORDS_EACH_SIDE)
        for body_at in range(least, most):
            for body in spots[body_at]:
                for tail in tails.get(body.text, ()):
                    by_first, by_initial = tail.body.by_first, tail.body.by_initial
                    for head_at in range(max(least, body_at - 5), min(most, body_at + 6)):
                        if head_at == body_at:
                            continue
                        for head in spots[head_at]:
                            if head.text in by_first or (len(head.text) == 1 and head.text in by_initial):
                                yield body_at, body.text, head_at, head.text


def _skip_letters(words: Sequence[str], place: int) -> int:
    """Return the first place from *place* on where no initial stands."""
    end = min(len(words), place + PREFIX_AT_MOST)
    while place < end and len(words[place]) == 1:
        place += 1
    return place


def _apart(resolved: Iterable[Resolved]) -> list[Resolved]:
    """Return disguised words that do not overlap, the most telling kind first, in the order of the text."""
    chosen: list[Resolved] = []
    taken = bytearray()
    for each in sorted(resolved, key=lambda one: (_PRIORITY.get(one.how, 9), one.start)):
        if len(taken) < each.end:
            taken.extend(bytes(each.end - len(taken)))
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\x01" * (each.end - each.start)
            chosen.append(each)
    return sorted(chosen, key=lambda one: one.start)


def _spots_around(reading: Reading, chosen: Sequence[Resolved], number: int) -> list[list[Corrected]]:
    """Return the words around a disguised one, each with what it may stand for; the disguised ones are replaced."""
    each = chosen[number]
    start, end = max(0, each.start - _REACH), each.end + _REACH
    first = last = number
    while first > max(0, number - _BESIDE_AT_MOST) and chosen[first - 1].start >= start:
        first -= 1
    while last + 1 < min(len(chosen), number + _BESIDE_AT_MOST) and chosen[last + 1].end <= end:
        last += 1
    beside = chosen[first : last + 1]
    start = max(start, chosen[first - 1].end) if first else start
    end = min(end, chosen[last + 1].start) if last + 1 < len(chosen) else end
    spots = [[Corrected(word, one.start, one.end, one.how) for word in one.words] for one in beside]
    text = reading.folded.text
    edges = [start, *(place for one in beside for place in (one.start, one.end)), min(len(text), end)]
    for begin, finish in zip(edges[::2], edges[1::2], strict=True):
        spots += [[Corrected(found[0], *found.span())] for found in WORD.finditer(text, begin, max(begin, finish))]
    return sorted(spots, key=lambda spot: spot[0].start)
