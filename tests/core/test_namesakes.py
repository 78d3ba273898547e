"""What somebody said of one page counts for pages like it: in steps, the same whatever the order, more for more agreement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.lexicon import EMPTY, Knowledge, Lexicon, table_of
from monitor.core.model import Document, Name, Organisation, Reason, Registration
from monitor.core.namesakes import (
    CONFIRMED_LIKE,
    NAMESAKE,
    NO_PROFILES,
    Profile,
    Profiles,
    Traits,
    author_hash,
    learn,
    level,
    name_words,
    own_words,
    points,
    telling_author,
)
from monitor.core.urls import canonical_key
from tests.fakes import NOW

SANNE = Registration(
    external_id="p1",
    name=Name(surname="Molen", prefix="van der", given_names=("Sanne",), handles=("sanne_m",)),
    context=("Utrecht",),
    not_context=("handbal",),
)
ORGANISATION = Organisation(name="Jeugdbescherming Voorbeeld", aliases=("JBV",))
TERMS = ("handbalclub", "keepster", "zaalcompetitie", "zwolsche", "doelvrouw", "topscorer", "bondscoach")
LEXICON = Lexicon.from_bytes(
    table_of(
        {
            "gisteren": Knowledge(frequency=1e-3, is_common=True),
            "redactie": Knowledge(frequency=4e-5, is_common=True),
            "marijke": Knowledge(frequency=1e-5, is_common=True, is_given_name=True),
        }
    )
)
NOT_OURS = Profile(
    id=7,
    person_id=1,
    is_ours=False,
    made_at=NOW,
    made_by="console",
    traits=Traits(site="sport.example.org", author=author_hash("Marijke Jansen-de Vries"), terms=TERMS),
    pages=frozenset({canonical_key("https://sport.example.org/verslag")}),
)
ELSEWHERE = "https://krant.example.org/b"
SAME_SITE = "https://www.sport.example.org/c"
SAME_PAGE = "https://sport.example.org/verslag?utm_source=x"
words_of_terms = st.sets(st.sampled_from((*TERMS, "anders", "woorden")))


def reasons(document: Document, *words: str, profiles: Profiles | None = None) -> tuple[Reason, ...]:
    return (profiles or Profiles([NOT_OURS])).reasons(1, document, frozenset(words))


@pytest.mark.parametrize(
    ("document", "words", "expected"),
    [
        (Document(url=ELSEWHERE), TERMS[:1], None),
        (Document(url=SAME_SITE), (), -0.7),
        (Document(url=ELSEWHERE, author="marijke jansen de vries"), (), -0.7),
        (Document(url=ELSEWHERE), TERMS[:2], -0.7),
        (Document(url=ELSEWHERE), TERMS[:4], -2.5),
        (Document(url=SAME_SITE), TERMS[:2], -2.5),
        (Document(url=SAME_SITE, author="Marijke Jansen-de Vries"), (), -2.5),
        (Document(url=ELSEWHERE), TERMS[:7], -4.0),
        (Document(url=SAME_SITE), TERMS[:4], -4.0),
        (Document(url=SAME_SITE, author="Marijke Jansen-de Vries"), TERMS[:2], -4.0),
        (Document(url=SAME_PAGE), (), -4.0),
        (Document(url="https://news.example.test/x", site="sport.example.org"), (), -0.7),
    ],
    ids=[
        "one word",
        "site",
        "author",
        "two words",
        "four words",
        "site and two words",
        "site and author",
        "seven words",
        "site and four words",
        "site, author and two words",
        "the page itself",
        "the site behind a redirect",
    ],
)
def test_the_more_agrees_the_more_it_says(document: Document, words: tuple[str, ...], expected: float | None) -> None:
    said = reasons(document, *words)

    assert [points(reason) for reason in said] == ([] if expected is None else [expected])


def test_a_reason_says_which_profile_and_what_agreed() -> None:
    (reason,) = reasons(Document(url=SAME_SITE), *TERMS[:2])

    assert (reason.code, dict(reason.params)) == (
        NAMESAKE,
        {"profile": 7, "page": False, "site": True, "author": False, "terms": 1},
    )


def test_what_was_confirmed_speaks_for_her() -> None:
    (reason,) = reasons(Document(url=SAME_PAGE), profiles=Profiles([replace(NOT_OURS, is_ours=True)]))

    assert (reason.code, points(reason)) == (CONFIRMED_LIKE, 2.5)


def test_a_profile_counts_for_its_own_person_only() -> None:
    profiles = Profiles([NOT_OURS])

    assert (profiles.has(1), profiles.has(2)) == (True, False)
    assert profiles.reasons(2, Document(url=SAME_PAGE), frozenset(TERMS)) == ()


def test_without_profiles_nothing_is_said() -> None:
    assert NO_PROFILES.reasons(1, Document(url=SAME_PAGE), frozenset(TERMS)) == ()


def test_a_page_that_is_nowhere_agrees_with_nothing() -> None:
    blank = replace(NOT_OURS, traits=Traits(), pages=frozenset())

    assert reasons(Document(), *TERMS, profiles=Profiles([blank])) == ()


def test_of_several_profiles_the_strongest_speaks_whatever_their_order() -> None:
    site_only = replace(NOT_OURS, id=3, traits=Traits(site="sport.example.org"), pages=frozenset())
    as_strong = replace(NOT_OURS, id=9)
    profiles = [site_only, NOT_OURS, as_strong]

    said = {
        reasons(Document(url=SAME_SITE), *TERMS, profiles=Profiles(order))[0].params["profile"]
        for order in (profiles, profiles[::-1])
    }

    assert said == {7}


def test_what_speaks_for_and_against_is_said_together() -> None:
    ours = replace(NOT_OURS, id=8, is_ours=True)

    said = reasons(Document(url=SAME_SITE), profiles=Profiles([ours, NOT_OURS]))

    assert [reason.code for reason in said] == [NAMESAKE, CONFIRMED_LIKE]


@given(fewer=words_of_terms, more=words_of_terms, has_site=st.booleans())
def test_more_that_agrees_never_turns_an_answer_round(fewer: set[str], more: set[str], has_site: bool) -> None:  # noqa: FBT001
    document = Document(url=SAME_SITE if has_site else ELSEWHERE)

    def total(words: set[str], profile: Profile) -> float:
        return sum(map(points, reasons(document, *words, profiles=Profiles([profile]))))

    assert total(fewer | more, NOT_OURS) <= total(fewer, NOT_OURS)
    assert total(fewer | more, replace(NOT_OURS, is_ours=True)) >= total(fewer, replace(NOT_OURS, is_ours=True))


@given(terms=st.one_of(st.integers(), st.text(), st.floats(allow_nan=False)), page=st.one_of(st.booleans(), st.text()))
def test_whatever_is_stored_as_a_reason_has_points(terms: str | float, page: bool | str) -> None:  # noqa: FBT001
    assert level({"terms": terms, "page": page}) in (0, 1, 2, 3)


def test_other_reasons_have_no_points_here() -> None:
    assert points(Reason("organisation", {"term": "JBV"})) == 0.0


# --------------------------------------------------------------------------------------------------------- learning


def learned(text: str, title: str = "", lexicon: Lexicon = LEXICON) -> tuple[str, ...]:
    own = own_words(SANNE, ORGANISATION)
    return learn(Document(title=title, text=text, url=SAME_SITE), 0, own, lexicon).terms


def test_rare_words_near_the_name_are_learned() -> None:
    assert learned("Gisteren won keepster Sanne van der Molen met handbalclub Zwolsche") == (
        "handbalclub",
        "keepster",
        "zwolsche",
    )


def test_numbers_and_short_words_are_not_learned() -> None:
    assert learned("In 2024 en 1998 was het wel zo") == ()


def test_what_is_registered_and_the_organisation_are_not_learned() -> None:
    """They are reasons of their own, and more that speaks for her must never lower the answer."""
    assert learned("Sanne_M van Jeugdbescherming Voorbeeld, handbal in Utrecht") == ()


def test_what_stands_there_most_often_is_learned_first_and_not_too_much() -> None:
    text = " ".join(f"woord{letter}" for letter in "abcdefghijklmnopq") + " woordq"

    terms = learned(text, lexicon=EMPTY)

    assert (terms[0], terms[1], len(terms)) == ("woordq", "woorda", 12)


def test_the_site_is_learned() -> None:
    assert learn(Document(url=SAME_SITE), 5, frozenset(), EMPTY) == Traits(site="sport.example.org", author=5)


@pytest.mark.parametrize(
    ("author", "is_telling"),
    [
        ("Marijke", True),
        ("voetbalfan77", True),
        ("Redactie", False),
        ("De redactie", False),
        ("Sportredactie", False),
        ("Sport", False),
        ("anp", False),
        ("", False),
    ],
)
def test_an_author_counts_where_that_names_somebody(author: str, is_telling: bool) -> None:  # noqa: FBT001
    assert telling_author(author, "sport.example.org", LEXICON) == (author_hash(author) if is_telling else 0)


def test_an_author_is_the_same_however_written() -> None:
    assert author_hash("Zoë  JANSEN-de Vries") == author_hash("zoe jansen de vries") != author_hash("zoe jansen")


def test_terms_that_are_registered_meanwhile_do_not_count() -> None:
    assert NOT_OURS.without(name_words(SANNE) | {"keepster"}).traits.terms == tuple(t for t in TERMS if t != "keepster")
