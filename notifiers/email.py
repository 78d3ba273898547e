"""E-mail by our own sender over smtplib: every answer of the mail server is told apart, and repeats are recognisable.

What a mail says is made in `monitor.wording`; when it is tried again, and how many a minute, is decided by who calls.
The mail server is an address of the operator, so its sockets come from `NotifierTools.connect` like all others.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self
from urllib.parse import SplitResult, urlencode, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from monitor.core.addresses import normal_email
from monitor.core.plain import one_line, visible
from monitor.ports import Message, Notifier, NotifierError, RefusedAddress, Settings

CONNECT_WITHIN = timedelta(seconds=10)
GREYLISTED_FOR = timedelta(minutes=5)
"""What greylisting servers commonly want to see before they take a mail; RFC 6647 advises them one to five minutes."""


class Security(StrEnum):
    """How the way to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Auth(StrEnum):
    """How we show the mail server who we are."""

    NONE = "none"
    PASSWORD = "password"  # noqa: S105 # a word of the configuration
    XOAUTH2 = "xoauth2"


_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


class EmailSettings(Settings):
    """Settings of the e-mail notifier."""

    host: str = Field(min_length=1, description="the mail server")
    port: int = Field(0, ge=0, le=65535, description="0: 587 for starttls, 465 for tls, 25 for none")
    security: Security = Field(Security.STARTTLS, description="starttls that is not offered is an error, never plain text")
    auth: Auth = Field(Auth.NONE, description="how to sign in: none, password, or xoauth2 (Microsoft 365)")
    user: str = Field("", description="the mailbox to sign in as")
    password: SecretStr = Field(SecretStr(""), description="its password, for auth: password")
    token_file: Path | None = Field(None, description="xoauth2: a file with the access token, read again for each mail")
    token_url: str = Field("", description="xoauth2: or the https address that gives tokens (client credentials)")
    client_id: str = Field("", description="xoauth2: the application, as it is registered with token_url")
    client_secret: SecretStr = Field(SecretStr(""), description="xoauth2: the secret of that application")
    scope: str = Field("https://outlook.office365.com/.default", description="xoauth2: what the token is for")
    sender: str = Field(description="From: an address, or a name with an address in <>")
    ca_file: Path | None = Field(None, description="certificate authorities to trust beside those of the system")
    per_minute: int = Field(30, ge=1, description="how many mails the mail server takes a minute (Microsoft 365: 30)")

    @field_validator("sender")
    @classmethod
    def _has_an_address(cls, sender: str) -> str:
        if not normal_email(parseaddr(sender)[1]):
            raise ValueError("must be an e-mail address, or a name with an address in <>")
        return sender

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if faults := [*self._faults(), *(self._faults_of_tokens() if self.auth is Auth.XOAUTH2 else ())]:
            raise ValueError("; ".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        if self.auth is not Auth.NONE and self.security is Security.NONE:
            yield "auth would send a secret in plain text: set security to starttls or tls"
        if self.auth is not Auth.NONE and not self.user:
            yield f"auth: {self.auth} needs user"
        if self.auth is Auth.PASSWORD and not (self.password.get_secret_value().isascii() and self.password):
            yield "auth: password needs password, of ASCII characters"

    def _faults_of_tokens(self) -> Iterator[str]:
        is_asked = bool(self.token_url)
        if is_asked == (self.token_file is not None):
            yield "auth: xoauth2 needs either token_file, or token_url with client_id and client_secret"
        if is_asked and not (self.token_url.startswith("https://") and self.client_id and self.client_secret):
            yield "token_url must start with https:// and needs client_id and client_secret"


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    good_until: float


class _Conversation(smtplib.SMTP):
    """smtplib on a socket that was opened, and checked, by somebody else."""

    def __init__(self, opened: socket.socket, *, timeout: timedelta) -> None:
        self._opened = opened
        # Our own address as a literal (RFC 5321 4.1.3): smtplib would ask a name server for our name.
        ours = opened.getsockname()[0]
        name = f"[IPv6:{ours}]" if ":" in ours else f"[{ours}]"
        super().__init__(local_hostname=name, timeout=timeout.total_seconds())

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 # smtplib's seam, as in SMTP_SSL
        self._opened.settimeout(timeout)
        return self._opened

    def hear_greeting(self, host: str, port: int) -> None:
        """Begin. What smtplib's constructor does with a host, but after a deadline was set."""
        self._host = host  # whom starttls expects in the certificate
        code, answer = self.connect(host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)

    def cut(self) -> None:
        """End the conversation from another thread; whoever reads then sees the line go dead."""
        with suppress(OSError, AttributeError):
            # Not SSLSocket.shutdown: it would pull the TLS state away under the reading thread.
            socket.socket.shutdown(self.sock or self._opened, socket.SHUT_RDWR)


class Email(Notifier[EmailSettings]):
    """Mail through one mail server. Each message is a conversation of its own, so nothing is left over from the last."""

    Settings = EmailSettings
    summary = "e-mail through your own mail server"
    is_addressed = True
    patience: ClassVar[timedelta] = timedelta(seconds=60)
    """The longest one conversation may take: far less than the lease of a Delivery, also with a server that drips."""

    _token: _Token | None = None

    @property
    def per_minute(self) -> int:
        return self.settings.per_minute

    @classmethod
    def leads_to(cls, settings: EmailSettings) -> tuple[tuple[str, int], ...]:
        server = (settings.host.lower(), settings.port or _PORTS[settings.security])
        if not settings.token_url:
            return (server,)
        tokens = urlsplit(settings.token_url)
        return server, (tokens.hostname or "", tokens.port or 443)

    def send(self, message: Message) -> None:
        recipient = normal_email(message.to)
        if not recipient:
            raise NotifierError("the recipient's address is not an e-mail address", retryable=False)
        mail = compose(message, recipient=recipient, sender=self.settings.sender, now=self.tools.clock.now())
        with self._told_apart(), self._conversation() as smtp:
            smtp.sendmail(self._sender_address, [recipient], mail)

    def check(self) -> None:
        """Go as far as the sender's address, which shows whether we may send as it; then stop."""
        with self._told_apart(), self._conversation() as smtp:
            code, answer = smtp.mail(self._sender_address)
            if code != 250:
                raise smtplib.SMTPSenderRefused(code, answer, self._sender_address)
            smtp.rset()

    @property
    def _sender_address(self) -> str:
        return normal_email(parseaddr(self.settings.sender)[1])

    @contextmanager
    def _conversation(self) -> Iterator[smtplib.SMTP]:
        """Connect, make private, say who we are; what fails here is nobody's mail, so all of it may be tried again."""
        settings = self.settings
        token = self._access_token() if settings.auth is Auth.XOAUTH2 else ""
        port = settings.port or _PORTS[settings.security]
        with self.tools.connect(settings.host, port, timeout=CONNECT_WITHIN) as plain:
            opened = plain
            if settings.security is Security.TLS:
                plain.settimeout(CONNECT_WITHIN.total_seconds())
                opened = self._tls.wrap_socket(plain, server_hostname=settings.host)
            with opened, self._introduced(opened, port, token) as smtp:
                yield smtp

    @contextmanager
    def _introduced(self, opened: socket.socket, port: int, token: str) -> Iterator[smtplib.SMTP]:
        smtp = _Conversation(opened, timeout=self.patience)
        # The socket's own timeout starts anew with every byte; this one does not.
        deadline = threading.Timer(self.patience.total_seconds(), smtp.cut)
        deadline.start()
        try:
            smtp.hear_greeting(self.settings.host, port)
            if self.settings.security is Security.STARTTLS:
                smtp.starttls(context=self._tls)
            smtp.ehlo_or_helo_if_needed()
            self._authenticate(smtp, token)
            yield smtp
            # The mail is theirs by now: a line that drops here changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
        finally:
            deadline.cancel()
            smtp.close()

    def _authenticate(self, smtp: smtplib.SMTP, token: str) -> None:
        match self.settings.auth:
            case Auth.NONE:
                pass
            case Auth.PASSWORD:
                smtp.login(self.settings.user, self.settings.password.get_secret_value())
            case Auth.XOAUTH2:
                # A refusal comes as a challenge (334) that wants an empty answer; only then comes the 535.
                greeting = f"user={self.settings.user}\x01auth=Bearer {token}\x01\x01"
                smtp.auth("XOAUTH2", lambda challenge=None: greeting if challenge is None else "")

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        """Turn what smtplib, the socket and TLS raise into what it means for the message.

        `from None`: their texts quote addresses, and a traceback may end up in a log.
        """
        try:
            yield
        except smtplib.SMTPRecipientsRefused as refused:
            code, answer = next(iter(refused.recipients.values()))
            raise _refusal(code, answer, "the mail server refused the recipient", is_final=True) from None
        except smtplib.SMTPSenderRefused as refused:
            # A size that is too big is said here (RFC 1870); all else is about us, and the operator can mend it.
            is_too_big = refused.smtp_code == 552 or _enhanced(refused.smtp_error).startswith("5.3.4")
            what = "the mail is too big for the mail server" if is_too_big else "the mail server refused the sender"
            raise _refusal(refused.smtp_code, refused.smtp_error, what, is_final=is_too_big) from None
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error, "the mail server refused the mail", is_final=True) from None
        except smtplib.SMTPAuthenticationError as refused:
            what = "the mail server refused our credentials; check user and password or token"
            raise _refusal(refused.smtp_code, refused.smtp_error, what, is_final=False) from None
        except smtplib.SMTPResponseException as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error, "the mail server is not ready", is_final=False) from None
        except smtplib.SMTPNotSupportedError:
            what = "the mail server does not offer what security and auth ask for (STARTTLS, AUTH)"
            raise NotifierError(what, retryable=True) from None
        except ssl.SSLCertVerificationError as error:
            what = f"the certificate is not trusted: {error.verify_message or 'unknown reason'}; set ca_file if it is your own"
            raise NotifierError(what, retryable=True) from None
        except RefusedAddress:
            raise NotifierError("the gate does not connect to the mail server", retryable=True) from None
        except (OSError, smtplib.SMTPException, ValueError) as error:
            # Also a line that drops after the mail was handed over: unknown, so again, under the same Message-ID.
            what = f"the conversation with the mail server broke off ({type(error).__name__})"
            raise NotifierError(what, retryable=True) from None

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        for ca_file in (self.tools.ca_file, self.settings.ca_file):
            if ca_file is None:
                continue
            try:
                context.load_verify_locations(ca_file)
            except OSError as error:
                raise NotifierError("ca_file cannot be read as certificates", retryable=True) from error
        return context

    def _access_token(self) -> str:
        if self.settings.token_file is not None:
            try:
                return self.settings.token_file.read_text("ascii").strip()
            except (OSError, UnicodeError) as error:
                raise NotifierError("token_file cannot be read", retryable=True) from error
        if self._token is None or self._token.good_until <= self.tools.clock.monotonic():
            self._token = self._fetch_token()
        return self._token.text

    def _fetch_token(self) -> _Token:
        """Ask for a token as an application (OAuth 2.0 client credentials, RFC 6749 4.4)."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret.get_secret_value(),
            "scope": self.settings.scope,
        }
        try:
            status, body = self._post(urlsplit(self.settings.token_url), urlencode(form))
            if status != 200:
                raise NotifierError(f"the token address refused us ({status})", retryable=True)
            answer = json.loads(body)
            # A minute early: the token must still be good when the mail server looks at it.
            lasts = max(float(answer.get("expires_in", 0)) - 60, 0)
            return _Token(str(answer["access_token"]), self.tools.clock.monotonic() + lasts)
        except RefusedAddress:
            raise NotifierError("the gate does not connect to the token address", retryable=True) from None
        except (OSError, http.client.HTTPException, ValueError, KeyError, AttributeError, TypeError) as error:
            raise NotifierError(f"no token came from the token address ({type(error).__name__})", retryable=True) from None

    def _post(self, address: SplitResult, form: str) -> tuple[int, bytes]:
        host = address.hostname or ""
        with self.tools.connect(host, address.port or 443, timeout=CONNECT_WITHIN) as plain:
            plain.settimeout(CONNECT_WITHIN.total_seconds())
            with self._tls.wrap_socket(plain, server_hostname=host) as private:
                link = http.client.HTTPConnection(address.netloc)
                link.sock = private
                headers = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
                link.request("POST", address.path or "/", body=form, headers=headers)
                with link.getresponse() as answer:
                    return answer.status, answer.read(100_000)


def compose(message: Message, *, recipient: str, sender: str, now: datetime) -> bytes:
    """Return *message* as a mail in 7 bits: text and HTML, exactly our headers, whatever the texts hold.

    Texts are cleaned first, because EmailMessage refuses a header with a line break: a hostile title must not be able
    to keep a mail from being sent.
    """
    mail = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    mail["From"] = Address(display_name=one_line(name), addr_spec=normal_email(address))
    mail["To"] = Address(addr_spec=recipient)
    # A text that looks like an encoded word (RFC 2047) would be decoded, with whatever it hides.
    mail["Subject"] = one_line(message.subject, at_most=150).replace("=?", "= ?")
    mail["Date"] = format_datetime(now)
    left, _, right = message.message_id.rpartition("@")
    # EmailMessage raises or notes a defect at anything that is no dot-atom.
    message_id, domain = _dotted(left)[:100].rstrip(".") or "-", _dotted(right) or "naamwacht.invalid"
    mail["Message-ID"] = f"<{message_id}@{domain}>"
    if message.thread:
        # All messages of a thread answer one that was never sent; mail programs gather them under it.
        root = hashlib.sha256(message.thread.encode("utf-8", "replace")).hexdigest()[:32]
        mail["In-Reply-To"] = mail["References"] = f"<thread.{root}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    for header, value in message.headers.items():
        if _OWN_HEADER.fullmatch(header) and header not in mail:
            mail[header] = one_line(value).replace("=?", "= ?")
    # Quoted-printable keeps every line short and needs no 8BITMIME.
    mail.set_content(visible(message.text), cte="quoted-printable")
    if message.html:
        mail.add_alternative(visible(message.html), subtype="html", cte="quoted-printable")
        # Quoted-printable never holds "=_", so this boundary cannot stand in a part; a random one would differ each time.
        mail.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    return mail.as_bytes()


_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9.-]+")
_OWN_HEADER = re.compile(r"X-Naamwacht-[A-Za-z-]{1,40}")
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")
_WAIT = re.compile(rb"\b(\d{1,5}) ?(sec|min)(?:ond|ute)?s?\b", re.IGNORECASE)

_ABOUT_US = frozenset({530, 534, 535, 538})
"""Codes that ask for a login or for TLS (RFC 4954): the configuration is at fault, not the recipient."""


def _dotted(text: str) -> str:
    return ".".join(filter(None, _NOT_IN_AN_ID.sub("-", text).split(".")))


def _enhanced(answer: bytes) -> str:
    found = _ENHANCED.match(answer)
    return found.group().decode("ascii") if found else ""


def _refusal(code: int, answer: bytes | str, what: str, *, is_final: bool) -> NotifierError:
    """Return what a refusal means. The server's own words are left out: they often quote the address."""
    words = answer if isinstance(answer, bytes) else answer.encode("ascii", "replace")
    figures = f"{code} {_enhanced(words)}".strip()
    if not 500 <= code < 600:
        return NotifierError(f"{what}, for now ({figures})", retryable=True, retry_after=_asked_for(words))
    if is_final and (code in _ABOUT_US or b"relay" in words.lower()):
        return NotifierError(f"the mail server does not take mail from us; check auth and security ({figures})", retryable=True)
    return NotifierError(f"{what} ({figures})", retryable=not is_final)


def _asked_for(answer: bytes) -> timedelta | None:
    """Return how long the server wants us to stay away: in its own words, or as greylisting commonly does."""
    said = _WAIT.search(answer)
    if said is not None:
        return timedelta(**{"seconds" if said[2].lower() == b"sec" else "minutes": int(said[1])})
    is_greylisted = b"greylist" in answer.lower() or b"graylist" in answer.lower()
    return GREYLISTED_FOR if is_greylisted else None
