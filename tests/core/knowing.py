"""A lexicon of a few words, for tests."""

from __future__ import annotations

from monitor.core.lexicon import Knowledge, Lexicon, table_of

KNOWING = Lexicon.from_bytes(
    table_of(
        {
            **dict.fromkeys(
                ("sanne", "marijke", "youssef", "lotte", "anne", "marie", "laura"), Knowledge(1e-6, is_given_name=True)
            ),
            **dict.fromkeys(("jansen", "bakker", "vries", "amrani"), Knowledge(1e-5, is_surname=True)),
            "molen": Knowledge(1e-5, is_common=True, is_surname=True),
            "zon": Knowledge(1e-4, is_common=True),
            "thomas": Knowledge(1e-5, is_common=True, is_given_name=True, is_surname=True),
        }
    )
)
"""Knows some given names, some surnames ("molen" is a word as well) and the word "zon"."""
