"""Names that are disguised: each kind is read, says so, and is never believed less than the plain name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.matching import Matcher
from monitor.core.model import Document, NameGrade, Reason
from tests.core.watched import SANNE, codes_of, in_a_sentence, matcher_of, named, only_match

WATCHED = matcher_of(SANNE, named(given_names=("Sanne",), surname="Vols"), named(given_names=("Marloes",), surname="Wolthekker"))
ORDER = [NameGrade.WEAK, NameGrade.LIKELY, NameGrade.CLEAR]


def styled(name: str, first_capital: int, first_small: int) -> str:
    """Return *name* in letters of another style, which follow each other from two code points on."""
    small = {letter: chr(first_small + place) for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
    capital = {letter.upper(): chr(first_capital + place) for place, letter in enumerate(small)}
    return "".join((small | capital).get(letter, letter) for letter in name)


DISGUISED = [
    ("S@nne Vols", "leet"),
    ("S4nne Vols", "leet"),
    ("5anne Vols", "leet"),
    ("$anne Vol$", "leet"),
    ("Sann3 V0ls", "leet"),
    ("Sanne Vo1s", "leet"),
    ("Sanne Vo|s", "leet"),
    ("Sanne VoIs", "leet"),
    ("sanne vo!s", "leet"),
    ("M@rl0es W0lth3kk3r", "leet"),
    ("S@nn3 v4n d3r M0l3n", "leet"),
    ("Sanne vd M0len", "leet"),
    ("V0ls, S@nne", "leet"),
    ("S. V0ls", "leet"),
    ("@s@nnevols", "leet"),
    ("sannev0ls", "leet"),
    ("Sa*ne Vols", "stars"),
    ("S*nn* V*ls", "stars"),
    ("Sanne V**s", "stars"),
    ("Sanne V***", "stars"),
    ("S**** V***", "stars"),
    ("Sann# Vols", "stars"),
    ("San\u2022e Vols", "stars"),
    ("Sanne V\u2588ls", "stars"),
    ("S*nne v*n d*r M*len", "stars"),
    ("M*****s Wolthekker", "stars"),
    ("S a n n e Vols", "spaced"),
    ("Sanne V o l s", "spaced"),
    ("s a n n e  v o l s", "spaced"),
    ("S A N N E  V A N  D E R  M O L E N", "spaced"),
    ("S.a.n.n.e V.o.l.s", "spaced"),
    ("s.a.n.n.e.v.o.l.s", "spaced"),
    ("S-a-n-n-e V-o-l-s", "spaced"),
    ("S_a_n_n_e Vols", "spaced"),
    ("S|a|n|n|e Vols", "spaced"),
    ("S/a/n/n/e V/o/l/s", "spaced"),
    ("Saaanne Vols", "stretched"),
    ("Sanneeee Vols", "stretched"),
    ("Sanne Voools", "stretched"),
    ("San\u200bne Vols", "invisible"),
    ("S\u200ba\u200bn\u200bn\u200be Vols", "invisible"),
    ("Sanne Vo\u200dls", "invisible"),
    ("San\u2060ne Vols", "invisible"),
    ("S\u202eanne Vols", "invisible"),
    ("Sanne van\u200b der Molen", "invisible"),
    ("S\u0430nne Vols", "look_alike"),
    ("Sann\u0435 V\u043els", "look_alike"),
    ("\u0405\u0430nn\u0435 V\u043el\u0455", "look_alike"),
    ("Sanne V\u03bfls", "look_alike"),
    (styled("Sanne Vols", 0xFF21, 0xFF41), "styled"),
    (styled("Sanne Vols", 0x1D400, 0x1D41A), "styled"),
    (styled("Sanne Vols", 0x1D5D4, 0x1D5EE), "styled"),
    (styled("Sanne", 0x24B6, 0x24D0) + " Vols", "styled"),
    ("S\u0336a\u0336n\u0336n\u0336e\u0336 V\u0336o\u0336l\u0336s\u0336", "struck"),
    ("Sanne V\u0335o\u0335l\u0335s\u0335", "struck"),
    ("San ne Vols", "split"),
    ("Sa nne Vols", "split"),
    ("San-ne Vols", "split"),
    ("San.ne Vols", "split"),
    ("San_ne Vols", "split"),
    ("Sanne Vo ls", "split"),
    ("Sanne van der Mo len", "split"),
    ("Marloes Wolt-hekker", "split"),
]


@pytest.mark.parametrize(("name", "how"), DISGUISED)
def test_a_disguised_name_is_read_and_it_says_how(name: str, how: str) -> None:
    match = only_match(Document(text=in_a_sentence(name)), WATCHED)

    assert [span.surface.rstrip("\u0336\u0335") for span in match.spans] == [name.lstrip("@").rstrip("\u0336\u0335")]
    assert [reason for reason in match.reasons if reason.code == "evasion"] == [Reason("evasion", {"how": how})]


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("S@nne Vols", "Sanne Vols"),
        ("S**** V***", "Sanne Vols"),
        ("S a n n e V o l s", "Sanne Vols"),
        ("San ne Vols", "Sanne Vols"),
        ("Saaanne Vols", "Sanne Vols"),
        ("S\u0430nne Vols", "Sanne Vols"),
        ("San\u200bne Vols", "Sanne Vols"),
        ("S. V0ls", "S. Vols"),
        ("V0ls, Sanne", "Vols, Sanne"),
        ("Sanne M0len", "Sanne Molen"),
        ("Sanne vd M*len", "Sanne vd Molen"),
        ("S@nne van de Molen", "Sanne van de Molen"),
        ("@s@nnevols", "@sannevols"),
    ],
)
def test_a_disguise_lowers_neither_grade_nor_confidence(disguised: str, plain: str) -> None:
    hidden, shown = (only_match(Document(text=in_a_sentence(name)), WATCHED) for name in (disguised, plain))

    assert hidden.confidence > shown.confidence
    assert ORDER.index(hidden.name) >= ORDER.index(shown.name)
    assert codes_of(hidden) == [*codes_of(shown), "evasion"]


@pytest.mark.parametrize(
    "name",
    [
        "San\u00adne Vols",
        "Sanne Vo\u00adls",
        "San-\nne Vols",
        "Sanne Vo-\nls",
        "Mar-\nloes Wolthekker",
        "Marloes Wolt-\nhekker",
        "Sanne van der Mo-\nlen",
        "Sanne van der Mo- len",
        "Sanne van\n der\nMolen",
        "S\u00e4nn\u00e9 V\u00f6ls",
        "Sa\u0308nne\u0301 Vols",
        "**Sanne** Vols",
        "*Sanne Vols*",
        "Sanne Vols*",
        "\ufeffSanne Vols",
    ],
)
def test_this_is_no_disguise(name: str) -> None:
    assert "evasion" not in codes_of(only_match(Document(text=in_a_sentence(name)), WATCHED))


@pytest.mark.parametrize("text", ["S@nne", "V0ls", "de M0len draait", "s a n n e", "v o l s", "S@nne. V0ls", "S*nne\n\nV*ls"])
def test_a_disguised_part_alone_is_nobody(text: str) -> None:
    assert WATCHED.match(Document(text=text)) == ()


def test_a_disguise_anywhere_in_the_text_is_told() -> None:
    match = only_match(Document(text="Sanne Vols kwam gisteren. S@nne V0ls, zei iemand, kwam te laat."), WATCHED)

    assert [span.surface for span in match.spans] == ["Sanne Vols", "S@nne V0ls"]
    assert Reason("evasion", {"how": "leet"}) in match.reasons


NOISE = st.sampled_from(["@", "*", "0", "1", "3", "\u200b", "\u0430", "\u0435", "\u0336", " ", "-", ".", "a", "e"])


@given(st.lists(st.tuples(st.integers(0, 30), NOISE), max_size=4), st.sampled_from(["Sanne Vols", "Marloes Wolthekker"]))
def test_whatever_is_done_to_a_name_its_places_are_true(changes: list[tuple[int, str]], name: str) -> None:
    for place, sign in changes:
        name = name[:place] + sign + name[place + 1 :]
    text = in_a_sentence(name)

    assert _surfaces(WATCHED, text) == _slices(WATCHED, text)


def _surfaces(matcher: Matcher, text: str) -> list[str]:
    return [span.surface for match in matcher.match(Document(text=text)) for span in match.spans]


def _slices(matcher: Matcher, text: str) -> list[str]:
    return [text[span.start : span.end] for match in matcher.match(Document(text=text)) for span in match.spans]
