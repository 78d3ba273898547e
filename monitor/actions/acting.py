"""What every action is handed: the database, the clock, chance, and who acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from monitor.core.privacy import AuditRecord
from monitor.ports import Clock
from monitor.storage.audit import append_audit
from monitor.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Acting:
    """`actor` is who acts ("console", "nightly", later a sign-in); `token` returns a new random text."""

    db: Database
    clock: Clock
    token: Callable[[], str]
    actor: str

    def audit(self, tx: Connection, action: str, subject: str, *, reason: str = "") -> None:
        """Write what was done, inside the transaction that does it. *subject*: a kind and ids, never names."""
        record = AuditRecord(at=self.clock.now(), actor=self.actor, action=action, subject=subject)
        append_audit(tx, record, reason=reason, salt=self.token() if reason else "")
