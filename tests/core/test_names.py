"""Spellings: what is derived from a registered name, what is sent out, and how it is shown."""

from __future__ import annotations

import pytest

from monitor.core.model import Name, NameGrade, NameUsage, QueryForm
from monitor.core.names import Form, display_name, query_forms, variants

SANNE = Name(surname="Molen", prefix="van der", given_names=("Sanne", "Maria"))
MARIJKE = Name(
    surname="Jansen", given_names=("Marijke",), partner_prefix="de", partner_surname="Vries", usage=NameUsage.OWN_PARTNER
)
BEP = Name(surname="Hof", prefix="van 't", call_name="Bep", initials="E.J.")


def forms_of(name: Name) -> dict[str, Form]:
    return {variant.text: variant.form for variant in variants(name)}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Sanne van der Molen", Form.FULL),
        ("Sanne Maria van der Molen", Form.FULL),
        ("Sanne M. van der Molen", Form.FULL),
        ("Sanne v.d. Molen", Form.PREFIX),
        ("Sanne vd. Molen", Form.PREFIX),
        ("Sanne v. der Molen", Form.PREFIX),
        ("Sanne vander Molen", Form.PREFIX),
        ("Sanne vanderMolen", Form.PREFIX),
        ("Sanne Molen", Form.NO_PREFIX),
        ("Molen, Sanne van der", Form.INVERTED),
        ("van der Molen, Sanne", Form.INVERTED),
        ("Molen, S. van der", Form.INVERTED_INITIALS),
        ("S.M. van der Molen", Form.INITIALS),
        ("SM van der Molen", Form.INITIALS),
        ("S. v.d. Molen", Form.INITIALS),
        ("S. Molen", Form.PARTIAL),
    ],
)
def test_a_name_with_a_prefix_has_these_spellings(text: str, form: Form) -> None:
    assert forms_of(SANNE)[text] is form


@pytest.mark.parametrize(
    ("usage", "text", "form"),
    [
        (NameUsage.OWN, "Marijke Jansen", Form.FULL),
        (NameUsage.OWN, "Marijke de Vries", Form.OTHER_SURNAME),
        (NameUsage.OWN, "Marijke Jansen-de Vries", Form.DOUBLE),
        (NameUsage.PARTNER, "Marijke de Vries", Form.FULL),
        (NameUsage.PARTNER, "Marijke Jansen", Form.OTHER_SURNAME),
        (NameUsage.OWN_PARTNER, "Marijke Jansen-de Vries", Form.FULL),
        (NameUsage.OWN_PARTNER, "Marijke de Vries-Jansen", Form.DOUBLE),
        (NameUsage.OWN_PARTNER, "Vries-Jansen, Marijke de", Form.INVERTED),
        (NameUsage.PARTNER_OWN, "Marijke de Vries-Jansen", Form.FULL),
        (NameUsage.PARTNER_OWN, "Marijke Jansen-d. Vries", Form.DOUBLE),
        (NameUsage.PARTNER_OWN, "M. Jansen", Form.PARTIAL),
    ],
)
def test_the_usage_says_which_surname_is_the_full_one(usage: NameUsage, text: str, form: Form) -> None:
    name = Name(surname="Jansen", given_names=("Marijke",), partner_prefix="de", partner_surname="Vries", usage=usage)

    assert forms_of(name)[text] is form


def test_call_name_and_given_name_are_both_full() -> None:
    forms = forms_of(Name(surname="Bakker", given_names=("Elisabeth",), call_name="Bep"))

    assert forms["Bep Bakker"] is Form.FULL
    assert forms["Elisabeth Bakker"] is Form.FULL
    assert forms["E. Bakker"] is Form.INITIALS
    assert forms["B. Bakker"] is Form.INITIALS


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        (Name(surname="Bakker", initials="Th.M."), "Th.M. Bakker"),
        (Name(surname="Bakker", initials="TM"), "T.M. Bakker"),
        (Name(surname="Bakker", initials="t m"), "T.M. Bakker"),
        (Name(surname="Bakker", given_names=("Anne-Marie",)), "A.M. Bakker"),
        (Name(surname="Bakker", given_names=("Jan Piet",)), "J.P. Bakker"),
        (Name(surname="Bakker", given_names=("IJsbrand",)), "IJ. Bakker"),
    ],
    ids=["with points", "without", "with spaces", "double given name", "two in one field", "ij"],
)
def test_initials_are_taken_as_registered_else_derived(name: Name, initials: str) -> None:
    assert forms_of(name)[initials] is Form.INITIALS


def test_a_prefix_inside_the_surname_is_found() -> None:
    forms = forms_of(Name(surname="van der Molen", given_names=("Sanne",)))

    assert forms["Sanne van der Molen"] is Form.FULL
    assert forms["Molen, Sanne van der"] is Form.INVERTED
    assert forms["Sanne Molen"] is Form.NO_PREFIX


def test_an_apostrophe_prefix_sticks_to_the_surname() -> None:
    assert "Lot d'Hondt" in forms_of(Name(surname="Hondt", prefix="d'", given_names=("Lot",)))


def test_het_and_its_short_form_are_the_same_prefix() -> None:
    assert forms_of(BEP)["Bep van het Hof"] is Form.PREFIX


def test_a_bare_surname_is_no_spelling() -> None:
    assert variants(Name(surname="Molen", prefix="van der")) == ()


def test_a_surname_of_one_letter_has_no_initials_before_it() -> None:
    forms = forms_of(Name(surname="O", given_names=("Min",)))

    assert forms["Min O"] is Form.FULL
    assert "M. O" not in forms


@pytest.mark.parametrize(
    ("handle", "text"),
    [
        ("sanne_m", "@sanne_m"),
        ("@sanne_m", "@sanne_m"),
        ("https://social.example/sanne_m/", "@sanne_m"),
        ("https://social.example/@sanne_m?lang=nl", "@sanne_m"),
    ],
)
def test_a_handle_may_be_registered_as_an_address(handle: str, text: str) -> None:
    assert forms_of(Name(surname="Molen", handles=(handle,))) == {text: Form.HANDLE}


@pytest.mark.parametrize("handle", ["", "@", "ab", "https://social.example/"])
def test_a_handle_that_names_nobody_is_left_out(handle: str) -> None:
    found = forms_of(Name(surname="Molen", handles=(handle,)))

    assert set(found.values()) <= {Form.HANDLE}
    assert "@" not in found
    assert "@ab" not in found


def test_an_alias_of_one_plain_word_says_less() -> None:
    found = {
        variant.text: variant.grade for variant in variants(Name(surname="Molen", aliases=("Sannetje", "San Molentje", "  ")))
    }

    assert found == {"Sannetje": NameGrade.LIKELY, "San Molentje": NameGrade.CLEAR}


@pytest.mark.parametrize(
    "name",
    [
        Name(surname="???", given_names=("Sanne",)),
        Name(surname="", given_names=("", "\x00")),
        Name(surname="\ud800", prefix="-", call_name="'", initials="...", aliases=("\u202e",), handles=("@@@@",)),
    ],
    ids=["signs", "nothing", "hostile"],
)
def test_a_name_without_letters_has_no_spelling_and_does_no_harm(name: Name) -> None:
    assert variants(name) == ()
    assert query_forms(1, name) != ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (SANNE, [("Sanne van der Molen", "full")]),
        (
            MARIJKE,
            [("Marijke Jansen-de Vries", "full"), ("Marijke Jansen", "other_surname"), ("Marijke de Vries", "other_surname")],
        ),
        (
            Name(
                surname="Bakker",
                given_names=("Elisabeth",),
                call_name="Bep",
                aliases=("Bep de Bakker", "Beppie", "Bep B. uit Oost"),
            ),
            [("Bep Bakker", "full"), ("Elisabeth Bakker", "full"), ("Bep de Bakker", "alias")],
        ),
        (Name(surname="Hof", prefix="van 't", initials="E.J."), [("E.J. van 't Hof", "initials")]),
        (Name(surname="Hof", handles=("bep_hof",)), [("@bep_hof", "handle")]),
        (Name(surname="Hof", prefix="van 't"), [("van 't Hof", "surname")]),
    ],
    ids=["first name", "two surnames", "call name and alias", "initials only", "handle only", "surname only"],
)
def test_one_to_three_spellings_are_sent_out(name: Name, expected: list[tuple[str, str]]) -> None:
    assert query_forms(7, name) == tuple(QueryForm(person_id=7, text=text, form=form) for text, form in expected)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (SANNE, "Sanne van der Molen"),
        (MARIJKE, "Marijke Jansen-de Vries"),
        (BEP, "Bep van 't Hof"),
        (Name(surname="Hof", initials="EJ"), "E.J. Hof"),
        (Name(surname="Hof"), "Hof"),
    ],
)
def test_a_name_is_shown_as_its_bearer_is_addressed(name: Name, shown: str) -> None:
    assert display_name(name) == shown
