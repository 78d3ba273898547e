"""`naamwacht url`: the canonical key of each address on stdin."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from monitor.cli.output import Output
from monitor.cli.running import OK
from monitor.core.urls import canonical_key


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to choose: addresses come in, one a line, keys go out, one a line."""
    parser.epilog = (
        "Reads addresses from stdin, one a line (UTF-8), and prints one line for each, at once. "
        "An address that cannot be used gives an empty line. Two addresses of one page have the same key."
    )


def run(arguments: Namespace, out: Output) -> int:  # noqa: ARG001 # the form of every command
    """Print one key a line."""
    for number, line in enumerate(sys.stdin.buffer):
        address = line.decode("utf-8-sig" if number == 0 else "utf-8", "replace").strip()
        sys.stdout.write(canonical_key(address) + "\n")
        out.flush()
    return OK
