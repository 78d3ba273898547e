"""The audit log: a hash chain that is only ever appended to, inside the transaction of the action that it records."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, insert, select

from monitor.core.privacy import FIRST, AuditRecord, broken_at, salted_hash
from monitor.storage.schema import audit, audit_reason


def append_audit(tx: Connection, record: AuditRecord, *, reason: str = "", salt: str = "") -> int:
    """Append one record and return its id. A *reason* needs a random *salt*."""
    last = tx.execute(select(audit.c.digest).order_by(audit.c.id.desc()).limit(1)).scalar_one_or_none()
    hashed = salted_hash(salt, reason) if reason else ""
    chained = replace(record, previous=last or FIRST, reason_hash=hashed)
    values = {
        "at": chained.at,
        "actor": chained.actor,
        "action": chained.action,
        "subject": chained.subject,
        "reason_hash": chained.reason_hash,
        "previous": chained.previous,
        "digest": chained.sealed(),
    }
    audit_id = int(tx.execute(insert(audit).values(**values).returning(audit.c.id)).scalar_one())
    if reason:
        tx.execute(insert(audit_reason).values(audit_id=audit_id, salt=salt, reason=reason))
    return audit_id


def load_audit(tx: Connection) -> tuple[AuditRecord, ...]:
    """Return the whole chain, oldest first."""
    return tuple(
        AuditRecord(
            at=row.at,
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            reason_hash=row.reason_hash,
            previous=row.previous,
            digest=row.digest,
        )
        for row in tx.execute(select(audit).order_by(audit.c.id))
    )


def find_break(tx: Connection) -> int | None:
    """Return the position of the first record that was changed, or None."""
    return broken_at(load_audit(tx))
