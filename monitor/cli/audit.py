"""`naamwacht audit`: is the log of what people did untouched?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.cli.opening import add_config, opened
from monitor.cli.output import Output
from monitor.cli.running import OK, WRONG
from monitor.storage.audit import find_break, load_audit


def add_arguments(parser: ArgumentParser) -> None:
    """Add `verify`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify")
    add_config(actions.add_parser("verify", help="find any changed record"))


def run(arguments: Namespace, out: Output) -> int:
    """Verify the chain."""
    with opened(arguments) as app, app.db.read() as tx:
        count, broken = len(load_audit(tx)), find_break(tx)
    if broken is None:
        out.line(f"{count} record(s), none changed.")
        return OK
    out.line(f"record {broken + 1} of {count} does not fit: it, or the one before it, was changed")
    return WRONG
