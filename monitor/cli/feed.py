"""`naamwacht feed FILE`: what the parse child reads in a feed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from monitor.app import parse_children
from monitor.cli.output import Output
from monitor.cli.running import OK, InputError
from monitor.fetch.rules import FEED_BYTES
from monitor.ports import Answer, FeedEntry, ProviderError

STDIN = Path("-")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the file."""
    parser.add_argument("file", type=Path, help="the feed: RSS, RDF, Atom or JSON Feed; - reads stdin")
    parser.epilog = (
        'Prints one line for each entry: {"url","title","text","published_at","guid"}; published_at is null where the feed '
        "gives no date. Exit code 2: the file is no feed, or cannot be read."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Print one Hit a line; a file that is no feed is bad input."""
    name = "stdin" if arguments.file == STDIN else str(arguments.file)
    body = _content(arguments.file, name)
    is_cut = len(body) > FEED_BYTES
    with parse_children() as children:
        try:
            feed = children.parse_feed(Answer(status=200, headers={}, body=body[:FEED_BYTES], address="", is_truncated=is_cut))
        except ProviderError as error:
            raise InputError(f"{name}: {error}") from error
    for entry in feed.entries:
        out.json_line(_hit(entry))
    if feed.is_truncated:
        out.flush()
        sys.stderr.write(f"{name}: too big; what stands here is only its beginning\n")
    return OK


def _content(file: Path, name: str) -> bytes:
    """Return the beginning of a file, one byte more than is read at most."""
    try:
        if file == STDIN:
            return sys.stdin.buffer.read(FEED_BYTES + 1)
        with file.open("rb") as opened:
            return opened.read(FEED_BYTES + 1)
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror} (check the path and its permissions)") from error


def _hit(entry: FeedEntry) -> dict[str, str | None]:
    published_at = None if entry.published_at is None else entry.published_at.isoformat()
    return {"url": entry.url, "title": entry.title, "text": entry.text, "published_at": published_at, "guid": entry.guid}
