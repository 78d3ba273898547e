"""`naamwacht sources`: the Sources and how they are doing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from monitor.cli.opening import add_config, add_json, opened
from monitor.cli.output import Output
from monitor.cli.running import OK
from monitor.storage.queries import list_sources


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of a list."""
    add_config(parser)
    add_json(parser)
    parser.epilog = (
        "`outcome` is how the last look ended: only `ok` and `unchanged` say that all was seen. `failures` counts the failed "
        "looks in a row; `watches` the people about whom a search is asked. `naamwacht check` looks at every source now."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Print every Source."""
    with opened(arguments) as app, app.db.read() as tx:
        listed = list_sources(tx)
    out.table(
        (asdict(source) for source in listed),
        empty="No sources yet: the daemon (or `naamwacht once`) adds those of the configuration.",
    )
    return OK
