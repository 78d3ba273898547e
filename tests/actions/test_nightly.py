"""The nightly import: once a night, again each hour while it is refused, and told once a day for each reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from monitor.actions.nightly import import_nightly, is_import_due
from monitor.actions.people import Import, import_people, known_addresses, retire
from monitor.core.model import Registration
from monitor.core.registrations import PeopleFile
from monitor.ports import ConfigError, Problem
from monitor.storage import memory, schema
from monitor.storage.people import load_people
from tests.pipeline.rig import RULES, SANNE, YOUSSEF, Rig

Reader = Callable[[Path], PeopleFile]
NIGHT = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
AT = time(3, 0)


@pytest.fixture
def night(rig: Rig) -> Rig:
    """It is half past three, somebody is registered, and the operator has a channel."""
    rig.begin(SANNE)
    rig.clock.advance(NIGHT - rig.clock.now())
    return rig


def is_due(rig: Rig) -> bool:
    return is_import_due(rig.acting, AT, rig.clock.now())


def try_import(rig: Rig, pattern: Path, read: Reader) -> None:
    import_nightly(rig.acting, RULES, pattern, read, day=rig.clock.now().date())


def people(*registrations: Registration) -> PeopleFile:
    return PeopleFile(registrations=registrations)


def refused_for(fault: str) -> Reader:
    def read(_: Path) -> PeopleFile:
        raise ConfigError([Problem("row 2, surname", fault)])

    return read


def mailed(rig: Rig) -> list[str]:
    """Send what waits, and return what the operator was told with it."""
    waiting = (schema.delivery.c.kind == "notice", schema.delivery.c.sealed_at.is_(None))
    with rig.db.write("test") as tx:
        notices = list(tx.execute(select(schema.delivery.c.notice).where(*waiting)).scalars())
        tx.execute(update(schema.delivery).where(*waiting).values(sealed_at=rig.clock.now()))
    return [str(notice["problems"]) for notice in notices if notice["code"] == "import_refused"]


def registered(rig: Rig) -> list[str]:
    with rig.db.read() as tx:
        return [person.registration.external_id for person in load_people(tx)]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A pattern that one file fits."""
    (tmp_path / "export-1.csv").write_text("")
    return tmp_path / "export-*.csv"


def test_the_nightly_import_is_due_once_a_night(night: Rig, export: Path) -> None:
    before = is_due(night)

    try_import(night, export, lambda _: people(SANNE, YOUSSEF))
    night.clock.advance(timedelta(hours=2))

    assert (before, is_due(night), registered(night)) == (True, False, ["p1", "p2"])


def test_a_refused_nightly_import_changes_nothing_and_is_mailed_to_the_operator(night: Rig, tmp_path: Path) -> None:
    try_import(night, tmp_path / "export-*.csv", lambda _: people())

    with night.db.read() as tx:
        refused = memory.recall(tx, memory.IMPORT_REFUSED)
    assert (registered(night), mailed(night)) == (["p1"], [refused])
    assert "no file fits" in refused


def test_a_good_import_clears_the_refusal(night: Rig, tmp_path: Path) -> None:
    try_import(night, tmp_path / "export-*.csv", lambda _: people())

    import_people(night.acting, Import(registrations=(SANNE,)), RULES)

    with night.db.read() as tx:
        assert memory.recall(tx, memory.IMPORT_REFUSED) == ""


def test_a_missing_file_is_looked_for_again_an_hour_later(night: Rig, tmp_path: Path) -> None:
    try_import(night, tmp_path / "export-*.csv", lambda _: people(SANNE))
    at_once = is_due(night)

    night.clock.advance(timedelta(hours=1))

    assert (at_once, is_due(night)) == (False, True)


def test_a_file_that_arrives_late_is_taken_the_same_night(night: Rig, tmp_path: Path) -> None:
    try_import(night, tmp_path / "export-*.csv", lambda _: people())
    night.clock.advance(timedelta(hours=1))
    (tmp_path / "export-1.csv").write_text("")

    try_import(night, tmp_path / "export-*.csv", lambda _: people(SANNE, YOUSSEF))

    assert (registered(night), is_due(night)) == (["p1", "p2"], False)


def test_a_refused_file_is_not_tried_again_once_somebody_imported_by_hand(night: Rig, export: Path) -> None:
    try_import(night, export, refused_for("is empty"))
    import_people(night.acting, Import(registrations=(SANNE, YOUSSEF)), RULES)

    night.clock.advance(timedelta(hours=3))
    that_day = is_due(night)
    night.clock.advance(timedelta(hours=21))

    assert (that_day, is_due(night)) == (False, True)


def test_a_clock_that_went_back_does_not_stop_the_next_try(night: Rig, tmp_path: Path) -> None:
    night.clock.advance(timedelta(days=30))
    try_import(night, tmp_path / "export-*.csv", lambda _: people())

    night.clock.advance(timedelta(days=-30))

    assert is_due(night)


def test_the_operator_is_told_once_a_day_for_each_reason(night: Rig, export: Path) -> None:
    told = []
    for fault in ("is empty", "is one letter", "is empty"):
        try_import(night, export, refused_for(fault))
        told.append(mailed(night))
        night.clock.advance(timedelta(hours=1))

    assert told == [["row 2, surname: is empty"], ["row 2, surname: is one letter"], []]


def test_the_operator_is_told_again_of_the_same_reason_the_next_day(night: Rig, export: Path) -> None:
    try_import(night, export, refused_for("is empty"))
    first = mailed(night)
    night.clock.advance(timedelta(days=1))

    try_import(night, export, refused_for("is empty"))

    assert first == mailed(night) == ["row 2, surname: is empty"]


def test_registered_addresses_are_known_by_person_also_of_those_who_retired(rig: Rig) -> None:
    rig.begin(SANNE, replace(YOUSSEF, email="youssef@elsewhere.test"))
    retire(rig.acting, "p2", RULES)

    assert known_addresses(rig.acting) == {"p1": SANNE.email, "p2": "youssef@elsewhere.test"}
