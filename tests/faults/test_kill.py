"""Kill the real daemon wherever it may be killed: nothing that was found is lost, and a repeat says that it is one.

`make test` kills it at a handful of failpoints; `make proof` at all of them, and at PROOF_COUNT moments of a busy daemon.
Upgrades that are killed are the business of the tests of the storage, which know steps that are still to come.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from monitor.app import SystemClock
from monitor.core.urls import RULES_VERSION
from monitor.storage.schema import address, person
from tests.faults.conftest import COUNT, SEED, Begin
from tests.faults.judging import reading, writing
from tests.faults.processes import RECORDING, SENDING, SENT_UNMARKED

AT_THE_START = (
    "migration.after_step",
    "migration.before_commit",
    "migration.after_commit",
    "settle.before_commit",
    "settle.after_commit",
    "act.before_commit",
    "act.after_commit",
    "rekey.before_commit",
    "rekey.after_commit",
    "import.before_commit",
    "import.after_commit",
)
"""What a daemon comes to before it works, on a database that is not there yet."""

ONCE = (
    "refresh.before_commit",
    "refresh.after_commit",
    "purge.before_commit",
    "purge.after_commit",
)
"""What it comes to as soon as it works."""

AT_WORK = (
    "poll.before_look",
    "poll.begun",
    "poll.inside",
    "poll.before_commit",
    "poll.after_commit",
    "deliver.before_claim",
    "claim.before_commit",
    "claim.after_commit",
    "deliver.before_send",
    "deliver.after_send",
    "mark.before_commit",
    "mark.after_commit",
)
"""What it comes to again and again."""

BACK_UP = ("backup.filled", "backup.before_rename", "backup.after_rename")
RESTORE = (*BACK_UP, "restore.before_commit", "restore.after_commit", "restore.before_rename", "restore.after_rename")
"""What is replaced is backed up first."""


def test_a_daemon_that_is_killed_while_it_works_loses_nothing(campaign: Begin) -> None:
    busy = campaign()
    busy.begin()

    busy.kill_at("poll.before_commit")
    busy.kill_at("poll.after_commit")
    busy.kill_at("deliver.after_send", times=2)
    busy.kill_at("mark.before_commit")
    verdict = busy.rest()

    assert (verdict.lost, verdict.doubled_mentions, verdict.renamed, verdict.faults) == (0, (), (), ())
    assert verdict.identities == set()
    assert 1 <= verdict.repeats <= busy.count(SENT_UNMARKED)


@pytest.mark.proof
def test_a_daemon_that_is_killed_anywhere_loses_nothing(campaign: Begin) -> None:
    busy = campaign()
    for name in AT_THE_START:
        busy.kill_at(name, imports=True)
    busy.begin()
    for name in ONCE:
        busy.kill_at(name)
    for name in AT_WORK:
        busy.kill_at(name, times=busy.chance.randint(1, 2))

    busy.kill_many(COUNT)
    verdict = busy.rest()

    busy.say(f"killed anywhere, {busy.kills_in_words()}", verdict, SEED)
    assert (verdict.lost, verdict.doubled_mentions, verdict.renamed, verdict.faults) == (0, (), (), ())
    assert verdict.identities == set()
    assert verdict.repeats <= busy.count(SENT_UNMARKED)
    assert busy.share(SENDING) >= 0.30
    assert busy.share(RECORDING) >= 0.20
    assert set(busy.passed) == {*AT_THE_START, *ONCE, *AT_WORK}


@pytest.mark.proof
def test_a_repeat_is_known_by_its_reference_where_the_server_replaces_the_message_id(campaign: Begin) -> None:
    busy = campaign(replaces_message_id=True)
    busy.begin()

    busy.kill_many(max(10, COUNT // 6))
    verdict = busy.rest()

    busy.say(f"Message-ID replaced, {busy.kills_in_words()}", verdict, SEED)
    assert (verdict.lost, verdict.doubled_mentions, verdict.renamed, verdict.faults) == (0, (), (), ())
    assert verdict.identities == verdict.repeated != set()
    assert verdict.repeats <= busy.count(SENT_UNMARKED)


@pytest.mark.proof
def test_a_backup_or_a_restore_that_is_killed_anywhere_leaves_the_database_whole(campaign: Begin) -> None:
    busy = campaign()
    busy.begin()
    for name in BACK_UP:
        busy.kill_errand("back up", name)
    backed_up = busy.do_errand("back up")
    for name in RESTORE:
        busy.kill_errand("restore", name)

    restored = busy.do_errand("restore")
    verdict = busy.rest()

    assert (backed_up, restored) == (set(BACK_UP), set(RESTORE))
    assert (verdict.lost, verdict.doubled_mentions, verdict.renamed, verdict.faults) == (0, (), (), ())


@pytest.mark.proof
def test_old_names_and_old_keys_that_a_kill_left_are_seen_to_by_the_next_daemon(campaign: Begin) -> None:
    busy = campaign()
    busy.begin()
    busy.rest()
    leaves = "V1008"
    letters = len(busy.town.letters())
    with writing(busy.url) as tx:
        tx.execute(
            update(person).where(person.c.external_id == leaves).values(retired_at=SystemClock().now() - timedelta(days=31))
        )
        tx.execute(update(address).values(rules=RULES_VERSION + 1))
    busy.town.say_goodbye(leaves)

    busy.kill_at("rekey.before_commit")
    busy.kill_at("rekey.after_commit")
    busy.kill_at("purge.before_commit")
    busy.kill_at("purge.after_commit")
    verdict = busy.rest()

    with reading(busy.url) as tx:
        names = set(tx.execute(select(person.c.external_id)).scalars())
        rules = set(tx.execute(select(address.c.rules)).scalars())
    assert (leaves in names, rules, len(busy.town.letters())) == (False, {RULES_VERSION}, letters)
    assert (verdict.lost, verdict.doubled_mentions, verdict.faults) == (0, (), ())
