"""Matching against a slow and simple second opinion, on texts thrown together from names, gaps and words."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import Document, NameGrade, Span
from tests.core.matching.oracle import Plain, oracle
from tests.core.watched import matcher_of, named

WATCHED = matcher_of(
    named(given_names=("Sanne", "Maria"), prefix="van der", surname="Molen"),
    named(given_names=("Youssef",), prefix="El", surname="Amrani"),
    named(given_names=("Kees",), surname="Vols"),
    named(given_names=("Elisabeth", "Johanna"), call_name="Bep", prefix="van", surname="Oost"),
)
PLAIN = (
    Plain(1, ("Sanne Maria", "Sanne"), ("S", "M"), ("van", "der"), "Molen"),
    Plain(2, ("Youssef",), ("Y",), ("el",), "Amrani"),
    Plain(3, ("Kees",), ("K",), (), "Vols"),
    Plain(4, ("Elisabeth Johanna", "Elisabeth", "Bep"), ("E", "J"), ("van",), "Oost"),
)
PARTS = (
    "Sanne", "S\u00e4nne", "Sanne Maria", "S.", "S.M.", "van der", "Van der", "v.d.", "v. d.", "vd", "v/d", "v.der", "Molen", "Mol\u00e9n", "Youssef", "Y.",
    "El", "Amrani", "Kees", "K.", "Vols", "Elisabeth", "Elisabeth Johanna", "Bep", "E.", "E.J.", "B.", "van", "Oost",
)  # fmt: skip
NOISE = (
    "zei",
    "kwam",
    "gisteren",
    "en",
    "niet",
    "omdat",
    "wij",
    "rechtbank",
    "zaak",
    "1984",
    "Volgens",
    "Dat",
    "overleg",
    "water",
)
GAPS = (" ", " ", " ", " ", " ", " ", ", ", ". ", "\n", "  ", "\u00a0", "; ", " (", ") ")
STOPS = ("", "", "", ".", ",", ")", "!", ":", "\n")
WHOLE_NAMES = (
    "Sanne van der Molen", "S.M. v.d. Molen", "Molen, Sanne van der", "van der Molen, Sanne", "S. vd Molen", "Youssef El Amrani", "Y. El Amrani",
    "El Amrani, Youssef", "Kees Vols", "K. Vols", "Vols, Kees", "Elisabeth Johanna van Oost", "Bep van Oost", "E.J. van Oost", "Oost, Bep van",
)  # fmt: skip


def thrown_together(chance: random.Random, *, with_parts: bool = True) -> str:
    """Return a text of words and whole names, and of parts of names in any order; in small letters initials say less."""
    pieces: list[str] = []
    for _ in range(chance.randint(1, 6)):
        pieces += [f" {each}" for each in chance.choices(NOISE, k=chance.randint(2, 5))]
        if chance.random() < 0.5:
            pieces.append(f" {chance.choice(WHOLE_NAMES)}{chance.choice(STOPS)}")
        elif with_parts:
            pieces += [chance.choice(GAPS) + each for each in chance.choices(PARTS, k=chance.randint(1, 4))]
        pieces.append(chance.choice((" ", ". ", "\n\n")) + chance.choice(NOISE))
    text = "".join(pieces)
    return chance.choice((text, text, text.upper(), text.lower() if with_parts else text))


def is_covered(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(span.start < end and start < span.end for span in spans)


@settings(max_examples=400)
@given(st.randoms(use_true_random=False))
def test_whatever_the_oracle_finds_is_found(chance: random.Random) -> None:
    text = thrown_together(chance)
    spans = {match.person_id: match.spans for match in WATCHED.match(Document(text=text))}

    missed = [text[start:end] for number, start, end in oracle(text, PLAIN) if not is_covered(start, end, spans.get(number, ()))]

    assert missed == []


@settings(max_examples=400)
@given(st.randoms(use_true_random=False))
def test_whole_names_between_words_are_clear_or_likely_and_nobody_else_is_named(chance: random.Random) -> None:
    text = thrown_together(chance, with_parts=False)
    matches = WATCHED.match(Document(text=text))
    found = sorted(oracle(text, PLAIN))

    assert NameGrade.WEAK not in {match.name for match in matches}
    assert sorted((match.person_id, span.start, span.end) for match in matches for span in match.spans) == found


@given(
    st.lists(
        st.sampled_from([*NOISE, *STOPS, *GAPS, "\u00e9\u00e9n", "d.w.z.", "J.P.", "Piet", "de Boer", "www.n.example/a-b", "z'n"])
    )
)
def test_a_text_without_a_word_of_a_name_names_nobody(pieces: list[str]) -> None:
    assert WATCHED.match(Document(title=" ".join(pieces), text="".join(pieces))) == ()


@pytest.mark.parametrize("name", WHOLE_NAMES)
def test_the_oracle_finds_whole_names(name: str) -> None:
    found = oracle(f"Volgens {name} niet", PLAIN)

    assert [(start, end) for _, start, end in found] == [(8, 8 + len(name))]
