"""Learn from what people say of a Mention, "that is me" or "not our Jan", and tell which later texts are like it. Pure.

Only reasons are made here; they lower or raise the confidence of a Match. What is grave is told whatever they say: that is
decided in `triage` and `alerting`. Of an author only a hash is known, and it counts only beside a name that was judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

from monitor.core.lexicon import Lexicon
from monitor.core.model import Document, Organisation, Param, Reason, Registration
from monitor.core.text import tokens
from monitor.core.urls import canonical_key, site_of

NAMESAKE: Final = "namesake"
CONFIRMED_LIKE: Final = "confirmed_like"
AGREEING: Final = ("page", "site", "author", "terms")
PARAMS: Final = ("profile", *AGREEING)
"""What either code says: the profile, whether it is the very page, and what agrees; `terms` in steps from 0 to 3."""

POINTS: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {NAMESAKE: (0.0, -0.7, -2.5, -4.0), CONFIRMED_LIKE: (0.0, 0.5, 1.5, 2.5)}
)
"""Log-odds by level. The same site alone (level 1) may be a newspaper with everybody in it: it weighs less than anything
that speaks for her. Level 3 outweighs even a rare name, but not a rare name and the organisation beside it.
"""

TERMS_AT_MOST = 12
_TERM_AT_LEAST = 4
_TERM_FREQUENCY = 2e-5
"""A word more frequent than this stands in one text of a thousand words in fifty: it tells no namesake from anybody."""

_ENDING_AT_LEAST = 6

_STEPS = (2, 4, 7)
"""So many common words make one step more; a single one is a coincidence."""

_STRONG = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What makes a page known again: its site, a hash of its author, and words that stood near the name."""

    site: str = ""
    author: int = 0
    terms: tuple[str, ...] = ()


THIS_PAGE_ONLY: Final = Traits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What somebody said of one Mention. `pages`: the canonical keys of its Page."""

    id: int
    person_id: int
    is_ours: bool
    made_at: datetime
    made_by: str
    traits: Traits = THIS_PAGE_ONLY
    pages: frozenset[str] = frozenset()

    def without(self, words: AbstractSet[str]) -> Profile:
        """Return the profile without those terms: what is registered says what it says, whatever was learned before."""
        terms = tuple(term for term in self.traits.terms if term not in words)
        return replace(self, traits=replace(self.traits, terms=terms))


class Profiles:
    """The profiles of a watchlist. Most people have none: that costs one look-up."""

    __slots__ = ("_of",)

    def __init__(self, profiles: Iterable[Profile] = ()) -> None:
        self._of: dict[int, list[Profile]] = {}
        for profile in profiles:
            self._of.setdefault(profile.person_id, []).append(profile)

    def has(self, person_id: int) -> bool:
        """Tell whether there are profiles of this person, so whether the words of a document are needed at all."""
        return person_id in self._of

    def reasons(self, person_id: int, document: Document, words: AbstractSet[str]) -> tuple[Reason, ...]:
        """Return what was said of pages like *document*: of each code the strongest. *words*: its folded words."""
        hers = self._of.get(person_id)
        if hers is None:
            return ()
        page = canonical_key(document.url)
        seen = Traits(site=document.site or site_of(document.url), author=author_hash(document.author))
        found: dict[str, tuple[tuple[int, int, int], Reason]] = {}
        for profile in hers:
            code = CONFIRMED_LIKE if profile.is_ours else NAMESAKE
            params = _agreement(profile, page, seen, words)
            strength = (level(params), _score(params), -profile.id)
            if strength[0] and (code not in found or found[code][0] < strength):
                found[code] = (strength, Reason(code, params))
        return tuple(found[code][1] for code in POINTS if code in found)


NO_PROFILES: Final = Profiles()


def _agreement(profile: Profile, page: str, seen: Traits, words: AbstractSet[str]) -> Mapping[str, Param]:
    common = sum(term in words for term in profile.traits.terms)
    return {
        "profile": profile.id,
        "page": bool(page) and page in profile.pages,
        "site": bool(seen.site) and seen.site == profile.traits.site,
        "author": bool(seen.author) and seen.author == profile.traits.author,
        "terms": sum(common >= step for step in _STEPS),
    }


def level(params: Mapping[str, Param]) -> int:
    """Return how much agrees, from 0 to 3: one for the site, one for the author, one for each step of common words."""
    return _STRONG if params.get("page") is True else min(_STRONG, _score(params))


def points(reason: Reason) -> float:
    """Return the log-odds of a reason of this module; 0 for any other."""
    return POINTS[reason.code][level(reason.params)] if reason.code in POINTS else 0.0


def learn(document: Document, author: int, own: AbstractSet[str], lexicon: Lexicon) -> Traits:
    """Return what makes pages like *document* known: its words should be those near the name. *author*: the hash of theirs.

    *own*: words that say nothing, or are counted already (`own_words`). The most frequent there come first, of those the
    rarest elsewhere.
    """
    counts = Counter(tokens(f"{document.title}\n{document.text}"))
    rare = [word for word in counts if _is_telling(word) and word not in own and lexicon.frequency(word) <= _TERM_FREQUENCY]
    rare.sort(key=lambda word: (-counts[word], lexicon.frequency(word), word))
    return Traits(site=document.site or site_of(document.url), author=author, terms=tuple(rare[:TERMS_AT_MOST]))


def telling_author(author: str, site: str, lexicon: Lexicon) -> int:
    """Return the hash of *author*, 0 where that names nobody: "Redactie", or the site itself."""
    return author_hash(author) if any(_names_somebody(word, lexicon) and word not in site for word in tokens(author)) else 0


def author_hash(author: str) -> int:
    """Return 63 bits over the folded words of a name, 0 where there are none."""
    words = " ".join(tokens(author))
    if not words:
        return 0
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1 or 1


def own_words(registration: Registration, organisation: Organisation) -> frozenset[str]:
    """Return the words that are registered about a person, and of the organisation: they are reasons of their own."""
    terms = (*registration.context, *registration.not_context, organisation.name, *organisation.aliases, registration.team)
    return name_words(registration).union(*map(tokens, terms))


def name_words(registration: Registration) -> frozenset[str]:
    """Return the words of a person's name; those of a colleague speak for a person."""
    name = registration.name
    parts = (name.surname, name.partner_surname, name.prefix, name.partner_prefix, name.call_name)
    return frozenset(word for part in (*parts, *name.given_names, *name.aliases, *name.handles) for word in tokens(part))


def _names_somebody(word: str, lexicon: Lexicon) -> bool:
    is_name = lexicon.is_given_name(word) or lexicon.is_surname(word)
    return _is_telling(word) and (is_name or not _ends_in_common_word(word, lexicon))


def _ends_in_common_word(word: str, lexicon: Lexicon) -> bool:
    """Tell whether *word* is common, or put together with one that is: "sportredactie"."""
    ends = range(1, len(word) - _ENDING_AT_LEAST + 1)
    return lexicon.is_common(word) or any(lexicon.is_common(word[start:]) for start in ends)


def _is_telling(word: str) -> bool:
    return len(word) >= _TERM_AT_LEAST and not word.isdecimal()


def _score(params: Mapping[str, Param]) -> int:
    steps = params.get("terms", 0)
    in_steps = min(_STRONG, max(0, steps)) if isinstance(steps, int) else 0
    return (params.get("site") is True) + (params.get("author") is True) + in_steps
