"""Salted hashes and the hash chain of the audit log. Pure: salts are handed in.

A record of the chain holds ids and hashes only. The words beside it (a reason) can be erased; the chain stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

FIRST = "0" * 64
"""What the first record of a chain names as the one before it."""


def salted_hash(salt: str, words: str) -> str:
    """Return the SHA-256, in hex, of *words* under *salt*."""
    return sha256(f"{salt}\x00{words}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """Who did what to which rows. `subject` is a kind and ids ("people import 12 added"), never a name."""

    at: datetime
    actor: str
    action: str
    subject: str
    reason_hash: str = ""
    previous: str = FIRST
    digest: str = ""

    def sealed(self) -> str:
        """Return the digest that this record must carry: over all its fields and the digest of the one before it."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        fields = (self.previous, at, self.actor, self.action, self.subject, self.reason_hash)
        return sha256("\x1f".join(fields).encode()).hexdigest()


def broken_at(records: Iterable[AuditRecord]) -> int | None:
    """Return the position of the first record that does not fit into the chain, None where all do."""
    previous = FIRST
    for position, record in enumerate(records):
        if record.previous != previous or record.sealed() != record.digest:
            return position
        previous = record.digest
    return None
