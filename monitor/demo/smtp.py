"""Receive mail over SMTP and put it into a Mailbox; refuse, hang up or rename letters on demand.

Just enough of RFC 5321 for a mail client to hand its messages over: no relay, no queue, no sign-in, no encryption.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict, deque
from enum import StrEnum
from socketserver import StreamRequestHandler
from typing import ClassVar

from monitor.demo.mailbox import Mailbox
from monitor.demo.serving import Listener

LINE_AT_MOST = 4096
LETTER_AT_MOST = 10_000_000
NAME = "post.example.org"

HANG_UP = ""
"""A reply that is none: the connection ends."""

_PATH = re.compile(r"^(?:FROM|TO):\s*<([^<>]*)>", re.IGNORECASE)
_MESSAGE_ID = re.compile(rb"^Message-ID:(?:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)", re.IGNORECASE | re.MULTILINE)


class Stage(StrEnum):
    """Where in the talk a prepared reply is given."""

    GREETING = "greeting"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    """When the client asks to send the letter."""
    TAKEN = "taken"
    """After the letter was taken and kept: what the client is told does not change that."""
    LETTER = "letter"
    """After the letter was sent, instead of keeping it."""


class MailServer(Listener):
    """Takes every letter to every address, unless told otherwise.

    `replaces_message_id`: the server gives each letter a Message-ID of its own, as some do.
    """

    def __init__(self, host: str, port: int, mailbox: Mailbox, *, replaces_message_id: bool = False) -> None:
        super().__init__(host, port, _Talk)
        self.mailbox = mailbox
        self.replaces_message_id = replaces_message_id
        self._prepared: defaultdict[Stage, deque[str]] = defaultdict(deque)
        self._guard = threading.Lock()

    def prepare(self, stage: Stage, reply: str, *, times: int = 1) -> None:
        """Answer *reply* ("451 later", or `HANG_UP`) the next *times* that *stage* is reached."""
        with self._guard:
            self._prepared[stage].extend([reply] * times)

    def prepared(self, stage: Stage) -> str | None:
        """Take the next prepared reply."""
        with self._guard:
            return self._prepared[stage].popleft() if self._prepared[stage] else None

    def keep(self, sender: str, recipients: tuple[str, ...], raw: bytes) -> None:
        """Put a letter into the mailbox."""
        if self.replaces_message_id:
            own = f"Message-ID: <{len(self.mailbox.letters()) + 1}.replaced@{NAME}>\r\n".encode()
            head, gap, body = raw.partition(b"\r\n\r\n")
            raw = own + _MESSAGE_ID.sub(b"", head + b"\r\n").removesuffix(b"\r\n") + gap + body
        self.mailbox.put(sender, recipients, raw)


class _HungUpError(Exception):
    """The talk ends without another word."""


class _Talk(StreamRequestHandler):
    """One client's connection."""

    server: MailServer
    timeout = 60
    disable_nagle_algorithm = True

    _FIXED: ClassVar[dict[str, str]] = {"NOOP": "250 OK", "VRFY": "252 Perhaps", "HELP": "214 RFC 5321"}

    def setup(self) -> None:
        super().setup()
        self._sender: str | None = None
        self._recipients: list[str] = []

    def handle(self) -> None:
        try:
            if self._say(Stage.GREETING, f"220 {NAME} ESMTP"):
                while (line := self.rfile.readline(LINE_AT_MOST)) and self._answer(line):
                    pass
        except _HungUpError:
            return

    def _answer(self, line: bytes) -> bool:
        """Answer one command; tell whether the talk goes on."""
        verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
        match verb.upper():
            case "QUIT":
                self._write("221 Bye")
                return False
            case "EHLO":
                self._write(f"250-{NAME}", f"250-SIZE {LETTER_AT_MOST}", "250-8BITMIME", "250-SMTPUTF8", "250 PIPELINING")
            case "HELO":
                self._write(f"250 {NAME}")
            case "RSET":
                self._reset()
                self._write("250 OK")
            case "MAIL":
                self._take_sender(rest)
            case "RCPT":
                self._take_recipient(rest)
            case "DATA":
                self._take_letter()
            case other:
                self._write(self._FIXED.get(other, "502 Not here"))
        return True

    def _take_sender(self, rest: str) -> None:
        if self._sender is not None:
            self._write("503 One sender is enough")
        elif (path := _PATH.match(rest)) is None:
            self._write("501 MAIL FROM:<address>")
        elif self._say(Stage.MAIL, "250 OK"):
            self._sender = path[1]

    def _take_recipient(self, rest: str) -> None:
        if self._sender is None:
            self._write("503 MAIL first")
        elif (path := _PATH.match(rest)) is None or not path[1]:
            self._write("501 RCPT TO:<address>")
        elif self._say(Stage.RCPT, "250 OK"):
            self._recipients.append(path[1])

    def _take_letter(self) -> None:
        if not self._recipients:
            self._write("503 RCPT first")
            return
        if not self._say(Stage.DATA, "354 Go on, end with <CRLF>.<CRLF>"):
            return
        raw = self._read_letter()
        sender, recipients = self._sender or "", tuple(self._recipients)
        self._reset()
        if raw is None:
            self._write("552 Too big")
        elif (refusal := self.server.prepared(Stage.LETTER)) is not None:
            self._write(refusal)
        else:
            self.server.keep(sender, recipients, raw)
            self._say(Stage.TAKEN, "250 Taken")

    def _read_letter(self) -> bytes | None:
        """Return the letter, None where it is too big. A client that leaves in the middle has sent none."""
        lines: list[bytes] = []
        size = 0
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _HungUpError
            size += len(line)
            if size <= LETTER_AT_MOST:
                lines.append(line.removeprefix(b"."))
        return b"".join(lines) if size <= LETTER_AT_MOST else None

    def _say(self, stage: Stage, reply: str) -> bool:
        """Give the prepared reply or *reply*; tell whether it was a yes."""
        prepared = self.server.prepared(stage)
        spoken = reply if prepared is None else prepared
        self._write(spoken)
        return spoken.startswith(("2", "3"))

    def _reset(self) -> None:
        self._sender = None
        self._recipients = []

    def _write(self, *lines: str) -> None:
        if lines == (HANG_UP,):
            raise _HungUpError
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
