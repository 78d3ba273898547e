"""Housekeep: forget what is not needed any more, and keep addresses under the newest rules. Always in short steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.core import urls
from monitor.core.looks import address_key
from monitor.evidence.exchanges import ExchangeStore
from monitor.pipeline.world import World
from monitor.storage import mentions, people, sources

SHOWN_FOR = timedelta(days=90)
RETIRED_FOR = timedelta(days=30)
"""So long a retired Person can be brought back; then they, and all that is known of them, are deleted."""

EXCHANGES_UNNAMED_FOR = timedelta(hours=1)
STEP = 200
"""Rows a transaction: under 100 ms each, so that nothing else waits."""


def housekeep(world: World, exchanges: ExchangeStore) -> None:
    """Do all of it once."""
    now = world.clock.now()
    while _purge(world, before=now - RETIRED_FOR):
        pass
    while _forget_shown(world, before=now - SHOWN_FOR):
        pass
    exchanges.sweep(lambda digests: _named(world, digests), older_than=now - EXCHANGES_UNNAMED_FOR)


def renew_addresses(world: World) -> None:
    """Give every known address the key of the present rules, before anything is looked at: a change of rules never alerts."""
    while True:
        with world.db.write("rekey") as tx:
            old = mentions.load_old_keys(tx, urls.RULES_VERSION, STEP)
            for each in old:
                mentions.renew_key(tx, each, address_key(each.address), urls.RULES_VERSION)
        if not old:
            return


def _purge(world: World, *, before: datetime) -> int:
    with world.db.write("purge") as tx:
        purged = people.purge_retired(tx, before=before, limit=1)
        if purged:
            mentions.forget_unmentioned_pages(tx)
        return purged


def _forget_shown(world: World, *, before: datetime) -> int:
    with world.db.write("purge") as tx:
        return sources.forget_shown(tx, before=before, limit=STEP)


def _named(world: World, digests: Sequence[str]) -> set[str]:
    with world.db.read() as tx:
        return mentions.load_named_exchanges(tx, digests)
