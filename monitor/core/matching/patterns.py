"""Turn spellings of a name into what can be looked up by its words, and check what a look-up found.

The words of a spelling are found by `index`; here is what must hold beside them: which gaps may stand between the words,
what must be a capital, and what may not stand before and behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from monitor.core.matching.reading import Reading
from monitor.core.model import Field, NameGrade
from monitor.core.names import PREFIX_WORDS, Form, NameVariant
from monitor.core.text import WORD, fold

_WORD = frozenset({" ", "-", "'", " '", "' ", " - ", "- ", "_"})
"""What may stand where a spelling has a space, a hyphen or an apostrophe; "- " is a hyphen at the end of a line."""
_POINT = frozenset({".", ". ", " ", "/", "-", ".-", "_", ".'", ". '"})
"""What may stand where a spelling has a point: "S.M.", "S M", "v/d", "J.-P."."""
_COMMA = frozenset({",", ", ", " , "})
_ADDRESS = frozenset({"-", "_", "+", " ", ".", "--"})
"""What may part the words of a name in an address."""

_NOT_IN_ADDRESSES = frozenset({Form.INITIALS, Form.PARTIAL, Form.ALIAS_WORD})
"""In an address everything is small and nothing has points: "foto-s-van-der-molen" is no initial."""

_WITH_INITIALS = frozenset({Form.INITIALS, Form.INVERTED_INITIALS, Form.PARTIAL})
_WITH_CAPITALS = _WITH_INITIALS | {Form.ALIAS_WORD}
_SURFACE_AT_MOST = 400
_BARE_HANDLE_AT_LEAST = 6


@dataclass(frozen=True, slots=True)
class Pattern:
    """What must hold for the words of a spelling to be that spelling. Equal for many people."""

    form: Form
    grade: NameGrade
    gaps: tuple[frozenset[str], ...]
    initials: tuple[int, ...] = ()
    is_inverted: bool = False
    is_cased: bool = False
    is_distinctive: bool = True


def compile_variant(variant: NameVariant) -> tuple[tuple[str, ...], Pattern]:
    """Return the words of a spelling, and what must hold beside them."""
    as_folded = fold(variant.text)
    gaps = WORD.split(as_folded.text)
    capitals: tuple[bool, ...] = ()
    if variant.form in _WITH_CAPITALS:
        starts = (as_folded.offsets[found.start()] for found in WORD.finditer(as_folded.text))
        capitals = tuple(variant.text[start].isupper() for start in starts)
    words = tuple(WORD.findall(as_folded.text))
    is_plain = len(words) == 1 and words[0].isalpha()
    return words, _pattern(variant.form, variant.grade, tuple(gaps[1:]), capitals, is_plain)


@lru_cache(maxsize=4096)
def _pattern(form: Form, grade: NameGrade, behind: tuple[str, ...], capitals: tuple[bool, ...], is_plain: bool) -> Pattern:  # noqa: FBT001 # a cache has no keywords
    """Make the pattern of a shape: few are made, for many people. *behind* is what stands behind each word."""
    between = behind[:-1]
    is_handle = form is Form.HANDLE
    return Pattern(
        form=form,
        grade=grade,
        gaps=tuple(frozenset({gap}) if is_handle else _gaps_for(gap) for gap in between),
        initials=_initials(form, behind, capitals),
        is_inverted=any("," in gap for gap in between) and form is not Form.ALIAS,
        is_cased=form is Form.ALIAS_WORD and capitals[0],
        is_distinctive=not (is_handle and is_plain),
    )


def _gaps_for(gap: str) -> frozenset[str]:
    if "," in gap:
        return _COMMA
    return _POINT if "." in gap else _WORD


def _initials(form: Form, behind: tuple[str, ...], is_capital: tuple[bool, ...]) -> tuple[int, ...]:
    """Return which words are initials: those with a point behind them, and the first of the person's own ("SM")."""
    if form not in _WITH_INITIALS:
        return ()
    first = max((place + 1 for place, gap in enumerate(behind) if "," in gap), default=0)
    return tuple(
        place for place, gap in enumerate(behind) if is_capital[place] and (place == first or (place > first and "." in gap))
    )


def fits(reading: Reading, start: int, pattern: Pattern) -> bool:
    """Tell whether the words that were found at *start* are really this spelling."""
    end = start + len(pattern.gaps) + 1
    if reading.length(start, end) > _SURFACE_AT_MOST:
        return False
    if pattern.form is Form.HANDLE:
        return _is_handle(reading, start, end, pattern)
    if reading.field is Field.URL:
        is_possible = not pattern.is_inverted and pattern.form not in _NOT_IN_ADDRESSES
        return is_possible and all(reading.gap(place) in _ADDRESS for place in range(start + 1, end))
    if not all(reading.gap(start + 1 + place) in allowed for place, allowed in enumerate(pattern.gaps)):
        return False
    if pattern.is_cased and not reading.is_capital(start):
        return False
    return not pattern.initials or _are_initials(reading, start, pattern.initials)


def _are_initials(reading: Reading, start: int, initials: tuple[int, ...]) -> bool:
    """An initial is a capital or has a point; "foto's van der Molen" and "J. S. van der Molen" are not "S. van der Molen"."""
    for place in initials:
        if not reading.is_capital(start + place) and not reading.gap(start + place + 1).startswith("."):
            return False
    first = start + initials[0]
    if first == 0:
        return True
    before = reading.gap(first)
    if before == "'":
        return False
    is_one_letter = len(reading.words[first - 1]) == 1 and reading.is_capital(first - 1)
    return not (is_one_letter and before in (".", ". ", " ", ".-", "-"))


def _is_handle(reading: Reading, start: int, end: int, pattern: Pattern) -> bool:
    """A handle stands behind an @, or in an address as a whole part; a distinctive one ("sanne_m1") stands for itself."""
    if not all(reading.gap(start + 1 + place) in allowed for place, allowed in enumerate(pattern.gaps)):
        return False
    before, behind = reading.gap(start), reading.gap(end)
    is_last = end == len(reading.words)
    if behind[:1] in ("_", "-", "@") and not is_last and behind != "@":
        return False
    if behind == "." and not is_last:
        return False
    if before.endswith("@"):
        # "info@sanne.example" has the handle of nobody; "@sanne@social.example" does.
        return before != "@" or start == 0 or reading.field is Field.URL
    if reading.field is Field.URL:
        is_part = before.endswith("/") and (is_last or behind.startswith("/"))
        return is_part and (pattern.is_distinctive or len(reading.words[start]) >= _BARE_HANDLE_AT_LEAST)
    if before == "/" and start > 1:
        return reading.gap(start - 1) == "."
    return pattern.is_distinctive and before not in ("_", "-", ".", "/")


def is_part_of_longer_name(reading: Reading, start: int, end: int, pattern: Pattern) -> bool:
    """Tell whether a longer name stands there: "Sanne Molen-Bakker", "Anne-Sanne Molen", "Molen, Sanne de Boer"."""
    if reading.field is Field.URL or pattern.form is Form.HANDLE:
        return False
    if end < len(reading.words):
        behind = reading.gap(end)
        is_name = reading.is_capital(end) or reading.words[end] in PREFIX_WORDS
        if is_name and (behind == "-" or (pattern.is_inverted and behind == " ")):
            return True
    return start > 0 and reading.gap(start) == "-" and reading.is_capital(start - 1)
