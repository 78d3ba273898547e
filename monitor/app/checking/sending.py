"""The test message of `naamwacht check --send`: really sent, to every channel of the organisation that may be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from monitor.app.checking.finding import Finding, fault, ok, warn
from monitor.app.checking.messages import confirmed_channels
from monitor.app.checking.subject import Subject
from monitor.config import ChannelConfig
from monitor.core.references import reference
from monitor.ports import Message, NotifierError
from monitor.wording import Addressed, House, Notice, message_of

REFERENCE = reference(0)
"""Messages are numbered from 1."""


def send_tests(subject: Subject, token: Callable[[], str]) -> Iterator[tuple[str, Callable[[], Iterator[Finding]]]]:
    """Yield, for each channel, its path and what sends a test message there. *token* makes each message another."""
    confirmed = confirmed_channels(subject)
    for place, channel in enumerate(subject.app.config.channels):
        path = f"channels[{place}] {channel.name}"
        message = _message(subject, channel, token())
        yield path, partial(_send, subject, channel, message, path, is_confirmed=channel.name in confirmed)


def _message(subject: Subject, channel: ChannelConfig, token: str) -> Message:
    config = subject.app.config
    domain = next(iter(config.organisation.domains), "naamwacht.invalid")
    addressed = Addressed(
        to=channel.to,
        language=channel.language or config.language,
        message_id=f"test.{token.lower()}@{domain}",
        reference=REFERENCE,
        thread=f"test.{token.lower()}@{domain}",
    )
    return message_of(Notice("test"), addressed, House(organisation=config.organisation.name, zone=config.timezone))


def _send(subject: Subject, channel: ChannelConfig, message: Message, path: str, *, is_confirmed: bool) -> Iterator[Finding]:
    if not is_confirmed:
        yield warn(path, "no test message: its owner has not confirmed it")
        return
    try:
        subject.app.notifiers[channel.notifier].send(message)
    except NotifierError as error:
        yield fault(path, f"the test message was not taken: {error}")
    else:
        yield ok(path, f"a test message ({REFERENCE}) was taken; look whether it arrives")
