"""People: import a people file, retire somebody, bring somebody back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from monitor.actions.acting import Acting
from monitor.actions.channels import ChannelRules, sync_channels_in
from monitor.core.model import Person, Registration
from monitor.core.registrations import PeopleDiff, diff, is_too_many_gone
from monitor.ports import ConfigError, Problem
from monitor.storage import memory, people

BACK_WITHIN = timedelta(days=30)
"""So long a retired Person can be brought back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One people file. `confirmed_gone`: how many people may leave with it, where that is more than usual."""

    registrations: tuple[Registration, ...]
    confirmed_gone: int | None = None


def preview_import(acting: Acting, file: Import) -> PeopleDiff:
    """Return what an import would change; raises `ConfigError` where it would be refused."""
    with acting.db.read() as tx:
        return _difference(people.load_people(tx), file)


def import_people(acting: Acting, file: Import, rules: ChannelRules) -> PeopleDiff:
    """Make the file the watchlist, all or nothing. Who is missing in it is retired; who retired and is back is restored."""
    with acting.db.write("import") as tx:
        registered = people.load_people(tx)
        difference = _difference(registered, file)
        ids = {person.registration.external_id: person.id for person in registered}
        _apply(tx, acting, difference, ids)
        memory.forget(tx, memory.IMPORT_REFUSED)
        if not difference.is_empty:
            memory.raise_number(tx, memory.PEOPLE_REVISION)
            sync_channels_in(tx, acting, rules)
        counts = f"added {len(difference.added)} changed {len(difference.changed)} gone {len(difference.gone)}"
        acting.audit(tx, "people.import", f"people {counts}")
    return difference


def known_addresses(acting: Acting) -> Mapping[str, str]:
    """Return the registered e-mail addresses by external_id: what was once taken is not refused of the same person later."""
    with acting.db.read() as tx:
        registered = people.load_people(tx, with_retired=True)
    return {person.registration.external_id: person.registration.email for person in registered if person.registration.email}


def _difference(registered: Iterable[Person], file: Import) -> PeopleDiff:
    known = {person.registration.external_id: person.registration for person in registered}
    difference = diff(known, file.registrations)
    gone, confirmed = len(difference.gone), file.confirmed_gone
    if gone and confirmed is not None and confirmed != gone:
        # Also where so few may leave unasked: whoever counted, counted other people. With nobody gone it is done already.
        fault = f"{gone} of {len(known)} people would be gone, and {confirmed} were confirmed"
        raise ConfigError([Problem("people", fault, f"if that is right, give --confirm-gone {gone}")])
    if is_too_many_gone(difference, len(known), confirmed):
        fault = f"{gone} of {len(known)} people would be gone, more than the larger of 5 people and 2 %"
        raise ConfigError([Problem("people", fault, f"if that is right, give --confirm-gone {gone}")])
    return difference


def _apply(tx: Connection, acting: Acting, difference: PeopleDiff, ids: Mapping[str, int]) -> None:
    now = acting.clock.now()
    everybody = people.load_people(tx, with_retired=True)
    retired = {person.registration.external_id: person.id for person in everybody if person.retired_at}
    for registration in difference.added:
        back = retired.get(registration.external_id)
        if back is None:
            people.save_person(tx, registration, now=now)
        else:
            people.restore_person(tx, back, registration)
    for change in difference.changed:
        is_respelled = change.before.name != change.after.name
        people.change_person(tx, ids[change.external_id], change.after, is_respelled=is_respelled)
    for registration in difference.gone:
        people.retire_person(tx, ids[registration.external_id], now=now)


def retire(acting: Acting, external_id: str, rules: ChannelRules, *, reason: str = "") -> int:
    """Stop looking for somebody at once; raises `ConfigError` where nobody has that id. Returns the Person's id."""
    with acting.db.write("act") as tx:
        person_id = _one(people.load_people(tx), external_id).id
        people.retire_person(tx, person_id, now=acting.clock.now())
        memory.raise_number(tx, memory.PEOPLE_REVISION)
        sync_channels_in(tx, acting, rules)
        acting.audit(tx, "people.retire", f"person {person_id}", reason=reason)
    return person_id


def restore(acting: Acting, external_id: str, rules: ChannelRules, *, reason: str = "") -> int:
    """Bring somebody back who retired less than 30 days ago; returns the Person's id."""
    now = acting.clock.now()
    with acting.db.write("act") as tx:
        retired = [p for p in people.load_people(tx, with_retired=True) if p.retired_at and now - p.retired_at <= BACK_WITHIN]
        person = _one(retired, external_id)
        people.restore_person(tx, person.id, person.registration)
        memory.raise_number(tx, memory.PEOPLE_REVISION)
        sync_channels_in(tx, acting, rules)
        acting.audit(tx, "people.restore", f"person {person.id}", reason=reason)
    return person.id


def _one(among: Iterable[Person], external_id: str) -> Person:
    for person in among:
        if person.registration.external_id == external_id:
            return person
    raise ConfigError([Problem("external_id", "nobody has it", "see `naamwacht people list`")])
