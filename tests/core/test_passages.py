"""Passages: what stands around a name, and when it is known again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.matching import Matcher
from monitor.core.model import Document, Name, Organisation, Registration
from monitor.core.passages import TEXT_AT_MOST, Passage, is_known, passages

SANNE = Registration(external_id="p1", name=Name(surname="Molen", prefix="van der", given_names=("Sanne",)))
MATCHER = Matcher([(1, SANNE)], Organisation())

LEFT = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"
RIGHT = "alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima"


def passages_of(document: Document) -> tuple[Passage, ...]:
    (match,) = MATCHER.match(document)
    return passages(document, match)


def only_passage(text: str) -> Passage:
    (passage,) = passages_of(Document(text=text))
    return passage


def runs_of(*texts: str) -> frozenset[int]:
    return frozenset(run for text in texts for run in only_passage(text).runs)


def test_a_passage_is_twelve_words_on_each_side_as_they_are_written() -> None:
    passage = only_passage(f"nul. {LEFT.upper()}, Sanne  van der\nMolen: {RIGHT}! mike")

    assert passage.text == f"{LEFT.upper()}, Sanne  van der\nMolen: {RIGHT}"
    assert not passage.is_title


def test_runs_are_all_three_words_in_a_row_but_those_within_the_name() -> None:
    # 12 + 4 + 12 words have 26 runs; "sanne van der" and "van der molen" are left out.
    assert len(only_passage(f"{LEFT} Sanne van der Molen {RIGHT}").runs) == 24


def test_runs_fit_into_63_bits_and_are_the_same_in_every_process() -> None:
    assert only_passage("Door Sanne van der Molen").runs == {1402325779161135362}


def test_a_run_is_the_same_however_it_is_written() -> None:
    assert (
        only_passage("Het café: «Sanne van der Molen».\nZei ze").runs == only_passage("het CAFE Sanne VAN der Molen zei-ze").runs
    )


def test_a_title_is_a_title() -> None:
    title, text = passages_of(Document(title="Sanne van der Molen wint de prijs", text="De prijs is voor Sanne van der Molen"))

    assert (title.is_title, text.is_title) == (True, False)


def test_every_mention_in_a_text_has_its_passage() -> None:
    text = f"Sanne van der Molen {RIGHT} {LEFT} Sanne van der Molen"

    found = passages_of(Document(text=text))

    assert [passage.text for passage in found] == [f"Sanne van der Molen {RIGHT}", f"{LEFT} Sanne van der Molen"]


def test_passages_with_the_same_runs_are_one() -> None:
    assert len(passages_of(Document(text="Nieuws over Sanne van der Molen vandaag. " * 40))) < 6


def test_of_a_title_and_a_text_that_say_the_same_the_text_is_kept() -> None:
    (passage,) = passages_of(Document(title="Sanne van der Molen wint", text="Sanne van der Molen wint"))

    assert not passage.is_title


def test_an_address_has_no_passage_where_the_name_stands_elsewhere() -> None:
    (passage,) = passages_of(Document(text="Sanne van der Molen wint", url="https://news.example/sanne-van-der-molen"))

    assert passage.text == "Sanne van der Molen wint"


def test_an_address_alone_has_one_passage_that_is_never_news_again() -> None:
    (passage,) = passages_of(Document(url="https://news.example/sanne-van-der-molen/sanne-van-der-molen"))

    assert passage.text == "https://news.example/sanne-van-der-molen/sanne-van-der-molen"
    assert passage.runs == frozenset()
    assert is_known(passage, frozenset(), has_passages=True)


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (f"{LEFT} Sanne van der Molen {RIGHT}", True),
        (f"{LEFT.upper()} - Sanne van der Molen: {RIGHT}!", True),
        (f"Menu Zoeken {LEFT} Sanne van der Molen {RIGHT} Lees ook", True),
        ("negen tien elf twaalf Sanne van der Molen alfa bravo charlie delta", True),
        (f"Advertentie {LEFT.split(maxsplit=3)[3]} Sanne van der Molen {RIGHT}", True),
        ("En dan nog iets geheel anders over Sanne van der Molen dat hier nooit eerder stond", False),
        (f"{LEFT} en dit is nieuw Sanne van der Molen met heel andere woorden erachter die niemand kende", False),
    ],
    ids=["the same", "other signs", "more around it", "a snippet", "a changed beginning", "a new comment", "half new"],
)
def test_a_passage_is_known_by_half_of_its_runs(again: str, expected: bool) -> None:  # noqa: FBT001 # a table's column
    known = runs_of(f"{LEFT} Sanne van der Molen {RIGHT}")

    assert is_known(only_passage(again), known, has_passages=True) is expected


def test_exactly_half_is_known() -> None:
    passage = Passage(only_passage("Sanne van der Molen").span, "", frozenset({1, 2, 3, 4}), is_title=False)

    assert is_known(passage, {3, 4, 5}, has_passages=True)
    assert not is_known(passage, {4, 5, 6}, has_passages=True)


@pytest.mark.parametrize("has_passages", [True, False])
def test_nothing_but_the_name_is_known_as_soon_as_anything_is(has_passages: bool) -> None:  # noqa: FBT001 # a table's column
    assert is_known(only_passage("Sanne van der Molen"), frozenset(), has_passages=has_passages) is has_passages


def test_what_is_shown_stays_short_and_holds_the_name() -> None:
    text = f"{'lang' * 60} {'woord' * 60} Sanne van der Molen {'staart' * 60} {'einde' * 60}"

    passage = only_passage(text)

    assert len(passage.text) <= TEXT_AT_MOST
    assert "Sanne van der Molen" in passage.text
    assert len(passage.runs) == 4


def test_what_is_shown_can_be_stored() -> None:
    passage = only_passage("wie\x00is \ud800Sanne van der Molen\udfff")

    assert passage.text == "wie\ufffdis \ufffdSanne van der Molen"


def test_a_passage_in_the_midst_of_a_long_text_is_the_same_as_alone() -> None:
    filler = "zin " * 5_000

    alone = only_passage(f"zin zin zin {LEFT} Sanne van der Molen {RIGHT} zin zin")
    within = only_passage(f"{filler}{LEFT} Sanne van der Molen {RIGHT} {filler}")

    assert (within.runs, within.text) == (alone.runs, alone.text)


WORDS = st.lists(
    st.sampled_from(["een", "Twee", "dri\u00eb", "vier,", "\n\n", "\ud800", "\u200b", "zes-zeven", "'t"]), max_size=20
)


@given(WORDS, WORDS)
def test_a_passage_knows_itself_and_holds_its_surface(left: list[str], right: list[str]) -> None:
    document = Document(text=f"{' '.join(left)} Sanne van der Molen {' '.join(right)}")

    (passage,) = passages_of(document)

    assert is_known(passage, passage.runs, has_passages=True)
    assert passage.span.surface in passage.text
    assert all(0 <= run < 2**63 for run in passage.runs)


def test_the_words_of_other_blocks_do_not_count() -> None:
    one = only_passage("Weer: zon en wolken\n\nVoogd Sanne van der Molen getuigt in Arnhem\n\nSport: Vitesse wint")
    other = only_passage("Verkeer: files op de A12\n\nVoogd Sanne van der Molen getuigt in Arnhem\n\nBrand in loods")

    assert one.runs == other.runs


def test_a_block_that_holds_nothing_but_the_name_is_told_by_what_stands_beside_it() -> None:
    assert only_passage("Een reactie van gisteren\n\nSanne van der Molen\n\nwas er ook bij").runs
