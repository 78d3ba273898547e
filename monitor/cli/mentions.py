"""`naamwacht mentions`: what was found."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.cli.opening import add_listing, opened, reveal
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK
from monitor.core.plain import shown_address
from monitor.storage.queries import ListedMention, list_mentions


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of a list."""
    add_listing(parser, reveals="names, titles and addresses")
    parser.epilog = (
        "The newest first. `held back` says why nobody was told at once; `told` counts the messages that tell it. "
        "`person` is the external_id of the people file."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Print Mentions, the newest first."""
    with opened(arguments) as app:
        with app.db.read() as tx:
            listed = list_mentions(tx, limit=arguments.limit + 1)
        is_revealed = reveal(app, arguments, f"mentions {min(len(listed), arguments.limit)}")
    out.table(
        (_row(mention, is_revealed=is_revealed, is_for_people=not out.as_json) for mention in listed),
        empty="No mentions yet.",
        limit=arguments.limit,
    )
    return OK


def _row(mention: ListedMention, *, is_revealed: bool, is_for_people: bool) -> dict[str, Cell]:
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
        address = shown_address(mention.address) if is_for_people and mention.address else mention.address
        row |= {"name": mention.person, "written": mention.surfaces, "title": mention.title, "address": address}
    return row
