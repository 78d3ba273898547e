"""What people see: mentions with names and reasons, sources that see nothing, messages that did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import insert, select, update

from monitor.core.model import Carries
from monitor.ports import ProviderBlocked, ProviderError
from monitor.storage import schema
from monitor.web.page import SHOWN
from tests.core.watched import LEXICON
from tests.fakes import NOW
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit
from tests.web.conftest import page_settings, visitor_of

Visit = Callable[..., httpx.Response]
ABOUT_SANNE = "Sanne van der Molen van Jeugdbescherming Voorbeeld sprak met de krant."


def text_of(answer: httpx.Response, selector: str = "body") -> str:
    return "\n".join(" ".join(node.text(separator=" ").split()) for node in LexborHTMLParser(answer.text).css(selector))


def fill(rig: Rig, count: int) -> None:
    """Store *count* Mentions of one Person."""
    page = {"title_hash": 0, "is_opaque": False, "site": "news.example.org", "first_seen_at": NOW}
    mention = {"person_id": 1, "first_seen_at": NOW, "name_grade": "clear", "confidence": 0.9, "band": "certain", "reasons": []}
    rest = {"severity": 0, "audience": "work", "held_back": "", "was_seeded": False}
    with rig.db.write() as tx:
        tx.execute(insert(schema.page), [{"id": n, "title": f"pagina {n}", **page} for n in range(1, count + 1)])
        tx.execute(insert(schema.mention), [{"id": n, "page_id": n, **mention, **rest} for n in range(1, count + 1)])


def change_deliveries(rig: Rig, **values: object) -> None:
    with rig.db.write() as tx:
        tx.execute(update(schema.delivery).values(**values))


# ---------------------------------------------------------------------------------------------------- mentions


def test_a_mention_says_whom_it_names_where_and_why(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.poll(hit(ABOUT_SANNE, "https://www.krant.example.org/bericht", "Krant over jeugdzorg"))

    card = text_of(visit("/"), ".mention")

    assert "Sanne van der Molen Krant over jeugdzorg" in card
    assert "vrijwel zeker deze medewerker" in card
    assert "naam duidelijk geschreven" in card
    assert "https://www.krant.example.org/bericht" in card
    assert "Zo staat de naam er: Sanne van der Molen" in card
    assert "Spreekt ervoor: Zo'n naam heeft bijna niemand in Nederland, geschat uit" in card
    assert "Spreekt ervoor: De organisatie wordt genoemd, dicht bij de naam: Jeugdbescherming Voorbeeld" in card
    assert "Gezien door feed · In een bericht gezet" in card


def test_english_is_spoken_as_well(rig: Rig):
    rig.begin(SANNE).seeded()
    rig.poll(hit(ABOUT_SANNE))

    answer = visitor_of(rig, page_settings(language="en")).get("/")

    assert '<html lang="en">' in answer.text
    assert "almost certainly this employee" in text_of(answer, ".mention")


def test_mentions_stand_under_the_day_of_the_organisations_clock(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.clock.advance(timedelta(hours=14, minutes=30))
    rig.poll(hit(ABOUT_SANNE))

    days = text_of(visit("/"), ".day h2")

    assert days == "woensdag 25 november 2026"


def test_the_list_says_what_was_not_told_at_once_and_why(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    rig.poll(hit(ABOUT_SANNE))

    summary = text_of(visit("/"), ".summary")

    assert summary == "Niet meteen gemeld, wel in de lijst: 1 stond al online toen we begonnen"


def test_a_mention_that_nobody_was_told_of_says_why(rig: Rig, visit: Visit):
    rig.begin(replace(SANNE, email="")).seeded()
    rig.poll(hit(ABOUT_SANNE))

    meta = text_of(visit("/"), ".mention .meta")

    assert meta.endswith("Aan niemand gemeld: er was geen kanaal om het te melden")


def test_what_only_the_engine_says_claims_nothing_about_name_or_person(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.ask(hit("iets anders", carries=Carries.SNIPPET))

    tags = text_of(visit("/"), ".mention .tag")

    assert tags == "privé: gaat niet over werk\nalleen de zoekmachine zegt het"


def test_a_grave_mention_stands_out(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.poll(hit(ABOUT_SANNE))
    with rig.db.write() as tx:
        tx.execute(update(schema.mention).values(severity=2))

    tags = text_of(visit("/"), ".mention.grave .tag")

    assert tags.startswith("dringend")


def test_an_empty_list_says_that_it_is_empty(rig: Rig, visit: Visit):
    rig.begin(SANNE)

    assert "Nog niets gevonden." in text_of(visit("/"), ".empty")


def test_older_mentions_are_reached_page_by_page_and_none_is_left_out(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    fill(rig, 2 * SHOWN + 5)

    newest, middle, oldest = visit("/"), visit("/?before=206"), visit("/?before=6")

    assert "Dit zijn 200 van de 405 vermeldingen." in text_of(newest, ".count")
    assert links(newest) == {"Oudere": "/?before=206"}
    assert links(middle) == {"Nieuwste": "/", "Nieuwere": "/?before=406", "Oudere": "/?before=6"}
    assert links(oldest) == {"Nieuwste": "/", "Nieuwere": "/?before=206"}
    assert titles(newest) + titles(middle) + titles(oldest) == [f"pagina {n}" for n in range(405, 0, -1)]


def test_a_newer_page_leaves_out_none_where_ids_are_missing(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    fill(rig, 2 * SHOWN + 5)
    with rig.db.write() as tx:
        tx.execute(schema.mention.delete().where(schema.mention.c.id.between(210, 250)))

    newer = titles(visit("/?before=206"))

    assert newer[0] == "pagina 205"
    assert titles(visit(links(visit("/?before=6"))["Nieuwere"]))[-1] == "pagina 6"


def test_nothing_older_is_said_so(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    fill(rig, 3)

    answer = visit("/?before=1")

    assert text_of(answer, ".empty") == "Er is niets ouders."
    assert links(answer) == {"Nieuwste": "/"}


@pytest.mark.parametrize(
    "before", ["", "x", "-1", "1.5", "²", "99999999999999999999", "9223372036854775807", "9223372036854775808"]
)
def test_an_id_that_is_none_shows_the_list_all_the_same(rig: Rig, visit: Visit, before: str):
    rig.begin(SANNE)
    fill(rig, 1)

    answer = visit(f"/?before={before}")

    assert (answer.status_code, titles(answer)) == (200, ["pagina 1"])


def links(answer: httpx.Response) -> dict[str, str | None]:
    return {a.text(): a.attributes["href"] for a in LexborHTMLParser(answer.text).css(".turn a")}


def titles(answer: httpx.Response) -> list[str]:
    return [node.text() for node in LexborHTMLParser(answer.text).css(".mention h3 bdi:last-child")]


# --------------------------------------------------------------------------------------------- what needs attention


def test_a_source_that_sees_nothing_is_named_on_the_first_page_with_since_when(rig: Rig, visit: Visit):
    rig.begin(SANNE, feeds=("regionaal nieuws",))
    rig.poll(source="regionaal nieuws")
    rig.clock.advance(timedelta(hours=1))
    rig.fail(ProviderBlocked("403"), source="regionaal nieuws")

    assert "regionaal nieuws ziet niets, zag het laatst alles 24-11-2026 10:00" in text_of(visit("/"), ".notice")


def test_a_source_that_never_saw_anything_says_so(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    rig.fail(ProviderError("no answer"))

    assert "feed ziet niets en heeft nog nooit alles gezien" in text_of(visit("/"), ".notice")


def test_a_source_that_sees_a_part_only_is_not_called_well(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    rig.poll(partial_failures=("bing",))

    assert "feed ziet maar een deel" in text_of(visit("/"), ".notice")


def test_a_source_that_was_not_looked_at_in_time_is_named(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    rig.poll()
    rig.clock.advance(timedelta(hours=1))

    assert "feed had al bekeken moeten zijn" in text_of(visit("/"), ".notice")


def test_many_blind_sources_are_counted_beyond_the_first_ten(rig: Rig, visit: Visit):
    names = tuple(f"bron {n:02}" for n in range(12))
    rig.begin(SANNE, feeds=names)
    for name in names:
        rig.fail(ProviderError("no answer"), source=name)

    notice = text_of(visit("/"), ".notice li")

    assert "bron 09 ziet niets" in notice
    assert "bron 10" not in notice
    assert "en nog 2 bronnen" in notice


def test_what_did_not_arrive_who_cannot_be_reached_and_what_is_unconfirmed_is_seen_at_a_glance(rig: Rig, visit: Visit):
    rig.begin(SANNE, replace(YOUSSEF, email="youssef@elders.test")).seeded()
    rig.poll(hit(ABOUT_SANNE))
    change_deliveries(rig, state="dead")

    notice = text_of(visit("/"), ".notice li")

    assert "2 berichten kwamen niet aan" in notice
    assert "1 medewerker is niet te bereiken" in notice
    assert "1 kanaal is nog niet bevestigd" in notice


def test_a_message_that_waits_too_long_is_seen_at_a_glance(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.poll(hit(ABOUT_SANNE))
    rig.clock.advance(timedelta(minutes=16))

    assert "Er wacht een bericht op verzending sinds 24-11-2026 10:00" in text_of(visit("/"), ".notice li")


def test_where_nobody_is_searched_for_silence_is_not_called_safety(rig: Rig, visit: Visit):
    rig.begin(replace(SANNE, informed_on=None), feeds=())

    answer = visit("/")

    assert "Er wordt naar niemand gezocht" in text_of(answer, ".notice")
    assert "1 niet gezocht: nog niet geïnformeerd, of niet in dienst" in text_of(answer, ".tiles")


def test_where_there_is_no_source_the_page_says_that_nothing_is_looked_at(rig: Rig, visit: Visit):
    answer = visit("/")

    assert "Er wordt nergens gekeken" in text_of(answer, ".notice")


def test_where_all_is_well_the_page_is_calm_and_names_the_time(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()

    answer = visit("/")

    assert text_of(answer, ".notice") == ""
    assert "24-11-2026 10:00 Elke bron zag alles, de laatste keer dat we keken." in text_of(answer, ".tiles")
    assert "In besloten groepen, chats en afgeschermde profielen kan niemand van buiten kijken." in text_of(answer, "footer")


# ---------------------------------------------------------------------------------------------- sources and messages


def test_sources_stand_with_what_they_see_the_blind_first(rig: Rig, visit: Visit):
    rig.begin(SANNE, feeds=("aaa", "bbb"))
    rig.poll(source="aaa")
    rig.fail(ProviderBlocked("the server answered 403"), source="bbb")
    rig.ask()

    rows = text_of(visit("/sources"), "table:first-of-type tbody tr").splitlines()

    assert [row.split()[0] for row in rows] == ["bbb", "aaa", "search"]
    assert "ziet niets geblokkeerd: the server answered 403" in rows[0]
    assert "ziet alles 24-11-2026 10:00" in rows[1]
    assert "elke 15 minuten, gevraagd voor 1 naam" in rows[2]


def test_looks_are_listed_with_what_they_brought(rig: Rig, visit: Visit):
    rig.begin(SANNE)
    rig.poll(hit(ABOUT_SANNE))

    assert "24-11-2026 10:00 feed alles gezien 1 treffer, 1 nieuwe plek" in text_of(
        visit("/sources"), "table:last-of-type tbody tr"
    )


def test_messages_that_did_not_arrive_stand_first_with_the_fault_and_the_remedy(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.poll(hit(ABOUT_SANNE))
    change_deliveries(rig, state="dead", last_error="550 no such user", attempts=3)

    failed = text_of(visit("/deliveries"), "section")

    assert failed.startswith("Niet aangekomen Deze berichten konden niet worden bezorgd.")
    assert "naamwacht deliveries retry" in failed
    assert "melding, 1 vermelding sanne@example.org medewerker niet aangekomen 3 pogingen 550 no such user" in failed


def test_a_message_that_waits_says_when_it_goes_out(rig: Rig, visit: Visit):
    rig.lexicon = LEXICON
    rig.begin(SANNE).seeded()
    rig.poll(hit("Sanne van der Molen won een prijs"))

    assert "wacht gaat weg op 25-11-2026 07:30" in text_of(visit("/deliveries"), "tbody tr")


def test_a_sent_message_says_when(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.poll(hit(ABOUT_SANNE))
    change_deliveries(rig, state="sent", sent_at=NOW + timedelta(minutes=2), attempts=1)

    answer = visit("/deliveries")

    assert "verstuurd 24-11-2026 10:02" in text_of(answer, "tbody tr")
    assert "Dit zijn ze allemaal: 1 bericht." in text_of(answer, ".count")


def test_a_message_beyond_the_list_is_not_left_out_in_silence(rig: Rig, visit: Visit):
    rig.begin(SANNE).seeded()
    rig.poll(hit(ABOUT_SANNE))
    with rig.db.write() as tx:
        row = dict(tx.execute(select(schema.delivery)).mappings().one()) | {"sealed_at": NOW}
        tx.execute(insert(schema.delivery), [{**row, "id": n} for n in range(2, SHOWN + 3)])

    assert "Dit zijn 200 van de 202 berichten. Oudere berichten: naamwacht deliveries list" in text_of(
        visit("/deliveries"), ".count"
    )


def test_an_unreachable_person_and_an_unconfirmed_channel_come_with_their_remedy(rig: Rig, visit: Visit):
    rig.begin(replace(SANNE, email="sanne@elders.test"))

    notice = text_of(visit("/deliveries"), ".notice")

    assert "1 medewerker is niet te bereiken. Zij worden gezocht, maar hebben geen bevestigd kanaal." in notice
    assert "naamwacht channels confirm CODE" in notice


@pytest.mark.parametrize("path", ["/sources", "/deliveries"])
def test_a_fresh_installation_shows_empty_lists(rig: Rig, visit: Visit, path: str):
    answer = visit(path)

    assert answer.status_code == 200
    assert text_of(answer, ".empty") != ""
