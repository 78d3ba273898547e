"""The nightly import of the people file: the same action as by hand, by the actor "nightly"."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection

from monitor.actions.acting import Acting
from monitor.actions.channels import ChannelRules
from monitor.actions.people import Import, import_people
from monitor.core.model import Param, Role
from monitor.core.registrations import PeopleFile
from monitor.ports import ConfigError, Problem
from monitor.storage import channels, deliveries, memory

WORK = "people.import"
REFUSED_THREAD = "import-refused"
WORST = 20
"""How many faults of a file a message names; `people import --dry-run` names all."""

AGAIN_AFTER = timedelta(hours=1)
"""How long after a missing or refused file it is looked for again, on the same day."""

TRIED_AT = "import_tried_at"
TOLD = "import_told"


def is_import_due(acting: Acting, at: time, local_now: datetime) -> bool:
    """Tell whether tonight's import is still to be done. A daemon that slept through the hour does it when it wakes.

    One that was refused is tried again each hour, until it succeeds or somebody imports by hand.
    """
    if local_now.time() < at:
        return False
    with acting.db.read() as tx:
        is_done = memory.was_done_on(tx, WORK, local_now.date())
        tried = memory.recall(tx, TRIED_AT)
        is_refused = bool(memory.recall(tx, memory.IMPORT_REFUSED))
    if is_done or not tried:
        return not is_done
    tried_at = datetime.fromisoformat(tried).astimezone(local_now.tzinfo)
    if tried_at.date() == local_now.date() and not is_refused:
        return False
    # A clock that went back must not stop the import until it has caught up.
    return not timedelta() <= local_now - tried_at < AGAIN_AFTER


def import_nightly(acting: Acting, rules: ChannelRules, pattern: Path, read: Callable[[Path], PeopleFile], *, day: date) -> None:
    """Import the newest file that fits *pattern*. A refused one changes nothing, and the operator hears of it.

    The operator hears of each reason once a day, however often the file is tried.
    """
    try:
        import_people(acting, Import.of(read(newest(pattern))), rules)
    except ConfigError as error:
        _refuse(acting, error, day)
        return
    with acting.db.write("act") as tx:
        memory.mark_done_on(tx, WORK, day)


def newest(pattern: Path) -> Path:
    """Return the newest file that fits; raises `ConfigError` where none does."""
    files = [path for path in pattern.parent.glob(pattern.name) if path.is_file()]
    if not files:
        raise ConfigError([Problem("people.import_from", "no file fits", "check the pattern, and that the export is there")])
    return max(files, key=lambda path: (path.stat().st_mtime, path.name))


def _refuse(acting: Acting, error: ConfigError, day: date) -> None:
    shown = [str(problem) for problem in error.problems[:WORST]]
    if len(error.problems) > WORST:
        shown.append(f"... and {len(error.problems) - WORST} more")
    why = "\n".join(shown)
    now = acting.clock.now()
    with acting.db.write("act") as tx:
        if memory.recall(tx, memory.IMPORT_REFUSED) != why:
            acting.audit(tx, "people.import_refused", "people")
        memory.remember(tx, memory.IMPORT_REFUSED, why)
        memory.remember(tx, TRIED_AT, now.isoformat())
        if _is_told(tx, why, day):
            return
        for channel in channels.load_channels(tx, role=Role.OPERATOR):
            notice: dict[str, Param] = {"code": "import_refused", "count": len(error.problems), "problems": why}
            deliveries.add_notice(tx, channel.id, REFUSED_THREAD, notice, now=now)


def _is_told(tx: Connection, why: str, day: date) -> bool:
    """Tell whether the operator heard of this reason on *day* already, and remember that they do now."""
    told_on, *reasons = json.loads(memory.recall(tx, TOLD, "[null]"))
    today = reasons if told_on == day.isoformat() else []
    memory.remember(tx, TOLD, json.dumps([day.isoformat(), *dict.fromkeys([*today, why])]))
    return why in today
