"""Say how likely it is that a name is our person: one sum over the reasons, which is all there is to explain.

Every reason carries log-odds (`points`); their sum makes the confidence: 0 points are 0.5, 2.2 points 0.9. Of one code the
strongest reason counts whole, the next half, the third a quarter: more that speaks for her never lowers the answer. How rare
a name is comes from word frequencies (`rarity`): a proxy, since nobody publishes how many people bear a whole name. Finding
the reasons is in `verdict`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from monitor.core.model import Band, Reason
from monitor.core.names import Form
from monitor.core.namesakes import CONFIRMED_LIKE, NAMESAKE
from monitor.core.namesakes import PARAMS as PROFILE_PARAMS
from monitor.core.namesakes import points as profile_points

REASON_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "form": ("form",),
        "rarity": ("bearers",),
        "organisation": ("term", "near"),
        "own_site": ("domain",),
        "context": ("term", "near"),
        "colleague": ("people", "near"),
        "not_context": ("term", "near"),
        "shared_spelling": ("people",),
        "better_fit": ("people",),
        "misspelled": (),
        "respelled": (),
        "possessive": (),
        "middle_name": (),
        "more_initials": (),
        "other_middle_name": (),
        "lower_case": (),
        "common_word": (),
        "another_name": (),
        "longer_name": (),
        "entity": (),
        "in_address": (),
        "evasion": ("how",),
        NAMESAKE: PROFILE_PARAMS,
        CONFIRMED_LIKE: PROFILE_PARAMS,
        "many_spans": ("limit",),
    }
)
"""Every code that a Match may carry, and the names of its parameters.

form               how the name is spelled at the place that speaks most for it: a value of `names.Form`
rarity             about so many people bear a name that is spelled like this (a proxy from word frequencies)
organisation       the organisation is named in the text: as which term, and whether near the name
own_site           the text stands on a site of the organisation, or names a mailbox there
context            a registered term that speaks for the person stands in the text: which, and whether near the name
colleague          so many other registered people are named in the text, and whether one of them near the name
not_context        a registered term that speaks against the person stands in the text
shared_spelling    so many other registered people are spelled like this here, or are named by more of what stands there
better_fit         so many other registered people are named better by the same words
misspelled         one letter differs, or it is spelled as it sounds
respelled          ij for y, ue for u with two points, and the like
possessive         with an s behind that may belong to another surname
middle_name        a name or initial stands between first name and surname that is not registered
more_initials      more initials stand there than are registered
other_middle_name  a name or initial stands between first name and surname that is not hers
lower_case         small letters in a text that begins names with capitals
common_word        the same, and what is small is a common word
another_name       another first name stands before it, or another surname behind it
longer_name        what stands there is part of a longer name
entity             what stands there is part of the name of a street, a firm, a work
in_address         the name stands in the address only
evasion            the name is disguised there, and how
namesake           somebody said of a page like this that it is not about the person
confirmed_like     somebody said of a page like this that it is about the person
many_spans         the name stands there more often than is kept
"""

_FULL = 1.8
_FORM_POINTS: Mapping[str, float] = MappingProxyType(
    {
        Form.FULL: _FULL,
        Form.DOUBLE: _FULL,
        Form.INVERTED: _FULL,
        Form.ALIAS: 2.2,
        Form.HANDLE: 2.2,
        Form.PREFIX: _FULL - 0.1,
        Form.JOINED: _FULL - 0.3,
        Form.NO_PREFIX: _FULL - 0.7,
        Form.SURNAMES: _FULL - 0.9,
        Form.OTHER_SURNAME: _FULL - 0.7,
        Form.OTHER_PREFIX: _FULL - 1.2,
        Form.INITIALS: _FULL - 0.1,
        Form.INVERTED_INITIALS: _FULL - 0.2,
        Form.ALIAS_WORD: 0.5,
        Form.TITLED: 0.3,
        Form.LATER: 0.0,
        Form.PARTIAL: 0.2,
    }
)
_CODE_POINTS: Mapping[str, float] = MappingProxyType(
    {
        "organisation": 2.0,
        "own_site": 3.0,
        "context": 1.2,
        "colleague": 1.0,
        "not_context": -3.0,
        "better_fit": -3.5,
        "misspelled": -0.7,
        "respelled": -0.2,
        "possessive": -0.2,
        "middle_name": -0.4,
        "more_initials": -1.0,
        "other_middle_name": -3.0,
        "lower_case": -0.4,
        "common_word": -2.5,
        "another_name": -1.5,
        "longer_name": -2.5,
        "entity": -3.0,
        "in_address": -0.5,
        "evasion": 0.3,
    }
)
_NEAR_POINTS: Mapping[str, float] = MappingProxyType({"organisation": 1.0, "context": 0.8, "colleague": 0.5})
"""What is added where it stands near the name."""

_PER_E_FOLD = 0.5
_RARITY_AT_MOST, _RARITY_AT_LEAST = 2.6, -2.15
"""A whole name that is borne by one in the country (1 bearer: 1.8 points) is probable, by 0.03 certain, by 80 and more
possible at least. Half the log-odds that the number of bearers alone would give: a name is not found in a random text, but
where its Sources look and its bearer works.
"""

_REPEATED = (1.0, 0.5, 0.25)
_BANDS = ((0.97, Band.CERTAIN), (0.80, Band.PROBABLE), (0.40, Band.POSSIBLE), (0.0, Band.UNLIKELY))


def form_points(form: str) -> float:
    """Return the log-odds of one kind of spelling."""
    return _FORM_POINTS.get(form, 0.0)


def mark_points(code: str) -> float:
    """Return the log-odds of one thing that is seen at the name itself."""
    return _CODE_POINTS.get(code, 0.0)


def points(reason: Reason) -> float:
    """Return the log-odds of one reason; an unknown one says nothing."""
    params = reason.params
    match reason.code:
        case "form":
            return form_points(str(params.get("form", "")))
        case "rarity":
            bearers = params.get("bearers", 1.0)
            expected = float(bearers) if isinstance(bearers, int | float) and bearers > 0 else 1.0
            return max(_RARITY_AT_LEAST, min(_RARITY_AT_MOST, -_PER_E_FOLD * math.log(expected)))
        case "shared_spelling":
            people = params.get("people", 1)
            return -0.5 - math.log1p(people if isinstance(people, int) and people > 0 else 1)
        case code if code in (NAMESAKE, CONFIRMED_LIKE):
            return profile_points(reason)
        case code:
            near = _NEAR_POINTS.get(code, 0.0) if params.get("near") is True else 0.0
            return _CODE_POINTS.get(code, 0.0) + near


def weighed(reasons: Iterable[Reason]) -> tuple[tuple[Reason, float, float], ...]:
    """Return each reason once, in the order given, with its points and how much of them counts."""
    given = list({(reason.code, *sorted(reason.params.items())): reason for reason in reasons}.values())
    by_code: dict[str, list[int]] = {}
    for place, reason in enumerate(given):
        by_code.setdefault(reason.code, []).append(place)
    weights = [0.0] * len(given)
    for alike in by_code.values():
        strongest_first = sorted(alike, key=lambda place: -abs(points(given[place])))
        for place, weight in zip(strongest_first, _REPEATED, strict=False):
            weights[place] = weight
    return tuple((reason, points(reason), weight) for reason, weight in zip(given, weights, strict=True))


def confidence(reasons: Iterable[Reason]) -> float:
    """Return the probability, to four places, that *reasons* add up to."""
    total = math.fsum(each * weight for _, each, weight in weighed(reasons))
    return round(1 / (1 + math.exp(-total)), 4)


def band(probability: float) -> Band:
    """Return the band in which a confidence lies."""
    return next(each for least, each in _BANDS if probability >= least)
