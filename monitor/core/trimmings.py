"""Take off a typed name what stands around it: titles, degrees, asides, remarks on birth and marriage, shouting capitals.

What is left is read in `entered`. How names are written in texts is no business of this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.core.text import folded

_DASH = re.compile(r"\s*[\u2010-\u2015\u2212]\s*|\s+-\s+|(?<=\w)-\s+|\s+-(?=\w)")
_SLASH = re.compile(r"(?<=\w\w)\s*/\s*(?=\w\w)")
_ADDRESS = re.compile(r"<[^<>]*>|\S+@\S+")
_APOSTROPHE = re.compile("[\u2018\u2019\u201b\u02bc\u00b4`]")
_ASIDE = re.compile(
    r"[(\[](?P<bracketed>[^()\[\]]*)[)\]]"
    '|["\u201c\u201d\u201e\u00ab](?P<quoted>[^"\u201c\u201d\u201e\u00ab\u00bb]+)["\u201c\u201d\u00bb]'
    r"|(?<![\w.])'(?P<single>[^\W\d_][\w-]+)'(?![\w-])"
)
_BORN = r"geb\.?|geboren|born|n[eé]e|meisjesnaam|birth name|maiden name"
_MARRIED = r"e\.?/v\.?|e\.v\.|echtgenote\s+van|echtgenoot\s+van|wed\.?(?:\s+van)?|weduwe\s+van|w\.?/v\.?|married\s+name"
_REMARK = re.compile(rf"(?:^|[\s,])(?:(?P<born>{_BORN})|(?P<married>{_MARRIED}))[\s:]+(?P<surname>[^,]+)", re.IGNORECASE)
_ROEPNAAM = re.compile(r"(?:^|[\s,])(?:roepnaam|roepn\.|call name|known as)[\s:]+(?P<call_name>[^\s,]+)", re.IGNORECASE)
_GLUED_PREFIX = re.compile(r"(?<!\w)(v\.? ?d\.|v/d|v/d\.)(?=[^\W\d_]{3})", re.IGNORECASE)

# fmt: off
_TITLES = frozenset((
    "mw", "mevr", "mevrouw", "mej", "mejuffrouw", "dhr", "hr", "heer", "mr", "mrs", "ms", "miss", "mister", "drs", "dr", "ir",
    "ing", "prof", "bc", "ds", "jhr", "jkvr", "fam", "familie", "frau", "herr", "mme", "mlle", "dra",
))
_DEGREES = frozenset((
    "jr", "sr", "jnr", "snr", "junior", "senior", "msc", "bsc", "ma", "ba", "mba", "bba", "md", "phd", "llm", "llb", "bed",
    "ra", "rc", "mphil", "mph", "mpa", "msw", "emia", "esq", "bn", "bhs", "bsw", "cpa", "ii", "iii",
))
# fmt: on
_SHORT = 2
"""A degree of so few letters is one only in capitals: "MA" is, "Ma" is a surname."""
_POINTED = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """What was found around a name; `line` is what is left, `left_out` what could not be placed."""

    line: str
    call_name: str = ""
    born: str = ""
    married: str = ""
    left_out: tuple[str, ...] = ()
    is_recased: bool = False


def trimmed(text: str) -> Trimmed:
    """Return the line without its asides and remarks; capitals are lowered where it has nothing else, or none."""
    line = _tidied(text)
    left_out = _ADDRESS.findall(line)
    line = " ".join(_ADDRESS.sub(" ", line).split())
    is_recased = _is_of_one_case(line)
    if is_recased:
        line = _recased(line)
    taken: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        inside = " ".join(next(each for each in found.groups() if each is not None).split())
        if _REMARK.fullmatch(f" {inside}") or _ROEPNAAM.fullmatch(f" {inside}"):
            return f", {inside}, "
        if _may_be_call_name(inside) and "call_name" not in taken:
            taken["call_name"] = inside
        elif len(inside) > 1:  # "(v)" tells a woman from a man, and no more
            left_out.append(inside)
        return " "

    line = _ASIDE.sub(take, line)
    line = _taking(_ROEPNAAM, line, ("call_name",), taken)
    line = _taking(_REMARK, line, ("born", "married"), taken)
    return Trimmed(
        line=_tidied_commas(line),
        call_name=taken.get("call_name", ""),
        born=taken.get("born", ""),
        married=taken.get("married", ""),
        left_out=tuple(left_out),
        is_recased=is_recased,
    )


def _tidied(text: str) -> str:
    """Return *text* composed, in one line, without what cannot be seen, with plain apostrophes and hyphens."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(_shown(sign) for sign in composed)
    line = _APOSTROPHE.sub("'", " ".join(shown.split()))
    line = _GLUED_PREFIX.sub(r"\1 ", line.replace(";", ","))
    return _SLASH.sub("-", _DASH.sub("-", line))


def _shown(sign: str) -> str:
    category = unicodedata.category(sign)
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else "" if category in ("Cf", "Cs", "Co", "Cn") else sign


def _tidied_commas(line: str) -> str:
    return ", ".join(filter(None, (" ".join(part.split()).strip("- ") for part in line.split(","))))


def _may_be_call_name(inside: str) -> bool:
    return len(inside) > 1 and inside.replace("-", "").isalpha() and inside[:1].isupper()


def _taking(pattern: re.Pattern[str], line: str, groups: Sequence[str], taken: dict[str, str]) -> str:
    """Put what *pattern* finds into *taken*, and return the line without it."""

    def take(found: re.Match[str]) -> str:
        key = next(group for group in groups if found[group])
        taken.setdefault(key, found[key] if key == "call_name" else found["surname"].strip())
        return ", " if found[0].startswith(",") else " "

    return pattern.sub(take, line)


# -------------------------------------------------------------------------------------------------------- capitals


def _is_of_one_case(line: str) -> bool:
    letters = [sign for sign in _POINTED.sub("", line) if sign.isalpha()]
    return len(letters) > 1 and (all(map(str.isupper, letters)) or all(map(str.islower, letters)))


def _recased(line: str) -> str:
    return re.sub(r"[^\s,()\[\]\"-]+", lambda found: recased_word(found[0]), line)


def recased_word(word: str) -> str:
    """Return a word as names are written: "O'Brien", "IJssel", "van"; initials stay capitals."""
    low = word.lower()
    if low in _LOWER or _PREFIX_ABBREVIATION.fullmatch(low) or re.match(_REMARK_WORD, low):
        return low
    if _POINTED.fullmatch(word):
        return re.sub(r"[^\W\d_]+", lambda letters: _capital(letters[0]), low)
    if _is_without_vowel(word):
        return word.upper()
    head, apostrophe, tail = low.partition("'")
    if apostrophe and len(head) == 1 and tail:
        return f"{head.upper()}'{_capital(tail)}"
    if low.startswith("mc") and len(low) > len("mcxx"):
        return f"Mc{_capital(low[2:])}"
    return low[:1] + _capital(low[1:]) if low[:1] == "'" else _capital(low)


def _capital(low: str) -> str:
    return f"IJ{low[2:]}" if low.startswith("ij") else low[:1].upper() + low[1:]


# fmt: off
_LOWER = frozenset((
    "van", "von", "de", "der", "den", "het", "'t", "te", "ten", "ter", "op", "in", "aan", "bij", "uit", "du", "des", "di", "da",
))
# fmt: on
_PREFIX_ABBREVIATION = re.compile(r"v\.?/?d\.|v/d|vd")
_REMARK_WORD = re.compile(rf"(?:{_BORN}|{_MARRIED})$", re.IGNORECASE)


def _is_without_vowel(word: str) -> bool:
    return word.isalpha() and len(word) <= 3 and not re.search("[aeiouy]", folded(word))


# ------------------------------------------------------------------------------------------------ titles and degrees


def without_titles(words: Sequence[str]) -> list[str]:
    """Return *words* without the titles they begin with; one word stays, unless it is a title with its point."""
    rest = list(words)
    if len(rest) == 1 and rest[0].endswith(".") and not _without_title(rest[0]):
        return []
    while len(rest) > 1:
        if [folded(word) for word in rest[:2]] == ["de", "heer"] and len(rest) > 2:
            rest = rest[2:]
            continue
        bare = _without_title(rest[0])
        if bare == rest[0]:
            break
        rest[:1] = [bare] if bare else []
    return rest


def _without_title(word: str) -> str:
    """Return "S.M." of "drs.S.M.", and nothing of "drs."."""
    pieces = re.findall(r"[^.]+\.?|\.", word)
    count = 0
    while count < len(pieces) and folded(pieces[count]).rstrip(".") in _TITLES:
        count += 1
    return "".join(pieces[count:])


def without_degrees(words: Sequence[str], *, is_shouted: bool) -> list[str]:
    """Return *words* without the degrees they end with. *is_shouted*: capitals say nothing, so a short one may be a name."""
    return _without_last(words, lambda word: _is_degree(word, is_shouted=is_shouted))


def is_degrees(words: Sequence[str], *, is_shouted: bool) -> bool:
    """Tell whether all of *words* are degrees, as in "Molen, Sanne van der, MSc"."""
    return bool(words) and all(_is_degree(word, is_shouted=is_shouted) for word in words)


def _is_degree(word: str, *, is_shouted: bool) -> bool:
    bare = word.rstrip(".")
    if folded(bare) not in _DEGREES:
        return False
    return len(bare) > _SHORT or folded(bare) in ("jr", "sr") or (bare.isupper() and not is_shouted)


def _without_last(words: Sequence[str], is_none: Callable[[str], bool]) -> list[str]:
    end = len(words)
    while end > 1 and is_none(words[end - 1]):
        end -= 1
    return list(words[:end])
