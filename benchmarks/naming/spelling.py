"""Write a name as people write it: every natural form, initials, handles and addresses.

Each function takes a Name and chance, and returns what stands in the text, or None where the form does not fit the name.
Disguises are in `evasion`, typing errors in `misspelling`. Nothing here looks at what the matcher recognises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from monitor.core.model import Name, NameUsage

Writer = Callable[[Name, Random], "str | None"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A name as it is commonly written: a first name, a prefix and a surname (which may be a double one)."""

    first: str
    prefix: str
    body: str

    @property
    def surname(self) -> str:
        return joined(self.prefix, self.body)

    def __str__(self) -> str:
        return f"{self.first} {self.surname}"


def joined(prefix: str, body: str) -> str:
    """Put a prefix before a surname."""
    return f"{prefix}{body}" if prefix.endswith("'") else f"{prefix} {body}".strip()


def whole(name: Name, chance: Random) -> Whole:
    """Return the name as it is used, with the call name or the first given name."""
    firsts = [each for each in (name.call_name, *name.given_names[:1]) if each]
    own, partner = joined(name.prefix, name.surname), joined(name.partner_prefix, name.partner_surname)
    prefix, body = {
        NameUsage.OWN: (name.prefix, name.surname),
        NameUsage.PARTNER: (name.partner_prefix, name.partner_surname),
        NameUsage.OWN_PARTNER: (name.prefix, f"{name.surname}-{partner}"),
        NameUsage.PARTNER_OWN: (name.partner_prefix, f"{name.partner_surname}-{own}"),
    }[name.usage]
    return Whole(chance.choice(firsts), prefix, body)


def _single(name: Name, chance: Random) -> Whole | None:
    """Return the name where it has one surname, with a prefix."""
    found = whole(name, chance)
    return found if found.prefix and not name.partner_surname else None


def without_accents(text: str) -> str:
    """Return *text* as it is typed without accents."""
    kept = "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    return kept.translate(
        str.maketrans({"\u0131": "i", "\u0142": "l", "\u00f8": "o", "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe"})
    )


# ------------------------------------------------------------------------------------------- case, accents, white space

_SPELLED_OUT = {"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00c4": "Ae", "\u00d6": "Oe", "\u00dc": "Ue", "\u00df": "ss"}


def _no_diacritics(name: Name, chance: Random) -> str | None:
    text = str(whole(name, chance))
    return without_accents(text) if without_accents(text) != text else None


def _combining(name: Name, chance: Random) -> str | None:
    text = str(whole(name, chance))
    return unicodedata.normalize("NFD", text) if unicodedata.normalize("NFD", text) != text else None


def _upper(name: Name, chance: Random) -> str:
    return str(whole(name, chance)).upper()


def _turkish(name: Name, chance: Random) -> str | None:
    """Y\u0131ld\u0131z with a dotted i, and the other way round."""
    text = str(whole(name, chance))
    if "\u0131" in text:
        return text.replace("\u0131", "i")
    return text.upper().replace("I", "\u0130") if any(each in text for each in "\u015f\u011f\u00e7") and "i" in text else None


def _umlaut(name: Name, chance: Random) -> str | None:
    text = str(whole(name, chance))
    spelled = text
    for old, new in _SPELLED_OUT.items():
        spelled = spelled.replace(old, new)
    return spelled if spelled != text and spelled.isascii() else None


def _ij_y(name: Name, chance: Random) -> str | None:
    found = whole(name, chance)
    if "ij" in found.body.lower():
        body = re.sub("IJ|Ij", "Y", found.body).replace("ij", "y")
    elif re.search(r"[^aeou]y(?!e)", found.body.lower()):
        body = found.body.replace("y", "ij").replace("Y", "IJ")
    else:
        return None
    return f"{found.first} {joined(found.prefix, body)}"


def _line_break(name: Name, chance: Random) -> str:
    return str(whole(name, chance)).replace(" ", chance.choice(("\n", "\r\n", " \n", "\n  ")))


def _hyphen_break(name: Name, chance: Random) -> str | None:
    """Broken at the end of a line, within a word of the name."""
    text = str(whole(name, chance))
    words = list(re.finditer(r"[^\W\d_]{5,}", text))
    if not words:
        return None
    word = chance.choice(words)
    place = chance.randint(word.start() + 2, word.end() - 2)
    return f"{text[:place]}-\n{text[place:]}"


# ------------------------------------------------------------------------------------------------------------ prefixes

_SHORT = {"van": "v", "von": "v", "de": "d", "der": "d", "den": "d", "het": "t", "'t": "t"}


def _short(prefix: str) -> list[str]:
    words = prefix.lower().split()
    return [_SHORT[word] for word in words] if all(word in _SHORT for word in words) else []


def _prefix_as(spell: Callable[[list[str]], str], *, words: int = 1) -> Writer:
    def write(name: Name, chance: Random) -> str | None:
        found = _single(name, chance)
        letters = _short(found.prefix) if found else []
        return f"{found.first} {spell(letters)}{found.body}" if found and len(letters) >= words else None

    return write


def _prefix_half(name: Name, chance: Random) -> str | None:
    found = _single(name, chance)
    words = found.prefix.split() if found else []
    return (
        f"{found.first} {_SHORT[words[0]]}. {words[1]} {found.body}" if found and len(words) == 2 and words[0] in _SHORT else None
    )


def _prefix_joined(name: Name, chance: Random) -> str | None:
    found = _single(name, chance)
    letters = re.sub(r"[\s']", "", found.prefix) if found else ""
    if not found:
        return None
    return f"{found.first} {chance.choice((letters.capitalize() + found.body.lower(), letters.capitalize() + found.body))}"


def _prefix_missing(name: Name, chance: Random) -> str | None:
    found = _single(name, chance)
    return f"{found.first} {found.body}" if found else None


def _prefix_wrong(name: Name, chance: Random) -> str | None:
    found = _single(name, chance)
    others = [each for each in ("van", "de", "van de", "van der", "van den", "den") if found and each != found.prefix.lower()]
    return f"{found.first} {chance.choice(others)} {found.body}" if found else None


def _prefix_capital(name: Name, chance: Random) -> str | None:
    found = _single(name, chance)
    if not found or found.prefix[0].isupper() or found.prefix.startswith("'"):
        return None
    prefix = chance.choice((found.prefix[0].upper() + found.prefix[1:], found.prefix.title()))
    return f"{found.first} {joined(prefix, found.body)}"


def _arabic(join: Callable[[str, str], str]) -> Writer:
    def write(name: Name, chance: Random) -> str | None:
        found = _single(name, chance)
        return f"{found.first} {join(found.prefix, found.body)}" if found and found.prefix in ("El", "Al") else None

    return write


def _celtic(name: Name, chance: Random) -> str | None:
    """O'Brien with other apostrophes, as OBrien and as O Brien; McDowell as Mc Dowell."""
    found = whole(name, chance)
    if found.body.startswith("O'"):
        mark = chance.choice(("\u2019", "", " ", "\u00b4", "`"))
        return f"{found.first} O{mark}{found.body[2:]}"
    if re.match(r"Mc[A-Z]", found.body):
        return f"{found.first} {chance.choice(('Mc ', 'MC', 'mc'))}{found.body[2:]}"
    return None


# ------------------------------------------------------------------------------------------- order, doubles, first names


def _inverted(shape: str) -> Writer:
    """*shape* holds {first}, {prefix}, {body} and {surname}."""

    def write(name: Name, chance: Random) -> str | None:
        found = whole(name, chance)
        if "{prefix}" in shape and (not found.prefix or found.prefix.endswith("'")):
            return None
        return shape.format(first=found.first, prefix=found.prefix, body=found.body, surname=found.surname)

    return write


def _double(choose: Callable[[str, str], str]) -> Writer:
    """*choose* gets the own and the partner's surname."""

    def write(name: Name, chance: Random) -> str | None:
        if not name.partner_surname:
            return None
        own, partner = joined(name.prefix, name.surname), joined(name.partner_prefix, name.partner_surname)
        return f"{whole(name, chance).first} {choose(own, partner)}"

    return write


def _middle_names(name: Name, chance: Random) -> str | None:
    return f"{' '.join(name.given_names)} {whole(name, chance).surname}" if len(name.given_names) > 1 else None


def _middle_initial(name: Name, chance: Random) -> str | None:
    if len(name.given_names) < 2:
        return None
    return f"{name.given_names[0]} {name.given_names[1][0]}. {whole(name, chance).surname}"


def _middle_unknown(name: Name, chance: Random) -> str:
    found = whole(name, chance)
    return f"{found.first} {chance.choice(('Maria', 'Johannes', 'M.', 'J.', 'Elisabeth'))} {found.surname}"


def _first(choose: Callable[[Name], str]) -> Writer:
    def write(name: Name, chance: Random) -> str | None:
        return f"{choose(name)} {whole(name, chance).surname}" if name.call_name else None

    return write


TITLES = ("mw.", "Mw.", "mevr.", "mevrouw", "dhr.", "de heer", "drs.", "mr.", "dr.", "prof.", "ir.", "jeugdbeschermer",
          "gezinsvoogd", "medewerker", "directeur", "rechter", "Frau", "Monsieur", "Mrs.")  # fmt: skip


def _title(name: Name, chance: Random) -> str:
    return f"{chance.choice(TITLES)} {whole(name, chance)}"


def _possessive(name: Name, chance: Random) -> str:
    text = str(whole(name, chance))
    last = without_accents(text[-1].lower())
    if last in "szx":
        return f"{text}{chance.choice(chr(39) + chr(0x2019))}"
    return f"{text}{chance.choice((chr(39), chr(0x2019)))}s" if last in "aiouy" else f"{text}s"


def _possessive_apostrophe(name: Name, chance: Random) -> str:
    return f"{whole(name, chance)}{chance.choice((chr(39), chr(0x2019)))}s"


NATURAL: Mapping[str, Writer] = {
    "exact": lambda name, chance: str(whole(name, chance)),
    "lower": lambda name, chance: str(whole(name, chance)).lower(),
    "upper": _upper,
    "no_diacritics": _no_diacritics,
    "combining": _combining,
    "turkish_i": _turkish,
    "umlaut_spelled_out": _umlaut,
    "ij_y": _ij_y,
    "no_break_space": lambda name, chance: str(whole(name, chance)).replace(" ", "\u00a0"),
    "line_break": _line_break,
    "hyphen_at_line_end": _hyphen_break,
    "prefix_abbreviated": _prefix_as(lambda letters: "".join(f"{each}. " for each in letters)),
    "prefix_abbreviated_tight": _prefix_as(lambda letters: ".".join(letters) + ". ", words=2),
    "prefix_abbreviated_bare": _prefix_as(lambda letters: "".join(letters) + " "),
    "prefix_with_slash": _prefix_as(lambda letters: "/".join(letters) + " ", words=2),
    "prefix_half_abbreviated": _prefix_half,
    "prefix_joined": _prefix_joined,
    "prefix_missing": _prefix_missing,
    "prefix_wrong": _prefix_wrong,
    "prefix_capital": _prefix_capital,
    "arabic_joined": _arabic(lambda prefix, body: f"{prefix}{body.lower()}"),
    "arabic_hyphen": _arabic(lambda prefix, body: f"{prefix}-{body}"),
    "arabic_small_hyphen": _arabic(lambda prefix, body: f"{prefix.lower()}-{body}"),
    "celtic": _celtic,
    "inverted": _inverted("{surname}, {first}"),
    "inverted_prefix_last": _inverted("{body}, {first} {prefix}"),
    "inverted_prefix_comma": _inverted("{body}, {prefix}, {first}"),
    "inverted_prefix_first": _inverted("{body}, {prefix} {first}"),
    "inverted_no_comma_prefix": _inverted("{body} {prefix}, {first}"),
    "inverted_in_brackets": _inverted("{body} ({prefix}), {first}"),
    "double_own_partner": _double(lambda own, partner: f"{own}-{partner}"),
    "double_partner_own": _double(lambda own, partner: f"{partner}-{own}"),
    "double_with_space": _double(lambda own, partner: f"{partner} - {own}"),
    "double_own_half": _double(lambda own, _: own),
    "double_partner_half": _double(lambda _, partner: partner),
    "middle_names": _middle_names,
    "middle_initial": _middle_initial,
    "middle_not_registered": _middle_unknown,
    "call_name": _first(lambda name: name.call_name),
    "given_name": _first(lambda name: name.given_names[0]),
    "call_name_in_brackets": _first(lambda name: f"{name.given_names[0]} ({name.call_name})"),
    "title": _title,
    "possessive": _possessive,
    "possessive_apostrophe": _possessive_apostrophe,
}  # fmt: skip
