"""Judge what stands beside the words of a name, and how they are written: a longer name, another surname, a thing, small letters.

What the words themselves spell is read in `grammar`.
"""

from __future__ import annotations

from monitor.core.lexicon import Lexicon
from monitor.core.matching import gaps
from monitor.core.matching.claims import Mark
from monitor.core.matching.entities import is_in_entity
from monitor.core.matching.heads import Head
from monitor.core.matching.prefixes import PREFIX_AT_MOST, PREFIXES
from monitor.core.matching.reading import Reading
from monitor.core.names import PREFIX_WORDS


def marks_beside(
    reading: Reading, name: tuple[int, int], body: tuple[int, int], head: Head, lexicon: Lexicon, *, is_inverted: bool
) -> set[Mark]:
    """Return what is seen beside the words of a name, of which *body* is the surname: from and up to which word each reaches."""
    first, last = name
    found: set[Mark] = set()
    if not is_inverted and not head.is_initials and _is_hyphened(reading, head, body[0]):
        found.add(Mark.LONGER_NAME)
    if is_longer_name(reading, first, last) or (is_inverted and _is_another(reading, last)):
        found.add(Mark.LONGER_NAME)
    if _is_followed_by_surname(reading, last, lexicon) or _follows_another_first(reading, head, lexicon):
        found.add(Mark.ANOTHER_NAME)
    if is_in_entity(reading, first, last):
        found.add(Mark.ENTITY)
    return found


_HARDLY_A_WORD = 5e-6
"""A surname that is written more often than this may as well be the word that begins the next sentence."""


def _follows_another_first(reading: Reading, head: Head, lexicon: Lexicon) -> bool:
    """Tell whether another first name stands before hers: "Anna Sanne Molen"; at the head of a sentence it may be a verb."""
    place = head.start - 1
    if head.is_initials or head.name_start or place < 1 or reading.gap(head.start) != " " or reading.gap(place) != " ":
        return False
    word = reading.words[place]
    return word not in head.bearer.called.middles and reading.is_capital(place) and lexicon.is_given_name(word)


def follows_first_name(reading: Reading, first: int, lexicon: Lexicon) -> bool:
    """Tell whether a first name or initial stands before: in "Piet Bakker, Jan Smit" nobody is called Jan Bakker."""
    if first == 0 or reading.gap(first) not in (" ", ". ", ".") or not reading.is_capital(first - 1):
        return False
    word = reading.words[first - 1]
    return len(word) == 1 or (reading.gap(first) == " " and lexicon.is_given_name(word))


def _is_followed_by_surname(reading: Reading, last: int, lexicon: Lexicon) -> bool:
    """Tell whether another surname follows directly: "Sanne Molen Nielsen"; a common word begins the next sentence."""
    if last >= len(reading.words) or reading.gap(last) != " " or not reading.is_capital(last):
        return False
    word = reading.words[last]
    return lexicon.is_surname(word) and lexicon.frequency(word) < _HARDLY_A_WORD


def _is_another(reading: Reading, last: int) -> bool:
    """Tell whether a surname with a prefix follows a name that is read as inverted: "zei Molen, Sanne de Boer"."""
    place = last
    while place < len(reading.words) and reading.gap(place) in (" ", ". ") and place - last < PREFIX_AT_MOST:
        word = reading.words[place]
        if word not in PREFIXES:
            return place > last and reading.is_capital(place) and len(word) > 1 and reading.gap(place) == " "
        place += 1
    return False


def _is_hyphened(reading: Reading, head: Head, start: int) -> bool:
    """Tell whether a hyphen makes one first name of both: "Charles-Maurice"; small letters are an address in a text."""
    return reading.gap(head.end) == "-" and reading.is_capital(start) and not reading.how


def case_mark(reading: Reading, body: tuple[int, int], head: Head, lexicon: Lexicon) -> Mark | None:
    """In a text that begins names with capitals, small letters speak against a name, and most where they make a word.

    *body*: where the surname begins and ends.
    """
    if reading.how:
        return None
    if not reading.is_cased:
        is_list = head.is_initials and not reading.is_capital(head.start) and lexicon.is_common(reading.words[body[0]])
        return Mark.COMMON_WORD if is_list and not _is_compact_address(reading, head.start, body[1]) else None
    is_capital = not reading.is_small(body[0]) or head.bearer.is_small
    is_head_capital = reading.is_capital(head.start) or head.bearer.called.is_small
    if is_capital and (is_head_capital or head.is_initials):
        return None
    if head.is_initials and not _is_compact_address(reading, head.start, body[1]):
        return Mark.COMMON_WORD if lexicon.is_common(reading.words[body[0]]) else Mark.LOWER_CASE
    is_word = lexicon.is_common(reading.words[body[0]] if not is_capital else reading.words[head.start])
    if is_word and (is_capital or is_head_capital):
        return Mark.COMMON_WORD
    return Mark.LOWER_CASE


def is_longer_name(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a longer name stands there: "Sanne Molen-Bakker", "Anne-Sanne Molen"."""
    is_followed = last < len(reading.words) and reading.gap(last) == "-"
    if is_followed and (reading.is_capital(last) or reading.words[last] in PREFIX_WORDS):
        return True
    return first > 0 and reading.gap(first) == "-" and reading.is_capital(first - 1)


def _is_compact_address(reading: Reading, first: int, last: int) -> bool:
    """Tell whether the words are a handle, an address, or part of one: there everything is small."""
    return reading.gap(last).startswith("@") or reading.gap(first).endswith("@") or reading.gap(first + 1) in gaps.COMPACT


def is_named_before(reading: Reading, first: int) -> bool:
    """Tell whether another capital word stands directly before: "Piet Bakker Jan" is no list of names."""
    return first > 0 and reading.gap(first) == " " and reading.is_capital(first - 1)
