"""Finding names: who is named where, in which spelling, and that no text can break it."""

from __future__ import annotations

import pytest

from monitor.core.matching import SPANS_AT_MOST, Matcher
from monitor.core.model import Document, Field, Name, NameGrade, Organisation, Reason, Registration, Span
from tests.core.watched import EVERYBODY, ORGANISATION, WATCHLIST, codes_of, matcher_of, only_match, spans_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volgens Sanne van der Molen klopt het.", (1, "Sanne van der Molen", "full")),
        ("SANNE VAN DER MOLEN", (1, "SANNE VAN DER MOLEN", "full")),
        ("sanne van der molen", (1, "sanne van der molen", "full")),
        ("Sanne Van Der Molen", (1, "Sanne Van Der Molen", "full")),
        ("Sanne Maria van der Molen", (1, "Sanne Maria van der Molen", "full")),
        ("Sanne M. van der Molen", (1, "Sanne M. van der Molen", "full")),
        ("Sanne\nvan der\u00a0Molen", (1, "Sanne\nvan der\u00a0Molen", "full")),
        ("Sanne\r\n   van der Molen", (1, "Sanne\r\n   van der Molen", "full")),
        ("Sanne_van_der_Molen", (1, "Sanne_van_der_Molen", "full")),
        ("Sanne van der Molen's boek", (1, "Sanne van der Molen", "full")),
        ("(Sanne van der Molen)\u00b9", (1, "Sanne van der Molen", "full")),
        ("San\u00adne van der Mo\u200blen.", (1, "San\u00adne van der Mo\u200blen", "full")),
        ("\u202eSanne van der Molen\u202c", (1, "Sanne van der Molen", "full")),
        ("\uff33\uff41\uff4e\uff4e\uff45 van der Molen", (1, "\uff33\uff41\uff4e\uff4e\uff45 van der Molen", "full")),
        ("Sanne v.d. Molen", (1, "Sanne v.d. Molen", "prefix")),
        ("Sanne v. d. Molen", (1, "Sanne v. d. Molen", "prefix")),
        ("Sanne V.D.Molen", (1, "Sanne V.D.Molen", "prefix")),
        ("Sanne v d Molen", (1, "Sanne v d Molen", "prefix")),
        ("Sanne vd Molen", (1, "Sanne vd Molen", "prefix")),
        ("Sanne vd. Molen", (1, "Sanne vd. Molen", "prefix")),
        ("Sanne v/d Molen", (1, "Sanne v/d Molen", "prefix")),
        ("Sanne v.der Molen", (1, "Sanne v.der Molen", "prefix")),
        ("Sanne Vandermolen", (1, "Sanne Vandermolen", "prefix")),
        ("Sanne Molen", (1, "Sanne Molen", "no_prefix")),
        ("Sanne van de Molen", (1, "Sanne van de Molen", "other_prefix")),
        ("Sannes van der Molen", (1, "Sannes van der Molen", "full")),
        ("Molen, Sanne van der", (1, "Molen, Sanne van der", "inverted")),
        ("van der Molen, Sanne", (1, "van der Molen, Sanne", "inverted")),
        ("Molen, van der, Sanne", (1, "Molen, van der, Sanne", "inverted")),
        ("Molen, S. van der", (1, "Molen, S. van der", "inverted_initials")),
        ("Molen, S.M. van der", (1, "Molen, S.M. van der", "inverted_initials")),
        ("v.d. Molen, S.M.", (1, "v.d. Molen, S.M", "inverted_initials")),
        ("S. van der Molen", (1, "S. van der Molen", "initials")),
        ("S van der Molen", (1, "S van der Molen", "initials")),
        ("s. van der molen", (1, "s. van der molen", "initials")),
        ("S.v.d.Molen", (1, "S.v.d.Molen", "initials")),
        ("S.M. van der Molen", (1, "S.M. van der Molen", "initials")),
        ("S. M. van der Molen", (1, "S. M. van der Molen", "initials")),
        ("SM van der Molen", (1, "SM van der Molen", "initials")),
        ("Youssef El-Amrani", (2, "Youssef El-Amrani", "full")),
        ("Youssef Elamrani", (2, "Youssef Elamrani", "prefix")),
        ("Marijke Jansen-de Vries", (3, "Marijke Jansen-de Vries", "full")),
        ("Marijke Jansen\u2011de Vries", (3, "Marijke Jansen\u2011de Vries", "full")),
        ("Marijke Jansen - de Vries", (3, "Marijke Jansen - de Vries", "full")),
        ("Marijke Jansen-\nde Vries", (3, "Marijke Jansen-\nde Vries", "full")),
        ("Marijke de Vries-Jansen", (3, "Marijke de Vries-Jansen", "double")),
        ("Marijke Jansen", (3, "Marijke Jansen", "other_surname")),
        ("M. de Vries", (3, "M. de Vries", "partial")),
        ("Bep van \u2019t Hof", (4, "Bep van \u2019t Hof", "full")),
        ("Bep van t Hof", (4, "Bep van t Hof", "full")),
        ("Bep van het Hof", (4, "Bep van het Hof", "full")),
        ("Bep v.'t Hof", (4, "Bep v.'t Hof", "prefix")),
        ("B. van 't Hof", (4, "B. van 't Hof", "initials")),
        ("E.J. van 't Hof", (4, "E.J. van 't Hof", "initials")),
        ("Zoe Brule", (5, "Zoe Brule", "full")),
        ("Zoe\u0308 Bru\u0302le\u0301", (5, "Zoe\u0308 Bru\u0302le\u0301", "full")),
        ("zoe van oost", (5, "zoe van oost", "alias")),
        ("Zonnetje", (5, "Zonnetje", "alias_word")),
        ("\u0132sbrand \u0132zerman", (6, "\u0132sbrand \u0132zerman", "full")),
        ("mail @sannevdm!", (1, "sannevdm", "handle")),
        ("social.example/sannevdm", (1, "sannevdm", "handle")),
        ("@sannevdm@social.example", (1, "sannevdm", "handle")),
        ("door sanne_molen1 geplaatst", (1, "sanne_molen1", "handle")),
    ],
)
def test_a_person_is_found_in_this_spelling(text: str, expected: tuple[int, str, str]) -> None:
    assert spans_in(text) == [expected]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("\u2019t Hoenselaar, Anouk", "\u2019t Hoenselaar, Anouk"),
        ("Van \u2018T HOENSELAAR, ANOUK:", "\u2018T HOENSELAAR, ANOUK"),
        ("Hoenselaar, Anouk 't.", "Hoenselaar, Anouk 't"),
        ("Door Anouk 't Hoenselaar", "Anouk 't Hoenselaar"),
        ("'s-Gravenhof, Kees", "'s-Gravenhof, Kees"),
        ("\u2019s Gravenhof, Kees", "\u2019s Gravenhof, Kees"),
        ("Gravenhof, Kees \u2019s", "Gravenhof, Kees \u2019s"),
        ("Hondt, Piet d\u2019 (1970)", "Hondt, Piet d\u2019"),
        ("d'Hondt, Piet", "d'Hondt, Piet"),
        ("t Hoenselaar, Anouk", "t Hoenselaar, Anouk"),
        ("foto's Gravenhof, Kees", "s Gravenhof, Kees"),
        ("'S van der Hof' schreef", "S van der Hof"),
        ("'Anouk 't Hoenselaar'", "Anouk 't Hoenselaar"),
    ],
)
def test_the_apostrophe_of_a_shortened_prefix_belongs_to_the_name_at_both_ends(text: str, surface: str) -> None:
    matcher = matcher_of(
        Registration(external_id="1", name=Name(prefix="'t", surname="Hoenselaar", given_names=("Anouk",))),
        Registration(external_id="2", name=Name(prefix="'s", surname="Gravenhof", given_names=("Kees",))),
        Registration(external_id="3", name=Name(prefix="d'", surname="Hondt", given_names=("Piet",))),
        Registration(external_id="4", name=Name(prefix="van der", surname="Hof", given_names=("Sanne",))),
    )

    assert [found for _, found, _ in spans_in(text, matcher)] == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "de molen staat stil",
        "Van der Molen zei niets",
        "Sanne van der Molenaar",
        "Susanne van der Molen",
        "Sanne.\n\nVan der Molen kwam later.",
        "Sanne. Van der Molen kwam later.",
        "Sanne, van der Molen en Bep",
        "de foto's van der Molen",
        "J.S. van der Molen",
        "J. S. van der Molen",
        "J S van der Molen",
        "s van der molen",
        "sm van der molen",
        "sannevdm",
        "het zonnetje scheen",
        "info@sannevdm.example",
        "sannevdm@example.org",
        "@sannevdm_fan",
        "@sannevdm.fan",
        "@sannevdm2",
    ],
)
def test_nobody_is_found_in_this(text: str) -> None:
    assert spans_in(text) == []


@pytest.mark.parametrize(
    ("address", "surface", "form"),
    [
        ("https://news.example/2026/sanne-van-der-molen-wint", "sanne-van-der-molen", "full"),
        ("https://news.example/sanne_van_der_molen.html", "sanne_van_der_molen", "full"),
        ("https://news.example/Sanne%20van%20der%20Mol%C3%A9n/", "Sanne%20van%20der%20Mol%C3%A9n", "full"),
        ("https://news.example/Zo%C3%AB-Br%C3%BBl%C3%A9", "Zo%C3%AB-Br%C3%BBl%C3%A9", "full"),
        ("https://social.example/sannevdm", "sannevdm", "handle"),
        ("https://social.example/@sannevdm/1234", "sannevdm", "handle"),
    ],
)
def test_a_name_in_an_address_is_likely_hers(address: str, surface: str, form: str) -> None:
    match = only_match(Document(title="Nieuws", text="Lees meer", url=address))

    assert [(span.field, span.surface, span.form) for span in match.spans] == [(Field.URL, surface, form)]
    assert match.name is NameGrade.LIKELY
    assert "in_address" in codes_of(match)


@pytest.mark.parametrize(
    "address",
    [
        "https://engine.example/?q=sanne+van+der+molen",
        "https://news.example/foto-s-van-der-molen",
        "https://news.example/a#sanne-van-der-molen",
        "https://news.example/%ff%fe%zz",
        "https://sannevdm.example/",
    ],
)
def test_nobody_is_found_in_this_address(address: str) -> None:
    assert WATCHLIST.match(Document(url=address)) == ()


def test_title_text_and_address_are_matched_apart() -> None:
    document = Document(title="Sanne", text="van der Molen", url="https://news.example/x")

    assert WATCHLIST.match(document) == ()


def test_spans_come_in_the_order_of_the_document() -> None:
    document = Document(
        title="Over Sanne van der Molen",
        text="S. van der Molen en Sanne van der Molen",
        url="https://n.example/sanne-van-der-molen",
    )

    match = only_match(document)

    assert match.spans == (
        Span(Field.TITLE, 5, 24, "Sanne van der Molen", "full"),
        Span(Field.TEXT, 0, 16, "S. van der Molen", "initials"),
        Span(Field.TEXT, 20, 39, "Sanne van der Molen", "full"),
        Span(Field.URL, 18, 37, "sanne-van-der-molen", "full"),
    )


def test_of_spellings_within_each_other_the_longest_is_kept() -> None:
    assert spans_in("Molen, Sanne van der") == [(1, "Molen, Sanne van der", "inverted")]


def test_a_thousand_spans_are_kept_and_it_says_that_there_were_more() -> None:
    match = only_match(Document(text="Sanne van der Molen! " * 1_200))

    assert len(match.spans) == SPANS_AT_MOST
    assert match.reasons[-1] == Reason("many_spans", {"limit": SPANS_AT_MOST})


@pytest.mark.parametrize(
    "text",
    [
        "\ud800Sanne van der Molen\udfff",
        "\x00Sanne van der Molen\x00",
        "\u202eSanne van der Molen",
        "Sanne van der Molen" + "\u0301" * 50_000,
        "*" * 200_000 + " Sanne van der Molen",
        "a " * 100_000 + "Sanne van der Molen",
        "x" * 200_000 + " Sanne van der Molen",
        "Sanne" + "\u200b" * 100 + " van der Molen",
    ],
    ids=["lone surrogates", "nul", "right to left", "marks", "stars", "letters", "one long word", "unseen"],
)
def test_hostile_text_hides_nobody_and_breaks_nothing(text: str) -> None:
    match = only_match(Document(text=text))

    (span,) = match.spans
    assert span.surface == text[span.start : span.end]


def test_a_name_that_is_stretched_without_end_is_none() -> None:
    assert WATCHLIST.match(Document(text="Sanne" + "\u200b" * 1_000 + " van der Molen")) == ()


def test_what_is_stored_of_a_span_is_never_unstorable() -> None:
    assert WATCHLIST.match(Document(text="Sanne\x00van der Molen. Sanne\ud800van der Molen")) == ()


def test_nobody_is_found_where_nobody_is_registered() -> None:
    assert Matcher((), Organisation()).match(Document(title="a", text="b", url="c")) == ()


def test_the_order_of_the_people_does_not_matter() -> None:
    people = list(enumerate(EVERYBODY, start=1))
    document = Document(title="Marijke Jansen", text="Sanne Molen, S. van der Molen, Zonnetje, Bep van 't Hof (JBV)")

    assert Matcher(people, ORGANISATION).match(document) == Matcher(reversed(people), ORGANISATION).match(document)
