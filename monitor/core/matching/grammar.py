"""Read a name around a word that may begin somebody's surname: what stands before it and behind it, and whose name that is.

It reads words, exact but for what folding and `watched` know as the same; misspelled and disguised words were corrected
before (`finding`). Nothing here looks further than a name reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.core.lexicon import Lexicon
from monitor.core.matching import gaps
from monitor.core.matching.beside import case_mark, follows_first_name, is_longer_name, is_named_before, marks_beside
from monitor.core.matching.claims import Claim, Mark
from monitor.core.matching.heads import Head, Known, heads_before, heads_behind
from monitor.core.matching.prefixes import (
    OWN_PREFIXES,
    PREFIX_AT_MOST,
    PREFIXES,
    is_compatible,
    is_prefix_fit,
    is_same_prefix,
    prefix_starts,
    surname_start,
)
from monitor.core.matching.reading import BREAK, Reading
from monitor.core.matching.watched import Bearer, Tail, Watched
from monitor.core.model import Field
from monitor.core.names import Form

_SURFACE_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class _Found:
    """A body in a text: its words from `start` up to `end`. `bearers`: whose second surname it ends with, where it does."""

    tail: Tail
    start: int
    end: int
    bearers: tuple[Bearer, ...] = ()


class Grammar:
    """Reads names of the people of a watchlist."""

    __slots__ = ("_lexicon", "_names", "_watched")

    def __init__(self, watched: Watched, lexicon: Lexicon) -> None:
        self._watched = watched
        self._lexicon = lexicon
        self._names = Known(lexicon, gaps.INITIALS_OF_SEVERAL | watched.units)

    def read(self, reading: Reading, position: int) -> Iterator[Claim]:
        """Return whose names the words around *position*, where a body may begin, may spell."""
        for tail in self._watched.tails.get(reading.words[position], ()):
            end = body_end(reading, position, tail)
            if end:
                found = _Found(tail, position, end)
                yield from self._straight(reading, found)
                yield from self._inverted(reading, found)
                for longer in self._with_second_surname(reading, found):
                    yield from self._inverted(reading, longer)
                    yield from self._surnames(reading, longer)

    def _with_second_surname(self, reading: Reading, found: _Found) -> Iterator[_Found]:
        """Return the same surname with somebody's second one behind it."""
        if found.end >= len(reading.words):
            return
        if reading.gap(found.end) not in gaps.HYPHEN and reading.words[found.end] not in gaps.MAIDEN:
            return
        ends: dict[int, list[Bearer]] = {}
        for bearer in found.tail.body.bearers:
            end = second_surname_end(reading, found.end, bearer, self._watched)
            if end > found.end:
                ends.setdefault(end, []).append(bearer)
        for end, bearers in ends.items():
            yield replace(found, end=end, bearers=tuple(bearers))

    # ------------------------------------------------------------------------------ "Sanne van der Molen", "S. Molen"

    def _straight(self, reading: Reading, found: _Found) -> Iterator[Claim]:
        start = found.start
        starts = [start, *prefix_starts(reading, start)]
        for first in reversed(starts):
            written = (*reading.words[first:start], *found.tail.prefix)
            for end in (first, *_before_maiden_name(reading, first)):
                for head in heads_before(reading, end, found.tail.body, self._names):
                    whole = head if end == first else replace(head, marks=head.marks | {Mark.MIDDLE_NAME})
                    yield from self._claims(reading, found, whole, written, is_inverted=False)

    def _claims(
        self, reading: Reading, found: _Found, head: Head, written: tuple[str, ...], *, is_inverted: bool
    ) -> Iterator[Claim]:
        bearer = head.bearer
        end = found.end if is_inverted else second_surname_end(reading, found.end, bearer, self._watched)
        is_double = end > found.end or bool(found.bearers)
        form = form_of(bearer, head, written, is_double=is_double, is_inverted=is_inverted, is_joined=bool(found.tail.prefix))
        if form is None:
            return
        first, last = min(head.start, found.start), max(head.end, end)
        if is_inverted:
            first = head.name_start
        if reading.length(first, last) > _SURFACE_AT_MOST:
            return
        marks = self._marks(reading, found, head, (first, last), is_inverted=is_inverted)
        how = tuple(sorted({reading.how[place] for place in range(first, last) if place in reading.how}))
        if _is_switched_off(reading, first, last, bearer):
            return
        if Mark.MISSPELLED in how:
            marks.add(Mark.MISSPELLED)
        yield Claim(
            bearer.person_id,
            reading,
            first,
            last,
            form,
            frozenset(marks),
            how,
            begins_with_initial=head.is_initials and not is_inverted,
            borne=borne_by(bearer, _first_of(head), is_double=is_double),
        )

    def _surnames(self, reading: Reading, found: _Found) -> Iterator[Claim]:
        """Read both surnames without a first name: "mw. Jansen-de Vries"."""
        for bearer in found.bearers:
            first = surname_start(reading, found.start, bearer.prefix)
            is_capital = reading.is_capital(found.start) or bearer.is_small or not reading.is_cased
            is_hers = not follows_first_name(reading, first, self._lexicon) and not is_longer_name(reading, first, found.end)
            if is_capital and is_hers and not _is_switched_off(reading, first, found.end, bearer):
                marks = frozenset({Mark.IN_ADDRESS}) if reading.field is Field.URL else frozenset[Mark]()
                how = tuple(sorted({reading.how[place] for place in range(first, found.end) if place in reading.how}))
                yield Claim(
                    bearer.person_id, reading, first, found.end, Form.SURNAMES, marks, how, borne=borne_by(bearer, is_double=True)
                )

    def _marks(self, reading: Reading, found: _Found, head: Head, name: tuple[int, int], *, is_inverted: bool) -> set[Mark]:
        body = (found.start, found.end)
        marks = set(head.marks)
        case = case_mark(reading, body, head, self._lexicon) if not found.tail.prefix else None
        if case is not None:
            marks.add(case)
        if found.tail.is_possessive:
            marks.add(Mark.POSSESSIVE)
        elif found.tail.words != found.tail.body.words and not found.tail.prefix:
            marks.add(Mark.RESPELLED)
        if reading.field is Field.URL:
            marks.add(Mark.IN_ADDRESS)
        else:
            marks |= marks_beside(reading, name, body, head, self._lexicon, is_inverted=is_inverted)
        return marks

    # ---------------------------------------------------------------------------------------- "Molen, Sanne van der"

    def _inverted(self, reading: Reading, found: _Found) -> Iterator[Claim]:
        end = found.end
        if end >= len(reading.words):
            return
        gap = reading.gap(end)
        is_handle = gap in gaps.COMPACT and not reading.is_capital(found.start) and not reading.is_capital(end)
        has_comma = gap in gaps.COMMA or is_handle
        if not has_comma and gap not in gaps.OPEN and gap not in (" ", " '"):
            return
        if reading.is_cased and not reading.is_capital(found.start):
            return
        place = end
        while place < len(reading.words) and place - end < PREFIX_AT_MOST and reading.words[place] in PREFIXES:
            place += 1
            behind = reading.gap(place)
            if behind in gaps.COMMA or behind in gaps.CLOSE:
                has_comma = True
                break
            if behind not in gaps.PREFIX:
                break
        before = prefix_starts(reading, found.start)
        if follows_first_name(reading, (before or [found.start])[-1], self._lexicon):
            return
        place = _skip_titles(reading, place)
        for first in range(place, end - 1, -1):
            gap = reading.gap(first)
            if first > end and gap not in gaps.PREFIX | gaps.COMMA | gaps.CLOSE:
                continue
            between = [word for word in reading.words[end:first] if word not in gaps.TITLES]
            for head in heads_behind(reading, first, found.tail.body, self._names):
                if found.bearers and head.bearer not in found.bearers:
                    continue
                yield from self._inverted_claims(reading, found, head, between, before, has_comma=has_comma)

    def _inverted_claims(
        self,
        reading: Reading,
        found: _Found,
        head: Head,
        between: Sequence[str],
        before: Sequence[int],
        *,
        has_comma: bool,
    ) -> Iterator[Claim]:
        if not has_comma and (head.is_initials or not reading.is_capital(head.start) or not reading.is_capital(found.start)):
            return
        if reading.is_cased and not reading.is_capital(head.start):
            return
        behind = head.end
        while behind < len(reading.words) and behind - head.end < PREFIX_AT_MOST and reading.words[behind] in PREFIXES:
            if reading.gap(behind) not in gaps.PREFIX and reading.gap(behind) not in gaps.COMMA:
                break
            behind += 1
        is_prefixed = bool(before) and reading.words[found.start - 1] in OWN_PREFIXES
        for first in (*reversed(before), *(() if is_prefixed else (found.start,))):
            for last in range(behind, head.end - 1, -1):
                written = (*reading.words[first : found.start], *found.tail.prefix, *between, *reading.words[head.end : last])
                if written and not is_prefix_fit(written, head.bearer.prefix):
                    continue
                whole = Head(head.bearer, head.start, last, head.marks, is_initials=head.is_initials, name_start=first)
                is_a_first_name = self._lexicon.is_given_name(reading.words[found.start])
                if not has_comma and (is_a_first_name or is_named_before(reading, first)):
                    return
                yield from self._claims(reading, found, whole, written, is_inverted=True)
                return


# ------------------------------------------------------------------------------------------------------------ rules


def body_end(reading: Reading, position: int, tail: Tail) -> int:
    """Return where the body ends that begins at *position*; 0 where it does not stand there."""
    words = tail.words
    if len(words) == 1:
        return position + 1
    end = position + len(words)
    if tuple(reading.words[position:end]) != words:
        return 0
    is_one = all(reading.gap(place) in gaps.PREFIX for place in range(position + 1, end))
    return end if is_one else 0


def second_surname_end(reading: Reading, end: int, bearer: Bearer, watched: Watched) -> int:
    """Return where the name ends when the bearer's other surname follows at *end*; *end* itself where it does not."""
    other = bearer.other
    if other is None or end >= len(reading.words):
        return end
    gap, place = reading.gap(end), end
    if gap == BREAK:
        return end
    if reading.words[place] in gaps.MAIDEN:
        place += 1
    elif reading.words[place : place + 2] == ["e", "v"]:
        place += 2
    elif gap not in gaps.SECOND_SURNAME and (gap not in gaps.COMPACT or reading.is_capital(place)):
        return end
    first = place
    while place - first < PREFIX_AT_MOST and place < len(reading.words) and reading.words[place] in PREFIXES:
        place += 1
    for start in range(min(place, len(reading.words) - 1), first - 1, -1):  # "O'Brien" begins like a prefix
        for tail in watched.tails.get(reading.words[start], ()):
            if tail.body is other.body:
                finish = body_end(reading, start, tail)
                if finish and is_compatible(tuple(reading.words[first:start]) + tail.prefix, other.prefix):
                    return finish
    return end


def _before_maiden_name(reading: Reading, first: int) -> Iterator[int]:
    """Return where another surname may begin before "geboren" and the surname at *first*: "Sanne Bakker geb. Molen"."""
    if first < 2 or reading.words[first - 1] not in gaps.MAIDEN:
        return
    for place in range(first - 2, max(0, first - 2 - PREFIX_AT_MOST), -1):
        if reading.gap(place + 1) not in gaps.PREFIX | gaps.COMMA | gaps.OPEN:
            return
        if reading.is_capital(place):
            yield place
        elif reading.words[place] not in PREFIXES:
            return


def form_of(
    bearer: Bearer, head: Head, written: tuple[str, ...], *, is_double: bool, is_inverted: bool, is_joined: bool
) -> Form | None:
    """Return the Form of head, prefix and surname; None where it is another name."""
    base = bearer.before_other if is_double else bearer.alone
    is_fit = is_prefix_fit(written, bearer.prefix)
    if head.is_initials:
        if not is_fit or base is Form.OTHER_SURNAME:
            return Form.PARTIAL if not written or is_fit else None
        return Form.INVERTED_INITIALS if is_inverted else Form.INITIALS
    if not is_fit and written and not bearer.prefix:
        return None  # Jan Jong is not Jan de Jong
    if not is_fit and written:
        return Form.OTHER_PREFIX if base is not Form.OTHER_SURNAME else Form.PARTIAL
    if base is not Form.FULL:
        return base
    if not is_fit:
        return Form.NO_PREFIX
    if is_inverted:
        return Form.INVERTED
    return Form.FULL if is_same_prefix(written, bearer.prefix) and not is_joined else Form.PREFIX


def borne_by(bearer: Bearer, first: str = "", *, is_double: bool = False) -> tuple[str, str, str]:
    """Return what stands there of a name, as `rarity` takes it: first name or initials, prefix, surname."""
    surname, prefix = " ".join(bearer.body.words), bearer.prefix
    if is_double and bearer.other is not None:
        surname, prefix = f"{surname}-{' '.join(bearer.other.body.words)}", prefix or bearer.other.prefix
    return first, " ".join(prefix), surname


def _first_of(head: Head) -> str:
    called = head.bearer.called
    if not head.is_initials:
        return " ".join(called.firsts[0])
    return " ".join(unit[0] for unit in called.initials[: max(1, head.end - head.start)]) or called.call_initial


def _skip_titles(reading: Reading, place: int) -> int:
    """Return the first place from *place* on where no title stands: "Molen, mw. drs. S. van der"."""
    while place < len(reading.words) - 1 and reading.words[place] in gaps.TITLES:
        place += 1
    return place


def _is_switched_off(reading: Reading, first: int, last: int, bearer: Bearer) -> bool:
    off = bearer.called.switched_off
    return bool(off) and tuple(reading.words[first:last]) in off
