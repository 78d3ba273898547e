"""The e-mail notifier against a real mail server (aiosmtpd) with TLS, logins and tokens."""

from __future__ import annotations

import base64
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from monitor.ports import Message, NotifierError, NotifierTools
from notifiers.email import Email, EmailSettings
from tests.fakes import FakeClock
from tests.notifiers.servers import WebServer, web_server

USER = "naamwacht@example.org"


@dataclass
class Mailbox:
    """A handler of aiosmtpd that remembers, and knows one password and one token."""

    mails: list[bytes] = field(default_factory=list)
    were_private: list[bool] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 # as aiosmtpd names it
        self.were_private.append(session.ssl is not None)
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        return "250 2.0.0 Taken"

    async def auth_XOAUTH2(self, _server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 # as aiosmtpd names it
        self.tokens.append(args[1])
        return AuthResult(success=True, handled=True)


def authenticator(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, login: object) -> AuthResult:
    assert isinstance(login, LoginPassword)
    is_right = (login.login, login.password) == (USER.encode(), b"geheim-woord")
    return AuthResult(success=is_right, handled=False)


@dataclass
class Post:
    """A running mail server."""

    mailbox: Mailbox
    port: int


@contextmanager
def serving(authority: trustme.CA, *, host: str = "mail.example.org", implicit: bool = False) -> Iterator[Post]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(tls)
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        require_starttls=not implicit,
        authenticator=authenticator,
        auth_required=False,
    )
    controller.start()
    try:
        yield Post(mailbox, port)
    finally:
        controller.stop()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


class Hasty(Email):
    patience = timedelta(seconds=5)


def notifier(tools: NotifierTools, port: int, **more: object) -> Email:
    values = {"host": "mail.example.org", "port": port, "sender": USER}
    return Hasty(EmailSettings.model_validate(values | more), tools)


def test_a_mail_goes_out_over_starttls(tools: NotifierTools, message: Message, authority: trustme.CA, ca_file: Path) -> None:
    with serving(authority) as post:
        notifier(tools, post.port, ca_file=ca_file).send(message)

    assert post.mailbox.were_private == [True]
    assert b"\r\nMessage-ID: <delivery-7@naamwacht.example.org>\r\n" in post.mailbox.mails[0]


def test_a_mail_goes_out_over_tls_from_the_start(
    tools: NotifierTools, message: Message, authority: trustme.CA, ca_file: Path
) -> None:
    with serving(authority, implicit=True) as post:
        notifier(tools, post.port, ca_file=ca_file, security="tls").send(message)

    assert len(post.mailbox.mails) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    tools: NotifierTools, message: Message, authority: trustme.CA, security: str
) -> None:
    with (
        serving(authority, implicit=security == "tls") as post,
        pytest.raises(NotifierError, match=r"certificate is not trusted.*ca_file") as refused,
    ):
        notifier(tools, post.port, security=security).send(message)

    assert refused.value.retryable
    assert post.mailbox.mails == []


def test_a_certificate_of_another_host_is_refused(
    tools: NotifierTools, message: Message, authority: trustme.CA, ca_file: Path
) -> None:
    with (
        serving(authority, host="other.example.org") as post,
        pytest.raises(NotifierError, match="certificate is not trusted: Hostname mismatch"),
    ):
        notifier(tools, post.port, ca_file=ca_file).send(message)

    assert post.mailbox.mails == []


def test_a_missing_ca_file_is_named_by_its_setting(
    tools: NotifierTools, message: Message, authority: trustme.CA, tmp_path: Path
) -> None:
    with serving(authority) as post, pytest.raises(NotifierError, match="ca_file cannot be read") as refused:
        notifier(tools, post.port, ca_file=tmp_path / "nothing").send(message)

    assert refused.value.retryable


def test_the_right_password_lets_us_in(tools: NotifierTools, message: Message, authority: trustme.CA, ca_file: Path) -> None:
    with serving(authority) as post:
        notifier(tools, post.port, ca_file=ca_file, auth="password", user=USER, password="geheim-woord").send(message)

    assert len(post.mailbox.mails) == 1


def test_a_wrong_password_keeps_the_message_for_later(
    tools: NotifierTools, message: Message, authority: trustme.CA, ca_file: Path
) -> None:
    with serving(authority) as post, pytest.raises(NotifierError, match="refused our credentials") as refused:
        notifier(tools, post.port, ca_file=ca_file, auth="password", user=USER, password="oud-woord").send(message)

    assert refused.value.retryable
    assert "oud-woord" not in str(refused.value)


class TestTokens:
    @staticmethod
    def asking(tools: NotifierTools, port: int, token_port: int, ca_file: Path) -> Email:
        return notifier(
            tools,
            port,
            ca_file=ca_file,
            auth="xoauth2",
            user=USER,
            token_url=f"https://login.example.org:{token_port}/tenant/oauth2/v2.0/token",
            client_id="app",
            client_secret="app-geheim",
        )

    @pytest.fixture
    def token_tls(self, authority: trustme.CA) -> ssl.SSLContext:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("login.example.org").configure_cert(tls)
        return tls

    def test_a_token_is_asked_for_and_kept_while_it_is_good(
        self,
        *,
        tools: NotifierTools,
        clock: FakeClock,
        message: Message,
        authority: trustme.CA,
        ca_file: Path,
        token_tls: ssl.SSLContext,
    ) -> None:
        answer = json.dumps({"access_token": "fresh", "expires_in": 3600}).encode()
        with serving(authority) as post, web_server(WebServer(body=answer), token_tls) as desk:
            mailer = self.asking(tools, post.port, desk.port, ca_file)
            mailer.send(message)
            mailer.send(message)
            asked_within_the_hour = len(desk.posted)
            clock.advance(timedelta(hours=1))
            mailer.send(message)

        assert (asked_within_the_hour, len(desk.posted), len(post.mailbox.mails)) == (1, 2, 3)
        assert base64.b64decode(post.mailbox.tokens[0]) == b"user=naamwacht@example.org\x01auth=Bearer fresh\x01\x01"
        assert desk.posted[0] == (
            "/tenant/oauth2/v2.0/token",
            b"grant_type=client_credentials&client_id=app&client_secret=app-geheim&scope=https%3A%2F%2Foutlook.office365.com%2F.default",
        )

    @pytest.mark.parametrize(
        ("desk", "words"),
        [
            (WebServer(status=401, body=b'{"error":"invalid_client"}'), "refused us \\(401\\)"),
            (WebServer(body=b"<html>"), "no token came"),
            (WebServer(body=b"[]"), "no token came"),
            (WebServer(body=b'{"expires_in": 3600}'), "no token came"),
        ],
        ids=["refused", "not JSON", "not an object", "no token"],
    )
    def test_a_token_that_does_not_come_keeps_the_message_for_later(
        self,
        *,
        tools: NotifierTools,
        message: Message,
        authority: trustme.CA,
        ca_file: Path,
        token_tls: ssl.SSLContext,
        desk: WebServer,
        words: str,
    ) -> None:
        with serving(authority) as post, web_server(desk, token_tls), pytest.raises(NotifierError, match=words) as refused:
            self.asking(tools, post.port, desk.port, ca_file).send(message)

        assert refused.value.retryable
        assert "app-geheim" not in str(refused.value)
