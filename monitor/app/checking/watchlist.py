"""Checks of the watchlist: who is not searched, who cannot be told, and the nightly import. Ids only."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.actions.nightly import newest
from monitor.app.checking.finding import Finding, fault, ok, some, warn
from monitor.app.checking.subject import Subject
from monitor.core.model import Person, Role
from monitor.ports import ConfigError
from monitor.storage import memory
from monitor.storage.channels import load_channels
from monitor.storage.people import load_people


def check_people(subject: Subject) -> Iterator[Finding]:
    """Look who is not searched, and whom nobody could tell."""
    app = subject.app
    with subject.rows() as tx:
        if tx is None:
            return
        people = load_people(tx)
        channels = load_channels(tx, role=Role.PERSON)
    if not people:
        yield warn("people", "nobody is registered, so nobody is searched", "`naamwacht people import FILE`")
        return
    today = app.clock.now().astimezone(app.config.timezone).date()
    searched = [person for person in people if person.registration.is_searched_on(today)]
    yield ok("people", f"{len(people)} registered, {len(searched)} searched today")
    waiting = [person for person in people if person.registration.informed_on is None]
    if waiting:
        remedy = "tell them, fill in informed_on and import again"
        yield warn("people", f"{len(waiting)} not searched, as informed_on is empty: {_ids(waiting)}", remedy)
    reached = {channel.person_id for channel in channels if channel.confirmed_at is not None}
    asked = {channel.person_id for channel in channels} - reached
    unconfirmed = [person for person in searched if person.id in asked]
    if unconfirmed:
        remedy = "`naamwacht channels confirm CODE` with the code from their mail; `channels codes` sends new ones"
        yield warn("people", f"{len(unconfirmed)} not told yet, as they have not confirmed: {_ids(unconfirmed)}", remedy)
    unreachable = [person for person in searched if person.id not in reached | asked]
    if unreachable:
        remedy = "give them an e-mail address, or name a notifier under people.notifiers"
        yield warn("people", f"{len(unreachable)} cannot be told, as they have no channel: {_ids(unreachable)}", remedy)


def _ids(people: list[Person]) -> str:
    return some([person.registration.external_id for person in people])


def check_import(subject: Subject) -> Iterator[Finding]:
    """Look whether the nightly import finds its file, and whether the last one was refused."""
    pattern = subject.app.config.people.import_from
    if pattern is None:
        return
    try:
        file = newest(pattern)
    except ConfigError as error:
        yield from (fault(problem.path, problem.fault, problem.remedy) for problem in error.problems)
    else:
        yield ok("people.import_from", f"the newest file is {file.name}")
    with subject.rows() as tx:
        refused = "" if tx is None else memory.recall(tx, memory.IMPORT_REFUSED)
    if refused:
        first, *more = refused.splitlines()
        words = f"the last import was refused, and nothing was changed: {first}" + (f" and {len(more)} more" if more else "")
        yield fault("people.import_from", words, "`naamwacht people import FILE --dry-run` names every fault")
