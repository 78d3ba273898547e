"""The second half of `naamwacht init`: register her, look once, show what was found, and say what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from monitor.actions.channels import confirm_channel
from monitor.actions.people import Import, import_people
from monitor.app import App
from monitor.app.beginning import Beginning
from monitor.app.first_look import look_at_each
from monitor.cli.asking import Screen
from monitor.cli.opening import DEFAULT_CONFIG
from monitor.cli.output import Output
from monitor.config import Config
from monitor.core.model import Outcome, Role
from monitor.core.plain import isolated, one_line, shown_address
from monitor.engine.embedded import Work
from monitor.fetch.people_file import read_people_file
from monitor.ports import NotifierError
from monitor.storage.channels import load_channels
from monitor.storage.engine import Database
from monitor.storage.people import load_people
from monitor.storage.queries import ListedMention, ListedSource, list_deliveries, list_mentions, list_sources
from monitor.storage.upgrading import upgrade
from monitor.wording import day_in_words, reason_in_words, speaks_for
from monitor.wording.phrases import words_of

SHOWN = 50
CODE_TRIES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """To whom, and in which words. `config_file` as it was given; the next commands need it too."""

    screen: Screen
    out: Output
    words: Mapping[str, str]
    beginning: Beginning
    config_file: Path
    people_file: Path

    def say(self, key: str, **shown: object) -> None:
        """Say one sentence."""
        self.screen.say(self.words[key].format(**shown))

    @property
    def with_config(self) -> str:
        """Return the option that the next commands need."""
        return "" if self.config_file == DEFAULT_CONFIG else f" --config {quote(str(self.config_file))}"


def begin_to_watch(config: Config, db: Database, told: Told, *, is_looking: bool, is_asking: bool) -> None:
    """Register her, look, and show. The caller holds the database. *is_asking*: whether somebody can type a code."""
    try:
        with App.open(config, db) as app:
            upgrade(db, backups=config.data_dir / "backups", now=app.clock.now())
            _register(app, told)
            app.settle()
            if is_looking:
                _look(app, told, is_asking=is_asking)
            _say_what_is_next(app, told)
    finally:
        db.close()


def _register(app: App, told: Told) -> None:
    registrations = read_people_file(told.people_file, app.children, language=app.config.language)
    ids = {registration.external_id for registration in registrations}
    with app.db.read() as tx:
        others = [person for person in load_people(tx) if person.registration.external_id not in ids]
    if others:  # a whole watchlist must not leave because one person tries it out
        told.say("people.kept", count=len(others), people=told.people_file.name)
        return
    import_people(app.acting("init"), Import(registrations=registrations), app.channel_rules)


def _look(app: App, told: Told, *, is_asking: bool) -> None:
    count = len(app.sourcing.feeds | app.sourcing.searches)
    told.say("looking", count=count)
    work = look_at_each(app, lambda done, of: told.out.progress(told.words["looked"].format(done=done, count=of)))
    told.out.progress("")
    acting = app.acting("init")
    with acting.db.write("act") as tx:
        found = list_mentions(tx, limit=SHOWN)
        sources = list_sources(tx)
        acting.audit(tx, "reveal", f"mentions {len(found)}", reason="init")
    _show_found(app, told, found, sources)
    _show_not_seen(told, sources)
    if told.beginning.mail is not None:
        _try_mail(app, told, work, is_asking=is_asking)


# --------------------------------------------------------------------------------------------------- what was found


def _show_found(app: App, told: Told, found: Sequence[ListedMention], sources: Sequence[ListedSource]) -> None:
    told.screen.say("")
    seen = sum(source.outcome in _SEEN for source in sources)
    if found:
        told.say("found", count=len(found))
        for number, mention in enumerate(found, start=1):
            told.screen.say("")
            for line in _lines(app, told, mention, number):
                told.screen.say(line)
    elif seen:
        told.say("found.nothing", seen=seen, count=len(sources))
    else:
        told.say("not_looked.all")


def _lines(app: App, told: Told, mention: ListedMention, number: int) -> list[str]:
    language, zone = told.beginning.language, app.config.timezone
    words = words_of(language)
    published = mention.published_at and day_in_words(mention.published_at, zone, language)
    title = one_line(mention.title) or told.words["untitled"]
    lines = [f"{number}. {isolated(one_line(mention.site))}: {isolated(title)}"]
    if mention.address:
        lines.append(f"   {shown_address(mention.address)}")
    lines.append(f"   {words['published'].format(when=published) if published else words['published.unknown']}")
    if mention.surfaces:
        lines.append(f"   {words['spelling'].format(surface=isolated(one_line(', '.join(mention.surfaces))))}")
    lines.append(f"   {words[f'band.{mention.band}']}")
    reasons = sorted(mention.reasons, key=lambda reason: not speaks_for(reason))
    return [*lines, *(f"   {'+' if speaks_for(each) else '-'} {reason_in_words(each, language)}" for each in reasons)]


_SEEN = frozenset({Outcome.OK.value, Outcome.UNCHANGED.value, Outcome.PARTIAL.value})


def _show_not_seen(told: Told, sources: Sequence[ListedSource]) -> None:
    """Say what was not looked at: silence must not look like safety."""
    blind = [source for source in sources if source.outcome not in _SEEN]
    partly = [source for source in sources if source.outcome == Outcome.PARTIAL.value and source.detail]
    for key, listed in (("not_looked", blind), ("not_looked.partly", partly)):
        if listed:
            told.screen.say("")
            told.say(key)
            for source in listed:
                told.screen.say(f"  {one_line(source.name)}: {one_line(source.detail) or told.words['not_looked.yet']}")


# ------------------------------------------------------------------------------------------------------------- mail


def _try_mail(app: App, told: Told, work: Work, *, is_asking: bool) -> None:
    """Find out whether mail works, send what waits (a code, the first summary), and let her confirm her address."""
    told.screen.say("")
    try:
        app.notifiers["mail"].check()
    except NotifierError as error:
        told.say("mail.failed", why=one_line(str(error)), config=told.config_file)
        return
    told.say("mail.ok")
    _deliver(work)
    if _is_confirmed(app):
        return
    with app.db.read() as tx:
        unsent = [each.last_error for each in list_deliveries(tx) if each.sent_at is None and each.last_error]
    if unsent:
        told.say("code.failed", why=one_line(unsent[0]))
    elif is_asking and _confirm(app, told):
        _deliver(work)
        return
    told.say("code.later", email=told.beginning.email, with_config=told.with_config)


def _deliver(work: Work) -> None:
    deliver = dict(work.deliver)["mail"]
    while deliver():
        pass


def _is_confirmed(app: App) -> bool:
    with app.db.read() as tx:
        return all(channel.confirmed_at is not None for channel in load_channels(tx, role=Role.PERSON))


def _confirm(app: App, told: Told) -> bool:
    """Ask for the code from the mail, a few times; False where she wants to do that later."""
    prompt = f"{told.words['code'].format(email=told.beginning.email)}: "
    for _ in range(CODE_TRIES):
        try:
            code = told.screen.ask(prompt)
        except EOFError:
            return False
        if not code:
            return False
        if confirm_channel(app.acting("init"), code) is not None:
            told.say("code.right", email=told.beginning.email)
            return True
        told.say("code.wrong")
    return False


# ------------------------------------------------------------------------------------------------------------- next


def _say_what_is_next(app: App, told: Told) -> None:
    more = {
        "with_config": told.with_config,
        "config": told.config_file,
        "people": told.people_file.name,
        "allow": "" if told.beginning.domain or not told.beginning.email else " --allow-address",
        "page": app.config.web.bind,
    }
    told.screen.say("")
    told.say("next")
    for key in ("next.run", "next.check", "next.people", "next.sources"):
        told.screen.say(f"  {told.words[key].format(**more)}")
