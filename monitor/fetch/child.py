"""One parse child seen from the parent: start it, ask it, end it.

Every read and write has a deadline; a child that dies, dawdles or babbles is killed and reaped. Who waits for which child
is the business of `children.py`.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import monitor
from monitor.fetch.wire import ANSWER, ANSWER_LIMIT, REQUEST, Request
from monitor.ports import Clock

# `-I` keeps the working directory, the user's packages and the environment out, and with them the way to find `monitor`
# where it is not installed (a work tree): so the place the parent itself was loaded from is handed over. With `-m` it
# would have to be installed.
_BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from monitor.fetch.parse import main; main()"
_ROOT = str(Path(monitor.__file__).absolute().parent.parent)
_CHUNK = 1 << 18


class ChildLost(Exception):
    """The child gave no answer. `was_costly`: because the bytes cost too much, so they are likely to do it again."""

    def __init__(self, reason: str, *, was_costly: bool) -> None:
        super().__init__(reason)
        self.was_costly = was_costly


def command(memory: int) -> tuple[str, ...]:
    """Return the command line of a child that may use *memory* bytes."""
    return (sys.executable, "-I", "-X", "utf8", "-c", _BOOT, _ROOT, str(memory))


class Child:
    """A running parse child. Used by one thread at a time; `kill` alone may come from another."""

    def __init__(self, command_line: Sequence[str], clock: Clock) -> None:
        self._clock = clock
        self.tasks = 0
        # An empty environment, no other descriptor of ours, a session of its own (Ctrl-C is for the daemon). It ends with
        # its input, so with us. No PR_SET_PDEATHSIG: that fires already when the *thread* that started it ends.
        self._process = subprocess.Popen(  # noqa: S603 - our own command line, no word of it from outside
            command_line,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        os.set_blocking(self._requests.fileno(), False)
        os.set_blocking(self._answers.fileno(), False)

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def memory(self) -> int:
        """Return its resident memory in bytes, 0 where the system does not say."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def ask(self, request: Request, body: bytes, *, seconds: float) -> dict[str, Any]:  # Any: JSON, for the caller to take apart
        """Return the answer. Raises `ChildLost` where there is none within *seconds*; the child is to be ended then."""
        self.tasks += 1
        head = json.dumps(asdict(request)).encode()
        out = memoryview(REQUEST.pack(len(head), len(body)) + head + body)
        answer = self._exchange(out, self._clock.monotonic() + seconds)
        try:
            parsed = json.loads(answer)
        except (ValueError, RecursionError):
            raise ChildLost("the parser gave no proper answer", was_costly=True) from None
        if not isinstance(parsed, dict):
            raise ChildLost("the parser gave no proper answer", was_costly=True)
        return parsed

    def kill(self) -> None:
        """Stop it, from any thread; who uses it sees it die and ends it."""
        self._process.kill()

    def end(self) -> None:
        """Kill and reap it, and give its descriptors back. Harmless when repeated."""
        self._process.kill()
        self._process.wait()
        self._requests.close()
        self._answers.close()

    def _exchange(self, out: memoryview, deadline: float) -> bytes:
        """Write all of *out* while reading, and return one whole answer."""
        received = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self._requests, selectors.EVENT_WRITE)
            selector.register(self._answers, selectors.EVENT_READ)
            while True:
                left = deadline - self._clock.monotonic()
                ready = selector.select(left) if left > 0 else []
                if not ready:
                    raise ChildLost("reading it takes too long", was_costly=True)
                for key, _ in ready:
                    if key.fileobj is self._answers:
                        self._receive(received)
                    elif not (out := self._send(out)):
                        selector.unregister(self._requests)
                if (whole := _whole(received)) is not None:
                    return whole

    def _send(self, out: memoryview) -> memoryview:
        try:
            return out[os.write(self._requests.fileno(), out[:_CHUNK]) :]
        except BlockingIOError:
            return out
        except BrokenPipeError:
            return out[:0]  # it died; its last words, or their end, come through the other pipe

    def _receive(self, received: bytearray) -> None:
        try:
            part = os.read(self._answers.fileno(), _CHUNK)
        except BlockingIOError:
            return
        if not part:
            raise self._death()
        received += part

    def _death(self) -> ChildLost:
        """Say what it died of."""
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return ChildLost("the parser closed its pipe", was_costly=True)
        if status == -signal.SIGXCPU:
            return ChildLost("reading it takes too much processor time", was_costly=True)
        return ChildLost("the parser died while reading it", was_costly=True)


def _whole(received: bytearray) -> bytes | None:
    """Return the answer once all of it is there. Raises `ChildLost` on one that is too long or not alone."""
    if len(received) < ANSWER.size:
        return None
    (length,) = ANSWER.unpack_from(received)
    if length > ANSWER_LIMIT or len(received) > ANSWER.size + length:
        raise ChildLost("the parser answers without end", was_costly=True)
    return bytes(received[ANSWER.size :]) if len(received) == ANSWER.size + length else None
