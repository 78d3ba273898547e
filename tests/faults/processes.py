"""Processes of the product seen from a test: start them, read where they are, kill them, and leave none behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]

SENDING = frozenset({"claim.after_commit", "deliver.before_send", "deliver.after_send", "mark.before_commit"})
"""A message is ours to send, and is not marked yet."""

SENT_UNMARKED = SENDING - {"claim.after_commit"}
"""Within these the mail server may have taken a message that is not marked: only here does a kill lead to a repeat."""

RECORDING = frozenset({"poll.begun", "poll.inside", "poll.before_commit"})
"""Inside the transaction that writes what Looks brought."""


@dataclass
class Trace:
    """All failpoints that were passed, in order, and for each thread the last one: where the process is, or was."""

    passed: list[str] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)

    def add(self, line: str) -> None:
        thread, name = line.split()
        self.passed.append(name)
        self.last[thread] = name

    def is_in(self, phases: frozenset[str]) -> bool:
        return not phases.isdisjoint(self.last.values())


class DaemonUnderTest:
    """One daemon that runs. Its process is a child of the nursery's, which tells how it ended."""

    def __init__(self, orders: socket.socket, order: Mapping[str, object]) -> None:
        reading, writing = os.pipe()
        socket.send_fds(orders, [json.dumps(order).encode()], [writing])
        os.close(writing)
        self._answers = orders
        self._descriptor = os.pidfd_open(int(_line(orders, seconds=60)))
        self._code: int | None = None
        self.trace = Trace()
        self._moved = threading.Condition()
        self._is_over = False
        self._reader = threading.Thread(target=self._read, args=(reading,), daemon=True)
        self._reader.start()

    def wait_for(self, is_so: Callable[[Trace], bool], *, seconds: float) -> bool:
        """Wait until its trace is as wanted; False where it is not in time, or the process ended before."""
        with self._moved:
            self._moved.wait_for(lambda: self._is_over or is_so(self.trace), timeout=seconds)
            return is_so(self.trace)

    def wait(self, *, seconds: float) -> int:
        """Wait for its end and return its code."""
        if self._code is None:
            self._code = int(_line(self._answers, seconds=seconds))
            os.close(self._descriptor)
        return self._code

    def terminate(self, *, seconds: float) -> int:
        """Ask it to end, and return its code."""
        signal.pidfd_send_signal(self._descriptor, signal.SIGTERM)
        return self.wait(seconds=seconds)

    def kill(self) -> Trace:
        """Kill it, if it did not end before, and return where it really was when it died."""
        if self._code is None:
            with suppress(ProcessLookupError):  # it killed itself
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)
            self.wait(seconds=10)
        self._reader.join()
        return self.trace

    def _read(self, descriptor: int) -> None:
        with os.fdopen(descriptor, encoding="ascii") as lines:
            for line in lines:
                with self._moved:
                    self.trace.add(line)
                    self._moved.notify_all()
        with self._moved:
            self._is_over = True
            self._moved.notify_all()


class Nursery:
    """Gives one daemon after the other, each in a process of its own; none outlives it."""

    def __init__(self, config: Path) -> None:
        self._config = config
        ours, theirs = socket.socketpair()
        self._orders = ours
        with theirs, config.with_suffix(".log").open("ab") as log:
            command = [sys.executable, "-m", "tests.faults.daemon_under_test", str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, pass_fds=(theirs.fileno(),)
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._orders.close()  # its end, and that of a daemon that still runs
        self._process.wait(30)

    @contextmanager
    def daemon(self, errand: str = "run", *, armed: str = "", times: int = 1, imports: bool = False) -> Iterator[DaemonUnderTest]:
        """Let a daemon run inside the block, and end itself the *times*-th time that it comes to *armed*; kill it after all."""
        order = {"errand": errand, "config": str(self._config), "armed": armed, "times": times, "imports": imports}
        daemon = DaemonUnderTest(self._orders, order)
        try:
            yield daemon
        finally:
            daemon.kill()


def _line(answers: socket.socket, *, seconds: float) -> str:
    """Return the next line; there is never more than one under way."""
    answers.settimeout(seconds)
    return answers.recv(64).decode()


def command(*words: str | Path) -> list[str]:
    """Return the command line of `naamwacht` followed by *words*, from this work tree."""
    return [sys.executable, "-c", "import sys; from monitor.cli import main; sys.exit(main())", *map(str, words)]


def naamwacht(*words: str | Path, seconds: float = 60, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. *before*: what stands before it, such as another program that starts it."""
    line = [*before, *command(*words)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False)


class Running:
    """`naamwacht run`, as an operator starts it; its log is read as it comes."""

    def __init__(self, config: Path, *, before: Sequence[str] = ()) -> None:
        line = [*before, *command("run", "--config", config)]
        self.process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.said: list[str] = []
        self._moved = threading.Condition()
        self._is_over = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def says(self, words: str, *, times: int = 1, seconds: float = 30) -> bool:
        """Wait until its log says that, so many times."""
        with self._moved:
            self._moved.wait_for(lambda: self._is_over or self._count(words) >= times, timeout=seconds)
            return self._count(words) >= times

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def stop(self) -> int:
        """Ask it to end and return its code; it has ten seconds."""
        self.process.terminate()
        return self.process.wait(10)

    def _count(self, words: str) -> int:
        return sum(words in line for line in self.said)

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._moved:
                self.said.append(line)
                self._moved.notify_all()
        with self._moved:
            self._is_over = True
            self._moved.notify_all()
