"""Probes for machines: is it alive, is it ready, and how much of what. Counts and names of sources only, never of people."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from monitor.core.model import DeliveryState
from monitor.core.triage import HeldBack
from monitor.ports import Clock, Log, StorageError
from monitor.storage.engine import Database
from monitor.storage.queries import ListedSource, Standing, list_sources, load_standing
from monitor.web.guard import Guard

_READING: Final = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpsSettings:
    """`beats`: does the clockwork run? `troubles`: what keeps the service from doing its work, as codes with counts.

    `token`: who may ask; empty where only this machine can. Then it answers under the names of this machine only, and under
    `hosts`.
    """

    beats: Callable[[], bool]
    troubles: Callable[[], Mapping[str, int]]
    token: str = ""
    hosts: Sequence[str] = ()


def create_ops(db: Database, clock: Clock, log: Log, settings: OpsSettings) -> FastAPI:
    """Return the probes as an ASGI application."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)

    @app.api_route("/health/live", methods=_READING)
    async def live() -> Response:
        """Alive: the process answers and its clockwork runs. A broken source or mail server is no reason to be restarted.

        Not in a worker thread, and without the database: whatever waits for that, this answers.
        """
        if settings.beats():
            return PlainTextResponse("alive\n")
        return PlainTextResponse("the clockwork stands still\n", status_code=HTTPStatus.SERVICE_UNAVAILABLE)

    @app.api_route("/health/ready", methods=_READING)
    def ready(request: Request) -> Response:
        if not _is_allowed(request, settings.token):
            return _token_needed()
        troubles = _troubles(settings)
        status = HTTPStatus.SERVICE_UNAVAILABLE if troubles else HTTPStatus.OK
        return JSONResponse({"ready": not troubles, "troubles": troubles}, status_code=status)

    @app.api_route("/metrics", methods=_READING)
    def metrics(request: Request) -> Response:
        if not _is_allowed(request, settings.token):
            return _token_needed()
        now = clock.now()
        with db.read() as tx:
            standing, sources = load_standing(tx, now=now), list_sources(tx)
        written = generate_latest(_registry(standing, sources, now=now, is_beating=settings.beats()))
        return Response(written, media_type=CONTENT_TYPE_LATEST)

    @app.exception_handler(StorageError)
    def no_database(request: Request, error: StorageError) -> Response:  # noqa: ARG001 # the form of a handler
        log.error("metrics without database", fault=str(error))
        return PlainTextResponse("the database cannot be read; the log says why\n", HTTPStatus.SERVICE_UNAVAILABLE)

    hosts = None if settings.token else settings.hosts
    app.add_middleware(Guard, name="ops", hosts=hosts, log=log, crashed="this should not happen; the log says where\n")
    return app


def _is_allowed(request: Request, token: str) -> bool:
    if not token:
        return True
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # latin-1, as the header was read: whatever bytes were sent, they are compared as they are, in constant time.
    is_token = secrets.compare_digest(given.strip().encode("latin-1"), token.encode())
    return scheme.lower() == "bearer" and is_token


def _token_needed() -> Response:
    headers = {"WWW-Authenticate": "Bearer"}
    return PlainTextResponse("a token is needed\n", status_code=HTTPStatus.UNAUTHORIZED, headers=headers)


def _troubles(settings: OpsSettings) -> dict[str, int]:
    stopped = {} if settings.beats() else {"clockwork": 1}
    try:
        return {**settings.troubles(), **stopped}
    except StorageError:
        return {"database": 1, **stopped}


class _Families(Collector):
    """Figures that were read just now."""

    def __init__(self, families: Sequence[Metric]) -> None:
        self._families = families

    def collect(self) -> Sequence[Metric]:
        return self._families


def _registry(standing: Standing, sources: Sequence[ListedSource], *, now: datetime, is_beating: bool) -> CollectorRegistry:
    """Read everything anew: the database is the memory, a counter in a process would forget at each start."""
    last_look = 0.0 if standing.last_look_at is None else standing.last_look_at.timestamp()
    waited = 0.0 if standing.oldest_due_at is None else (now - standing.oldest_due_at).total_seconds()
    states = {state.value: standing.deliveries.get(state, 0) for state in DeliveryState}
    held = {code.value: standing.mentions_held_back.get(code, 0) for code in HeldBack if code.value}
    failures = {source.name: source.failures for source in sources}
    last_ok = {source.name: 0.0 if source.last_ok_at is None else source.last_ok_at.timestamp() for source in sources}
    families = [
        _figure("clockwork_running", "1 where the clockwork runs", is_beating),
        _figure("people", "People who are registered", standing.people),
        _figure("people_searched", "People who are searched for today", standing.people_searched),
        _figure("people_unreachable", "People searched for who have no confirmed channel", standing.people_unreachable),
        _figure("channels_unconfirmed", "Channels that their owner has not confirmed", standing.channels_unconfirmed),
        _figure("mentions", "Mentions known", standing.mentions),
        _figures("mentions_held_back", "Mentions that nobody was told of at once, by reason", "reason", held),
        _figure("sources", "Sources in use", standing.sources),
        _figure("sources_failing", "Sources that could not be looked at the last time", standing.sources_failing),
        _figures("source_failures", "Failed looks in a row", "source", failures),
        _figures("source_last_ok_timestamp_seconds", "When a source last showed all it has; 0 = never", "source", last_ok),
        _figure("last_look_timestamp_seconds", "When any source was last looked at; 0 = never", last_look),
        _figures("deliveries", "Messages by state", "state", states),
        _figure("delivery_oldest_due_seconds", "How long the oldest message that is due has waited", max(0.0, waited)),
    ]
    registry = CollectorRegistry()
    registry.register(_Families(families))
    return registry


def _figure(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"naamwacht_{name}", text, value=value)


def _figures(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"naamwacht_{name}", text, labels=[label])
    for value_of, value in values.items():
        family.add_metric([value_of], value)
    return family
