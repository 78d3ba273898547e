"""The questions of `naamwacht init`, and what the answers to them become."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from monitor.app.beginning import PASSWORD_FILE, Beginning, Mail, why_unusable
from monitor.cli.asking import Answers, Question, Refused
from monitor.cli.init_words import LANGUAGE, LANGUAGE_REFUSED, WORDS
from monitor.core.addresses import domain_of, normal_email
from monitor.core.entered import split_name
from monitor.core.model import Name

SCREEN, MAIL = "1", "2"
TYPED, FROM_ENVIRONMENT, FROM_FILE = "1", "2", "3"
NONE = "-"

_SERVER = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(?P<port>\d{1,5}))?")
_USUAL_SECURITY = {"465": "tls", "25": "none"}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_YES = frozenset({"ja", "j", "yes", "y"})
_NO = frozenset({"nee", "n", "no"})


def words_for(answers: Answers) -> Mapping[str, str]:
    """Return the words of the language that was chosen."""
    return WORDS[answers.get("language", "nl")]


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that this machine is set to: English where it says so, else Dutch."""
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "en" if locale.startswith("en") else "nl"


def questions(existing: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[Question, ...]:
    """Return the questions. *existing*: the files that would be replaced; *folder*: where paths begin."""
    return (
        Question(
            key="language",
            text=lambda _: LANGUAGE,
            default=lambda _: language_of(environment),
            read=_one_of("nl", "en", refused=lambda _: LANGUAGE_REFUSED),
        ),
        _yes_or_no("overwrite", is_default=False, when=lambda _: bool(existing), files=lambda _: ", ".join(existing)),
        *_about_the_name(),
        *_about_messages(),
        *_about_the_password(folder, environment),
        _yes_or_no("bing", is_default=True, when=_goes_on),
        _yes_or_no("google", is_default=False, when=_goes_on),
    )


def _about_the_name() -> tuple[Question, ...]:
    def is_wrong(answers: Answers) -> bool:
        return _goes_on(answers) and answers["name_right"] == "no"

    return (
        Question(key="name", text=_said("name"), read=_name, when=_goes_on),
        _yes_or_no(
            "name_right", is_default=True, when=_goes_on, given=_given_shown, prefix=_prefix_shown, surname=_surname_guess
        ),
        Question(key="given", text=_said("given"), default=lambda a: _given(_guess(a)), when=is_wrong),
        Question(key="prefix", text=_said("prefix"), default=lambda a: _guess(a).prefix or NONE, when=is_wrong),
        Question(key="surname", text=_said("surname"), default=_surname_guess, read=_surname, when=is_wrong),
    )


def _about_messages() -> tuple[Question, ...]:
    return (
        Question(
            key="way",
            text=_said("way"),
            default=lambda _: SCREEN,
            read=_one_of(SCREEN, MAIL, refused=_said("way.refused")),
            when=_goes_on,
        ),
        Question(key="email", text=_said("email"), read=_email, when=by_mail),
        _yes_or_no("is_organisations", is_default=False, when=by_mail, domain=lambda a: domain_of(a["email"])),
        Question(key="smtp", text=_said("smtp"), read=_server, when=by_mail),
        Question(
            key="security",
            text=_said("security"),
            default=lambda a: _USUAL_SECURITY.get(a["smtp"].partition(":")[2], "starttls"),
            read=_one_of("starttls", "tls", "none", refused=_said("security.refused")),
            when=by_mail,
        ),
        Question(key="user", text=_said("user"), default=_usual_user, read=_user, when=by_mail),
    )


def _about_the_password(folder: Path, environment: Mapping[str, str]) -> tuple[Question, ...]:
    def comes_from(place: str) -> Callable[[Answers], bool]:
        return lambda answers: _signs_in(answers) and answers["password_from"] == place

    def variable(typed: str, answers: Answers) -> str:
        if not _VARIABLE.fullmatch(typed) or not environment.get(typed):
            raise Refused(words_for(answers)["password_env.refused"])
        return typed

    def file(typed: str, answers: Answers) -> str:
        path = folder / Path(typed).expanduser()
        if not typed or not path.is_file() or not os.access(path, os.R_OK):
            raise Refused(words_for(answers)["password_file.refused"])
        return typed if not typed.startswith("~") else str(path)

    return (
        Question(
            key="password_from",
            text=_said("password_from", file=lambda _: PASSWORD_FILE),
            default=lambda _: TYPED,
            read=_one_of(TYPED, FROM_ENVIRONMENT, FROM_FILE, refused=_said("password_from.refused")),
            when=_signs_in,
        ),
        Question(key="password", text=_said("password"), read=_password, when=comes_from(TYPED), is_secret=True),
        Question(key="password_env", text=_said("password_env"), read=variable, when=comes_from(FROM_ENVIRONMENT)),
        Question(key="password_file", text=_said("password_file"), read=file, when=comes_from(FROM_FILE)),
    )


# ------------------------------------------------------------------------------------------------------ one question


def _said(key: str, **shown: Callable[[Answers], str]) -> Callable[[Answers], str]:
    return lambda answers: words_for(answers)[key].format(**{name: show(answers) for name, show in shown.items()})


def _yes_or_no(key: str, *, is_default: bool, when: Callable[[Answers], bool], **shown: Callable[[Answers], str]) -> Question:
    return Question(
        key=key,
        text=_said(key, **shown),
        default=lambda answers: words_for(answers)["yes" if is_default else "no"],
        read=_read_yes_or_no,
        when=when,
    )


def _read_yes_or_no(typed: str, answers: Answers) -> str:
    if typed.casefold() in _YES:
        return "yes"
    if typed.casefold() in _NO:
        return "no"
    raise Refused(words_for(answers)["yes_or_no"])


def _one_of(*options: str, refused: Callable[[Answers], str]) -> Callable[[str, Answers], str]:
    def read(typed: str, answers: Answers) -> str:
        if typed.casefold() not in options:
            raise Refused(refused(answers))
        return typed.casefold()

    return read


def _goes_on(answers: Answers) -> bool:
    return answers.get("overwrite", "yes") == "yes"


def by_mail(answers: Answers) -> bool:
    """Tell whether messages go by mail."""
    return _goes_on(answers) and answers["way"] == MAIL


def _signs_in(answers: Answers) -> bool:
    return by_mail(answers) and answers["user"] != ""


def _name(typed: str, answers: Answers) -> str:
    name = split_name(typed)
    if name is None:
        raise Refused(words_for(answers)["name.refused"])
    if why := why_unusable(name):
        raise Refused(words_for(answers)["name.unusable"].format(why=why))
    return typed


def _surname(typed: str, answers: Answers) -> str:
    if not typed:
        raise Refused(words_for(answers)["surname.refused"])
    if why := why_unusable(_corrected({**answers, "surname": typed})):
        raise Refused(words_for(answers)["name.unusable"].format(why=why))
    return typed


def _email(typed: str, answers: Answers) -> str:
    email = normal_email(typed)
    if not email:
        raise Refused(words_for(answers)["email.refused"])
    return email


def _server(typed: str, answers: Answers) -> str:
    found = _SERVER.fullmatch(typed)
    if found is None or not 0 < int(found["port"] or 1) < 65_536:
        raise Refused(words_for(answers)["smtp.refused"])
    return typed


def _usual_user(answers: Answers) -> str:
    """Nobody signs in without a private connection; else the address is the user name as a rule."""
    return NONE if answers["security"] == "none" else answers["email"]


def _user(typed: str, answers: Answers) -> str:
    user = "" if typed == NONE else typed
    if user and answers["security"] == "none":
        raise Refused(words_for(answers)["security.login"])
    return user


def _password(typed: str, answers: Answers) -> str:
    if not typed or not typed.isascii():
        raise Refused(words_for(answers)["password.refused"])
    return typed


# ---------------------------------------------------------------------------------------------- what they become


def _guess(answers: Answers) -> Name:
    name = split_name(answers["name"])
    assert name is not None, "a name that cannot be split is refused"
    return name


def _given(name: Name) -> str:
    return " ".join(filter(None, (*name.given_names, name.initials)))


def _given_shown(answers: Answers) -> str:
    return _given(_guess(answers))


def _prefix_shown(answers: Answers) -> str:
    return _guess(answers).prefix or words_for(answers)["none"]


def _surname_guess(answers: Answers) -> str:
    return _guess(answers).surname


def _corrected(answers: Answers) -> Name:
    """Return the name as it was typed part by part."""
    words = answers["given"].split()
    initials = "".join(word for word in words if word.endswith("."))
    given = tuple(word for word in words if not word.endswith("."))
    prefix = "" if answers["prefix"] == NONE else answers["prefix"]
    return Name(surname=answers["surname"], prefix=prefix, given_names=given, initials=initials)


def beginning_of(answers: Answers, *, email: str = "") -> Beginning:
    """Return what was answered. *email*: an address that was given, though messages go to the screen."""
    is_mail = by_mail(answers)
    return Beginning(
        language=answers["language"],
        name=_guess(answers) if answers["name_right"] == "yes" else _corrected(answers),
        email=answers["email"] if is_mail else email,
        is_organisations=is_mail and answers["is_organisations"] == "yes",
        mail=_mail(answers) if is_mail else None,
        asks_bing=answers["bing"] == "yes",
        asks_google=answers["google"] == "yes",
    )


def _mail(answers: Answers) -> Mail:
    host, _, port = answers["smtp"].partition(":")
    place = answers.get("password_from") if _signs_in(answers) else None
    return Mail(
        host=host,
        port=int(port or 0),
        security=answers["security"],
        user=answers["user"],
        password_env=answers["password_env"] if place == FROM_ENVIRONMENT else "",
        password_file={TYPED: PASSWORD_FILE, FROM_FILE: answers.get("password_file", "")}.get(place or "", ""),
        sender=normal_email(answers["user"]) or answers["email"],
    )
