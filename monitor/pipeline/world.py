"""What every stage of the pipeline is handed: the watchlist of the moment, and the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitor.core.alerting import DigestHour
from monitor.core.lexicon import EMPTY, Lexicon
from monitor.core.matching import Matcher
from monitor.core.model import Organisation, Person
from monitor.ports import Clock, Failpoint, Log
from monitor.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Who is looked for now, under which number. Swapped as a whole."""

    matcher: Matcher
    people: Mapping[int, Person]
    number: int
    organisation: Organisation
    lexicon: Lexicon = EMPTY


@dataclass(frozen=True, slots=True)
class World:
    """What the pipeline needs of the world."""

    db: Database
    clock: Clock
    log: Log
    jitter: Callable[[], float]
    digest: DigestHour
    failpoint: Failpoint
