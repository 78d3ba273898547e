"""From a hit stored to its mail accepted: the daemon on the small internet of the demo, times from its own database."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

RUN_SECONDS = 25
QUERY = """
    SELECT passage.found_at, delivery.sent_at FROM delivery
    JOIN delivery_part ON delivery_part.delivery_id = delivery.id
    JOIN passage ON passage.id = delivery_part.passage_id
    JOIN channel ON channel.id = delivery.channel_id
    WHERE delivery.kind = 'alert' AND delivery.state = 'sent' AND channel.address <> ''
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-m", "monitor", "run", "--demo"]
        started = time.monotonic()
        daemon = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert daemon.stdout is not None
        first_alert = None
        for line in daemon.stdout:
            if "Nieuw gevonden" in line:
                first_alert = time.monotonic() - started
                break
            if time.monotonic() - started > RUN_SECONDS:
                break
        time.sleep(max(0.0, RUN_SECONDS - (time.monotonic() - started)))
        daemon.send_signal(signal.SIGTERM)
        daemon.communicate()
        with sqlite3.connect(next(Path(folder).rglob("naamwacht.db"))) as database:
            rows = database.execute(QUERY).fetchall()
    waits = [(datetime.fromisoformat(sent) - datetime.fromisoformat(found)).total_seconds() for found, sent in rows]
    print(f"first alert on the screen {first_alert or float('nan'):.1f} s after the start of the process")
    print(f"hit stored to mail accepted, {len(waits)} alerts: median {median(waits):.2f} s, longest {max(waits):.2f} s")


if __name__ == "__main__":
    main()
