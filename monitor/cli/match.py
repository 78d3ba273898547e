"""`naamwacht match`: find people in documents, JSON lines in and JSON lines out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from monitor.app import parse_children
from monitor.cli.output import Output
from monitor.cli.running import OK, InputError
from monitor.core.matching import Matcher
from monitor.core.model import Document, Match, Organisation
from monitor.fetch.people_file import read_people_file


def add_arguments(parser: ArgumentParser) -> None:
    """Add the people file."""
    parser.add_argument(
        "--people", type=Path, required=True, metavar="FILE", help="the people file (CSV or XLSX); dates and ground are ignored"
    )
    parser.epilog = (
        'In: {"id","title","text","url"}, id and one other needed. Out, one line per document and person: '
        '{"id","person","name","confidence","band","spans","reasons"}; offsets are code points of the given field.'
    )


def run(arguments: Namespace, out: Output) -> int:
    """Match every document on stdin, in order."""
    with parse_children() as children:
        registrations = read_people_file(arguments.people, children)
    people = dict(enumerate(registrations))
    matcher = Matcher(people.items(), Organisation())
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        identity, document = _document(line, number)
        for match in matcher.match(document):
            out.json_line(_verdict(identity, people[match.person_id].external_id, match))
    return OK


def _document(line: bytes, number: int) -> tuple[str | int, Document]:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise InputError(f"line {number}: not JSON") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str | int):
        raise InputError(f'line {number}: an object with an "id" is needed')
    fields = {name: raw.get(name) or "" for name in ("title", "text", "url")}
    if not all(isinstance(value, str) for value in fields.values()) or not any(fields.values()):
        raise InputError(f'line {number}: "title", "text" or "url" is needed, each a text')
    return raw["id"], Document(**fields)


def _verdict(identity: str | int, external_id: str, match: Match) -> dict[str, object]:
    return {
        "id": identity,
        "person": external_id,
        "name": match.name.value,
        "confidence": round(match.confidence, 4),
        "band": match.band.value,
        "spans": [
            {"field": span.field.value, "start": span.start, "end": span.end, "surface": span.surface, "form": span.form}
            for span in match.spans
        ],
        "reasons": [{"code": reason.code, **reason.params} for reason in match.reasons],
    }
