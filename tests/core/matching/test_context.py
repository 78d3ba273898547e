"""What the text says for and against her, near and far; every reason that a match may carry, with its parameters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.matching import REASON_CODES, SPANS_AT_MOST, Matcher, confidence
from monitor.core.model import Document, Match, Reason
from monitor.core.namesakes import Profile, Profiles, Traits
from monitor.core.urls import canonical_key
from tests.core.watched import (
    LEXICON,
    MARIJKE,
    ORGANISATION,
    SANNE,
    YOUSSEF,
    codes_of,
    in_a_sentence,
    matcher_of,
    named,
    only_match,
    reason_of,
)
from tests.fakes import NOW

WATCHED = matcher_of(SANNE, YOUSSEF, MARIJKE)
FAR = " Er was verder geen nieuws over de zaak." * 6


def hers(text: str, matcher: Matcher = WATCHED, *, url: str = "", site: str = "") -> Match:
    """Return the match of Sanne, who is the first."""
    return next(match for match in matcher.match(Document(text=text, url=url, site=site)) if match.person_id == 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Sanne van der Molen van de JBV", Reason("organisation", {"term": "JBV", "near": True})),
        (f"Sanne van der Molen.{FAR} De JBV", Reason("organisation", {"term": "JBV", "near": False})),
        (f"De JBV.{FAR} Sanne van der Molen", Reason("organisation", {"term": "JBV", "near": False})),
        (f"De JBV.{FAR} De JBV en Sanne van der Molen", Reason("organisation", {"term": "JBV", "near": True})),
        ("Sanne van der Molen uit Utrecht", Reason("context", {"term": "Utrecht", "near": True})),
        (f"Sanne van der Molen.{FAR} Utrecht", Reason("context", {"term": "Utrecht", "near": False})),
        ("Sanne van der Molen houdt van voetbal", Reason("not_context", {"term": "voetbal", "near": True})),
        (f"Sanne van der Molen.{FAR} voetbal", Reason("not_context", {"term": "voetbal", "near": False})),
        ("Sanne van der Molen en Youssef El Amrani", Reason("colleague", {"people": 1, "near": True})),
        (f"Sanne van der Molen.{FAR} Youssef El Amrani", Reason("colleague", {"people": 1, "near": False})),
        ("Sanne van der Molen, Youssef El Amrani, Marijke Jansen", Reason("colleague", {"people": 2, "near": True})),
        ("Sanne van der Molen, mail naar info@jbv.example", Reason("own_site", {"domain": "jbv.example"})),
    ],
)
def test_a_text_says_this_for_or_against_her(text: str, reason: Reason) -> None:
    assert reason_of(hers(text), reason.code) == reason


@pytest.mark.parametrize(
    ("url", "site"), [("https://jbv.example/nieuws", ""), ("https://www.jbv.example/", ""), ("", "intranet.jbv.example")]
)
def test_the_own_site_speaks_for_her(url: str, site: str) -> None:
    match = hers("Sanne van der Molen", url=url, site=site)

    assert reason_of(match, "own_site") == Reason("own_site", {"domain": "jbv.example"})


@pytest.mark.parametrize(
    ("url", "site"), [("https://anders.example/jbv.example", ""), ("https://nietjbv.example/", ""), ("", "jbv.example.org")]
)
def test_another_site_says_nothing(url: str, site: str) -> None:
    assert codes_of(hers("Sanne van der Molen", url=url, site=site)) == ["form", "rarity"]


@pytest.mark.parametrize(
    "text",
    [
        "Sanne van der Molen en Piet de Boer",
        "Sanne van der Molen en Y. El Amrani",
        "Sanne van der Molen en M. de Vries",
        "Sanne van der Molen, Utrechtse Heuvelrug",
    ],
)
def test_neither_strangers_nor_initials_nor_parts_of_words_speak_for_her(text: str) -> None:
    assert codes_of(hers(text)) == ["form", "rarity"]


def test_who_shares_her_name_is_no_colleague_there() -> None:
    matches = matcher_of(SANNE, replace(SANNE, external_id="p9")).match(Document(text="Sanne van der Molen"))

    assert ["colleague" in codes_of(match) for match in matches] == [False, False]


@pytest.mark.parametrize(
    "name", ["Sanne van der Molen", "S. van der Molen", "Sanne Molen", "S. Molen", "Sanne van der Molen-Bakker"]
)
@pytest.mark.parametrize("said", ["De JBV zegt:", "Uit Utrecht:", "Met Youssef El Amrani:"])
def test_near_counts_more_than_far_and_far_more_than_nothing(name: str, said: str) -> None:
    alone, with_far, with_near = (hers(f"{before}{name} zei dat.").confidence for before in ("", f"{said}{FAR} ", f"{said} "))

    assert alone < with_far < with_near


# ------------------------------------------------------------------------------------------------------- profiles

PAGE = "https://sport.test/verslag"


def with_profile(*, is_ours: bool) -> Matcher:
    traits = Traits(site="sport.test", terms=("handbal", "keepster", "topscorer"))
    profile = Profile(
        id=7, person_id=1, is_ours=is_ours, made_at=NOW, made_by="console", traits=traits, pages=frozenset({canonical_key(PAGE)})
    )
    return Matcher(enumerate((SANNE, YOUSSEF), start=1), ORGANISATION, LEXICON, Profiles([profile]))


@pytest.mark.parametrize("code", ["namesake", "confirmed_like"])
def test_what_was_said_of_a_page_counts_for_pages_like_it(code: str) -> None:
    is_ours = code == "confirmed_like"
    text = "Keepster Sanne van der Molen was topscorer in het handbal."

    plain, learned = hers(text, url=PAGE), hers(text, with_profile(is_ours=is_ours), url=PAGE)

    reason = reason_of(learned, code)
    assert reason is not None
    assert (reason.params["profile"], reason.params["page"], reason.params["site"]) == (7, True, True)
    assert (learned.confidence > plain.confidence) is is_ours
    assert learned.spans == plain.spans


def test_what_was_said_of_her_says_nothing_of_a_colleague() -> None:
    text = "Keepster Youssef El Amrani was topscorer in het handbal."

    (match,) = with_profile(is_ours=False).match(Document(text=text, url=PAGE))

    assert codes_of(match) == ["form", "rarity"]


# ---------------------------------------------------------------------------------------------------- every reason

TWIN = named(given_names=("Sanne", "Maria"), surname="Molen", prefix="van der")
BETTER = named(given_names=("Sanne",), surname="Molen")
PROVOKED = {
    "form": "Sanne van der Molen",
    "rarity": "Sanne van der Molen",
    "organisation": "Sanne van der Molen van de JBV",
    "own_site": "Sanne van der Molen, info@jbv.example",
    "context": "Sanne van der Molen uit Utrecht",
    "colleague": "Sanne van der Molen en Youssef El Amrani",
    "not_context": "Sanne van der Molen, voetbal",
    "misspelled": "Sannes van der Molen",
    "respelled": "Gerda Dykstra",
    "possessive": "Sanne van der Molens boek",
    "middle_name": "Gerda Anna Dijkstra",
    "more_initials": "G.A. Dijkstra",
    "other_middle_name": "Sanne Anna van der Molen",
    "lower_case": in_a_sentence("sanne van der molen"),
    "common_word": in_a_sentence("Sanne van de molen"),
    "another_name": "Volgens Bep Sanne van der Molen",
    "longer_name": "Sanne van der Molen-Bakker",
    "entity": "de Sanne van der Molen School",
    "evasion": "S@nne van der Molen",
    "many_spans": "Sanne van der Molen! " * (SPANS_AT_MOST + 1),
}
SINGLY = matcher_of(SANNE, YOUSSEF, named(given_names=("Gerda",), surname="Dijkstra"))


def provoking(code: str) -> Match:
    """Return a match that carries the reason."""
    match code:
        case "shared_spelling":
            return hers("Sanne van der Molen", matcher_of(SANNE, TWIN))
        case "better_fit":
            return hers("Sanne Molen", matcher_of(SANNE, BETTER))
        case "in_address":
            return only_match(Document(url="https://n.example/sanne-van-der-molen"), WATCHED)
        case "namesake" | "confirmed_like":
            return hers("Sanne van der Molen", with_profile(is_ours=code == "confirmed_like"), url=PAGE)
        case _:
            return next(each for each in SINGLY.match(Document(text=PROVOKED[code])) if code in codes_of(each))


@pytest.mark.parametrize("code", [*REASON_CODES])
def test_every_reason_is_given_with_its_documented_parameters(code: str) -> None:
    reason = reason_of(provoking(code), code)

    assert reason is not None
    assert tuple(reason.params) == REASON_CODES[code]


@pytest.mark.parametrize("code", [*REASON_CODES])
def test_every_confidence_is_computed_again_from_its_reasons(code: str) -> None:
    match = provoking(code)

    assert match.confidence == confidence(match.reasons)
    assert {*codes_of(match)} <= {*REASON_CODES}


# ---------------------------------------------------------------------------------------------------- monotonicity

FURTHER = st.lists(
    st.sampled_from(
        [
            " Dat zegt de JBV.",
            " Dat zegt Jeugdbescherming Voorbeeld.",
            " Dat was in Utrecht.",
            " De gezinsvoogd kwam ook.",
            " Youssef El Amrani kwam ook.",
            " Marijke Jansen-de Vries kwam ook.",
            " Schrijf naar info@jbv.example.",
            " Er was verder geen nieuws over de zaak.",
        ]
    ),
    max_size=6,
)
NAMES = st.sampled_from(
    [
        "Sanne van der Molen",
        "S. van der Molen",
        "Sanne Molen",
        "Sanne van de Molen",
        "S. Molen",
        "Molen, Sanne van der",
        "Sannes van der Molen",
        "S@nne van der M0len",
        "@sannemolen",
        "Sanne van der Molen-Bakker",
        "Sanne van der Molen School",
        "Sanne van de molen",
        "sanne molen",
    ]
)


@settings(max_examples=150)
@given(NAMES, FURTHER, FURTHER)
def test_more_positive_context_never_lowers_the_answer(name: str, some: list[str], more: list[str]) -> None:
    text = in_a_sentence(name) + "".join(some)

    less, richer = hers(text), hers(text + "".join(more))

    assert richer.confidence >= less.confidence
    assert richer.name == less.name
