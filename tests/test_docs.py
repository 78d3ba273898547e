"""What people read agrees with the code: reference, help, links, examples, and nothing of the machine that it was made on."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from monitor import plugins, ports
from monitor.app import settings_of
from monitor.cli import COMMANDS, build_parser
from monitor.config import parse
from monitor.config.document import parse_document
from monitor.core.model import Band, DeliveryKind, DeliveryState, NameGrade, Outcome, Role
from monitor.core.triage import HeldBack, PartReason
from monitor.plugins import PluginCard
from tools.docs import pages, stale
from tools.reference import EXIT_CODES, described_commands, exit_codes, metrics

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENT = dict.fromkeys(("PROXY_PASSWORD", "MAIL_CLIENT_SECRET", "DB_PASSWORD"), "0123456789abcdef")

every_page = pytest.mark.parametrize("page", list(pages()), ids=lambda path: path.relative_to(ROOT).as_posix())


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------- what is generated


def test_every_generated_part_is_that_of_the_code():
    """Where one is not: `make manual`."""
    assert [str(page.relative_to(ROOT)) for page in stale()] == []


def test_the_readme_shows_the_help_of_the_command():
    assert build_parser().format_help().strip() in text_of(README)


def test_every_command_and_every_option_is_documented():
    reference = text_of(DOCS / "reference/commands.md")
    sections = dict(re.findall(r"^##+ naamwacht (.+?)\n(.*?)(?=^##|\Z)", reference, re.MULTILINE | re.DOTALL))

    missing = [
        f"{described.words} {option}"
        for described in described_commands()
        for option in options_of(described.parser)
        if f"`{option}" not in sections.get(described.words, "")
    ]

    assert missing == []
    assert [command.name for command in COMMANDS if command.name not in sections] == []


def options_of(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        yield from action.option_strings or [str(action.metavar or action.dest)]


def test_every_exit_code_has_a_meaning_and_is_documented():
    assert set(EXIT_CODES) == set(exit_codes())
    assert [code for code in exit_codes().values() if f"| `{code}` |" not in text_of(DOCS / "reference/exit-codes.md")] == []


@pytest.mark.parametrize("card", [plugins.describe(*each) for each in (plugins.providers() | plugins.notifiers()).items()])
def test_every_plug_in_and_every_setting_is_documented(card: PluginCard):
    reference = text_of(DOCS / "reference/configuration.md")
    section = reference.partition(f"### {card.name}\n")[2].partition("\n#")[0]

    assert section
    assert [setting.name for setting in card.settings if f"| `{setting.name}`" not in section] == []
    assert f"`{card.name}`" in text_of(ROOT / "CHANGELOG.md")


def test_every_metric_and_every_trouble_is_documented():
    page = text_of(DOCS / "reference/health-and-metrics.md")
    sources = text_of(ROOT / "monitor/app/standing.py") + text_of(ROOT / "monitor/web/ops.py")
    troubles = re.findall(r'found\["(\w+)"\]', sources) + re.findall(r'\{"(database|clockwork)": 1', sources)

    assert [name for name in metrics() if f"`{name}`" not in page] == []
    assert len(troubles) >= 6
    assert [code for code in troubles if f"| `{code}` |" not in page] == []


@pytest.mark.parametrize("words", [Outcome, NameGrade, Band, HeldBack, PartReason, DeliveryKind, DeliveryState, Role])
def test_every_word_that_lists_use_is_documented(words: type[StrEnum]):
    page = text_of(DOCS / "reference/lists.md")

    assert [word.value for word in words if word.value and f"| `{word.value}` |" not in page] == []


# --------------------------------------------------------------------------------------------------------- docstrings


def modules() -> Iterator[Path]:
    for package in ("monitor", "providers", "notifiers", "tools", "benchmarks"):
        yield from sorted((ROOT / package).rglob("*.py"))


def test_every_module_says_what_belongs_in_it():
    """An empty one holds nothing."""
    written = {path: text_of(path) for path in modules()}

    assert [
        str(path.relative_to(ROOT)) for path, text in written.items() if text and not ast.get_docstring(ast.parse(text))
    ] == []


def test_everything_that_a_plug_in_author_reads_is_explained():
    """A dataclass without words of its own gets its signature for a docstring."""
    public = {name: each for name, each in vars(ports).items() if inspect.isclass(each) and each.__module__ == ports.__name__}
    explained = {name: each.__doc__ or "" for name, each in public.items()}

    assert [name for name, words in explained.items() if not words or words.startswith(f"{name}(")] == []


def test_the_how_to_names_everything_that_a_plug_in_is_made_of():
    page = text_of(DOCS / "howto/write-a-plugin.md")
    made_of = ["Feed", "Search", "Notifier", "Batch", "Hit", "Settings", "Message", "Tools"]
    errors = ["ProviderError", "ProviderBlocked", "QuotaExhausted", "RefusedAddress", "NotifierError"]

    assert [name for name in (*made_of, *errors) if name not in page] == []


# --------------------------------------------------------------------------------------------------------------- links


@every_page
def test_no_relative_link_is_dead(page: Path):
    assert [link for link in links(page) if not is_there(page, link)] == []


def links(page: Path) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", without_code(text_of(page)))
    return [link for link in found if not link.startswith(("http://", "https://"))]


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def is_there(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.is_file() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", without_code(text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_can_be_reached_from_the_readme():
    reached = reachable(README)

    assert [str(page.relative_to(ROOT)) for page in pages() if page not in reached] == []


def reachable(start: Path) -> set[Path]:
    reached = {start}
    waiting = [start]
    while waiting:
        page = waiting.pop()
        linked = {(page.parent / link.partition("#")[0]).resolve() for link in links(page)}
        fresh = {each for each in linked if each.suffix == ".md"} - reached
        reached |= fresh
        waiting += fresh
    return reached


def test_every_picture_is_shown_and_small():
    pictures = list((DOCS / "images").iterdir())
    shown = "".join(text_of(page) for page in pages())

    assert [picture.name for picture in pictures if f"images/{picture.name}" not in shown] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > 150_000] == []


# ------------------------------------------------------------------------------------------------------------ examples


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)


def configurations() -> list[tuple[str, str]]:
    return [(page.name, block) for page in pages() for block in blocks(page, "yaml")]


@pytest.mark.parametrize(("page", "block"), configurations())
def test_every_configuration_that_is_shown_can_be_used(page: str, block: str, tmp_path: Path):
    for name in ("proxy-ca.pem", "mail-token"):
        (tmp_path / name).write_text("0123456789abcdef")

    config = parse(parse_document(block, name=page), folder=tmp_path, environment=ENVIRONMENT, settings_of=settings_of)

    assert config


@pytest.mark.parametrize("block", blocks(DOCS / "howto/write-a-plugin.md", "python"))
def test_every_plug_in_that_is_shown_can_be_loaded(block: str):
    module: dict[str, object] = {"__name__": "shown"}
    exec(compile(block, "write-a-plugin.md", "exec"), module)
    shown = [
        each for name, each in module.items() if inspect.isclass(each) and each.__module__ == "shown" and "Settings" not in name
    ]

    assert [bool(each.__abstractmethods__) for each in shown] == [False]
    assert plugins.describe("shown", shown[0]).settings


def parsers() -> Mapping[str, argparse.ArgumentParser]:
    return {described.words: described.parser for described in described_commands()}


def typed_commands() -> list[str]:
    """Return every command that a page tells people to type."""
    found = []
    for page in pages():
        lines = re.findall(r"^(?:    |\$ )(?:docker compose exec naamwacht )?naamwacht (.+)$", text_of(page), re.MULTILINE)
        found += [re.split(r" [<>] | +# ", line)[0] for line in lines]
    return sorted(set(found))


@pytest.mark.parametrize("line", typed_commands())
def test_every_command_that_people_are_told_to_type_exists(line: str, capsys: pytest.CaptureFixture[str]):
    name, *arguments = shlex.split(line)

    parsed = parsers()[name].parse_args(arguments)

    assert parsed.command == name
    assert capsys.readouterr().err == ""


@every_page
def test_every_command_that_is_named_exists(page: Path):
    named = re.findall(r"`naamwacht ([a-z]+)", text_of(page))

    assert set(named) <= {command.name for command in COMMANDS}


# ---------------------------------------------------------------------------------------------------------- decisions


def dependencies() -> list[str]:
    groups = (PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"], PROJECT["build-system"]["requires"])
    return sorted({re.split(r"[\[<>=,;~ ]", each, maxsplit=1)[0] for group in groups for each in group})


@pytest.mark.parametrize("package", dependencies())
def test_every_direct_dependency_has_a_line_among_the_decisions(package: str):
    line = re.search(rf"^\| {re.escape(package)} \|.*$", text_of(DOCS / "decisions.md"), re.MULTILINE)

    assert line
    assert re.search(r"(MIT|BSD|Apache|MPL|GPL)", line[0])


def test_no_dependency_has_a_line_that_is_none_any_more():
    rows = re.findall(r"^\| ([A-Za-z][\w-]*) \|", text_of(DOCS / "decisions.md"), re.MULTILINE)

    assert sorted(set(rows) - {"package"}) == dependencies()


def test_the_changelog_knows_the_version():
    assert PROJECT["project"]["version"] in text_of(ROOT / "CHANGELOG.md")


# ----------------------------------------------------------------------------------- nothing of where it was made

SKIPPED = {
    ".git",
    ".venv",
    "data",
    "build",
    "dist",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    "__pycache__",
    ".import_linter_cache",
}
BINARY = {".png", ".xlsx", ".gz", ".zip", ".db", ".ico", ".backup", ".pyc", ".warc"}
# Assembled, so that this file does not hold them itself.
OF_A_MACHINE = re.compile("|".join((r"(?<!\w)/" + "root/", "/" + "home/[a-z]", "/" + "Users/[a-z]", "/" + "work/")))
INDEXES = re.compile(
    "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.", "arti" + "factory", "nexus" + r"\.")), re.IGNORECASE
)


def files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        inner = path.relative_to(ROOT)
        if path.is_file() and path.suffix not in BINARY and not SKIPPED & set(inner.parts):
            yield path


@pytest.mark.parametrize("pattern", [OF_A_MACHINE, INDEXES], ids=["path of a machine", "host of an index"])
def test_nothing_tells_where_it_was_made(pattern: re.Pattern[str]):
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files()
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]

    assert found == []
