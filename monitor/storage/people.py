"""Persons: their rows, and the number under which each one's present spelling was first matched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from monitor.core.model import Name, NameUsage, Person, Registration
from monitor.storage import memory
from monitor.storage.schema import person


def _columns(registration: Registration) -> dict[str, Any]:  # Any: column values of many types, for SQLAlchemy only
    name = registration.name
    return {
        "external_id": registration.external_id,
        "surname": name.surname,
        "given_names": list(name.given_names),
        "call_name": name.call_name,
        "initials": name.initials,
        "prefix": name.prefix,
        "partner_prefix": name.partner_prefix,
        "partner_surname": name.partner_surname,
        "name_usage": name.usage.value,
        "aliases": list(name.aliases),
        "handles": list(name.handles),
        "switched_off": list(name.switched_off),
        "email": registration.email,
        "phone": registration.phone,
        "context": list(registration.context),
        "not_context": list(registration.not_context),
        "team": registration.team,
        "deputy": registration.deputy,
        "language": registration.language,
        "starts_on": registration.starts_on,
        "ends_on": registration.ends_on,
        "ground": registration.ground,
        "informed_on": registration.informed_on,
    }


def person_of(row: Row[Any]) -> Person:  # Any: a row of the person table
    """Return the Person that a row of the table holds."""
    name = Name(
        surname=row.surname,
        given_names=tuple(row.given_names),
        call_name=row.call_name,
        initials=row.initials,
        prefix=row.prefix,
        partner_prefix=row.partner_prefix,
        partner_surname=row.partner_surname,
        usage=NameUsage(row.name_usage),
        aliases=tuple(row.aliases),
        handles=tuple(row.handles),
        switched_off=tuple(row.switched_off),
    )
    registration = Registration(
        external_id=row.external_id,
        name=name,
        email=row.email,
        phone=row.phone,
        context=tuple(row.context),
        not_context=tuple(row.not_context),
        team=row.team,
        deputy=row.deputy,
        language=row.language,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        ground=row.ground,
        informed_on=row.informed_on,
    )
    return Person(id=row.id, registration=registration, number=row.number, retired_at=row.retired_at)


def load_people(tx: Connection, *, with_retired: bool = False) -> tuple[Person, ...]:
    """Return the registered people, by id."""
    query = select(person).order_by(person.c.id)
    if not with_retired:
        query = query.where(person.c.retired_at.is_(None))
    return tuple(person_of(row) for row in tx.execute(query))


def load_numbers(tx: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Return the number of each of *ids* that is still being looked for; who was withdrawn is missing."""
    query = select(person.c.id, person.c.number).where(
        person.c.id.in_(sorted(set(ids))), person.c.retired_at.is_(None), person.c.number > 0
    )
    return {row.id: row.number for row in tx.execute(query)}


def save_person(tx: Connection, registration: Registration, *, now: datetime) -> int:
    """Add a Person and return the id. They are matched from the next `activate` on."""
    row = tx.execute(insert(person).values(**_columns(registration), number=0, created_at=now).returning(person.c.id))
    return int(row.scalar_one())


def change_person(tx: Connection, person_id: int, registration: Registration, *, is_respelled: bool) -> None:
    """Replace what is registered; a new spelling meets old text, so it gets a new number at the next `activate`."""
    values = _columns(registration) | ({"number": 0} if is_respelled else {})
    tx.execute(update(person).where(person.c.id == person_id).values(values))


def retire_person(tx: Connection, person_id: int, *, now: datetime) -> None:
    """Stop looking for a Person; what is known stays until it is purged."""
    tx.execute(update(person).where(person.c.id == person_id).values(retired_at=now, number=0))


def restore_person(tx: Connection, person_id: int, registration: Registration) -> None:
    """Bring a retired Person back."""
    tx.execute(update(person).where(person.c.id == person_id).values(**_columns(registration), retired_at=None, number=0))


def purge_retired(tx: Connection, *, before: datetime, limit: int) -> int:
    """Delete up to *limit* people who retired before then, with all that is known of them. Returns how many."""
    ids = tx.execute(select(person.c.id).where(person.c.retired_at < before).limit(limit)).scalars().all()
    if ids:
        tx.execute(delete(person).where(person.c.id.in_(ids)))
    return len(ids)


def activate(tx: Connection, *, today: date, rules: int) -> tuple[int, Mapping[int, Person]]:
    """Give a number to everybody who is looked for from now on, and return `matched_with` and who that is, by id.

    The number rises with every added or respelled Person and with every release of the matching rules; somebody who may
    not be looked for today has the number 0.
    """
    people = load_people(tx)
    are_rules_new = memory.number(tx, memory.MATCHING_RULES) != rules
    beginning = [p.id for p in people if p.registration.is_searched_on(today) and (p.number == 0 or are_rules_new)]
    ended = [p.id for p in people if p.number and not p.registration.is_searched_on(today)]
    looked_for = {p.id: p for p in people if p.registration.is_searched_on(today)}
    if ended:
        tx.execute(update(person).where(person.c.id.in_(ended)).values(number=0))
    if are_rules_new:
        memory.remember(tx, memory.MATCHING_RULES, str(rules))
    if not beginning:
        return memory.number(tx, memory.MATCHED_WITH), looked_for
    number = memory.raise_number(tx, memory.MATCHED_WITH)
    tx.execute(update(person).where(person.c.id.in_(beginning)).values(number=number))
    return number, looked_for | {each: replace(looked_for[each], number=number) for each in beginning}
