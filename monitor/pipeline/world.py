"""What every stage of the pipeline is handed: the watchlist of the moment, and the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from monitor.core.alerting import DigestHour
from monitor.core.matching import Matcher
from monitor.core.model import Organisation, Person
from monitor.core.namesakes import KnowsWords, NoWords
from monitor.ports import Clock, Failpoint, Log
from monitor.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Who is looked for now, under which number. Swapped as a whole."""

    matcher: Matcher
    people: Mapping[int, Person]
    number: int
    organisation: Organisation
    lexicon: KnowsWords = field(default_factory=NoWords)


@dataclass(frozen=True, slots=True)
class World:
    """What the pipeline needs of the world."""

    db: Database
    clock: Clock
    log: Log
    jitter: Callable[[], float]
    digest: DigestHour
    failpoint: Failpoint
