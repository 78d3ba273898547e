"""What a configuration means, and what is said where it cannot be used."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.config import Config, HostPort, parse, secrets_of
from monitor.core.model import Organisation
from monitor.ports import ConfigError
from tests.config.plugins import FeedSettings, MailSettings, faults, read, read_file, settings_of

WHOLE = """
organisation: {name: Jeugdbescherming Voorbeeld, aliases: [JBV], domains: [Example.ORG, "@jeugd.example.org"]}
language: en
timezone: Europe/Brussels
database: postgres://naamwacht:${DB_PASSWORD}@db.example.org/naamwacht
data_dir: /var/lib/naamwacht
people: {import_from: "export/*.csv", import_at: 2:15, confirm: code, notifiers: [mail]}
network:
  internal: ["SearXNG:8080", "[::1]:9000"]
  proxy: http://proxy.example.org:3128
  no_proxy: [intranet.example.org]
  user_agent: Naamwacht at example.org
sources:
  - name: Krant
    provider: feed
    every: 1h30m
    expected_every: 2d
    receives_names: true
    settings: {url: "https://news.example.org/feed", patience: 90s, words: [a, b]}
notifiers:
  mail: {type: email, host: mail.example.org, user: naamwacht, password: "${MAIL_PASSWORD}"}
  room: {type: room}
channels:
  - {name: desk, role: officer, notifier: mail, to: Desk@EXAMPLE.org, language: nl}
  - {name: ops, role: operator, notifier: room}
delivery: {digest_at: "17:30"}
web: {bind: "localhost:8090", hosts: [Naamwacht.example.org]}
ops: {bind: "0.0.0.0:8081", token: 0123456789abcdef}
log: {format: json, level: warning}
"""


def test_every_option_is_read_as_its_kind() -> None:
    config = read(WHOLE, DB_PASSWORD="geheim-1", MAIL_PASSWORD="geheim-2")

    source, mail = config.sources[0], config.notifiers["mail"]
    assert config.organisation.to_organisation() == Organisation(
        name="Jeugdbescherming Voorbeeld", aliases=("JBV",), domains=("example.org", "jeugd.example.org")
    )
    assert config.timezone.key == "Europe/Brussels"
    assert config.database.get_secret_value() == "postgresql+psycopg://naamwacht:geheim-1@db.example.org/naamwacht"
    assert config.people.import_from == Path("/srv/naamwacht/export/*.csv")
    assert config.people.import_at == time(2, 15)
    assert config.network.internal == (HostPort("searxng", 8080), HostPort("::1", 9000))
    assert (source.every, source.expected_every) == (timedelta(minutes=90), timedelta(days=2))
    assert source.settings == FeedSettings(url="https://news.example.org/feed", patience=timedelta(seconds=90), words=("a", "b"))
    assert isinstance(mail.settings, MailSettings)
    assert mail.settings.password.get_secret_value() == "geheim-2"
    assert [(channel.name, channel.role, channel.to) for channel in config.channels] == [
        ("desk", "officer", "Desk@example.org"),
        ("ops", "operator", ""),
    ]
    assert config.delivery.digest_at == time(17, 30)
    assert config.web.hosts == ("naamwacht.example.org",)
    assert config.log.format == "json"


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "sources:\nweb:\n  bind:\n"], ids=["empty", "a comment", "nothing after colons"]
)
def test_a_file_that_says_nothing_means_the_defaults(text: str) -> None:
    config = read(text)

    assert config.database.get_secret_value() == "sqlite:////srv/naamwacht/data/naamwacht.db"
    assert config.data_dir == Path("/srv/naamwacht/data")
    assert config.web.bind == HostPort("127.0.0.1", 8080)
    assert config.language == "nl"


def test_the_default_database_lies_in_the_folder_of_the_data() -> None:
    config = read("data_dir: here")

    assert config.database.get_secret_value() == "sqlite:////srv/naamwacht/here/naamwacht.db"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("sqlite:///x/y.db", "sqlite:////srv/naamwacht/x/y.db"),
        ("sqlite:////x/y.db", "sqlite:////x/y.db"),
        ("postgresql://db/x", "postgresql+psycopg://db/x"),
        ("postgresql+psycopg://db/x?sslmode=require", "postgresql+psycopg://db/x?sslmode=require"),
    ],
)
def test_the_address_of_the_database_becomes_what_the_engine_needs(written: str, expected: str) -> None:
    assert read(f"database: {written}").database.get_secret_value() == expected


def test_a_configuration_cannot_be_changed() -> None:
    config = read("")

    with pytest.raises(ValidationError):
        config.language = "en"


def test_a_file_is_read_and_paths_are_seen_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("data_dir: gegevens\nlanguage: en\n", encoding="utf-8-sig")

    config = read_file(tmp_path / "config.yaml")

    assert (config.data_dir, config.language) == (tmp_path / "gegevens", "en")


# --------------------------------------------------------------------------------------------------------- faults


def test_every_fault_is_told_at_once_section_by_section() -> None:
    found = faults(
        """
        log: 3
        organisation: {domains: [example]}
        langage: nl
        sources:
          - {name: Krant, provider: feed, every: 15}
          - {name: Krant, provider: feet, settings: {url: x}}
          - {provider: feed, settings: {url: x, wrds: [a]}}
        notifiers: {mail: {type: email, port: 99999, user: sanne}}
        channels: [{name: desk, role: boss, notifier: mial}]
        """
    )

    assert found == [
        "langage: is not known (did you mean language?)",
        "organisation.domains[0]: is not a domain (write what stands after the @ in an address, such as example.org)",
        "sources[0].settings.url: is missing",
        'sources[0].every: is not a duration (write a number with its unit, such as "30s", "15m", "1h" or "1d")',
        "sources[1].provider: no such provider is installed (did you mean feed?)",
        "sources[1].name: is the same as sources[0].name (give each of the sources its own)",
        "sources[2].settings.wrds: is not known (did you mean words?)",
        "sources[2].name: is missing",
        "notifiers.mail.host: is missing",
        "notifiers.mail.port: is too large (write 65535 or less)",
        "channels[0].role: is none of the possible values (write 'officer' or 'operator')",
        "channels[0].notifier: is no notifier of this configuration (did you mean mail?)",
        "log: is not a group of options (write its options as `key: value` lines below it)",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("timezone: Europe/Amsterdm", "timezone: is not a time zone (did you mean Europe/Amsterdam?)"),
        ("timezone: ../../etc/passwd", "timezone: is not a time zone (write one such as Europe/Amsterdam)"),
        ("language: de", "language: is none of the possible values (write 'nl' or 'en')"),
        ("organisation: {name: 112}", "organisation.name: is not text (write it between quotes)"),
        ("organisation: [a]", "organisation: is not a group of options (write its options as `key: value` lines below it)"),
        ("organisation: {domains: example.org}", "organisation.domains: is not a list (write its values as a list: [one, two], "),
        ("people: {import_at: 25:00}", 'people.import_at: is not a time of day (write hours and minutes, such as "07:30")'),
        ("people: {notifiers: [mail]}", "people.notifiers[0]: is no notifier of this configuration (add it under `notifiers`)"),
        ("database: mysql://db/x", "database: is not the address of a database (write sqlite:///data/naamwacht.db"),
        ("database: 'sqlite://'", "database: is not the address of a database (write sqlite:///data/naamwacht.db"),
        ("database: 'sqlite:///:memory:'", "database: is not the address of a database (write sqlite:///data/naamwacht.db"),
        ("database: data/naamwacht.db", "database: is not the address of a database (write sqlite:///data/naamwacht.db"),
        ("network: {internal: [searxng]}", "network.internal[0]: is not a host and a port (write both"),
        ("network: {internal: ['searxng:0']}", "network.internal[0]: is not a host and a port (write the port"),
        ("network: {internal: ['http://searxng:8080']}", "network.internal[0]: is not a host and a port (write both"),
        ("network: {internal: ['10.0.0.300:8080']}", "network.internal[0]: is not a host and a port (write both"),
        ("network: {proxy: proxy.example.org}", "network.proxy: is not the address of a proxy (write its address"),
        (
            "network: {proxy: 'socks5://proxy.example.org:1080'}",
            "network.proxy: is not the address of a proxy (write its address",
        ),
        ("network: {ca_file: no.pem}", "network.ca_file: is no file that can be read (check its path and its permissions)"),
        ('network: {user_agent: "a\\nb"}', "network.user_agent: is not written as it must be"),
        (
            "web: {bind: 0.0.0.0:8080}",
            "web.bind: would show the page to other machines without a sign-in (listen on this machine",
        ),
        ("web: {bind: 'naamwacht.example.org:80'}", "web.bind: would show the page to other machines without a sign-in"),
        ("web: {hosts: ['https://example.org']}", "web.hosts[0]: is not a host name (write the name alone"),
        ("ops: {bind: 0.0.0.0:8081}", "ops: bind can be reached by other machines, and there is no token (set token_file"),
        ("ops: {token: short}", "ops.token: is too short (make it 16 long or longer)"),
        ("ops: {bind: 127.0.0.1:8080}", "ops.bind: is the same as web.bind (give each a port of its own)"),
        ("sources: {name: x}", "sources: is not a list"),
        ("sources: [x]", "sources[0]: is not a group of options"),
        ("sources: [{name: x, provider: feed, settings: [a]}]", "sources[0].settings: is not a group of options"),
        (
            "sources: [{name: x, provider: feed, settings: {url: x}, every: 0s}]",
            "sources[0].every: is too short (write 1s or more)",
        ),
        ("sources: [{name: x, provider: feed, settings: {url: x}, every: 999999999w}]", "sources[0].every: is too long"),
        ("sources: [{name: '', provider: feed, settings: {url: x}}]", "sources[0].name: is too short"),
        ("notifiers: [mail]", "notifiers: is not a group of options"),
        ("notifiers: {mail: {host: x}}", "notifiers.mail.type: is missing"),
        ("notifiers: {mail: {type: emial}}", "notifiers.mail.type: no such notifier is installed (did you mean email?)"),
        ("notifiers: {mail: {type: email, host: x, user: sanne}}", "notifiers.mail: a user needs a password"),
        (
            "channels: [{name: person-1-x, role: officer, notifier: r}]\nnotifiers: {r: {type: room}}",
            "channels[0].name: begins with person-",
        ),
        (
            "channels: [{name: a, role: officer, notifier: r, to: a@b}]\nnotifiers: {r: {type: room}}",
            "channels[0].to: is not an e-mail",
        ),
        (
            "channels: [{name: a, role: officer, notifier: m}]\nnotifiers: {m: {type: email, host: x}}",
            "channels[0].to: is missing (m",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_its_remedy(text: str, fault: str) -> None:
    (found,) = faults(text)

    assert found.startswith(fault)


def test_an_unknown_key_that_resembles_none_brings_the_known_ones() -> None:
    assert faults("log: {colour: true}") == ["log.colour: is not known (known here: format, level)"]


def test_a_fault_never_repeats_what_was_written() -> None:
    found = "\n".join(
        faults(
            """
            database: mysql://x:hunter2@db/x
            network: {proxy: "hunter2@proxy", internal: [hunter2]}
            ops: {token: hunter2}
            sources: [{name: x, provider: feed, every: hunter2, settings: {url: [hunter2]}}]
            notifiers: {mail: {type: email, host: x, port: hunter2, password: [hunter2]}}
            """
        )
    )

    assert found.count("\n") == 7
    assert "hunter2" not in found


def test_a_configuration_shows_no_secret() -> None:
    config = read(WHOLE, DB_PASSWORD="geheim-1", MAIL_PASSWORD="geheim-2")

    shown = f"{config!r} {config} {config.model_dump_json()}"
    assert "geheim" not in shown
    assert "0123456789abcdef" not in shown


def test_all_secrets_can_be_told_to_the_log() -> None:
    config = read(WHOLE, DB_PASSWORD="ge%23heim-1", MAIL_PASSWORD="geheim-2")

    secrets = secrets_of(config)

    assert {"ge%23heim-1", "ge#heim-1", "geheim-2", "0123456789abcdef"} <= secrets


def test_the_path_of_a_sqlite_file_is_no_secret() -> None:
    assert secrets_of(read("")) == frozenset()


# -------------------------------------------------------------------------------------------- secrets from outside


def test_a_variable_stands_anywhere_in_a_text_and_may_be_a_number_or_a_list_entry() -> None:
    config = read(
        "organisation: {name: 'Stichting ${NAME}', aliases: ['${NAME}', '$${NAME}', '$NAME']}\n"
        "notifiers: {mail: {type: email, host: '${HOST}', port: '${PORT}'}}",
        NAME="Voorbeeld",
        HOST="mail.example.org",
        PORT="25",
    )

    assert config.organisation.name == "Stichting Voorbeeld"
    assert config.organisation.aliases == ("Voorbeeld", "${NAME}", "$NAME")
    assert config.notifiers["mail"].settings == MailSettings(host="mail.example.org", port=25)


def test_a_variable_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("geheim\n")

    config = read("ops: {token: 'Bearer-${TOKEN}-0123456789'}", TOKEN_FILE=str(tmp_path / "secret"))

    assert config.ops.token is not None
    assert config.ops.token.get_secret_value() == "Bearer-geheim-0123456789"


def test_a_mapping_from_anywhere_is_a_configuration_too() -> None:
    assert isinstance(read("{}"), Config)


def test_a_file_that_is_not_there_brings_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as e:
        read_file(tmp_path / "config.yaml")

    assert str(e.value) == (
        f"{tmp_path}/config.yaml: cannot be read: No such file or directory (run `naamwacht init` to make one)"
    )


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as e:
        read_file(tmp_path)

    assert str(e.value) == f"{tmp_path}: cannot be read: Is a directory (check its path and its permissions)"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes(b"organisation: {name: caf\xe9}")

    with pytest.raises(ConfigError) as e:
        read_file(tmp_path / "config.yaml")

    assert str(e.value) == f"{tmp_path}/config.yaml: is not UTF-8 (save the file as UTF-8)"


_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["feed", "email", "1h", "a:1"])
)
_KEYS = st.sampled_from(
    [*Config.model_fields, "name", "provider", "type", "settings", "every", "bind", "token_file", "url", "${"]
)
_WRITTEN = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(list(Config.model_fields)), _WRITTEN, max_size=5))
def test_whatever_is_written_is_a_configuration_or_told_as_faults(written: dict[str, object]) -> None:
    try:
        outcome: object = parse(written, folder=Path("/srv"), environment={}, settings_of=settings_of)
    except ConfigError as e:
        outcome = e.problems

    assert isinstance(outcome, Config) or outcome
