"""The parse child: reads hostile bytes so that the daemon does not have to.

Takes framed requests on standard input and answers on standard output until its input ends; the parent is
`children.py`. It may use a bounded amount of processor time and memory, write no file, open no connection and start no
process. What it cannot read it names with constant words; it never quotes what it read.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
from typing import Any

from monitor.fetch.feeds import FeedReading, read_feed
from monitor.fetch.pages import PageReading, read_page
from monitor.fetch.tables import Rows, read_table
from monitor.fetch.wire import ANSWER, REQUEST, Request, Task, Unreadable

_REQUESTS_FD = 0
_ANSWERS_FD = 1
_OPEN_FILES = 16
# What no parser needs. Python's own files may still be read: codecs are imported when first asked for.
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "http.", "ctypes.")


def main() -> None:
    """Serve requests until the parent closes the pipe, which it also does by dying."""
    answers = _shield()
    while True:
        lengths = _read(REQUEST.size)
        if not lengths:
            return
        head_length, body_length = REQUEST.unpack(lengths)
        request = Request(**json.loads(_read(head_length)))
        answer = _answer(request, _read(body_length))
        _write(answers, ANSWER.pack(len(answer)) + answer)


def _shield() -> int:
    """Give up what a parser never needs, and return where answers go: nothing a library prints may get among them."""
    answers = os.dup(_ANSWERS_FD)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _ANSWERS_FD)
    os.close(nowhere)
    for limit, value in ((resource.RLIMIT_NOFILE, _OPEN_FILES), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (value, value))
    memory = int(sys.argv[1]) if len(sys.argv) > 1 else 512 * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.addaudithook(_refuse)
    return answers


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:  # Any: each event has its own
    """Stop the process from reaching out. An audit hook is no sandbox: it stops libraries that mean well, like feedparser."""
    if event.startswith(_REFUSED):
        raise PermissionError(f"a parse child does not use {event}")
    if event == "open":
        path = arguments[0]
        if not isinstance(path, str) or not path.startswith((sys.base_prefix, sys.prefix)) or ".." in path:
            raise PermissionError("a parse child opens no files")


def _answer(request: Request, body: bytes) -> bytes:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(used.ru_utime + used.ru_stime)
    # The soft limit only: it must rise again for the next task. Passing it is the end of this process.
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (spent + request.cpu_seconds, hard))
    try:
        reading = _read_task(request, body)
    except Unreadable as error:
        return _packed({"fault": str(error)})
    except MemoryError:
        return _packed({"fault": "reading it takes more memory than a child may use", "is_spent": True})
    except Exception as error:  # noqa: BLE001 - crash barrier "parse child": no bytes from outside may end it unsaid
        return _packed({"fault": f"the parser failed ({type(error).__name__})", "is_spent": True})
    return _packed({"reading": reading})


def _read_task(request: Request, body: bytes) -> FeedReading | PageReading | Rows:
    match request.task:
        case Task.FEED:
            return read_feed(body, request.content_type, request.address)
        case Task.PAGE:
            return read_page(body, request.content_type, request.address)
        case Task.TABLE:
            return read_table(body)
        case _:
            raise Unreadable("a parse child knows no such task")


def _packed(answer: dict[str, Any]) -> bytes:  # Any: goes straight into JSON
    return json.dumps(answer, default=vars, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _read(length: int) -> bytes:
    """Return exactly *length* bytes, or nothing where the input has ended."""
    parts: list[bytes] = []
    while length:
        part = os.read(_REQUESTS_FD, min(length, 1 << 20))
        if not part:
            if parts:
                sys.exit(0)  # in the middle of a request: the parent is gone
            return b""
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _write(fd: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]


if __name__ == "__main__":
    main()
