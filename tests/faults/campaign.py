"""Kill a busy daemon again and again, let it come to rest, and say what became of all that happened meanwhile."""

from __future__ import annotations

import random
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.busy import FEEDS, Town
from tests.faults.judging import Verdict, feeds_seen, judge, told_in, unfinished
from tests.faults.processes import RECORDING, SENDING, SENT_UNMARKED, DaemonUnderTest, Nursery, Running, Trace

SHARES = {SENDING: 0.30, RECORDING: 0.20}
"""How much of the kills must fall between claim and mark, and into the transaction that writes what Looks brought."""

MARGIN = 0.04
"""Aimed at so much more than that: a kill that was aimed at a phase may come too late for it."""

DELAY = 0.05
PATIENCE = 20.0
REST_WITHIN = 90.0


@dataclass
class Campaign:
    """One town, one database, many daemons one after the other. `kills` holds where each was when it died."""

    town: Town
    nursery: Nursery
    chance: random.Random
    kills: list[Trace] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    told: set[tuple[str, str]] = field(default_factory=set)
    letters_read: int = 0

    @property
    def url(self) -> str:
        return f"sqlite:///{self.town.folder / 'naamwacht.db'}"

    def share(self, phases: frozenset[str]) -> float:
        return self.count(phases) / max(1, len(self.kills))

    def count(self, phases: frozenset[str]) -> int:
        return sum(trace.is_in(phases) for trace in self.kills)

    def begin(self) -> None:
        """Let a daemon look at every feed in silence, so that all that is planted from now on is news."""
        with self.nursery.daemon(imports=True) as daemon:
            daemon.wait_for(lambda trace: "poll.after_commit" in trace.passed, seconds=PATIENCE)
            assert _comes_true(daemon, lambda: feeds_seen(self.url) == len(FEEDS), seconds=PATIENCE), "not all feeds were seen"
            self.town.is_growing = True
            is_told = daemon.wait_for(lambda trace: "mark.after_commit" in trace.passed, seconds=PATIENCE)
            assert is_told, "nobody was told of anything"
            self._kill(daemon)

    def kill_at(self, name: str, *, times: int = 1, imports: bool = False) -> None:
        """Let a daemon end itself when it comes to a failpoint for the *times*-th time."""
        with self.nursery.daemon(armed=name, times=times, imports=imports) as daemon:
            is_there = daemon.wait_for(lambda trace: trace.passed.count(name) == times, seconds=PATIENCE)
            assert is_there, f"a busy daemon never came to {name}"
            self._kill(daemon)

    def kill_errand(self, errand: str, name: str) -> None:
        """Let another process do an errand on the database, and end itself when it comes to a failpoint."""
        with self.nursery.daemon(errand, armed=name) as process:
            assert process.wait(seconds=PATIENCE) == -9, f"{errand} never came to {name}"

    def do_errand(self, errand: str) -> set[str]:
        """Let another process do an errand to its end; return the failpoints that it came to."""
        with self.nursery.daemon(errand) as process:
            assert process.wait(seconds=PATIENCE) == 0, f"could not {errand}"
            return set(process.kill().passed)

    def kill_at_random(self) -> None:
        """Kill a daemon some milliseconds after it came to where the fewest kills of those wanted have fallen so far."""
        phases = next((each for each, wanted in SHARES.items() if self.share(each) < wanted + MARGIN), None)
        rounds = self.chance.randint(1, 8) if phases is SENDING else 1
        steps = self.chance.randint(1, 120)
        with self.nursery.daemon() as daemon:
            if phases is None:
                daemon.wait_for(lambda trace: len(trace.passed) >= steps, seconds=PATIENCE)
            else:
                daemon.wait_for(lambda trace: trace.is_in(phases) and _entered(trace, phases) >= rounds, seconds=PATIENCE)
            threading.Event().wait(self.chance.uniform(0, DELAY))
            self._kill(daemon)

    def kill_many(self, count: int) -> None:
        """Kill *count* daemons, and more where the shares are not reached by then."""
        done = 0
        while done < count or (done < 2 * count and any(self.share(each) < wanted for each, wanted in SHARES.items())):
            self.kill_at_random()
            done += 1

    def stop_at_random(self) -> int:
        """Let `naamwacht run` work, reload and work on, and ask it to end; return its code."""
        with Running(self.town.folder / "config.yaml") as daemon:
            for times in (1, 2):
                assert daemon.says('"event": "running"', times=times), daemon.said
                threading.Event().wait(self.chance.uniform(0, 1.5))
                if times == 1:
                    daemon.signal(signal.SIGHUP)
            return daemon.stop()

    def rest(self) -> Verdict:
        """Let nothing new happen, and a daemon do all that is left to do, if it can; return what became of it all."""
        self.town.is_growing = False
        with self.nursery.daemon() as daemon:
            daemon.wait_for(lambda trace: "poll.after_commit" in trace.passed, seconds=PATIENCE)
            _comes_true(daemon, lambda: unfinished(self.url, self.town.planted) == 0, seconds=REST_WITHIN)
            assert daemon.terminate(seconds=10) == 0
            self.passed.update(daemon.kill().passed)
        return judge(self.url, self.town.folder, self.town.planted, self.town.letters())

    def say(self, title: str, verdict: Verdict, seed: int) -> None:
        """Print what happened in one line."""
        sys.stdout.write(
            f"\n{title}: {verdict.mentions} mentions, {len(self.town.letters())} mails, {verdict.repeats} of them repeats "
            f"(at most {self.count(SENT_UNMARKED)}), {verdict.lost} lost; seed {seed}\n"
        )

    def kills_in_words(self) -> str:
        """Return how many kills there were, and where they fell."""
        between, inside = self.share(SENDING), self.share(RECORDING)
        return f"{len(self.kills)} kills, {between:.0%} between claim and mark, {inside:.0%} inside a poll's transaction"

    def _kill(self, daemon: DaemonUnderTest) -> None:
        """Kill a daemon, if it did not kill itself; remember where it died, and who was told of what until then."""
        trace = daemon.kill()
        assert daemon.wait(seconds=0) == -9, "a daemon ended by itself"
        self.kills.append(trace)
        self.passed.update(trace.passed)
        letters = self.town.letters()
        self.told.update(told_in(letters[self.letters_read :]))  # to read a letter takes a millisecond, and there are thousands
        self.letters_read = len(letters)
        self.town.note_told(self.told)


def _entered(trace: Trace, phases: frozenset[str]) -> int:
    return trace.passed.count("deliver.before_send" if phases is SENDING else "poll.begun")


def _comes_true(daemon: DaemonUnderTest, is_so: Callable[[], bool], *, seconds: float) -> bool:
    """Ask again and again, at the latest every quarter of a second."""
    for _ in range(int(seconds * 4)):
        if is_so():
            return True
        steps = len(daemon.trace.passed) + 20
        daemon.wait_for(lambda trace, steps=steps: len(trace.passed) >= steps, seconds=0.25)
    return is_so()
