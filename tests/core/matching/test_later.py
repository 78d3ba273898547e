"""A surname alone: hers once her whole name stood in the same text, and with a title where that says enough."""

from __future__ import annotations

import pytest

from monitor.core.model import Band, Document, NameGrade
from tests.core.watched import MARIJKE, SANNE, codes_of, matcher_of, named, only_match, seen_in

VOLS = named(given_names=("Sanne",), surname="Vols")
WATCHED = matcher_of(VOLS, MARIJKE, SANNE)


def spans(text: str) -> list[tuple[str, str]]:
    return [(seen.surface, seen.form) for seen in seen_in(text, WATCHED)]


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("Sanne Vols kwam. Vols zei niets.", [("Vols", "later")]),
        ("Sanne Vols kwam. Daarna ging Vols weg. Vols kwam terug.", [("Vols", "later"), ("Vols", "later")]),
        ("Sanne Vols kwam. Het huis was van Vols.", [("Vols", "later")]),
        ("Sanne Vols kwam. Vols' huis stond er.", [("Vols", "later")]),
        ("Sanne Vols kwam. Mw. Vols zei niets.", [("Mw. Vols", "titled")]),
        ("Sanne Vols kwam. Volgens jeugdbeschermer Vols niet.", [("jeugdbeschermer Vols", "titled")]),
        ("S@nne Vols kwam. Vols zei niets.", [("Vols", "later")]),
        ("Vols, Sanne kwam. Vols zei niets.", [("Vols", "later")]),
        ("Sanne van der Molen kwam. Van der Molen zei niets.", [("Van der Molen", "later")]),
        ("Sanne van der Molen kwam. Molen zei niets.", [("Molen", "later")]),
        ("Sanne van der Molen kwam. Mevrouw Van der Molen zei niets.", [("Van der Molen", "later")]),
        ("Marijke Jansen-de Vries kwam. Jansen zei niets.", [("Jansen", "later")]),
        ("Marijke Jansen-de Vries kwam. De Vries zei niets.", [("De Vries", "later")]),
        ("Marijke Jansen-de Vries kwam. Jansen-de Vries zei niets.", [("Jansen-de Vries", "surnames")]),
    ],
)
def test_after_the_whole_name_a_surname_is_hers(text: str, later: list[tuple[str, str]]) -> None:
    assert spans(text)[1:] == later


@pytest.mark.parametrize(
    "text",
    [
        "Vols zei niets. Sanne Vols kwam.",
        "Sanne Vols kwam. Piet Vols zei niets.",
        "Sanne Vols kwam. P. Vols zei niets.",
        "Sanne Vols kwam. Vols-Bakker zei niets.",
        "Sanne Vols kwam. Vols BV zei niets.",
        "Sanne Vols kwam. Sanne zei niets.",
        "Sanne Vols kwam. Piet Vols ging. Vols zei niets.",
        "S. Vols kwam. Vols zei niets.",
        "Sanne van der Molen kwam gisteren, en daarna ging het in de rechtbank over de molen van het dorp.",
        "Sanne van der Molen kwam. Piet van der Molen ook. Van der Molen zei niets.",
        "Marijke Jansen-de Vries kwam. Piet de Vries zei niets.",
    ],
)
def test_a_surname_that_may_be_anothers_is_not_hers(text: str) -> None:
    assert len(spans(text)) == 1


@pytest.mark.parametrize("text", ["Vols zei niets.", "Piet Vols kwam. Vols zei niets.", "De Vols en de Jansens kwamen."])
def test_without_her_whole_name_a_surname_is_nobodys(text: str) -> None:
    assert spans(text) == []


def test_later_mentions_say_nothing_of_how_sure_it_is() -> None:
    once = only_match(Document(text="Sanne Vols kwam."), WATCHED)
    often = only_match(Document(text="Sanne Vols kwam." + " Vols zei niets." * 5), WATCHED)

    assert (often.name, often.confidence, often.reasons) == (once.name, once.confidence, once.reasons)


def test_of_two_with_one_surname_it_is_hers_who_was_named_last() -> None:
    matcher = matcher_of(VOLS, named(given_names=("Piet",), surname="Vols"))
    text = "Sanne Vols kwam. Vols zei niets. Piet Vols kwam. Vols zei niets."

    sanne, piet = matcher.match(Document(text=text))

    assert [span.start for span in sanne.spans] == [0, 17]
    assert [span.start for span in piet.spans] == [33, 49]


@pytest.mark.parametrize("title", ["mw.", "Mevrouw", "mevr.", "drs.", "heer", "jeugdbeschermer", "Jeugdbeschermer", "dokter"])
def test_a_rare_surname_with_a_title_is_read_and_is_hers_where_the_text_speaks_of_her(title: str) -> None:
    alone, with_organisation = (
        only_match(Document(text=f"{title} Vols {more}zei niets."), WATCHED) for more in ("", "van de JBV ")
    )

    assert [(span.surface, span.form) for span in alone.spans] == [(f"{title} Vols", "titled")]
    assert (alone.name, alone.band, with_organisation.band) == (NameGrade.WEAK, Band.UNLIKELY, Band.PROBABLE)


@pytest.mark.parametrize("text", ["mw. van der Molen zei niets.", "mw. Jansen zei niets.", "mevrouw De Vries zei niets."])
def test_a_common_surname_with_a_title_says_too_little(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "code"),
    [
        ("mw. van der Molen van de JBV zei niets.", "mw. van der Molen", "organisation"),
        ("mw. van der Molen uit Utrecht zei niets.", "mw. van der Molen", "context"),
        ("mw. Jansen van de JBV zei niets.", "mw. Jansen", "organisation"),
        ("mevrouw De Vries van de JBV zei niets.", "mevrouw De Vries", "organisation"),
    ],
)
def test_a_common_surname_with_a_title_counts_where_the_text_speaks_of_her(text: str, surface: str, code: str) -> None:
    match = only_match(Document(text=text), WATCHED)

    assert [(span.surface, span.form) for span in match.spans] == [(surface, "titled")]
    assert code in codes_of(match)


@pytest.mark.parametrize(
    "text",
    ["mw. P. Vols", "mw. Piet Vols", "mw. Vols-Bakker", "mw. Vols BV", "mw. Volsema", "mw. Molen uit Utrecht", "mw.\n\nVols"],
)
def test_a_title_before_another_name_is_nobody(text: str) -> None:
    assert spans(text) == []
