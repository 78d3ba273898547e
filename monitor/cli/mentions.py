"""`naamwacht mentions`: what was found."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.cli.opening import add_listing, opened, reveal
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK
from monitor.storage.queries import ListedMention, list_mentions


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of a list."""
    add_listing(parser, reveals="names, titles and addresses")


def run(arguments: Namespace, out: Output) -> int:
    """Print Mentions, the newest first."""
    with opened(arguments) as app:
        with app.db.read() as tx:
            listed = list_mentions(tx, limit=arguments.limit)
        is_revealed = reveal(app, arguments, f"mentions {len(listed)}")
    out.table((_row(mention, is_revealed=is_revealed) for mention in listed), empty="No mentions yet.")
    return OK


def _row(mention: ListedMention, *, is_revealed: bool) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "id": mention.id,
        "person": mention.external_id,
        "found": mention.first_seen_at,
        "published": mention.published_at,
        "site": mention.site,
        "spelling": mention.name.value,
        "sure": mention.band.value,
        "severity": mention.severity.name.lower(),
        "held_back": mention.held_back,
        "told": mention.told,
        "sources": mention.sources,
        "reasons": [reason.code for reason in mention.reasons],
    }
    if is_revealed:
        row |= {"name": mention.person, "written": mention.surfaces, "title": mention.title, "address": mention.address}
    return row
