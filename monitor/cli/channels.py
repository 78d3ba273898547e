"""`naamwacht channels`: the ways to reach people, and their confirmation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.actions.channels import confirm_channel, send_codes_again
from monitor.app import App
from monitor.cli.opening import add_config, add_listing, opened, reveal, who
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, WRONG, NotFound, add_action
from monitor.storage.channels import ChannelRow, load_channels


def add_arguments(parser: ArgumentParser) -> None:
    """Add `list`, `confirm` and `codes`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|confirm|codes")
    add_listing(add_action(actions, "list", "list the channels, and which of them are confirmed"), reveals="addresses")
    confirm = add_action(
        actions,
        "confirm",
        "confirm a channel with the code that was sent to it",
        epilog="Nothing but that code is sent to an address before its owner confirmed it. Exit code 1: no channel waits for it.",
    )
    add_config(confirm)
    confirm.add_argument("code", help="the code from the message")
    add_config(add_action(actions, "codes", "send a new code to everybody who has not confirmed yet"))


def run(arguments: Namespace, out: Output) -> int:
    """List, confirm, or send codes."""
    with opened(arguments) as app:
        match arguments.action:
            case "confirm":
                channel_id = confirm_channel(app.acting(who()), arguments.code)
                if channel_id is None:
                    raise NotFound("no channel waits for this code (is it mistyped, older than two weeks, or used already?)")
                out.line(f"Channel {channel_id} is confirmed.")
                return OK
            case "codes":
                count = send_codes_again(app.acting(who()))
                out.line(f"{count} code(s) will be sent." if count else "Every channel is confirmed; nobody waits for a code.")
                return OK if count else WRONG
            case _:
                return _list(app, arguments, out)


def _list(app: App, arguments: Namespace, out: Output) -> int:
    with app.db.read() as tx:
        channels = load_channels(tx)
    is_revealed = reveal(app, arguments, f"channels {min(len(channels), arguments.limit)}")
    out.table(
        (_row(channel, is_revealed=is_revealed) for channel in channels),
        empty="No channels yet: the daemon (or `naamwacht once`) makes them.",
        limit=arguments.limit,
    )
    return OK


def _row(channel: ChannelRow, *, is_revealed: bool) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "id": channel.id,
        "name": channel.name,
        "role": channel.role.value,
        "notifier": channel.notifier,
        "confirmed": channel.confirmed_at,
        "code_until": channel.code_expires_at,
        "language": channel.language,
    }
    return {**row, "address": channel.address} if is_revealed else row
