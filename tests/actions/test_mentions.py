"""Saying whose a Mention is: one transaction and one audit record each, and each can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from monitor.actions.mentions import Knowledge, confirm, dismiss, forget_profile, not_ours
from monitor.core.lexicon import EMPTY
from monitor.core.urls import canonical_key
from monitor.pipeline.refresh import load_revision
from monitor.storage import mentions, schema
from monitor.storage.audit import load_audit
from monitor.storage.namesakes import Said, list_profiles, load_profiles, load_said
from monitor.storage.people import purge_retired, retire_person
from tests.pipeline.rig import ORGANISATION, SANNE, YOUSSEF, Rig, hit

KNOWLEDGE = Knowledge(ORGANISATION, EMPTY)
TEXT = "Keepster Sanne van der Molen hield handbalclub Zwolsche overeind, zag Jeugdbescherming Voorbeeld."
ADDRESS = "https://sport.example.org/a"


@pytest.fixture
def found(rig: Rig) -> Rig:
    """One Mention, with an author."""
    rig.begin(SANNE, YOUSSEF).seeded()
    rig.poll(hit(TEXT, ADDRESS, author="Marijke Jansen-de Vries"))
    return rig


def said(rig: Rig) -> dict[int, Said]:
    with rig.db.read() as tx:
        return load_said(tx, [1])


def audited(rig: Rig) -> tuple[str, str]:
    with rig.db.read() as tx:
        record = load_audit(tx)[-1]
    return record.action, record.subject


def test_not_our_jan_learns_from_the_words_near_the_name(found: Rig) -> None:
    not_ours(found.acting, 1, KNOWLEDGE)

    with found.db.read() as tx:
        (profile,) = load_profiles(tx)
    assert (profile.person_id, profile.is_ours, profile.traits.site) == (1, False, "sport.example.org")
    assert {"keepster", "handbalclub", "zwolsche"} <= set(profile.traits.terms)
    assert not {"sanne", "molen", "jeugdbescherming", "voorbeeld"} & set(profile.traits.terms)
    assert profile.traits.author != 0
    assert profile.pages == {canonical_key(ADDRESS)}


def test_not_me_counts_for_its_page_alone(found: Rig) -> None:
    dismiss(found.acting, 1)

    with found.db.read() as tx:
        (profile,) = load_profiles(tx)
    assert (profile.traits.site, profile.traits.author, profile.traits.terms) == ("", 0, ())
    assert profile.pages == {canonical_key(ADDRESS)}


def test_that_is_me_is_said_of_the_mention(found: Rig) -> None:
    confirm(found.acting, 1, KNOWLEDGE)

    assert said(found) == {1: Said.OURS}


def test_the_newest_click_counts(found: Rig) -> None:
    first = not_ours(found.acting, 1, KNOWLEDGE)
    second = confirm(found.acting, 1, KNOWLEDGE)

    assert first != second
    assert (said(found), found.count("namesake")) == ({1: Said.OURS}, 1)


def test_forgetting_a_profile_takes_back_what_was_said_of_the_mention(found: Rig) -> None:
    profile = not_ours(found.acting, 1, KNOWLEDGE)
    assert profile is not None

    assert forget_profile(found.acting, profile, reason="vergissing")

    assert (said(found), found.count("namesake")) == ({}, 0)
    assert audited(found) == ("namesakes.forget", f"namesake {profile} mention 1")


@pytest.mark.parametrize(
    ("say", "action"),
    [
        (lambda rig: confirm(rig.acting, 1, KNOWLEDGE), "mentions.confirm"),
        (lambda rig: dismiss(rig.acting, 1), "mentions.dismiss"),
        (lambda rig: not_ours(rig.acting, 1, KNOWLEDGE), "mentions.not_ours"),
    ],
    ids=["confirm", "dismiss", "not ours"],
)
def test_every_click_is_audited_once_with_ids_only(found: Rig, say, action: str) -> None:  # noqa: ANN001
    before = found.count("audit")

    profile = say(found)

    assert found.count("audit") == before + 1
    assert audited(found) == (action, f"mention 1 namesake {profile}")


def test_every_click_and_its_undoing_swaps_the_matcher(found: Rig) -> None:
    revisions = [load_revision(found.world)]
    profile = not_ours(found.acting, 1, KNOWLEDGE)
    revisions.append(load_revision(found.world))
    assert profile is not None
    forget_profile(found.acting, profile)
    revisions.append(load_revision(found.world))

    assert len(set(revisions)) == 3


def test_what_is_not_there_changes_nothing(found: Rig) -> None:
    before = (load_revision(found.world), found.count("audit"))

    assert confirm(found.acting, 17, KNOWLEDGE) is None
    assert not_ours(found.acting, 17, KNOWLEDGE) is None
    assert dismiss(found.acting, 17) is None
    assert not forget_profile(found.acting, 17)

    assert (load_revision(found.world), found.count("audit")) == before


def test_what_only_an_engine_says_can_be_dismissed(found: Rig) -> None:
    found.ask(hit("Niets over haar.", "https://elders.example.org/b"))

    assert dismiss(found.acting, 2) is not None
    assert not_ours(found.acting, 2, KNOWLEDGE) is not None


# ---------------------------------------------------------------------------------------------------------- storage


def test_a_page_is_known_by_the_addresses_of_its_twins(found: Rig) -> None:
    found.poll(hit("Sanne van der Molen las voor.", "https://elders.example.org/b"))
    not_ours(found.acting, 2, KNOWLEDGE)
    with found.db.write("test") as tx:
        mentions.join_pages(tx, older=1, younger=2)

    with found.db.read() as tx:
        (profile,) = load_profiles(tx)

    assert profile.pages == {canonical_key(ADDRESS), canonical_key("https://elders.example.org/b")}


def test_a_profile_outlives_its_mention(found: Rig) -> None:
    profile = not_ours(found.acting, 1, KNOWLEDGE)
    with found.db.write("test") as tx:
        tx.execute(delete(schema.mention))

    with found.db.read() as tx:
        (listed,) = list_profiles(tx)
        (loaded,) = load_profiles(tx)

    assert (listed.id, listed.mention_id, listed.external_id, loaded.pages) == (profile, None, "p1", frozenset())


def test_what_was_learned_is_forgotten_with_the_person(found: Rig) -> None:
    not_ours(found.acting, 1, KNOWLEDGE)
    with found.db.write("test") as tx:
        retire_person(tx, 1, now=found.clock.now())
        purge_retired(tx, before=found.clock.now() + timedelta(days=1), limit=10)

    assert found.count("namesake") == 0


def test_the_newest_profiles_are_listed_first(found: Rig) -> None:
    found.poll(hit("Youssef El Amrani las voor.", "https://elders.example.org/b"))
    not_ours(found.acting, 1, KNOWLEDGE)
    dismiss(found.acting, 2)

    with found.db.read() as tx:
        listed = list_profiles(tx)

    assert [(row.external_id, row.said, row.has_author) for row in listed] == [
        ("p2", Said.NOT_OURS, False),
        ("p1", Said.NOT_OURS, True),
    ]
    assert listed[1].person == "Sanne van der Molen"


def test_an_author_is_kept_as_a_hash_only(found: Rig) -> None:
    with found.db.read() as tx:
        pages = str(tx.execute(select(schema.page)).all())

    assert "Marijke" not in pages
    assert "author" not in pages.lower()
