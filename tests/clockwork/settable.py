"""`naamwacht` in a process whose clock is put by lines on its standard input: seconds ahead of the true time.

libfaketime fakes what this process alone sees. It could also read the seconds from a file, but then two threads that look at
the clock together now and then see the true time for a moment; what the environment says they always see alike.
"""

from __future__ import annotations

import os
import sys
from threading import Thread

from monitor.cli import main


def obey() -> None:
    for line in sys.stdin:
        os.environ["FAKETIME"] = line.strip()


if __name__ == "__main__":
    Thread(target=obey, name="clock", daemon=True).start()
    sys.exit(main())
