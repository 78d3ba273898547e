"""Importing, retiring and restoring people: all or nothing, each with its audit record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from monitor.actions.people import Import, import_people, preview_import, restore, retire, switch_spellings
from monitor.core.model import Name, Registration
from monitor.ports import ConfigError
from monitor.storage import schema
from monitor.storage.audit import chain_state, holds, load_audit
from monitor.storage.people import load_people
from tests.pipeline.rig import RULES, SANNE, YOUSSEF, Rig


def many(count: int) -> tuple[Registration, ...]:
    return tuple(replace(SANNE, external_id=f"p{number}", email=f"p{number}@example.org") for number in range(count))


def registered(rig: Rig) -> list[str]:
    with rig.db.read() as tx:
        return [person.registration.external_id for person in load_people(tx)]


def test_an_import_makes_the_file_the_watchlist(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=(SANNE,)), RULES)

    difference = import_people(rig.acting, Import(registrations=(YOUSSEF,)), RULES)

    assert (registered(rig), [each.external_id for each in difference.gone]) == (["p2"], ["p1"])


def test_a_dry_run_changes_nothing(rig: Rig) -> None:
    difference = preview_import(rig.acting, Import(registrations=(SANNE,)))

    assert (len(difference.added), registered(rig), rig.count("audit")) == (1, [], 0)


def test_too_many_people_gone_is_refused_and_changes_nothing(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=many(20)), RULES)

    with pytest.raises(ConfigError, match="confirm-gone 6"):
        import_people(rig.acting, Import(registrations=many(14)), RULES)

    assert len(registered(rig)) == 20


def test_too_many_people_gone_is_taken_with_the_exact_number(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=many(20)), RULES)

    import_people(rig.acting, Import(registrations=many(14), confirmed_gone=6), RULES)

    assert len(registered(rig)) == 14


@pytest.mark.parametrize("confirmed", [4, 6])
def test_a_number_of_people_gone_that_does_not_fit_is_refused_below_the_limit_too(rig: Rig, confirmed: int) -> None:
    import_people(rig.acting, Import(registrations=many(20)), RULES)

    with pytest.raises(ConfigError, match="give --confirm-gone 5"):
        import_people(rig.acting, Import(registrations=many(15), confirmed_gone=confirmed), RULES)

    assert len(registered(rig)) == 20


def test_a_number_of_people_gone_that_fits_is_taken_below_the_limit_too(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=many(20)), RULES)

    import_people(rig.acting, Import(registrations=many(15), confirmed_gone=5), RULES)

    assert len(registered(rig)) == 15


def test_somebody_who_is_back_in_the_file_is_the_same_person(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=(SANNE, YOUSSEF)), RULES)
    import_people(rig.acting, Import(registrations=(YOUSSEF,)), RULES)

    import_people(rig.acting, Import(registrations=(SANNE, YOUSSEF)), RULES)

    assert rig.count("person") == 2


def test_a_retired_person_can_be_brought_back_for_thirty_days(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=(SANNE,)), RULES)
    retire(rig.acting, "p1", RULES)
    rig.clock.advance(timedelta(days=30))

    restore(rig.acting, "p1", RULES)

    assert registered(rig) == ["p1"]


def test_after_thirty_days_a_retired_person_is_not_brought_back(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=(SANNE,)), RULES)
    retire(rig.acting, "p1", RULES)
    rig.clock.advance(timedelta(days=31))

    with pytest.raises(ConfigError, match="nobody has it"):
        restore(rig.acting, "p1", RULES)


def test_every_action_is_in_the_chain_and_a_reason_beside_it(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=(SANNE,)), RULES)
    retire(rig.acting, "p1", RULES, reason="left the organisation")

    with rig.db.read() as tx:
        actions = [record.action for record in load_audit(tx)]
        reason = tx.execute(select(schema.audit_reason.c.reason)).scalar_one()
        broken = chain_state(tx).broken_at

    assert (actions, reason, broken) == (["people.import", "people.retire"], "left the organisation", None)


def test_a_changed_audit_record_is_found(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=(SANNE,)), RULES)
    retire(rig.acting, "p1", RULES)
    with rig.db.write("test") as tx:
        tx.execute(schema.audit.update().where(schema.audit.c.id == 1).values(actor="somebody else"))

    with rig.db.read() as tx:
        assert chain_state(tx).broken_at == 0


def test_a_chain_whose_end_was_cut_off_fits_and_is_told_from_an_earlier_state(rig: Rig) -> None:
    import_people(rig.acting, Import(registrations=(SANNE,)), RULES)
    retire(rig.acting, "p1", RULES)
    with rig.db.read() as tx:
        earlier = chain_state(tx)
        was_held = holds(tx, earlier.records, earlier.last)
    with rig.db.write("test") as tx:
        tx.execute(schema.audit.delete().where(schema.audit.c.id == 2))

    with rig.db.read() as tx:
        found = chain_state(tx)
        is_held = holds(tx, earlier.records, earlier.last)

    assert (found.records, found.broken_at, was_held, is_held) == (1, None, True, False)


def test_nobody_is_searched_before_they_were_informed(rig: Rig) -> None:
    told_tomorrow = replace(SANNE, informed_on=date(2026, 11, 25))
    rig.begin(told_tomorrow, replace(YOUSSEF, informed_on=None))
    today = dict(rig.watchlist.people) if rig.watchlist else {}
    rig.clock.advance(timedelta(days=1))

    rig.refresh()

    assert rig.watchlist is not None
    assert (len(today), [person.registration.external_id for person in rig.watchlist.people.values()]) == (0, ["p1"])


def test_nobody_is_searched_after_they_left(rig: Rig) -> None:
    rig.begin(replace(SANNE, ends_on=date(2026, 11, 23)))

    assert rig.watchlist is not None
    assert dict(rig.watchlist.people) == {}


def test_a_spelling_that_stays_the_same_keeps_its_number(rig: Rig) -> None:
    rig.begin(SANNE)
    before = rig.watchlist.number if rig.watchlist else 0

    rig.register(replace(SANNE, team="Noord"))

    assert rig.watchlist is not None
    assert rig.watchlist.number == before


def test_a_new_spelling_gets_a_new_number(rig: Rig) -> None:
    rig.begin(SANNE)
    before = rig.watchlist.number if rig.watchlist else 0

    rig.register(replace(SANNE, name=Name(surname="Bakker", given_names=("Sanne",))))

    assert rig.watchlist is not None
    assert rig.watchlist.number == before + 1


OFF = "Sanne Molen"


def switched_off(rig: Rig) -> tuple[str, ...]:
    with rig.db.read() as tx:
        return load_people(tx)[0].name.switched_off


def test_a_spelling_is_switched_off_and_on_again(rig: Rig) -> None:
    rig.begin(SANNE)

    off = switch_spellings(rig.acting, "p1", off=["sanne  MOLEN"])
    stored = switched_off(rig)
    on = switch_spellings(rig.acting, "p1", on=["Sanne Molen"])

    assert (off.name.switched_off, stored, on.name.switched_off, switched_off(rig)) == ((OFF,), (OFF,), (), ())


def test_switching_is_in_the_chain_without_a_name(rig: Rig) -> None:
    rig.begin(SANNE)

    switch_spellings(rig.acting, "p1", off=[OFF], reason="another Sanne Molen")

    with rig.db.read() as tx:
        record = [*load_audit(tx)][-1]
        reason = tx.execute(select(schema.audit_reason.c.reason)).scalar_one()
    assert (record.action, record.subject, reason) == ("people.switch", "person 1 off 1 on 0", "another Sanne Molen")


def test_switching_off_finds_nothing_new_in_old_text_and_switching_on_may(rig: Rig) -> None:
    rig.begin(SANNE)
    before = rig.watchlist.number if rig.watchlist else 0

    switch_spellings(rig.acting, "p1", off=[OFF])
    rig.refresh()
    after_off = rig.watchlist.number if rig.watchlist else 0
    switch_spellings(rig.acting, "p1", on=[OFF])
    rig.refresh()
    after_on = rig.watchlist.number if rig.watchlist else 0

    assert (after_off - before, after_on - before) == (0, 1)


@pytest.mark.parametrize("texts", [["Sanne Bakker"], [""], ["\ud800"]])
def test_what_is_no_spelling_is_not_switched_and_not_repeated(rig: Rig, texts: list[str]) -> None:
    rig.begin(SANNE)

    with pytest.raises(ConfigError, match="spelling 1: is no spelling of this name") as refused:
        switch_spellings(rig.acting, "p1", off=texts)

    assert ("Bakker" in str(refused.value), switched_off(rig)) == (False, ())


def test_the_last_spelling_is_not_switched_off(rig: Rig) -> None:
    rig.begin(replace(SANNE, name=Name(surname="Molen", aliases=("Sanne uit Rotterdam",))))

    with pytest.raises(ConfigError, match="none would be left on"):
        switch_spellings(rig.acting, "p1", off=["Sanne uit Rotterdam"])


@pytest.mark.parametrize(("says", "expected"), [(False, (OFF,)), (True, ())], ids=["a silent file", "a file that tells"])
def test_what_was_switched_off_stays_so_unless_a_file_tells_otherwise(
    rig: Rig,
    says: bool,  # noqa: FBT001 - a parameter of the table
    expected: tuple[str, ...],
) -> None:
    rig.begin(SANNE)
    switch_spellings(rig.acting, "p1", off=[OFF])

    difference = import_people(rig.acting, Import(registrations=(SANNE,), says_switched_off=says), RULES)

    assert (switched_off(rig), difference.is_empty) == (expected, not says)


def test_who_comes_back_keeps_what_was_switched_off(rig: Rig) -> None:
    rig.begin(SANNE, YOUSSEF)
    switch_spellings(rig.acting, "p1", off=[OFF])
    import_people(rig.acting, Import(registrations=(YOUSSEF,)), RULES)

    import_people(rig.acting, Import(registrations=(SANNE, YOUSSEF)), RULES)

    assert switched_off(rig) == (OFF,)
