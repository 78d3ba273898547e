"""Names in one word: handles, hashtags, mailboxes, addresses, and longer words that hold a name or only seem to."""

from __future__ import annotations

import pytest

from monitor.core.model import Document, Field
from tests.core.watched import MARIJKE, SANNE, codes_of, matcher_of, named, only_match, seen_in

WATCHED = matcher_of(SANNE, named(given_names=("Anne",), surname="Ulrich"), named(given_names=("Lot",), surname="Vos"), MARIJKE)


@pytest.mark.parametrize(
    ("text", "surface", "form"),
    [
        ("@sannevandermolen", "sannevandermolen", "joined"),
        ("#SanneVanDerMolen", "SanneVanDerMolen", "joined"),
        ("Vraag het aan @SanneMolen!", "SanneMolen", "joined"),
        ("(@sannemolen)", "sannemolen", "joined"),
        ("@sannevdmolen", "sannevdmolen", "joined"),
        ("@svandermolen", "svandermolen", "joined"),
        ("@smvandermolen", "smvandermolen", "joined"),
        ("@svdmolen", "svdmolen", "joined"),
        ("@vandermolensanne", "vandermolensanne", "joined"),
        ("@molensanne", "molensanne", "joined"),
        ("@sannevandermolen1984", "sannevandermolen", "joined"),
        ("@sannevandermolen_", "sannevandermolen", "joined"),
        ("@sanne_van_der_molen", "sanne_van_der_molen", "full"),
        ("@sanne_molen", "sanne_molen", "no_prefix"),
        ("@sanne.molen", "sanne.molen", "no_prefix"),
        ("@sanne-molen", "sanne-molen", "no_prefix"),
        ("@sanne_molen84", "sanne_molen84", "no_prefix"),
        ("@lotvos", "lotvos", "joined"),
        ("@lot_vos", "lot_vos", "full"),
        ("@marijkejansendevries", "marijkejansendevries", "joined"),
        ("@marijkejansen", "marijkejansen", "joined"),
        ("@mjansendevries", "mjansendevries", "joined"),
        ("svandermolen@example.org", "svandermolen", "joined"),
        ("s.vandermolen@example.org", "s.vandermolen", "initials"),
        ("s.van.der.molen@example.org", "s.van.der.molen", "initials"),
        ("sanne.vandermolen@example.org", "sanne.vandermolen", "prefix"),
        ("sanne.van.der.molen@example.org", "sanne.van.der.molen", "full"),
        ("marijke.jansen-devries@example.org", "marijke.jansen-devries", "full"),
        ("m.jansen@example.org", "m.jansen", "partial"),
        ("sanne-van-der-molen", "sanne-van-der-molen", "full"),
        ("www.sannevandermolen.example", "sannevandermolen", "joined"),
    ],
)
def test_a_handle_a_hashtag_or_a_mailbox_names_her(text: str, surface: str, form: str) -> None:
    assert [(seen.surface, seen.form) for seen in seen_in(text, WATCHED)] == [(surface, form)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("sannevandermolen", "sannevandermolen"),
        ("#stopsannevandermolen", "sannevandermolen"),
        ("stopsannemolen", "sannemolen"),
        ("hetsannevandermolenverhaal", "sannevandermolen"),
        ("anneulrich", "anneulrich"),
    ],
)
def test_a_joined_name_is_found_within_a_longer_word(text: str, surface: str) -> None:
    assert [(seen.surface, seen.grade) for seen in seen_in(text, WATCHED)] == [(surface, "likely")]


@pytest.mark.parametrize(
    "text",
    [
        "janneulrich",
        "@janneulrich",
        "annemarieulrich",
        "@susannemolen",
        "@annemolen",
        "lotvos",
        "svandermolen",
        "jsvandermolen@example.org",
        "x" * 60 + "sannevandermolen",
    ],
)
def test_a_word_that_only_seems_to_hold_a_name_names_nobody(text: str) -> None:
    assert seen_in(text, WATCHED) == []


@pytest.mark.parametrize(
    ("address", "surface", "form"),
    [
        ("https://n.example/sanne-van-der-molen", "sanne-van-der-molen", "full"),
        ("https://n.example/2026/01/sanne-van-der-molen-8a7b", "sanne-van-der-molen", "full"),
        ("https://n.example/sanne-maria-van-der-molen", "sanne-maria-van-der-molen", "full"),
        ("https://n.example/tag/Sanne+van+der+Molen", "Sanne+van+der+Molen", "full"),
        ("https://n.example/sanne_molen", "sanne_molen", "no_prefix"),
        ("https://n.example/sanne.molen", "sanne.molen", "no_prefix"),
        ("https://n.example/a/sannevandermolen", "sannevandermolen", "joined"),
        ("https://n.example/~svandermolen", "svandermolen", "joined"),
        ("https://n.example/@svandermolen", "svandermolen", "joined"),
        ("https://sannevandermolen.example/", "sannevandermolen", "joined"),
        ("https://n.example/marijke-jansen-de-vries", "marijke-jansen-de-vries", "full"),
        ("https://n.example/marijke-jansen", "marijke-jansen", "other_surname"),
    ],
)
def test_an_address_names_her(address: str, surface: str, form: str) -> None:
    match = only_match(Document(url=address), WATCHED)

    assert [(span.field, span.surface, span.form) for span in match.spans] == [(Field.URL, surface, form)]
    assert "in_address" in codes_of(match)


@pytest.mark.parametrize(
    "address",
    [
        "https://n.example/janneulrich",
        "https://n.example/de-molen-sanne-stad",
        "https://n.example/foto-s-van-der-molen",
        "https://n.example/?q=sannevandermolen",
        "https://n.example/#sannevandermolen",
    ],
)
def test_an_address_names_nobody(address: str) -> None:
    assert WATCHED.match(Document(url=address)) == ()
