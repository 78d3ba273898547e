"""The nightly import of the people file: the same action as by hand, by the actor "nightly"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from monitor.actions.acting import Acting
from monitor.actions.channels import ChannelRules
from monitor.actions.people import Import, import_people, refuse_import
from monitor.core.model import Param, Registration, Role
from monitor.ports import ConfigError, Problem
from monitor.storage import channels, deliveries, memory

WORK = "people.import"
REFUSED_THREAD = "import-refused"
WORST = 20
"""How many faults of a file a message names; `people import --dry-run` names all."""


def is_import_due(acting: Acting, at: time, local_now: datetime) -> bool:
    """Tell whether tonight's import is still to be done. A daemon that slept through the hour does it when it wakes."""
    if local_now.time() < at:
        return False
    with acting.db.read() as tx:
        return not memory.was_done_on(tx, WORK, local_now.date())


def import_nightly(
    acting: Acting, rules: ChannelRules, pattern: Path, read: Callable[[Path], tuple[Registration, ...]], *, day: date
) -> None:
    """Import the newest file that fits *pattern*. A refused one changes nothing, and the operator hears of it."""
    try:
        import_people(acting, Import(registrations=read(newest(pattern))), rules)
    except ConfigError as error:
        _refuse(acting, error)
    with acting.db.write("act") as tx:
        memory.mark_done_on(tx, WORK, day)


def newest(pattern: Path) -> Path:
    """Return the newest file that fits; raises `ConfigError` where none does."""
    files = [path for path in pattern.parent.glob(pattern.name) if path.is_file()]
    if not files:
        raise ConfigError([Problem("people.import_from", "no file fits", "check the pattern, and that the export is there")])
    return max(files, key=lambda path: (path.stat().st_mtime, path.name))


def _refuse(acting: Acting, error: ConfigError) -> None:
    shown = [str(problem) for problem in error.problems[:WORST]]
    if len(error.problems) > WORST:
        shown.append(f"... and {len(error.problems) - WORST} more")
    refuse_import(acting, "\n".join(shown))
    with acting.db.write("act") as tx:
        for channel in channels.load_channels(tx, role=Role.OPERATOR):
            notice: dict[str, Param] = {"code": "import_refused", "count": len(error.problems), "problems": "\n".join(shown)}
            deliveries.add_notice(tx, channel.id, REFUSED_THREAD, notice, now=acting.clock.now())
