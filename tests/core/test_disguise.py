"""Disguised words: which are found, as what, and which plain writing is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.matching.disguise import LEET, STARRED_AT_MOST, STARS, Resolved, find_disguised
from monitor.core.matching.gates import places
from monitor.core.matching.vocabulary import ANY, Words
from monitor.core.text import doubtful, fold

NAMES = Words(
    [
        "sanne",
        "vols",
        "van",
        "der",
        "de",
        "v",
        "d",
        "molen",
        "anne",
        "youssef",
        "el",
        "amrani",
        "marijke",
        "jansen",
        "vries",
        "daniel",
        "inge",
        "vos",
        "wilma",
        "quist",
    ],
    {"sannevols", "sannevandermolen"}.__contains__,
)
HOSTILE = st.lists(
    st.sampled_from([*"aens0134@$*#!|.-_ \n\u2022\u20ac\ud800\x00\u00e9\u0436", "sanne", "vols", "s@nne", "s a n n e", "xxx"])
).map("".join)


def found_in(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    as_folded = fold(text)
    found = find_disguised(as_folded.text, NAMES, doubtful(text, as_folded))
    return [(as_folded.text[each.start : each.end], each.how, each.words) for each in found]


@pytest.mark.parametrize(
    ("text", "how", "expected"),
    [
        ("S@nne", "leet", "sanne"),
        ("V0ls", "leet", "vols"),
        ("54nn3", "leet", "sanne"),
        ("Sann3", "leet", "sanne"),
        ("Vol5", "leet", "vols"),
        ("v0ls2", "leet", "vols"),
        ("$anne", "leet", "sanne"),
        ("5anne", "leet", "sanne"),
        ("@nne", "leet", "anne"),
        ("#s@nne", "leet", "sanne"),
        ("**S@nne**", "leet", "sanne"),
        ("(v0ls)", "leet", "vols"),
        ("w1lma", "leet", "wilma"),
        ("dan!el", "leet", "daniel"),
        ("y0u$$\u20acf", "leet", "youssef"),
        ("@mr4n1", "leet", "amrani"),
        ("qu1s+", "leet", "quist"),
        ("dani\u20ac|", "leet", "daniel"),
        ("Wi\u2160ma", "leet", "wilma"),
        ("S@nnev0ls", "leet", "sannevols"),
        ("VoIs", "leet", "vols"),
        ("Mo\u0406en", "leet", "molen"),
        ("lnge", "leet", "inge"),
        ("Sa*ne", "stars", "sanne"),
        ("V**s", "stars", "vols"),
        ("*anne", "stars", "sanne"),
        ("S#nne", "stars", "sanne"),
        ("S\u2022nne", "stars", "sanne"),
        ("V\u2022\u2022s", "stars", "vols"),
        ("V??s", "stars", "vols"),
        ("S@n*e", "stars", "sanne"),
        ("Sa*ne!", "stars", "sanne"),
        ("M****", "stars_weak", "molen"),
        ("Q***t", "stars_weak", "quist"),
        ("S a n n e", "spaced", "sanne"),
        ("V O L S", "spaced", "vols"),
        ("S  a  n  n  e", "spaced", "sanne"),
        ("S.a.n.n.e", "spaced", "sanne"),
        ("S-a-n-n-e", "spaced", "sanne"),
        ("s_a_n_n_e", "spaced", "sanne"),
        ("S. a. n. n. e.", "spaced", "sanne"),
        ("S*a*n*n*e", "spaced", "sanne"),
        ("S @ n n 3", "spaced", "sanne"),
        ("S\na\nn\nn\ne", "spaced", "sanne"),
        ("S|a|n|n|e", "spaced", "sanne"),
        ("Q u i s +", "spaced", "quist"),
        ("\U0001f1f8\U0001f1e6\U0001f1f3\U0001f1f3\U0001f1ea", "spaced", "sanne"),
        ("Saaanne", "stretched", "sanne"),
        ("sannnneee", "stretched", "sanne"),
        ("vollls", "stretched", "vols"),
    ],
)
def test_a_disguised_word_is_found(text: str, how: str, expected: str) -> None:
    found = found_in(f"Dat is {text} zeker weten")

    assert [(each[1], each[2][0]) for each in found] == [(how, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Sanne Vols van der Molen",
        "1e 2e 50e 3D B&B 5* h4 covid19 mp3 100kg 12:30u \u20ac5,- 10% (2x)",
        "d.w.z. i.p.v. e.g. A.N.W.B. J. P. M. de Vries, A.B.N. v.d. N.V. o.a.",
        "info@sanne.nl j.jansen@example.org www.vols.test/sanne-vols https://vols.test",
        "sanne85 vols2 @sanne #sanne *sanne* **vols** _anne_ (sanne) sanne? vols! Jansen-de Vries",
        "wat??? nee!!! ... ----- ___ *** zeeen www iii",
        "Inge en Ilse, Daniel",
    ],
)
def test_plain_writing_is_left_alone(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S a n n e   V o l s", ["s a n n e", "v o l s"]),
        ("S a n n e V o l s", ["s a n n e", "v o l s"]),
        ("S.a.n.n.e V.o.l.s.", ["s.a.n.n.e", "v.o.l.s"]),
        ("S a n n e v a n d e r M o l e n", ["s a n n e", "v a n", "d e r", "m o l e n"]),
        ("S a n n e  v. d.  M o l e n", ["s a n n e", "v", "d", "m o l e n"]),
        ("u zag s a n n e toch", ["s a n n e"]),
        ("d e  k a t", []),
        ("s@nne_v0ls", ["s@nne", "v0ls"]),
    ],
)
def test_each_word_has_a_place_of_its_own(text: str, expected: list[str]) -> None:
    assert [each[0] for each in found_in(text)] == expected


def test_a_name_that_is_known_only_as_a_whole_is_found_as_a_whole() -> None:
    names = Words([], {"sannevols"}.__contains__)

    assert find_disguised("s a n n e v o l s", names) == [Resolved(0, 17, ("sannevols",), "spaced")]


def test_behind_stars_the_most_probable_word_stands_first() -> None:
    names = Words(["voss", "vols", "vals", "vis"])

    assert find_disguised("v**s", names) == [Resolved(0, 4, ("voss", "vols", "vals"), "stars")]


def test_words_are_found_at_the_seams_of_a_long_text() -> None:
    text = "".join(("x" * (65_531 - 7) + " s@nne ", "y" * 65_520, " s a n n e saaanne"))

    assert [each.words[0] for each in find_disguised(text, NAMES)] == ["sanne", "sanne", "sanne"]


def test_a_pattern_finds_the_words_that_fit_it() -> None:
    assert NAMES.like(("s", ANY, "n", "n", "ea"), 8) == ("sanne",)
    assert NAMES.like((ANY, ANY, ANY), 8) == ()
    assert NAMES.like(("x", ANY), 8) == ()


@pytest.mark.parametrize(
    "unit", ["*", "a a ", "4a", "....a.a.a", "s a n n e ", "sa-ne ", "s@nne ", "v**s ", "aaaa ", "@", "abcd"]
)
def test_a_page_full_of_disguises_yields_only_so_many(unit: str) -> None:
    text = unit * (400_000 // len(unit))

    assert len(find_disguised(text, NAMES)) <= 40_000


@given(HOSTILE)
def test_what_is_found_is_known_and_in_order_and_never_overlaps_its_kind(text: str) -> None:
    found = find_disguised(text, NAMES)

    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(NAMES.has(word) or NAMES.joined(word) for each in found for word in each.words)
    assert all(1 <= len(each.words) <= 256 for each in found)
    assert all(a.end <= b.start for a in found for b in found if a.how == b.how and (a.start, a.end) < (b.start, b.end))


@given(st.text(), st.sets(st.integers(0, 30)))
def test_any_text_and_any_doubt_is_borne(text: str, unsure: set[int]) -> None:
    at_most = {each for each in unsure if each < len(text)}

    assert isinstance(find_disguised(text, NAMES, sorted(at_most)), list)


@given(st.text(st.sampled_from("sanevol@0* .-")), st.sampled_from([" ", "\n"]))
def test_what_stands_before_and_behind_changes_nothing(text: str, gap: str) -> None:
    alone = [(each.start, each.words, each.how) for each in find_disguised(text, NAMES)]
    beside = [(each.start - 8, each.words, each.how) for each in find_disguised(f"zeggen{gap}{gap}{text}{gap}{gap}horen", NAMES)]

    assert [each for each in beside if each[2] in ("leet", "stars")] == [each for each in alone if each[2] in ("leet", "stars")]


@given(st.binary())
def test_marked_places_rise(raw: bytes) -> None:
    found = [place for place, _ in places(raw)]

    assert found == sorted(set(found))
    assert all(0 <= place < len(raw) for place in found)


def test_a_sign_stands_for_letters_or_hides_one_but_never_both() -> None:
    assert not {*LEET} & STARS
    assert STARRED_AT_MOST >= 8
