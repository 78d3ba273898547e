"""What `naamwacht check` finds out, each check a small function that returns findings. Nothing here is recorded or mended.

Printing, and what happens to a check that fails itself, is `monitor.cli.check`.
"""

from __future__ import annotations

from monitor.app.checking.examining import Check, checks, closing_checks
from monitor.app.checking.finding import Finding, Level
from monitor.app.checking.sending import send_tests
from monitor.app.checking.subject import Subject, who_runs

__all__ = ["Check", "Finding", "Level", "Subject", "checks", "closing_checks", "send_tests", "who_runs"]
