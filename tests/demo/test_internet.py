"""The small internet as a whole: it starts, publishes by time, and leaves nothing behind."""

from __future__ import annotations

import ast
import contextlib
import csv
import io
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

import monitor.demo
from monitor.demo import SCRIPT, Ports, Script, SmallInternet, Wave


def _ask(address: str) -> None:
    with contextlib.suppress(httpx.HTTPError):
        httpx.get(address, timeout=10)


def test_nothing_is_left_after_its_end():
    threads = threading.active_count()

    with SmallInternet() as internet, httpx.Client() as client:
        client.get(internet.web)
        port = int(internet.web.rpartition(":")[2])

    assert threading.active_count() == threads
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_somebody_who_waits_does_not_hold_up_the_end():
    internet = SmallInternet(publishes_by_time=False)
    internet.start()
    internet.faults.set("/", monitor.demo.Fault.SLOW)
    asking = threading.Thread(target=_ask, args=(internet.feeds["courant"],))
    asking.start()

    internet.stop()
    asking.join(timeout=5)

    assert not asking.is_alive()


def test_a_port_in_use_is_an_error_that_keeps_no_other_port():
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()

        with pytest.raises(OSError, match="in use"):
            SmallInternet(ports=Ports(web=port, desk=taken.getsockname()[1]))

    with socket.create_server(("127.0.0.1", port)):
        pass


def test_new_things_appear_by_themselves():
    published = threading.Event()
    script = Script(SCRIPT.past, (Wave(timedelta(milliseconds=1), SCRIPT.waves[0].sayings),))

    class Listening(SmallInternet):
        def publish(self) -> tuple[str, ...]:
            addresses = super().publish()
            published.set()
            return addresses

    with Listening(script=script) as internet:
        assert published.wait(timeout=10)

        assert httpx.get(f"{internet.web}/courant/zitting-over-uithuisplaatsing").status_code == 200


def test_the_watchlist_has_eight_people_who_were_told_and_can_be_written_to(internet: SmallInternet):
    people = list(csv.DictReader(io.StringIO(internet.people_rows())))

    assert len({person["external_id"] for person in people}) == 8
    assert all(person["surname"] and person["informed_on"] and person["email"].endswith("@example.org") for person in people)


def test_the_configuration_lets_exactly_the_small_internet_through(internet: SmallInternet, tmp_path: Path):
    config = internet.config(tmp_path)

    assert config["network"] == {"internal": list(internet.internal)}
    assert len(internet.internal) == 4


def test_it_runs_alone_until_it_is_told_to_end(tmp_path: Path):
    command = [sys.executable, "-W", "error", "-m", "monitor.demo", "--by-hand", "--write-to", str(tmp_path)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as alone:
        addresses = dict(alone.stdout.readline().split() for _ in range(4))
        status = httpx.get(addresses["sites"]).status_code
        alone.send_signal(signal.SIGTERM)
        errors = alone.stderr.read()

    assert (status, alone.returncode, errors) == (200, 0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yaml", "people.csv"]


def test_it_imports_nothing_but_the_standard_library_and_itself():
    folder = Path(monitor.demo.__file__).parent

    roots = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else name.name
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }

    assert {
        root for root in roots if root.partition(".")[0] not in sys.stdlib_module_names and not root.startswith("monitor.demo")
    } == set()
