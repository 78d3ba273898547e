"""What a plug-in author reads: the verbs, the records and the errors between Naamwacht and the world.

A provider is a class with a `Settings` model; it is made anew for every Look with its settings and its Tools.
It raises nothing but `ProviderError`; a notifier raises nothing but `NotifierError`.
An empty `Batch` means "nothing there". It never means "I could not look": then raise.
"""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from monitor.core.model import Hit, Outcome, Query

# --------------------------------------------------------------------------------------------------- errors


class NaamwachtError(Exception):
    """Anything that goes wrong in a way we know."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what is wrong, and how to mend it."""

    path: str
    fault: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.fault}" + (f" ({self.remedy})" if self.remedy else "")


class ConfigError(NaamwachtError):
    """The configuration, or a file that people wrote, cannot be used. Carries every fault at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class PluginError(NaamwachtError):
    """A plug-in cannot be loaded; names its entry point."""


class ProviderError(NaamwachtError):
    """The Source could not be looked at. The only thing a provider may raise."""

    outcome: ClassVar[Outcome] = Outcome.FAILED

    def __init__(self, message: str, *, retryable: bool = True, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after = retry_after


class ProviderBlocked(ProviderError):
    """A captcha, a consent page, 401 or 403: the Source is blind and says so."""

    outcome = Outcome.BLOCKED


class QuotaExhausted(ProviderError):
    """Nothing more may be asked until then."""

    outcome = Outcome.QUOTA

    def __init__(self, message: str, *, until: datetime) -> None:
        super().__init__(message, retryable=True)
        self.until = until


class RefusedAddress(ProviderError):
    """The gate does not connect there."""

    outcome = Outcome.REFUSED

    def __init__(self, message: str) -> None:
        super().__init__(message, retryable=False)


class NotifierError(NaamwachtError):
    """The message was not taken. `retryable`: the other side may take it later."""

    def __init__(self, message: str, *, retryable: bool, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after = retry_after


class CaptureError(NaamwachtError):
    """A proof could not be made. Recorded, never fatal."""


class StorageError(NaamwachtError):
    """The database is locked, full, corrupt, or from a newer version."""


class AlreadyRunning(NaamwachtError):
    """Another daemon holds this database."""


class AddressInUse(NaamwachtError):
    """Something else listens there already."""


# ---------------------------------------------------------------------------------- what is read, and the tools


@dataclass(frozen=True, slots=True)
class Redirect:
    """One step from the requested address to the final one."""

    status: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said, through the gate. `headers` have lower-case names; `body` is decoded (no gzip left).

    `exchange` is the digest under which the raw exchange is kept; `is_truncated`: the cap cut the body off.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str
    redirects: tuple[Redirect, ...] = ()
    exchange: str = ""
    is_truncated: bool = False


class Http(Protocol):
    """HTTP through the gate. Raises `RefusedAddress`, or `ProviderError` where nothing came back.

    A status is never an error here: the caller knows what a 304, a 404 or a 429 means to it.
    """

    def get(self, address: str, *, headers: Mapping[str, str] | None = None) -> Answer: ...

    def post(self, address: str, *, content: bytes, headers: Mapping[str, str] | None = None) -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a parsed feed; texts are visible text, never markup. `source_url` is RSS's `<source url>`."""

    url: str
    title: str
    text: str
    guid: str = ""
    published_at: datetime | None = None
    author: str = ""
    source_title: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as the parse child read it. `parser` names who read it; `ttl` is the feed's own wish for its cadence."""

    title: str
    entries: tuple[FeedEntry, ...]
    ttl: timedelta | None = None
    language: str = ""
    parser: str = ""
    is_truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """All visible text of a page, blocks parted by a blank line. `feeds`: the feeds it points to."""

    title: str
    text: str
    language: str = ""
    canonical: str = ""
    feeds: tuple[str, ...] = ()
    is_truncated: bool = False


class Clock(Protocol):
    """The time. Only the composition root knows the real one."""

    def now(self) -> datetime:
        """Return the wall-clock time, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        ...


class Log(Protocol):
    """Structured logging: a constant message, facts as keywords. Ids only; no names, secrets or texts."""

    def info(self, event: str, **facts: object) -> object: ...

    def warning(self, event: str, **facts: object) -> object: ...

    def error(self, event: str, **facts: object) -> object: ...


class Connect(Protocol):
    """Open a checked TCP connection. Raises `RefusedAddress`, or OSError where nobody answers."""

    def __call__(self, host: str, port: int, *, timeout: timedelta) -> socket.socket: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """All that a provider needs of the world. Made per Look; every exchange is recorded.

    `parse_feed` and `page_text` read hostile bytes in a child process; both raise `ProviderError` where the bytes are
    not what they should be. The content type and the address help to decode.
    """

    http: Http
    parse_feed: Callable[[Answer], ParsedFeed]
    page_text: Callable[[Answer], ParsedPage]
    connect: Connect
    clock: Clock
    log: Log


# ----------------------------------------------------------------------------------------------------- plug-ins


class Settings(BaseModel):
    """The settings of a plug-in: one pydantic model; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


State = Mapping[str, str]
"""What a Source remembers between two Looks (an ETag, a cursor), small and made of text."""

NO_STATE: State = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a Look brings.

    `state` replaces the Source's. `is_unchanged`: the source says that nothing changed (a 304). `is_full`: as many hits as the
    engine gives, so there may be more. `truncated` says what of the answer was not read. `partial_failures` names the
    parts (engines, pages) that could not look. `echo` is the query as the engine understood it. `quota_left` counts
    queries. `moved_to`: the permanent new address. `not_before`: the source asks to be left alone until then.
    `is_without_limit`: a Search was asked without its limit in time after all, so what is undated may be old.
    """

    hits: tuple[Hit, ...] = ()
    exchanges: tuple[str, ...] = ()
    state: State = field(default_factory=lambda: NO_STATE)
    is_unchanged: bool = False
    is_full: bool = False
    truncated: str = ""
    partial_failures: tuple[str, ...] = ()
    echo: str = ""
    quota_left: int | None = None
    moved_to: str = ""
    not_before: datetime | None = None
    is_without_limit: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell whether everything that there was to see has been seen."""
        return not (self.is_full or self.truncated or self.partial_failures)


SettingsT = TypeVar("SettingsT", bound=Settings)


class _Provider(ABC, Generic[SettingsT]):
    """What Feeds and Searches share. `summary` is one line for `naamwacht providers`; `every` the cadence by default."""

    Settings: ClassVar[type[Settings]]
    summary: ClassVar[str]
    sends_names: ClassVar[bool]
    every: ClassVar[timedelta]

    def __init__(self, settings: SettingsT, tools: Tools) -> None:
        self.settings = settings
        self.tools = tools


class Feed(_Provider[SettingsT]):
    """A Source that is read: all names are matched here, none is sent out."""

    sends_names = False
    every = timedelta(minutes=15)

    @abstractmethod
    def read(self, state: State) -> Batch:
        """Return what stands there now."""


class Search(_Provider[SettingsT]):
    """A Source that is asked: names are sent out."""

    sends_names = True
    every = timedelta(hours=12)

    @abstractmethod
    def ask(self, query: Query, state: State) -> Batch:
        """Return what the engine answers to *query*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a notifier sends: ready words for one recipient.

    `message_id` (without angle brackets) and `reference` (NW-4F7K) stay the same over every repeat; `thread` is the same
    for all messages about one Person and Story. `subject` is neutral: it names nobody and quotes nothing.
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    reference: str
    thread: str
    language: str = "nl"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifierTools:
    """All that a notifier needs of the world. `connect` reaches the operator's own addresses.

    `ca_file`: certificate authorities of the network, to trust beside those of the system.
    """

    connect: Connect
    clock: Clock
    log: Log
    ca_file: Path | None = None


class Notifier(ABC, Generic[SettingsT]):
    """One way to reach people.

    `is_addressed`: it writes to the address in `Message.to`, whose owner has to confirm it; the others lead where their
    operator configured them to.
    """

    Settings: ClassVar[type[Settings]]
    summary: ClassVar[str]
    is_addressed: ClassVar[bool] = False

    def __init__(self, settings: SettingsT, tools: NotifierTools) -> None:
        self.settings = settings
        self.tools = tools

    @property
    def per_minute(self) -> int:
        """Return how many messages the other side takes a minute; 0 where it sets no limit."""
        return 0

    @classmethod
    def leads_to(cls, settings: SettingsT) -> tuple[tuple[str, int], ...]:  # noqa: ARG003 # for those who use `connect`
        """Return the host and port pairs that `connect` must let through for these settings."""
        return ()

    @abstractmethod
    def send(self, message: Message) -> None:
        """Hand *message* over; return only when the other side took it. Raises `NotifierError`."""

    @abstractmethod
    def check(self) -> None:
        """Find out whether a message could be sent, without sending one. Raises `NotifierError`."""


class Failpoint(Protocol):
    """A named place where a test may end the process. A no-op outside tests."""

    def __call__(self, name: str) -> None: ...
