"""What stands for a first name: middle names, call names, nicknames, initials in every shape."""

from __future__ import annotations

import pytest

from tests.core.watched import IJS, SANNE, Seen, matcher_of, named, read_as

SANNE_MARIA = matcher_of(SANNE)
SANNE_ONLY = matcher_of(named(given_names=("Sanne",), surname="Molen", prefix="van der"))
BEP = matcher_of(named(given_names=("Elisabeth", "Johanna"), call_name="Bep", surname="Hof", prefix="van 't"))
ANNE_MARIE = matcher_of(named(given_names=("Anne-Marie",), surname="Bakker"))
TH_M = matcher_of(named(initials="Th.M.", surname="Bakker"))


@pytest.mark.parametrize(
    ("name", "grade", "notes"),
    [
        ("Sanne Maria van der Molen", "clear", ()),
        ("Sanne M. van der Molen", "clear", ()),
        ("Sanne M van der Molen", "clear", ()),
        ("Sanne-Maria van der Molen", "clear", ()),
        ("Sanne Anna van der Molen", "likely", ("other_middle_name",)),
        ("Sanne A. van der Molen", "likely", ("other_middle_name",)),
        ("Sanne Maria Anna van der Molen", "likely", ("other_middle_name",)),
    ],
)
def test_a_middle_name_agrees_or_is_anothers(name: str, grade: str, notes: tuple[str, ...]) -> None:
    assert read_as(name, SANNE_MARIA) == [Seen(name, "full", grade, notes)]


@pytest.mark.parametrize("name", ["Sanne Maria van der Molen", "Sanne M. van der Molen", "Sanne M van der Molen"])
def test_a_middle_name_where_none_is_registered_is_likely(name: str) -> None:
    assert read_as(name, SANNE_ONLY) == [Seen(name, "full", "likely", ("middle_name",))]


@pytest.mark.parametrize("name", ["Maria van der Molen", "Sanne Ging van der Molen", "Sanne en Maria van der Molen"])
def test_a_middle_name_is_no_first_name_and_no_word_is_a_middle_name(name: str) -> None:
    assert read_as(name, SANNE_MARIA) == []


@pytest.mark.parametrize(
    ("name", "form", "grade"),
    [
        ("Bep van 't Hof", "full", "clear"),
        ("Elisabeth van 't Hof", "full", "clear"),
        ("Elisabeth Johanna van 't Hof", "full", "clear"),
        ('Elisabeth "Bep" van \'t Hof', "full", "clear"),
        ("Elisabeth 'Bep' van 't Hof", "full", "clear"),
        ("Elisabeth (Bep) van 't Hof", "full", "clear"),
        ("Elisabeth (Beppie) van 't Hof", "full", "clear"),
        ("Elisabeth Johanna (Bep) van 't Hof", "full", "clear"),
        ("Bep J. van 't Hof", "full", "clear"),
        ("Hof, Bep van 't", "inverted", "clear"),
        ("B. van 't Hof", "initials", "likely"),
        ("E.J. van 't Hof", "initials", "likely"),
        ("E. van 't Hof", "initials", "likely"),
    ],
)
def test_call_name_and_given_names_are_hers(name: str, form: str, grade: str) -> None:
    assert read_as(name, BEP) == [Seen(name, form, grade)]


@pytest.mark.parametrize("name", ["Johanna van 't Hof", "J. van 't Hof", "J.E. van 't Hof", "B.X. van 't Hof"])
def test_a_second_given_name_alone_is_somebody_else(name: str) -> None:
    assert read_as(name, BEP) == []


@pytest.mark.parametrize(
    "name",
    [
        "S. van der Molen",
        "S van der Molen",
        "S.M. van der Molen",
        "S. M. van der Molen",
        "S.M.van der Molen",
        "S M van der Molen",
        "SM van der Molen",
        "S.-M. van der Molen",
        "S . van der Molen",
        "S.  van der Molen",
        "S.\nvan der Molen",
        "S.\u00a0van der Molen",
        "S. Van der Molen",
        "S. v.d. Molen",
        "S.M. vd Molen",
        "S.M.v.d.Molen",
        "S. VAN DER MOLEN",
    ],
)
def test_initials_in_this_shape_are_hers(name: str) -> None:
    assert read_as(name, SANNE_MARIA) == [Seen(name, "initials", "likely")]


@pytest.mark.parametrize("before", ["mw. ", "mevr. drs. ", "A. en ", "de heer en mevrouw "])
def test_a_title_or_a_partner_before_initials_changes_nothing(before: str) -> None:
    assert read_as(f"{before}S. van der Molen", SANNE_MARIA) == [Seen("S. van der Molen", "initials", "likely")]


@pytest.mark.parametrize(
    "name",
    [
        "M. van der Molen",
        "M.S. van der Molen",
        "S.A. van der Molen",
        "S.M.J. van der Molen",
        "J.S. van der Molen",
        "J. S. van der Molen",
        "A.S.M. van der Molen",
        "MS van der Molen",
        "SA van der Molen",
        "Sm. van der Molen",
        "sm van der Molen",
        "s van der Molen",
        "S, van der Molen",
        "S. en A. van der Molen",
        "S. van de Molen",
        "Lize J. Molen",
    ],
)
def test_initials_that_are_not_hers_are_nobody(name: str) -> None:
    assert read_as(name, SANNE_MARIA) == []


@pytest.mark.parametrize("name", ["S. Molen", "S.M. Molen", "SM Molen"])
def test_initials_without_the_prefix_are_weak(name: str) -> None:
    assert read_as(name, SANNE_MARIA) == [Seen(name, "partial", "weak")]


@pytest.mark.parametrize("name", ["Lize S. van der Molen", "Jan S van der Molen"])
def test_an_initial_behind_a_first_name_is_a_middle_one(name: str) -> None:
    (seen,) = read_as(name, SANNE_MARIA)

    assert (seen.grade, seen.notes) == ("weak", ("longer_name",))


def test_more_initials_than_are_registered_are_weak() -> None:
    assert read_as("S.M. van der Molen", SANNE_ONLY) == [Seen("S.M. van der Molen", "initials", "weak", ("more_initials",))]


@pytest.mark.parametrize("name", ["Th.M. Bakker", "Th. M. Bakker", "T.M. Bakker", "TM Bakker", "Th. Bakker", "T. Bakker"])
def test_an_initial_may_be_of_two_letters(name: str) -> None:
    assert read_as(name, TH_M) == [Seen(name, "initials", "likely")]


@pytest.mark.parametrize("name", ["Tj. Bakker", "M. Bakker", "Thijs Bakker", "Th.J. Bakker"])
def test_other_letters_are_another_initial(name: str) -> None:
    assert read_as(name, TH_M) == []


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Anne-Marie Bakker", "full"),
        ("Anne Marie Bakker", "full"),
        ("Annemarie Bakker", "full"),
        ("A.M. Bakker", "initials"),
        ("A.-M. Bakker", "initials"),
        ("AM Bakker", "initials"),
        ("A. Bakker", "initials"),
        ("Bakker, Anne-Marie", "inverted"),
    ],
)
def test_a_double_first_name_is_found_as(name: str, form: str) -> None:
    assert [(seen.surface, seen.form) for seen in read_as(name, ANNE_MARIE)] == [(name, form)]


@pytest.mark.parametrize("name", ["Anne Bakker", "Marie Bakker", "M. Bakker", "Anne, Marie Bakker"])
def test_half_a_double_first_name_is_another(name: str) -> None:
    assert read_as(name, ANNE_MARIE) == []


@pytest.mark.parametrize("name", ["IJ. IJzerman", "I. IJzerman", "Ij. IJzerman", "\u0132. \u0132zerman"])
def test_ij_is_one_initial(name: str) -> None:
    assert read_as(name, matcher_of(IJS)) == [Seen(name, "initials", "likely")]
