"""What an operator does to a daemon that works: end it, reload it, start it twice, change the people beside it."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.faults.busy import HOST, NAMED, Town
from tests.faults.conftest import COUNT, SEED, Begin
from tests.faults.processes import Nursery, Running, naamwacht

STOPS = min(10, max(1, COUNT // 30))
RUNNING = '"event": "running"'
RELOADING = '"event": "reloading"'


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as listening:
        yield listening.getsockname()[1]


def test_a_daemon_that_is_asked_to_reload_and_to_end_does_so_and_loses_nothing(campaign: Begin) -> None:
    busy = campaign()
    busy.begin()

    code = busy.stop_at_random()
    verdict = busy.rest()

    assert code == 0
    assert (verdict.lost, verdict.doubled_mentions, verdict.renamed, verdict.faults) == (0, (), (), ())


@pytest.mark.proof
def test_a_busy_daemon_may_be_asked_to_reload_and_to_end_at_any_moment(campaign: Begin) -> None:
    busy = campaign()
    busy.begin()
    kills = len(busy.kills)

    codes = [busy.stop_at_random() for _ in range(STOPS)]
    verdict = busy.rest()

    busy.say(f"reloaded and ended {STOPS} times", verdict, SEED)
    assert codes == [0] * STOPS
    assert (verdict.lost, verdict.doubled_mentions, verdict.renamed, verdict.faults) == (0, (), (), ())
    assert verdict.repeats <= kills


def stop_at_once(town: Town) -> int:
    """End a daemon as soon as it runs: its threads start then, and one of them may get the signal instead of the main thread."""
    with Running(town.write_config()) as daemon:
        assert daemon.says(RUNNING), daemon.said
        return daemon.stop()


@pytest.mark.proof
def test_a_signal_is_heard_whichever_thread_it_reaches(town: Town) -> None:
    codes = [stop_at_once(town) for _ in range(5)]

    assert codes == [0] * 5


def test_a_daemon_that_is_told_to_reload_takes_the_new_configuration(town: Town) -> None:
    config = town.write_config(sources=[])
    with Running(config) as daemon:
        assert daemon.says('"sources": 0'), daemon.said
        town.write_config()

        daemon.signal(signal.SIGHUP)

        assert daemon.says('"sources": 3'), daemon.said
        assert daemon.stop() == 0


def test_a_daemon_that_is_told_to_reload_a_faulty_configuration_goes_on_with_the_old_one(town: Town) -> None:
    config = town.write_config()
    with Running(config) as daemon:
        assert daemon.says(RUNNING), daemon.said
        town.write_config(langauge="nl")

        daemon.signal(signal.SIGHUP)

        assert daemon.says("the configuration was not taken over"), daemon.said
        assert any("did you mean language?" in line for line in daemon.said), daemon.said
        assert not any(RELOADING in line for line in daemon.said)
        assert daemon.stop() == 0


def test_a_daemon_that_cannot_start_with_its_new_configuration_goes_on_with_the_old_one(town: Town, taken_port: int) -> None:
    config = town.write_config()
    with Running(config) as daemon:
        assert daemon.says(RUNNING), daemon.said
        town.write_config(ops={"bind": f"{HOST}:{taken_port}"})

        daemon.signal(signal.SIGHUP)

        assert daemon.says("cannot be listened on"), daemon.said
        assert daemon.says(RUNNING, times=2), daemon.said
        assert daemon.stop() == 0


def test_a_daemon_goes_on_with_the_old_database_where_the_new_one_cannot_be_used(town: Town) -> None:
    config = town.write_config()
    foreign = town.folder / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")
    with Running(config) as daemon:
        assert daemon.says(RUNNING), daemon.said
        town.write_config(database=f"sqlite:///{foreign}")

        daemon.signal(signal.SIGHUP)

        assert daemon.says("foreign.db"), daemon.said
        assert daemon.says(RUNNING, times=2), daemon.said
        assert daemon.stop() == 0


def test_a_second_daemon_on_the_same_database_is_told_who_holds_it(town: Town) -> None:
    config = town.write_config()
    with Running(config) as first:
        assert first.says(RUNNING), first.said

        second = naamwacht("run", "--config", config)

        assert second.returncode == 3
        assert f"is in use by process {first.process.pid} on" in second.stderr


@pytest.mark.parametrize("section", ["web", "ops"])
def test_a_daemon_whose_port_is_in_use_says_so_and_ends(town: Town, taken_port: int, section: str) -> None:
    config = town.write_config(**{section: {"bind": f"{HOST}:{taken_port}"}})

    ended = naamwacht("run", "--config", config)

    assert ended.returncode == 6
    assert f"{HOST}:{taken_port} cannot be listened on" in ended.stderr


def test_an_import_by_another_process_counts_at_once(town: Town) -> None:
    config = town.write_config()
    person, (_, to) = next(iter(NAMED.items()))
    with Nursery(config) as nursery, nursery.daemon() as daemon:
        assert daemon.wait_for(lambda trace: trace.passed.count("poll.after_commit") >= 2, seconds=30)

        imported = naamwacht("people", "import", town.folder / "people.csv", "--config", config, "--json")

        assert person in json.loads(imported.stdout)["added"], imported.stderr
        assert daemon.wait_for(lambda trace: trace.passed.count("refresh.after_commit") == 2, seconds=2)
        town.plant(person=person)
        assert town.mailbox.wait_for(1, to=to, seconds=30)
