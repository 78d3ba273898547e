"""`naamwacht people`: the watchlist."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from monitor.actions.people import Import, import_people, preview_import, restore, retire
from monitor.app import App
from monitor.cli.opening import add_config, add_listing, opened, reveal
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, WRONG
from monitor.core.model import Person
from monitor.core.names import display_name
from monitor.core.registrations import PeopleDiff, to_rows
from monitor.fetch.people_file import read_people_file
from monitor.storage.people import load_people


def add_arguments(parser: ArgumentParser) -> None:
    """Add one parser for each thing that can be done."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="import|list|show|export|retire|restore")
    importing = actions.add_parser("import", help="make a CSV or XLSX file the watchlist, all or nothing")
    add_config(importing)
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="only say what would change")
    importing.add_argument("--confirm-gone", type=int, metavar="N", help="yes, these N people really left")
    importing.add_argument("--allow-address", action="store_true", help="take addresses outside organisation.domains")
    importing.add_argument("--json", action="store_true", help="print JSON")
    add_listing(actions.add_parser("list", help="list the people"), reveals="names")
    show = actions.add_parser("show", help="show one person")
    show.add_argument("external_id")
    add_listing(show, reveals="the name and what is registered")
    export = actions.add_parser("export", help="print the people file (CSV)")
    add_config(export)
    export.add_argument(
        "--reveal", required=True, metavar="REASON", help="an export shows names: the reason goes into the audit log"
    )
    for name, text in (
        ("retire", "stop looking for somebody, at once"),
        ("restore", "bring somebody back who retired within 30 days"),
    ):
        action = actions.add_parser(name, help=text)
        add_config(action)
        action.add_argument("external_id")
        action.add_argument("--reason", default="", help="goes into the audit log")


def run(arguments: Namespace, out: Output) -> int:
    """Do what was asked."""
    with opened(arguments) as app:
        match arguments.action:
            case "import":
                return _import(app, arguments, out)
            case "export":
                return _export(app, arguments)
            case "retire":
                person_id = retire(app.acting("console"), arguments.external_id, app.channel_rules, reason=arguments.reason)
                out.line(f"Person {person_id} is not looked for any more. Within 30 days `people restore` brings them back.")
                return OK
            case "restore":
                person_id = restore(app.acting("console"), arguments.external_id, app.channel_rules, reason=arguments.reason)
                out.line(f"Person {person_id} is back.")
                return OK
            case _:
                return _list(app, arguments, out)


def _import(app: App, arguments: Namespace, out: Output) -> int:
    organisation = app.config.organisation
    registrations = read_people_file(
        arguments.file,
        app.children,
        domains=organisation.domains,
        is_any_address_allowed=arguments.allow_address,
        language=app.config.language,
    )
    file = Import(registrations=registrations, confirmed_gone=arguments.confirm_gone)
    acting = app.acting("console")
    difference = preview_import(acting, file) if arguments.dry_run else import_people(acting, file, app.channel_rules)
    _print_difference(difference, out, is_dry_run=arguments.dry_run)
    return OK


def _print_difference(difference: PeopleDiff, out: Output, *, is_dry_run: bool) -> None:
    changed = [
        {"external_id": change.external_id, "columns": [str(column) for column in change.columns]}
        for change in difference.changed
    ]
    if out.as_json:
        added = [registration.external_id for registration in difference.added]
        gone = [registration.external_id for registration in difference.gone]
        unchanged = len(difference.unchanged)
        out.json({"dry_run": is_dry_run, "added": added, "changed": changed, "gone": gone, "unchanged": unchanged})
        return
    for registration in difference.added:
        out.line(f"+ {registration.external_id}")
    for change in difference.changed:
        out.line(f"~ {change.external_id}: {', '.join(change.columns)}")
    for registration in difference.gone:
        out.line(f"- {registration.external_id}")
    counts = (
        f"{len(difference.added)} added, {len(difference.changed)} changed, {len(difference.gone)} gone, "
        f"{len(difference.unchanged)} unchanged"
    )
    out.line(f"{counts}. Nothing was written (dry run)." if is_dry_run else f"{counts}.")
    waiting = sum(registration.informed_on is None for registration in (*difference.added, *difference.unchanged))
    if waiting:
        out.line(f"{waiting} of them are not searched yet: informed_on is empty.")


def _list(app: App, arguments: Namespace, out: Output) -> int:
    with app.db.read() as tx:
        people = load_people(tx, with_retired=True)
    if arguments.action == "show":
        people = tuple(person for person in people if person.registration.external_id == arguments.external_id)
    shown = people[: arguments.limit]
    is_revealed = reveal(
        app, arguments, f"people {' '.join(str(person.id) for person in shown) if len(shown) < 20 else len(shown)}"
    )
    out.table((_row(person, is_revealed=is_revealed) for person in shown), empty="Nobody.")
    return OK if people or arguments.action == "list" else WRONG


def _row(person: Person, *, is_revealed: bool) -> dict[str, Cell]:
    registration = person.registration
    row: dict[str, Cell] = {
        "id": person.id,
        "external_id": registration.external_id,
        "searched": person.number > 0,
        "informed_on": registration.informed_on,
        "starts_on": registration.starts_on,
        "ends_on": registration.ends_on,
        "team": registration.team,
        "retired": person.retired_at,
    }
    if is_revealed:
        row |= {"name": display_name(person.name), "email": registration.email, "context": registration.context}
    return row


def _export(app: App, arguments: Namespace) -> int:
    with app.db.read() as tx:
        people = load_people(tx)
    reveal(app, arguments, f"people export {len(people)}")
    _write_csv(to_rows([person.registration for person in people]))
    return OK


def _write_csv(rows: Iterable[Iterable[str]]) -> None:
    csv.writer(sys.stdout, lineterminator="\r\n").writerows(rows)
