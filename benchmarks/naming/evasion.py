"""Write a name so that a machine will not find it: leet, stars, letters apart, letters of other scripts, and so on.

Each function takes the name as it is commonly written and chance, and returns what stands in the text, or None where the
disguise does not fit the name.
"""

# ruff: noqa: RUF001 # letters that look like others are what this is about
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random

from benchmarks.naming.spelling import without_accents

Disguise = Callable[[str, Random], "str | None"]

_LEET = {"a": "4@", "b": "8", "e": "3", "g": "9", "i": "1!", "l": "1|", "o": "0", "s": "5$", "t": "7", "z": "2"}
_CYRILLIC = dict(zip("aceopxyijsABCEHKMOPTX", "асеорхуіјѕАВСЕНКМОРТХ", strict=True))
_GREEK = dict(zip("oviAEZHIKMNOPTYXB", "ονιΑΕΖΗΙΚΜΝΟΡΤΥΧΒ", strict=True))
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def _swapped(text: str, table: Mapping[str, str], chance: Random, *, count: int, least: int = 1) -> str | None:
    """Replace so many letters that stand in *table*."""
    places = [place for place, letter in enumerate(text) if letter in table or letter.lower() in table]
    if len(places) < least:
        return None
    letters = list(text)
    for place in chance.sample(places, min(count, len(places))):
        letter = letters[place]
        letters[place] = chance.choice(table.get(letter) or table[letter.lower()])
    return "".join(letters)


def _leet(count: int, least: int = 1) -> Disguise:
    return lambda text, chance: _swapped(text, _LEET, chance, count=count, least=least)


def _leet_half(text: str, chance: Random) -> str | None:
    places = sum(letter.lower() in _LEET for letter in text)
    return _swapped(text, _LEET, chance, count=(places + 1) // 2, least=2)


def _leet_signs(text: str, chance: Random) -> str | None:
    """Only signs, no digits: S@nne, $anne, Vo|s."""
    return _swapped(text, {"a": "@", "s": "$", "i": "!", "l": "|", "e": "\u20ac"}, chance, count=2)


def _words(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"[^\W\d_]{4,}", text))


def _starred(*, every: bool, most: bool, sign: str = "*") -> Disguise:
    """Hide one inner letter (or all but the first and the last) of one word of four letters and more, or of each."""

    def write(text: str, chance: Random) -> str | None:
        words = _words(text)
        if not words or (every and len(words) < len(re.findall(r"[^\W\d_]{2,}", text))):
            return None
        letters = list(text)
        for word in words if every else [chance.choice(words)]:
            inner = range(word.start() + 1, word.end() - 1)
            for place in inner if most else [chance.choice(inner)]:
                letters[place] = sign
        return "".join(letters)

    return write


def _apart(separator: str, between: str, words: str = r"\s+") -> Disguise:
    """Put *separator* between the letters, and *between* between the words."""
    return lambda text, _: between.join(separator.join(re.sub(r"[-'\u2019]", "", word)) for word in re.split(words, text))


def _strewn(signs: str, count: int) -> Disguise:
    """Strew signs among the letters of words."""

    def write(text: str, chance: Random) -> str | None:
        places = [found.end() for found in re.finditer(r"[^\W\d_](?=[^\W\d_])", text)]
        for place in sorted(chance.sample(places, min(count, len(places))), reverse=True):
            text = text[:place] + chance.choice(signs) + text[place:]
        return text

    return write


def _styled(capital: int, small: int, *, holes: Mapping[str, str] | None = None) -> Disguise:
    """Write letters of a block of Unicode that begins at *capital* and *small*."""

    def styled(letter: str) -> str:
        if holes and letter in holes:
            return holes[letter]
        if "A" <= letter <= "Z":
            return chr(capital + ord(letter) - ord("A"))
        return chr(small + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter

    return lambda text, _: "".join(map(styled, without_accents(text)))


_SCRIPT_HOLES = dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))


def _small_capitals(text: str, _: Random) -> str | None:
    table = dict(zip("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True))
    return "".join(table.get(letter, letter) for letter in without_accents(text).lower())


def _look_alike(table: Mapping[str, str], count: int) -> Disguise:
    return lambda text, chance: _swapped_exactly(text, table, chance, count)


def _swapped_exactly(text: str, table: Mapping[str, str], chance: Random, count: int) -> str | None:
    places = [place for place, letter in enumerate(text) if letter in table]
    if not places:
        return None
    chosen = {*chance.sample(places, min(count, len(places)))}
    return "".join(table[letter] if place in chosen else letter for place, letter in enumerate(text))


def _struck(mark: str) -> Disguise:
    return lambda text, _: "".join(letter + mark if letter.isalpha() else letter for letter in text)


def _stretched(text: str, chance: Random) -> str | None:
    places = [found.start() for found in re.finditer(r"(?i)(?<=[a-z])[aeioulnrsm](?=[a-z])", text)]
    if not places:
        return None
    place = chance.choice(places)
    return text[:place] + text[place] * chance.randint(3, 5) + text[place + 1 :]


def _split(text: str, chance: Random) -> str | None:
    """One word cut in two."""
    words = list(re.finditer(r"[^\W\d_]{5,}", text))
    if not words:
        return None
    word = chance.choice(words)
    place = chance.randint(word.start() + 2, word.end() - 2)
    return f"{text[:place]} {text[place:]}"


def _both(first: Disguise, second: Disguise) -> Disguise:
    def write(text: str, chance: Random) -> str | None:
        once = first(text, chance)
        return second(once, chance) if once is not None else None

    return write


def _halves(first: Disguise, second: Disguise) -> Disguise:
    """The first name in one disguise, the rest in another."""

    def write(text: str, chance: Random) -> str | None:
        head, _, tail = text.partition(" ")
        one, two = first(head, chance), second(tail, chance)
        return f"{one} {two}" if one and two else None

    return write


_one_star = _starred(every=False, most=False)

EVASION: Mapping[str, Disguise] = {
    "leet_one": _leet(1),
    "leet_two": _leet(2, 2),
    "leet_half": _leet_half,
    "leet_all": _leet(99, 3),
    "leet_signs": _leet_signs,
    "star_one": _one_star,
    "star_each": _starred(every=True, most=False),
    "star_most": _starred(every=False, most=True),
    "hash_one": _starred(every=False, most=False, sign="#"),
    "bullet_one": _starred(every=False, most=False, sign="\u2022"),
    "spaced": _apart(" ", "   "),
    "spaced_double": _apart(" ", "  "),
    "spaced_single": _apart(" ", " "),
    "spaced_line": _apart(" ", "\n"),
    "dotted": _apart(".", " "),
    "dashed": _apart("-", " "),
    "underscored": _apart("_", " "),
    "zero_width": _strewn(_INVISIBLE, 2),
    "zero_width_many": _strewn(_INVISIBLE, 99),
    "soft_hyphen": _strewn("\u00ad", 2),
    "right_to_left_mark": _strewn("\u200e\u200f\u202a\u202c", 2),
    "cyrillic_one": _look_alike(_CYRILLIC, 1),
    "cyrillic_all": _look_alike(_CYRILLIC, 99),
    "greek_one": _look_alike(_GREEK, 1),
    "greek_all": _look_alike(_GREEK, 99),
    "mixed_scripts": _both(_look_alike(_CYRILLIC, 2), _look_alike(_GREEK, 1)),
    "full_width": _styled(0xFF21, 0xFF41),
    "bold": _styled(0x1D400, 0x1D41A),
    "italic_bold": _styled(0x1D468, 0x1D482),
    "script": _styled(0x1D49C, 0x1D4B6, holes=_SCRIPT_HOLES),
    "sans": _styled(0x1D5A0, 0x1D5BA),
    "monospace": _styled(0x1D670, 0x1D68A),
    "fraktur_bold": _styled(0x1D56C, 0x1D586),
    "circled": _styled(0x24B6, 0x24D0),
    "squared": lambda text, _: "".join(
        chr(0x1F130 + ord(c) - 65) if "A" <= c <= "Z" else c for c in without_accents(text).upper()
    ),
    "small_capitals": _small_capitals,
    "struck": _struck("\u0336"),
    "struck_slash": _struck("\u0338"),
    "accents": lambda text, chance: unicodedata.normalize("NFC", _strewn_accents(text, chance)),
    "stretched": _stretched,
    "split": _split,
    "leet_and_spaced": _both(_leet(1), _apart(" ", "   ", r" +")),
    "zero_width_and_cyrillic": _both(_look_alike(_CYRILLIC, 1), _strewn(_INVISIBLE, 2)),
    "leet_and_star": _halves(_leet(1), _one_star),
    "star_and_leet": _halves(_one_star, _leet(2)),
    "struck_and_bold": _both(_styled(0x1D400, 0x1D41A), _struck("\u0336")),
}

EXTREME: Mapping[str, Disguise] = {
    "star_most_each": _starred(every=True, most=True),
    "stretched_and_leet": _both(_stretched, _leet(1)),
    "dotted_and_leet": _both(_leet(1), _apart(".", " ", r" +")),
    "spaced_all_and_star": _halves(_apart(" ", " "), _one_star),
    "one_word_star": lambda text, chance: _one_star(re.sub(r"\W", "", text), chance),
}
"""What people hardly read themselves: shown, no target."""


def _strewn_accents(text: str, chance: Random) -> str:
    marks = "\u0301\u0300\u0308\u0302\u0303"
    return "".join(each + (chance.choice(marks) if each in "aeiouAEIOU" else "") for each in text)
