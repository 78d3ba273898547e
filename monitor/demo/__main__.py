"""Run the small internet alone: `python -m monitor.demo`. Only the command line; the internet is put together in `internet`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from monitor.demo.internet import Ports, SmallInternet


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM."""
    asked = _parser().parse_args(arguments)
    signals = {signal.SIGINT, signal.SIGTERM}
    # Blocked before any thread starts, so that only `sigwait` takes them.
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        internet = SmallInternet(
            asked.host,
            Ports(web=asked.web_port, search=asked.search_port, desk=asked.desk_port, mail=asked.mail_port),
            publishes_by_time=not asked.by_hand,
            replaces_message_id=asked.replaces_message_id,
        )
    except OSError as error:
        sys.stderr.write(
            f"A port is in use, or the host is not this machine's: {error}. Choose others; port 0 takes a free one.\n"
        )
        return 1
    with internet:
        if asked.write_to:
            asked.write_to.mkdir(parents=True, exist_ok=True)
            (asked.write_to / "people.csv").write_text(internet.people_rows(), encoding="utf-8")
            # JSON is YAML, so this is a configuration file as it stands.
            (asked.write_to / "config.yaml").write_text(json.dumps(internet.config(asked.write_to), indent=2), encoding="utf-8")
        host, port = internet.mail
        sys.stdout.write(
            f"sites   {internet.web}\nsearch  {internet.search}\ndesk    {internet.desk}\nmail    smtp://{host}:{port}\n"
        )
        sys.stdout.flush()
        signal.sigwait(signals)
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m monitor.demo", description="A small, invented internet on loopback.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    for name in ("web", "search", "desk", "mail"):
        parser.add_argument(f"--{name}-port", type=_port, default=0, metavar="PORT", help="0, the default, takes a free one")
    parser.add_argument("--by-hand", action="store_true", help="publish nothing new but on POST /publish at the desk")
    parser.add_argument(
        "--replaces-message-id", action="store_true", help="let the mail server give each letter its own Message-ID"
    )
    parser.add_argument(
        "--write-to", type=Path, metavar="FOLDER", help="write config.yaml and people.csv for this internet there"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
