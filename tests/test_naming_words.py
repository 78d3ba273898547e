"""Words about registered names: in both languages, for every code and all that it carries."""

from __future__ import annotations

from string import Formatter

import pytest

from monitor.core.entered import DOUBTS, Doubt
from monitor.core.model import NameUsage
from monitor.core.weak_names import WEAKNESSES, Weakness
from monitor.wording.naming import EN, NL, advice_in_words, doubt_in_words, weakness_in_words


def fields(template: str) -> tuple[str, ...]:
    return tuple(sorted(name for _, name, _, _ in Formatter().parse(template) if name is not None))


def test_both_languages_say_the_same_things() -> None:
    assert {key: fields(words) for key, words in NL.items()} == {key: fields(words) for key, words in EN.items()}


@pytest.mark.parametrize(("kind", "codes"), [("doubt", DOUBTS), ("weak", WEAKNESSES)], ids=["doubts", "weaknesses"])
def test_every_code_has_words_for_all_that_it_carries(kind: str, codes: dict[str, tuple[str, ...]]) -> None:
    assert {code: fields(NL.get(f"{kind}.{code}", "{missing}")) for code in codes} == {
        code: tuple(sorted(params)) for code, params in codes.items()
    }


def test_every_weakness_comes_with_advice_and_every_usage_has_words() -> None:
    wanted = {*(f"advice.{code}" for code in WEAKNESSES), *(f"usage.{usage}" for usage in NameUsage)}

    assert wanted <= set(NL)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (doubt_in_words(Doubt("left_out", {"text": "{x}\x00"}), "en"), "This was left out: {x}\ufffd"),
        (doubt_in_words(Doubt("moon"), "nl"), "Er is nog een twijfel: moon"),
        (
            weakness_in_words(Weakness("surname_is_word", {"surname": "Molen"}), "en"),
            "The surname Molen is a word that stands in many texts.",
        ),
        (advice_in_words("moon", "en"), "Look at this name again."),
    ],
)
def test_a_code_becomes_a_sentence(said: str, expected: str) -> None:
    assert said == expected
