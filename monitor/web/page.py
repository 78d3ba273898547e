"""The page: what was found, how the sources are doing, what was sent. Read only; for this machine only until sign-in exists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from monitor.core.plain import isolated, one_line, shown_address
from monitor.core.references import reference
from monitor.ports import Clock, Log, StorageError
from monitor.storage.engine import Database
from monitor.storage.queries import list_deliveries, list_looks, list_mentions, list_sources, load_standing
from monitor.web.words import WORDS
from monitor.wording import reason_in_words

HERE = Path(__file__).parent
SHOWN = 200
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""Text from outside stays text: nothing runs, nothing is loaded from elsewhere, nobody learns where a click came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """What the page needs besides the database."""

    hosts: Sequence[str]
    language: str
    zone: ZoneInfo
    organisation: str


def create_page(db: Database, clock: Clock, log: Log, settings: PageSettings) -> FastAPI:
    """Return the page as an ASGI application."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    templates = _templates(settings)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    def render(name: str, **rows: object) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(now=clock.now(), tab=name.removesuffix(".html"), **rows))

    @app.get("/", response_class=HTMLResponse)
    def mentions() -> HTMLResponse:
        with db.read() as tx:
            return render("mentions.html", mentions=list_mentions(tx, limit=SHOWN), standing=load_standing(tx, now=clock.now()))

    @app.get("/sources", response_class=HTMLResponse)
    def sources() -> HTMLResponse:
        with db.read() as tx:
            return render("sources.html", sources=list_sources(tx), looks=list_looks(tx, limit=30))

    @app.get("/deliveries", response_class=HTMLResponse)
    def deliveries() -> HTMLResponse:
        with db.read() as tx:
            return render("deliveries.html", deliveries=list_deliveries(tx, limit=SHOWN))

    @app.exception_handler(StorageError)
    def no_database(request: Request, error: StorageError) -> PlainTextResponse:  # noqa: ARG001 # the form of a handler
        return PlainTextResponse(str(error), status_code=503)

    @app.exception_handler(Exception)
    def crashed(request: Request, fault: Exception) -> PlainTextResponse:  # crash barrier: web
        log.error("page failed", path=request.url.path, error=type(fault).__name__)
        return PlainTextResponse("This should not happen. The log says where.", status_code=500)

    @app.middleware("http")
    async def harden(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await go_on(request)
        response.headers.update(HEADERS)
        return response

    # Outermost: a page of somebody else's that resolves to this machine (DNS rebinding) gets no answer at all.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", *settings.hosts], www_redirect=False)
    return app


def _templates(settings: PageSettings) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = WORDS[settings.language]

    def moment(at: datetime | None) -> str:
        return words["never"] if at is None else at.astimezone(settings.zone).strftime("%d-%m-%Y %H:%M")

    environment.filters |= {
        "moment": moment,
        "outside": lambda text: isolated(one_line(text)),
        "address": shown_address,
        "reason": lambda reason: reason_in_words(reason, settings.language),
        "reference": reference,
        "word": lambda key: words.get(str(key), str(key)),
    }
    environment.globals |= {"w": words, "language": settings.language, "organisation": settings.organisation}
    return environment
