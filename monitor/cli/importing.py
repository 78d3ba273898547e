"""`naamwacht people import`: reads a people file, has guessed names confirmed, and says what changed and which names are weak.

Names are shown only where somebody looks at them on purpose: before a confirmation, and in a dry run. Else there are ids.
"""

from __future__ import annotations

from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.actions.people import Import, import_people, preview_import
from monitor.app import parse_children
from monitor.cli.asking import Screen
from monitor.cli.opening import configuration, is_missing, opened, who
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, InputError, as_bad_input
from monitor.config import Config
from monitor.core.model import Name, Registration
from monitor.core.registrations import EnteredName, PeopleDiff, PeopleFile, diff
from monitor.core.weak_names import SharedName, shared_names, weaknesses
from monitor.fetch.people_file import read_people
from monitor.storage.engine import Database
from monitor.wording.naming import advice_in_words, doubt_in_words
from monitor.words import load_lexicon

FEW = 20
"""So many ids stand in one line; of more only the count."""

_YES = frozenset({"y", "yes", "j", "ja"})


@dataclass(frozen=True, slots=True)
class _Concerns:
    """What an import wants looked at: weak names by code, and people who share a name, all by external_id."""

    weak: Mapping[str, Sequence[str]]
    shared: Sequence[SharedName]


def import_file(arguments: Namespace, out: Output, screen: Screen | None) -> int:
    """Make the file the watchlist, or only say what would change. *screen*: where somebody can be asked, if there is one."""
    config = configuration(arguments)
    out.progress("reading the file")
    # First the file, all of it: a faulty one makes no database.
    file = _read(arguments, config)
    out.progress(f"{len(file.registrations)} people")
    change = Import.of(file, confirmed_gone=arguments.confirm_gone)
    entered: Sequence[EnteredName] = ()
    if arguments.dry_run:
        difference = _preview(arguments, config, change)
        entered = file.entered
    else:
        if file.entered and not arguments.yes:
            fresh = _fresh(file.entered, _preview(arguments, config, change))
            out.progress("")
            _confirm(fresh, out, screen)
        with opened(arguments, create=True) as app, as_bad_input():
            difference = import_people(app.acting(who()), change, app.channel_rules)
    out.progress("")
    _print_difference(difference, entered, out, is_dry_run=arguments.dry_run)
    return OK


def _read(arguments: Namespace, config: Config) -> PeopleFile:
    with parse_children() as children, as_bad_input():
        return read_people(
            arguments.file,
            children,
            domains=config.organisation.domains,
            is_any_address_allowed=arguments.allow_address,
            language=config.language,
        )


def _preview(arguments: Namespace, config: Config, change: Import) -> PeopleDiff:
    if is_missing(Database(config.database.get_secret_value())):
        return diff({}, change.registrations)
    with opened(arguments) as app, as_bad_input():
        return preview_import(app.acting(who()), change)


# ---------------------------------------------------------------------------------------------- names in one column


def _fresh(entered: Iterable[EnteredName], difference: PeopleDiff) -> list[EnteredName]:
    """Return the guesses that nobody has confirmed yet: of people who are new, and of names that read differently now."""
    fresh = {registration.external_id for registration in difference.added}
    fresh |= {change.external_id for change in difference.changed if change.before.name != change.after.name}
    return [each for each in entered if each.external_id in fresh]


def _confirm(fresh: Sequence[EnteredName], out: Output, screen: Screen | None) -> None:
    """Show the guesses and ask whether they are right; raises `InputError` where nobody says so."""
    if not fresh:
        return
    if screen is None:
        raise InputError(
            f"nothing was changed: {len(fresh)} names stand in one column and were taken apart "
            "(look at them with --dry-run, then give --yes)"
        )
    _show_entered(fresh, out)
    try:
        answer = screen.ask(f"Are these {len(fresh)} names right? [y/N]: ")
    except EOFError:
        answer = ""
    if answer.casefold() not in _YES:
        raise InputError("nothing was changed (write the parts of wrong names into columns of their own: given_names, surname)")


def _show_entered(entered: Iterable[EnteredName], out: Output) -> None:
    out.table((_entered_row(each) for each in entered), empty="")


def _entered_row(entered: EnteredName) -> dict[str, Cell]:
    name = entered.name
    return {
        "external_id": entered.external_id,
        "written": entered.text,
        "first_names": " ".join((*name.given_names, f"({name.call_name})" if name.call_name else "")).strip(),
        "initials": name.initials,
        "surname": f"{name.prefix} {name.surname}".strip(),
        "partner": f"{name.partner_prefix} {name.partner_surname}".strip(),
        "usage": name.usage.value,
        "doubts": [doubt_in_words(doubt, "en") for doubt in entered.doubts],
    }


def parts_of(name: Name) -> dict[str, object]:
    """Return the parts of a name for programs."""
    return {
        "given_names": list(name.given_names),
        "call_name": name.call_name,
        "initials": name.initials,
        "prefix": name.prefix,
        "surname": name.surname,
        "partner_prefix": name.partner_prefix,
        "partner_surname": name.partner_surname,
        "name_usage": name.usage.value,
    }


def _entered_json(entered: EnteredName) -> dict[str, object]:
    doubts = [{"code": doubt.code, **doubt.params} for doubt in entered.doubts]
    return {
        "row": entered.row,
        "external_id": entered.external_id,
        "written": entered.text,
        **parts_of(entered.name),
        "doubts": doubts,
    }


# ---------------------------------------------------------------------------------------------------- what it comes to


def _concerns(difference: PeopleDiff) -> _Concerns:
    """Look at the names that are new; who shares one of them may have been there before."""
    lexicon = load_lexicon()
    fresh = [
        *difference.added,
        *(change.after for change in difference.changed if change.before.name != change.after.name),
    ]
    weak: dict[str, list[str]] = defaultdict(list)
    for registration in fresh:
        for code in dict.fromkeys(weakness.code for weakness in weaknesses(registration.name, lexicon)):
            weak[code].append(registration.external_id)
    ids = {registration.external_id for registration in fresh}
    shared = [group for group in shared_names(_all_in(difference)) if ids & set(group.external_ids)]
    return _Concerns(dict(sorted(weak.items())), shared)


def _print_difference(difference: PeopleDiff, entered: Sequence[EnteredName], out: Output, *, is_dry_run: bool) -> None:
    waiting = [registration.external_id for registration in _all_in(difference) if registration.informed_on is None]
    concerns = _concerns(difference)
    if out.as_json:
        _print_json(difference, entered, concerns, waiting, out, is_dry_run=is_dry_run)
        return
    if entered:
        _show_entered(entered, out)
        out.line()
    for registration in difference.added:
        out.line(f"+ {registration.external_id}")
    for change in difference.changed:
        out.line(f"~ {change.external_id}: {', '.join(change.columns)}")
    for registration in difference.gone:
        out.line(f"- {registration.external_id}")
    counts = (
        f"{len(difference.added)} added, {len(difference.changed)} changed, {len(difference.gone)} gone, "
        f"{len(difference.unchanged)} unchanged"
    )
    out.line(f"{counts}. Nothing was written (dry run)." if is_dry_run else f"{counts}.")
    if waiting:
        out.line(f"{len(waiting)} of them are not searched yet: informed_on is empty (`naamwacht check` names them).")
    for code, ids in concerns.weak.items():
        out.line(f"{len(ids)} weak, {code}: {_few(ids)} ({_remedy(code)})")
    for group in concerns.shared:
        out.line(f"{len(group.external_ids)} of one name, shared_name: {_few(group.external_ids)} ({_remedy('shared_name')})")


def _print_json(
    difference: PeopleDiff,
    entered: Sequence[EnteredName],
    concerns: _Concerns,
    waiting: Sequence[str],
    out: Output,
    *,
    is_dry_run: bool,
) -> None:
    shown = {"names": [_entered_json(each) for each in entered]} if is_dry_run else {}
    out.json(
        {
            "dry_run": is_dry_run,
            "added": [registration.external_id for registration in difference.added],
            "changed": [
                {"external_id": change.external_id, "columns": [str(column) for column in change.columns]}
                for change in difference.changed
            ],
            "gone": [registration.external_id for registration in difference.gone],
            "unchanged": len(difference.unchanged),
            "waiting": list(waiting),
            "weak": concerns.weak,
            "shared_names": [list(group.external_ids) for group in concerns.shared],
            **shown,
        }
    )


def _few(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - FEW} more" if len(ids) > FEW else ""
    return ", ".join(ids[:FEW]) + more


def _remedy(code: str) -> str:
    advice = advice_in_words(code, "en")
    return advice[0].lower() + advice[1:].rstrip(".")


def _all_in(difference: PeopleDiff) -> tuple[Registration, ...]:
    return (*difference.added, *(change.after for change in difference.changed), *difference.unchanged)
