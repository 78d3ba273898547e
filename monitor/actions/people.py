"""People: import a people file, retire somebody, bring somebody back, switch a spelling of a name off and on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from monitor.actions.acting import Acting
from monitor.actions.channels import ChannelRules, sync_channels_in
from monitor.core.model import Name, Person, Registration
from monitor.core.names import variants
from monitor.core.registrations import PeopleDiff, PeopleFile, diff, is_too_many_gone
from monitor.core.text import folded
from monitor.ports import ConfigError, Problem
from monitor.storage import memory, people

BACK_WITHIN = timedelta(days=30)
"""So long a retired Person can be brought back."""

NO_SPELLING = "is no spelling of this name"
SPELLINGS = "`naamwacht names` lists the spellings of a name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One people file. `confirmed_gone`: how many people may leave with it, where that is more than usual.

    `says_switched_off`: it tells which spellings are switched off; one that does not leaves them as they are.
    """

    registrations: tuple[Registration, ...]
    confirmed_gone: int | None = None
    says_switched_off: bool = False

    @classmethod
    def of(cls, file: PeopleFile, *, confirmed_gone: int | None = None) -> Import:
        """Return the import of a file that was read."""
        return cls(registrations=file.registrations, confirmed_gone=confirmed_gone, says_switched_off=file.says_switched_off)


def preview_import(acting: Acting, file: Import) -> PeopleDiff:
    """Return what an import would change; raises `ConfigError` where it would be refused."""
    with acting.db.read() as tx:
        return _difference(people.load_people(tx, with_retired=True), file)


def import_people(acting: Acting, file: Import, rules: ChannelRules) -> PeopleDiff:
    """Make the file the watchlist, all or nothing. Who is missing in it is retired; who retired and is back is restored."""
    with acting.db.write("import") as tx:
        everybody = people.load_people(tx, with_retired=True)
        difference = _difference(everybody, file)
        _apply(tx, acting, difference, everybody)
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


def _difference(everybody: Iterable[Person], file: Import) -> PeopleDiff:
    registered = {person.registration.external_id: person for person in everybody}
    known = {external_id: person.registration for external_id, person in registered.items() if person.retired_at is None}
    difference = diff(known, file.registrations if file.says_switched_off else _still_switched_off(file, registered))
    gone, confirmed = len(difference.gone), file.confirmed_gone
    if gone and confirmed is not None and confirmed != gone:
        # Also where so few may leave unasked: whoever counted, counted other people. With nobody gone it is done already.
        fault = f"{gone} of {len(known)} people would be gone, and {confirmed} were confirmed"
        raise ConfigError([Problem("people", fault, f"if that is right, give --confirm-gone {gone}")])
    if is_too_many_gone(difference, len(known), confirmed):
        fault = f"{gone} of {len(known)} people would be gone, more than the larger of 5 people and 2 %"
        raise ConfigError([Problem("people", fault, f"if that is right, give --confirm-gone {gone}")])
    return difference


def _still_switched_off(file: Import, registered: Mapping[str, Person]) -> Iterable[Registration]:
    """Return the people of a file that says nothing of it, with what is switched off of their names now."""
    for registration in file.registrations:
        person = registered.get(registration.external_id)
        off = person.name.switched_off if person else ()
        yield replace(registration, name=replace(registration.name, switched_off=off)) if off else registration


def _apply(tx: Connection, acting: Acting, difference: PeopleDiff, everybody: Iterable[Person]) -> None:
    now = acting.clock.now()
    ids = {person.registration.external_id: person.id for person in everybody}
    retired = {person.registration.external_id: person.id for person in everybody if person.retired_at}
    for registration in difference.added:
        back = retired.get(registration.external_id)
        if back is None:
            people.save_person(tx, registration, now=now)
        else:
            people.restore_person(tx, back, registration)
    for change in difference.changed:
        is_respelled = _is_respelled(change.before.name, change.after.name)
        people.change_person(tx, ids[change.external_id], change.after, is_respelled=is_respelled)
    for registration in difference.gone:
        people.retire_person(tx, ids[registration.external_id], now=now)


def _is_respelled(before: Name, after: Name) -> bool:
    """Tell whether *after* may be found where *before* was not. Fewer spellings find nothing new in old text."""
    is_switched_on = not set(before.switched_off) <= set(after.switched_off)
    return is_switched_on or replace(before, switched_off=after.switched_off) != after


def switch_spellings(
    acting: Acting, external_id: str, *, off: Sequence[str] = (), on: Sequence[str] = (), reason: str = ""
) -> Person:
    """Let spellings of somebody's name not be recognised any more, or again; returns the Person as they are then.

    Raises `ConfigError` where nobody has that id, a text is no spelling of that name, or none would be left.
    """
    with acting.db.write("act") as tx:
        person = _one(people.load_people(tx), external_id)
        name = switched(person.name, off=off, on=on)
        registration = replace(person.registration, name=name)
        if name != person.name:
            people.change_person(tx, person.id, registration, is_respelled=_is_respelled(person.name, name))
            memory.raise_number(tx, memory.PEOPLE_REVISION)
        acting.audit(tx, "people.switch", f"person {person.id} off {len(off)} on {len(on)}", reason=reason)
    return replace(person, registration=registration)


def switched(name: Name, *, off: Sequence[str] = (), on: Sequence[str] = ()) -> Name:
    """Return *name* with spellings switched off and on; raises `ConfigError` as `switch_spellings` does. Texts compare folded."""
    spelled = {folded(variant.text): variant.text for variant in variants(name)}
    problems = [Problem(f"spelling {number}", NO_SPELLING, SPELLINGS) for number in _unknown((*off, *on), spelled)]
    if problems:
        raise ConfigError(problems)
    kept = [text for text in name.switched_off if folded(text) not in {*map(folded, on)}]
    wanted = {folded(text): text for text in (*kept, *(spelled[folded(text)] for text in off))}
    changed = replace(name, switched_off=tuple(wanted.values()))
    if off and not any(variant.is_on for variant in variants(changed)):
        raise ConfigError([Problem("spellings", "none would be left on", "leave one on, or retire the person")])
    return changed


def _unknown(texts: Sequence[str], spelled: Mapping[str, str]) -> list[int]:
    """Return which of *texts*, counted from 1, are no spelling: a text may be somebody's name, and is not repeated."""
    return [number for number, text in enumerate(texts, start=1) if folded(text) not in spelled]


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
