"""`naamwacht feed FILE`: what the parse child reads in a feed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from monitor.app import parse_children
from monitor.cli.output import Output
from monitor.cli.running import OK, InputError
from monitor.ports import Answer, FeedEntry


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file."""
    parser.add_argument("file", type=Path, help="the feed: RSS, RDF, Atom or JSON Feed; - for stdin")


def run(arguments: Namespace, out: Output) -> int:
    """Print one Hit a line; a file that is no feed is bad input."""
    try:
        body = sys.stdin.buffer.read() if str(arguments.file) == "-" else arguments.file.read_bytes()
    except OSError as error:
        raise InputError(f"{arguments.file}: {error.strerror}") from error
    with parse_children() as children:
        feed = children.parse_feed(Answer(status=200, headers={}, body=body, address=""))
    for entry in feed.entries:
        out.json_line(_hit(entry))
    return OK


def _hit(entry: FeedEntry) -> dict[str, str | None]:
    published_at = None if entry.published_at is None else entry.published_at.isoformat()
    return {"url": entry.url, "title": entry.title, "text": entry.text, "published_at": published_at, "guid": entry.guid}
