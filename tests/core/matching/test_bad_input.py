"""Texts and watchlists that nobody should make: no exception, no wrong place, no endless work."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from monitor.core.matching import SPANS_AT_MOST, Matcher
from monitor.core.model import Document, Match, Name, Organisation, Reason, Registration
from tests.core.watched import EVERYBODY, LEXICON, ORGANISATION, SANNE, WATCHLIST, in_a_sentence, matcher_of, reason_of

NAME = "Sanne van der Molen"
PLAIN = "Het ging gisteren bij de rechtbank in Utrecht heel anders dan de ouders van het kind zeggen. "
MEGABYTE = 1_000_000
SOME = 120_000
"""Enough for what grows with the square of the text to show; `make bench-names` takes whole megabytes."""

WORST: dict[str, str] = {
    "stars": "*",
    "starred words": "s*nne ",
    "letters": "a ",
    "letters of her name": "s a n n e ",
    "points": "s.a.n.n.e.",
    "marks": "e\u0301\u0302\u0303\u0304",
    "marks alone": "\u0301",
    "hits": f"{NAME}. ",
    "first names": "Sanne ",
    "initials": "S. ",
    "prefixes": "van der ",
    "inverted": "Molen, Sanne van der ",
    "double": "Jansen-de Vries-",
    "handles": "@sannevandermolen ",
    "joined": "sannevandermolen",
    "one endless token": "x",
    "digits": "1",
    "hyphens": "san-",
    "misspelled": "Sannes Moolen ",
    "titles": "mw. Molen ",
    "quotes": "\u201c'\" ",
    "unseen": "\u200b",
    "breaks": "\n\n",
    "doubtful": "sanneIlIl ",
    "look-alikes": "s\u0430nn\u0435 ",
}


def fill(piece: str, size: int) -> str:
    """Return *piece* again and again, *size* characters of it."""
    return (piece * (size // len(piece) + 1))[:size]


def seconds(match: Callable[[Document], object], text: str) -> float:
    """Return how much of the processor's time one match takes."""
    begin = time.process_time()
    match(Document(text=text))
    return time.process_time() - begin


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_no_text_takes_more_time_than_it_is_long(piece: str) -> None:
    """Four times the text takes four times as long: ten times leaves room for a busy machine, and is less than sixteen."""
    matcher = matcher_of(*EVERYBODY)

    quarter, whole = seconds(matcher.match, fill(piece, SOME // 4)), seconds(matcher.match, fill(piece, SOME))

    assert whole <= 10 * quarter + 0.1
    assert whole < 3


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_no_text_hides_a_name_behind_it(piece: str) -> None:
    text = f"{fill(piece, 20_000)}\n\n{in_a_sentence(NAME)}"

    spans = [span for match in WATCHLIST.match(Document(text=text)) for span in match.spans]

    assert all(span.surface == text[span.start : span.end] for span in spans)
    assert len(spans) >= SPANS_AT_MOST or NAME in [span.surface for span in spans]


def test_ten_megabytes_are_matched_in_seconds() -> None:
    text = f"{fill(PLAIN, 10 * MEGABYTE)}\n\n{in_a_sentence(NAME)}"

    begin = time.process_time()
    (match,) = WATCHLIST.match(Document(text=text))

    assert [span.surface for span in match.spans] == [NAME]
    assert time.process_time() - begin < 10


def test_of_a_name_that_stands_too_often_a_thousand_spans_are_kept() -> None:
    (match,) = WATCHLIST.match(Document(text=fill(f"{NAME}. ", 100_000)))

    assert len(match.spans) == SPANS_AT_MOST
    assert match.reasons[-1] == Reason("many_spans", {"limit": SPANS_AT_MOST})
    assert [span.start for span in match.spans] == [place * 21 for place in range(SPANS_AT_MOST)]


def test_a_thousand_spans_exactly_are_not_too_many() -> None:
    (match,) = WATCHLIST.match(Document(text=f"{NAME}. " * SPANS_AT_MOST))

    assert len(match.spans) == SPANS_AT_MOST
    assert reason_of(match, "many_spans") is None


def test_fifty_people_of_one_name_share_it() -> None:
    matcher = matcher_of(*(replace(SANNE, external_id=f"p{number}") for number in range(50)))

    matches = matcher.match(Document(text=f"{in_a_sentence(NAME)} {in_a_sentence(NAME)}"))

    assert [match.person_id for match in matches] == [*range(1, 51)]
    assert {len(match.spans) for match in matches} == {2}
    assert [reason_of(match, "shared_spelling") for match in matches] == [Reason("shared_spelling", {"people": 49})] * 50
    assert len({match.confidence for match in matches}) == 1


def test_two_threads_get_the_same_answers_from_one_matcher() -> None:
    matcher = Matcher(enumerate(EVERYBODY, start=1), ORGANISATION, LEXICON)
    texts = [
        f"{in_a_sentence(name)} {number} Moolen, S@nne M0len, Hanne van der Molen, sannevandermolen{number}"
        for number in range(30)
        for name in (NAME, "Marijke Jansen-de Vriez", "Youssef El Amrani")
    ]

    with ThreadPoolExecutor(2) as threads:
        answers = [[*threads.map(lambda text: matcher.match(Document(text=text)), texts)] for _ in range(2)]
        at_once = [*threads.map(lambda text: matcher.match(Document(text=text)), texts + texts[::-1])]

    alone = [_alone(text) for text in texts]
    assert answers == [alone, alone]
    assert at_once == alone + alone[::-1]


def _alone(text: str) -> tuple[Match, ...]:
    return WATCHLIST.match(Document(text=text))


@pytest.mark.parametrize(
    "text",
    [
        f"\ud800{NAME}\udfff",
        f"\udfff\n\n{NAME}\n\n\ud800",
        f"\x00{NAME}\x00",
        f"\u202e{NAME}\u202c",
        f"\ufeff{NAME}",
        f"\U0010ffff {NAME} \U0010ffff",
        f"{NAME}{chr(0x301) * 50_000}",
        f"\r{NAME}\r",
        f"\u2028{NAME}\u2029",
        f"\x1b[0;31m {NAME}\x1b[0m",
        f"{'((' * 5_000}{NAME}{'))' * 5_000}",
        f"<b>{NAME}</b>",
        f"\u0130\u0130\u0130 {NAME} \u0130\u0130\u0130",
        f"\ufb03\ufb03 {NAME} \ufb03",
        f"\ufdfa {NAME} \ufdfa",
    ],
    ids=[
        "lone surrogates", "surrogates beside", "nul", "right to left", "byte order mark", "last code point", "marks", "old breaks",
        "line separators", "escapes", "brackets", "tags", "a capital that grows", "ligatures", "one that becomes eighteen",
    ],
)  # fmt: skip
def test_hostile_text_hides_nobody_and_moves_no_place(text: str) -> None:
    (match,) = WATCHLIST.match(Document(text=text))

    (span,) = match.spans
    assert (span.surface[:19], span.surface) == (NAME, text[span.start : span.end])


@pytest.mark.parametrize(
    "name",
    [
        Name(surname=""),
        Name(surname=" ", given_names=("", " ")),
        Name(surname="???", given_names=("!!!",), prefix="---"),
        Name(surname="\ud800", given_names=("\udfff",), aliases=("\ud800",), handles=("\ud800",)),
        Name(surname="\x00", initials="\x00", call_name="\x00"),
        Name(surname="a", given_names=("b",)),
        Name(surname="x" * 1_000, given_names=("y" * 1_000,)),
        Name(surname="van der", given_names=("van", "de"), prefix="van der"),
        Name(surname="-", given_names=("-",), partner_surname="-"),
        Name(surname="Molen", given_names=tuple("abcdefghij" * 20)),
        Name(surname="Molen", initials="S" * 500),
        Name(surname=" ".join(["Molen"] * 200), given_names=("Sanne",)),
        Name(surname="\u200b\u202e", given_names=("\u0301",)),
        Name(surname="(", given_names=("[", "*"), aliases=("(?:", "\\")),
        Name(surname="Molen", given_names=("Sanne",), switched_off=("\ud800", "", "Sanne Molen")),
    ],
)
def test_no_name_breaks_the_matcher_or_hides_a_colleague(name: Name) -> None:
    matcher = Matcher([(1, SANNE), (2, Registration(external_id="2", name=name))], Organisation(), LEXICON)

    matches = matcher.match(Document(text=in_a_sentence(NAME)))

    assert [span.surface for span in matches[0].spans] == [NAME]


def test_nobody_is_found_where_nobody_is_registered() -> None:
    assert Matcher((), Organisation(), LEXICON).match(Document(title=NAME, text=NAME, url="https://n.example/a")) == ()


def test_an_empty_document_names_nobody() -> None:
    assert WATCHLIST.match(Document()) == ()
