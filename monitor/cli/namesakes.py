"""`naamwacht namesakes`: what was learned from what people said of mentions."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from monitor.actions.mentions import forget_profile
from monitor.cli.opening import add_config, add_listing, at_least_one, opened, reason, reveal, who
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, NotFound, add_action
from monitor.storage.namesakes import ListedProfile, list_profiles


def add_arguments(parser: ArgumentParser) -> None:
    """Add `list` and `forget`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|forget")
    add_listing(
        add_action(
            actions,
            "list",
            "list the profiles, the newest first",
            epilog="`said`: ours or not_ours. `mention` is empty once that mention was purged. A profile without site, author "
            "and terms counts for the page of its mention alone. Of an author only a hash is kept.",
        ),
        reveals="names and terms",
    )
    forget = add_action(
        actions,
        "forget",
        "forget a profile, and what was said of its mention",
        epilog="What was held back meanwhile stays in the list. Exit code 1: there is no such profile.",
    )
    add_config(forget)
    forget.add_argument("profile", type=at_least_one, help="the id of the profile")
    forget.add_argument("--reason", type=reason, help="goes into the audit log")


def run(arguments: Namespace, out: Output) -> int:
    """List or forget."""
    with opened(arguments) as app:
        if arguments.action == "forget":
            if not forget_profile(app.acting(who()), arguments.profile, reason=arguments.reason or ""):
                raise NotFound("there is no such profile (`naamwacht namesakes list` lists them)")
            out.line(f"Profile {arguments.profile} is forgotten.")
            return OK
        with app.db.read() as tx:
            listed = list_profiles(tx, limit=arguments.limit + 1)
        is_revealed = reveal(app, arguments, f"namesakes {min(len(listed), arguments.limit)}")
    out.table(
        (_row(profile, is_revealed=is_revealed) for profile in listed),
        empty="Nobody said anything of a mention yet.",
        limit=arguments.limit,
    )
    return OK


def _row(profile: ListedProfile, *, is_revealed: bool) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "id": profile.id,
        "person": profile.external_id,
        "said": profile.said.value,
        "mention": profile.mention_id,
        "site": profile.site,
        "author": profile.has_author,
        "terms": len(profile.terms),
        "made": profile.made_at,
        "by": profile.made_by,
    }
    return {**row, "name": profile.person, "terms": profile.terms} if is_revealed else row
