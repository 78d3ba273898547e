"""Text from outside is text: whatever a feed, an engine or a server says, the page has the elements of its templates only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sqlalchemy import Connection, insert, select, update

from monitor.core.model import Hit, Name
from monitor.ports import ProviderBlocked
from monitor.storage import schema
from tests.pipeline.rig import SANNE, Rig, hit
from tests.web.conftest import Visitor, database_in, page_settings, visitor_of
from tests.web.vectors import VECTORS

PATHS = ("/", "/sources", "/deliveries", "/not-there")
OUR_ELEMENTS = (
    "html head meta title link body a header p bdi nav ul li main div h1 h2 h3 time footer section strong small dl dt dd ol "
    "span code q table thead tbody tr th td br"
)
OUR_ATTRIBUTES = (
    "lang charset name content rel href type class aria-label aria-labelledby aria-current id datetime role scope data-label"
)
OUR_ADDRESSES = re.compile(r"/|/sources|/deliveries|/static/(style\.css|favicon\.svg)|#content|/\?before=\d+")


def scene(rig: Rig, texts: tuple[str, ...]) -> Visitor:
    """Let every text from outside that the page shows be one of *texts*, as they come through the pipeline."""
    rig.begin(SANNE, feeds=("feed", "blind")).seeded()
    rig.poll(*(hostile_hit(number, text) for number, text in enumerate(texts)))
    rig.fail(ProviderBlocked(texts[0]), source="blind")
    with rig.db.write() as tx:
        spread(tx, rig, texts)
    return visitor_of(rig, page_settings(organisation=texts[0]))


def hostile_hit(number: int, text: str) -> Hit:
    address = f"https://evil.test/{number}/{quote(text)}?q={text}#{text}"
    return hit(f"{text} Sanne van der Molen {text}", address, text, site=text, guid=text)


def spread(tx: Connection, rig: Rig, texts: tuple[str, ...]) -> None:
    """What the operator or the other side of a connection says is not free of it either."""
    first, count = rig.clock.now(), len(texts)
    for row in tx.execute(select(schema.mention.c.id, schema.mention.c.page_id)).all():
        text = texts[row.id % count]
        tx.execute(update(schema.passage).where(schema.passage.c.mention_id == row.id).values(surface=text))
        tx.execute(update(schema.page).where(schema.page.c.id == row.page_id).values(site=text))
        tx.execute(
            update(schema.mention).where(schema.mention.c.id == row.id).values(reasons=[["context", {"term": text}], [text, {}]])
        )
    delivery = {
        "channel_id": 1,
        "kind": "notice",
        "thread": "x",
        "notice": {},
        "created_at": first,
        "due_at": first,
        "sealed_at": first,
    }
    tx.execute(insert(schema.delivery), [{**delivery, "state": "dead", "attempts": 2, "last_error": text} for text in texts])
    tx.execute(update(schema.channel).values(address=texts[1 % count]))
    tx.execute(
        update(schema.source).values(
            last_detail=texts[2 % count], moved_to=f"https://x.test/{texts[3 % count]}", provider=texts[4 % count]
        )
    )
    tx.execute(update(schema.source).where(schema.source.c.name == "blind").values(name=texts[5 % count]))
    tx.execute(update(schema.look).values(detail=texts[6 % count]))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with database_in(tmp_path_factory.mktemp("hostile")) as database:
        yield scene(Rig(database), VECTORS)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with database_in(tmp_path_factory.mktemp("harmless")) as database:
        yield scene(Rig(database), tuple(f"woord{number}" for number in range(len(VECTORS))))


def elements(html: str) -> list[LexborNode]:
    return [node for node in LexborHTMLParser(html).root.traverse() if node.tag and not node.tag.startswith("-")]  # type: ignore[union-attr]


def skeleton(html: str) -> list[str]:
    """The page without any text: its elements and attributes, in order."""
    return [f"{node.tag} {sorted(name for name in node.attributes)}" for node in elements(html)]


def test_there_are_over_two_hundred_ways_in():
    assert len(set(VECTORS)) > 200


@pytest.mark.parametrize("path", PATHS)
def test_no_text_from_outside_becomes_an_element_an_attribute_or_an_address(hostile: Visitor, path: str):
    found = elements(hostile.get(path).text)

    attributes = {name for node in found for name in node.attributes}
    addresses = {node.attributes["href"] for node in found if "href" in node.attributes}

    assert {node.tag for node in found} <= set(OUR_ELEMENTS.split())
    assert attributes <= set(OUR_ATTRIBUTES.split())
    assert [address for address in addresses if not OUR_ADDRESSES.fullmatch(str(address))] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_hostile_page_is_built_like_a_harmless_one(hostile: Visitor, harmless: Visitor, path: str):
    assert skeleton(hostile.get(path).text) == skeleton(harmless.get(path).text)


@pytest.mark.parametrize("path", ["/", "/deliveries"])
def test_every_hostile_text_is_shown_as_it_is_written(hostile: Visitor, path: str):
    visible = LexborHTMLParser(hostile.get(path).text).body.text()  # type: ignore[union-attr] # there is a body

    missing = [text for text in VECTORS[-150:] if plain(text) not in visible]

    assert missing == []


def plain(text: str) -> str:
    return " ".join(text.replace("\x00", "\ufffd").replace("\u202e", "").replace("\u202c", "").replace("\x0c", "\n").split())


def test_a_person_with_a_hostile_name_is_a_text_as_well(rig: Rig):
    name = Name(surname="<b onclick=alert(1)>Molen</b>", given_names=("Sanne",))
    rig.begin(replace(SANNE, name=name)).seeded()
    rig.poll(hit("Sanne <b onclick=alert(1)>Molen</b>"))

    answer = visitor_of(rig).get("/")

    assert "b" not in {node.tag for node in elements(answer.text)}


def test_writing_from_right_to_left_turns_nothing_around_it(rig: Rig):
    rig.begin(SANNE).seeded()
    rig.poll(hit("Sanne van der Molen", title="\u202eabc\u202c \u05d0\u05d1 \u2066x"))

    title = LexborHTMLParser(visitor_of(rig).get("/").text).css_first(".mention h3 bdi:last-child")

    assert title is not None
    assert title.text() == "abc \u05d0\u05d1 x"


def test_an_address_that_looks_like_another_shows_its_true_host_and_is_no_link(rig: Rig):
    rig.begin(SANNE).seeded()
    rig.poll(hit("Sanne van der Molen", "https://bank.example@\u0440\u0430ypal.test/\u202egnp.exe"))

    page = LexborHTMLParser(visitor_of(rig).get("/").text)

    assert page.css_first(".mention code").text() == "https://xn--ypal-43d9g.test/gnp.exe"  # type: ignore[union-attr]
    assert page.css(".mention a") == []
