"""Check the rules of the house that no linter knows: sizes, crash barriers, imports inside functions.

Run as `python -m tools.house_rules`; prints one line per breach and ends with 1 where there is one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LINES_A_FILE = 400
LINES_A_FUNCTION = 80
LINES_OF_JAVASCRIPT = 200

CODE = ("monitor", "providers", "notifiers")
ALL_CODE = (*CODE, "tests", "tools", "benchmarks")
SIZED = {".py", ".sh", ".css", ".js", ".html"}

BARRIERS: Mapping[str, tuple[str, ...]] = {
    "poll": ("monitor/pipeline/", "monitor/app/"),
    "deliver": ("monitor/pipeline/",),
    "capture": ("monitor/pipeline/", "monitor/evidence/"),
    "engine job": ("monitor/engine/",),
    "parse child": ("monitor/fetch/parse",),
    "web": ("monitor/web/",),
    "cli": ("monitor/cli/",),
}
"""The seven places that may catch everything, and where they stand."""

LAZY = ("monitor/cli/__init__.py", "monitor/plugins.py")
"""Where modules are imported by name: the table of commands, and the plug-ins."""

PLUGINS = ("providers/", "notifiers/")
"""Where a function may import: a plug-in's heavy optional library."""


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One place that breaks a rule."""

    path: str
    line: int
    fault: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.fault}"


def breaches(root: Path) -> list[Breach]:
    """Return every breach of the rules below *root*."""
    found = [breach for path in _files(root) for breach in _breaches_in(root, path)]
    script = sum(len(_lines(path)) for path in _files(root) if path.suffix == ".js")
    if script > LINES_OF_JAVASCRIPT:
        found.append(Breach("monitor/web", 1, f"{script} lines of own JavaScript; {LINES_OF_JAVASCRIPT} are enough"))
    return sorted(found)


def _files(root: Path) -> Iterator[Path]:
    for folder in ALL_CODE:
        yield from (path for path in (root / folder).rglob("*") if path.suffix in SIZED and path.is_file())


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _breaches_in(root: Path, path: Path) -> Iterator[Breach]:
    name, lines = path.relative_to(root).as_posix(), _lines(path)
    if len(lines) > LINES_A_FILE:
        yield Breach(name, LINES_A_FILE + 1, f"{len(lines)} lines; {LINES_A_FILE} are enough")
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _function_breaches(name, node)
        elif isinstance(node, ast.ExceptHandler) and name.startswith(CODE):
            yield from _barrier_breaches(name, node, lines)
        elif isinstance(node, ast.Call) and name.startswith(CODE) and name not in LAZY and _called(node) == "import_module":
            yield Breach(name, node.lineno, "imports a module by its name; that is for the table of commands and the plug-ins")


def _function_breaches(name: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Breach]:
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    if length > LINES_A_FUNCTION:
        yield Breach(name, function.lineno, f"{function.name} has {length} lines; {LINES_A_FUNCTION} are enough")
    if name.startswith(PLUGINS):
        return
    for node in _own_nodes(function):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield Breach(name, node.lineno, f"{function.name} imports; imports stand at the top")


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in *function* itself, not in functions inside it: they are looked at on their own."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _own_nodes(node)


def _barrier_breaches(name: str, handler: ast.ExceptHandler, lines: list[str]) -> Iterator[Breach]:
    if not _catches_everything(handler) or _raises_again(handler):
        return
    _, named, barrier = lines[handler.lineno - 1].partition("crash barrier")
    if not named:
        yield Breach(name, handler.lineno, "catches everything and is no named crash barrier; catch the narrowest class")
        return
    places = next((places for known, places in BARRIERS.items() if barrier.lstrip(' :"').startswith(known)), ())
    if not name.startswith(places):
        yield Breach(name, handler.lineno, "this crash barrier is not one of the seven, or stands elsewhere")


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(each is None or (isinstance(each, ast.Name) and each.id in {"Exception", "BaseException"}) for each in caught)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """Tell whether the handler only tidies up: its last step raises what it caught."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def main() -> int:
    """Print every breach and return the exit code."""
    found = breaches(Path(__file__).resolve().parent.parent)
    sys.stdout.write("".join(f"{breach}\n" for breach in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
