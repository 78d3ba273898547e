"""Ask a database and a mailbox what became of all that was planted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from monitor.core.model import DeliveryKind, DeliveryState
from monitor.demo.mailbox import Letter
from monitor.evidence.exchanges import ExchangeStore
from monitor.ports import StorageError
from monitor.storage.audit import chain_state
from monitor.storage.engine import Database
from monitor.storage.schema import address, delivery, mention, person, sighting, source
from tests.faults.busy import Planted

_ADDRESS = re.compile(r"https://krant\.test/\S+")
_REFERENCE = re.compile(r"NW-[0-9A-Z]{4,}")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is not as it should be, and what a kill may lead to.

    `repeats`: how many letters came once more; `repeated`: their references. `renamed`: mentions of which somebody was told
    under more than one reference; `identities`: references that came under more than one Message-ID.
    """

    mentions: int
    lost_mentions: tuple[Planted, ...]
    doubled_mentions: tuple[Planted, ...]
    lost_alerts: tuple[Planted, ...]
    repeats: int
    repeated: frozenset[str]
    renamed: tuple[Planted, ...]
    identities: frozenset[str]
    faults: tuple[str, ...]

    @property
    def lost(self) -> int:
        return len(self.lost_mentions) + len(self.lost_alerts)


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """Read a database, and let go of it."""
    database = Database(url)
    try:
        with database.read() as tx:
            yield tx
    finally:
        database.close()


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """Change a database, and let go of it."""
    database = Database(url)
    try:
        with database.write() as tx:
            yield tx
    finally:
        database.close()


def told_in(letters: Sequence[Letter]) -> dict[tuple[str, str], set[str]]:
    """Return the references under which somebody (an address) was told of a page (an address): (page, to) -> references."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for letter in letters:
        for page in _ADDRESS.findall(letter.text):
            told[page, letter.recipients[0]].add(reference_of(letter))
    return told


def reference_of(letter: Letter) -> str:
    """Return the reference in the subject; the text has to show the same."""
    found = set(_REFERENCE.findall(letter.subject)) | set(_REFERENCE.findall(letter.text))
    assert len(found) == 1, f"one letter, {len(found)} references"
    return found.pop()


def feeds_seen(url: str) -> int:
    """Return how many feeds were looked at wholly, once there is a database."""
    with reading(url) as tx:
        query = select(func.count()).select_from(source).where(source.c.first_whole_look_at.is_not(None))
        return int(tx.execute(query).scalar_one())


def unfinished(url: str, planted: Sequence[Planted]) -> int:
    """Return how much is still to be found or to be sent."""
    with reading(url) as tx:
        is_to_send = (delivery.c.kind == DeliveryKind.ALERT.value, delivery.c.state != DeliveryState.SENT.value)
        unsent = int(tx.execute(select(func.count()).select_from(delivery).where(*is_to_send)).scalar_one())
        return unsent + len(set(planted) - set(_mentions(tx, planted)))


def judge(url: str, data: Path, planted: Sequence[Planted], letters: Sequence[Letter]) -> Verdict:
    """Compare what was planted with what was found, told and kept."""
    told = told_in(letters)
    references = Counter(map(reference_of, letters))
    identities: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        identities[reference_of(letter)].add(letter.message_id)
    with reading(url) as tx:
        mentions = _mentions(tx, planted)
        faults = tuple(_faults(tx, ExchangeStore(data / "exchanges")))
    database = Database(url)
    faults += database.check_integrity()
    database.close()
    return Verdict(
        mentions=sum(mentions.values()),
        lost_mentions=tuple(each for each in planted if mentions[each] == 0),
        doubled_mentions=tuple(each for each in planted if mentions[each] > 1),
        lost_alerts=tuple(each for each in planted if not told.get((each.address, each.to))),
        repeats=sum(references.values()) - len(references),
        repeated=frozenset(reference for reference, times in references.items() if times > 1),
        renamed=tuple(each for each in planted if len(told.get((each.address, each.to), ())) > 1),
        identities=frozenset(reference for reference, ids in identities.items() if len(ids) > 1),
        faults=faults,
    )


def _mentions(tx: Connection, planted: Sequence[Planted]) -> Counter[Planted]:
    """Return how many Mentions each of *planted* has."""
    known = {(each.address, each.person): each for each in planted}
    query = (
        select(mention.c.id, address.c.address, person.c.external_id)
        .join(address, address.c.page_id == mention.c.page_id)
        .join(person, person.c.id == mention.c.person_id)
        .distinct()
    )
    rows = ((row.address, row.external_id) for row in tx.execute(query))
    return Counter(known[row] for row in rows if row in known)


def _faults(tx: Connection, exchanges: ExchangeStore) -> Iterator[str]:
    states = Counter(tx.execute(select(delivery.c.state).where(delivery.c.kind == DeliveryKind.ALERT.value)).scalars())
    if set(states) - {DeliveryState.SENT.value}:
        yield f"alerts are not sent: {dict(states)}"
    if (place := chain_state(tx).broken_at) is not None:
        yield f"the audit log is broken at {place}"
    for digest in tx.execute(select(sighting.c.exchange).distinct()).scalars():
        try:
            exchanges.load(digest)
        except StorageError as error:
            yield str(error)
