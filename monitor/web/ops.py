"""Probes for machines: is it alive, is it ready, and how much of what. Counts and ids only, never a name."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from monitor.ports import Clock, StorageError
from monitor.storage.engine import Database
from monitor.storage.queries import ListedSource, Standing, list_sources, load_standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OpsSettings:
    """`beats`: does the clockwork run? `troubles`: what keeps the service from being ready. `token`: who may ask."""

    beats: Callable[[], bool]
    troubles: Callable[[], Sequence[str]]
    token: str


def create_ops(db: Database, clock: Clock, settings: OpsSettings) -> FastAPI:
    """Return the probes as an ASGI application."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    def is_allowed(request: Request) -> bool:
        if not settings.token:
            return True
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), settings.token.encode())

    @app.get("/health/live")
    def live() -> Response:
        """Alive: the process answers and its clockwork runs. A broken source or mail server is no reason to be restarted."""
        return (
            PlainTextResponse("alive\n")
            if settings.beats()
            else PlainTextResponse("the clockwork stands still\n", status_code=503)
        )

    @app.get("/health/ready")
    def ready(request: Request) -> Response:
        if not is_allowed(request):
            return PlainTextResponse("a token is needed\n", status_code=401)
        troubles = list(settings.troubles())
        return JSONResponse({"ready": not troubles, "troubles": troubles}, status_code=503 if troubles else 200)

    @app.get("/metrics")
    def metrics(request: Request) -> Response:
        if not is_allowed(request):
            return PlainTextResponse("a token is needed\n", status_code=401)
        with db.read() as tx:
            standing, sources = load_standing(tx, now=clock.now()), list_sources(tx)
        return Response(generate_latest(_registry(standing, sources, clock)), media_type=CONTENT_TYPE_LATEST)

    @app.exception_handler(StorageError)
    def no_database(request: Request, error: StorageError) -> PlainTextResponse:  # noqa: ARG001 # the form of a handler
        return PlainTextResponse(f"{error}\n", status_code=503)

    return app


def _registry(standing: Standing, sources: Sequence[ListedSource], clock: Clock) -> CollectorRegistry:
    """Read everything anew: the database is the memory, a counter in a process would forget at each start."""
    registry = CollectorRegistry()

    def gauge(name: str, text: str, value: float) -> None:
        Gauge(f"naamwacht_{name}", text, registry=registry).set(value)

    gauge("people", "People who are registered", standing.people)
    gauge("people_searched", "People who are searched today", standing.people_searched)
    gauge("people_unreachable", "People who are searched and have no confirmed channel", standing.people_unreachable)
    gauge("mentions", "Mentions known", standing.mentions)
    gauge("sources", "Sources in use", standing.sources)
    gauge("sources_failing", "Sources that could not be looked at the last time", standing.sources_failing)
    oldest = standing.oldest_due_at
    waited = 0.0 if oldest is None else max(0.0, (clock.now() - oldest).total_seconds())
    gauge("delivery_oldest_due_seconds", "How long the oldest message that is due has waited", waited)
    by_state = Gauge("naamwacht_deliveries", "Messages by state", ["state"], registry=registry)
    for state, count in standing.deliveries.items():
        by_state.labels(state).set(count)
    held = Gauge(
        "naamwacht_mentions_held_back", "Mentions that nobody was told of at once, by reason", ["reason"], registry=registry
    )
    for reason, count in standing.mentions_held_back.items():
        if reason:
            held.labels(reason).set(count)
    age = Gauge(
        "naamwacht_source_last_ok_seconds", "Since when a source has last shown all it has", ["source"], registry=registry
    )
    failures = Gauge("naamwacht_source_failures", "Failed looks in a row", ["source"], registry=registry)
    for source in sources:
        failures.labels(source.name).set(source.failures)
        if source.last_ok_at is not None:
            age.labels(source.name).set((clock.now() - source.last_ok_at).total_seconds())
    return registry
