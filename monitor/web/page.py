"""The page: what was found, how the sources are doing, what was sent. It reads, and changes nothing.

How things look is in `templates`, what they are called in `words`, who may ask in `guard`. For this machine only, until there
is a sign-in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from monitor.core.model import Audience, Band, DeliveryKind, DeliveryState, NameGrade, Outcome, Role, Severity
from monitor.core.plain import one_line, shown_address
from monitor.core.references import reference
from monitor.core.triage import HeldBack
from monitor.ports import Clock, Log, StorageError
from monitor.storage.engine import Database
from monitor.storage.queries import list_deliveries, list_looks, list_mentions, list_sources, load_standing
from monitor.web.glance import LATE, Seeing, Seen, Untold, by_day, why_untold
from monitor.web.guard import Guard
from monitor.web.words import LANGUAGES, Language
from monitor.wording import day_in_words, reason_in_words, speaks_for

HERE: Final = Path(__file__).parent
SHOWN: Final = 200
LOOKS_SHOWN: Final = 30
NAMED: Final = 10
"""So many Sources are named on the first page; the others are counted, and stand on their own page."""

_LARGEST_ID: Final = 2**63 - 1
_READING: Final = ["GET", "HEAD"]

_CODES: Final[Mapping[str, type[Enum]]] = {
    "band": Band,
    "grade": NameGrade,
    "severity": Severity,
    "audience": Audience,
    "held_back": HeldBack,
    "outcome": Outcome,
    "role": Role,
    "delivery_kind": DeliveryKind,
    "delivery_state": DeliveryState,
    "seeing": Seeing,
    "untold": Untold,
}
"""The filters that turn a code into its word, each for one kind of code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """What the page needs besides the database. `hosts`: further names under which it may be asked for."""

    hosts: Sequence[str]
    language: str
    zone: ZoneInfo
    organisation: str


def create_page(db: Database, clock: Clock, log: Log, settings: PageSettings) -> FastAPI:
    """Return the page as an ASGI application."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    language = LANGUAGES[settings.language]
    templates = _templates(settings, language)

    def render(name: str, *, status: int = HTTPStatus.OK, **rows: object) -> HTMLResponse:
        written = templates.get_template(f"{name}.html").render(now=clock.now(), tab=name, **rows)
        return HTMLResponse(written, status_code=status)

    def fault(what: str, status: int) -> HTMLResponse:
        return render("fault", status=status, what=what)

    _add_lists(app, db, clock, settings.zone, render)
    app.mount("/static", StaticFiles(directory=HERE / "static"))

    @app.api_route("/favicon.ico", methods=_READING)
    def favicon() -> FileResponse:
        return FileResponse(HERE / "static" / "favicon.svg", media_type="image/svg+xml")

    @app.exception_handler(StorageError)
    def no_database(request: Request, error: StorageError) -> Response:  # noqa: ARG001 # the form of a handler
        log.error("page without database", fault=str(error))
        return fault("no_database", HTTPStatus.SERVICE_UNAVAILABLE)

    @app.exception_handler(HTTPException)
    def not_found(request: Request, error: HTTPException) -> Response:  # noqa: ARG001 # the form of a handler
        return fault("not_found", error.status_code)

    app.add_middleware(Guard, name="page", hosts=settings.hosts, log=log, crashed=language.texts["crashed"])
    return app


def _add_lists(app: FastAPI, db: Database, clock: Clock, zone: ZoneInfo, render: Callable[..., HTMLResponse]) -> None:
    @app.api_route("/", methods=_READING)
    def mentions(request: Request) -> Response:
        now = clock.now()
        before = _id_in(request.query_params.get("before", ""))
        with db.read() as tx:
            standing = load_standing(tx, now=now)
            seen = Seen.of(list_sources(tx), now=now)
            found = list_mentions(tx, limit=SHOWN + 1, before_id=before)
            newest = found[:1] if before is None else list_mentions(tx, limit=1)
        shown = found[:SHOWN]
        is_late = standing.oldest_due_at is not None and now - standing.oldest_due_at > LATE
        return render(
            "mentions",
            standing=standing,
            seen=seen,
            is_late=is_late,
            days=by_day(shown, zone),
            count=len(shown),
            older=shown[-1].id if len(found) > SHOWN else None,
            # Ids below this one are at most SHOWN newer Mentions, so none is skipped; where ids are missing, pages overlap.
            newer=shown[0].id + SHOWN + 1 if shown and shown[0].id < newest[0].id else None,
            is_newest=before is None,
        )

    @app.api_route("/sources", methods=_READING)
    def sources() -> Response:
        with db.read() as tx:
            seen = Seen.of(list_sources(tx), now=clock.now())
            looks = list_looks(tx, limit=LOOKS_SHOWN)
        return render("sources", seen=seen, looks=looks)

    @app.api_route("/deliveries", methods=_READING)
    def deliveries() -> Response:
        with db.read() as tx:
            standing = load_standing(tx, now=clock.now())
            dead = list_deliveries(tx, limit=SHOWN, state=DeliveryState.DEAD) if standing.deliveries.get("dead") else ()
            recent = list_deliveries(tx, limit=SHOWN)
        return render("deliveries", standing=standing, dead=dead, recent=recent, total=sum(standing.deliveries.values()))


def _id_in(text: str) -> int | None:
    """Return the id that an address gives, None where it gives none."""
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return min(int(text), _LARGEST_ID) if is_number else None


def _templates(settings: PageSettings, language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {name: partial(language.word, kind) for name, kind in _CODES.items()}
    environment.filters |= {
        "moment": lambda at: language.moment(at, settings.zone),
        "day": lambda at: day_in_words(at, settings.zone, language.code),
        "clock": lambda at: f"{at.astimezone(settings.zone):%H:%M}",
        "number": language.number,
        "counted": language.counted,
        "stretch": language.stretch,
        "outside": one_line,
        "address": shown_address,
        "reason": lambda reason: reason_in_words(reason, language.code),
        "speaks_for": speaks_for,
        "why_untold": why_untold,
        "reference": reference,
    }
    environment.globals |= {
        "w": language.texts,
        "language": language.code,
        "organisation": settings.organisation,
        "named": NAMED,
    }
    return environment
