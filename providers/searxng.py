"""Ask a SearXNG, the operator's own as a rule, for one person's names; and tell an empty answer from one in which nobody looked.

Here: the request, what the JSON says, and how an engine's failure reads. Not here: whether a hit is about somebody we know.

Three things that SearXNG does not say (its release of August 2026):
* It has no field for "there is more", so a Batch is never called full.
* Engines that know no time range are left out in silence where one is asked for. Nothing found within a time range is therefore
  no look: the same is asked once more without it. Dated hits from before are kept; triage knows that they are old.
* Who was asked is not in the answer. It is known from the setting `engines`, else from who answered lately (kept in the state).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr, StringConstraints, ValidationError

from monitor.core.model import Carries, Hit, Query
from monitor.core.urls import canonical_key, site_of
from monitor.ports import Answer, Batch, ProviderBlocked, ProviderError, QuotaExhausted, Search, Settings, State
from providers import CUT_OFF, HttpAddress, check_answer, is_html, is_within, phrases, retry_after

LIMITER_WINDOW = timedelta(hours=1)
"""SearXNG's limiter lets four API requests an hour through."""

CAPTCHA_RESTS = timedelta(hours=1)
REFUSAL_RESTS = timedelta(minutes=3)
"""How long SearXNG itself leaves an engine alone (`search.suspended_times`): asking earlier is pointless."""

REMEMBERED_FOR = timedelta(days=14)
"""Who has not answered for so long is no longer taken to be asked."""

_ANSWERED = "answered "
"""State keys: `answered brave` = the day on which that engine last gave a hit."""

_COMMANDS = "!:?<"
"""A word that begins so is an order to SearXNG (a bang, a language, a time limit), even inside a phrase."""


def _sendable(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\x20-\x7e]+", value.get_secret_value()):
        raise ValueError("must be printable ASCII on one line")
    return value


_HeaderName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+$")]
_HeaderValue = Annotated[SecretStr, AfterValidator(_sendable)]


class SearXNGSettings(Settings):
    url: HttpAddress = Field(description="Address of the SearXNG, without /search. Its settings.yml must allow the format json.")
    engines: tuple[str, ...] = Field(
        default=(), description="Engines to ask; left out: those of the categories. Named, it is clear who was asked."
    )
    categories: tuple[str, ...] = Field(default=("general", "news"), description="Categories to ask where no engines are named.")
    language: str = Field(
        default="", description="Language sent along, such as nl, nl-NL or all; left out: the language of the person."
    )
    time_range: bool = Field(
        default=True, description="Whether to ask for recent pages only, once the older ones are known. Not all engines can."
    )
    headers: Mapping[_HeaderName, _HeaderValue] = Field(
        default_factory=dict, description="Further headers, such as Authorization, for a SearXNG behind a sign-in."
    )


class _Kind(Enum):
    CAPTCHA = "captcha"
    DENIED = "denied"
    TOO_MANY = "too many"
    BROKEN = "broken"


# The texts of `unresponsive_engines` are translated by the instance: English is asked for, some instances answer in Dutch anyway.
_KINDS: tuple[tuple[_Kind, tuple[str, ...]], ...] = (
    (_Kind.CAPTCHA, ("captcha",)),
    (_Kind.DENIED, ("access denied", "toegang geweigerd")),
    (_Kind.TOO_MANY, ("too many requests", "teveel verzoeken", "te veel verzoeken")),
)


def _text(text: str) -> str:
    """Make text storable: no lone surrogates, which JSON can spell, and no U+0000."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _only_text(value: object) -> str:
    return _text(value) if isinstance(value, str) else ""


def _only_texts(value: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_only_text, value))) if isinstance(value, list) else ()


# What is null, or of another kind than it was, is left out: it must not cost the hit.
_Text = Annotated[str, BeforeValidator(_only_text)]
_Texts = Annotated[tuple[str, ...], BeforeValidator(_only_texts)]


class _Result(BaseModel):
    """One result, as far as it matters. Every field but the address may be missing."""

    url: Annotated[str, AfterValidator(_text)]
    title: _Text = ""
    content: _Text = ""
    published: _Text = Field(default="", alias="publishedDate")
    pubdate: _Text = ""
    engine: _Text = ""
    engines: _Texts = ()

    @property
    def answered_by(self) -> frozenset[str]:
        return frozenset((*self.engines, self.engine)) - {""}


class _Reply(BaseModel):
    """The JSON answer. Results are read one by one, so that a broken one does not lose the others."""

    results: tuple[Any, ...]  # whatever JSON holds; `_read_results` makes sense of it
    unresponsive_engines: tuple[_Texts, ...] = ()
    corrections: _Texts = ()
    query: _Text = ""

    @property
    def failures(self) -> Mapping[str, str]:
        return {_short(engine): _short(" ".join(texts)) for engine, *texts in filter(None, self.unresponsive_engines)}

    @property
    def echo(self) -> str:
        """The query as SearXNG understood it, and the spellings that engines would rather have."""
        return " | ".join((self.query, *self.corrections))


class SearXNG(Search[SearXNGSettings]):
    Settings = SearXNGSettings
    summary = "Asks a SearXNG, your own as a rule, which asks many engines; names are sent out to those engines."

    def ask(self, query: Query, state: State) -> Batch:
        now = self.tools.clock.now()
        time_range = self._time_range(query, now=now)
        asked = self._asked(state, now=now)
        answer, reply = self._fetch(query, time_range)
        exchanges = [answer.exchange]
        if time_range and not reply.results:
            _raise_if_nobody_looked(reply, asked, now=now, is_sure=True)
            time_range = ""
            answer, reply = self._fetch(query, time_range)
            exchanges.append(answer.exchange)
        if not reply.results:
            _raise_if_nobody_looked(reply, asked, now=now, is_sure=False)
        results, unreadable = _read_results(reply.results)
        return Batch(
            hits=_hits(results, answer.exchange),
            exchanges=tuple(filter(None, exchanges)),
            state=_remembered(state, results, now=now),
            truncated=CUT_OFF if answer.is_truncated else "",
            partial_failures=(
                *(f"{engine}: {text}" for engine, text in sorted(reply.failures.items())),
                *((f"{unreadable} results could not be read",) if unreadable else ()),
            ),
            echo=reply.echo,
            is_without_limit=not time_range,
        )

    def _time_range(self, query: Query, *, now: datetime) -> str:
        """Return SearXNG's word for how far back to look. Never `day`: its Bing News then looks back one hour."""
        if not self.settings.time_range:
            return ""
        ranges = (("week", 7), ("month", 31), ("year", 366))
        return next((word for word, days in ranges if is_within(query, days, now=now)), "")

    def _asked(self, state: State, *, now: datetime) -> frozenset[str]:
        """Return which engines are asked, as far as can be known; empty where nothing is."""
        if self.settings.engines:
            return frozenset(self.settings.engines)
        return frozenset(key.removeprefix(_ANSWERED) for key in _lately(state, now=now))

    def _fetch(self, query: Query, time_range: str) -> tuple[Answer, _Reply]:
        which = {"engines": self.settings.engines} if self.settings.engines else {"categories": self.settings.categories}
        parameters = {
            "q": " OR ".join(_disarmed(phrase) for phrase in phrases(query)),
            "format": "json",
            "language": self.settings.language or query.language,
            "pageno": str(query.page),
            # Some of what this product is for stands on pages that a filter for decency hides.
            "safesearch": "0",
            **{name: ",".join(values) for name, values in which.items() if values},
            **({"time_range": time_range} if time_range else {}),
        }
        answer = self.tools.http.get(
            f"{self.settings.url.rstrip('/').removesuffix('/search')}/search?{urlencode(parameters)}",
            # Its limiter takes a client without Accept-Language for a bot; and engines' failures are told in that language.
            headers={
                "Accept": "application/json, */*;q=0.5",
                "Accept-Language": "en",
                **{name: value.get_secret_value() for name, value in self.settings.headers.items()},
            },
        )
        return answer, _read_reply(answer, now=self.tools.clock.now())


def _disarmed(phrase: str) -> str:
    return '"' + " ".join(filter(None, (word.lstrip(_COMMANDS) for word in phrase.strip('"').split()))) + '"'


def _read_reply(answer: Answer, *, now: datetime) -> _Reply:
    """Return what SearXNG says. Raises where it says nothing of use, with the remedy."""
    match answer.status:
        case 400:
            raise ProviderError("SearXNG does not take this request (400): check engines and language", retryable=False)
        case 403:
            raise ProviderBlocked("SearXNG refuses (403): allow the format json in its settings.yml (search.formats)")
        case 429:
            until = now + (retry_after(answer.headers, now=now) or LIMITER_WINDOW)
            raise QuotaExhausted("SearXNG's limiter stops us (429): switch it off, or add us to its pass_ip", until=until)
    check_answer(answer, now=now)
    if is_html(answer):
        raise ProviderError("a web page came where SearXNG's JSON belongs: check the address")
    try:
        return _Reply.model_validate(json.loads(answer.body))
    except (ValueError, RecursionError) as e:
        # Without `from`: the error would carry the answer, and with it names, into a log.
        raise ProviderError(f"the answer is not SearXNG's JSON ({type(e).__name__})") from None


def _read_results(raw: Iterable[object]) -> tuple[tuple[_Result, ...], int]:
    """Return the results that can be read, and how many cannot."""
    results: list[_Result] = []
    unreadable = 0
    for one in raw:
        try:
            results.append(_Result.model_validate(one))
        except ValidationError:
            unreadable += 1
    if unreadable and not results:
        raise ProviderError(f"none of the {unreadable} results could be read: SearXNG's JSON has changed")
    return tuple(results), unreadable


def _hits(results: Iterable[_Result], exchange: str) -> tuple[Hit, ...]:
    """Return the results as hits, best first.

    SearXNG repeats a hit once per engine where their addresses differ (a tracking parameter): the first is kept, its rank is
    the best. The same page with another snippet says something else, and stays.
    """
    hits: dict[tuple[str, str, str], Hit] = {}
    for result in results:
        key = canonical_key(result.url)
        hits.setdefault((key, result.title, result.content), _hit(result, exchange, address=result.url if key else ""))
    return tuple(hits.values())


def _hit(result: _Result, exchange: str, *, address: str) -> Hit:
    return Hit(
        address=address,
        title=result.title,
        text=result.content,
        carries=Carries.SNIPPET if result.content else Carries.TITLE,
        published_at=_date(result.published) or _date(result.pubdate),
        site=site_of(address),
        exchange=exchange,
    )


def _date(text: str) -> datetime | None:
    """Read `2026-11-20T08:00:00`, `2026-11-20 08:00:00+0000` and their like; no zone is taken for UTC."""
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _lately(state: State, *, now: datetime) -> dict[str, str]:
    """Return who gave hits lately, as state."""
    first = (now - REMEMBERED_FOR).date().isoformat()
    return {key: day for key, day in state.items() if key.startswith(_ANSWERED) and day >= first}


def _remembered(state: State, results: Iterable[_Result], *, now: datetime) -> State:
    today = now.date().isoformat()
    engines = {engine for result in results for engine in result.answered_by}
    return {**_lately(state, now=now), **{_ANSWERED + _short(engine): today for engine in engines}}


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:60]


def _raise_if_nobody_looked(reply: _Reply, asked: frozenset[str], *, now: datetime, is_sure: bool) -> None:
    """Raise where nothing was found because every engine failed.

    Where it is not known who was asked, one failure is enough not to call it empty; *is_sure*: only where it is known.
    """
    failures = reply.failures
    if not failures or not asked <= set(failures) or (is_sure and not asked):
        return
    kinds = {_kind(text) for text in failures.values()}
    words = "no engine could look: " + "; ".join(f"{engine}: {text}" for engine, text in sorted(failures.items()))
    if kinds == {_Kind.TOO_MANY}:
        raise QuotaExhausted(words, until=now + REFUSAL_RESTS)
    rest = CAPTCHA_RESTS if _Kind.CAPTCHA in kinds else REFUSAL_RESTS
    if kinds & {_Kind.CAPTCHA, _Kind.DENIED}:
        raise ProviderBlocked(words, retry_after=rest)
    raise ProviderError(words, retry_after=rest)


def _kind(text: str) -> _Kind:
    lowered = text.lower()
    return next((kind for kind, texts in _KINDS if any(known in lowered for known in texts)), _Kind.BROKEN)
