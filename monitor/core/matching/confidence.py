"""Say how likely it is that a name is our person: one sum over the reasons, which is all there is to explain.

Every reason carries log-odds (`points`); their sum makes the confidence: 0 points are 0.5, 2.2 points 0.9. A code counts
once, however often it is given, so more of the same never changes the answer. Finding the reasons is in `verdict`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from monitor.core.model import Band, Reason
from monitor.core.names import Form

REASON_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "form": ("form",),
        "organisation": ("term",),
        "context": ("term",),
        "not_context": ("term",),
        "shared_spelling": ("people",),
        "longer_name": (),
        "in_address": (),
        "many_spans": ("limit",),
    }
)
"""Every code that a Match may carry, and the names of its parameters.

form             how the name is spelled at the place that speaks most for it: a value of `names.Form`
organisation     the organisation is named in the text: as which term
context          a registered term that speaks for the person stands in the text
not_context      a registered term that speaks against the person stands in the text
shared_spelling  so many other registered people are spelled like this here, or are named by more of what stands there
longer_name      what stands there is part of a longer name
in_address       the name stands in the address only
many_spans       the name stands there more often than is kept
"""

_FORM_POINTS: Mapping[str, float] = MappingProxyType(
    {
        Form.FULL: 2.2,
        Form.DOUBLE: 2.2,
        Form.INVERTED: 2.2,
        Form.ALIAS: 2.2,
        Form.HANDLE: 2.2,
        Form.PREFIX: 2.0,
        Form.NO_PREFIX: 1.0,
        Form.OTHER_SURNAME: 1.0,
        Form.ALIAS_WORD: 0.5,
        Form.INITIALS: 0.1,
        Form.INVERTED_INITIALS: 0.1,
        Form.PARTIAL: -1.0,
    }
)
_CODE_POINTS: Mapping[str, float] = MappingProxyType(
    {
        "organisation": 1.5,
        "context": 1.5,
        "not_context": -3.0,
        "shared_spelling": -1.8,
        "longer_name": -2.5,
        "in_address": -0.5,
    }
)
"""A full name with one of these two contexts is certain (3.7), initials with one probable (1.6), with both still probable
(3.1). Two who share a full spelling are possible (0.4) without context, and probable (1.9) with.
"""

_BANDS = ((0.97, Band.CERTAIN), (0.80, Band.PROBABLE), (0.40, Band.POSSIBLE), (0.0, Band.UNLIKELY))


def form_points(form: str) -> float:
    """Return the log-odds of one kind of spelling."""
    return _FORM_POINTS.get(form, 0.0)


def points(reason: Reason) -> float:
    """Return the log-odds of one reason; an unknown one says nothing."""
    if reason.code == "form":
        return form_points(str(reason.params.get("form", "")))
    return _CODE_POINTS.get(reason.code, 0.0)


def confidence(reasons: Iterable[Reason]) -> float:
    """Return the probability, to four places, that *reasons* add up to."""
    by_code = {reason.code: points(reason) for reason in reasons}
    return round(1 / (1 + math.exp(-math.fsum(by_code.values()))), 4)


def band(probability: float) -> Band:
    """Return the band in which a confidence lies."""
    return next(each for least, each in _BANDS if probability >= least)
