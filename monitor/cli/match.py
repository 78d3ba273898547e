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
from monitor.core.model import Document, Match, Organisation, Registration
from monitor.core.registrations import read_rows
from monitor.core.registrations.spelling import only_matched
from monitor.ports import ProviderError
from monitor.words import load_lexicon

BOM = b"\xef\xbb\xbf"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the people file."""
    parser.add_argument(
        "--people",
        type=Path,
        required=True,
        metavar="FILE",
        help="the people file (CSV or XLSX); dates, ground and addresses are ignored, and no configuration is read",
    )
    parser.epilog = (
        'Reads documents from stdin, one a line: {"id","title","text","url"}, of which id and one other are needed. Prints one '
        'line for each document and person: {"id","person","name","confidence","band","spans","reasons"}, in the order of the '
        "documents, each document's at once. Offsets are code points of the given field. A line that is no such document ends "
        "it with exit code 2 and its number; what came before it has been answered."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Match every document on stdin, in order."""
    people = dict(enumerate(_people(arguments.people)))
    matcher = Matcher(people.items(), Organisation())
    for number, line in enumerate(sys.stdin.buffer, start=1):
        written = line.removeprefix(BOM) if number == 1 else line
        if not written.strip():
            continue
        identity, document = _document(written, number)
        matches = matcher.match(document)
        for match in matches:
            out.json_line(_verdict(identity, people[match.person_id].external_id, match))
        if matches:  # somebody may wait for the answer before the next question
            out.flush()
    return OK


def _people(file: Path) -> tuple[Registration, ...]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror} (check the path and its permissions)") from error
    with parse_children() as children:
        try:
            rows = children.read_table(content, file.name)
        except ProviderError as error:
            raise InputError(str(error)) from error
    people = read_rows(only_matched(rows), allowed_domains=(), is_any_address_allowed=True, lexicon=load_lexicon())
    if people.problems:
        raise InputError("\n".join(map(str, people.problems)))
    return people.registrations


def _document(line: bytes, number: int) -> tuple[str | int, Document]:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number}: not JSON (one object on each line, in UTF-8)") from error
    identity = raw.get("id") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(identity, str | int) or isinstance(identity, bool):
        raise InputError(f'line {number}: no document (an object with an "id", a text or a whole number, is needed)')
    fields = {name: "" if raw.get(name) is None else raw[name] for name in ("title", "text", "url")}
    if not all(isinstance(value, str) for value in fields.values()):
        raise InputError(f'line {number}: "title", "text" and "url" must be texts')
    if not any(name in raw for name in fields):
        raise InputError(f'line {number}: nothing to read ("title", "text" or "url" is needed beside "id")')
    return identity, Document(**fields)


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
