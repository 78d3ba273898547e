"""Work in another process, for the tests: forked, so that it starts at once.

A fork must not inherit an open SQLite file: it would believe that it holds its parent's locks. So the parent's
connections are closed first, and the child gets a `Database` of its own.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from monitor.storage.engine import Database, no_failpoint

Work = Callable[[Database], object]

KILLED = -signal.SIGKILL


def url_of(database: Database) -> str:
    return database.address.render_as_string(hide_password=False)


def start(database: Database, work: Work, *, failpoint: Callable[[str], None] = no_failpoint) -> int:
    """Do *work* in a process of its own; return its number."""
    database.close()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work(Database(url_of(database), failpoint=failpoint))
        code = 0
    finally:
        os._exit(code)


def end(pid: int) -> int:
    """Wait for a process; return how it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_at(moment: str, database: Database, work: Work) -> int:
    """Do *work* in a process that is killed at the failpoint *moment*, as by the power going; return how it ended."""

    def failpoint(name: str) -> None:
        if name == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return end(start(database, work, failpoint=failpoint))
