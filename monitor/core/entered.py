"""Take a name apart as somebody types it into one line. A guess, with its doubts: to be shown and confirmed.

People files may have columns instead, which need no guess. What stands around a name (titles, asides) is taken off in
`trimmings`; how a name may be written in a text is in `names`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.core.lexicon import EMPTY, Lexicon
from monitor.core.model import EMPTY as NO_PARAMS
from monitor.core.model import Name, NameUsage, Param
from monitor.core.names import PREFIX_WORDS
from monitor.core.text import folded, tokens
from monitor.core.trimmings import Trimmed, is_degrees, trimmed, without_degrees, without_titles

DOUBTS: Mapping[str, tuple[str, ...]] = {
    "one_word": (),
    "no_first_name": (),
    "order_unsure": (),
    "halves_unsure": ("partner", "own"),
    "many_halves": (),
    "given_may_be_surname": ("word",),
    "prefix_abbreviated": ("written", "read"),
    "recased": (),
    "left_out": ("text",),
}
"""What may be doubtful about a name that was taken apart: the codes, each with its parameters."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that may be wrong about a name that was taken apart; words are made at the edge."""

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: NO_PARAMS)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name that was taken apart, and what may be wrong about it. None where the text holds no name."""

    name: Name | None
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Parts:
    """The words of a name by what they are."""

    first: list[str]
    prefix: list[str]
    body: list[str]
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, code: str, **params: Param) -> None:
        self.doubts.append(Doubt(code, params))


def parse_name(text: str, lexicon: Lexicon = EMPTY) -> Parsed:
    """Return the parts of "mw. drs. S.M. (Sanne) van der Molen-Bakker" and the like, with what is doubtful about them."""
    around = trimmed(text)
    parts = _parts(around, lexicon)
    if not any(sign.isalpha() for word in parts.body for sign in word):
        return Parsed(None)
    _expand_prefix(parts)
    name = _with_other_surname(_surname_of(parts), around)
    name = _with_first_names(name, parts.first, around.call_name)
    _doubt_first_names(parts, name, lexicon)
    if around.is_recased:
        parts.doubt("recased")
    for left_out in around.left_out:
        parts.doubt("left_out", text=left_out)
    return Parsed(name, tuple(parts.doubts))


def split_name(text: str) -> Name | None:
    """Return the parts of a name with its surname in one piece; None where no first name and surname are found."""
    parts = _parts(trimmed(text), EMPTY)
    if not parts.first or not parts.body:
        return None
    _expand_prefix(parts)
    return _with_first_names(Name(surname=" ".join(parts.body), prefix=" ".join(parts.prefix)), parts.first, "")


# ------------------------------------------------------------------------------------------------- first and surname


def _parts(around: Trimmed, lexicon: Lexicon) -> _Parts:
    segments = [segment.split() for segment in around.line.split(",")]
    segments = [words for words in segments if words]
    while len(segments) > 1 and is_degrees(segments[-1], is_shouted=around.is_recased):
        segments.pop()
    if not segments:
        return _Parts([], [], [])
    before, *behind = segments
    before = without_titles(before)
    if behind:
        read = 2 if all(map(_is_prefix, behind[0])) else 1  # "Molen, van der, Sanne"
        rest = without_titles([word for words in behind[:read] for word in words])
        parts = _inverted(before, without_degrees(rest, is_shouted=around.is_recased))
        for words in behind[read:]:
            parts.doubt("left_out", text=" ".join(words))
        return parts
    words = without_degrees(before, is_shouted=around.is_recased)
    words = [word for word in words if tokens(word)]
    sure = _by_capitals(words, around) or _by_initials(words)
    return sure or _by_place(words, lexicon)


def _inverted(surname: Sequence[str], rest: Sequence[str]) -> _Parts:
    """Read what stands before a comma and behind it: "Molen" and "Sanne van der", or "Molen" and "van der Sanne"."""
    start, end = 0, len(rest)
    while end > 1 and _is_prefix(rest[end - 1]):
        end -= 1
    if end == len(rest):
        while start < len(rest) - 1 and _is_prefix(rest[start]) and rest[start].islower():
            start += 1
    prefix, body = _cut_prefix(surname)
    trailing = len(body)
    while trailing > 1 and _is_prefix(body[trailing - 1]):  # "Molen van der, Sanne"
        trailing -= 1
    return _Parts(list(rest[start:end]), [*rest[:start], *rest[end:], *prefix, *body[trailing:]], body[:trailing])


def _by_capitals(words: Sequence[str], around: Trimmed) -> _Parts | None:
    """Read "Jean DUPONT" and "VAN DER MOLEN Sanne": the surname alone is in capitals."""
    if around.is_recased:
        return None
    capitals = [word.isupper() and not _is_initials(word) for word in words]
    count = sum(capitals)
    is_at_start, is_at_end = all(capitals[:count]), all(capitals[len(words) - count :])
    if not 0 < count < len(words) or not (is_at_start or is_at_end):
        return None
    loud, rest = (words[:count], words[count:]) if is_at_start else (words[-count:], words[:-count])
    if not any(len(tokens(word)[0]) > 3 for word in loud):
        return None
    end = len(rest)
    while end > 1 and _is_prefix(rest[end - 1]):  # "Sanne van der MOLEN"
        end -= 1
    lowered = _parts_of_surname(trimmed(" ".join(loud)).line.split())
    return _Parts(list(rest[:end]), [*rest[end:], *lowered.prefix], lowered.body)


def _by_initials(words: Sequence[str]) -> _Parts | None:
    """Read "Molen van der S.M.": initials at the end, and none before."""
    start = len(words)
    while start > 1 and _is_pointed(words[start - 1]):
        start -= 1
    if start == len(words) or start == 0 or any(map(_is_pointed, words[:start])):
        return None
    parts = _inverted(words[:start], words[start:])
    if (start > 1 and not parts.prefix) or not parts.body:  # "Sanne Maria M."
        return None
    return parts


def _by_place(words: Sequence[str], lexicon: Lexicon) -> _Parts:
    if not words:
        return _Parts([], [], [])
    if _is_prefix(words[0]) and not _is_first_name(words, lexicon):
        return _surname_first(words, lexicon)
    if len(words) > 2 and _is_prefix(words[-1]):  # a comma was forgotten: "Molen Sanne van der"
        end = len(words)
        while end > 2 and _is_prefix(words[end - 1]):
            end -= 1
        return _Parts(list(words[1:end]), list(words[end:]), [words[0]], [Doubt("order_unsure")])
    if len(words) == 1:
        return _Parts([], [], list(words), [Doubt("one_word")])
    start = _surname_starts_at(words)
    straight = _parts_of_surname(words[start:])
    straight.first = list(words[:start])
    if not _reads_as_surname(words[0], lexicon) or not lexicon.is_given_name(_last_part(words[-1])):
        return straight
    straight.doubt("order_unsure")
    if straight.prefix or lexicon.is_surname(_last_part(words[-1])):
        return straight
    return _Parts(list(words[1:]), [], [words[0]], straight.doubts)


_FIRST_NAMES = frozenset(("ben", "al"))
"""Prefix words that are given names as well."""


def _is_first_name(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether a prefix word at the start is a first name: "Ben de Vries", and not "Ben Ali Youssef"."""
    last = _last_part(words[-1])
    is_turned = len(words) > 2 and lexicon.is_given_name(last) and not lexicon.is_surname(last)
    return len(words) > 1 and folded(words[0]) in _FIRST_NAMES and not is_turned


def _surname_first(words: Sequence[str], lexicon: Lexicon) -> _Parts:
    """Read "van der Molen" and, where a known given name or initials end it, "El Amrani Youssef"."""
    parts = _parts_of_surname(words)
    start = len(parts.body)
    while start > 1 and (_is_initials(parts.body[start - 1]) or lexicon.is_given_name(folded(parts.body[start - 1]))):
        start -= 1
    parts.first, parts.body = parts.body[start:], parts.body[:start]
    if parts.first:
        parts.doubt("order_unsure")
    return parts


_BEGINS_SURNAME = frozenset(("mc", "mac", "st", "sint", "fitz", "oude", "olde", "klein", "groot", "lutke"))
"""Words that begin a surname and belong to it, unlike a prefix: "Kate Mc Donald", "Sanne Oude Veldekamp"."""


def _surname_starts_at(words: Sequence[str]) -> int:
    """Return where the surname begins: at a prefix, at a word such as "Jansen-de" that ends in one, else at the last word."""
    for place, word in enumerate(words[1:-1], start=1):
        if _is_prefix(word) or _is_prefix(word.rpartition("-")[2]) or folded(word).rstrip(".") in _BEGINS_SURNAME:
            return place
    return max(1, len(words) - 1)


def _reads_as_surname(word: str, lexicon: Lexicon) -> bool:
    return not _is_initials(word) and lexicon.is_surname(_last_part(word)) and not lexicon.is_given_name(_last_part(word))


def _last_part(word: str) -> str:
    return (tokens(word) or ("",))[-1]


# ---------------------------------------------------------------------------------------------------------- surnames


def _parts_of_surname(words: Sequence[str]) -> _Parts:
    prefix, body = _cut_prefix(words)
    return _Parts([], prefix, body)


_GLUED = re.compile(r"(?P<prefix>d'|l'|'t-|el-|al-)(?P<body>[^\W\d_]{2}.*)", re.IGNORECASE)


def _cut_prefix(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the prefix and the rest, of which at least one word stays; "d'Hondt" and "El-Amrani" are cut as well."""
    count = 0
    while count < len(words) - 1 and _is_prefix(words[count]):
        count += 1
    prefix, body = list(words[:count]), list(words[count:])
    glued = _GLUED.fullmatch(body[0]) if body else None
    if glued and (glued["prefix"][-1] == "-" or glued["prefix"].islower()):  # "D'Angelo" is one word
        return [*prefix, glued["prefix"].rstrip("-")], [glued["body"], *body[1:]]
    return prefix, body


def _is_prefix(word: str) -> bool:
    return folded(word) in PREFIX_WORDS or folded(word) == "d'" or _abbreviated(word) != ""


_FULL = {"v": "van", "vd": "van der", "vdr": "van der", "vh": "van het", "vt": "van 't", "d": "de"}


def _abbreviated(word: str) -> str:
    """Return what "v.d." probably stands for; nothing for a word that is no abbreviated prefix."""
    is_short = word.islower() and (word.endswith(".") or word in ("v/d", "vd", "v", "d"))
    return _FULL.get("".join(tokens(word)), "") if is_short else ""


def _expand_prefix(parts: _Parts) -> None:
    """Write an abbreviated prefix in full: from the full one all its spellings are derived, and not the other way about."""
    if not any(_abbreviated(word) for word in parts.prefix):
        return
    written = " ".join(parts.prefix)
    letters = "".join(token for word in parts.prefix for token in tokens(word))
    whole = _FULL.get(letters) if all(map(_abbreviated, parts.prefix)) else ""
    parts.prefix = (whole or " ".join(_abbreviated(word) or word for word in parts.prefix)).split()
    parts.doubt("prefix_abbreviated", written=written, read=" ".join(parts.prefix))


def _surname_of(parts: _Parts) -> Name:
    """Return the surname, parted at its hyphen: of "Molen-Bakker" the first half is the partner's, as is the Dutch custom."""
    prefix, body = " ".join(parts.prefix), " ".join(parts.body)
    halves = [half.strip() for half in body.split("-")]
    whole = Name(surname=body, prefix=prefix)
    if len(halves) < 2 or not all(len("".join(tokens(half))) > 1 for half in halves):
        return whole
    if len(halves) > 2:
        parts.doubt("many_halves")
        return whole
    own_prefix, own = _cut_prefix(halves[1].split())
    partner = Name(
        surname=" ".join(own),
        prefix=" ".join(own_prefix),
        partner_prefix=prefix,
        partner_surname=halves[0],
        usage=NameUsage.PARTNER_OWN,
    )
    parts.doubt("halves_unsure", partner=f"{prefix} {halves[0]}".strip(), own=halves[1])
    return partner


def _with_other_surname(name: Name, around: Trimmed) -> Name:
    """Add the surname that "geb." or "e/v" names. One that is named is no guess: there the hyphen says no more."""
    if around.born:
        born = _parts_of_surname(around.born.split())
        used, used_prefix = _undivided(name)
        return replace(
            name,
            surname=" ".join(born.body),
            prefix=" ".join(born.prefix),
            partner_surname=used,
            partner_prefix=used_prefix,
            usage=NameUsage.PARTNER,
        )
    if around.married:
        partner = _parts_of_surname(around.married.split())
        own, own_prefix = _undivided(name)
        return replace(
            name,
            surname=own,
            prefix=own_prefix,
            partner_surname=" ".join(partner.body),
            partner_prefix=" ".join(partner.prefix),
            usage=NameUsage.OWN,
        )
    return name


def _undivided(name: Name) -> tuple[str, str]:
    if not name.partner_surname:
        return name.surname, name.prefix
    own = f"{name.prefix} {name.surname}".strip()
    return f"{name.partner_surname}-{own}", name.partner_prefix


# ------------------------------------------------------------------------------------------------------- first names

_POINTED = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+(?:[^\W\d_])?")


def _is_pointed(word: str) -> bool:
    return _POINTED.fullmatch(word) is not None and not word.islower()


def _is_initials(word: str) -> bool:
    """Tell whether *word* is "S.M.", "Th.", "S" or "SM"; "JO" may be a name."""
    letters = "".join(tokens(word))
    is_letters = len(letters) == 1 or (len(letters) < 5 and not re.search("[aeiouy]", letters))
    return (word.isupper() and word.isalpha() and is_letters) or _is_pointed(word)


def _with_first_names(name: Name, first: Sequence[str], aside: str) -> Name:
    initials = [word for word in first if _is_initials(word)]
    given = [word for word in first if not _is_initials(word)]
    call_name = aside
    is_called = bool(initials) and bool(given) and first[0] is initials[0]
    if not call_name and is_called and len(given) == 1 and _is_among(given[0], initials):
        call_name, given = given[0], []  # "S.M. Sanne van der Molen"
    elif initials and given:  # "Sanne M. Bakker" has the initials S.M.
        initials = [word if _is_initials(word) else f"{word[:1].upper()}." for word in first]
    return replace(name, given_names=tuple(given), call_name=call_name, initials=_joined_initials(initials))


def _is_among(given: str, initials: Sequence[str]) -> bool:
    return any(word[:1].casefold() == given[:1].casefold() for word in initials)


def _joined_initials(words: Sequence[str]) -> str:
    """Return "S.M." of "S.", "M." and of "S", "M"; of "SM" as well."""
    spelled = (word if "." in word else "".join(f"{sign}." for sign in word) for word in words)
    return "".join(word if word.endswith(".") else f"{word}." for word in spelled)


def _doubt_first_names(parts: _Parts, name: Name, lexicon: Lexicon) -> None:
    codes = {doubt.code for doubt in parts.doubts}
    if not name.given_names and not name.call_name and "one_word" not in codes:
        parts.doubt("no_first_name")
    for word in name.given_names[1:]:
        if _reads_as_surname(word, lexicon):
            parts.doubt("given_may_be_surname", word=word)
