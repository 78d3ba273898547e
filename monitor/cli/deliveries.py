"""`naamwacht deliveries`: messages, and what to do about those that did not arrive."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from monitor.actions.deliveries import retry_deliveries
from monitor.cli.opening import add_config, add_listing, opened, reveal
from monitor.cli.output import Output
from monitor.cli.running import OK, WRONG
from monitor.core.model import DeliveryState
from monitor.core.references import reference
from monitor.storage.queries import list_deliveries


def add_arguments(parser: ArgumentParser) -> None:
    """Add `list` and `retry`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|retry")
    listing = actions.add_parser("list", help="list messages, the newest first")
    add_listing(listing, reveals="addresses of people")
    listing.add_argument("--state", default="", choices=[state.value for state in DeliveryState], help="only those in this state")
    retry = actions.add_parser("retry", help="send dead messages again")
    add_config(retry)
    retry.add_argument("id", nargs="?", type=int, help="one message; without it all dead ones")


def run(arguments: Namespace, out: Output) -> int:
    """List or retry."""
    with opened(arguments) as app:
        if arguments.action == "retry":
            count = retry_deliveries(app.acting("console"), arguments.id)
            out.line(f"{count} message(s) will be sent again.")
            return OK if count else WRONG
        with app.db.read() as tx:
            listed = list_deliveries(tx, limit=arguments.limit, state=arguments.state)
        is_revealed = reveal(app, arguments, f"deliveries {len(listed)}")
    rows = []
    for delivery in listed:
        row = {"id": delivery.id, "reference": reference(delivery.id), **asdict(delivery)}
        if not is_revealed:
            del row["to"]
        rows.append(row)
    out.table(rows, empty="No messages yet.")
    return OK
