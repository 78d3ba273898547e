"""Why a Match is as it is, for people: the sentence around a name, and the sum of the reasons."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.matching import REASON_CODES, band, confidence
from monitor.core.model import Document, Field, Match, NameGrade, Reason, Span
from monitor.core.names import Form
from monitor.wording.explaining import WORDS, explained, sentence, weighed

REASONS = st.builds(
    Reason,
    st.sampled_from(sorted(REASON_CODES)),
    st.fixed_dictionaries(
        {
            "form": st.sampled_from([form.value for form in Form]),
            "bearers": st.floats(0.0001, 100_000),
            "near": st.booleans(),
            "people": st.integers(1, 9),
            "term": st.sampled_from("abcdef"),
            "terms": st.integers(0, 3),
        }
    ),
)


@given(st.lists(REASONS, max_size=12))
def test_the_points_that_are_shown_are_those_of_the_confidence(reasons: list[Reason]) -> None:
    total = math.fsum(points for _, points, _ in weighed(reasons))

    assert round(1 / (1 + math.exp(-total)), 4) == pytest.approx(confidence(reasons), abs=0.0001)


def test_further_reasons_of_one_kind_say_that_they_count_less() -> None:
    near, *far = (Reason("context", {"term": term, "near": term == "b"}) for term in "bacd")

    shown = weighed([far[0], near, *far[1:]])

    assert [(reason.params["term"], round(points, 2), note) for reason, points, note in shown] == [
        ("a", 0.6, "half"),
        ("b", 2.0, ""),
        ("c", 0.3, "quarter"),
        ("d", 0.0, "not_counted"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het regent. Gisteren sprak Sanne Vols. Daarna niemand.", "Gisteren sprak [Sanne Vols]."),
        ("Namens de raad sprak mw. drs. Sanne Vols, zei hij.", "Namens de raad sprak mw. drs. [Sanne Vols], zei hij."),
        ("Over kranten\n\nSanne Vols zei: 'Nee!' Toen ging zij.", "[Sanne Vols] zei: 'Nee!'"),
        ("Sanne Vols", "[Sanne Vols]"),
        ("a " * 100 + "Sanne Vols" + " b" * 100, "…" + "a " * 80 + "[Sanne Vols]" + " b" * 80 + "…"),
        ("\u202eboos\x00 Sanne Vols", "boos\ufffd [Sanne Vols]"),
    ],
    ids=["sentence", "titles", "block", "alone", "long", "hostile"],
)
def test_a_name_is_shown_in_its_sentence(text: str, expected: str) -> None:
    start = text.index("Sanne Vols")

    assert sentence(Document(text=text), Span(Field.TEXT, start, start + 10, "Sanne Vols", "full")) == expected


@given(st.text(st.characters(categories=None), max_size=400), st.integers(0, 400), st.integers(0, 30))
def test_no_text_breaks_the_line(text: str, start: int, length: int) -> None:
    first = min(start, len(text))
    surface = text[first : first + length]

    shown = sentence(Document(text=text), Span(Field.TEXT, first, first + len(surface), surface, "full"))

    assert "\n" not in shown
    assert "[" in shown


def test_many_places_are_counted_and_not_all_shown() -> None:
    document = Document(text="Vols. " * 9)
    spans = tuple(Span(Field.TEXT, at * 6, at * 6 + 4, "Vols", "full") for at in range(9))
    reasons = (Reason("form", {"form": "full"}),)
    sure = confidence(reasons)
    match = Match(person_id=1, name=NameGrade.CLEAR, confidence=sure, band=band(sure), spans=spans, reasons=reasons)

    lines = explained(document, 7, "p1", match, "nl")

    assert [line for line in lines if line.startswith("tekst: ")] == ["tekst: [Vols]."] * 5
    assert "En nog op 4 plaatsen." in lines
    assert lines[-1] == f"  +1.80  samen; dat is een zekerheid van {sure:.4f} (probable)"


def test_both_languages_explain_the_same() -> None:
    assert list(WORDS["nl"]) == list(WORDS["en"])
