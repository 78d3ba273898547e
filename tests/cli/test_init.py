"""`naamwacht init`: questions, files, a first look."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from monitor.app import SystemClock, load_config
from monitor.app.beginning import Beginning, Mail, Offer, config_text
from monitor.cli import init
from monitor.cli.init_words import EN, NL
from monitor.cli.output import Output
from monitor.cli.running import InputError
from monitor.core.model import Name
from monitor.demo.internet import SmallInternet
from tests.cli.running import process, run

SANNE = Name(surname="Molen", prefix="van der", given_names=("Sanne",))
DEAD_FEED = Offer(feeds=[("Krant", "http://127.0.0.1:9/feed")], internal=["127.0.0.1:9"])


class FakeScreen:
    """Somebody at a terminal who has thought of their answers before."""

    def __init__(self, answers: Sequence[str | Callable[[], str]]) -> None:
        self._answers = list(answers)
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def ask(self, prompt: str) -> str:
        self.said.append(prompt)
        if not self._answers:
            raise EOFError
        answer = self._answers.pop(0)
        return answer if isinstance(answer, str) else answer()

    def ask_secret(self, prompt: str) -> str:
        return self.ask(prompt)

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def is_done(self) -> bool:
        return not self._answers


def options(folder: Path, *argv: str) -> Namespace:
    parser = ArgumentParser()
    init.add_arguments(parser)
    return parser.parse_args(["--config", str(folder / "config.yaml"), *argv])


def begin(folder: Path, screen: FakeScreen, *argv: str, offer: Offer = DEAD_FEED) -> int:
    return init.begin(options(folder, *argv), Output(), screen, offer)


@pytest.fixture(scope="module")
def internet() -> Iterator[SmallInternet]:
    with SmallInternet(publishes_by_time=False) as started:
        started.publish()
        yield started


def offer_of(internet: SmallInternet) -> Offer:
    return Offer(feeds=list(internet.feeds.items()), internal=internet.internal)


def people_of(folder: Path, *fields: str) -> list[object]:
    person = run("people", "show", "1", "--reveal", "test", "--json", "--config", folder / "config.yaml").json
    return [person.get(field) for field in fields]


# ----------------------------------------------------------------------------------------------------- without asking


def test_it_works_without_questions_and_without_a_network(tmp_path: Path):
    ran = process("init", "--yes", "--name", "Sanne van der Molen", "--language", "en", "--no-look", folder=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert "config.yaml and people.csv are written." in ran.lines
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.*")} == {0o600}
    assert people_of(tmp_path, "name", "searched", "ground") == ["Sanne van der Molen", True, "eigen aanmelding"]


def test_names_are_sent_to_google_only_on_demand(tmp_path: Path):
    run("init", "--yes", "--no-look", "--name", "Sanne Molen", "--config", tmp_path / "config.yaml")
    run(
        "init",
        "--yes",
        "--no-look",
        "--name",
        "Sanne Molen",
        "--google-news",
        "--no-bing-news",
        "--config",
        tmp_path / "b" / "c.yaml",
    )

    first, second = (load_config(path, environment={}) for path in (tmp_path / "config.yaml", tmp_path / "b" / "c.yaml"))
    assert {source.provider for source in first.sources} == {"rss", "bing_news"}
    assert {source.provider for source in second.sources} == {"rss", "google_news"}


def test_nothing_that_is_there_is_replaced_without_a_yes(tmp_path: Path):
    (tmp_path / "config.yaml").write_text("language: nl\n", encoding="utf-8")

    refused = run("init", "--yes", "--no-look", "--name", "Sanne Molen", "--config", tmp_path / "config.yaml")
    before = (tmp_path / "config.yaml").read_text(encoding="utf-8")
    replaced = run("init", "--yes", "--no-look", "--overwrite", "--name", "Sanne Molen", "--config", tmp_path / "config.yaml")

    assert (refused.code, before) == (2, "language: nl\n")
    assert "is there already" in refused.err
    assert replaced.code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--name", "Sanne"], "--name: "),
        ([], "--name: "),
        (["--name", "Sanne M"], "is one letter"),
        (["--name", "Sanne Molen", "--email", "sanne"], "--email: "),
        (["--name", "Sanne Molen", "--smtp-host", "mail.example.org"], "--email: "),
        (["--name", "Sanne Molen", "--email", "s@example.org", "--smtp-host", "a b"], "--smtp-host: "),
        (
            ["--name", "Sanne Molen", "--email", "s@example.org", "--smtp-host", "mail.test", "--smtp-password-env", "NOT_SET"],
            "--smtp-password-env: ",
        ),
        (
            ["--name", "Sanne Molen", "--email", "s@example.org", "--smtp-host", "mail.test", "--smtp-password-file", "none"],
            "--smtp-password-file: ",
        ),
    ],
)
def test_an_option_that_cannot_be_used_is_named_and_nothing_is_written(tmp_path: Path, words: list[str], said: str):
    ran = run("init", "--yes", "--no-look", *words, "--config", tmp_path / "config.yaml")

    assert ran.code == 2
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_questions_without_anybody_to_answer_end_with_the_remedy(tmp_path: Path):
    ran = run("init", "--config", tmp_path / "config.yaml", stdin=b"nl\n")

    assert ran.code == 2
    assert "met --yes gaat het zonder vragen" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_bad_input(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    ran = run("init", "--yes", "--no-look", "--name", "Sanne Molen", "--config", tmp_path / "file" / "config.yaml")

    assert ran.code == 2
    assert "cannot be written to" in ran.err


def test_a_folder_in_the_place_of_the_configuration_is_bad_input(tmp_path: Path):
    ran = run("init", "--yes", "--no-look", "--overwrite", "--name", "Sanne Molen", "--config", tmp_path)

    assert ran.code == 2
    assert "is a folder" in ran.err


# ---------------------------------------------------------------------------------------------------- with questions


def test_a_handful_of_questions_is_enough(tmp_path: Path):
    screen = FakeScreen(["en", "Sanne van der Molen", "", "", "", ""])

    assert begin(tmp_path, screen, "--no-look") == 0
    assert screen.is_done
    assert "First name: Sanne. Prefix: van der. Surname: Molen. Is that right? [yes]: " in screen.said


def test_a_name_that_was_taken_apart_wrongly_is_put_right(tmp_path: Path):
    screen = FakeScreen(["nl", "Anna Costa Silva", "nee", "Anna", "", "Costa Silva", "", "", ""])

    begin(tmp_path, screen, "--no-look")

    assert people_of(tmp_path, "given_names", "surname", "prefix") == ["Anna", "Costa Silva", None]


def test_one_can_go_back(tmp_path: Path):
    screen = FakeScreen(["en", "Sanne Vries", "<", "Sanne Molen", "yes", "2", "<", "1", "<", "1", "yes", "no"])

    begin(tmp_path, screen, "--no-look")

    assert screen.is_done
    assert people_of(tmp_path, "surname") == ["Molen"]


def test_an_answer_that_cannot_be_used_is_asked_again(tmp_path: Path):
    screen = FakeScreen(["fr", "en", "Sanne", "Sanne M", "Sanne Molen", "perhaps", "yes", "3", "1", "", ""])

    begin(tmp_path, screen, "--no-look")

    refused = [line for line in screen.said if "(< goes back one question)" in line or "nl / en" in line]
    assert len(refused) == 5


def test_files_that_are_there_stay_when_she_says_no(tmp_path: Path):
    (tmp_path / "people.csv").write_text("mine\n", encoding="utf-8")
    screen = FakeScreen(["nl", ""])

    assert begin(tmp_path, screen) == 0
    assert screen.said[-1] == "Er is niets veranderd."
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_a_typed_password_goes_into_a_file_of_its_own(tmp_path: Path):
    answers = ["nl", "Sanne Molen", "", "2", "s@example.org", "ja", "mail.example.org:465", "", "", "1", "geheim woord", "", ""]
    screen = FakeScreen(answers)

    begin(tmp_path, screen, "--no-look")

    config = load_config(tmp_path / "config.yaml", environment={})
    settings = config.notifiers["mail"].settings
    assert settings.password.get_secret_value() == "geheim woord"  # type: ignore[attr-defined] # of the email notifier
    assert (tmp_path / "mail-password").stat().st_mode & 0o777 == 0o600
    assert "geheim" not in (tmp_path / "config.yaml").read_text(encoding="utf-8") + screen.text
    assert (config.organisation.domains, config.people.confirm) == (("example.org",), "domain")
    assert [channel.notifier for channel in config.channels] == ["mail"]


# ------------------------------------------------------------------------------------------------------ the first look


def test_without_a_network_it_says_that_this_is_not_the_same_as_nothing_found(tmp_path: Path):
    screen = FakeScreen([])

    assert begin(tmp_path, screen, "--yes", "--language", "en", "--no-bing-news", "--name", "Sanne van der Molen") == 0
    assert "No source could be looked at, so we do not know where your name stands. Is there a network?" in screen.said
    assert "Not looked at, which is not the same as nothing found:" in screen.said
    assert any(line.startswith("  Krant: ") for line in screen.said)


def test_what_is_found_is_shown_with_its_reasons(tmp_path: Path, internet: SmallInternet):
    screen = FakeScreen([])
    words = ("--yes", "--language", "nl", "--no-bing-news", "--name", "Özlem Çelikbaş")

    begin(tmp_path, screen, *words, offer=offer_of(internet))

    assert "Zo staat de naam er: Özlem Çelikbaş" in screen.text
    assert "+ De naam staat er als: voornaam en achternaam" in screen.text
    assert "Niet bekeken" not in screen.text
    assert screen.said[-5] == "Verder:"


def test_a_name_that_stands_nowhere_is_said_with_what_was_seen(tmp_path: Path, internet: SmallInternet):
    screen = FakeScreen([])
    words = ("--yes", "--language", "en", "--no-bing-news", "--name", "Quirijn Zonderling")

    begin(tmp_path, screen, *words, offer=offer_of(internet))

    count = len(internet.feeds)
    assert f"We saw your name nowhere, in {count} of {count} sources that could be looked at." in screen.said


def by_mail(internet: SmallInternet, *more: str) -> tuple[str, ...]:
    host, port = internet.mail
    return (
        *("--language", "en", "--no-bing-news", "--name", "Özlem Çelikbaş", "--smtp-host", f"{host}:{port}"),
        *("--smtp-security", "none", "--smtp-user", "-", *more),
    )


def test_an_address_elsewhere_is_confirmed_by_the_code_in_a_mail(tmp_path: Path, internet: SmallInternet):
    def code() -> str:
        (letter, *_) = internet.mailbox.letters("sanne@example.net")
        return re.search(r"Your code: (\S+)", letter.text).group(1)  # type: ignore[union-attr] # it stands there

    screen = FakeScreen(["yes", "no", "no", "mistyped", code])

    begin(tmp_path, screen, *by_mail(internet, "--email", "sanne@example.net"), offer=offer_of(internet))

    assert screen.is_done
    assert "That code does not belong to it." in screen.said
    assert "Confirmed: messages go to sanne@example.net." in screen.said
    channels = run("channels", "list", "--json", "--config", tmp_path / "config.yaml").json
    assert all(channel["confirmed"] for channel in channels)


def test_an_address_without_confirmation_is_told_in_plain_words(tmp_path: Path, internet: SmallInternet):
    screen = FakeScreen([])

    begin(tmp_path, screen, "--yes", *by_mail(internet, "--email", "sanne@example.com"), offer=offer_of(internet))

    assert any(line.startswith("NOTE: nothing is sent to sanne@example.com yet.") for line in screen.said)


def test_an_address_of_her_own_organisation_needs_no_code(tmp_path: Path, internet: SmallInternet):
    screen = FakeScreen([])

    begin(tmp_path, screen, "--yes", *by_mail(internet, "--email", "sanne@example.org", "--own-domain"), offer=offer_of(internet))

    assert "The mail server takes messages from us." in screen.said
    assert "NOTE" not in screen.text
    channels = run("channels", "list", "--json", "--config", tmp_path / "config.yaml").json
    assert all(channel["confirmed"] for channel in channels)
    assert not [letter for letter in internet.mailbox.letters("sanne@example.org") if "code" in letter.text]


def test_a_mail_server_that_does_not_answer_is_told(tmp_path: Path):
    screen = FakeScreen([])
    words = (
        "--email",
        "s@example.org",
        "--own-domain",
        "--smtp-host",
        "127.0.0.1:9",
        "--smtp-security",
        "none",
        "--smtp-user",
        "-",
    )

    begin(tmp_path, screen, "--yes", "--language", "en", "--no-bing-news", "--name", "Sanne Molen", *words)

    assert any(line.startswith("Mail does not work yet: ") for line in screen.said)


def test_a_watchlist_that_is_there_stays(registered: Path):
    screen = FakeScreen([])

    begin(registered.parent, screen, "--yes", "--overwrite", "--no-look", "--name", "Anouk Jansen", "--language", "en")

    assert "The database holds 3 people already. That list stays as it is; people.csv was not imported." in screen.said
    assert len(run("people", "list", "--json", "--config", registered).json) == 3


# ------------------------------------------------------------------------------------------------------- words and text


def test_both_languages_say_the_same_things():
    braces = re.compile(r"\{\w+\}")

    assert {key: sorted(braces.findall(text)) for key, text in NL.items()} == {
        key: sorted(braces.findall(text)) for key, text in EN.items()
    }


def test_odd_signs_in_answers_do_not_break_the_configuration(tmp_path: Path):
    mail = Mail(host="mail.example.org", user='a"b: #c\\', password_file="pass word", sender="s@example.org")
    beginning = Beginning(language="nl", name=SANNE, email="s@example.org", mail=mail)
    (tmp_path / "pass word").write_text("geheim\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text(config_text(beginning, Offer(), comments=["x"], searxng=["y"]), encoding="utf-8")

    config = load_config(tmp_path / "config.yaml", environment={})

    assert config.notifiers["mail"].settings.user == 'a"b: #c\\'  # type: ignore[attr-defined] # of the email notifier


def test_the_search_engine_that_is_switched_off_can_be_switched_on(tmp_path: Path):
    beginning = Beginning(language="nl", name=SANNE)
    text = config_text(beginning, Offer(), comments=["x"], searxng=["y"])
    switched_on = re.sub(
        r"^( *)#(?=[-n ] ?[^ ]*(?:name|provider|receives|settings|network|etwork))", r"\1", text, flags=re.MULTILINE
    )
    (tmp_path / "config.yaml").write_text(switched_on, encoding="utf-8")

    config = load_config(tmp_path / "config.yaml", environment={})

    assert config.sources[-1].name == "SearXNG"
    assert [str(pair) for pair in config.network.internal] == ["127.0.0.1:8888"]


def test_the_day_she_was_informed_is_today(tmp_path: Path):
    run("init", "--yes", "--no-look", "--name", "Sanne Molen", "--config", tmp_path / "config.yaml")

    (informed_on,) = people_of(tmp_path, "informed_on")

    assert abs((SystemClock().now().date() - date.fromisoformat(str(informed_on))).days) <= 1


def test_a_name_from_the_command_line_that_cannot_be_used_ends_the_questions(tmp_path: Path):
    with pytest.raises(InputError, match="--name: "):
        begin(tmp_path, FakeScreen(["nl"]), "--name", "Sanne")
