"""`naamwacht deliveries`: messages, and what to do about those that did not arrive."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from monitor.actions.deliveries import retry_deliveries
from monitor.cli.opening import add_config, add_listing, opened, reveal, who
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, NotFound, add_action
from monitor.core.model import DeliveryState
from monitor.core.references import numbered, reference
from monitor.storage.queries import ListedDelivery, list_deliveries


def add_arguments(parser: ArgumentParser) -> None:
    """Add `list` and `retry`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|retry")
    listing = add_action(actions, "list", "list messages, the newest first")
    add_listing(listing, reveals="addresses of people")
    listing.add_argument("--state", default="", choices=[state.value for state in DeliveryState], help="only those in this state")
    retry = add_action(
        actions, "retry", "send dead messages again", epilog="Exit code 1: there is no such dead message, or none at all."
    )
    add_config(retry)
    retry.add_argument("message", nargs="?", help="one message, by its id or its reference (NW-4F7K); left out: all dead ones")


def run(arguments: Namespace, out: Output) -> int:
    """List or retry."""
    with opened(arguments) as app:
        if arguments.action == "retry":
            count = retry_deliveries(app.acting(who()), _id(arguments.message))
            if not count:
                raise NotFound("no dead message to send again (`naamwacht deliveries list --state dead` lists them)")
            out.line(f"{count} message(s) will be sent again.")
            return OK
        with app.db.read() as tx:
            listed = list_deliveries(tx, limit=arguments.limit + 1, state=arguments.state)
        is_revealed = reveal(app, arguments, f"deliveries {min(len(listed), arguments.limit)}")
    out.table(
        (_row(delivery, is_revealed=is_revealed) for delivery in listed),
        empty="No messages yet." if not arguments.state else f"No message is {arguments.state}.",
        limit=arguments.limit,
    )
    return OK


def _id(message: str | None) -> int | None:
    if message is None:
        return None
    found = int(message) if message.isdecimal() and len(message) < 16 else numbered(message)
    if found is None:
        raise NotFound("that is neither the id nor the reference of a message (such as 17 or NW-4F7K)")
    return found


def _row(delivery: ListedDelivery, *, is_revealed: bool) -> dict[str, Cell]:
    row: dict[str, Cell] = {"id": delivery.id, "reference": reference(delivery.id), **asdict(delivery)}
    if not is_revealed:
        del row["to"]
    return row
