"""`naamwacht check`: what is wrong, and how to mend it. Runs the checks of `monitor.app.checking`, one line each."""

from __future__ import annotations

import os
import secrets
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stdout
from functools import partial

from monitor.app import App, load_config
from monitor.app.checking import Check, Finding, Level, Subject, checks, closing_checks, send_tests, who_runs
from monitor.app.side_by_side import side_by_side
from monitor.cli.opening import add_config, add_json, who
from monitor.cli.output import Output
from monitor.cli.running import BAD_CONFIG, OK, WRONG, place_of
from monitor.config import Config
from monitor.ports import ConfigError, NaamwachtError, PluginError
from monitor.storage.engine import Database

AT_ONCE = 16


def add_arguments(parser: ArgumentParser) -> None:
    """Add `--send` and `--json`."""
    add_config(parser)
    add_json(parser)
    parser.add_argument("--send", action="store_true", help="send a test message to every channel of officers and operators")
    parser.epilog = (
        "Looks at every source (a search is asked about a place, never about a person) and at every way to send; nothing that "
        "is found is recorded. One line for each finding: ok, warn or fault. Exit code 0: no fault; 1: at least one; "
        "4: the configuration cannot be used."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Print every finding, and return 1 where one is a fault."""
    try:
        config = load_config(arguments.config, environment=os.environ)
        with _subject(arguments, config) as subject:
            findings = _examine(subject, out, is_sending=arguments.send)
    except ConfigError as error:
        return _unusable([Finding(Level.FAULT, each.path, each.fault, each.remedy) for each in error.problems], out)
    except PluginError as error:
        return _unusable([Finding(Level.FAULT, "plug-ins", str(error))], out)
    if out.as_json:
        _print_json(findings, out)
    else:
        out.line(_summary(findings))
    return WRONG if any(finding.level is Level.FAULT for finding in findings) else OK


@contextmanager
def _subject(arguments: Namespace, config: Config) -> Iterator[Subject]:
    db = Database(config.database.get_secret_value())
    try:
        with App.open(config, db) as app:
            yield Subject(app, arguments.config, who_runs(app))
    finally:
        db.close()


def _examine(subject: Subject, out: Output, *, is_sending: bool) -> list[Finding]:
    findings: list[Finding] = []
    findings += _run_all(checks(subject), out)
    findings += _run_all(closing_checks(subject), out)
    if is_sending:
        sent = tuple(Check(path, send) for path, send in send_tests(subject, lambda: secrets.token_hex(8)))
        # The screen may be a channel too; what is for programs stays for programs.
        with redirect_stdout(sys.stderr) if out.as_json else nullcontext():
            findings += _run_all(sent, out)
        if subject.is_current():
            acting = subject.app.acting(who())
            with acting.db.write("act") as tx:
                acting.audit(tx, "check.send", f"channels {len(sent)}")
    return findings


def _run_all(wanted: Sequence[Check], out: Output) -> list[Finding]:
    """Run checks side by side and print what they find in their order, each as soon as its turn has come."""
    findings: list[Finding] = []
    works = [partial(_findings_of, check) for check in wanted]
    for number, found in enumerate(side_by_side(works, at_once=AT_ONCE), start=1):
        if not out.as_json and found:
            out.progress("")
            _print_lines(found)
        findings += found
        out.progress(f"{number} of {len(wanted)} checks")
    out.progress("")
    return findings


def _findings_of(check: Check) -> list[Finding]:
    """Run one check; whatever goes wrong in it is its own finding, and costs no other."""
    try:
        return list(check.find())
    except NaamwachtError as error:
        return [Finding(Level.FAULT, check.path, str(error))]
    except Exception as crash:  # noqa: BLE001 # crash barrier: cli
        return [Finding(Level.FAULT, check.path, f"could not be checked ({place_of(crash)})", "please report it")]


def _unusable(findings: list[Finding], out: Output) -> int:
    if out.as_json:
        _print_json(findings, out)
    else:
        _print_lines(findings)
        out.line(_summary(findings))
    return BAD_CONFIG


def _print_lines(findings: Sequence[Finding]) -> None:
    sys.stdout.writelines(f"{finding.level:<5}  {finding}\n" for finding in findings)
    sys.stdout.flush()


def _print_json(findings: Sequence[Finding], out: Output) -> None:
    out.json([{"level": each.level.value, "path": each.path, "what": each.what, "remedy": each.remedy} for each in findings])


def _summary(findings: Sequence[Finding]) -> str:
    faults = sum(finding.level is Level.FAULT for finding in findings)
    warnings = sum(finding.level is Level.WARN for finding in findings)
    if not faults and not warnings:
        return "All is well."
    return f"{faults} fault(s), {warnings} warning(s)."
