"""What may stand in the log, and what must not."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from monitor.log import Blackout, configure, get_log
from monitor.ports import ProviderError

NAMES = ("Sanne van der Molen", "s.vandermolen@example.org", "Youssef El Amrani", "Zoë Öz", "sanne_vdm")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave the loggers of the process as they were."""
    root, ours = logging.getLogger(), logging.getLogger("naamwacht")
    before = (root.handlers[:], root.level, ours.level)
    yield
    root.handlers[:], (root.level, ours.level) = before[0], before[1:]


class Written(io.StringIO):
    """A stream that gives back what was written."""

    @property
    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    @property
    def event(self) -> dict[str, object]:
        (event,) = self.events
        return event


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def blackout(written: Written) -> Blackout:
    blackout = configure("json", "info", written)
    blackout.hide_names(NAMES)
    return blackout


def test_an_event_is_one_line_of_json_with_its_facts(written: Written, blackout: Blackout) -> None:
    get_log(source=4).info("mention recorded", mention=17)

    event = written.event
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", str(event.pop("timestamp")))
    assert event == {"event": "mention recorded", "level": "info", "logger": "naamwacht", "source": 4, "mention": 17}


def test_an_event_for_people_is_one_line(written: Written) -> None:
    configure("console", "info", written)

    get_log().warning("source is blind", source=4)

    assert "source is blind" in written.getvalue()
    assert "source=4" in written.getvalue()
    assert written.getvalue().count("\n") == 1


def test_what_is_below_the_level_is_not_written(written: Written) -> None:
    configure("json", "warning", written)

    get_log().info("looked")
    get_log().warning("blind")

    assert [event["event"] for event in written.events] == ["blind"]


def test_the_last_configuration_counts(written: Written) -> None:
    first = Written()
    configure("json", "info", first)
    configure("json", "info", written)

    get_log().info("looked")

    assert (first.getvalue(), written.event["event"]) == ("", "looked")


def test_a_log_made_before_the_configuration_follows_it(written: Written) -> None:
    log = get_log(source=1)
    configure("json", "info", written)

    log.info("looked")

    assert written.event["source"] == 1


@pytest.mark.parametrize(
    "name", ["apscheduler.executors.default", "httpx", "httpcore.connection", "uvicorn.error", "sqlalchemy.engine"]
)
def test_libraries_are_heard_from_warning_on_through_the_same_pipe(written: Written, blackout: Blackout, name: str) -> None:
    logging.getLogger(name).info("GET https://engine.test/?q=%22Sanne+van+der+Molen%22")
    logging.getLogger(name).warning("no answer for %s", "Sanne van der Molen")

    assert (written.event["event"], written.event["logger"]) == ("no answer for [name]", name)


# ------------------------------------------------------------------------------------------------ the last defence


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("about Sanne van der Molen today", "about [name] today"),
        ("SANNE VAN DER MOLEN", "[name]"),
        ("sanne-van-der-molen", "[name]"),
        ("Sanne van\nder Molen", "[name]"),
        ("q=Sanne+van+der+Molen", "q=[name]"),
        ("q=Sanne%20van%20der%20Molen", "q=[name]"),
        ("to s.vandermolen@example.org.", "to [name]."),
        ("S.VanderMolen@Example.org", "[name]"),
        ("Zoe\u0308 O\u0308z and ZOE OZ", "[name] and [name]"),
        ("@sanne_vdm", "@[name]"),
        ("Youssef El Amrani, Sanne van der Molen", "[name], [name]"),
        ("Sanne van Dermolen", "Sanne van Dermolen"),
        ("https://news.test/a/sanne-van-der-molen-ontslagen", "https://news.test/a/[name]-ontslagen"),
        ("https://engine.test/search?q=jeugdzorg&key=abc done", "https://engine.test/search?\u2026 done"),
        ("http://user:pass@proxy.test:3128/", "http://\u2026@proxy.test:3128/"),
        ("100% of 3", "100% of 3"),
    ],
)
def test_a_name_does_not_stand_in_the_log_however_it_is_spelt(
    written: Written, blackout: Blackout, said: str, expected: str
) -> None:
    get_log().info("said", fact=said)

    assert written.event["fact"] == expected


def test_a_name_does_not_stand_in_messages_keys_or_nested_facts(written: Written, blackout: Blackout) -> None:
    get_log().info("found Sanne van der Molen", **{"Sanne van der Molen": ["Sanne van der Molen", {"a": "Sanne van der Molen"}]})

    assert "Molen" not in written.getvalue()


def test_a_secret_does_not_stand_in_the_log_plain_or_as_addresses_spell_it(written: Written, blackout: Blackout) -> None:
    blackout.hide_secrets(["hunter2/x", "abc"])

    get_log().info("sent with hunter2/x", fact="hunter2%2Fx abc")

    assert (written.event["event"], written.event["fact"]) == ("sent with [secret]", "[secret] abc")


def test_what_is_hidden_is_replaced_as_a_whole(written: Written, blackout: Blackout) -> None:
    blackout.hide_names(["Marijke Jansen"])

    get_log().info("said", fact="Marijke Jansen, Youssef El Amrani")

    assert written.event["fact"] == "[name], Youssef El Amrani"


@dataclass
class Record:
    name: str


class Colour(Enum):
    RED = "red"


def test_a_fact_is_a_plain_value_or_the_name_of_its_type(written: Written, blackout: Blackout) -> None:
    get_log().info(
        "said",
        record=Record("Marijke"),
        raw=b"Marijke",
        colour=Colour.RED,
        at=datetime(2026, 11, 24, tzinfo=UTC),
        took=timedelta(seconds=2),
        path=Path("/x"),
        share=0.5,
        nothing=None,
        ids={7},
    )

    facts = {key: written.event[key] for key in ("record", "raw", "colour", "at", "took", "path", "share", "nothing", "ids")}
    assert facts == {
        "record": "<Record>",
        "raw": "<bytes>",
        "colour": "red",
        "at": "2026-11-24 00:00:00+00:00",
        "took": "0:00:02",
        "path": "/x",
        "share": 0.5,
        "nothing": None,
        "ids": [7],
    }


def test_a_fact_is_short_and_tells_a_terminal_nothing(written: Written) -> None:
    configure("console", "info", written)

    get_log().info("said\n2026-01-01 forged", fact="\x1b[31m" + "x" * 600)

    assert written.getvalue().count("\n") == 1
    assert "\x1b" not in written.getvalue()
    assert "x" * 501 not in written.getvalue()


# ---------------------------------------------------------------------------------------------------- tracebacks


def _raise(error: Exception) -> None:
    geheim = "a local value"  # noqa: F841 - must not be seen
    raise error


def _log_of(written: Written, error: Exception) -> str:
    try:
        _raise(error)
    except type(error) as e:
        get_log().error("poll failed", exc_info=e)
    return str(written.event["exception"])


def test_a_traceback_has_places_and_words_and_no_variables(written: Written, blackout: Blackout) -> None:
    shown = _log_of(written, ProviderError("the feed answered 'nothing'"))

    assert re.search(r"  .*test_log.py:\d+ in _raise\nProviderError: the feed answered 'nothing'$", shown)
    assert "local value" not in shown


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (KeyError("Marijke"), "KeyError: \u2026"),
        (ValueError("can't read 'Marijke' in \"Jansen's\""), "ValueError: can't read \u2026 in \u2026"),
        (ValueError("'t Hooft is no date"), "ValueError: 't Hooft is no date"),
        (ValueError(""), "ValueError"),
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
    ],
)
def test_a_foreign_error_is_told_without_what_it_quotes(
    written: Written, blackout: Blackout, error: Exception, expected: str
) -> None:
    assert _log_of(written, error).splitlines()[-1] == expected


def test_what_led_to_an_error_is_told_too(written: Written, blackout: Blackout) -> None:
    try:
        try:
            _raise(KeyError("Marijke"))
        except KeyError as e:
            raise ProviderError("no such column") from e
    except ProviderError:
        get_log().error("poll failed", exc_info=True)

    lines = [line for line in str(written.event["exception"]).splitlines() if not line.startswith("  ")]
    assert lines == ["KeyError: \u2026", "which led to", "ProviderError: no such column"]


def test_a_group_of_errors_names_each(written: Written, blackout: Blackout) -> None:
    shown = _log_of(written, ExceptionGroup("several", [ValueError("one"), ProviderError("two")]))

    assert shown.endswith("ExceptionGroup: several (2 sub-exceptions)\n  with ValueError: one\n  with ProviderError: two")


def test_the_parameters_of_a_statement_are_not_told(written: Written, blackout: Blackout) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as tx:
        tx.execute(text("CREATE TABLE person (name TEXT UNIQUE)"))
        with pytest.raises(IntegrityError) as raised:
            tx.execute(text("INSERT INTO person VALUES (:name)"), [{"name": "Marijke"}, {"name": "Marijke"}])
    engine.dispose()

    shown = _log_of(written, raised.value)

    assert "IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: person.name" in shown
    assert "Marijke" not in shown


def test_what_postgresql_adds_about_the_row_is_not_told(written: Written, blackout: Blackout) -> None:
    shown = _log_of(written, RuntimeError("duplicate key\nDETAIL:  Key (email)=(marijke@example.org) already exists."))

    assert shown.endswith("RuntimeError: duplicate key")


def test_a_stream_that_is_gone_stops_nobody_and_prints_nothing_raw(capsys: pytest.CaptureFixture[str]) -> None:
    stream = Written()
    configure("json", "info", stream)
    stream.close()

    get_log().info("looked", fact="Marijke")

    assert capsys.readouterr() == ("", "")


def test_nothing_is_written_before_a_log_is_configured(capsys: pytest.CaptureFixture[str]) -> None:
    get_log().error("failed", fact="Marijke")

    assert capsys.readouterr() == ("", "")
