"""Read what stands for the first name beside a surname: first names with what is between, initials, a title.

For every bearer of the surname whose head it may be. The surname itself, its prefix and the order are read in `grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.core.lexicon import Lexicon
from monitor.core.matching import gaps
from monitor.core.matching.claims import Mark
from monitor.core.matching.reading import Reading
from monitor.core.matching.watched import Bearer, Body, Called
from monitor.core.model import Field

_BETWEEN_AT_MOST = 5
_COMPARED_AT_MOST = 100
_INITIALS_AT_MOST = 6
_MAILBOX = re.compile(r"[a-z0-9._-]{1,64}@")
_OF_PREFIXES = frozenset({"v", "d", "t"})
_CLUSTER_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Head:
    """What stands for the first name of a bearer: the words from `start` up to `end`.

    `name_start`: where the whole name begins, in an inverted name.
    """

    bearer: Bearer
    start: int
    end: int
    marks: frozenset[Mark] = frozenset()
    is_initials: bool = False
    name_start: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of words: the lexicon, and initials of several letters."""

    lexicon: Lexicon
    units: frozenset[str]


def heads_before(reading: Reading, end: int, body: Body, known: Known) -> Iterator[Head]:
    """Return the heads that end before the word at *end*, where prefix or body begins."""
    if end == 0:
        return
    yield from _initials_before(reading, end, body, known)
    gap = reading.gap(end)
    place = end
    nickname = _nickname_before(reading, end, gap)
    if nickname:
        place, gap = nickname, reading.gap(nickname)
    is_beside = gap in gaps.WORD or nickname or _is_compact(reading, end, gap)
    is_pointed = not is_beside and gap in (". ", ".")
    if not is_beside and not is_pointed:
        return
    is_pointed = is_pointed and not _is_initial_with_point(reading, end - 1)
    if nickname:
        yield from _called_in_brackets(reading, nickname, end, body)
    for between in range(_BETWEEN_AT_MOST):
        place -= 1
        if place < 0:
            return
        for bearer, start in _firsts_ending(reading, place, body):
            if is_pointed and not bearer.called.is_pointed:  # "... zei Sanne. Molen ..."
                continue
            yield Head(bearer, start, end, _marks_of_middles(reading.words[place + 1 : nickname or end], bearer.called))
        if between == _BETWEEN_AT_MOST - 1 or not _is_middle(reading, place, body, known.lexicon):
            return
        if reading.gap(place) not in gaps.INITIAL | gaps.WORD:
            return


def _called_in_brackets(reading: Reading, place: int, end: int, body: Body) -> Iterator[Head]:
    """Read a call name in brackets behind initials: "E.J. (Bep) van 't Hof"."""
    start = place
    while start > 0 and len(reading.words[start - 1]) == 1 and reading.is_capital(start - 1):
        start -= 1
    if start < place:
        for bearer in body.by_first.get(reading.words[place], ()):
            yield Head(bearer, start, end)


def heads_behind(reading: Reading, start: int, body: Body, known: Known) -> Iterator[Head]:
    """Return the heads that begin at the word at *start*, behind a surname: "Molen, Sanne Maria", "Molen, S.M."."""
    if start >= len(reading.words):
        return
    units, finish = _units_behind(reading, start, known)
    if units:
        for bearer in body.by_initial.get(units[0][0], ()):
            marks = initials_fit(units, bearer.called)
            if marks is not None:
                yield Head(bearer, start, finish, marks, is_initials=True)
    for bearer in body.by_first.get(reading.words[start], ()):
        for first in bearer.called.firsts:
            end = _first_at(reading, start, first)
            if not end:
                continue
            behind = end
            while behind - end < _BETWEEN_AT_MOST and behind < len(reading.words) and reading.gap(behind) in gaps.WORD | {"."}:
                if not (reading.words[behind] in bearer.called.middles or _is_initial_with_point(reading, behind)):
                    break
                behind += 1
            yield Head(bearer, start, behind, _marks_of_middles(reading.words[end:behind], bearer.called))
            break


# ------------------------------------------------------------------------------------------------------ first names


def _firsts_ending(reading: Reading, place: int, body: Body) -> Iterator[tuple[Bearer, int]]:
    """Return who is called by the words that end with the one at *place*, and where these begin."""
    word = reading.words[place]
    for bearer in body.by_first.get(word, ()):
        for first in bearer.called.firsts:
            start = place - len(first) + 1
            if start >= 0 and _first_at(reading, start, first) == place + 1:
                yield bearer, start
                break
            if _is_same_first(word, "".join(first)):
                yield bearer, place
                break


def _first_at(reading: Reading, start: int, first: tuple[str, ...]) -> int:
    """Return where a first name ends that begins at *start*; 0 where it does not stand there."""
    end = start + len(first)
    words = reading.words[start:end]
    if len(words) == len(first) and all(map(_is_same_first, words, first)):
        is_one = all(_is_beside(reading, place) for place in range(start + 1, end))
        return end if is_one else 0
    return start + 1 if len(first) > 1 and _is_same_first(reading.words[start], "".join(first)) else 0


def _is_same_first(written: str, first: str) -> bool:
    return written == first or written.replace("ij", "y") == first.replace("ij", "y")


def _is_beside(reading: Reading, place: int) -> bool:
    """Tell whether the word at *place* and the one before it may be of one name."""
    gap = reading.gap(place)
    return gap in gaps.WORD or _is_compact(reading, place, gap)


def _is_compact(reading: Reading, end: int, gap: str) -> bool:
    """Tell whether a point parts an address or a handle here: "sanne.molen@", "@sanne.molen"; in a sentence it ends one."""
    if gap not in gaps.COMPACT:
        return False
    is_small = not (reading.is_capital(end) or reading.is_capital(end - 1))
    return is_small or reading.field is Field.URL or _MAILBOX.match(reading.folded.text, reading.start(end)) is not None


def _nickname_before(reading: Reading, end: int, gap: str) -> int:
    """Return where a nickname in quotation marks or brackets begins that stands before *end*; 0 where none does."""
    if end < 2 or gap not in gaps.NICKNAME_ENDS:
        return 0
    return end - 1 if reading.gap(end - 1) in gaps.NICKNAME_BEGINS else 0


def _is_middle(reading: Reading, place: int, body: Body, lexicon: Lexicon) -> bool:
    """Tell whether the word at *place* may stand between a first name and a surname."""
    word = reading.words[place]
    if len(word) == 1:
        return reading.is_capital(place) or reading.gap(place + 1).startswith(".")
    is_hers = any(word in bearer.called.middles for bearer in body.bearers[:_COMPARED_AT_MOST])
    return is_hers or (reading.is_capital(place) and lexicon.is_given_name(word))


def _is_initial_with_point(reading: Reading, place: int) -> bool:
    return len(reading.words[place]) == 1 and reading.is_capital(place) and reading.gap(place + 1).startswith(".")


def _marks_of_middles(middles: Sequence[str], called: Called) -> frozenset[Mark]:
    """Judge what stands between first name and surname by what is registered: it agrees, is unknown, or is another's."""
    if not middles:
        return frozenset()
    letters = {unit[0] for unit in called.initials}
    if all(word in called.middles if len(word) > 1 else word in letters for word in middles):
        return frozenset()
    is_all_registered = len(called.initials) > 1
    return frozenset({Mark.OTHER_MIDDLE_NAME if is_all_registered else Mark.MIDDLE_NAME})


# --------------------------------------------------------------------------------------------------------- initials


def _initials_before(reading: Reading, end: int, body: Body, known: Known) -> Iterator[Head]:
    units, start = _units_before(reading, end, known)
    is_parted = len(units) > 1 or " " in reading.gap(end)
    if is_parted and set(units) <= _OF_PREFIXES and not any(map(reading.is_capital, range(start, end))):  # "v. d. Molen"
        return
    if not units or (start and reading.gap(start) == "'"):  # "foto's van der Molen"
        return
    is_middle = start > 0 and reading.gap(start) == " " and reading.is_capital(start - 1)
    if is_middle:  # "Lize J. Molen" is not J. Molen, nor is "Wenceslaus I van der Molen" I. van der Molen
        word, has_point = reading.words[start - 1], reading.gap(end).startswith(".")
        is_middle = known.lexicon.is_given_name(word) or (
            not has_point and len(units) == 1 and word not in gaps.TITLES and not known.lexicon.is_common(word)
        )
    for bearer in body.by_initial.get(units[0][0], ()):
        marks = initials_fit(units, bearer.called)
        if marks is not None:
            yield Head(bearer, start, end, marks | {Mark.LONGER_NAME} if is_middle else marks, is_initials=True)


def _units_before(reading: Reading, end: int, known: Known) -> tuple[tuple[str, ...], int]:
    """Return the initials that end before *end*, one for each name, and where they begin."""
    units: list[str] = []
    place = end
    while place > 0 and len(units) < _INITIALS_AT_MOST:
        word = reading.words[place - 1]
        if reading.gap(place) not in gaps.INITIAL or not _is_initial(reading, place - 1, known):
            break
        if units and reading.is_capital(place - 1) != reading.is_capital(place):
            break
        units.insert(0, word)
        place -= 1
    if not units and place > 0 and reading.gap(place) in (" ", " '"):
        word = reading.words[place - 1]
        is_cluster = 1 < len(word) <= _CLUSTER_AT_MOST and word.isalpha() and reading.is_all_capitals(place - 1)
        if is_cluster and not (known.lexicon.is_common(word) and len(reading.words[end]) > 1 and reading.is_all_capitals(end)):
            return tuple(word), place - 1
    return tuple(units), place


def _is_initial(reading: Reading, place: int, known: Known) -> bool:
    """An initial is a capital or has a point; of several letters (Th., IJ.) it is a capital with a point."""
    word, has_point = reading.words[place], reading.gap(place + 1).startswith(".")
    if len(word) == 1:
        return word.isalpha() and (reading.is_capital(place) or has_point)
    return has_point and word in known.units and reading.is_capital(place)


def _units_behind(reading: Reading, start: int, known: Known) -> tuple[tuple[str, ...], int]:
    """Return the initials that begin at *start*, and where they end."""
    units: list[str] = []
    place = start
    while place < len(reading.words) and len(units) < _INITIALS_AT_MOST:
        word = reading.words[place]
        if word == "u" and units and not reading.gap(place + 1).startswith("."):  # "Molen, J. U kunt ..."
            break
        if not _is_initial(reading, place, known) or (units and reading.gap(place) not in gaps.INITIAL):
            break
        if len(units) > 1 and " " in reading.gap(place) and " " not in reading.gap(place - 1):  # "J.B. U kunt ..."
            break
        units.append(word)
        place += 1
    if not units:
        word = reading.words[start]
        if 1 < len(word) <= _CLUSTER_AT_MOST and word.isalpha() and reading.is_all_capitals(start):
            return tuple(word), start + 1
    return tuple(units), place


def initials_fit(units: Sequence[str], called: Called) -> frozenset[Mark] | None:
    """Say how initials in a text agree with those registered; None where they are somebody else's."""
    registered = called.initials
    if any(len(unit) > 1 and unit not in registered and not _begins_first(unit, called) for unit in units):
        return None
    if "".join(units) == "".join(registered[:1]):  # IJ is one letter
        return frozenset()
    for each in (registered, called.fewer_initials):
        if len(units) <= len(each) and all(map(_is_same_initial, units, each)):
            return frozenset()
    if called.call_initial and units[0] == called.call_initial and all(unit in registered for unit in units[1:]):
        return frozenset()
    is_more = len(registered) == 1 and len(units) > 1 and _is_same_initial(units[0], registered[0])
    return frozenset({Mark.MORE_INITIALS}) if is_more else None


def _begins_first(unit: str, called: Called) -> bool:
    """Tell whether an initial of several letters begins a first name of hers: "Th." for Thijs, not for Tijmen."""
    return any(word.startswith(unit) for word in called.middles) or any(first[0].startswith(unit) for first in called.firsts)


def _is_same_initial(unit: str, registered: str) -> bool:
    return unit == registered or (min(len(unit), len(registered)) == 1 and unit[0] == registered[0])
