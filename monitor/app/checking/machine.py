"""Checks of this machine: the configuration, the plug-ins, the database, its files, the disk, the backups, the daemon."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import plugins
from monitor.app.checking.finding import Finding, fault, ok, warn
from monitor.app.checking.subject import Subject
from monitor.config import secrets_of
from monitor.storage.migrating import SchemaState, schema_state, version_of
from monitor.storage.queries import load_standing
from monitor.storage.upgrading import require_current

LITTLE = 1_000_000_000
HARDLY_ANY = 100_000_000
"""Free bytes below which the disk is soon full, and below which it is as good as full."""

OLD_BACKUP = timedelta(days=8)
OFTEN = timedelta(days=1)
"""Who runs `naamwacht once` from cron has looked within this time."""

_MODE = 0o077
_SIDE_FILES = ("", "-wal", "-shm")


def check_configuration(subject: Subject) -> Iterator[Finding]:
    """Say what the configuration holds, and what is missing in it."""
    config = subject.app.config
    counts = f"{len(config.sources)} source(s), {len(config.notifiers)} notifier(s), {len(config.channels)} channel(s)"
    yield ok("configuration", f"{subject.file.name} is sound: {counts}")
    if not config.sources:
        yield warn("sources", "nothing is looked at", "add a source; `naamwacht providers` lists the kinds")
    if not config.notifiers:
        yield fault("notifiers", "nobody can be told anything", "add a notifier; `naamwacht notifiers` lists the kinds")
    if not any(channel.role == "operator" for channel in config.channels):
        yield warn("channels", "nobody hears of the troubles of the service", "add a channel with role: operator")
    written = subject.file.read_text(encoding="utf-8-sig", errors="replace")
    if any(secret in written for secret in secrets_of(config)) and subject.file.stat().st_mode & _MODE:
        yield warn("configuration", "holds a secret, and others on this machine can read it", f"chmod 600 {subject.file.name}")


def check_plugins() -> Iterator[Finding]:
    """Say which plug-ins are installed; one that cannot be loaded raises."""
    plugins.check_packages()
    yield ok("plug-ins", f"{', '.join(plugins.providers())}; {', '.join(plugins.notifiers())}")


def check_database(subject: Subject) -> Iterator[Finding]:
    """Read all of the database."""
    db = subject.app.db
    if not subject.is_made:
        yield warn("database", f"{db.path} is not made yet", "`naamwacht run` or `naamwacht people import` makes it")
        return
    match schema_state(db):
        case SchemaState.CURRENT:
            pass
        case SchemaState.EMPTY:
            yield warn("database", "has no tables yet", "`naamwacht run` or `naamwacht people import` makes them")
            return
        case SchemaState.OLDER:
            yield warn("database", "is of an older version", "the next `naamwacht run` backs it up and upgrades it")
            return
        case _:
            require_current(db)  # says why it cannot be used
    faults = db.check_integrity()
    yield from (fault("database", each, "keep the file, and `naamwacht restore` the last backup") for each in faults)
    if not faults:
        with db.read() as tx:
            version = version_of(tx)
        yield ok("database", f"{db.name.removeprefix('the database ')} is whole, tables of version {version}")


def check_permissions(subject: Subject) -> Iterator[Finding]:
    """Look who else can read the database, and whether we can write it."""
    path = subject.app.db.path
    if path is None or not path.exists():
        return
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        yield fault("database", f"{path} or its folder cannot be written to", "run it as the user who owns them")
    # Who cannot enter the folder cannot read what is in it.
    is_entered_by_others = bool(path.parent.stat().st_mode & _MODE)
    open_files = [side for side in _sides(path) if side.stat().st_mode & _MODE]
    if is_entered_by_others and open_files:
        yield warn("database", "holds names, and others on this machine can read it", f"chmod 600 {path.name}*")


def _sides(path: Path) -> Iterator[Path]:
    for end in _SIDE_FILES:
        side = path.with_name(path.name + end)
        if side.exists():
            yield side


def check_space(subject: Subject) -> Iterator[Finding]:
    """Look how much the disk still takes."""
    folder = subject.app.config.data_dir
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(standing, os.W_OK):
        yield fault("data_dir", f"{standing} cannot be written to", "give the folder to the user who runs Naamwacht")
    free = shutil.disk_usage(standing).free
    words = f"{free / 1_000_000_000:.1f} GB free"
    if free < HARDLY_ANY:
        yield fault("data_dir", f"the disk is as good as full: {words}", "free some space, at once")
    elif free < LITTLE:
        yield warn("data_dir", f"the disk is soon full: {words}", "free some space")
    else:
        yield ok("data_dir", words)


def check_backups(subject: Subject) -> Iterator[Finding]:
    """Look how old the newest backup is."""
    folder = subject.app.config.data_dir / "backups"
    made = [path.stat().st_mtime for path in folder.glob("*.backup")] if folder.is_dir() else []
    if not made:
        return
    newest = datetime.fromtimestamp(max(made), UTC)
    words = f"the newest of {len(made)} is of {newest:%Y-%m-%d %H:%M}Z"
    if subject.app.clock.now() - newest > OLD_BACKUP:
        yield warn("backups", words, "let cron run `naamwacht backup`, and keep a copy on another machine")
    else:
        yield ok("backups", words)


def check_daemon(subject: Subject) -> Iterator[Finding]:
    """Say who runs on the database, or when it was last used."""
    if not subject.is_made:
        return
    if subject.daemon:
        yield ok("daemon", subject.daemon)
        return
    now = subject.app.clock.now()
    with subject.rows() as tx:
        last_look_at = None if tx is None else load_standing(tx, now=now).last_look_at
    if last_look_at is not None and now - last_look_at < OFTEN:
        yield ok("daemon", f"none runs now; the last look was at {last_look_at:%Y-%m-%d %H:%M}Z")
    else:
        yield warn("daemon", "none runs, so nothing is looked at", "start `naamwacht run`, or `naamwacht once` from cron")
