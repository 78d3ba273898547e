"""Misspell a name: one typing error in a word of five letters or more, and the spellings that Dutch ears cannot tell apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.naming.people import plain
from benchmarks.naming.spelling import Whole, joined

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BESIDE = {"a": "sqz", "e": "wrd", "i": "uok", "o": "ipl", "u": "yij", "n": "bmh", "r": "etf", "s": "adw", "t": "ryg", "l": "kop"}


@dataclass(frozen=True, slots=True)
class Misspelled:
    """A misspelled name, and its one word that is wrong."""

    text: str
    word: str


Misspell = Callable[[Whole, Random], "Misspelled | None"]


def _substituted(word: str, place: int, chance: Random) -> str:
    letter = word[place]
    others = _BESIDE.get(letter.lower(), _LETTERS) if chance.random() < 0.5 else _LETTERS
    return word[:place] + _like(letter, chance.choice(others)) + word[place + 1 :]


def _inserted(word: str, place: int, chance: Random) -> str:
    letter = word[place].lower() if chance.random() < 0.4 else chance.choice(_LETTERS)
    return word[: place + 1] + letter + word[place + 1 :]


def _deleted(word: str, place: int, _: Random) -> str:
    shorter = word[:place] + word[place + 1 :]
    return _like(word[0], shorter[0]) + shorter[1:]


def _transposed(word: str, place: int, _: Random) -> str:
    place = min(place, len(word) - 2)
    first, second = word[place], word[place + 1]
    return word[:place] + _like(first, second) + _like(second, first) + word[place + 2 :]


def _like(pattern: str, letter: str) -> str:
    return letter.upper() if pattern.isupper() else letter.lower()


def _one_edit(edit: Callable[[str, int, Random], str], *, in_surname: bool) -> Misspell:
    def misspell(name: Whole, chance: Random) -> Misspelled | None:
        part = name.body if in_surname else name.first
        words = list(re.finditer(r"[^\W\d_]{5,}", part))
        if not words:
            return None
        found = chance.choice(words)
        word = found.group()
        for _ in range(20):
            wrong = edit(word, chance.randrange(len(word)), chance)
            if plain(wrong) != plain(word):
                return _put(name, part[: found.start()] + wrong + part[found.end() :], wrong, in_surname=in_surname)
        return None

    return misspell


def _put(name: Whole, part: str, word: str, *, in_surname: bool) -> Misspelled:
    if in_surname:
        return Misspelled(f"{name.first} {joined(name.prefix, part)}", word)
    return Misspelled(f"{part} {name.surname}", word)


MISSPELLINGS: Mapping[str, Misspell] = {
    f"{what}_in_{where}": _one_edit(edit, in_surname=where == "surname")
    for what, edit in (("other", _substituted), ("extra", _inserted), ("missing", _deleted), ("swapped", _transposed))
    for where in ("surname", "first_name")
}


# -------------------------------------------------------------------------------------------------- spelling variants


def _variant(*pairs: tuple[str, str]) -> Misspell:
    """Replace, in the surname, what fits the first part of a pair by the second; the pairs are in random order."""

    def misspell(name: Whole, chance: Random) -> Misspelled | None:
        small = name.body.lower()
        fitting = [(old, new) for old, new in pairs if re.search(old, small)]
        if not fitting or len(small) < 5:
            return None
        old, new = chance.choice(fitting)
        body = "".join(part[:1].upper() + part[1:] for part in re.split(r"([\s'-]+)", re.sub(old, new, small, count=1)))
        return _put(name, body, body, in_surname=True)

    return misspell


VARIANTS: Mapping[str, Misspell] = {
    "ij_y_ei": _variant(("ij", "y"), ("ij", "ei"), ("(?<![aeou])y", "ij"), ("eij", "ey"), ("ey", "eij"), ("ei(?!j)", "ij")),
    "ck_k": _variant(("ck", "k"), ("(?<=[aeiou])k(?!k)", "ck")),
    "c_k": _variant(("(?<!s)c(?![hk])", "k"), ("^k(?=[aoulr])", "c")),
    "th_t": _variant(("th", "t"), ("(?<![st])t(?![tjh])", "th")),
    "ph_f": _variant(("ph", "f"), ("(?<!f)f(?!f)", "ph")),
    "dt_t": _variant(("dt", "t"), ("d$", "dt"), ("(?<=[aeiounr])t$", "dt")),
    "ss_s": _variant(("ss", "s"), ("(?<=[aeiou])s(?=[aeiou])", "ss")),
    "aa_ae": _variant(("aa", "ae"), ("ae", "aa")),
    "gh_g": _variant(("gh", "g"), ("g(?![hg])", "gh")),
    "oo_o": _variant(("oo", "o"), ("(?<=[^aeiou])o(?=[^aeiou][aeiou])", "oo")),
    "uy_ui": _variant(("uy", "ui"), ("ui", "uy")),
    "sch_s": _variant(("sch(?=[^aeiou]|$)", "s"), ("(?<=[aeiourn])s$", "sch")),
    "x_ks": _variant(("x", "ks"), ("ks", "x"), ("cks", "x")),
}
