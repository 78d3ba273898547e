"""No code is ever shown raw, and every language says all."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import Enum
from zoneinfo import ZoneInfo

import pytest

from monitor.core.model import Audience, Band, DeliveryKind, DeliveryState, NameGrade, Outcome, Role, Severity
from monitor.core.triage import HeldBack, PartReason
from monitor.web import page
from monitor.web.glance import Seeing, Untold
from monitor.web.words import LANGUAGES, Language
from tests.fakes import NOW

KINDS = (Band, NameGrade, Outcome, DeliveryKind, DeliveryState, Role, HeldBack, Audience, Severity, PartReason, Seeing, Untold)
CODES = [(kind, code) for kind in KINDS for code in kind]
BOTH = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
NL, EN = LANGUAGES["nl"], LANGUAGES["en"]
TEMPLATES = "\n".join(path.read_text() for path in sorted((page.HERE / "templates").iterdir()))


@BOTH
@pytest.mark.parametrize(("kind", "code"), CODES, ids=[f"{kind.__name__}-{code.name}" for kind, code in CODES])
def test_every_code_has_a_word(language: Language, kind: type[Enum], code: Enum):
    word = language.word(kind, code.value)

    assert word.strip()
    assert word not in (code.value, "_") or (language.code, word) in SAME_IN_ENGLISH


SAME_IN_ENGLISH = {
    ("en", word) for word in ("blocked", "failed", "alert", "summary", "sent", "operator", "work", "urgent", "new")
}
"""Codes that are plain English words already."""


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_two_codes_of_one_kind_are_told_apart(language: Language, kind: type[Enum]):
    words = [language.word(kind, code) for code in kind]

    assert len(set(words)) == len(words)


@BOTH
def test_a_code_that_is_none_fails_instead_of_being_shown(language: Language):
    with pytest.raises(ValueError, match="elsewhere"):
        language.word(Outcome, "elsewhere")


def test_one_code_is_another_word_in_another_kind():
    assert NL.word(DeliveryKind, "notice") == "over de dienst"
    assert NL.word(Severity, Severity.NOTICE) == "let op"


def test_both_languages_say_the_same():
    assert NL.texts.keys() == EN.texts.keys()
    assert NL.nouns.keys() == EN.nouns.keys()
    assert NL.codes.keys() == EN.codes.keys()


@BOTH
def test_every_plural_carries_its_number(language: Language):
    assert [noun for noun, (_, many) in language.nouns.items() if many.count("{0}") != 1] == []


def test_every_text_is_used_somewhere():
    sources = TEMPLATES + "".join(path.read_text() for path in [*page.HERE.glob("*.py"), page.HERE / "words" / "language.py"])
    used = set(re.findall(r'\bw\.(\w+)|"(\w+)"', sources))
    names = {name for pair in used for name in pair} | {"not_found_more", "no_database_more"}

    unused = {*NL.texts, *NL.nouns} - names

    assert unused == set()


def test_no_template_says_a_word_itself():
    """Between the tags of a template stand words of a language only."""
    without_code = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", TEMPLATES, flags=re.DOTALL)
    said = set(re.findall(r"[a-zA-Z]{2,}", re.sub(r"<[^>]*>", " ", without_code)))

    assert said == {"Naamwacht"}


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [
        (0, "0 bronnen zien nu niets", "0 sources see nothing now"),
        (1, "1 bron ziet nu niets", "1 source sees nothing now"),
        (1234, "1.234 bronnen zien nu niets", "1,234 sources see nothing now"),
    ],
)
def test_a_count_agrees_with_its_noun(count: int, dutch: str, english: str):
    assert NL.counted(count, "sources_blind") == dutch
    assert EN.counted(count, "sources_blind") == english


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=2), "2 seconden"),
        (timedelta(seconds=90), "90 seconden"),
        (timedelta(minutes=15), "15 minuten"),
        (timedelta(hours=1), "uur"),
        (timedelta(hours=12), "12 uur"),
        (timedelta(days=1), "dag"),
        (timedelta(days=14), "14 dagen"),
    ],
)
def test_a_cadence_is_said_in_its_largest_whole_unit(length: timedelta, said: str):
    assert NL.stretch(length) == said


def test_a_moment_is_said_on_the_clock_of_the_organisation():
    assert NL.moment(NOW, ZoneInfo("Europe/Amsterdam")) == "24-11-2026 10:00"
    assert NL.moment(None, ZoneInfo("Europe/Amsterdam")) == "nooit"
