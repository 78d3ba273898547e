"""`naamwacht match`: find people in documents, JSON lines in and JSON lines out, or explained for people."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from monitor.app import parse_children
from monitor.cli.output import Output
from monitor.cli.running import OK, InputError
from monitor.core.matching import Matcher
from monitor.core.model import Document, Match, Organisation, Registration
from monitor.core.registrations import read_rows
from monitor.core.registrations.spelling import only_matched
from monitor.ports import ProviderError
from monitor.wording.explaining import explained, nobody_named
from monitor.words import load_lexicon

BOM = b"\xef\xbb\xbf"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the people file, and in which form it answers."""
    parser.add_argument(
        "--people",
        type=Path,
        required=True,
        metavar="FILE",
        help="the people file (CSV or XLSX); dates, ground and addresses are ignored, and no configuration is read",
    )
    parser.add_argument(
        "--explain", action="store_true", help="say for people where each name stands and why it is, or is not, hers"
    )
    parser.add_argument("--language", choices=("en", "nl"), default="en", help="the language of --explain (default en)")
    parser.epilog = (
        'Reads documents from stdin, one a line: {"id","title","text","url"}, of which id and one other are needed. Prints one '
        'line for each document and person: {"id","person","name","confidence","band","spans","reasons"}, in the order of the '
        "documents, each document's at once. Offsets are code points of the given field. A line that is no such document ends "
        "it with exit code 2 and its number; what came before it has been answered. With --explain the answer is text for "
        "people, whose form may change."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Match every document on stdin, in order."""
    people = dict(enumerate(_people(arguments.people)))
    matcher = Matcher(people.items(), Organisation(), load_lexicon())
    for number, line in enumerate(sys.stdin.buffer, start=1):
        written = line.removeprefix(BOM) if number == 1 else line
        if not written.strip():
            continue
        identity, document = _document(written, number)
        named = [(people[match.person_id].external_id, match) for match in matcher.match(document)]
        if arguments.explain:
            _explain(identity, document, named, out, arguments.language)
        else:
            _answer(identity, named, out)
    return OK


def _answer(identity: str | int, named: Sequence[tuple[str, Match]], out: Output) -> None:
    for person, match in named:
        out.json_line(_verdict(identity, person, match))
    if named:  # somebody may wait for the answer before the next question
        out.flush()


def _explain(identity: str | int, document: Document, named: Sequence[tuple[str, Match]], out: Output, language: str) -> None:
    if not named:
        out.line(nobody_named(identity, language))
    for person, match in named:
        heading, *lines = explained(document, identity, person, match, language)
        out.line(heading)
        for line in lines:
            out.indented(line, 2)
        out.line()
    out.flush()


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
