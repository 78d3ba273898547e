"""How long `naamwacht --help` takes, beside a bare Python and beside importing the whole stack. Goal: at most 0.3 s."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

ROUNDS = 15
CANDIDATES = {
    "naamwacht --help": [sys.executable, "-m", "monitor", "--help"],
    "bare python": [sys.executable, "-c", "pass"],
    "whole stack": [sys.executable, "-c", "import monitor.cli.daemon"],
}


def main() -> None:
    taken: dict[str, list[float]] = {name: [] for name in CANDIDATES}
    for _ in range(ROUNDS):
        for name, command in CANDIDATES.items():
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            taken[name].append(time.perf_counter() - started)
    bare = median(taken["bare python"])
    for name, seconds in taken.items():
        print(
            f"{name:<18} median {median(seconds):.3f} s   best {min(seconds):.3f} s   {median(seconds) / bare:.1f} x bare python"
        )


if __name__ == "__main__":
    main()
