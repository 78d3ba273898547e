"""Very many people, in a process of their own: what the matcher holds in memory, how long it takes to make, how fast it is.

`python -m benchmarks.naming.many PEOPLE SEED MEGABYTES` prints it as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.naming.contenders import make_matcher
from benchmarks.naming.people import invent, watchlist
from benchmarks.naming.sentences import plain_texts
from benchmarks.naming.texts import MEGABYTE, read_texts
from monitor.core.model import Document


@dataclass(frozen=True, slots=True)
class Many:
    """Megabytes (10^6) resident for the matcher alone and at the peak of the process, CPU seconds, MB a second."""

    people: int
    resident: float
    peak: float
    build: float
    speed: float


def measure_many(people: int, seed: int, megabytes: float) -> Many:
    """Measure in a child."""
    command = [sys.executable, "-m", "benchmarks.naming.many", str(people), str(seed), str(megabytes)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Many(**json.loads(said))


def _resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def main() -> None:
    count, seed, megabytes = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    texts = [text.text for text in read_texts(os.environ).sample(megabytes, seed)] or plain_texts(megabytes, seed)
    registered = watchlist(invent(count, seed))
    before, started = _resident(), time.process_time()
    matcher = make_matcher(registered)
    build = time.process_time() - started
    held = _resident() - before
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        for text in texts:
            matcher.match(Document(text=text))
        best = min(best, time.process_time() - started)
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / MEGABYTE
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    print(json.dumps(asdict(Many(count, held, peak, build, size / best))))


if __name__ == "__main__":
    main()
