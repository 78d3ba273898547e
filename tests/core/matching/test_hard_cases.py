"""Cases that were once read wrongly: natural spellings taken for disguises, words for names, common names for rare ones."""

from __future__ import annotations

import time

import pytest

from monitor.core.model import Band, Document, NameUsage
from tests.core.watched import (
    IJS,
    MARIJKE,
    SANNE,
    WATCHLIST,
    Seen,
    codes_of,
    in_a_sentence,
    matcher_of,
    named,
    only_match,
    read_as,
    reason_of,
    seen_in,
)

WATCHED = matcher_of(SANNE)
BEP = matcher_of(named(given_names=("Elisabeth", "Johanna"), call_name="Bep", surname="Hof", prefix="van 't"))
PREFIXED = matcher_of(
    named(given_names=("Bep",), prefix="van 't", surname="Hof"),
    named(given_names=("Anouk",), prefix="in 't", surname="Veld"),
    named(given_names=("Kees",), prefix="op den", surname="Brink"),
)
ELSEWHERE = matcher_of(
    named(given_names=("Omar",), surname="Al-Hassan"),
    named(given_names=("Nadia",), surname="Elkhattabi"),
    named(given_names=("Fiona",), surname="McAllister"),
)


# ------------------------------------------------------------------------------------------------- how many bear it


@pytest.mark.parametrize(
    ("usage", "text"),
    [
        (NameUsage.PARTNER, "Jan de Vries"),
        (NameUsage.OWN, "Jan Jansen"),
        (NameUsage.OWN_PARTNER, "Jan Jansen"),
        (NameUsage.OWN_PARTNER, "Jan de Vries"),
        (NameUsage.OWN_PARTNER, "@jandevries"),
        (NameUsage.PARTNER, "@jandevries"),
    ],
)
def test_one_of_two_common_surnames_is_as_common_as_it_stands(usage: NameUsage, text: str) -> None:
    matcher = matcher_of(named(given_names=("Jan",), surname="Jansen", partner_prefix="de", partner_surname="Vries", usage=usage))

    reason = reason_of(only_match(Document(text=text), matcher), "rarity")

    assert reason is not None
    assert float(reason.params["bearers"]) > 100


def test_half_of_a_double_name_in_one_field_is_as_common_as_it_stands() -> None:
    matcher = matcher_of(named(given_names=("Jan",), surname="Jansen-de Vries"))

    assert only_match(Document(text="Jan de Vries"), matcher).band not in (Band.CERTAIN, Band.PROBABLE)


def test_two_surnames_without_a_first_name_are_less_rare_than_with_it() -> None:
    whole, alone = (
        only_match(Document(text=text), matcher_of(MARIJKE)) for text in ("Marijke Jansen-de Vries", "Jansen-de Vries")
    )

    assert [float(reason.params["bearers"]) for match in (whole, alone) if (reason := reason_of(match, "rarity"))] == [
        pytest.approx(0.0299, abs=0.01),
        pytest.approx(72, rel=0.5),
    ]


def test_initials_in_a_handle_say_no_more_than_initials() -> None:
    handle, initials = (only_match(Document(text=text), WATCHED) for text in ("@svandermolen", "S. van der Molen"))

    assert handle.confidence <= initials.confidence


# ---------------------------------------------------------------------------------------------------- natural forms


@pytest.mark.parametrize(
    "name",
    [
        "E.J. (Bep) van 't Hof",
        'E.J. "Bep" van \'t Hof',
        "Elisabeth \u201cBep\u201d van \u2019t Hof",
        "Elisabeth \u201eBep\u201d van 't Hof",
        "Elisabeth \u2018Bep\u2019 van 't Hof",
    ],
)
def test_a_call_name_stands_between_quotes_or_brackets(name: str) -> None:
    assert [seen.surface for seen in read_as(name, BEP)] == [name]


@pytest.mark.parametrize("name", ["Sanne Bakker geb. van der Molen", "Sanne Bakker, geboren van der Molen"])
def test_a_maiden_name_stands_behind_a_surname_that_is_not_registered(name: str) -> None:
    assert [(seen.surface, seen.grade) for seen in read_as(name, WATCHED)] == [(name, "likely")]


def test_ij_without_a_point_is_one_initial() -> None:
    assert read_as("IJ IJzerman", matcher_of(IJS)) == [Seen("IJ IJzerman", "initials", "likely")]


@pytest.mark.parametrize(
    "name",
    ["Bep v.h. Hof", "Bep v/h Hof", "Bep vh Hof", "Anouk i.h. Veld", "Anouk i/h Veld", "Anouk int Veld", "Kees o.d. Brink"],
)
def test_rarer_prefixes_are_abbreviated_too(name: str) -> None:
    assert read_as(name, PREFIXED) == [Seen(name, "prefix", "clear")]


def test_a_prefix_joined_to_a_surname_may_begin_with_a_small_letter() -> None:
    assert read_as("Sanne vdMolen", WATCHED) == [Seen("Sanne vdMolen", "prefix", "clear")]


@pytest.mark.parametrize("name", ["Molen, mw. S. van der", "van der Molen, mevr. drs. S.M"])
def test_a_title_stands_between_surname_and_initials(name: str) -> None:
    assert [(seen.surface, seen.grade) for seen in read_as(name, WATCHED)] == [(name, "likely")]


@pytest.mark.parametrize("name", ["Omar Al-Hassan", "Omar Alhassan", "Omar El Hassan", "Omar El-Hassan", "Omar Elhassan"])
def test_an_article_with_a_hyphen_is_a_prefix(name: str) -> None:
    assert [(seen.surface, seen.grade, seen.notes) for seen in read_as(name, ELSEWHERE)] == [(name, "clear", ())]


@pytest.mark.parametrize(
    "name", ["Nadia El Khattabi", "Nadia El-Khattabi", "Fiona Mc Allister", "Anouk int Veld", "Anouk Int Veld"]
)
def test_a_name_that_is_written_apart_is_no_disguise(name: str) -> None:
    matcher = PREFIXED if name.startswith("Anouk") else ELSEWHERE

    assert [(seen.surface, "evasion" in seen.notes) for seen in read_as(name, matcher)] == [(name, False)]


def test_a_word_that_a_soft_hyphen_breaks_at_the_end_of_a_line_is_no_disguise() -> None:
    assert read_as("Sanne van der Mo\u00ad\nlen", WATCHED) == [Seen("Sanne van der Mo\u00ad\nlen", "full", "clear")]


@pytest.mark.parametrize(
    ("text", "surface"),
    [("Sanne.vanderMolen@example.org", "Sanne.vanderMolen"), ("S.vanderMolen@example.org", "S.vanderMolen")],
)
def test_an_address_may_have_capitals(text: str, surface: str) -> None:
    assert [seen.surface for seen in seen_in(text, WATCHED)] == [surface]


@pytest.mark.parametrize("name", ["Marike Jansen-de Vries", "Marijkee Jansen-de Vries"])
def test_the_first_name_before_a_double_name_may_be_misspelled(name: str) -> None:
    assert [(seen.surface, seen.notes) for seen in read_as(name, matcher_of(MARIJKE))] == [(name, ("misspelled",))]


@pytest.mark.parametrize("name", ["Sannes van der Molen", "Sanne van der Moolen", "Hanne van der Molen"])
def test_a_misspelled_name_is_not_clear(name: str) -> None:
    assert [(seen.grade, seen.notes) for seen in read_as(name, WATCHED)] == [("likely", ("misspelled",))]


def test_a_surname_in_the_text_is_hers_who_is_named_in_the_title() -> None:
    matcher = matcher_of(named(given_names=("Sanne",), surname="Vols"))

    match = only_match(Document(title="Sanne Vols vertrekt", text="Vols zei niets."), matcher)

    assert [(span.surface, span.form) for span in match.spans] == [("Sanne Vols", "full"), ("Vols", "later")]


def test_who_else_is_watched_for_does_not_decide_whether_a_surname_is_hers() -> None:
    document = Document(title="SanneMolen", text="Molen")
    others = named(surname="Molen", aliases=("Molen",))

    alone, with_other = (matcher.match(document)[0] for matcher in (WATCHED, matcher_of(SANNE, others)))

    assert alone.spans == with_other.spans


# ------------------------------------------------------------------------------------------------------ nobody else


@pytest.mark.parametrize("text", ["Max de jong gebleven man", "max de jong", "Ben ter haar ere"])
def test_small_words_that_make_a_name_are_weak_and_no_disguise(text: str) -> None:
    matcher = matcher_of(
        named(given_names=("Max",), prefix="de", surname="Jong"), named(given_names=("Ben",), prefix="ter", surname="Haar")
    )

    seen = read_as(text, matcher)

    assert "evasion" not in {note for each in seen for note in each.notes}
    assert "clear" not in {each.grade for each in seen}


@pytest.mark.parametrize("text", ["@sannemolenaar", "sannemolenaar", "https://n.example/sannemolenaar"])
def test_a_joined_name_with_another_surname_is_nobody(text: str) -> None:
    assert WATCHED.match(Document(text=text)) == ()


# --------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize("text", ["sannevandermolen\ud800", "\ud800 @sannevandermolen", "s\ud800 sannevandermolen\udfff"])
def test_a_lone_surrogate_beside_a_joined_name_breaks_nothing(text: str) -> None:
    assert [span.surface for span in only_match(Document(text=text)).spans] == ["sannevandermolen"]


@pytest.mark.parametrize(("piece", "at_most"), [("Molen ", 0.6), ("s4nn3 m0l3n ", 1.5), ("s*nne ", 1.5)])
def test_a_hundred_thousand_characters_of_her_name_take_little_time(piece: str, at_most: float) -> None:
    document = Document(text=piece * (100_000 // len(piece)))

    begin = time.process_time()
    WATCHLIST.match(document)

    assert time.process_time() - begin < at_most


def test_a_page_full_of_disguises_hides_no_name_behind_it() -> None:
    match = only_match(Document(text=f"{'s4nn3 m0l3n ' * 400}\n\n{in_a_sentence('Sanne van der Molen')}"), WATCHED)

    assert "Sanne van der Molen" in [span.surface for span in match.spans]
    assert "evasion" in codes_of(match)
