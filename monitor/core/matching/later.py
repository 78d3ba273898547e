"""Read surnames without a first name: of those who were named before in the same text, and those with a title.

A surname belongs to whom was last named in full with it; another first name or initial before it, registered or not, makes it
somebody else's. So who else is registered changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from monitor.core.lexicon import Lexicon
from monitor.core.matching import gaps
from monitor.core.matching.beside import is_longer_name
from monitor.core.matching.claims import Claim
from monitor.core.matching.entities import is_in_entity
from monitor.core.matching.finding import Sighted
from monitor.core.matching.grammar import borne_by, second_surname_end
from monitor.core.matching.prefixes import prefix_starts, surname_start
from monitor.core.matching.reading import Reading
from monitor.core.matching.watched import Bearer, Body, Watched
from monitor.core.model import Field, NameGrade
from monitor.core.names import Form

LATER_AT_MOST = 1_000
PLACES_AT_MOST = 5_000
_INITIAL_FORMS = frozenset({Form.INITIALS, Form.INVERTED_INITIALS, Form.PARTIAL})


def later_mentions(seen: Sequence[Sighted], watched: Watched, lexicon: Lexicon) -> Iterator[Claim]:
    """Return the surnames that stand for those who were named in full before, title and text read as one."""
    named: dict[int, list[Claim]] = {}
    for sighted in seen:
        for claim in sighted.claims:
            if claim.grade is not NameGrade.WEAK and claim.form not in _INITIAL_FORMS:
                named.setdefault(claim.person_id, []).append(claim)
    placed = [(sighted, _by_word(sighted)) for sighted in seen] if named else []
    for person_id, claims in named.items():
        for bearer in watched.people.get(person_id, ()):
            yield from _of_bearer(bearer, claims, placed, watched, lexicon)


def _of_bearer(
    bearer: Bearer,
    claims: Iterable[Claim],
    placed: Sequence[tuple[Sighted, Mapping[str, Sequence[int]]]],
    watched: Watched,
    lexicon: Lexicon,
) -> Iterator[Claim]:
    first_word = bearer.body.words[0]
    is_named = False
    count = 0
    for sighted, places in placed:
        reading = sighted.reading
        if reading.field is Field.URL:
            continue
        hers = sorted((claim.begin, claim.finish) for claim in claims if claim.field is reading.field)
        at = 0
        for place in places.get(first_word, ())[:PLACES_AT_MOST]:
            if count >= LATER_AT_MOST:
                return
            begin = reading.start(place)
            while at < len(hers) and hers[at][1] <= begin:
                is_named = True
                at += 1
            if at < len(hers) and hers[at][0] <= begin < hers[at][1]:
                is_named = True
                continue
            if has_other_head(reading, place, lexicon):
                is_named = False
                continue
            claim = bare_surname(reading, place, bearer, watched, Form.LATER) if is_named else None
            if claim is not None:
                count += 1
                yield claim
        is_named = is_named or at < len(hers)


def _by_word(sighted: Sighted) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for place in sighted.surnames:
        found.setdefault(sighted.reading.words[place], []).append(place)
    return found


def titled_mentions(
    seen: Sequence[Sighted], watched: Watched, is_rare: Callable[[Body], bool], is_told: Callable[[Bearer], bool]
) -> Iterator[Claim]:
    """Return surnames with a title before them: rare ones, and those of bearers of whom the text tells more."""
    for sighted in seen:
        reading = sighted.reading
        if reading.field is Field.URL:
            continue
        for place in sighted.titled[:PLACES_AT_MOST]:
            first = (prefix_starts(reading, place) or [place])[-1]
            if first == 0 or reading.words[first - 1] not in gaps.TITLES or reading.gap(first) not in (" ", ". "):
                continue
            for body in {id(tail.body): tail.body for tail in watched.tails[reading.words[place]]}.values():
                is_told_of_all = is_rare(body)
                for bearer in body.bearers:
                    if is_told_of_all or is_told(bearer):
                        claim = bare_surname(reading, place, bearer, watched, Form.TITLED, title=first - 1)
                        if claim is not None:
                            yield claim


def bare_surname(
    reading: Reading, place: int, bearer: Bearer, watched: Watched, form: Form, *, title: int | None = None
) -> Claim | None:
    """Return a claim on the surname at *place*, with its prefix, or with the title before it; None where it is none."""
    if reading.is_cased and not reading.is_capital(place):
        return None
    words = bearer.body.words
    if tuple(reading.words[place : place + len(words)]) != words:
        return None
    first = surname_start(reading, place, bearer.prefix)
    if title is not None and (first != title + 1 or (bearer.prefix and first == place)):
        return None
    end = second_surname_end(reading, place + len(words), bearer, watched)
    if is_longer_name(reading, first, end) or is_in_entity(reading, first, end):
        return None
    return Claim(bearer.person_id, reading, first if title is None else title, end, form, borne=borne_by(bearer))


def has_other_head(reading: Reading, place: int, lexicon: Lexicon) -> bool:
    """Tell whether another first name or initial stands before the surname at *place* and its prefix."""
    first = (prefix_starts(reading, place) or [place])[-1]
    if first == 0:
        return False
    word, gap = reading.words[first - 1], reading.gap(first)
    if len(word) == 1 and gap in gaps.INITIAL and reading.is_capital(first - 1):
        return True
    if gap not in gaps.WORD or word in gaps.TITLES:
        return False
    if not reading.is_cased:
        return lexicon.is_given_name(word)
    return reading.is_capital(first - 1) and (lexicon.is_given_name(word) or not lexicon.is_common(word))
