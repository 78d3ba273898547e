"""The audit log: a hash chain that is only ever appended to, inside the transaction of the action that it records."""

from __future__ import annotations

from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainState:
    """How many records the chain has, the digest of the last, and the position of the first that does not fit.

    A chain whose end was cut off fits: only who kept an earlier count and digest (a backup's manifest, a printed
    verification) can tell that records are gone.
    """

    records: int
    last: str
    broken_at: int | None


def chain_state(tx: Connection) -> ChainState:
    """Return the state of the whole chain."""
    chain = load_audit(tx)
    return ChainState(records=len(chain), last=chain[-1].digest if chain else FIRST, broken_at=broken_at(chain))


def holds(tx: Connection, records: int, last: str) -> bool:
    """Tell whether the chain still goes on from what it was when it had *records* records, the last with digest *last*."""
    chain = load_audit(tx)
    return records == 0 or (records <= len(chain) and chain[records - 1].digest == last)
