"""Idle memory of the daemon with 1,000 people and 200 sources, and of a fresh parse child. Goals: 150 MB and 40 MB."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

PEOPLE, SOURCES = 1_000, 200
FIRST = ("Sanne", "Youssef", "Marijke", "Lotte", "Diederik", "Anouk", "Joris", "Fenna", "Ruben", "Noor")
LAST = ("Aldermoor", "Brummelkamp", "Zonneveen", "Hoenselaar", "Oosterwold", "Terwisscha", "Quispelaar", "Wissekerke")
ENTRY = "<item><title>Bericht {0}</title><link>https://news.example.org/{0}</link><description>{1}</description></item>"
ENTRIES = "".join(ENTRY.format(number, "tekst " * 80) for number in range(30))
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Nieuws</title>{ENTRIES}</channel></rss>"""
SETTLE_SECONDS = 30


class Feeds(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = FEED.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def megabytes(pid: int) -> tuple[float, float]:
    """Return resident and proportional memory."""
    said = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return int(said["Rss"].split()[0]) / 1024, int(said["Pss"].split()[0]) / 1024


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    return sorted({int(c) for task in tasks.iterdir() for c in (task / "children").read_text().split()})


def written(folder: Path, port: int) -> Path:
    with (folder / "people.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["external_id", "given_names", "surname", "email", "informed_on"])
        for number in range(PEOPLE):
            surname = f"{LAST[number % 8]}{'bcdfghjklm'[number // 8 % 10]}{'aeiou'[number // 80 % 5]}n{'klmnprst'[number // 400]}"
            writer.writerow([f"p{number}", FIRST[number % 10], surname, f"p{number}@example.org", "2026-01-01"])
    sources = [
        {"name": f"feed {n}", "provider": "rss", "every": "15m", "settings": {"url": f"http://127.0.0.1:{port}/{n}"}}
        for n in range(SOURCES)
    ]
    config = {
        "organisation": {"name": "Jeugdbescherming Voorbeeld", "domains": ["example.org"]},
        "data_dir": str(folder / "data"),
        "network": {"internal": [f"127.0.0.1:{port}"]},
        "sources": sources,
        "notifiers": {"screen": {"type": "console"}},
        "web": {"bind": "127.0.0.1:0"},
        "ops": {"bind": "127.0.0.1:0"},
    }
    path = folder / "config.yaml"
    path.write_text(json.dumps(config))
    return path


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        path = written(Path(name), server.server_port)
        naamwacht = [sys.executable, "-m", "monitor"]
        subprocess.run(
            [*naamwacht, "people", "import", str(Path(name) / "people.csv"), "--config", str(path)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        daemon = subprocess.Popen(
            [*naamwacht, "run", "--config", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            time.sleep(SETTLE_SECONDS)
            rss, pss = megabytes(daemon.pid)
            print(f"daemon, {PEOPLE} people, {SOURCES} feeds read once: {rss:.0f} MB resident ({pss:.0f} MB proportional)")
            for child in children(daemon.pid):
                rss, pss = megabytes(child)
                print(f"parse child: {rss:.0f} MB resident ({pss:.0f} MB proportional)")
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(20)
    print(f"this machine: {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
