"""Who may ask for the page, with what, and what goes out with every answer."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Sequence
from types import ModuleType

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.storage.engine import Database
from monitor.web import guard, ops, page, serving
from monitor.web.guard import Guard
from monitor.web.ops import OpsSettings, create_ops
from tests.fakes import FakeClock, FakeLog
from tests.pipeline.rig import SANNE, Rig, hit
from tests.web.conftest import Visitor, page_settings, visitor_of

PATHS = [
    "/",
    "/sources",
    "/deliveries",
    "/static/style.css",
    "/static/favicon.svg",
    "/favicon.ico",
    "/not-there",
    "/static/not-there",
]
SECRET = "Sanne van der Molen"


def ask_raw(app: ASGIApp, *, method: str = "GET", hosts: Sequence[bytes] = (b"localhost",)) -> tuple[int, bytes]:
    """Ask what no well-behaved client asks; returns status and body."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/", "raw_path": b"/", "query_string": b"", "root_path": ""}
    asyncio.run(app({**scope, "headers": [(b"host", host) for host in hosts]}, receive, send))
    return sent[0]["status"], b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost", "LOCALHOST:8080", "[::1]", "[::1]:8080"])
def test_this_machine_is_answered_under_its_own_names(rig: Rig, host: str):
    assert Visitor(visitor_of(rig).app, host=host).get("/").status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.test",
        "evil.test:8080",
        "127.0.0.1.evil.test",
        "localhost.evil.test",
        "evil.test/localhost",
        "localhost@evil.test",
        "evil.test:8080@localhost",
        "localhost.",
        "localhost:",
        "localhost:8080:8080",
        "localhost:port",
        "localhost evil.test",
        "127.0.0.1:8080,evil.test",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "192.168.1.10:8080",
        "[::ffff:127.0.0.1]",
        "[::]",
        "::1",
        "*",
        "naamwacht.example.org",
    ],
)
def test_a_name_of_somebody_else_gets_an_answer_without_content(rig: Rig, host: str):
    """DNS rebinding: a page of theirs, on a name of theirs that leads to this machine, reads nothing."""
    answer = Visitor(visitor_of(rig).app, host=host).get("/")

    assert (answer.status_code, answer.content) == (400, b"")


@pytest.mark.parametrize("host", ["naamwacht.example.org", "NAAMWACHT.example.org:8080", "[2001:db8::1]:8080"])
def test_a_configured_name_is_answered(rig: Rig, host: str):
    app = visitor_of(rig, page_settings(hosts=("naamwacht.example.org", "2001:db8::1"))).app

    assert Visitor(app, host=host).get("/").status_code == 200


def test_two_names_in_one_request_are_none(rig: Rig):

    assert ask_raw(visitor_of(rig).app, hosts=[b"localhost", b"evil.test"]) == (400, b"")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_nothing_but_reading_is_let_in(rig: Rig, path: str, method: str):
    answer = visitor_of(rig).ask(method, path)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.content == b""


def test_a_method_is_written_in_capitals(rig: Rig):
    assert ask_raw(visitor_of(rig).app, method="get") == (405, b"")


@pytest.mark.parametrize("path", ["/", "/sources", "/deliveries", "/static/style.css", "/favicon.ico"])
def test_a_head_is_answered_like_a_get(rig: Rig, path: str):
    visitor = visitor_of(rig)

    assert visitor.ask("HEAD", path).status_code == visitor.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("method", "host"), [("GET", "localhost"), ("POST", "localhost"), ("GET", "evil.test")])
def test_every_answer_is_hardened(rig: Rig, path: str, method: str, host: str):
    headers = Visitor(visitor_of(rig).app, host=host).ask(method, path).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; img-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert not {"server", "x-powered-by", "set-cookie", "access-control-allow-origin", "location"} & set(headers)


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_tells_a_version(rig: Rig, path: str):
    answer = visitor_of(rig).get(path)

    assert re.findall(r"\b\d+\.\d+\.\d+\b", re.sub(r"127\.0\.0\.1", "", answer.text) + str(answer.headers)) == []
    assert re.findall(r"uvicorn|starlette|fastapi|python", answer.text + str(answer.headers), re.IGNORECASE) == []


@pytest.mark.parametrize(
    "path",
    [
        "/sources/",
        "//evil.test",
        "//evil.test/",
        "/\\evil.test",
        "/static/../page.py",
        "/static/%2e%2e/page.py",
        "/docs",
        "/openapi.json",
    ],
)
def test_nothing_redirects_and_nothing_else_is_served(rig: Rig, path: str):
    answer = visitor_of(rig).get(f"http://127.0.0.1:8080{path}")

    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.text


def test_a_crash_is_named_in_the_log_by_kind_and_place_and_shows_nothing(rig: Rig):
    log = FakeLog()

    answer = ask_raw(Guard(crash, name="page", hosts=(), log=log, crashed="Dit hoort niet te gebeuren."))

    assert answer == (500, b"Dit hoort niet te gebeuren.")
    [(level, event, facts)] = log.records
    assert (level, event, facts["app"], facts["error"]) == ("error", "web crashed", "page", "RuntimeError")
    assert str(facts["place"]).startswith("tests.web.test_guard:")
    assert SECRET not in str(log.records)


def test_a_crash_after_the_answer_began_is_logged_and_adds_nothing(rig: Rig):
    log = FakeLog()

    answer = ask_raw(Guard(crash_late, name="page", hosts=(), log=log, crashed="x"))

    assert (*answer, len(log.records)) == (200, b"begun", 1)


async def crash(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError(f"cannot render {SECRET}")


async def crash_late(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"begun", "more_body": True})
    raise RuntimeError(SECRET)


def test_a_bug_in_a_page_reaches_the_barrier_and_nobody_else(rig: Rig):
    rig.begin(SANNE).seeded()
    rig.poll(hit(f"{SECRET} in de krant"))
    with rig.db.write() as tx:
        tx.exec_driver_sql("UPDATE mention SET band = 'unheard-of'")

    answer = visitor_of(rig).get("/")

    assert (answer.status_code, answer.text) == (500, "Dit hoort niet te gebeuren. In het log staat wat er misging.")
    assert rig.log.records[-1][1] == "web crashed"


@pytest.mark.parametrize("path", ["/", "/sources", "/deliveries"])
def test_without_a_database_the_page_says_so_without_saying_where(rig: Rig, path: str):
    visitor = visitor_of(rig)
    rig.db.close()
    assert rig.db.path is not None
    rig.db.path.rename(rig.db.path.with_suffix(".gone"))

    answer = visitor.get(path)

    assert answer.status_code == 503
    assert "Wat is bewaard, is nu niet te lezen" in answer.text
    assert str(rig.db.path) not in answer.text
    assert "cannot be opened" in str(rig.log.records[-1])


def test_the_probes_stand_behind_the_same_guard(sqlite_database: Database):
    settings = OpsSettings(beats=lambda: True, troubles=dict)
    app = create_ops(sqlite_database, FakeClock(), FakeLog(), settings)

    assert Visitor(app, host="evil.test").get("/metrics").status_code == 400
    assert Visitor(app).ask("POST", "/metrics").status_code == 405
    assert Visitor(app).get("/health/live").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("module", "barriers"), [(guard, 1), (ops, 0), (page, 0), (serving, 0)])
def test_only_one_place_catches_whatever_comes(module: ModuleType, barriers: int):
    assert len(re.findall(r"except Exception|except:|handler\(Exception|handler\(500", inspect.getsource(module))) == barriers
