"""`naamwacht check` and the network: where we listen, the proxy, name look-ups, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.app import App, SystemClock
from monitor.app.checking import Finding, Level, Subject
from monitor.app.checking.network import check_clock, check_names
from monitor.cli.opening import load_config
from monitor.storage.engine import Database
from monitor.storage.lock import hold
from tests.cli.checking import changed, check, found
from tests.fetch.servers import Server, always, answer


def test_a_port_in_use_is_a_fault(config: Path):
    with Server(always(b"220 mail.example.org\r\n")) as other:
        faults = found(changed(config, web={"bind": f"127.0.0.1:{other.port}"}), "fault")

    assert faults["web.bind"] == f"something else listens on 127.0.0.1:{other.port}"


def test_our_own_page_in_its_place_is_no_fault(registered: Path):
    database = Database(f"sqlite:///{registered.parent}/data/naamwacht.db")
    with Server(always(answer(b"<title>Naamwacht</title>"))) as page, hold(database, now=SystemClock().now()):
        config = changed(registered, web={"bind": f"127.0.0.1:{page.port}"})

        fine = found(config, "ok")

    database.close()
    assert fine["web.bind"] == f"Naamwacht answers on 127.0.0.1:{page.port}"
    assert "in use by process" in fine["daemon"]


def test_a_page_of_another_installation_in_its_place_is_a_fault(registered: Path):
    with Server(always(answer(b"<title>Naamwacht</title>"))) as page:
        faults = found(changed(registered, web={"bind": f"127.0.0.1:{page.port}"}), "fault")

    assert "another database" in faults["web.bind"]


def test_a_proxy_that_lets_us_in_everywhere_is_a_fault(config: Path):
    with Server(always(answer(b"welcome"))) as proxy:
        faults = check(changed(config, network={"proxy": f"http://127.0.0.1:{proxy.port}"}), "--json").json

    told = [each["what"] for each in faults if each["path"] == "network.proxy"]
    assert any("169.254.169.254" in what for what in told)


def test_a_proxy_that_refuses_inner_addresses_is_fine(config: Path):
    with Server(always(answer(b"", status="403 Forbidden"))) as proxy:
        fine = found(changed(config, network={"proxy": f"http://127.0.0.1:{proxy.port}"}), "ok")

    assert "refuses" in fine["network.proxy"]


def test_a_proxy_that_is_not_there_is_a_fault(config: Path):
    faults = found(changed(config, network={"proxy": "http://127.0.0.1:9"}), "fault")

    assert "does not answer" in faults["network.proxy"]


@pytest.fixture
def subject(config: Path) -> Iterator[Subject]:
    settings = load_config(config, environment={})
    with App.open(settings, Database(settings.database.get_secret_value())) as app:
        yield Subject(app, config, daemon="", resolve=lambda host: ["192.0.2.1"] if host == "known.test" else [])


@pytest.mark.parametrize(
    ("seconds", "level", "what"),
    [
        ([0.4], Level.OK, "right, by 1 answer(s)"),
        ([61], Level.FAULT, "is 61 seconds slow"),
        ([-3600, -7200], Level.FAULT, "is 3600 seconds fast"),
        ([86_400, 2], Level.OK, "right, by 2 answer(s)"),
    ],
    ids=["right", "slow", "fast", "one server is wrong"],
)
def test_our_clock_is_compared_with_those_of_servers(subject: Subject, seconds: list[float], level: Level, what: str):
    subject.heard.skews = [timedelta(seconds=each) for each in seconds]

    assert list(check_clock(subject)) == [Finding(level, "clock", what, next(check_clock(subject)).remedy)]


def test_a_network_without_dns_is_told_once(subject: Subject):
    subject.heard.hosts = {"a.test", "b.test", "192.0.2.7"}

    (finding,) = check_names(subject)

    assert (finding.level, finding.what) == (Level.FAULT, "none of 2 host name(s) can be looked up")


def test_one_unknown_host_is_no_lack_of_dns(subject: Subject):
    subject.heard.hosts = {"a.test", "known.test"}

    (finding,) = check_names(subject)

    assert (finding.level, finding.what) == (Level.OK, "1 of 2 host name(s) can be looked up")
