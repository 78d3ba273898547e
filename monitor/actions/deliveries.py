"""Deliveries: what people do about messages that did not arrive."""

from __future__ import annotations

from monitor.actions.acting import Acting
from monitor.storage import deliveries


def retry_deliveries(acting: Acting, delivery_id: int | None) -> int:
    """Send a dead message again, or all of them; returns how many."""
    with acting.db.write("act") as tx:
        count = deliveries.retry_dead(tx, delivery_id, now=acting.clock.now())
        acting.audit(tx, "deliveries.retry", f"delivery {'all' if delivery_id is None else delivery_id} count {count}")
    return count
