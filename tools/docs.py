"""Write the generated parts of the README and of docs/ anew: `python -m tools.docs`, or only compare them: `--check`.

A part stands between two marks in a page that people write. What stands in it is made in `tools.reference`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.reference import PARTS

ROOT = Path(__file__).resolve().parent.parent
_PART = re.compile(r"(<!-- generated: (?P<name>[a-z-]+) -->\n)(?:(?!<!-- ).*\n)*(<!-- end -->)")


def pages(root: Path = ROOT) -> Iterator[Path]:
    """Yield every page that people read."""
    yield from (root / "README.md", root / "CHANGELOG.md")
    yield from sorted((root / "docs").rglob("*.md"))


def stale(root: Path = ROOT) -> Mapping[Path, str]:
    """Return the pages whose generated parts are not those of the code, with what should stand there."""
    written = {path: path.read_text(encoding="utf-8") for path in pages(root)}
    renewed = {path: _renewed(text) for path, text in written.items()}
    return {path: text for path, text in renewed.items() if text != written[path]}


def _renewed(text: str) -> str:
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found['name']]().strip()}\n\n{found[3]}", text)


def main(arguments: list[str]) -> int:
    """Write what is stale, or name it where *arguments* say `--check`; returns the exit code."""
    found = stale()
    is_checking = arguments == ["--check"]
    for path, text in found.items():
        sys.stdout.write(f"{path.relative_to(ROOT)}: {'is stale: run make manual' if is_checking else 'written'}\n")
        if not is_checking:
            path.write_text(text, encoding="utf-8")
    return 1 if found and is_checking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
