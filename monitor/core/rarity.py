"""Say how many people bear a name: a proxy from word frequencies, since nobody publishes how many bear a whole name.

Here: the proxy. Not here: which spelling is meant (`monitor.core.names`), and what a common name means for whether it is our
person (`monitor.core.matching.confidence`).

The more a name is written, the more people bear it; and first names and surnames are taken as independent. Both are true in
the large only. Check figures, with the real table of words:

- Surnames, bearers in 2007 by the Nederlandse Familienamenbank as the press quoted it, and ours: Jansen 75,698 and 52,500,
  Janssen 55,394 and 35,800; with a prefix De Jong 86,534 and 89,500, De Vries 73,152 and 21,000,
  Van den Boogaard 3,529 and 980. Jansen is 0.44 % of people and 1.5 in 100,000 words, thus 300 times its share of words; the
  Familienamenbank's commonest surnames without a prefix lie between 29 (Bos, a word) and 520 (Smits): 200 in the middle. Those
  with a prefix lie between 5 (De Groot) and 290, two fifths of that in the middle: most uses of such a word are the word.
- First names by the Nederlandse Voornamenbank: Jan has 150 times its share of words, Ingrid 310, Gerrit 415. Names of which
  most bearers in the news live elsewhere (Emma, Peter) have about 90: 220 in the middle.
- Jan de Vries: about 1,500 if independent; ours 525.

So it is true to a factor of three or four for most names, and far too high where the name is a word: the safe side. Names that
came with people from elsewhere are written less than they are borne, so a name on a list of common ones has a least share.
"""

from __future__ import annotations

import re
from typing import Final

from monitor.core.lexicon import Lexicon
from monitor.core.names import PREFIX_WORDS
from monitor.core.text import fold, tokens

POPULATION: Final = 17.9e6
"""Who may be meant: the inhabitants of the Netherlands."""

SURNAME_FACTOR: Final = 200.0
SURNAME_AT_MOST: Final = 0.005
"""The share of the commonest surname."""
WITH_PREFIX: Final = 0.4
LISTED_SURNAME: Final = 2e-5
"""The least share of a surname that the table knows as one: some 360 people."""

FIRST_FACTOR: Final = 220.0
FIRST_AT_MOST: Final = 0.025
"""The share of the commonest first name."""
LISTED_FIRST: Final = 5e-5
"""The least share of a given name that the table knows as one: some 900 people."""
SECOND_AT_LEAST: Final = 0.02
"""A second given name tells less than the first: it is often the same few names."""

INITIAL: Final = 0.07
FURTHER_INITIAL: Final = 0.15

LEAST: Final = 1e-6

_FIRST: Final = re.compile(r"([^\W_]+)(\.?)")
_INITIALS_AT_MOST: Final = 3


def expected_bearers(first: str, prefix: str, surname: str, lexicon: Lexicon) -> float:
    """Return about how many people in the Netherlands bear this name; a proxy, and at least `LEAST`.

    *first* is one or several given names or initials ("Sanne", "S.M.", "Sanne M."), or nothing: then whoever bears the surname
    counts. *prefix* belongs to the first half of a double name.
    """
    return max(LEAST, POPULATION * _surname_share(prefix, surname, lexicon) * _first_share(first, lexicon))


def _surname_share(prefix: str, surname: str, lexicon: Lexicon) -> float:
    """Return the share of people with that surname: of a double name, with both."""
    has_prefix = bool(prefix.strip())
    share = 1.0
    for half in _halves(surname):
        bodies = [word for word in half if word not in PREFIX_WORDS] or half
        # Of several words ("Bos Kuiper") the rarest decides: it is in few other names.
        factor = SURNAME_FACTOR * (WITH_PREFIX if has_prefix or len(bodies) < len(half) else 1)
        share *= min(_body_share(word, factor, lexicon) for word in bodies)
        has_prefix = False
    return share


def _body_share(word: str, factor: float, lexicon: Lexicon) -> float:
    return min(SURNAME_AT_MOST, max(factor * lexicon.frequency(word), LISTED_SURNAME if lexicon.is_surname(word) else 0))


def _halves(surname: str) -> list[list[str]]:
    """Return the words of each half of a double name, or those of the whole; a hyphen beside a prefix word joins no halves."""
    halves: list[list[str]] = []
    for part in fold(surname).text.split("-"):
        words = list(tokens(part))
        if not words:
            continue
        if halves and halves[-1][-1] in PREFIX_WORDS:
            halves[-1] += words
        else:
            halves.append(words)
    return halves


def _first_share(first: str, lexicon: Lexicon) -> float:
    """Return the share of people whose given names or initials these are."""
    share = 1.0
    for place, (word, is_initial) in enumerate(_first_words(first, lexicon)):
        if is_initial:
            share *= FURTHER_INITIAL if place else INITIAL
        else:
            at_least = LISTED_FIRST if lexicon.is_given_name(word) else 0
            of_name = min(FIRST_AT_MOST, max(FIRST_FACTOR * lexicon.frequency(word), at_least))
            share *= max(SECOND_AT_LEAST, of_name) if place else of_name
    return share


def _first_words(first: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """Return the words of *first*, and of each whether it is an initial: a letter, shortened ("Th."), or one of "SM"."""
    found: list[tuple[str, bool]] = []
    for match in _FIRST.finditer(first):
        for word in tokens(match[1]):
            if len(word) == 1 or match[2]:
                found.append((word, True))
            elif match[1].isupper() and len(word) <= _INITIALS_AT_MOST and not lexicon.is_given_name(word):
                found += [(letter, True) for letter in word]
            else:
                found.append((word, False))
    return found
