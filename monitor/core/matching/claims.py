"""What some words of a document, taken alone, are as a spelling of somebody's name.

The grammar makes claims; which of them are kept and what they are worth together is in `verdict`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.core.matching.confidence import form_points, mark_points
from monitor.core.matching.reading import Reading
from monitor.core.model import Field, NameGrade, Span
from monitor.core.names import GRADES, Form


class Mark(StrEnum):
    """What else was seen where a name stands; the value is a reason code."""

    MISSPELLED = "misspelled"
    RESPELLED = "respelled"
    POSSESSIVE = "possessive"
    MIDDLE_NAME = "middle_name"
    MORE_INITIALS = "more_initials"
    LOWER_CASE = "lower_case"
    COMMON_WORD = "common_word"
    OTHER_MIDDLE_NAME = "other_middle_name"
    ANOTHER_NAME = "another_name"
    LONGER_NAME = "longer_name"
    ENTITY = "entity"
    IN_ADDRESS = "in_address"


_LIKELY_AT_MOST = frozenset(
    {
        Mark.MISSPELLED, Mark.POSSESSIVE, Mark.MIDDLE_NAME, Mark.OTHER_MIDDLE_NAME, Mark.ANOTHER_NAME, Mark.LOWER_CASE,
        Mark.IN_ADDRESS,
    }
)  # fmt: skip
_WEAK = frozenset({Mark.MORE_INITIALS, Mark.COMMON_WORD, Mark.LONGER_NAME, Mark.ENTITY})
_CORRECTED = 0.5
"""Of two readings that are worth the same, the one that corrects less is taken."""

_NOT_WITH_INITIALS = frozenset({Mark.POSSESSIVE, Mark.MISSPELLED})
"""Initials say too little for a surname that may be another one as well."""

_INITIALS = frozenset({Form.INITIALS, Form.INVERTED_INITIALS})
_ORDER = {NameGrade.WEAK: 0, NameGrade.LIKELY: 1, NameGrade.CLEAR: 2}


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """Some words of a reading that spell the name of one person, in that form, with those marks.

    `how` says what was corrected before the words could be read: a disguise, a misspelling. `borne`: first name or initials,
    prefix and surname that stand there, folded, to tell how many people bear them.
    """

    person_id: int
    reading: Reading
    first: int
    last: int
    form: Form
    marks: frozenset[Mark] = frozenset()
    how: tuple[str, ...] = ()
    begins_with_initial: bool = False
    borne: tuple[str, str, str] = ("", "", "")

    @property
    def field(self) -> Field:
        return self.reading.field

    @property
    def begin(self) -> int:
        """Return where the name begins in the folded text."""
        return self.reading.start(self.first)

    @property
    def finish(self) -> int:
        """Return where the name ends in the folded text."""
        return self.reading.end(self.last - 1)

    @property
    def grade(self) -> NameGrade:
        """Say whether these characters spell that name."""
        grade = GRADES[self.form]
        if self.marks & _WEAK:
            return NameGrade.WEAK
        if self.form in _INITIALS and self.marks & _NOT_WITH_INITIALS:
            return NameGrade.WEAK
        if self.marks & _LIKELY_AT_MOST and grade is NameGrade.CLEAR:
            return NameGrade.LIKELY
        return grade

    @property
    def worth(self) -> tuple[int, float]:
        """Return how well the words fit, to compare claims with: of one person, and of several on the same words."""
        corrected = _CORRECTED * len(self.how)
        return _ORDER[self.grade], form_points(self.form) + sum(map(mark_points, self.marks)) - corrected

    def span(self) -> Span:
        """Return the words as they are written."""
        return self.reading.span(self.first, self.last, self.form.value, begins_with_initial=self.begins_with_initial)
