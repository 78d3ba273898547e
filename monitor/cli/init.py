"""`naamwacht init`: a handful of questions, a configuration that works, and a first look.

What the answers become is `monitor.app.beginning`; the questions are `init_questions`, what is said `init_words`.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.app import SystemClock, load_config
from monitor.app.beginning import PASSWORD_FILE, Beginning, Offer, config_text, people_text, registration_of
from monitor.cli.asking import Answers, Interview, Refused, Screen, Terminal
from monitor.cli.first_report import Told, begin_to_watch
from monitor.cli.init_questions import (
    FROM_ENVIRONMENT,
    FROM_FILE,
    MAIL,
    SCREEN,
    TYPED,
    beginning_of,
    language_of,
    questions,
    words_for,
)
from monitor.cli.opening import add_config
from monitor.cli.output import Output
from monitor.cli.running import OK, InputError
from monitor.config import Config
from monitor.core.addresses import normal_email
from monitor.storage.engine import Database
from monitor.storage.lock import hold

PEOPLE_FILE = "people.csv"

_OPTIONS = {"--password_env": "--smtp-password-env", "--password_file": "--smtp-password-file", "--smtp": "--smtp-host"}


def add_arguments(parser: ArgumentParser) -> None:
    """Add an option for each question, so that it can be answered beforehand."""
    add_config(parser)
    parser.add_argument("--yes", action="store_true", help="ask nothing: take the options, and the default of everything else")
    parser.add_argument("--language", choices=["nl", "en"], help="language of the questions and of messages")
    parser.add_argument("--name", metavar="NAME", help="your own name, such as 'Sanne van der Molen'")
    parser.add_argument("--email", metavar="ADDRESS", help="your e-mail address")
    parser.add_argument("--own-domain", action="store_true", help="the domain of that address is your organisation's own")
    parser.add_argument("--smtp-host", metavar="HOST[:PORT]", help="send mail through this server (left out: just on the screen)")
    parser.add_argument("--smtp-security", choices=["starttls", "tls", "none"], help="how the way there is kept private")
    parser.add_argument("--smtp-user", metavar="USER", help="user name at the mail server; - is without signing in")
    secret = parser.add_mutually_exclusive_group()
    secret.add_argument("--smtp-password-env", metavar="VARIABLE", help="environment variable that holds the password")
    secret.add_argument("--smtp-password-file", metavar="FILE", help="file that holds the password")
    parser.add_argument("--no-bing-news", action="store_true", help="do not send your name to Bing News (Microsoft)")
    parser.add_argument(
        "--google-news",
        action="store_true",
        help="send your name to Google News as well, whose terms say: personal, non-commercial use",
    )
    parser.add_argument("--overwrite", action="store_true", help=f"replace the configuration and {PEOPLE_FILE} that are there")
    parser.add_argument("--no-look", action="store_true", help="write the files and the watchlist, and look at nothing yet")
    parser.epilog = (
        f"Writes the configuration and {PEOPLE_FILE} beside it, registers you, looks once, and shows what it found: your own "
        "name, so nothing is hidden. Each question can be answered beforehand by an option. Nothing that is there is replaced "
        "without a yes. Exit code 2: an answer cannot be used, or a file is there already."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Ask, write, look."""
    return begin(arguments, out, Terminal(), Offer())


def begin(arguments: Namespace, out: Output, screen: Screen, offer: Offer) -> int:
    """Do all of it on *screen*; *offer* is what is looked at."""
    config_file: Path = arguments.config.absolute()
    people_file = config_file.with_name(PEOPLE_FILE)
    if config_file.is_dir():
        raise InputError(f"{arguments.config} is a folder (name a file in it, such as {arguments.config / 'config.yaml'})")
    existing = [path.name for path in (config_file, people_file) if path.exists()]
    if arguments.yes and existing and not arguments.overwrite:
        raise InputError(f"{', '.join(existing)} is there already (give another --config, or --overwrite)")
    answers = _answers(arguments, screen, existing, config_file.parent)
    words = words_for(answers)
    if answers.get("overwrite") == "no":
        screen.say(words["kept"])
        return OK
    beginning = beginning_of(answers, email=_given_email(arguments))
    today = SystemClock().now().date()
    registration = registration_of(beginning, today)
    with _written(config_file, beginning, offer, answers) as config:
        db = Database(config.database.get_secret_value())
        with hold(db, now=SystemClock().now()):
            config_file.with_name(f".{config_file.name}.new").replace(config_file)
            _write(people_file, people_text(registration))
            screen.say("")
            screen.say(words["written"].format(config=arguments.config, people=people_file.name))
            told = Told(screen, out, words, beginning, config_file=arguments.config, people_file=people_file)
            begin_to_watch(config, db, told, is_looking=not arguments.no_look, is_asking=not arguments.yes)
    return OK


def _given_email(arguments: Namespace) -> str:
    if arguments.email and not normal_email(arguments.email):
        raise InputError("--email: is not an e-mail address (write one bare address, such as s.vandermolen@example.org)")
    return normal_email(arguments.email or "")


# -------------------------------------------------------------------------------------------------------- questions


def _answers(arguments: Namespace, screen: Screen, existing: list[str], folder: Path) -> Answers:
    interview = Interview(questions(existing, folder, os.environ), _given(arguments))
    try:
        if arguments.yes:
            return interview.take_defaults()
        screen.say(words_for({"language": arguments.language or language_of(os.environ)})["welcome"])
        return interview.ask(screen, lambda answers: words_for(answers)["back"])
    except Refused as refused:
        option, _, why = f"--{refused}".partition(":")
        raise InputError(f"{_OPTIONS.get(option, option)}:{why}") from refused
    except EOFError as end:
        raise InputError(words_for(interview.answers)["ended"]) from end


def _given(arguments: Namespace) -> dict[str, str]:
    """Return the answers that the command line gives."""
    way = MAIL if arguments.smtp_host else SCREEN if arguments.yes else None
    password_from = FROM_ENVIRONMENT if arguments.smtp_password_env else FROM_FILE if arguments.smtp_password_file else None
    given = {
        "language": arguments.language,
        "overwrite": "yes" if arguments.overwrite else None,
        "name": arguments.name,
        "way": way,
        "email": arguments.email,
        "is_organisations": "yes" if arguments.own_domain else None,
        "smtp": arguments.smtp_host,
        "security": arguments.smtp_security,
        "user": arguments.smtp_user,
        "password_from": password_from,
        "password_env": arguments.smtp_password_env,
        "password_file": arguments.smtp_password_file,
        "bing": "no" if arguments.no_bing_news else None,
        "google": "yes" if arguments.google_news else None,
    }
    return {key: value for key, value in given.items() if value is not None}


# ------------------------------------------------------------------------------------------------------------ files


@contextmanager
def _written(config_file: Path, beginning: Beginning, offer: Offer, answers: Answers) -> Iterator[Config]:
    """Write the configuration under another name and load it: what stands under its own name has been loaded once."""
    words = words_for(answers)
    text = config_text(beginning, offer, comments=words["comments"].split("\n"), searxng=words["searxng"].split("\n"))
    fresh = config_file.with_name(f".{config_file.name}.new")
    try:
        config_file.parent.mkdir(parents=True, exist_ok=True)
        if beginning.mail is not None and beginning.mail.user and answers["password_from"] == TYPED:
            _write(config_file.with_name(PASSWORD_FILE), f"{answers['password']}\n")
        _write(fresh, text)
    except OSError as error:
        raise InputError(f"{config_file.parent} cannot be written to: {error.strerror} (choose another --config)") from error
    try:
        yield load_config(fresh, environment=os.environ)
    finally:
        fresh.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    """Write a file for its owner only, whole or not at all."""
    partial = path.with_name(f".{path.name}.part")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
