"""What somebody said of a Mention holds back what is like it, and never what is grave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.actions.mentions import Knowledge, confirm, dismiss, forget_profile, not_ours
from monitor.core.lexicon import EMPTY
from monitor.core.looks import LookRecord
from monitor.core.model import Hit, Severity
from monitor.core.triage import Sight
from monitor.storage.engine import Database
from monitor.storage.queries import ListedMention, list_mentions
from tests.pipeline.rig import ORGANISATION, SANNE, YOUSSEF, Rig, hit

KNOWLEDGE = Knowledge(ORGANISATION, EMPTY)
SPORT = "https://sport.test/"
TEXT = "Keepster Sanne van der Molen hield handbalclub Zwolsche overeind in de zaalcompetitie."
ANOTHER = "De trainer prees topscorer Sanne van der Molen, die met handbalclub Zwolsche de zaalcompetitie won als keepster."
COMMENT = (
    "\n\nEen lezer schreef op dinsdag: volgens mij heb ik met Sanne van der Molen op school gezeten, zij was altijd vrolijk."
)


@pytest.fixture
def rig(sqlite_database: Database) -> Rig:
    """One Mention of a namesake is known and was told of."""
    rig = Rig(sqlite_database).begin(SANNE, YOUSSEF).seeded()
    rig.poll(hit(TEXT, f"{SPORT}a", author="Marijke Jansen-de Vries"))
    return rig


def listed(rig: Rig) -> ListedMention:
    """The newest Mention."""
    with rig.db.read() as tx:
        return list_mentions(tx)[0]


def as_grave(record: LookRecord, severity: Severity) -> LookRecord:
    """Let every sight of a Look be that grave: no Signals are observed yet."""

    def graver(each: Sight) -> Sight:
        assert each.assessment is not None
        return replace(each, assessment=replace(each.assessment, severity=severity))

    findings = tuple(replace(each, sights=tuple(map(graver, each.sights))) for each in record.findings)
    return replace(record, findings=findings)


def say_not_ours(rig: Rig) -> int:
    profile = not_ours(rig.acting, 1, KNOWLEDGE)
    rig.refresh()
    assert profile is not None
    return profile


def another(address: str = f"{SPORT}b") -> Hit:
    return hit(ANOTHER, address, title="Handbal")


def test_a_page_like_a_namesakes_is_held_back_and_listed_with_why(rig: Rig) -> None:
    say_not_ours(rig)

    rig.poll(another())

    assert [kind for kind, _ in rig.told()].count("alert") == 1
    assert listed(rig).held_back == "namesake"
    assert "namesake" in [reason.code for reason in listed(rig).reasons]


def test_a_page_like_a_namesakes_is_told_again_once_the_profile_is_forgotten(rig: Rig) -> None:
    forget_profile(rig.acting, say_not_ours(rig))
    rig.refresh()

    rig.poll(another())

    assert rig.told() == [("alert", "new"), ("alert", "new")]
    assert listed(rig).held_back == ""


def test_a_colleague_is_not_touched_by_somebody_elses_profile(rig: Rig) -> None:
    say_not_ours(rig)

    rig.poll(hit(ANOTHER.replace("Sanne van der Molen", "Youssef El Amrani"), f"{SPORT}b"))

    assert rig.told() == [("alert", "new"), ("alert", "new")]


def test_a_confirmed_page_makes_pages_like_it_surer(rig: Rig) -> None:
    rig.poll(another(f"{SPORT}before"))
    before = listed(rig).confidence
    confirm(rig.acting, 1, KNOWLEDGE)
    rig.refresh()

    rig.poll(another(f"{SPORT}after"))

    assert listed(rig).confidence > before
    assert "confirmed_like" in [reason.code for reason in listed(rig).reasons]


def test_a_new_passage_on_a_dismissed_page_is_kept_and_told_to_nobody(rig: Rig) -> None:
    dismiss(rig.acting, 1)
    rig.refresh()

    rig.poll(hit(TEXT + COMMENT, f"{SPORT}a"))

    assert rig.told() == [("alert", "new")]
    assert (listed(rig).held_back, rig.count("passage")) == ("dismissed", 2)


def test_a_dismissed_page_says_nothing_of_other_pages(rig: Rig) -> None:
    dismiss(rig.acting, 1)
    rig.refresh()

    rig.poll(another())

    assert rig.told() == [("alert", "new"), ("alert", "new")]


def test_what_was_kept_of_a_dismissed_page_is_no_news_later(rig: Rig) -> None:
    profile = dismiss(rig.acting, 1)
    rig.refresh()
    rig.poll(hit(TEXT + COMMENT, f"{SPORT}a"))
    assert profile is not None
    forget_profile(rig.acting, profile)
    rig.refresh()

    rig.poll(hit(TEXT + COMMENT, f"{SPORT}a"))

    assert rig.told() == [("alert", "new")]


@pytest.mark.parametrize("severity", [Severity.URGENT, Severity.CRITICAL])
def test_a_grave_page_like_a_namesakes_is_told_as_if_nothing_had_been_said(rig: Rig, severity: Severity) -> None:
    say_not_ours(rig)

    rig.record(as_grave(rig.look(another()), severity))

    assert rig.told() == [("alert", "new"), ("alert", "new"), ("alert", "new")]
    assert (listed(rig).held_back, listed(rig).severity) == ("", severity)


@pytest.mark.parametrize("severity", [Severity.URGENT, Severity.CRITICAL])
def test_a_dismissed_page_that_turns_grave_is_told(rig: Rig, severity: Severity) -> None:
    dismiss(rig.acting, 1)
    rig.refresh()

    rig.record(as_grave(rig.look(hit(TEXT, f"{SPORT}a")), severity))

    assert rig.told() == [("alert", "new"), ("alert", "graver"), ("alert", "graver")]


@pytest.mark.parametrize("severity", [Severity.URGENT, Severity.CRITICAL])
def test_a_new_grave_passage_on_a_page_that_was_grave_and_dismissed_is_told(rig: Rig, severity: Severity) -> None:
    rig.record(as_grave(rig.look(hit(TEXT, f"{SPORT}a")), severity))
    told = len(rig.told())
    not_ours(rig.acting, 1, KNOWLEDGE)
    rig.refresh()

    rig.record(as_grave(rig.look(hit(TEXT + COMMENT, f"{SPORT}a")), severity))

    assert rig.told()[told:] == [("alert", "added"), ("alert", "added")]


def test_what_is_registered_later_is_no_term_of_a_profile_any_more(rig: Rig) -> None:
    say_not_ours(rig)
    rig.register(replace(SANNE, context=("handbalclub", "Zwolsche", "zaalcompetitie", "keepster", "Handbal")), YOUSSEF)

    rig.poll(another("https://elders.test/b"))

    assert "namesake" not in [reason.code for reason in listed(rig).reasons]
