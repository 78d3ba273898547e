"""Chat: what reaches the service, what its answer means, and that nothing reaches a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ports import Message, NotifierError, NotifierTools
from notifiers.apprise import AppriseNotifier, AppriseSettings, harmless
from tests.notifiers.servers import WebServer, web_server

# Apprise loads all its services at once, and one of them still asks for a module that Python 3.13 dropped.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")

HOSTILE = (
    "@everyone <!channel> <@U0123> [klik](https://evil.test/x) <b>vet</b> *ster* @sanne sanne@example.org "
    "https://example.org/@here/@sanne"
)


def notifier(tools: NotifierTools, url: str) -> AppriseNotifier:
    return AppriseNotifier(AppriseSettings.model_validate({"url": url}), tools)


def test_a_service_gets_a_neutral_title_and_the_text(tools: NotifierTools, message: Message) -> None:
    with web_server(WebServer()) as server:
        notifier(tools, f"json://127.0.0.1:{server.port}/hook").send(message)

    assert [path for path, _ in server.posted] == ["/hook"]
    assert server.posted_json() == {
        "version": "1.0",
        "title": "Naamwacht: bericht NW-4F7K",
        "message": "Hallo,\n\nJe naam staat op een pagina.",
        "attachments": [],
        "type": "info",
    }


def test_a_hostile_text_calls_nobody_and_hides_no_link(tools: NotifierTools, message: Message) -> None:
    with web_server(WebServer()) as server:
        notifier(tools, f"mmost://127.0.0.1:{server.port}/token").send(replace(message, text=HOSTILE))

    assert server.posted[0][0] == "/hooks/token"
    text = str(server.posted_json()["text"])
    assert "Naamwacht: bericht NW-4F7K" in text
    assert not [call for call in ("@everyone", "<!channel", "<@U", "](", "@here", " @sanne") if call in text]


def test_a_chat_that_speaks_html_gets_text_and_no_html(tools: NotifierTools, message: Message) -> None:
    with web_server(WebServer()) as server:
        notifier(tools, f"json://127.0.0.1:{server.port}/?format=html").send(replace(message, text=HOSTILE))

    assert "<b>" not in str(server.posted_json()["message"])


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503, 301])
def test_a_service_that_refuses_is_worth_another_try(tools: NotifierTools, message: Message, status: int) -> None:
    with web_server(WebServer(status=status)) as server, pytest.raises(NotifierError, match="did not take") as refused:
        notifier(tools, f"json://127.0.0.1:{server.port}/").send(message)

    assert refused.value.retryable


def test_a_redirect_does_not_carry_the_message_elsewhere(tools: NotifierTools, message: Message) -> None:
    with web_server(WebServer()) as elsewhere:
        moved = WebServer(status=307, headers={"Location": f"http://127.0.0.1:{elsewhere.port}/"})
        with web_server(moved) as server, pytest.raises(NotifierError):
            notifier(tools, f"json://127.0.0.1:{server.port}/").send(message)

    assert elsewhere.posted == []


def test_nobody_at_the_address_is_worth_another_try(tools: NotifierTools, message: Message) -> None:
    with web_server(WebServer()) as server:
        port = server.port

    with pytest.raises(NotifierError) as refused:
        notifier(tools, f"json://127.0.0.1:{port}/").send(message)

    assert refused.value.retryable


@pytest.mark.parametrize("url", ["", "x", "https://", "nochat://geheim-woord/x", "slack://geheim-woord"])
def test_an_address_that_means_nothing_is_never_tried(tools: NotifierTools, message: Message, url: str) -> None:
    with pytest.raises(NotifierError, match="does not understand url") as refused:
        notifier(tools, url).send(message)

    assert not refused.value.retryable
    assert "geheim-woord" not in str(refused.value)


def test_check_understands_the_address_and_sends_nothing(tools: NotifierTools) -> None:
    with web_server(WebServer()) as server:
        notifier(tools, f"json://127.0.0.1:{server.port}/").check()

    assert server.posted == []


def test_check_names_an_address_that_means_nothing(tools: NotifierTools) -> None:
    with pytest.raises(NotifierError, match="does not understand url"):
        notifier(tools, "nochat://x").check()


@pytest.mark.parametrize("scheme", ["json", "xml", "form", "mmost", "rocket", "matrix", "nochat"])
def test_no_name_and_no_secret_reaches_a_log_even_at_debug(tools: NotifierTools, message: Message, scheme: str) -> None:
    named = replace(message, text="Youssef El Amrani")

    with web_server(WebServer(status=400)) as server, listening() as records, pytest.raises(NotifierError) as refused:
        notifier(tools, f"{scheme}://user:geheimwoord@127.0.0.1:{server.port}/geheimwoord").send(named)

    assert records == []
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@everyone", "@\u2060everyone"),
        ("kom@everyone", "kom@\u2060everyone"),
        ("@Sanne", "@\u2060Sanne"),
        ("sanne@example.org", "sanne@example.org"),
        ("<!here>", "<\u2060!here>"),
        ("a < b", "a < b"),
        ("[x](y)", "[x]\u2060(y)"),
        ("https://example.org/@sanne", "https://example.org/@sanne"),
        ("https://example.org/@everyone", "https://example.org/%40everyone"),
    ],
)
def test_what_would_call_people_is_taken_apart(text: str, expected: str) -> None:
    assert harmless(text) == expected


@given(st.text(st.sampled_from("@<!>everyonechannelhttps://[]() \u2060"), max_size=60))
def test_no_text_calls_everybody(text: str) -> None:
    words = harmless(text)

    assert "@everyone" not in words
    assert "@channel" not in words
    assert "<!" not in words


@contextmanager
def listening() -> Iterator[list[str]]:
    """Open every logger as wide as it goes, and gather what comes to the root and to the loggers that matter."""
    records: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record.getMessage())

    ear = Ear(0)
    loggers = [logging.getLogger(name) for name in (None, "apprise", "urllib3", "urllib3.connectionpool", "requests")]
    before = [logger.level for logger in loggers]
    loggers[0].addHandler(ear)
    for logger in loggers:
        logger.setLevel(1)
    try:
        yield records
    finally:
        loggers[0].removeHandler(ear)
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
