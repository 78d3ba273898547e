"""`naamwacht people`: the watchlist."""

from __future__ import annotations

import csv
import io
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from monitor.actions.people import restore, retire
from monitor.app import App
from monitor.cli.asking import Terminal
from monitor.cli.importing import import_file
from monitor.cli.opening import (
    add_config,
    add_json,
    add_listing,
    add_reveal,
    at_least_one,
    opened,
    reason,
    reveal,
    who,
)
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, NotFound, add_action
from monitor.core.model import Person, Registration
from monitor.core.names import display_name
from monitor.core.registrations import to_rows
from monitor.ports import ConfigError
from monitor.storage.people import load_people

FEW = 20
"""So many ids are named in an audit record; of more only the count."""

COLUMNS = (
    "Columns, with these English or Dutch headings: external_id, name, given_names, call_name, initials, prefix, surname, "
    "partner_prefix, partner_surname, name_usage (own|partner|own_partner|partner_own, or E|P|N|V), email, phone, handles, "
    "aliases, switched_off, context, not_context, team, deputy, language, starts_on, ends_on, ground, informed_on. external_id "
    "and surname are needed. Where the whole name stands in one column, as `name`, it is taken apart and shown, to be confirmed. "
    "Nobody is searched before informed_on is filled. Exit code 2: the file was refused, and nothing was changed."
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add one parser for each thing that can be done."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="import|list|show|export|retire|restore")
    importing = add_action(actions, "import", "make a CSV or XLSX file the watchlist, all or nothing", epilog=COLUMNS)
    add_config(importing)
    importing.add_argument("file", type=Path, help="the people file; who is missing in it leaves the watchlist")
    importing.add_argument("--dry-run", action="store_true", help="only say what would change")
    importing.add_argument("--yes", action="store_true", help="take the names that stand in one column as they are understood")
    importing.add_argument("--confirm-gone", type=at_least_one, metavar="N", help="yes, these N people really left")
    importing.add_argument("--allow-address", action="store_true", help="take addresses outside organisation.domains")
    add_json(importing)
    add_listing(add_action(actions, "list", "list the people, also those who retired"), reveals="names and addresses")
    show = add_action(actions, "show", "show one person", epilog="Exit code 1: nobody has that id.")
    show.add_argument("external_id", help="the id of the people file")
    add_config(show)
    add_json(show)
    add_reveal(show, "show the name and all that is registered; the reason goes into the audit log")
    export = add_action(actions, "export", "print the people file (CSV, UTF-8) on stdout, as `people import` takes it")
    add_config(export)
    add_reveal(export, "an export shows names: the reason goes into the audit log", is_required=True)
    for name, text in (
        ("retire", "stop looking for somebody, at once"),
        ("restore", "bring somebody back who retired within 30 days"),
    ):
        action = add_action(actions, name, text, epilog="Exit code 1: nobody has that id.")
        add_config(action)
        action.add_argument("external_id", help="the id of the people file")
        action.add_argument("--reason", type=reason, help="goes into the audit log")


def run(arguments: Namespace, out: Output) -> int:
    """Do what was asked."""
    if arguments.action == "import":
        return import_file(arguments, out, Terminal() if sys.stdin.isatty() and not out.as_json else None)
    with opened(arguments) as app:
        match arguments.action:
            case "export":
                return _export(app, arguments, out)
            case "retire" | "restore":
                return _retire_or_restore(app, arguments, out)
            case "show":
                return _show(app, arguments, out)
            case _:
                return _list(app, arguments, out)


# ------------------------------------------------------------------------------------------------ lists and changes


def _list(app: App, arguments: Namespace, out: Output) -> int:
    with app.db.read() as tx:
        people = load_people(tx, with_retired=True)
    shown = people[: arguments.limit]
    ids = " ".join(str(person.id) for person in shown) if len(shown) <= FEW else str(len(shown))
    is_revealed = reveal(app, arguments, f"people {ids}")
    today = _today(app)
    out.table(
        (_row(person, today, is_revealed=is_revealed) for person in people[: arguments.limit + 1]),
        empty="Nobody yet: `naamwacht people import FILE` registers people.",
        limit=arguments.limit,
    )
    return OK


def _show(app: App, arguments: Namespace, out: Output) -> int:
    with app.db.read() as tx:
        found = [p for p in load_people(tx, with_retired=True) if p.registration.external_id == arguments.external_id]
    if not found:
        raise NotFound("nobody has that id (`naamwacht people list` lists the ids)")
    person = found[-1]
    is_revealed = reveal(app, arguments, f"person {person.id}")
    row = _row(person, _today(app), is_revealed=is_revealed)
    out.card({**row, **(_registered(person.registration) if is_revealed else {})})
    return OK


def _today(app: App) -> date:
    return app.clock.now().astimezone(app.config.timezone).date()


def _row(person: Person, today: date, *, is_revealed: bool) -> dict[str, Cell]:
    registration = person.registration
    row: dict[str, Cell] = {
        "id": person.id,
        "external_id": registration.external_id,
        "searched": person.retired_at is None and registration.is_searched_on(today),
        "informed_on": registration.informed_on,
        "starts_on": registration.starts_on,
        "ends_on": registration.ends_on,
        "team": registration.team,
        "retired": person.retired_at,
    }
    return {**row, "name": display_name(person.name), "email": registration.email} if is_revealed else row


def _registered(registration: Registration) -> dict[str, Cell]:
    """Return all that is registered, by column, but for what every row shows."""
    headings, cells = to_rows([registration])
    return {heading: cell for heading, cell in zip(headings, cells, strict=True) if cell}


def _retire_or_restore(app: App, arguments: Namespace, out: Output) -> int:
    is_restoring = arguments.action == "restore"
    change = restore if is_restoring else retire
    try:
        person_id = change(app.acting(who()), arguments.external_id, app.channel_rules, reason=arguments.reason or "")
    except ConfigError as error:
        hint = "nobody who retired within 30 days has that id" if is_restoring else "nobody on the watchlist has that id"
        raise NotFound(f"{hint} (`naamwacht people list` lists the ids)") from error
    if is_restoring:
        out.line(f"Person {person_id} is back on the watchlist.")
    else:
        out.line(f"Person {person_id} is not looked for any more. Within 30 days `people restore` brings them back.")
    return OK


def _export(app: App, arguments: Namespace, out: Output) -> int:
    with app.db.read() as tx:
        people = load_people(tx)
    reveal(app, arguments, f"people export {len(people)}")
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(to_rows([person.registration for person in people]))
    out.bytes(written.getvalue().encode())
    return OK
