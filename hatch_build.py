"""Makes the table of words when Naamwacht is installed: `monitor/words.table`, and its notice beside it.

Called by hatchling, for a wheel and for an editable installation. The words come from the package `wordfreq`, the names from
`faker`; both are needed for this only and are pinned in requirements-build.lock. The same packages give the same bytes. The
layout of the table is `monitor.core.lexicon`'s business; nothing here is part of what runs.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLE, NOTICE = "monitor/words.table", "monitor/words.notice.txt"

COMMON_DUTCH = 30_000
FOREIGN = {"en": 10_000, "de": 10_000, "fr": 10_000, "tr": 0}
"""So many words of other languages are common; the first of `FOREIGN_AT_MOST` are known."""
FOREIGN_AT_MOST = 20_000

NEVER_NAMES = 100
"""The commonest Dutch words are names elsewhere at most ("van", "om", "dan"): not here."""

LONG = 15
"""Words of more letters are left out where they are rare: no name is so long, and none is mistaken for one."""

LOCALES = (
    *("nl_NL", "nl_BE", "de_DE", "de_AT", "de_CH", "fr_FR", "fr_BE", "fr_CH", "en_GB", "en_IE", "en_US", "tr_TR"),
    *("fr_DZ", "en_PK", "en_IN", "id_ID", "pl_PL", "es_ES", "pt_PT", "it_IT"),  # fr_DZ: Arabic names in Latin letters
)
GIVEN_NAMES = ("first_names", "first_names_female", "first_names_male")
SURNAMES = ("last_names", "last_names_female", "last_names_male", "male_last_names", "unisex_last_names")

Tokens = Callable[[str], tuple[str, ...]]


class WordsHook(BuildHookInterface[BuilderConfig]):
    """What hatchling calls before it packs or links the sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the signature is hatchling's; Any too
        """Write the table and its notice beside the code."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        # Only of the sources: hatchling runs this file by its path.
        sys.path.insert(0, self.root)
        try:
            table = make_table()
        finally:
            sys.path.remove(self.root)
        write(root / NOTICE, notice().encode())
        write(root / TABLE, table)
        build_data["artifacts"] += [f"/{TABLE}", f"/{NOTICE}"]


def make_table() -> bytes:
    """Return the table of words."""
    text = importlib.import_module("monitor.core.text")
    lexicon = importlib.import_module("monitor.core.lexicon")
    dutch = frequencies("nl", text.tokens)
    dutch = {word: found for word, found in dutch.items() if len(word) <= LONG or found >= lexicon.KNOWN_FROM}
    common, foreign = set(ranked(dutch)[:COMMON_DUTCH]), set()
    for language, commonest in FOREIGN.items():
        words = ranked(frequencies(language, text.tokens, at_most=2 * FOREIGN_AT_MOST))
        common.update(words[:commonest])
        foreign.update(words[:FOREIGN_AT_MOST])
    no_names = set(ranked(dutch)[:NEVER_NAMES])
    given, surnames = set(given_names(text.tokens)) - no_names, set(surname_words(text.tokens)) - no_names
    table: bytes = lexicon.table_of(
        {
            word: lexicon.Knowledge(
                frequency=dutch.get(word, 0.0),
                is_common=word in common,
                is_foreign=word in foreign,
                is_given_name=word in given,
                is_surname=word in surnames,
            )
            for word in dutch.keys() | common | foreign | given | surnames
        }
    )
    return table


def frequencies(language: str, tokens: Tokens, at_most: int | None = None) -> dict[str, float]:
    """Return how frequent the words of *language* are, as our own folding cuts them; each part counts as often as the whole."""
    lists = importlib.import_module("wordfreq").get_frequency_list(language, "best")  # by hundredths of a power of ten
    found: dict[str, float] = defaultdict(float)
    for step, word in islice(((step, word) for step, words in enumerate(lists) for word in words), at_most):
        for part in filter(is_plain, tokens(word)):
            found[part] += 10 ** (-step / 100)
    return dict(found)


def ranked(words: Mapping[str, float]) -> list[str]:
    """Return *words*, the most frequent first."""
    return sorted(words, key=lambda word: (-words[word], word))


def given_names(tokens: Tokens) -> Iterator[str]:
    """Yield the words of the known given names; the short words in names of several are particles."""
    for name in names(GIVEN_NAMES):
        parts = tokens(name)
        yield from (part for part in parts if is_plain(part) and len(part) > (1 if len(parts) == 1 else 2))


def surname_words(tokens: Tokens) -> Iterator[str]:
    """Yield the last word of the known surnames: what stands before it is a prefix."""
    for name in names(SURNAMES):
        last = tokens(name)[-1:]
        yield from (part for part in last if is_plain(part) and len(part) > 1)


def names(kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield the names that faker knows of those kinds."""
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for kind in kinds:
            yield from getattr(provider, kind, ())


def is_plain(word: str) -> bool:
    """Tell whether *word* can stand in the table: letters that folding leaves, no digits, no other alphabet."""
    return word.isascii() and word.isalpha()


def notice() -> str:
    """Return what the licences of the words ask to be said."""
    of_words, of_names = (importlib.metadata.distribution(name) for name in ("wordfreq", "faker"))
    description = str(of_words.metadata.json["description"])
    licence = "## License" + description.split("## License", 1)[1]  # to the end: the works that it cites
    return "\n".join(
        (
            f"monitor/words.table was made from the packages wordfreq {of_words.version} and faker {of_names.version}.",
            "",
            "The table may be shared under the Creative Commons licence Attribution-ShareAlike 4.0",
            "(https://creativecommons.org/licenses/by-sa/4.0/). Changed from wordfreq: the words of its Dutch list and the",
            "commonest of its English, German, French and Turkish lists were folded, merged and cut into single words, their",
            "frequencies were rounded, and known names were marked. The program that reads it is under its own licence.",
            "",
            "What wordfreq says of its data:",
            "",
            licence.strip(),
            "",
            "The known names come from faker, under this licence:",
            "",
            *(file.read_text().strip() for file in of_names.files or () if file.name.startswith("LICENSE")),
            "",
        )
    )


def write(path: Path, content: bytes) -> None:
    """Write *content* as a whole: a daemon that runs from these sources reads the old table or the new one."""
    if path.is_file() and path.read_bytes() == content:
        return
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)
