"""The rules of the house that no linter knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.house_rules import breaches


def _faults(root: Path, path: str, text: str) -> list[str]:
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(text, encoding="utf-8")
    return [f"{breach.line}: {breach.fault.partition(';')[0]}" for breach in breaches(root)]


CATCHING = "try:\n    print()\nexcept {}:  # {}\n    {}\n"


@pytest.mark.parametrize(
    ("path", "text", "faults"),
    [
        ("monitor/core/long.py", "x = 1\n" * 401, ["401: 401 lines"]),
        ("monitor/web/static/style.css", "\n" * 401, ["401: 401 lines"]),
        ("monitor/web/static/page.js", "\n" * 201, ["1: 201 lines of own JavaScript"]),
        ("tests/test_long.py", "def f():\n" + "    x = 1\n" * 80, ["1: f has 81 lines"]),
        ("tools/fits.py", "def f():\n" + "    x = 1\n" * 79, []),
        ("monitor/core/late.py", "def f():\n    def g():\n        import os\n", ["3: g imports"]),
        ("monitor/late.py", "class A:\n    def f(self):\n        if 1:\n            from os import path\n", ["4: f imports"]),
        ("notifiers/heavy.py", "def f():\n    import apprise\n", []),
        ("monitor/app.py", "import_module('os')\n", ["1: imports a module by its name"]),
        ("monitor/cli/__init__.py", "import_module('os')\n", []),
        ("monitor/core/a.py", CATCHING.format("Exception", "", "pass"), ["3: catches everything and is no named crash barrier"]),
        ("monitor/core/a.py", CATCHING.format("(ValueError, BaseException)", "", "pass"), ["3: catches everything and is no named crash barrier"]),
        ("monitor/core/a.py", CATCHING.format("Exception", "crash barrier: cli", "pass"), ["3: this crash barrier is not one of the seven, or stands elsewhere"]),
        ("monitor/cli/a.py", CATCHING.format("Exception", "crash barrier: clown", "pass"), ["3: this crash barrier is not one of the seven, or stands elsewhere"]),
        ("monitor/cli/a.py", CATCHING.format("Exception", "noqa: BLE001 # crash barrier: cli", "pass"), []),
        ("monitor/fetch/parse.py", CATCHING.format("Exception", 'crash barrier "parse child": hostile bytes', "pass"), []),
        ("monitor/storage/a.py", CATCHING.format("BaseException", "", "raise"), []),
        ("monitor/core/a.py", CATCHING.format("ValueError", "", "pass"), []),
    ],
)  # fmt: skip
def test_the_rules_find(tmp_path: Path, path: str, text: str, faults: list[str]):
    assert _faults(tmp_path, path, text) == faults
