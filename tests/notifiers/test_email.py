"""What each answer of a mail server means for the message."""

from __future__ import annotations

import base64
import email
import email.policy
import re
import socket
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ports import Message, NotifierError, NotifierTools, RefusedAddress
from notifiers.email import Auth, Email, EmailSettings, compose
from tests.fakes import NOW, FakeClock, FakeLog
from tests.notifiers.servers import DRIP, DROP, SILENCE, ScriptedMailServer, connect, mail_server

ANY_TEXT = st.text(st.characters(categories=None), max_size=120)
TOOLS = NotifierTools(connect=connect, clock=FakeClock(), log=FakeLog())


class Hasty(Email):
    patience = timedelta(seconds=0.3)


def settings(smtp_port: int = 25, /, **more: object) -> EmailSettings:
    values = {"host": "127.0.0.1", "port": smtp_port, "security": "none", "sender": "Naamwacht <naamwacht@example.org>"}
    return EmailSettings.model_validate(values | more)


@dataclass(frozen=True)
class Outcome:
    """What the table below says of a script; `retry_after` in seconds."""

    retryable: bool
    words: str
    retry_after: float | None = None


@contextmanager
def failing(script: Mapping[str, str], **more: object) -> Iterator[tuple[Email, ScriptedMailServer]]:
    with mail_server(script) as server:
        yield Hasty(settings(server.port, **more), TOOLS), server


LATER = {"retryable": True}
NEVER = {"retryable": False}

SCRIPTS: list[tuple[str, dict[str, str], Outcome]] = [
    ("greeting 421", {"greeting": "421 4.3.2 Closing"}, Outcome(**LATER, words="not ready, for now (421 4.3.2)")),
    ("greeting 450", {"greeting": "450 Busy"}, Outcome(**LATER, words="not ready, for now (450)")),
    ("greeting 554: nobody may mail here", {"greeting": "554 5.7.1 No"}, Outcome(**LATER, words="not ready (554 5.7.1)")),
    ("greeting drops", {"greeting": DROP}, Outcome(**LATER, words="broke off")),
    ("greeting never comes", {"greeting": SILENCE}, Outcome(**LATER, words="broke off")),
    ("greeting drips", {"greeting": DRIP}, Outcome(**LATER, words="for now (222)")),
    ("greeting is another protocol", {"greeting": "HTTP/1.1 400 Bad Request"}, Outcome(**LATER, words="not ready")),
    ("EHLO and HELO refused", {"EHLO": "502 No", "HELO": "502 No"}, Outcome(**LATER, words="not ready (502)")),
    ("EHLO drops", {"EHLO": DROP}, Outcome(**LATER, words="broke off")),
    ("sender 421", {"MAIL": "421 Closing"}, Outcome(**LATER, words="refused the sender, for now (421)")),
    ("sender 451", {"MAIL": "451 4.3.0 Later"}, Outcome(**LATER, words="refused the sender, for now (451 4.3.0)")),
    ("sender not ours", {"MAIL": "553 5.7.60 SendAsDenied"}, Outcome(**LATER, words="refused the sender (553 5.7.60)")),
    ("sender must log in", {"MAIL": "530 5.7.0 Log in"}, Outcome(**LATER, words="refused the sender (530 5.7.0)")),
    ("mail too big", {"MAIL": "552 5.3.4 Too big"}, Outcome(**NEVER, words="too big for the mail server (552 5.3.4)")),
    ("recipient 421", {"RCPT": "421 4.7.0 Closing"}, Outcome(**LATER, words="refused the recipient, for now (421 4.7.0)")),
    ("recipient 450", {"RCPT": "450 4.2.1 Busy"}, Outcome(**LATER, words="refused the recipient, for now (450 4.2.1)")),
    ("recipient 452", {"RCPT": "452 4.2.2 Full"}, Outcome(**LATER, words="refused the recipient, for now (452 4.2.2)")),
    ("greylisted", {"RCPT": "450 4.2.0 Greylisted"}, Outcome(**LATER, words="(450 4.2.0)", retry_after=300)),
    ("greylisted for a while", {"RCPT": "451 Try in 90 seconds"}, Outcome(**LATER, words="(451)", retry_after=90)),
    ("throttled", {"RCPT": "451 4.7.500 Wait 2 minutes"}, Outcome(**LATER, words="(451 4.7.500)", retry_after=120)),
    ("recipient unknown", {"RCPT": "550 5.1.1 No such user"}, Outcome(**NEVER, words="refused the recipient (550 5.1.1)")),
    ("recipient moved", {"RCPT": "551 5.1.6 Moved"}, Outcome(**NEVER, words="refused the recipient (551 5.1.6)")),
    ("recipient's mailbox full", {"RCPT": "552 5.2.2 Full"}, Outcome(**NEVER, words="refused the recipient (552 5.2.2)")),
    ("recipient impossible", {"RCPT": "553 5.1.3 Bad"}, Outcome(**NEVER, words="refused the recipient (553 5.1.3)")),
    ("relaying denied", {"RCPT": "550 5.7.1 Unable to relay"}, Outcome(**LATER, words="does not take mail from us")),
    ("recipient needs a login", {"RCPT": "530 5.7.0 Log in"}, Outcome(**LATER, words="check auth and security")),
    ("recipient drops", {"RCPT": DROP}, Outcome(**LATER, words="broke off")),
    ("recipient never answered", {"RCPT": SILENCE}, Outcome(**LATER, words="broke off")),
    ("data 451", {"DATA": "451 4.3.0 Later"}, Outcome(**LATER, words="refused the mail, for now (451 4.3.0)")),
    ("data 554", {"DATA": "554 5.5.1 No"}, Outcome(**NEVER, words="refused the mail (554 5.5.1)")),
    ("body 421", {"body": "421 4.3.2 Closing"}, Outcome(**LATER, words="refused the mail, for now (421 4.3.2)")),
    ("body 451", {"body": "451 4.3.0 Later"}, Outcome(**LATER, words="refused the mail, for now (451 4.3.0)")),
    ("body 452", {"body": "452 4.3.1 Disk full"}, Outcome(**LATER, words="refused the mail, for now (452 4.3.1)")),
    ("body 550", {"body": "550 5.7.1 Spam"}, Outcome(**NEVER, words="refused the mail (550 5.7.1)")),
    ("body 552", {"body": "552 5.3.4 Too big"}, Outcome(**NEVER, words="refused the mail (552 5.3.4)")),
    ("body 554", {"body": "554 5.6.0 Malformed"}, Outcome(**NEVER, words="refused the mail (554 5.6.0)")),
    ("body taken, answer lost", {"body": DROP}, Outcome(**LATER, words="broke off")),
    ("body never answered", {"body": SILENCE}, Outcome(**LATER, words="broke off")),
    ("body answer drips", {"body": DRIP}, Outcome(**LATER, words="for now (222)")),
    ("an endless line", {"MAIL": "250 " + "x" * 10_000}, Outcome(**LATER, words="not ready (500)")),
]


@pytest.mark.parametrize(("script", "expected"), [row[1:] for row in SCRIPTS], ids=[row[0] for row in SCRIPTS])
def test_each_answer_of_a_mail_server_has_one_meaning(script: dict[str, str], expected: Outcome, message: Message) -> None:
    with failing(script) as (notifier, _), pytest.raises(NotifierError) as refused:
        notifier.send(message)

    assert refused.value.retryable is expected.retryable
    assert expected.words in str(refused.value)
    assert refused.value.retry_after == (None if expected.retry_after is None else timedelta(seconds=expected.retry_after))


@pytest.mark.parametrize(
    "script",
    [{}, {"QUIT": DROP}, {"QUIT": SILENCE}, {"EHLO": "502 No", "HELO": "250 Hello"}, {"RCPT": "251 Will forward"}],
    ids=["all well", "goodbye drops", "goodbye never comes", "an old server", "forwarded"],
)
def test_what_was_taken_is_sent(script: dict[str, str], message: Message) -> None:
    with failing(script) as (notifier, server):
        notifier.send(message)

    assert len(server.mails) == 1


def test_the_envelope_names_the_sender_and_one_recipient(message: Message) -> None:
    with failing({}) as (notifier, server):
        notifier.send(message)

    assert [line for line in server.heard if line.startswith(("mail", "rcpt"))] == [
        f"mail FROM:<naamwacht@example.org> size={len(server.mails[0])}",
        "rcpt TO:<sanne@example.org>",
    ]
    assert server.heard[0] == "ehlo [127.0.0.1]"


def test_nothing_is_logged_even_at_debug(message: Message, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)

    with failing({"RCPT": "550 5.1.1 <sanne@example.org> unknown"}) as (notifier, _), pytest.raises(NotifierError):
        notifier.send(message)

    assert caplog.records == []


def test_a_repeat_is_the_same_mail(message: Message) -> None:
    with failing({"body": DROP}) as (notifier, server):
        with pytest.raises(NotifierError):
            notifier.send(message)
        with pytest.raises(NotifierError):
            notifier.send(message)

    assert server.mails[0] == server.mails[1]


def test_what_a_server_says_is_not_passed_on(message: Message) -> None:
    """A mail server quotes the address in its refusals, and an error's text ends up in logs and lists."""
    with failing({"RCPT": "550 5.1.1 <sanne@example.org> unknown"}) as (notifier, _), pytest.raises(NotifierError) as refused:
        notifier.send(message)

    assert "sanne" not in "".join(traceback.format_exception(refused.value)).replace("sanne(", "")


@pytest.mark.parametrize(
    "to", ["", "geen adres", "sanne@example.org\r\nRCPT TO:<x@example.org>", "sänne@example.org", "a@b@c.org"]
)
def test_what_is_no_address_is_never_tried(to: str, message: Message) -> None:
    with failing({}) as (notifier, server), pytest.raises(NotifierError, match="not an e-mail address") as refused:
        notifier.send(replace(message, to=to))

    assert not refused.value.retryable
    assert server.heard == []


def test_an_address_on_a_domain_with_an_accent_goes_out_in_punycode(message: Message) -> None:
    with failing({}) as (notifier, server):
        notifier.send(replace(message, to="sanne@exämple.org"))

    assert "rcpt TO:<sanne@xn--exmple-cua.org>" in server.heard


def test_nobody_at_the_address_is_worth_another_try(message: Message) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(NotifierError, match="broke off") as refused:
        Hasty(settings(port), TOOLS).send(message)

    assert refused.value.retryable


def test_an_address_that_the_gate_refuses_is_worth_another_try(message: Message) -> None:
    def refuse(host: str, port: int, *, timeout: timedelta) -> socket.socket:
        raise RefusedAddress(f"{host}:{port} after {timeout}")

    with pytest.raises(NotifierError, match="gate") as refused:
        Hasty(settings(), replace(TOOLS, connect=refuse)).send(message)

    assert refused.value.retryable


class TestPrivacyOfTheWay:
    @pytest.mark.parametrize(
        "script",
        [{"EHLO": "250 mail.example.org"}, {"STARTTLS": "454 Not now"}, {"STARTTLS": "501 No"}, {"STARTTLS": "220 But I lie"}],
        ids=["not offered", "not now", "refused", "offered but no TLS comes"],
    )
    def test_nothing_is_sent_in_plain_text_when_tls_was_asked_for(self, script: dict[str, str], message: Message) -> None:
        with failing(script, security="starttls") as (notifier, server), pytest.raises(NotifierError) as refused:
            notifier.send(message)

        assert refused.value.retryable
        assert not [line for line in server.heard if line.startswith(("mail", "AUTH"))]

    def test_a_server_without_tls_is_not_taken_for_one_with_tls(self, message: Message) -> None:
        with failing({}, security="tls") as (notifier, server), pytest.raises(NotifierError, match="broke off") as refused:
            notifier.send(message)

        assert refused.value.retryable
        assert server.mails == []


class TestLogin:
    """Over a line in plain text, which the settings refuse; so these go around their check."""

    @staticmethod
    def notifier(port: int, **more: object) -> Email:
        return Hasty(settings(port).model_copy(update=more), TOOLS)

    def test_a_refused_token_is_for_the_operator_to_mend(self, message: Message, tmp_path: Path) -> None:
        token_file = tmp_path / "token"
        token_file.write_text("old-token\n", "ascii")

        with mail_server({"AUTH": "334 eyJzdGF0dXMiOiI0MDAifQ==", "": "535 5.7.3 Unsuccessful"}) as server:
            notifier = self.notifier(server.port, auth=Auth.XOAUTH2, user="naamwacht@example.org", token_file=token_file)
            with pytest.raises(NotifierError, match="credentials") as refused:
                notifier.send(message)

        assert refused.value.retryable
        assert server.mails == []

    def test_a_token_file_is_read_again_for_each_mail(self, message: Message, tmp_path: Path) -> None:
        token_file = tmp_path / "token"
        with mail_server() as server:
            notifier = self.notifier(server.port, auth=Auth.XOAUTH2, user="naamwacht@example.org", token_file=token_file)
            token_file.write_text("first\n", "ascii")
            notifier.send(message)
            token_file.write_text("second\n", "ascii")
            notifier.send(message)

        assert [base64.b64decode(line.split()[2]) for line in server.heard if line.startswith("AUTH")] == [
            b"user=naamwacht@example.org\x01auth=Bearer first\x01\x01",
            b"user=naamwacht@example.org\x01auth=Bearer second\x01\x01",
        ]

    def test_a_missing_token_file_is_named_by_its_setting(self, message: Message, tmp_path: Path) -> None:
        notifier = self.notifier(25, auth=Auth.XOAUTH2, user="x", token_file=tmp_path / "nothing")

        with pytest.raises(NotifierError, match="token_file cannot be read") as refused:
            notifier.send(message)

        assert refused.value.retryable


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sender": "Naamwacht"}, "must be an e-mail address"),
        ({"auth": "password", "user": "u", "password": "p"}, "plain text"),
        ({"auth": "password", "security": "tls", "password": "p"}, "needs user"),
        ({"auth": "password", "security": "tls", "user": "u"}, "needs password"),
        ({"auth": "xoauth2", "security": "tls", "user": "u"}, "either token_file"),
        ({"auth": "xoauth2", "security": "tls", "user": "u", "token_url": "http://x.test", "client_id": "a"}, "https"),
        ({"port": 70000}, "less than or equal"),
        ({"hosts": "x"}, "Extra inputs"),
    ],
)
def test_settings_that_do_not_fit_together_are_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        settings(25, **wrong)


def test_check_asks_the_server_and_sends_nothing() -> None:
    with failing({}) as (notifier, server):
        notifier.check()

    assert server.heard == ["ehlo [127.0.0.1]", "mail FROM:<naamwacht@example.org>", "rset", "quit"]


def test_check_finds_a_sender_that_we_may_not_use() -> None:
    with failing({"MAIL": "550 5.7.60 SendAsDenied"}) as (notifier, _), pytest.raises(NotifierError, match="refused the sender"):
        notifier.check()


HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
]


def read(mail: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(mail, policy=email.policy.default)


def composed(message: Message) -> bytes:
    return compose(message, recipient="sanne@example.org", sender="Naamwacht <naamwacht@example.org>", now=NOW)


def test_a_mail_says_who_sent_it_when_and_that_no_one_need_answer(message: Message) -> None:
    mail = read(composed(message))

    assert dict(mail.items()) == {
        "From": "Naamwacht <naamwacht@example.org>",
        "To": "sanne@example.org",
        "Subject": "Naamwacht: bericht NW-4F7K",
        "Date": "Tue, 24 Nov 2026 09:00:00 +0000",
        "Message-ID": "<delivery-7@naamwacht.example.org>",
        "References": "<thread.a5c8d54c25064f11498a937f38591eba@naamwacht.example.org>",
        "In-Reply-To": "<thread.a5c8d54c25064f11498a937f38591eba@naamwacht.example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
        "Content-Type": mail["Content-Type"],
    }
    assert mail.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    ("message_id", "expected"),
    [
        ("7.ab12@example.org", "<7.ab12@example.org>"),
        ("7 ä\r\nBcc: x@example.org", "<7-Bcc-x@example.org>"),
        ("..7..@..", "<7@naamwacht.invalid>"),
        ("", "<-@naamwacht.invalid>"),
    ],
)
def test_a_message_id_is_kept_where_it_is_one(message: Message, message_id: str, expected: str) -> None:
    assert read(composed(replace(message, message_id=message_id)))["Message-ID"] == expected


def test_both_parts_say_what_was_given(message: Message) -> None:
    mail = read(composed(message))

    plain, rich = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    assert plain == message.text
    assert rich == message.html + "\n"


@given(title=ANY_TEXT, text=ANY_TEXT, thread=ANY_TEXT)
def test_any_text_gives_a_mail_with_exactly_our_headers(title: str, text: str, thread: str) -> None:
    hostile = Message(
        to="sanne@example.org",
        subject=title,
        text=text,
        html=f"<p>{text}",
        message_id=title + "@x",
        reference="NW-4F7K",
        thread="t" + thread,
    )

    raw = composed(hostile)
    mail = read(raw)

    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail.defects == []
    assert [header for header in mail.values() if header.defects] == []
    assert re.fullmatch(rb"(?:[ -~\t]{0,998}\r\n)*", raw)
    assert len(list(mail.iter_parts())) == 2


def test_a_long_line_is_broken_for_the_wire_and_whole_for_the_reader(message: Message) -> None:
    long = "naam " * 1000 + "é" * 2000

    raw = composed(replace(message, text=long))

    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert next(read(raw).iter_parts()).get_content() == long + "\r\n"


def test_only_headers_of_our_own_may_be_added(message: Message) -> None:
    headers = {"X-Naamwacht-Kind": "alert", "Bcc": "x@example.org", "Subject": "twee", "X-Naamwacht-Two\r\nBcc": "x"}

    mail = read(composed(replace(message, headers=headers)))

    assert mail["X-Naamwacht-Kind"] == "alert"
    assert mail["Bcc"] is None
    assert mail.get_all("Subject") == ["Naamwacht: bericht NW-4F7K"]
