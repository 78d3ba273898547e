"""What meets old text floods nobody: a new spelling, and new matching rules, bring one summary; what is grave comes at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from monitor.core.looks import LookRecord
from monitor.core.matching import RULES_VERSION, Matcher
from monitor.core.model import Hit, Name, Severity
from monitor.core.triage import Sight
from monitor.storage import memory
from monitor.storage.engine import Database
from tests.pipeline.rig import ORGANISATION, YOUSSEF, Rig, hit

MARIJKE = replace(YOUSSEF, external_id="p3", name=Name(surname="Wolthekker", given_names=("Marijke",)), email="m@example.org")
MARRIED = replace(MARIJKE, name=replace(MARIJKE.name, partner_prefix="de", partner_surname="Hoevenaar"))
TEXTS = 1_000


def old_texts(name: str, count: int = TEXTS) -> tuple[Hit, ...]:
    """Return texts of different pages, each of which names somebody."""
    return tuple(
        hit(
            f"Op dag {number} schreef buurtkrant nummer {number * 7} dat {name} bij vergadering {number * 13} was geweest.",
            address=f"https://krant.example.org/{number}",
            title=f"Vergadering {number * 13}",
        )
        for number in range(count)
    )


def as_grave(record: LookRecord, address: str) -> LookRecord:
    """Let the sights of one page be urgent."""

    def graver(each: Sight) -> Sight:
        assert each.assessment is not None
        return replace(each, assessment=replace(each.assessment, severity=Severity.URGENT))

    findings = tuple(
        replace(each, sights=tuple(map(graver, each.sights))) if each.hit.address == address else each for each in record.findings
    )
    return replace(record, findings=findings)


@pytest.fixture
def rig(sqlite_database: Database) -> Rig:
    return Rig(sqlite_database).begin(MARIJKE).seeded()


def release_older_rules(rig: Rig) -> None:
    """Let the watchlist be that of an older release, whose rules find nobody in these texts."""
    with rig.db.write("test") as tx:
        memory.remember(tx, memory.MATCHING_RULES, str(RULES_VERSION - 1))
    assert rig.watchlist is not None
    rig.watchlist = replace(rig.watchlist, matcher=Matcher((), ORGANISATION))


def test_a_partners_name_in_a_thousand_old_texts_is_told_in_one_summary(rig: Rig) -> None:
    rig.poll(*old_texts("Marijke de Hoevenaar"))
    assert rig.told() == []

    rig.register(MARRIED)
    rig.poll(*old_texts("Marijke de Hoevenaar"))

    assert Counter(rig.told()) == {("summary", "already_online"): TEXTS}
    assert (rig.count("mention"), rig.count("delivery")) == (TEXTS, 1)


def test_a_partners_name_makes_no_news_of_what_was_told_before(rig: Rig) -> None:
    rig.poll(*old_texts("Marijke Wolthekker", 20))
    told = rig.told()

    rig.register(MARRIED)
    rig.poll(*old_texts("Marijke Wolthekker", 20))

    assert rig.told() == told
    assert rig.count("mention") == 20


def test_what_comes_after_the_partners_name_is_news(rig: Rig) -> None:
    rig.poll(*old_texts("Marijke de Hoevenaar", 20))

    rig.register(MARRIED)
    rig.poll(*old_texts("Marijke de Hoevenaar", 21))

    assert Counter(rig.told()) == {("summary", "already_online"): 20, ("alert", "new"): 1}


def test_new_matching_rules_tell_of_a_thousand_old_texts_in_one_summary(rig: Rig) -> None:
    release_older_rules(rig)
    rig.poll(*old_texts("Marijke Wolthekker"))
    assert rig.told() == []

    rig.refresh()
    rig.poll(*old_texts("Marijke Wolthekker"))

    assert Counter(rig.told()) == {("summary", "already_online"): TEXTS}
    assert (rig.count("mention"), rig.count("delivery")) == (TEXTS, 1)


def test_new_matching_rules_make_no_news_of_what_was_told_before(rig: Rig) -> None:
    rig.poll(*old_texts("Marijke Wolthekker", 20))
    told = rig.told()

    release_older_rules(rig)
    rig.refresh()
    rig.poll(*old_texts("Marijke Wolthekker", 20))

    assert rig.told() == told


def test_the_same_rules_again_change_nothing(rig: Rig) -> None:
    assert rig.watchlist is not None
    number = rig.watchlist.number

    rig.refresh()

    assert rig.watchlist.number == number


def test_new_rules_raise_the_number_of_everybody_once(rig: Rig) -> None:
    assert rig.watchlist is not None
    number = rig.watchlist.number
    release_older_rules(rig)

    rig.refresh()
    rig.refresh()

    assert (rig.watchlist.number, [each.number for each in rig.watchlist.people.values()]) == (number + 1, [number + 1])


def test_a_grave_old_text_is_told_at_once_and_the_others_in_one_summary(rig: Rig) -> None:
    texts = old_texts("Marijke de Hoevenaar", 50)
    rig.poll(*texts)

    rig.register(MARRIED)
    rig.record(as_grave(rig.look(*texts), texts[7].address))

    told = Counter(rig.told())
    assert told.pop(("summary", "already_online")) == 49
    assert {kind for kind, _ in told} == {"alert"}


def test_a_grave_old_text_under_new_rules_is_told_at_once(rig: Rig) -> None:
    texts = old_texts("Marijke Wolthekker", 50)
    release_older_rules(rig)
    rig.poll(*texts)

    rig.refresh()
    rig.record(as_grave(rig.look(*texts), texts[7].address))

    told = Counter(rig.told())
    assert told.pop(("summary", "already_online")) == 49
    assert {kind for kind, _ in told} == {"alert"}
