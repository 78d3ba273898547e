"""What messages say, in both languages, and what they never say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor.core.model import Band, Reason, Severity
from monitor.core.triage import PartReason
from monitor.wording import (
    Addressed,
    Alert,
    Digest,
    House,
    Notice,
    Said,
    Summary,
    Told,
    day_in_words,
    message_of,
    moment_in_words,
)

ANY_TEXT = st.text(st.characters(categories=None), max_size=80)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

TOLD = Told(
    site="nieuws.example.org",
    title="Ouders boos",
    address="https://nieuws.example.org/ouders-boos",
    found_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    published_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
    surface="S. van der Molen",
    band=Band.PROBABLE,
    reasons=(
        Reason("shared_spelling", {"people": 1}),
        Reason("organisation", {"term": "Jeugdzorg Noord", "near": True}),
    ),
    person="Sanne van der Molen",
    also_seen=("Bing", "RSS"),
)
OLD = replace(TOLD, why=PartReason.ALREADY_ONLINE)
HOUSE = House(organisation="Jeugdzorg Noord", zone=AMSTERDAM, tell="de afdeling communicatie")
TO_SANNE = Addressed(to="sanne@example.org", language="nl", message_id="d7@example.org", reference="NW-4F7K", thread="1:2")
IN_ENGLISH = replace(TO_SANNE, language="en")

EVERYTHING: list[Said] = [
    Alert(mentions=(TOLD,)),
    Alert(mentions=(replace(TOLD, severity=Severity.URGENT),)),
    Alert(mentions=(replace(TOLD, severity=Severity.CRITICAL),)),
    Alert(mentions=(TOLD,), is_hers=False),
    Alert(mentions=(replace(TOLD, severity=Severity.CRITICAL),), is_hers=False),
    Summary(mentions=(TOLD,)),
    Summary(mentions=(TOLD,), is_another=True),
    Summary(mentions=(TOLD,), is_hers=False),
    Summary(mentions=(OLD,)),
    Summary(mentions=(OLD,), is_another=True),
    Summary(mentions=(OLD,), is_hers=False, is_another=True),
    Digest(mentions=(TOLD,)),
    Digest(mentions=(TOLD,), is_hers=False),
]


def test_an_alert_says_where_what_and_why() -> None:
    message = message_of(Alert(mentions=(TOLD,)), TO_SANNE, HOUSE)

    assert message.text == (
        "Hallo,\n\n"
        "Naamwacht heeft een pagina gevonden waarop jouw naam staat. In dit bericht lees je waar dat is, en waarom we denken dat "
        "het over jou gaat. Je hoeft nu niets te doen. Lees verder op een moment dat het jou uitkomt.\n\n"
        "1. nieuws.example.org\n"
        "   Ouders boos\n"
        "   https://nieuws.example.org/ouders-boos\n"
        "   Nieuw gevonden.\n"
        "   Gepubliceerd: dinsdag 24 november 2026\n"
        "   Gevonden: dinsdag 24 november 2026 om 10.00 uur\n"
        "   Zo staat de naam er: S. van der Molen\n"
        "   Gaat dit over jou? Waarschijnlijk wel.\n"
        "   Waarom we dat denken (+ spreekt ervoor, - spreekt ertegen):\n"
        "   + De organisatie wordt genoemd, dicht bij de naam: Jeugdzorg Noord\n"
        "   - Zo'n naam past ook bij anderen in de organisatie: 1\n"
        "   Ook gezien via: Bing, RSS\n\n"
        "Wat er verder op de pagina staat, herhalen we niet in dit bericht.\n\n"
        "Wat kun je doen?\n----------------\n\n"
        "• Reageer niet op de pagina. Een reactie maakt het vaak groter.\n"
        "• Bewaar dit bericht. Wat wij hebben gelezen, bewaren we ook, als bewijs.\n"
        "• Praat erover met de afdeling communicatie.\n"
        "• Gaat het over iemand anders met dezelfde naam? Dan hoef je niets te doen.\n\n"
        "Kenmerk: NW-4F7K. Komt er nog een bericht met dit kenmerk? Dan is het hetzelfde bericht.\n\n"
        "Naamwacht, namens Jeugdzorg Noord\n"
    )


@pytest.mark.parametrize("said", EVERYTHING)
@pytest.mark.parametrize("to", [TO_SANNE, IN_ENGLISH], ids=["nl", "en"])
def test_a_subject_names_nobody_and_carries_the_reference(said: Said, to: Addressed) -> None:
    subject = message_of(said, to, HOUSE).subject

    assert subject in {"Naamwacht: bericht NW-4F7K", "Naamwacht: message NW-4F7K"}


@pytest.mark.parametrize("said", EVERYTHING)
@pytest.mark.parametrize("to", [TO_SANNE, IN_ENGLISH], ids=["nl", "en"])
def test_a_lock_screen_shows_nothing_from_outside(said: Said, to: Addressed) -> None:
    """A telephone shows the first two hundred letters or so of a mail."""
    shown = message_of(said, to, HOUSE).text[:180]

    assert not [word for word in ("Sanne", "Molen", "Ouders", "example") if word in shown]


def test_only_others_are_told_whom_it_is_about() -> None:
    hers = message_of(Alert(mentions=(TOLD,)), TO_SANNE, HOUSE).text
    officers = message_of(Alert(mentions=(TOLD,), is_hers=False), TO_SANNE, HOUSE).text

    assert "Het gaat om: Sanne van der Molen" not in hers
    assert "Het gaat om: Sanne van der Molen" in officers
    assert "Neem" not in hers


def test_a_page_without_a_date_says_so() -> None:
    text = message_of(Alert(mentions=(replace(TOLD, published_at=None),)), IN_ENGLISH, HOUSE).text

    assert "Published: the page gives no date" in text


def test_a_summary_says_what_was_there_when_we_began() -> None:
    text = message_of(Summary(mentions=(OLD,)), TO_SANNE, HOUSE).text

    assert "Toen we begonnen, stond je naam al op een of meer pagina's." in text
    assert "Er is geen haast bij, en je hoeft er nu niets mee te doen." in text
    assert "Al online toen we begonnen: 1\n" in text


def test_another_summary_says_that_it_is_not_the_first() -> None:
    text = message_of(Summary(mentions=(OLD,), is_another=True), TO_SANNE, HOUSE).text

    assert "Er is nog iets bij gekomen dat er al stond" in text
    assert "Ook al online toen we begonnen: 1\n" in text


@pytest.mark.parametrize("is_another", [False, True])
@pytest.mark.parametrize("is_hers", [False, True])
def test_what_was_found_while_an_address_was_not_confirmed_is_not_called_old(*, is_hers: bool, is_another: bool) -> None:
    summary = Summary(mentions=(OLD, TOLD), is_hers=is_hers, is_another=is_another)

    text = message_of(summary, TO_SANNE, HOUSE).text

    assert "In die tijd gevonden: 2\n" in text
    assert "geen nieuws" not in text
    assert "oen we begonnen," not in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("said", [Alert, Summary, Digest])
@pytest.mark.parametrize("why", [PartReason.ADDED, PartReason.ALREADY_ONLINE])
@pytest.mark.parametrize("is_hers", [False, True])
def test_nobody_is_told_to_do_nothing_about_what_is_grave(
    language: str, said: type[Alert | Summary | Digest], why: PartReason, *, is_hers: bool
) -> None:
    grave = replace(TOLD, severity=Severity.URGENT, why=why)

    text = message_of(said(mentions=(TOLD, grave), is_hers=is_hers), replace(TO_SANNE, language=language), HOUSE).text

    assert not re.search("nu niets|geen haast|No hurry|no hurry|anything now|als het uitkomt|when it suits", text)
    assert re.search("vandaag|today", text)
    assert re.search("Wat kun je doen|What can you do", text)


@pytest.mark.parametrize("said", [Alert, Summary, Digest])
def test_whom_to_call_stands_first_in_every_kind_of_message(said: type[Alert | Summary | Digest]) -> None:
    text = message_of(said(mentions=(replace(TOLD, severity=Severity.CRITICAL),)), TO_SANNE, HOUSE).text

    assert text.index("Bel 112") < text.index("nieuws.example.org")


def test_what_does_not_fit_on_cards_is_listed_in_short() -> None:
    other = replace(OLD, title="Prijs", site="blad.example.org", address="https://blad.example.org/prijs")

    text = message_of(Summary(mentions=(OLD,) * 25 + (other,) * 2), TO_SANNE, HOUSE).text

    assert "\n25. nieuws.example.org\n" in text
    assert "De andere, in het kort: 2\n\n• Prijs · blad.example.org · https://blad.example.org/prijs\n• Prijs" in text
    assert "passen niet" not in text


def test_the_list_in_short_tells_others_whom_it_is_about_and_what_is_grave() -> None:
    grave = replace(TOLD, severity=Severity.URGENT, title="")

    text = message_of(Digest(mentions=(TOLD,) * 25 + (grave,), is_hers=False), IN_ENGLISH, HOUSE).text

    assert "• How serious: urgent. Look at it today. · Sanne van der Molen · nieuws.example.org · https://nieuws" in text


def test_a_list_that_is_too_long_for_a_mail_says_who_has_the_rest() -> None:
    text = message_of(Summary(mentions=(OLD,) * 530), TO_SANNE, HOUSE).text

    assert text.count("https://nieuws.example.org/ouders-boos") == 525
    assert "Nog 5 passen niet in één bericht. De beheerder van Naamwacht heeft de hele lijst." in text


def test_a_digest_parts_what_is_unsure_from_what_is_old() -> None:
    unsure = replace(TOLD, band=Band.POSSIBLE, site="forum.example.org")

    text = message_of(Digest(mentions=(TOLD, unsure)), TO_SANNE, HOUSE).text

    assert (
        text.index("Gaat misschien over jou: 1")
        < text.index("1. forum.example.org")
        < text.index("Nu gevonden, maar niet nieuw: 1")
        < text.index("2. nieuws.example.org")
    )


@pytest.mark.parametrize("code", ["confirm_own", "confirm_channel"])
def test_a_code_is_given_to_whoever_has_to_confirm(code: str) -> None:
    notice = Notice(code, {"code": code, "confirmation": "AB12CD"})

    message = message_of(notice, TO_SANNE, HOUSE)

    assert "Je code: AB12CD\n" in message.text
    assert message.subject == "Naamwacht: bericht NW-4F7K"
    assert message.text.count("AB12CD") == 1


def test_the_mail_with_her_code_says_what_naamwacht_is_and_who_asked() -> None:
    text = message_of(Notice("confirm_own", {"confirmation": "AB12CD"}), TO_SANNE, HOUSE).text

    assert text.startswith(
        "Hallo,\n\nNaamwacht kijkt of je naam op internet verschijnt, en laat het je weten als dat zo is. "
        "Jeugdzorg Noord heeft gevraagd om jouw berichten naar dit adres te sturen. "
    )


def test_without_an_organisation_it_is_the_operator_who_asked() -> None:
    text = message_of(Notice("confirm_own", {"confirmation": "AB12CD"}), IN_ENGLISH, replace(HOUSE, organisation="")).text

    assert "The operator of Naamwacht asked to have your messages sent to this address." in text


def test_the_faults_of_a_refused_import_are_listed() -> None:
    notice = Notice("import_refused", {"count": 2, "problems": "rij 3: geen achternaam\nrij 4: dubbel"})

    message = message_of(notice, TO_SANNE, HOUSE)

    assert "Aantal fouten: 2\n\n• rij 3: geen achternaam\n• rij 4: dubbel\n" in message.text
    assert message.subject == "Naamwacht: bericht voor de beheerder NW-4F7K"


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2026-11-24T09:00:00+00:00", "dinsdag 24 november 2026 om 10.00 uur"), ("gisteren", "gisteren")],
)
def test_a_blind_source_says_since_when(since: str, expected: str) -> None:
    text = message_of(Notice("source_blind", {"source": "rss-1", "since": since}), TO_SANNE, HOUSE).text

    assert f"Een bron kan niet meer worden bekeken: rss-1. Dat is zo sinds {expected}. Tot het is verholpen" in text
    assert "•" not in text


def test_a_notice_without_words_still_arrives() -> None:
    text = message_of(Notice("brand_new", {"limit": 3}), IN_ENGLISH, HOUSE).text

    assert "for which there are no words yet: brand_new\n\n• 3\n" in text


def test_a_link_to_our_own_page_is_given_where_there_is_one() -> None:
    text = message_of(Alert(mentions=(TOLD,)), TO_SANNE, replace(HOUSE, link="http://127.0.0.1:8080/")).text

    assert "Bekijk het in Naamwacht: http://127.0.0.1:8080/" in text


@given(text=ANY_TEXT, address=ANY_TEXT)
def test_what_comes_from_outside_stays_text(text: str, address: str) -> None:
    hostile = replace(
        TOLD,
        site=text,
        title=text,
        surface=text,
        address=f"https://{address}",
        reasons=(Reason(text, {"term": text}),),
    )

    message = message_of(Digest(mentions=(hostile,) * 30), TO_SANNE, replace(HOUSE, organisation=text, tell=text))
    page = LexborHTMLParser(message.html)

    assert {node.tag for node in page.css("body *")} <= {"p", "b", "bdi", "strong", "div", "a", "h2", "ul", "li"}
    assert [node.attributes for node in page.css("bdi") if node.attributes] == []
    assert all(re.fullmatch(r"https://[!-~]*", node.attributes["href"] or "") for node in page.css("a"))
    assert {node.attributes["rel"] for node in page.css("a")} <= {"noreferrer noopener nofollow"}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", message.text + message.html)


def test_html_loads_nothing_from_anywhere() -> None:
    html = message_of(Alert(mentions=(TOLD,)), TO_SANNE, HOUSE).html

    assert re.findall(r"src=|url\(|@import|<img|<link|<script|\son\w+=", html) == []


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    html = message_of(Alert(mentions=(replace(TOLD, address="javascript:alert(1)"),)), TO_SANNE, HOUSE).html

    assert "<a " not in html
    assert "javascript:alert(1)" in html


def test_right_to_left_writing_does_not_turn_the_sentence_around() -> None:
    text = message_of(Alert(mentions=(replace(TOLD, surface="يوسف"),)), TO_SANNE, HOUSE).text

    assert "Zo staat de naam er: \u2068يوسف\u2069\n" in text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", "zondag 1 maart 2026 om 00.05 uur"),
        ("en", "Sunday 1 March 2026 at 00:05"),
        ("fr", "zondag 1 maart 2026 om 00.05 uur"),
    ],
)
def test_times_are_those_where_the_reader_lives(language: str, expected: str) -> None:
    moment = datetime(2026, 2, 28, 23, 5, tzinfo=UTC)

    assert moment_in_words(moment, AMSTERDAM, language) == expected
    assert expected.startswith(day_in_words(moment, AMSTERDAM, language))
