"""A name server that says what a table says, and something else the next time where the table wants that."""

from __future__ import annotations

import ipaddress
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from socketserver import BaseRequestHandler, UDPServer

_A, _AAAA, _IN = 1, 28, 1
_FOUND, _UNKNOWN = 0x8180, 0x8183
_HEADER = struct.Struct(">6H")

Names = Mapping[str, Sequence[Sequence[str]]]


class Answers:
    """The answers to successive questions about a name; the last one stays."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._turns: Counter[tuple[str, int]] = Counter()

    def to(self, question: bytes) -> bytes:
        number, _, _, _, _, _ = _HEADER.unpack_from(question)
        name, end = _name(question)
        (kind,) = struct.unpack_from(">H", question, end)
        asked = question[_HEADER.size : end + 4]
        answers = self._names.get(name)
        if answers is None:
            return _HEADER.pack(number, _UNKNOWN, 1, 0, 0, 0) + asked
        turn = min(self._turns[name, kind], len(answers) - 1)
        self._turns[name, kind] += 1
        records = [_record(address) for address in answers[turn] if _kind(address) == kind]
        return _HEADER.pack(number, _FOUND, 1, len(records), 0, 0) + asked + b"".join(records)


def _name(question: bytes) -> tuple[str, int]:
    """Return the name asked for, and where it ends."""
    labels, at = [], _HEADER.size
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode("ascii"))
        at += 1 + length
    return ".".join(labels).lower(), at + 1


def _kind(address: str) -> int:
    return _AAAA if ":" in address else _A


def _record(address: str) -> bytes:
    """Return the record for the name of the question, to be forgotten at once."""
    packed = ipaddress.ip_address(address).packed
    return struct.pack(">HHHIH", 0xC00C, _kind(address), _IN, 0, len(packed)) + packed


class _Question(BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        question, answering = self.request
        assert isinstance(answering, socket.socket)
        answering.sendto(self.server.answers.to(question), self.client_address)


class _Server(UDPServer):
    def __init__(self, host: str, names: Names) -> None:
        super().__init__((host, 53), _Question)
        self.answers = Answers(names)


@contextmanager
def name_server(names: Names, *, host: str = "127.0.0.1") -> Iterator[None]:
    """Answer on port 53."""
    with _Server(host, names) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield
        server.shutdown()
        thread.join()
