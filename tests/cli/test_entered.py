"""Names as people type them into one line."""

from __future__ import annotations

import pytest

from monitor.core.entered import split_name


@pytest.mark.parametrize(
    ("typed", "given", "initials", "prefix", "surname"),
    [
        ("Sanne van der Molen", ("Sanne",), "", "van der", "Molen"),
        ("  Sanne   Molen ", ("Sanne",), "", "", "Molen"),
        ("Maria Johanna Jansen", ("Maria", "Johanna"), "", "", "Jansen"),
        ("S.M. van der Molen", (), "S.M.", "van der", "Molen"),
        ("S. M. Molen", (), "S.M.", "", "Molen"),
        ("Molen, Sanne van der", ("Sanne",), "", "van der", "Molen"),
        ("van der Molen, Sanne", ("Sanne",), "", "van der", "Molen"),
        ("Molen, S.M.", (), "S.M.", "", "Molen"),
        ("Anouk 't Hoenselaar", ("Anouk",), "", "'t", "Hoenselaar"),
        ("Youssef El Amrani", ("Youssef",), "", "El", "Amrani"),
        ("Marijke Jansen-de Vries", ("Marijke",), "", "", "Jansen-de Vries"),
        ("Anna van den Heuvel-de Boer", ("Anna",), "", "van den", "Heuvel-de Boer"),
        ("Jan-Willem de Vries", ("Jan-Willem",), "", "de", "Vries"),
        ("Özlem Çelikbaş", ("Özlem",), "", "", "Çelikbaş"),
    ],
)
def test_a_name_is_taken_apart(typed: str, given: tuple[str, ...], initials: str, prefix: str, surname: str):
    name = split_name(typed)

    assert name is not None
    assert (name.given_names, name.initials, name.prefix, name.surname) == (given, initials, prefix, surname)


@pytest.mark.parametrize("typed", ["", " ", "Molen", "van der Molen", ",", "Molen,", ", Sanne", "de"])
def test_half_a_name_is_none(typed: str):
    assert split_name(typed) is None
