"""`naamwacht channels`: the ways to reach people, and their confirmation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.actions.channels import confirm_channel, send_codes_again
from monitor.cli.opening import add_config, add_listing, opened, reveal
from monitor.cli.output import Output
from monitor.cli.running import OK, WRONG
from monitor.storage.channels import load_channels


def add_arguments(parser: ArgumentParser) -> None:
    """Add `list`, `confirm` and `codes`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|confirm|codes")
    add_listing(actions.add_parser("list", help="list the channels"), reveals="addresses")
    confirm = actions.add_parser("confirm", help="confirm a channel with the code that was sent to it")
    add_config(confirm)
    confirm.add_argument("code", help="the code from the message")
    add_config(actions.add_parser("codes", help="send a new code to everybody who has not confirmed yet"))


def run(arguments: Namespace, out: Output) -> int:
    """List, confirm, or send codes."""
    with opened(arguments) as app:
        match arguments.action:
            case "confirm":
                channel_id = confirm_channel(app.acting("console"), arguments.code)
                out.line("No channel waits for this code." if channel_id is None else f"Channel {channel_id} is confirmed.")
                return WRONG if channel_id is None else OK
            case "codes":
                out.line(f"{send_codes_again(app.acting('console'))} code(s) will be sent.")
                return OK
        with app.db.read() as tx:
            channels = load_channels(tx)
        is_revealed = reveal(app, arguments, f"channels {len(channels)}")
    rows = [
        {
            "id": channel.id,
            "name": channel.name,
            "role": channel.role.value,
            "notifier": channel.notifier,
            "confirmed": channel.confirmed_at,
            "language": channel.language,
            **({"address": channel.address} if is_revealed else {}),
        }
        for channel in channels[: arguments.limit]
    ]
    out.table(rows, empty="No channels yet: the daemon (or `naamwacht once`) makes them.")
    return OK
