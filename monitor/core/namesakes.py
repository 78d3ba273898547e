"""Learn from what people say of a Mention, "that is me" or "not our Jan", and tell which later texts are like it. Pure.

Only reasons are made here; they lower or raise the confidence of a Match. What is grave is told whatever they say: that is
decided in `triage` and `alerting`. Of an author only a hash is known, and it counts only beside a name that was judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType
from typing import Final, Protocol

from monitor.core.model import Document, Organisation, Param, Reason, Registration
from monitor.core.text import tokens
from monitor.core.urls import canonical_key, site_of

NAMESAKE: Final = "namesake"
CONFIRMED_LIKE: Final = "confirmed_like"
PARAMS: Final = ("profile", "page", "site", "author", "terms")
"""What either code says: the profile, whether it is the very page, and what agrees; `terms` in steps from 0 to 3."""

POINTS: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {NAMESAKE: (0.0, -0.7, -2.5, -4.0), CONFIRMED_LIKE: (0.0, 0.5, 1.5, 2.5)}
)
"""Log-odds by level. The same site alone (level 1) may be a newspaper with everybody in it: it takes no full name (2.2) out
of `probable`. Level 2 makes it `possible` at most, level 3 `unlikely`, unless something else speaks for her.
"""

TERMS_AT_MOST = 12
_TERM_AT_LEAST = 4
_STEPS = (2, 4, 7)
"""So many common words make one step more; a single one is a coincidence."""

_STRONG = 3


class KnowsWords(Protocol):
    """How common words are: a Lexicon."""

    def frequency(self, word: str, /) -> float: ...

    def is_common(self, word: str, /) -> bool: ...


class NoWords:
    """Knows no word: every one is rare."""

    def frequency(self, word: str, /) -> float:  # noqa: ARG002
        """Return that it is never used."""
        return 0.0

    def is_common(self, word: str, /) -> bool:  # noqa: ARG002
        """Tell that it is rare."""
        return False


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
    traits: Traits = field(default=THIS_PAGE_ONLY)
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
        site, author = document.site or site_of(document.url), author_hash(document.author)
        best: dict[bool, tuple[tuple[int, int, int], Reason]] = {}
        for profile in hers:
            traits = profile.traits
            params: dict[str, Param] = {
                "profile": profile.id,
                "page": bool(page) and page in profile.pages,
                "site": bool(site) and site == traits.site,
                "author": bool(author) and author == traits.author,
                "terms": sum(_agreeing(traits.terms, words) >= step for step in _STEPS),
            }
            strength = (level(params), _score(params), -profile.id)
            if strength[0] and (profile.is_ours not in best or best[profile.is_ours][0] < strength):
                code = CONFIRMED_LIKE if profile.is_ours else NAMESAKE
                best[profile.is_ours] = (strength, Reason(code, params))
        return tuple(best[is_ours][1] for is_ours in sorted(best))


NO_PROFILES: Final = Profiles()


def level(params: Mapping[str, Param]) -> int:
    """Return how much agrees, from 0 to 3: one for the site, one for the author, one for each step of common words."""
    return _STRONG if params.get("page") is True else min(_STRONG, _score(params))


def points(reason: Reason) -> float:
    """Return the log-odds of a reason of this module; 0 for any other."""
    return POINTS[reason.code][level(reason.params)] if reason.code in POINTS else 0.0


def learn(document: Document, author: int, own: AbstractSet[str], lexicon: KnowsWords) -> Traits:
    """Return what makes pages like *document* known: its words should be those near the name. *author*: the hash of theirs.

    *own*: words that say nothing, or are counted already (`own_words`). The most frequent there come first, of those the
    rarest elsewhere.
    """
    counts = Counter(tokens(f"{document.title}\n{document.text}"))
    rare = [word for word in counts if _is_telling(word) and word not in own and not lexicon.is_common(word)]
    rare.sort(key=lambda word: (-counts[word], lexicon.frequency(word), word))
    return Traits(site=document.site or site_of(document.url), author=author, terms=tuple(rare[:TERMS_AT_MOST]))


def telling_author(author: str, site: str, lexicon: KnowsWords) -> int:
    """Return the hash of *author*, 0 where that names nobody: "Redactie", or the site itself."""
    is_somebody = any(_is_telling(word) and word not in site and not lexicon.is_common(word) for word in tokens(author))
    return author_hash(author) if is_somebody else 0


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


def _is_telling(word: str) -> bool:
    return len(word) >= _TERM_AT_LEAST and not word.isdecimal()


def _agreeing(terms: Iterable[str], words: AbstractSet[str]) -> int:
    return sum(term in words for term in terms)


def _score(params: Mapping[str, Param]) -> int:
    steps = params.get("terms", 0)
    in_steps = min(_STRONG, max(0, steps)) if isinstance(steps, int) else 0
    return (params.get("site") is True) + (params.get("author") is True) + in_steps
