"""Compile a watchlist into what the grammar looks up: by a word of the surname, who bears it and how they are called.

A surname is cut into prefix and body; the body is what is looked for, the prefix and the first names are compared with what
stands beside it. A person has one `Bearer` for each surname she may go by. What may stand where is in `grammar`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

from monitor.core.matching.prefixes import joined_prefixes
from monitor.core.model import Name, NameUsage
from monitor.core.names import PREFIX_WORDS, Form, cut_prefix, initial_units
from monitor.core.text import WORD, fold, tokens

_HALF_AT_LEAST = 3
_LETTERS_AT_MOST = 100
"""A longer surname is none."""
_POSSESSIVE_NOT_AFTER = ("s", "x", "z")
_SPELLED_OUT = (("\u00e4", "ae"), ("\u00f6", "oe"), ("\u00fc", "ue"), ("\u00f8", "oe"), ("\u00e5", "aa"))


@dataclass(slots=True, eq=False)
class Body:
    """The body of a surname, as folded words, and who bears it: by a word of a first name, and by a first initial.

    `is_in_one_word`: it is two surnames, joined as in an address.
    """

    words: tuple[str, ...]
    by_first: dict[str, list[Bearer]] = field(default_factory=dict)
    by_initial: dict[str, list[Bearer]] = field(default_factory=dict)
    bearers: list[Bearer] = field(default_factory=list)
    is_in_one_word: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Called:
    """How a person is called before her surname, folded: whole first names, further given names, initials.

    `is_small`, `is_pointed`: a first name is registered in small letters, or with a point ("Alex."). `fewer_initials`: those
    of somebody who gives a double first name one letter ("Anne-Marie": A.).
    """

    firsts: tuple[tuple[str, ...], ...]
    middles: tuple[str, ...]
    initials: tuple[str, ...]
    fewer_initials: tuple[str, ...]
    call_initial: str
    is_small: bool
    is_pointed: bool
    switched_off: frozenset[tuple[str, ...]]


@dataclass(slots=True, eq=False)
class Bearer:
    """One person under one of her surnames.

    `is_small`: it is registered in small letters. `other`: the same person under the other one, where she has two.
    """

    person_id: int
    called: Called
    prefix: tuple[str, ...]
    body: Body
    alone: Form
    before_other: Form
    is_small: bool
    other: Bearer | None = None


@dataclass(frozen=True, slots=True)
class Tail:
    """A word with which a body may begin in a text: `prefix` is what is joined to it; `is_possessive`: "Smits" of Smit."""

    body: Body
    words: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    is_possessive: bool = False


class Watched:
    """Everybody on the watchlist, by the words of their names."""

    __slots__ = ("_cut", "_spelled", "bodies", "firsts", "initials", "people", "tails", "units")

    def __init__(self, people: Iterable[tuple[int, Name]]) -> None:
        self.bodies: dict[tuple[str, ...], Body] = {}
        self.tails: dict[str, list[Tail]] = {}
        self.firsts: set[str] = set()
        self.initials: set[str] = set(ascii_lowercase)
        self.units: set[str] = set()
        self.people: dict[int, tuple[Bearer, ...]] = {}
        # Many people share a word, so each is cut once and kept once.
        self._cut: dict[str, tuple[str, ...]] = {}
        self._spelled: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for person_id, name in people:
            self.people[person_id] = self._add(person_id, name)
        self._cut, self._spelled = {}, set()

    def words(self) -> set[str]:
        """Return every word of a name that may be misspelled or disguised."""
        tails = (tail for same in self.tails.values() for tail in same)
        spelled = {tail.words[0] for tail in tails if not (tail.is_possessive or tail.body.is_in_one_word)}
        return {word for words in self.bodies for word in words[1:]} | self.firsts | spelled

    def _tokens(self, text: str) -> tuple[str, ...]:
        words = self._cut.get(text)
        if words is None:
            words = self._cut[text] = tokens(text)
        return words

    def _add(self, person_id: int, name: Name) -> tuple[Bearer, ...]:
        called = self._called(name)
        spelled = surnames(name)
        if not (called.firsts or called.initials or len(spelled) > 1):
            return ()
        bearers: list[Bearer] = []
        for surname in spelled:
            words = self._tokens(surname.body)
            if not 0 < sum(map(len, words)) <= _LETTERS_AT_MOST:
                continue
            body = self.bodies.get(words)
            if body is None:
                body = self.bodies[words] = Body(words, is_in_one_word=surname.is_in_one_word)
            self._add_tails(body, surname.body)
            is_small = surname.body[:1].islower() and not surname.is_in_one_word
            prefix = self._tokens(surname.prefix)
            bearer = Bearer(person_id, called, prefix, body, surname.alone, surname.before_other, is_small)
            bearers.append(bearer)
            self._register(bearer, body)
            self._add_joined(bearer)
        if len(bearers) > 1:
            bearers[0].other, bearers[1].other = bearers[1], bearers[0]
        return tuple(bearers)

    def _called(self, name: Name) -> Called:
        given = tuple(words for words in map(self._tokens, name.given_names) if words)
        call = self._tokens(name.call_name)
        units = tuple(unit for unit in (fold(each).text for each in initial_units(name)) if WORD.fullmatch(unit))
        firsts = dict.fromkeys(words for words in (call, *given[:1], *map(self._tokens, _spelled_out(name))) if words)
        return Called(
            firsts=tuple(firsts),
            middles=tuple(word for words in given for word in words),
            initials=units,
            fewer_initials=tuple(words[0][0] for words in given),
            call_initial=call[0][0] if call else "",
            is_small=any(each[:1].islower() for each in (name.call_name, *name.given_names)),
            is_pointed=any(each.endswith(".") for each in (name.call_name, *name.given_names)),
            switched_off=frozenset(words for words in map(tokens, name.switched_off) if words),
        )

    def _register(self, bearer: Bearer, body: Body) -> None:
        called = bearer.called
        body.bearers.append(bearer)
        for word in {each for first in called.firsts for each in _spellings_of_first(first)}:
            self.firsts.add(word)
            body.by_first.setdefault(word, []).append(bearer)
        if sum(map(len, body.words)) < 2:  # "S. O" stands in any text
            return
        for unit in dict.fromkeys((*called.initials[:1], called.call_initial)):
            if unit:
                body.by_initial.setdefault(unit[0], []).append(bearer)
        self.units.update(called.initials)
        self.initials.update(called.initials)
        self.initials.add("".join(called.fewer_initials))
        self.initials.update(
            letters for count in range(2, 5) if (letters := "".join(each[0] for each in called.initials[:count]))
        )

    def _add_tails(self, body: Body, written: str) -> None:
        for words in _respelled(body.words, written):
            if (body.words, words) in self._spelled:
                continue
            self._spelled.add((body.words, words))
            self._add_tail(Tail(body, words))
            if len(words) == 1 and not words[0].endswith(_POSSESSIVE_NOT_AFTER):
                self._add_tail(Tail(body, (f"{words[0]}s",), is_possessive=True))

    def _add_joined(self, bearer: Bearer) -> None:
        body = bearer.body
        for prefix in joined_prefixes(bearer.prefix):
            words = (f"{prefix}{body.words[0]}", *body.words[1:])
            if not any(tail.body is body for tail in self.tails.get(words[0], ())):
                self._add_tail(Tail(body, words, (prefix,)))

    def _add_tail(self, tail: Tail) -> None:
        self.tails.setdefault(tail.words[0], []).append(tail)


# --------------------------------------------------------------------------------------------------------- surnames


@dataclass(frozen=True, slots=True)
class Surname:
    """One surname somebody may go by. `alone` and `before_other` say which Form it makes with a first name."""

    prefix: str
    body: str
    alone: Form
    before_other: Form
    is_in_one_word: bool = False


def surnames(name: Name) -> tuple[Surname, ...]:
    """Return the one or two surnames somebody may go by; one that is written as two ("Jansen-Bakker") is two.

    Two surnames are also met joined into one word.
    """
    prefix, body = cut_prefix(name.prefix, name.surname)
    partner_prefix, partner = cut_prefix(name.partner_prefix, name.partner_surname)
    usage = name.usage
    if not tokens(partner):
        halves = _halves(body)
        if halves is None:
            return (Surname(prefix, body, Form.FULL, Form.DOUBLE),)
        body, partner_prefix, partner = halves
        usage = NameUsage.OWN_PARTNER
    full, other, double = Form.FULL, Form.OTHER_SURNAME, Form.DOUBLE
    own_alone, own_before, partner_alone, partner_before = {
        NameUsage.OWN: (full, double, other, double),
        NameUsage.PARTNER: (other, double, full, double),
        NameUsage.OWN_PARTNER: (other, full, other, double),
        NameUsage.PARTNER_OWN: (other, double, other, full),
    }[usage]
    one, two = Surname(prefix, body, own_alone, own_before), Surname(partner_prefix, partner, partner_alone, partner_before)
    return (one, two, _in_one_word(one, two), _in_one_word(two, one))


def _in_one_word(first: Surname, second: Surname) -> Surname:
    """Return two surnames as handles and addresses join them: "jansendevries"."""
    joined = "".join((*tokens(first.body), *tokens(second.prefix), *tokens(second.body)))
    return Surname(first.prefix, joined, first.before_other, first.before_other, is_in_one_word=True)


def _halves(body: str) -> tuple[str, str, str] | None:
    """Cut a surname at its hyphen, where both halves are long enough to be names: body, second prefix, second body."""
    first, hyphen, second = (part.strip() for part in fold_hyphens(body).partition("-"))
    if not hyphen or min(sum(map(len, tokens(half))) for half in (first, second)) < _HALF_AT_LEAST:
        return None
    if all(word in PREFIX_WORDS for word in tokens(first)):  # "El-Amrani" is one surname
        return None
    return first, *cut_prefix("", second)


_HYPHENS = re.compile("[\u2010-\u2015\u2212]")


def fold_hyphens(text: str) -> str:
    """Return *text* with one kind of hyphen."""
    return _HYPHENS.sub("-", text)


def spelled_out(text: str) -> str:
    """Return *text* in small letters, with what German and Scandinavian names write for letters with a mark: "Mueller"."""
    text = unicodedata.normalize("NFC", text.lower())
    for letter, instead in _SPELLED_OUT:
        text = text.replace(letter, instead)
    return text


def _respelled(words: tuple[str, ...], written: str) -> list[tuple[str, ...]]:
    """Return the words of a body in every spelling that means the same: ij and y, "Mueller", "OBrien", "Mc Donald"."""
    found = [words]
    found.append(tokens(spelled_out(written)))
    for each in tuple(found):
        joined = " ".join(each)
        found += [tuple(joined.replace("ij", "y").split()), tuple(joined.replace("y", "ij").split())]
        found.append(tuple(joined.replace("ue", "u").split()))
    if len(words) > 1 and len(words[0]) == 1:  # O'Brien, D'Angelo
        found.append(("".join(words[:2]), *words[2:]))
    scottish = re.fullmatch(r"(ma?c)(\w{4,})", words[0])
    if scottish:
        found += [(*pair, *words[1:]) for pair in (("mc", scottish[2]), ("mac", scottish[2]))]
        found += [(f"{start}{scottish[2]}", *words[1:]) for start in ("mc", "mac")]
    elif words[0] in ("mc", "mac") and len(words) > 1:
        found += [(f"{start}{words[1]}", *words[2:]) for start in ("mc", "mac")]
    return [each for each in dict.fromkeys(found) if each]


# ------------------------------------------------------------------------------------------------------ first names


def _spellings_of_first(first: tuple[str, ...]) -> set[str]:
    """Return the words by which a first name is met: its first, its last, all of them joined, with ij or y."""
    words = {first[0], first[-1], "".join(first)}
    return words | {word.replace("ij", "y") for word in words} | {word.replace("y", "ij") for word in words}


def _spelled_out(name: Name) -> Iterator[str]:
    """Return the first names that are spelled otherwise where their letters have no marks."""
    for first in (name.call_name, *name.given_names[:1]):
        if not first.isascii():
            yield spelled_out(first)
