"""The generator behind `make bench-names`: seeded, every class what it says; and the whole command in small."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from benchmarks.names import main
from benchmarks.naming.cases import KINDS, Trial, make_cases
from benchmarks.naming.newspapers import registration
from benchmarks.naming.people import invent, listed_names, plain
from benchmarks.naming.sentences import clean_sentences, invented_sentences
from monitor.core.model import Name, NameUsage

SANNE = Name(given_names=("Sanne", "Maria"), initials="S.M.", prefix="van der", surname="Molen")
MARIJKE = Name(
    given_names=("Marijke",), surname="Jansen", partner_prefix="de", partner_surname="Vries", usage=NameUsage.OWN_PARTNER
)
YOUSSEF = Name(given_names=("Youssef",), prefix="El", surname="Amrani")
TRIAL = Trial(invented_sentences(), count=5, seed=3, is_known_word=lambda word: word in listed_names())


def written(kind: str, name: Name) -> str:
    found = KINDS[kind].write(name, Random(1))
    return "" if found is None else found.text


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("exact", SANNE, "Sanne van der Molen"),
        ("upper", SANNE, "SANNE VAN DER MOLEN"),
        ("no_break_space", SANNE, "Sanne\u00a0van\u00a0der\u00a0Molen"),
        ("prefix_abbreviated", SANNE, "Sanne v. d. Molen"),
        ("prefix_abbreviated_tight", SANNE, "Sanne v.d. Molen"),
        ("prefix_abbreviated_bare", SANNE, "Sanne vd Molen"),
        ("prefix_with_slash", SANNE, "Sanne v/d Molen"),
        ("prefix_half_abbreviated", SANNE, "Sanne v. der Molen"),
        ("prefix_missing", SANNE, "Sanne Molen"),
        ("inverted", SANNE, "van der Molen, Sanne"),
        ("inverted_prefix_last", SANNE, "Molen, Sanne van der"),
        ("inverted_prefix_comma", SANNE, "Molen, van der, Sanne"),
        ("middle_names", SANNE, "Sanne Maria van der Molen"),
        ("middle_initial", SANNE, "Sanne M. van der Molen"),
        ("possessive", SANNE, "Sanne van der Molens"),
        ("arabic_joined", YOUSSEF, "Youssef Elamrani"),
        ("arabic_hyphen", YOUSSEF, "Youssef El-Amrani"),
        ("exact", MARIJKE, "Marijke Jansen-de Vries"),
        ("double_partner_own", MARIJKE, "Marijke de Vries-Jansen"),
        ("double_own_half", MARIJKE, "Marijke Jansen"),
        ("double_partner_half", MARIJKE, "Marijke de Vries"),
        ("first_initial", SANNE, "S. van der Molen"),
        ("initials_points", SANNE, "S.M. van der Molen"),
        ("initials_bare", SANNE, "SM van der Molen"),
        ("initials_spaces", SANNE, "S. M. van der Molen"),
        ("inverted_initials_prefix_last", SANNE, "Molen, S.M. van der"),
        ("at_joined", SANNE, "@sannevandermolen"),
        ("at_underscores", SANNE, "@sanne_van_der_molen"),
        ("at_underscore_no_prefix", SANNE, "@sanne_molen"),
        ("hashtag_camel", SANNE, "#SanneVanDerMolen"),
        ("email_initial", SANNE, "s.vandermolen@example.org"),
        ("address_profile", SANNE, "https://example.org/in/sanne-van-der-molen/"),
        ("spaced", SANNE, "S a n n e   v a n   d e r   M o l e n"),
        ("spaced_single", SANNE, "S a n n e v a n d e r M o l e n"),
        ("dotted", YOUSSEF, "Y.o.u.s.s.e.f E.l A.m.r.a.n.i"),
        ("suspect_initial", YOUSSEF, "Youssef A."),
    ],
)
def test_a_class_writes_what_it_says(kind: str, name: Name, expected: str):
    text = written(kind, name)

    assert text == expected


@pytest.mark.parametrize("kind", ["full_width", "bold", "italic_bold", "script", "sans", "monospace", "fraktur_bold", "circled"])
def test_styled_letters_stand_for_the_same_name(kind: str):
    text = written(kind, SANNE)

    assert unicodedata.normalize("NFKC", text) == "Sanne van der Molen"


@pytest.mark.parametrize(
    ("kind", "letters"),
    [
        ("other_in_surname", 0),
        ("extra_in_surname", 1),
        ("missing_in_surname", -1),
        ("swapped_in_surname", 0),
        ("missing_in_first_name", -1),
    ],
)
def test_a_misspelled_name_is_one_edit_away(kind: str, letters: int):
    text = written(kind, YOUSSEF)

    assert text != "Youssef El Amrani"
    assert len(text) == len("Youssef El Amrani") + letters


def test_a_form_that_does_not_fit_is_not_written():
    assert written("prefix_missing", MARIJKE) == ""
    assert written("umlaut_spelled_out", SANNE) == ""


def test_every_class_finds_names_that_it_fits():
    people = invent(3000, seed=1)

    counts = {kind.name: len(make_cases(kind, people, TRIAL)) for kind in KINDS.values()}

    assert set(counts.values()) == {5}


def test_a_case_knows_where_its_name_stands():
    people = invent(300, seed=1)

    (case, *_) = make_cases(KINDS["dotted"], people, TRIAL)

    assert case.surface == case.document.text[case.start : case.end]
    assert case.surface.replace(".", "").replace(" ", "").isalpha()


def test_the_same_seed_makes_the_same_cases():
    first = make_cases(KINDS["leet_half"], invent(200, seed=9), TRIAL)
    second = make_cases(KINDS["leet_half"], invent(200, seed=9), TRIAL)

    assert first == second


def test_another_seed_makes_other_people():
    assert invent(50, seed=1) != invent(50, seed=2)


def test_no_two_people_share_a_whole_name():
    people = invent(2000, seed=4)

    names = [(plain(person.name.given_names[0]), plain(person.name.surname)) for person in people]

    assert len({*names}) == len(names)


def test_about_a_third_of_the_surnames_stand_in_no_list():
    people = invent(2000, seed=4)

    coined = sum(plain(person.name.surname) not in listed_names() for person in people)

    assert 0.28 < coined / len(people) < 0.42


def test_a_clean_sentence_holds_no_second_capital():
    text = "Gisteren sprak men over het plan van de wijk. Daarna nam Sanne Molen het woord in de grote zaal. "

    sentences = clean_sentences([f"{text} {invented}" for invented in invented_sentences()])

    assert "Gisteren sprak men over het plan van de wijk." in sentences
    assert not [sentence for sentence in sentences if "Sanne" in sentence]


def test_a_labelled_person_of_a_newspaper_becomes_a_registration():
    labelled = {"name": "J. M. van Hest,", "given": "J.", "surname": "van Hest,"}

    name = registration(labelled).name

    assert (name.prefix, name.surname, name.initials) == ("van", "Hest", "J.M.")


def test_the_whole_bench_runs_in_small(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NAAMWACHT_CORPUS", raising=False)
    monkeypatch.delenv("NAAMWACHT_TEXT", raising=False)

    main(["--quick", "--people", "300", "--cases", "3"])

    printed = capsys.readouterr().out
    assert "recall, natural" in printed
    assert "ours to the bare pass" in printed
    assert "resident for the matcher" in printed
    assert "slowest to ordinary text" in printed
