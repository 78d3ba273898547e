"""`naamwacht audit`: is the log of what people did untouched?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.cli.opening import add_config, add_json, opened
from monitor.cli.output import Output
from monitor.cli.running import OK, WRONG, add_action
from monitor.storage.audit import chain_state


def add_arguments(parser: ArgumentParser) -> None:
    """Add `verify`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify")
    verify = add_action(
        actions,
        "verify",
        "find out whether a record was changed after it was written",
        epilog="Each record holds a hash of the one before it. Exit code 0: none was changed; 1: one does not fit.",
    )
    add_config(verify)
    add_json(verify)


def run(arguments: Namespace, out: Output) -> int:
    """Verify the chain."""
    with opened(arguments) as app, app.db.read() as tx:
        chain = chain_state(tx)
    broken = None if chain.broken_at is None else chain.broken_at + 1
    if out.as_json:
        out.json({"records": chain.records, "last": chain.last, "broken_at": broken})
    elif broken is None:
        out.line(f"{chain.records} record(s), none changed. The last one is {chain.last}")
        out.line("Keep that number elsewhere: what is cut off at the end shows only by it.")
    else:
        out.line(f"Record {broken} of {chain.records} does not fit: it, or the one before it, was changed.")
    return OK if broken is None else WRONG
