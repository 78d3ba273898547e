"""Makes a configured Source ready for one Look: its provider with settings and Tools, and the way to keep raw exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from monitor.config import Config, SourceConfig
from monitor.evidence.exchanges import ExchangeStore
from monitor.fetch.addresses import Pair, parse_address
from monitor.fetch.children import ParseChildren
from monitor.fetch.gate import PAGE_BYTES, Gate, RecordingHttp, Trust
from monitor.pipeline.look import Opened, ReadPage
from monitor.plugins import ProviderType
from monitor.ports import Answer, Clock, Log, ProviderBlocked, ProviderError, RefusedAddress, Search, Tools
from monitor.storage.sources import SourceSetting


@dataclass(frozen=True, slots=True)
class Workbench:
    """What all Sources share."""

    gate: Gate
    children: ParseChildren
    exchanges: ExchangeStore
    clock: Clock
    log: Log


class Sourcing:
    """The Sources of the configuration, by name. A Search that may receive no names is never asked."""

    def __init__(self, config: Config, providers: Mapping[str, ProviderType], bench: Workbench) -> None:
        self._bench = bench
        self._providers = providers
        self._sources = {source.name: source for source in config.sources}
        self._internal = frozenset((pair.host, pair.port) for pair in config.network.internal)
        self.feeds = frozenset(name for name in self._sources if not self._is_search(name))
        self._own_sites = self._internal & {_pair_of(self._sources[name]) for name in self.feeds}
        self.searches = frozenset(name for name in self._sources if self._is_search(name) and self._sources[name].receives_names)

    def _is_search(self, name: str) -> bool:
        return issubclass(self._providers[self._sources[name].provider], Search)

    def settings(self) -> tuple[SourceSetting, ...]:
        """Return the Sources as the database keeps them."""
        return tuple(
            SourceSetting(
                name=source.name,
                provider=source.provider,
                fingerprint=fingerprint(source),
                every=source.every or self._providers[source.provider].every,
                is_search=self._is_search(source.name),
            )
            for source in self._sources.values()
        )

    def open(self, name: str) -> Opened:
        """Return the Source, made ready for one Look."""
        source = self._sources[name]
        bench = self._bench
        trust = self._trust(source)
        http = bench.gate.session(trust)
        tools = Tools(
            http=http,
            parse_feed=bench.children.parse_feed,
            page_text=bench.children.page_text,
            connect=bench.gate.connect,
            clock=bench.clock,
            log=bench.log,
        )
        provider = self._providers[source.provider](source.settings, tools)
        return Opened(provider, self._read_page, lambda digest: self._keep(digest, http))

    def _trust(self, source: SourceConfig) -> Trust:
        """Trust the operator's own hosts only where the Source itself is one: no feed of the web leads there."""
        return Trust.OPERATOR if _pair_of(source) in self._internal else Trust.WEB

    def _read_page(self, address: str) -> ReadPage:
        """Read a page. A search engine may name any; of the operator's own hosts only those are read whose feeds are."""
        is_own = parse_address(address).pair in self._own_sites
        http = self._bench.gate.session(Trust.OPERATOR if is_own else Trust.WEB, most_bytes=PAGE_BYTES)
        answer = http.get(address)
        _check(answer)
        page = self._bench.children.page_text(answer)
        return ReadPage(page, answer.address, answer.exchange, lambda: self._keep(answer.exchange, http))

    def _keep(self, digest: str, http: RecordingHttp) -> None:
        raw = http.exchanges.get(digest)
        if raw is not None:
            self._bench.exchanges.keep(digest, raw)


def _check(answer: Answer) -> None:
    if answer.status in (401, 403, 429, 451):
        raise ProviderBlocked(f"the page does not let us in ({answer.status})")
    if answer.status != 200:
        raise ProviderError(f"the page does not answer ({answer.status})")


def _pair_of(source: SourceConfig) -> Pair | None:
    """Return the host and port that a Source is read from, None where its settings name no address."""
    try:
        return parse_address(str(getattr(source.settings, "url", ""))).pair
    except RefusedAddress:
        return None


def fingerprint(source: SourceConfig) -> str:
    """Return what changes with the provider or its settings. A secret does not make another Source."""
    return sha256(f"{source.provider}\x00{source.settings.model_dump_json()}".encode()).hexdigest()
