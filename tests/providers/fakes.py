"""A fake internet for one provider: answers by address, and what was asked. Parsing is real; nothing is patched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from socket import socket
from urllib.parse import parse_qs, urlsplit

from monitor.core.model import Query, QueryForm
from monitor.fetch.feeds import EntryReading, read_feed
from monitor.fetch.wire import Unreadable
from monitor.ports import Answer, FeedEntry, ParsedFeed, ParsedPage, ProviderError, Redirect, RefusedAddress, Tools
from tests.fakes import FakeClock, FakeLog

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(path: str) -> bytes:
    return (FIXTURES / path).read_bytes()


def answer(
    body: bytes = b"",
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    redirects: tuple[Redirect, ...] = (),
    to: str = "",
    is_truncated: bool = False,
) -> Answer:
    """Script an answer; FakeHttp fills in its address and its exchange."""
    return Answer(status=status, headers=headers or {}, body=body, address=to, redirects=redirects, is_truncated=is_truncated)


@dataclass(frozen=True)
class Request:
    address: str
    headers: Mapping[str, str]

    @property
    def parameters(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.address).query, keep_blank_values=True).items()}


Scripted = Answer | ProviderError
Rule = tuple[Callable[[Request], bool], Scripted]


@dataclass
class FakeHttp:
    """Gives the first scripted answer whose condition holds; remembers every request."""

    rules: list[Rule]
    requests: list[Request] = field(default_factory=list)

    def get(self, address: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        request = Request(address, dict(headers or {}))
        self.requests.append(request)
        scripted = next(scripted for condition, scripted in self.rules if condition(request))
        if isinstance(scripted, ProviderError):
            raise scripted
        return replace(scripted, address=scripted.address or address, exchange=f"exchange-{len(self.requests)}")

    def post(self, address: str, *, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        raise AssertionError("no provider posts")


def always(scripted: Scripted) -> FakeHttp:
    return FakeHttp([(lambda _: True, scripted)])


def tools(http: FakeHttp, *, clock: FakeClock | None = None, parse_feed: Callable[[Answer], ParsedFeed] | None = None) -> Tools:
    return Tools(
        http=http,
        parse_feed=parse_feed or parsed,
        page_text=_no_page,
        connect=_no_connection,
        clock=clock or FakeClock(),
        log=FakeLog(),
    )


def query(*names: str, since: datetime | None = None, page: int = 1) -> Query:
    return Query(
        forms=tuple(QueryForm(person_id=1, text=name, form="full") for name in names), since=since, language="nl", page=page
    )


def parsed(given: Answer) -> ParsedFeed:
    """Read a feed as the parse child does, in this process."""
    try:
        reading = read_feed(given.body, given.headers.get("content-type", ""), given.address)
    except Unreadable as e:
        raise ProviderError(str(e)) from e
    return ParsedFeed(
        title=reading.title,
        entries=tuple(_entry(entry) for entry in reading.entries),
        ttl=timedelta(minutes=reading.ttl) if reading.ttl else None,
        language=reading.language,
        parser=reading.parser,
        is_truncated=reading.is_truncated,
    )


def _entry(entry: EntryReading) -> FeedEntry:
    published_at = datetime.fromisoformat(entry.published_at) if entry.published_at else None
    return FeedEntry(**{**asdict(entry), "published_at": published_at})


def _no_page(given: Answer) -> ParsedPage:
    raise AssertionError("no provider reads pages")


def _no_connection(host: str, port: int, *, timeout: timedelta) -> socket:
    raise RefusedAddress("no connections in tests")
