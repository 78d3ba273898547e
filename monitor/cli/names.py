"""`naamwacht names`: how a name is understood, which spellings are recognised, how rare each is, and what is sent out.

A name that is typed is its writer's own business; the name of a registered person is shown for a reason that is kept.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.actions.people import switch_spellings, switched
from monitor.app import App, parse_children
from monitor.cli.importing import parts_of
from monitor.cli.opening import add_config, add_json, add_reveal, opened, reason, reveal, who
from monitor.cli.output import Cell, Output
from monitor.cli.running import OK, InputError, NotFound, as_bad_input
from monitor.core.commonness import bearers_of
from monitor.core.entered import Doubt, parse_name
from monitor.core.lexicon import Lexicon
from monitor.core.model import Name, Person, QueryForm, Registration
from monitor.core.names import NameVariant, query_forms, variants
from monitor.core.weak_names import Weakness, refused_aliases, shared_names, weaknesses
from monitor.fetch.people_file import read_people
from monitor.storage.people import load_people
from monitor.wording.naming import WORDS, advice_in_words, doubt_in_words, weakness_in_words
from monitor.wording.phrases import words_of
from monitor.words import load_lexicon

LONGEST = 200
_TYPED = "\x00"
"""Stands for whoever bears the name that was typed: no external_id can be like that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """All that is said about one name."""

    name: Name
    doubts: Sequence[Doubt]
    spellings: Sequence[tuple[NameVariant, float | None]]
    sent: Sequence[QueryForm]
    weak: Sequence[Weakness]


def add_arguments(parser: ArgumentParser) -> None:
    """Add a name that is typed, or a registered person's."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a name in one line, as in a list of personnel")
    parser.add_argument("--alias", action="append", default=[], metavar="TEXT", help="another name of the same person")
    parser.add_argument("--without", action="append", default=[], metavar="TEXT", help="show it with this spelling switched off")
    parser.add_argument("--people", type=Path, metavar="FILE", help="a people file: say which colleagues have this name too")
    parser.add_argument("--person", metavar="ID", help="the name of a registered person, by the id of the people file")
    parser.add_argument("--off", action="append", default=[], metavar="TEXT", help="do not recognise this spelling of hers")
    parser.add_argument("--on", action="append", default=[], metavar="TEXT", help="recognise it again")
    parser.add_argument("--reason", type=reason, help="why it is switched; goes into the audit log")
    add_reveal(parser, "show the name of --person; the reason goes into the audit log")
    parser.add_argument("--language", choices=("en", "nl"), default="en", help="the language of what is said (default en)")
    add_config(parser)
    add_json(parser)
    parser.epilog = (
        "Give a NAME, for which nothing is read but --people, or a --person with --reveal, --off or --on. The number of bearers "
        "is a guess from how often the words stand in texts. Exit codes: 1 nobody has that id; 2 there is no name in the text, "
        "a text is no spelling of it, or an alias is one common word."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Do what was asked."""
    is_switching = bool(arguments.off or arguments.on)
    if (arguments.name is None) == (arguments.person is None):
        raise InputError("give either a NAME or --person ID")
    if arguments.person is None:
        if is_switching or arguments.reveal or arguments.reason:
            raise InputError("--off, --on, --reveal and --reason need --person ID (--without shows a NAME without a spelling)")
        return _typed(arguments, out)
    if arguments.alias or arguments.without or arguments.people:
        raise InputError("--alias, --without and --people go with a NAME (a registered person has all that in the database)")
    if not is_switching and not arguments.reveal:
        raise InputError("give --reveal REASON to see the name of a registered person, or --off or --on to switch a spelling")
    with opened(arguments) as app:
        return _registered(app, arguments, out)


def _typed(arguments: Namespace, out: Output) -> int:
    lexicon = load_lexicon()
    if len(arguments.name) > LONGEST:
        raise InputError(f"the name is longer than {LONGEST} characters")
    parsed = parse_name(arguments.name, lexicon)
    if parsed.name is None:
        raise InputError("there is no name in that text (write a first name and a surname)")
    if refused_aliases(arguments.alias, lexicon):
        raise InputError(
            "an alias that is one common word is refused: it would be found in every text (write it with a second word)"
        )
    with as_bad_input():
        name = switched(replace(parsed.name, aliases=tuple(arguments.alias)), off=arguments.without)
    colleagues = _colleagues(arguments.people) if arguments.people else ()
    _print(_account_of(_TYPED, name, parsed.doubts, colleagues, lexicon), out, arguments.language)
    return OK


def _colleagues(file: Path) -> tuple[Registration, ...]:
    with parse_children() as children, as_bad_input():
        return read_people(file, children).registrations


def _registered(app: App, arguments: Namespace, out: Output) -> int:
    with app.db.read() as tx:
        people = load_people(tx)
    person = next((each for each in people if each.registration.external_id == arguments.person), None)
    if person is None:
        raise NotFound("nobody on the watchlist has that id (`naamwacht people list` lists the ids)")
    if arguments.off or arguments.on:
        with as_bad_input():
            person = switch_spellings(
                app.acting(who()), arguments.person, off=arguments.off, on=arguments.on, reason=arguments.reason or ""
            )
    if not reveal(app, arguments, f"person {person.id}"):
        _print_switched(person, out)
        return OK
    colleagues = [each.registration for each in people if each.id != person.id]
    account = _account_of(arguments.person, person.name, (), colleagues, load_lexicon())
    _print(account, out, arguments.language)
    return OK


def _print_switched(person: Person, out: Output) -> None:
    count = len(person.name.switched_off)
    if out.as_json:
        out.json({"person": person.registration.external_id, "switched_off": count})
    else:
        spellings = "1 spelling is" if count == 1 else f"{count} spellings are"
        out.line(f"Person {person.registration.external_id}: {spellings} switched off.")


def _account_of(
    external_id: str, name: Name, doubts: Sequence[Doubt], colleagues: Iterable[Registration], lexicon: Lexicon
) -> _Account:
    everybody = [Registration(external_id=external_id, name=name), *colleagues]
    others = [
        each
        for group in shared_names(everybody)
        if external_id in group.external_ids
        for each in group.external_ids
        if each != external_id
    ]
    shared = [Weakness("shared_name", {"people": ", ".join(dict.fromkeys(others))})] if others else []
    return _Account(
        name=name,
        doubts=doubts,
        spellings=[(variant, bearers_of(variant, name, lexicon)) for variant in variants(name)],
        sent=query_forms(0, name),
        weak=[*weaknesses(name, lexicon), *shared],
    )


# ---------------------------------------------------------------------------------------------------------- showing


def _print(account: _Account, out: Output, language: str) -> None:
    if out.as_json:
        _print_json(account, out)
        return
    words, forms = WORDS[language], words_of(language)
    parts = {**parts_of(account.name), "name_usage": words[f"usage.{account.name.usage}"]}
    out.card({words[part]: _shown(value) for part, value in parts.items() if value})
    if account.doubts:
        out.line()
        out.line(words["doubts"])
        for doubt in account.doubts:
            out.indented(doubt_in_words(doubt, language), 2)
    out.line()
    out.line(words["recognised"].format(count=sum(variant.is_on for variant, _ in account.spellings)))
    out.table(
        (
            {
                words["spelling"]: variant.text,
                words["form"]: forms.get(f"form.{variant.form}", forms["form.?"]),
                words["bearers"]: _bearers(bearers, words["bearers.less"]),
                words["on"]: variant.is_on,
            }
            for variant, bearers in account.spellings
        ),
        empty="-",
    )
    out.line(words["bearers.explained"])
    out.line()
    out.line(words["sent"].format(count=len(account.sent)))
    for form in account.sent:
        out.indented(form.text, 2)
    if account.weak:
        out.line()
        out.line(words["warnings"])
        for weakness in account.weak:
            out.indented(f"{weakness_in_words(weakness, language)} {advice_in_words(weakness.code, language)}", 2)


def _shown(value: object) -> Cell:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _bearers(bearers: float | None, less: str) -> str:
    """Return a guess as a guess: two figures of it."""
    if bearers is None:
        return "-"
    return less if bearers < 1 else f"{float(f'{bearers:.1e}'):.0f}"


def _print_json(account: _Account, out: Output) -> None:
    out.json(
        {
            "name": parts_of(account.name),
            "doubts": [{"code": doubt.code, **doubt.params} for doubt in account.doubts],
            "spellings": [
                {
                    "text": variant.text,
                    "form": variant.form.value,
                    "name": variant.grade.value,
                    "bearers": None if bearers is None else round(bearers, 6),
                    "on": variant.is_on,
                }
                for variant, bearers in account.spellings
            ],
            "sent": [{"text": form.text, "form": form.form} for form in account.sent],
            "weak": [{"code": weakness.code, **weakness.params} for weakness in account.weak],
        }
    )
