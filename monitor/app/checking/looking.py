"""The check of one source: it is really looked at, and nothing of it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from monitor.app.checking.finding import Finding, fault, ok, warn
from monitor.app.checking.subject import HearingHttp, Subject
from monitor.config import SourceConfig
from monitor.core.model import Query, QueryForm
from monitor.ports import NO_STATE, Batch, ProviderBlocked, ProviderError, QuotaExhausted, RefusedAddress, Search

PROBE = "gemeente Amsterdam"
"""What a search is asked here: nobody's name, and found by every engine that sees anything."""


def check_source(subject: Subject, source: SourceConfig, path: str) -> Iterator[Finding]:
    """Look at *source*."""
    app = subject.app
    if source.name not in app.sourcing.feeds | app.sourcing.searches:
        yield warn(path, "is never asked, as it may not receive names", "set receives_names: true, or take it out")
        return
    try:
        batch = _look(subject, source)
    except QuotaExhausted as error:
        yield warn(path, f"{error}; nothing more may be asked until {error.until:%Y-%m-%d %H:%M}Z")
    except RefusedAddress as error:
        yield fault(path, str(error), "if that host is your own, name it with its port under network.internal")
    except ProviderError as error:
        remedy = "it keeps us out now; `naamwacht sources` says since when" if isinstance(error, ProviderBlocked) else ""
        yield fault(path, str(error), remedy or ("check its url" if hasattr(source.settings, "url") else ""))
    else:
        yield from _seen(subject, source, path, batch)


def _look(subject: Subject, source: SourceConfig) -> Batch:
    app = subject.app
    provider = app.sourcing.open(source.name).provider
    hearing = HearingHttp(provider.tools.http, subject.heard, app.clock)
    overheard = type(provider)(provider.settings, replace(provider.tools, http=hearing))
    if isinstance(overheard, Search):
        form = QueryForm(person_id=0, text=PROBE, form="probe")
        return overheard.ask(Query(forms=(form,), language=app.config.language), NO_STATE)
    return overheard.read(NO_STATE)


def _seen(subject: Subject, source: SourceConfig, path: str, batch: Batch) -> Iterator[Finding]:
    is_search = source.name in subject.app.sourcing.searches
    if batch.partial_failures or batch.truncated:
        failed = "; ".join(filter(None, (*batch.partial_failures, batch.truncated)))
        yield warn(path, f"sees only a part ({len(batch.hits)} hit(s)): {failed}")
    elif not batch.hits and is_search:
        yield warn(path, f'finds nothing for "{PROBE}", which stands everywhere: it may be blind', "try it in a browser")
    elif not batch.hits:
        yield warn(path, "is empty", "check that it is the right address")
    else:
        yield ok(path, f"{len(batch.hits)} hit(s)")
    if batch.moved_to:
        yield warn(path, "has moved for good", f"its url is {batch.moved_to} now")
    newest = max((hit.published_at for hit in batch.hits if hit.published_at is not None), default=None)
    expected = source.expected_every
    if newest is not None and expected is not None and subject.app.clock.now() - newest > expected:
        silent = subject.app.clock.now() - newest
        yield warn(path, f"has been silent for {_in_words(silent)}, longer than expected_every", "look whether it still lives")


def _in_words(length: timedelta) -> str:
    return f"{length.days} day(s)" if length.days else f"{length.seconds // 3600} hour(s)"
