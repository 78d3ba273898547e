"""A rig whose database the page and the probes read, and a visitor who asks for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from starlette.types import ASGIApp

from monitor.storage.engine import Database
from monitor.storage.schema import metadata
from monitor.web.page import PageSettings, create_page
from tests.pipeline.conftest import sqlite_database
from tests.pipeline.rig import Rig

__all__ = ["sqlite_database"]


@dataclass(frozen=True)
class Visitor:
    """Asks an application over ASGI: without a socket, one request at a time. (The test client wants another httpx.)"""

    app: ASGIApp
    host: str = "127.0.0.1:8080"

    def get(self, path: str = "/", **headers: str) -> httpx.Response:
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str = "/", **headers: str) -> httpx.Response:
        return asyncio.run(self._ask(method, path, headers))

    async def _ask(self, method: str, path: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
            return await client.request(method, path, headers={"host": self.host, **headers})


@pytest.fixture
def rig(sqlite_database: Database) -> Rig:
    return Rig(sqlite_database)


def page_settings(
    *, language: str = "nl", hosts: tuple[str, ...] = (), organisation: str = "Jeugdbescherming Voorbeeld"
) -> PageSettings:
    return PageSettings(hosts=hosts, language=language, zone=ZoneInfo("Europe/Amsterdam"), organisation=organisation)


def visitor_of(rig: Rig, settings: PageSettings | None = None) -> Visitor:
    return Visitor(create_page(rig.db, rig.clock, rig.log, settings or page_settings()))


@pytest.fixture
def visit(rig: Rig) -> Callable[..., httpx.Response]:
    """Ask for a part of the page, in Dutch."""
    return visitor_of(rig).get


@contextmanager
def database_in(folder: Path) -> Iterator[Database]:
    """A database that several tests read."""
    database = Database(f"sqlite:///{folder / 'naamwacht.db'}")
    database.create()
    with database.write("test") as tx:
        metadata.create_all(tx)
    yield database
    database.close()
