"""A first installation for one person: what her answers become. Texts for the files, nothing written here.

The questions are `monitor.cli.init`; what the options mean is `monitor.config`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.core.addresses import domain_of
from monitor.core.model import Name, Registration
from monitor.core.registrations import read_rows, to_rows

EXTERNAL_ID = "1"
GROUND = "eigen aanmelding"
PASSWORD_FILE = "mail-password"  # noqa: S105 # the name of a file

FEEDS: tuple[tuple[str, str], ...] = (
    ("NOS nieuws", "https://feeds.nos.nl/nosnieuwsalgemeen"),
    ("NOS binnenland", "https://feeds.nos.nl/nosnieuwsbinnenland"),
    ("NU.nl", "https://www.nu.nl/rss/Algemeen"),
    ("AD", "https://www.ad.nl/rss.xml"),
    ("DutchNews", "https://www.dutchnews.nl/feed/"),
)
"""Feeds that need no key, in Dutch and in English. They may move: `check` says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a first configuration looks at. `internal`: feeds on this machine, as in a trial."""

    feeds: Sequence[tuple[str, str]] = FEEDS
    internal: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How mail is sent. One of `password_env` and `password_file` where there is a user."""

    host: str
    port: int = 0
    security: str = "starttls"
    user: str = ""
    password_env: str = ""
    password_file: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The answers. `is_organisations`: the domain of her address is the organisation's, so its addresses need no code."""

    language: str
    name: Name
    email: str = ""
    is_organisations: bool = False
    mail: Mail | None = None
    asks_bing: bool = True
    asks_google: bool = False

    @property
    def domain(self) -> str:
        """Return the organisation's domain, empty where hers is not."""
        return domain_of(self.email) if self.is_organisations else ""


def registration_of(beginning: Beginning, today: date) -> Registration:
    """Return what is registered: she typed it herself, so she was informed today."""
    return Registration(
        external_id=EXTERNAL_ID,
        name=beginning.name,
        email=beginning.email,
        language=beginning.language,
        ground=GROUND,
        informed_on=today,
    )


def people_text(registration: Registration) -> str:
    """Return the people file with one person in it."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(to_rows([registration]))
    return written.getvalue()


def why_unusable(name: Name) -> str:
    """Return why nobody can be looked for under *name*, as the import of a people file would say it; empty where all is well."""
    rows = to_rows([Registration(external_id=EXTERNAL_ID, name=name)])
    problems = read_rows(rows, allowed_domains=()).problems
    return "; ".join(f"{problem.column}: {problem.fault}" for problem in problems)


def config_text(beginning: Beginning, offer: Offer, *, comments: Sequence[str], searxng: Sequence[str]) -> str:
    """Return the configuration. *comments* stand at its top; *searxng* explains the search engine that is switched off."""
    mail = beginning.mail
    lines = [f"# {comment}" if comment else "#" for comment in comments]
    lines += ["", f"language: {beginning.language}"]
    if beginning.domain:
        lines += ["organisation:", f"  domains: [{_quoted(beginning.domain)}]"]
    lines += ["people:", f"  confirm: {'domain' if beginning.domain else 'code'}"]
    lines += [f"  notifiers: [{'mail' if mail else 'screen'}]", ""]
    if offer.internal:
        lines += ["network:", f"  internal: [{', '.join(map(_quoted, offer.internal))}]", ""]
    lines += ["sources:", *_sources(beginning, offer), *_switched_off(searxng), ""]
    lines += ["notifiers:", "  screen:", "    type: console", *(_mail(mail, beginning.email) if mail else ()), ""]
    # Trouble of the service goes by mail only where that needs no second code.
    by_mail = mail is not None and beginning.domain
    lines += ["channels:", "  - name: operator", "    role: operator", f"    notifier: {'mail' if by_mail else 'screen'}"]
    lines += [f"    to: {_quoted(beginning.email)}"] if by_mail else []
    return "\n".join(lines) + "\n"


def _sources(beginning: Beginning, offer: Offer) -> list[str]:
    lines: list[str] = []
    for name, url in offer.feeds:
        lines += [f"  - name: {_quoted(name)}", "    provider: rss", f"    settings: {{url: {_quoted(url)}}}"]
    for name, provider, is_asked in (
        ("Bing News", "bing_news", beginning.asks_bing),
        ("Google News", "google_news", beginning.asks_google),
    ):
        if is_asked:
            lines += [f"  - name: {name}", f"    provider: {provider}", "    receives_names: true"]
    return lines


def _switched_off(explanation: Sequence[str]) -> list[str]:
    lines = [f"  # {line}" for line in explanation]
    lines += ["  #- name: SearXNG", "  #  provider: searxng", "  #  receives_names: true"]
    return [*lines, '  #  settings: {url: "http://127.0.0.1:8888"}', '#network: {internal: ["127.0.0.1:8888"]}']


def _mail(mail: Mail, email: str) -> list[str]:
    lines = ["  mail:", "    type: email", f"    host: {_quoted(mail.host)}"]
    lines += [f"    port: {mail.port}"] if mail.port else []
    lines += [f"    security: {mail.security}"]
    if mail.user:
        lines += ["    auth: password", f"    user: {_quoted(mail.user)}"]
        secret = (
            f"    password: ${{{mail.password_env}}}"
            if mail.password_env
            else f"    password_file: {_quoted(mail.password_file)}"
        )
        lines.append(secret)
    return [*lines, f"    sender: {_quoted(mail.sender or email)}"]


def _quoted(text: str) -> str:
    """Return *text* as YAML reads it back, whatever stands in it: JSON's quotes are YAML's."""
    return json.dumps(text, ensure_ascii=False)
