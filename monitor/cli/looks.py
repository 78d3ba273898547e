"""`naamwacht looks`: when what was looked at, and how it ended."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from monitor.cli.opening import add_listing, opened
from monitor.cli.output import Output
from monitor.cli.running import OK, NotFound
from monitor.storage.queries import list_looks, list_sources


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of a list."""
    add_listing(parser)
    parser.add_argument("--source", default="", metavar="NAME", help="only the looks at this source")
    parser.epilog = (
        "The newest first. `times`: so many looks in a row, from `started at` until `until`, brought nothing new. "
        "Only `ok` and `unchanged` say that all was seen."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Print Looks, the newest first; `times` is how many Looks in a row brought nothing new."""
    with opened(arguments) as app, app.db.read() as tx:
        listed = list_looks(tx, limit=arguments.limit + 1, source_name=arguments.source)
        known = {source.name for source in list_sources(tx)}
    if arguments.source and not listed and arguments.source not in known:
        raise NotFound("there is no source of that name (`naamwacht sources` lists them)")
    out.table((asdict(look) for look in listed), empty="Nothing was looked at yet.", limit=arguments.limit)
    return OK
