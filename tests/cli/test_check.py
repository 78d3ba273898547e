"""`naamwacht check`: every fault at once, with path and remedy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.app import SystemClock
from monitor.app.checking import Check, Finding, Level
from monitor.cli.check import _run_all
from monitor.cli.output import Output
from monitor.demo.internet import SmallInternet
from monitor.ports import StorageError
from monitor.storage.engine import Database
from monitor.storage.memory import IMPORT_REFUSED, remember
from tests.cli.checking import changed, check, found, write
from tests.cli.conftest import PEOPLE
from tests.cli.running import run
from tests.fetch.servers import Server, always, answer


@pytest.fixture(scope="module")
def internet() -> Iterator[SmallInternet]:
    with SmallInternet(publishes_by_time=False) as started:
        yield started


@pytest.fixture
def sound(tmp_path: Path, internet: SmallInternet) -> Path:
    """A configuration that watches the small internet."""
    config = internet.config(tmp_path / "data") | {"web": {"bind": "127.0.0.1:0"}, "ops": {"bind": "127.0.0.1:0"}}
    return write(tmp_path / "config.yaml", config)


def test_a_sound_installation_has_no_fault(sound: Path, internet: SmallInternet):
    (sound.parent / "people.csv").write_text(internet.people_rows(), encoding="utf-8")
    run("people", "import", sound.parent / "people.csv", "--config", sound)

    ran = check(sound)

    assert (ran.code, ran.err) == (0, "")
    assert [line for line in ran.lines if line.startswith("fault")] == []
    # The search engine of the small internet knows nothing of Amsterdam.
    assert [line.partition(":")[0] for line in ran.lines if line.startswith("warn")] == [
        "warn   daemon",
        "warn   sources[3] zoekmachine",
    ]
    assert ran.lines[-1] == "0 fault(s), 2 warning(s)."


def test_a_check_records_nothing(sound: Path, people: Path):
    run("people", "import", people, "--allow-address", "--config", sound)
    before = run("audit", "verify", "--json", "--config", sound).json

    check(sound)

    assert run("looks", "--json", "--config", sound).json == []
    assert run("audit", "verify", "--json", "--config", sound).json == before


def test_before_the_first_start_the_database_is_missing_and_none_is_made(sound: Path):
    warnings = found(sound, "warn")

    assert warnings["database"].endswith("naamwacht.db is not made yet")
    assert not (sound.parent / "data").exists()


def test_each_source_is_really_looked_at(sound: Path, internet: SmallInternet):
    sources = [
        {"name": "weg", "provider": "rss", "settings": {"url": f"{internet.web}/none.xml"}},
        {"name": "pagina", "provider": "rss", "settings": {"url": f"{internet.web}/"}},
        {"name": "binnen", "provider": "rss", "settings": {"url": "http://192.168.1.1/feed"}},
        {"name": "zoeker", "provider": "searxng", "receives_names": True, "settings": {"url": internet.web}},
        {"name": "stil", "provider": "bing_news"},
    ]

    config = changed(sound, sources=sources)

    faults, warnings = found(config, "fault"), found(config, "warn")
    assert [path for path in faults if path.startswith("sources")] == [
        "sources[0] weg",
        "sources[1] pagina",
        "sources[2] binnen",
        "sources[3] zoeker",
    ]
    assert "404" in faults["sources[0] weg"]
    assert "not public" in faults["sources[2] binnen"]
    assert warnings["sources[4] stil"] == "is never asked, as it may not receive names"
    assert check(config).code == 1


def test_no_name_is_sent_to_a_search(sound: Path, internet: SmallInternet):
    with Server(always(answer(b'{"query": "", "results": []}', content_type="application/json"))) as search:
        config = changed(
            sound,
            network={"internal": [f"127.0.0.1:{search.port}"]},
            sources=[
                {
                    "name": "zoeker",
                    "provider": "searxng",
                    "receives_names": True,
                    "settings": {"url": f"http://127.0.0.1:{search.port}"},
                }
            ],
        )
        (sound.parent / "people.csv").write_text(internet.people_rows(), encoding="utf-8")
        run("people", "import", sound.parent / "people.csv", "--config", config)

        warnings = found(config, "warn")

    assert "it may be blind" in warnings["sources[0] zoeker"]
    assert [request for request in search.requests if b"Molen" in request] == []
    assert b"Amsterdam" in search.requests[0]


def test_a_feed_that_has_been_silent_for_long_is_told(sound: Path):
    item = "<item><title>Oud</title><pubDate>Mon, 05 Jan 2026 09:00:00 GMT</pubDate></item>"
    feed = f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
    with Server(always(answer(feed.encode(), content_type="text/xml"))) as server:
        config = changed(
            sound,
            network={"internal": [f"127.0.0.1:{server.port}"]},
            sources=[
                {
                    "name": "krant",
                    "provider": "rss",
                    "expected_every": "2d",
                    "settings": {"url": f"http://127.0.0.1:{server.port}/"},
                }
            ],
        )

        warnings = found(config, "warn")

    assert "longer than expected_every" in warnings["sources[0] krant"]


def test_each_way_to_send_is_tried(sound: Path):
    notifiers = {"weg": {"type": "email", "host": "127.0.0.1", "port": 9, "security": "none", "sender": "a@example.org"}}

    faults = found(changed(sound, notifiers=notifiers, channels=[], people={}), "fault")

    assert "notifiers.weg" in faults


def test_channels_without_confirmation_are_told_and_get_no_test_message(sound: Path, internet: SmallInternet):
    channels = [
        {"name": "elders", "role": "officer", "notifier": "post", "to": "desk@example.net"},
        {"name": "hier", "role": "officer", "notifier": "post", "to": "hier@example.org"},
    ]
    config = changed(sound, channels=channels)

    ran = check(config, "--send", "--json")

    told = [(each["level"], each["what"]) for each in ran.json if each["path"] == "channels[0] elders"]
    assert told == [
        ("warn", "is not confirmed yet, so nothing is sent there"),
        ("warn", "no test message: its owner has not confirmed it"),
    ]
    assert internet.mailbox.letters("desk@example.net") == ()
    (letter,) = internet.mailbox.letters("hier@example.org")
    assert "proefbericht" in letter.text


def test_a_test_message_on_the_screen_does_not_mix_with_json(sound: Path):
    ran = check(changed(sound, channels=[{"name": "scherm", "role": "operator", "notifier": "scherm"}]), "--send", "--json")

    assert "a test message (NW-0000) was taken; look whether it arrives" in [each["what"] for each in ran.json]
    assert "proefbericht" in ran.err


def test_who_waits_and_who_cannot_be_told_is_named_by_id(config: Path, people: Path):
    people.write_text(PEOPLE.replace(",y.elamrani@example.org", ","), encoding="utf-8")
    config = changed(
        config,
        notifiers={"post": {"type": "email", "host": "127.0.0.1", "port": 9, "security": "none", "sender": "a@example.org"}},
        people={"notifiers": ["post"]},
        channels=[],
    )
    run("people", "import", people, "--config", config)

    ran = check(config, "--json")

    told = [each["what"] for each in ran.json if each["path"] == "people"]
    assert told == [
        "3 registered, 2 searched today",
        "1 not searched, as informed_on is empty: p3",
        "1 cannot be told, as they have no channel: p2",
    ]
    assert "Molen" not in ran.out


def test_who_has_not_confirmed_is_named_by_id(config: Path, people: Path):
    config = changed(
        config,
        organisation={},
        notifiers={"post": {"type": "email", "host": "127.0.0.1", "port": 9, "security": "none", "sender": "a@example.org"}},
        people={"notifiers": ["post"]},
        channels=[],
    )
    run("people", "import", people, "--allow-address", "--config", config)

    told = [each["what"] for each in check(config, "--json").json if each["path"] == "people"]

    assert "2 not told yet, as they have not confirmed: p1, p2" in told


def test_a_refused_nightly_import_is_a_fault(registered: Path):
    database = Database(f"sqlite:///{registered.parent}/data/naamwacht.db")
    with database.write() as tx:
        remember(tx, IMPORT_REFUSED, "row 3, email: lies outside\nrow 4, surname: is empty")
    database.close()

    faults = found(changed(registered, people={"import_from": "people*.csv", "notifiers": ["screen"]}), "fault")

    assert faults["people.import_from"].endswith("row 3, email: lies outside and 1 more")


def test_a_nightly_import_without_a_file_is_a_fault(registered: Path):
    assert found(changed(registered, people={"import_from": "export/*.csv"}), "fault")["people.import_from"] == "no file fits"


def test_a_damaged_database_is_a_fault_and_costs_no_other_check(registered: Path):
    (registered.parent / "data" / "naamwacht.db").write_bytes(b"no database" * 1000)

    faults = found(registered, "fault")

    assert "is no SQLite database, or is damaged" in faults["database"]
    assert "notifiers.screen" in found(registered, "ok")


def test_a_database_of_a_newer_version_is_a_fault(registered: Path):
    database = Database(f"sqlite:///{registered.parent}/data/naamwacht.db")
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE schema_version SET version_num = '9999'")
    database.close()

    assert "was made by a newer version" in found(registered, "fault")["database"]


def test_a_database_that_others_can_read_is_told(registered: Path):
    (registered.parent / "data").chmod(0o755)
    (registered.parent / "data" / "naamwacht.db").chmod(0o644)

    told = [each["what"] for each in check(registered, "--json").json if each["level"] == "warn"]

    assert "holds names, and others on this machine can read it" in told


def test_a_secret_in_a_configuration_that_others_can_read_is_told(config: Path):
    mail = {"type": "email", "host": "127.0.0.1", "port": 9, "user": "a", "auth": "password", "password": "geheim-woord"}
    changed(config, notifiers={"post": {**mail, "sender": "a@example.org"}}, people={}, channels=[])
    config.chmod(0o644)

    ran = check(config, "--json")

    assert "holds a secret, and others on this machine can read it" in [each["what"] for each in ran.json]
    assert "geheim-woord" not in ran.out + ran.err


def test_an_old_backup_is_told(registered: Path):
    file = Path(run("backup", "--json", "--config", registered).json["file"])
    long_ago = (SystemClock().now() - timedelta(days=30)).timestamp()
    os.utime(file, (long_ago, long_ago))

    assert "backups" in found(registered, "warn")


def test_a_check_that_fails_costs_no_other(capsys: pytest.CaptureFixture[str]):
    def crash() -> list[Finding]:
        raise ValueError("Sanne van der Molen")

    def fail() -> list[Finding]:
        raise StorageError("the disk is full (free some space)")

    findings = _run_all(
        [Check("a", crash), Check("b", fail), Check("c", lambda: [Finding(Level.OK, "c", "fine")])], Output(as_json=True)
    )

    assert [(each.level, each.path) for each in findings] == [(Level.FAULT, "a"), (Level.FAULT, "b"), (Level.OK, "c")]
    assert findings[0].what.startswith("could not be checked (ValueError in tests.cli.test_check:")
    assert findings[1].what == "the disk is full (free some space)"


def test_every_fault_of_a_configuration_is_named_at_once(config: Path):
    config.write_text("channels: [{name: x}]\nsources: [{name: y, provider: rss}]\n", encoding="utf-8")

    ran = check(config)

    assert ran.code == 4
    assert [line.partition(":")[0] for line in ran.lines[:-1]] == [
        "fault  sources[0].settings.url",
        "fault  channels[0].role",
        "fault  channels[0].notifier",
    ]
    assert ran.lines[-1] == "3 fault(s), 0 warning(s)."


def test_a_configuration_that_cannot_be_used_is_json_as_well(config: Path):
    config.write_text("web: {bind: everywhere}\n", encoding="utf-8")

    ran = check(config, "--json")

    assert ran.code == 4
    assert [(each["level"], each["path"]) for each in ran.json] == [("fault", "web.bind")]


def test_a_person_who_left_is_neither_searched_nor_missed(config: Path, people: Path):
    yesterday = date(2026, 1, 1).isoformat()
    people.write_text(f"external_id,surname,informed_on,ends_on\np1,Molen,{yesterday},{yesterday}\n", encoding="utf-8")
    run("people", "import", people, "--config", config)

    told = [each["what"] for each in check(config, "--json").json if each["path"] == "people"]

    assert told == ["1 registered, 0 searched today"]
