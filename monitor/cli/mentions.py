"""`naamwacht mentions`: what was found, and whose it is."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.actions.mentions import Knowledge, confirm, dismiss, not_ours
from monitor.app import App
from monitor.cli.opening import add_listing, at_least_one, opened, reason, reveal, who
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, InputError, NotFound
from monitor.core.plain import shown_address
from monitor.storage.namesakes import Said, load_said
from monitor.storage.queries import ListedMention, list_mentions
from monitor.words import load_lexicon

LIST, CONFIRM, DISMISS, NOT_OURS = "list", "confirm", "dismiss", "not-ours"

_DONE = {
    CONFIRM: "Mention {mention} is theirs. Pages like it are surer from now on",
    DISMISS: "Mention {mention} is somebody else's. That counts for this page alone",
    NOT_OURS: "Mention {mention} is a namesake's. Pages like it are less sure from now on",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add what can be done, and the options of a list."""
    parser.add_argument(
        "action",
        nargs="?",
        default=LIST,
        choices=(LIST, CONFIRM, DISMISS, NOT_OURS),
        help="`list` (when left out); `confirm`: that is they; `dismiss`: not they, this page alone; `not-ours`: a namesake",
    )
    parser.add_argument("mention", nargs="?", type=at_least_one, help="the id of a mention, for all but `list`")
    add_listing(parser, reveals="names, titles and addresses")
    parser.add_argument("--reason", type=reason, help="why it is (not) they; goes into the audit log")
    parser.epilog = (
        "The list has the newest first. `held back` says why nobody was told at once; `told` counts the messages that tell it; "
        "`said` is what somebody said of it. `person` is the external_id of the people file. What was said is taken back with "
        "`naamwacht namesakes forget`. What is grave is told whatever was said. Exit code 1: there is no such mention."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Print Mentions, the newest first, or say whose one is."""
    if (arguments.action == LIST) is (arguments.mention is not None):
        raise InputError("give the id of a mention after confirm, dismiss or not-ours, and nowhere else")
    with opened(arguments) as app:
        return _list(app, arguments, out) if arguments.action == LIST else _say(app, arguments, out)


def _say(app: App, arguments: Namespace, out: Output) -> int:
    acting, mention, why = app.acting(who()), arguments.mention, arguments.reason or ""
    if arguments.action == DISMISS:
        profile = dismiss(acting, mention, reason=why)
    else:
        say = confirm if arguments.action == CONFIRM else not_ours
        profile = say(acting, mention, Knowledge(app.config.organisation.to_organisation(), load_lexicon()), reason=why)
    if profile is None:
        raise NotFound("there is no such mention (`naamwacht mentions` lists them)")
    out.line(f"{_DONE[arguments.action].format(mention=mention)}; `naamwacht namesakes forget {profile}` takes it back.")
    return OK


def _list(app: App, arguments: Namespace, out: Output) -> int:
    with app.db.read() as tx:
        listed = list_mentions(tx, limit=arguments.limit + 1)
        said = load_said(tx, [mention.id for mention in listed])
    is_revealed = reveal(app, arguments, f"mentions {min(len(listed), arguments.limit)}")
    out.table(
        (_row(each, said.get(each.id), is_revealed=is_revealed, is_for_people=not out.as_json) for each in listed),
        empty="No mentions yet.",
        limit=arguments.limit,
    )
    return OK


def _row(mention: ListedMention, said: Said | None, *, is_revealed: bool, is_for_people: bool) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "id": mention.id,
        "person": mention.external_id,
        "found": mention.first_seen_at,
        "published": mention.published_at,
        "site": mention.site,
        "spelling": mention.name.value,
        "sure": mention.band.value,
        "severity": mention.severity.name.lower(),
        "held_back": mention.held_back,
        "said": "" if said is None else said.value,
        "told": mention.told,
        "sources": mention.sources,
        "reasons": [reason.code for reason in mention.reasons],
    }
    if is_revealed:
        address = shown_address(mention.address) if is_for_people and mention.address else mention.address
        row |= {"name": mention.person, "written": mention.surfaces, "title": mention.title, "address": address}
    return row
