"""What is true of matching whatever the text, and whoever is watched over."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.matching import REASON_CODES, Matcher, band, confidence
from monitor.core.model import Document, Match, Name, NameUsage, Registration
from tests.core.watched import EVERYBODY, LEXICON, ORGANISATION, WATCHLIST, in_a_sentence, spans_in

PIECES = st.sampled_from(
    [
        "Sanne", "sanne", "SANNE", "Maria", "S.", "SM", "van der", "v.d.", "vd", "Molen", "molen", "Molen,", "Youssef", "El", "Amrani",
        "Marijke", "Jansen", "-", "de Vries", "Bep", "van \u2019t", "Hof", "Zoe\u0308", "Zo\u00eb", "Br\u00fbl\u00e9", "@sannevdm", "JBV",
        "Utrecht", "voetbal", " ", " ", " ", "\n", "\n\n", "\u00a0", "\u00ad", "\u200b", "\x00", "\u202e", ".", "'", "\u0132", "/",
        "S@nne", "M0len", "Sannes", "Hanne", "Moolen", "Jannsen", "geb.", "mw.", "(", ")", '"', "@", "#", "sannevandermolen", "*",
        "S a n n e", "Mo-", "len", "BV", "School", "zei", "en", "kwam.", "IJzerman", "Yzerman", "s",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)
DOCUMENTS = st.builds(Document, title=TEXTS, text=TEXTS, url=TEXTS.map(lambda text: f"https://news.example/{text}"))
ANY_TEXT = st.text(st.characters(exclude_categories=()))
ANY_DOCUMENT = st.builds(Document, title=ANY_TEXT, text=ANY_TEXT | TEXTS, url=ANY_TEXT)
NAMES = st.builds(
    Name,
    surname=st.sampled_from(["Molen", "Jansen", "Amrani", "Hof", "Sanne", "Moolen", "Vries", "Molen-Hof", "IJzerman"]),
    given_names=st.lists(st.sampled_from(["Sanne", "Sem", "Marijke", "Maria", "Bep", "Hanne"]), max_size=2).map(tuple),
    call_name=st.sampled_from(["", "", "Sanne", "Bep"]),
    prefix=st.sampled_from(["", "van der", "El", "de"]),
    partner_surname=st.sampled_from(["", "", "Molen", "Vries"]),
    usage=st.sampled_from(list(NameUsage)),
    aliases=st.sampled_from([(), (), ("Sanne van",), ("Molen",)]),
    handles=st.sampled_from([(), ("sannevdm",), ("sanne_molen",)]),
)


def spans_of(matches: tuple[Match, ...]) -> dict[int, object]:
    return {match.person_id: match.spans for match in matches}


@given(DOCUMENTS)
def test_the_surface_is_always_what_stands_there(document: Document) -> None:
    spans = [span for match in WATCHLIST.match(document) for span in match.spans]

    assert all(span.start < span.end for span in spans)
    assert all(span.surface == document.of(span.field)[span.start : span.end] for span in spans)


@given(DOCUMENTS)
def test_spans_of_one_person_never_overlap_and_come_in_order(document: Document) -> None:
    order = {"title": 0, "text": 1, "url": 2}

    for match in WATCHLIST.match(document):
        places = [(order[span.field.value], span.start, span.end) for span in match.spans]
        assert places == sorted(places)
        assert all(one[0] < two[0] or one[2] <= two[1] for one, two in pairwise(places))


@given(DOCUMENTS)
def test_every_verdict_follows_from_its_reasons(document: Document) -> None:
    for match in WATCHLIST.match(document):
        assert match.confidence == confidence(match.reasons)
        assert match.band is band(match.confidence)
        assert all(tuple(reason.params) == REASON_CODES[reason.code] for reason in match.reasons)


@given(TEXTS)
def test_composed_and_decomposed_text_name_the_same_people(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    found = [
        [(person, unicodedata.normalize("NFC", surface), form) for person, surface, form in spans_in(each)]
        for each in (composed, decomposed)
    ]

    assert found[0] == found[1]


@given(
    st.sampled_from(["Sanne van der Molen", "Zo\u00eb Br\u00fbl\u00e9", "Marijke Jansen-de Vries", "Bep van 't Hof"]),
    st.randoms(use_true_random=False),
)
def test_case_never_hides_a_full_name(name: str, chance: random.Random) -> None:
    mixed = "".join(chance.choice((letter.upper(), letter.lower())) for letter in name)

    assert [span[1] for span in spans_in(f"door {mixed}, gisteren")] == [mixed]


@settings(max_examples=150)
@given(DOCUMENTS, NAMES)
def test_adding_a_person_changes_nobody_elses_spans(document: Document, name: Name) -> None:
    people = [*enumerate(EVERYBODY, start=1), (99, Registration(external_id="p99", name=name))]

    after = spans_of(Matcher(people, ORGANISATION, LEXICON).match(document))
    after.pop(99, None)

    assert after == spans_of(WATCHLIST.match(document))


@settings(max_examples=50)
@given(DOCUMENTS, st.lists(NAMES, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_people_does_not_matter(document: Document, names: list[Name], chance: random.Random) -> None:
    people = [
        *enumerate(EVERYBODY, start=1),
        *((n, Registration(external_id="q", name=name)) for n, name in enumerate(names, 10)),
    ]
    shuffled = chance.sample(people, len(people))

    assert Matcher(shuffled, ORGANISATION, LEXICON).match(document) == Matcher(people, ORGANISATION, LEXICON).match(document)


@settings(max_examples=50)
@given(TEXTS, TEXTS)
def test_one_matcher_forgets_one_document_before_the_next(one: str, other: str) -> None:
    fresh = Matcher(enumerate(EVERYBODY, start=1), ORGANISATION, LEXICON)
    fresh.match(Document(text=one))

    assert fresh.match(Document(text=other)) == WATCHLIST.match(Document(text=other))


@given(TEXTS)
def test_what_stands_around_a_whole_sentence_hides_no_name(text: str) -> None:
    name = in_a_sentence("Sanne van der Molen")

    assert (1, "Sanne van der Molen", "full") in spans_in(f"{text}\n\n{name}\n\n{text}")


@settings(max_examples=200)
@given(ANY_DOCUMENT)
def test_no_text_breaks_it(document: Document) -> None:
    assert WATCHLIST.match(document) == WATCHLIST.match(document)


@given(ANY_TEXT)
def test_no_text_around_a_name_gives_a_wrong_place(around: str) -> None:
    text = f"{around}\n\nSanne van der Molen\n\n{around}"

    spans = [span for match in WATCHLIST.match(Document(text=text)) for span in match.spans]

    assert all(span.surface == text[span.start : span.end] for span in spans)
    assert "Sanne van der Molen" in [span.surface for span in spans]


@settings(max_examples=50)
@given(
    st.builds(
        Name,
        surname=ANY_TEXT,
        given_names=st.lists(ANY_TEXT, max_size=2).map(tuple),
        prefix=ANY_TEXT,
        aliases=st.tuples(ANY_TEXT),
    ),
    TEXTS,
)
def test_no_name_breaks_it(name: Name, text: str) -> None:
    people = [(1, Registration(external_id="1", name=name)), (2, EVERYBODY[0])]

    matcher = Matcher(people, ORGANISATION, LEXICON)

    assert all(match.spans for match in matcher.match(Document(text=f"{text} {name.surname}, {name.given_names}")))
