"""Keep the letters that came in, parsed as the mail they are. How they come in is `smtp`'s business."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message as it was taken from a mail client: the envelope, and every byte of what was in it."""

    number: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def message_id(self) -> str:
        return self.header("Message-ID")

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def header(self, name: str) -> str:
        """Return a header's decoded value, '' where there is none."""
        return str(self.message[name] or "")

    def as_json(self) -> dict[str, object]:
        """Return what a program wants to read of it."""
        return {
            "number": self.number,
            "received_at": self.received_at.isoformat(),
            "sender": self.sender,
            "recipients": list(self.recipients),
            "subject": self.subject,
            "message_id": self.message_id,
            "headers": [[name, str(value)] for name, value in self.message.items()],
            "text": self.text,
            "html": self.html,
        }

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        if part is None:
            return ""
        try:
            return str(part.get_content()).replace("\r\n", "\n")
        except (LookupError, ValueError):  # an encoding that nobody knows: show what can be shown
            return self.raw.decode("utf-8", "replace")


class Mailbox:
    """All letters, oldest first. Many threads may put and read."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._letters: list[Letter] = []
        self._grown = threading.Condition()

    def put(self, sender: str, recipients: tuple[str, ...], raw: bytes) -> Letter:
        """Keep a letter."""
        with self._grown:
            letter = Letter(number=len(self._letters) + 1, received_at=self._now(), sender=sender, recipients=recipients, raw=raw)
            self._letters.append(letter)
            self._grown.notify_all()
        return letter

    def letters(self, to: str = "") -> tuple[Letter, ...]:
        """Return the letters, or those to one address."""
        with self._grown:
            return tuple(letter for letter in self._letters if not to or to in letter.recipients)

    def wait_for(self, count: int, *, to: str = "", seconds: float) -> tuple[Letter, ...]:
        """Return the letters as soon as there are *count*, or what there is after *seconds*."""
        with self._grown:
            self._grown.wait_for(lambda: len(self.letters(to)) >= count, timeout=seconds)
            return self.letters(to)
