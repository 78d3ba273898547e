"""A pipeline on a real database with a scripted source, a scripted notifier and a clock that moves when told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from monitor.actions.acting import Acting
from monitor.actions.channels import ChannelRules, sync_channels
from monitor.actions.people import Import, import_people
from monitor.core.alerting import DigestHour
from monitor.core.lexicon import EMPTY, Lexicon
from monitor.core.looks import LookRecord
from monitor.core.model import Carries, Hit, Name, Organisation, Query, Registration, Role
from monitor.pipeline.look import Opened, ReadPage, look_at
from monitor.pipeline.record import record_looks
from monitor.pipeline.refresh import load_watchlist
from monitor.pipeline.world import Watchlist, World
from monitor.ports import Batch, Feed, ParsedPage, ProviderError, Search, Settings, State
from monitor.storage import schema, sources
from monitor.storage.channels import ChannelSetting
from monitor.storage.engine import Database
from monitor.storage.sources import SourceSetting
from tests.fakes import NOW, FakeClock, FakeLog

SANNE = Registration(
    external_id="p1",
    name=Name(surname="Molen", prefix="van der", given_names=("Sanne",)),
    email="sanne@example.org",
    informed_on=date(2026, 1, 1),
)
YOUSSEF = Registration(
    external_id="p2",
    name=Name(surname="El Amrani", given_names=("Youssef",)),
    email="youssef@example.org",
    informed_on=date(2026, 1, 1),
)
ORGANISATION = Organisation(name="Jeugdbescherming Voorbeeld", domains=("jbvoorbeeld.example",))
"""The pages stand elsewhere: on the organisation's own site a name needs nothing more."""

RULES = ChannelRules(
    configured=(
        ChannelSetting(
            name="officer", role=Role.OFFICER, person_id=None, notifier="mail", address="officer@example.org", language="nl"
        ),
        ChannelSetting(name="ops", role=Role.OPERATOR, person_id=None, notifier="mail", address="ops@example.org", language="nl"),
    ),
    for_people=("mail",),
    addressed=frozenset({"mail"}),
    domains=frozenset({"example.org"}),
)


class ScriptedFeed(Feed[Settings]):
    """Brings what it is told to bring."""

    Settings: ClassVar[type[Settings]] = Settings
    summary = "scripted"

    def __init__(self, batch: Batch | ProviderError) -> None:
        self.batch = batch
        self.states: list[State] = []

    def read(self, state: State) -> Batch:
        self.states.append(state)
        if isinstance(self.batch, ProviderError):
            raise self.batch
        return self.batch


class ScriptedSearch(Search[Settings]):
    """Answers what it is told to answer, and remembers what it was asked."""

    Settings: ClassVar[type[Settings]] = Settings
    summary = "scripted"

    def __init__(self, batch: Batch | ProviderError) -> None:
        self.batch = batch
        self.queries: list[Query] = []

    def ask(self, query: Query, state: State) -> Batch:
        self.queries.append(query)
        if isinstance(self.batch, ProviderError):
            raise self.batch
        return self.batch


def hit(text: str, address: str = "https://news.example.org/a", title: str = "Bericht", **more: object) -> Hit:
    blank = Hit(address=address, title=title, text=text, carries=Carries.TEXT, published_at=NOW)
    return replace(blank, **more)  # type: ignore[arg-type] # fields of Hit


@dataclass
class Rig:
    """Polls, reads and counts. One Feed ("feed") and one Search ("search"). Without a lexicon every name is a rare one."""

    db: Database
    clock: FakeClock = field(default_factory=FakeClock)
    log: FakeLog = field(default_factory=FakeLog)
    pages: dict[str, str] = field(default_factory=dict)
    pages_read: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    seconds_a_page: int = 0
    watchlist: Watchlist | None = None
    tokens: int = 0
    lexicon: Lexicon = EMPTY

    @property
    def world(self) -> World:
        digest = DigestHour(time(7, 30), ZoneInfo("Europe/Amsterdam"))
        return World(db=self.db, clock=self.clock, log=self.log, jitter=lambda: 0.0, digest=digest, failpoint=lambda name: None)

    @property
    def acting(self) -> Acting:
        return Acting(self.db, self.clock, self._token, "console")

    def _token(self) -> str:
        self.tokens += 1
        return f"TOKEN{self.tokens:03d}ABCDEF"

    def begin(self, *people: Registration, feeds: Sequence[str] = ("feed",), every: timedelta = timedelta(minutes=15)) -> Rig:
        settings = [SourceSetting(name=n, provider="scripted", fingerprint="1", every=every, is_search=False) for n in feeds]
        settings.append(SourceSetting(name="search", provider="scripted", fingerprint="1", every=every, is_search=True))
        with self.db.write("sync") as tx:
            sources.sync_sources(tx, settings, now=self.clock.now())
        sync_channels(self.acting, RULES)
        self.register(*people)
        return self

    def register(self, *people: Registration) -> None:
        import_people(self.acting, Import(registrations=people, confirmed_gone=len(people)), RULES)
        self.refresh()

    def refresh(self) -> None:
        today = self.clock.now().date()
        self.watchlist = load_watchlist(self.world, ORGANISATION, ["search"], today=today, lexicon=self.lexicon)

    def look(self, *hits: Hit, source: str = "feed", **batch: object) -> LookRecord:
        """Poll a Feed that shows *hits*, without recording."""
        return self._look(ScriptedFeed(Batch(hits=hits, **batch)), source)  # type: ignore[arg-type] # fields of Batch

    def _look(self, provider: ScriptedFeed | ScriptedSearch, source: str, person: int | None = None) -> LookRecord:
        assert self.watchlist is not None
        with self.db.read() as tx:
            row = next(each for each in sources.load_sources(tx) if each.name == source)
            due = None if person is None else sources.load_watch(tx, row.id, person)
        return look_at(row, Opened(provider, self._read_page, self.kept.append), self.watchlist, self.world, due)

    def _read_page(self, address: str) -> ReadPage:
        self.pages_read.append(address)
        self.clock.advance(timedelta(seconds=self.seconds_a_page))
        if address not in self.pages:
            raise ProviderError("the page does not answer")
        page = ParsedPage(title="Bericht", text=self.pages[address])
        return ReadPage(page, address, "page-exchange", lambda: self.kept.append("page-exchange"))

    def poll(self, *hits: Hit, source: str = "feed", **batch: object) -> None:
        record_looks([self.look(*hits, source=source, **batch)], self.world)

    def record(self, record: LookRecord) -> None:
        record_looks([record], self.world)

    def fail(self, error: ProviderError, source: str = "feed") -> None:
        record_looks([self._look(ScriptedFeed(error), source)], self.world)

    def ask(self, *hits: Hit, person: int = 1, **batch: object) -> ScriptedSearch:
        search = ScriptedSearch(Batch(hits=hits, **batch))  # type: ignore[arg-type] # fields of Batch
        record_looks([self._look(search, "search", person)], self.world)
        return search

    def fail_ask(self, error: ProviderError, person: int = 1) -> None:
        record_looks([self._look(ScriptedSearch(error), "search", person)], self.world)

    def seeded(self) -> Rig:
        """Let every first Look be over."""
        self.poll()
        with self.db.read() as tx:
            people = list(tx.execute(select(schema.person.c.id)).scalars())
        for person in people:
            self.ask(person=person)
        return self

    def told(self) -> list[tuple[str, str]]:
        """Return (kind, reason) of every part of every message."""
        query = select(schema.delivery.c.kind, schema.delivery_part.c.reason).join(
            schema.delivery_part, schema.delivery_part.c.delivery_id == schema.delivery.c.id
        )
        with self.db.read() as tx:
            return [(row.kind, row.reason) for row in tx.execute(query.order_by(schema.delivery_part.c.id))]

    def count(self, table: str) -> int:
        with self.db.read() as tx:
            return count(tx, table)


def count(tx: Connection, table: str) -> int:
    return int(tx.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one())
