"""Chat through Apprise: one address of any of its services, set by the operator.

Apprise opens its own sockets, so nothing from outside may ever become an address here. It writes whole messages to its
loggers; they are shut. What a message says is made in `monitor.wording`.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

from pydantic import Field, SecretStr

from monitor.core.plain import one_line, visible
from monitor.ports import Message, Notifier, NotifierError, Settings

if TYPE_CHECKING:
    from apprise import Apprise

_TALKATIVE: Final = ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib", "slixmpp", "charset_normalizer")
"""Apprise itself logs whole messages, urllib3 the path of each request, which in a webhook is the secret."""

_APART: Final = "\u2060"
"""A word joiner: no width, no line break, and a name behind it is not called any more."""

# Every service calls people by @ or <…>. An address in the text stays whole (its @ is written as %40 where it calls
# everybody), and so does an e-mail address.
_ADDRESS: Final = re.compile(r"(https?://[^\s<>]+)")
_TO_ALL: Final = re.compile(r"@(?=everyone|here|channel|all\b|room|team|group)", re.IGNORECASE)
_CALL: Final = re.compile(r"(?<![\w.+-])@(?=\w)")
_SPECIAL: Final = re.compile(r"<(?=[!@#&:/\w])")
_MASKED_LINK: Final = re.compile(r"\](?=\()")


class AppriseSettings(Settings):
    """Settings of the chat notifier."""

    url: SecretStr = Field(description="the address of a chat service as Apprise writes it, for instance slack://… or tgram://…")


class _Nothing(logging.Filter):
    """Lets nothing through."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 # logging's signature
        return False


_NOTHING: Final = _Nothing()


class AppriseNotifier(Notifier[AppriseSettings]):
    """One chat room. Who reads there is up to the operator: the recipient of a message is not looked at."""

    Settings = AppriseSettings
    summary = "any chat service that Apprise knows (Slack, Teams, Telegram, Signal, Matrix …)"

    _loaded: Apprise | None = None

    def send(self, message: Message) -> None:
        title = one_line(harmless(message.subject))
        # Declared as plain text: services that speak Markdown or HTML then get it escaped.
        is_taken = self._apprise().notify(body=harmless(message.text), title=title, body_format="text")
        if not is_taken:
            raise NotifierError("the chat service did not take the message", retryable=True)

    def check(self) -> None:
        """Find out whether Apprise understands the address. Nothing is sent, so not whether the service knows us."""
        self._apprise()

    def _apprise(self) -> Apprise:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> Apprise:
        _shut_loggers()
        # Heavy, and only those who use chat need it.
        from apprise import Apprise, AppriseAsset, OverflowMode  # noqa: PLC0415

        # No picture from another server, no redirect that carries a message elsewhere, no file on this disk, no key of its own.
        asset = AppriseAsset(
            app_id="Naamwacht",
            app_desc="Naamwacht",
            app_url="",
            image_url_mask="",
            image_url_logo="",
            image_path_mask=False,
            http_redirects=False,
            storage_mode="memory",
            async_mode=False,
            pgp_autogen=False,
            pem_autogen=False,
        )
        service = Apprise.instantiate(self.settings.url.get_secret_value(), asset=asset)
        if service is None:
            raise NotifierError("Apprise does not understand url: there is nothing to send to", retryable=False)
        # A chat that is too small for a message gets it in pieces: what is cut off would be lost.
        service.overflow_mode = OverflowMode.SPLIT
        apprise = Apprise(asset=asset)
        apprise.add(service)
        return apprise


def harmless(text: str) -> str:
    """Return *text* so that it calls nobody and commands nothing in any chat, and reads the same."""
    parts = _ADDRESS.split(visible(text))
    return "".join(_TO_ALL.sub("%40", part) if place % 2 else _uncalled(part) for place, part in enumerate(parts))


def _uncalled(text: str) -> str:
    text = _MASKED_LINK.sub(f"]{_APART}", _SPECIAL.sub(f"<{_APART}", text))
    return _CALL.sub(f"@{_APART}", _TO_ALL.sub(f"@{_APART}", text))


def _shut_loggers() -> None:
    """Keep all that Apprise and what it builds on would log. Only `send`'s outcome is ours to log.

    A filter stops what a logger itself is given, also with a handler of its own; not propagating stops its children.
    """
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if _NOTHING not in logger.filters:
            logger.addFilter(_NOTHING)
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
