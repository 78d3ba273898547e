"""`naamwacht feed` and `naamwacht url`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import command, process, run, surroundings

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Voorbeeldkrant</title>
<item><title>Sanne &amp; Zoë</title><link>https://news.example.org/1</link><description>&lt;p&gt;Een bericht&lt;/p&gt;</description>
<pubDate>Tue, 24 Nov 2026 09:00:00 +0100</pubDate><guid>n1</guid></item>
<item><title>Zonder datum</title></item>
</channel></rss>
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    return path


def test_a_feed_is_one_hit_a_line(file: Path):
    ran = run("feed", file)

    assert (ran.code, ran.err) == (0, "")
    assert ran.rows == [
        {
            "url": "https://news.example.org/1",
            "title": "Sanne & Zoë",
            "text": "Een bericht",
            "published_at": "2026-11-24T08:00:00+00:00",
            "guid": "n1",
        },
        {"url": "", "title": "Zonder datum", "text": "", "published_at": None, "guid": ""},
    ]


def test_a_feed_may_come_from_a_pipe(file: Path):
    assert run("feed", "-", stdin=RSS.encode()).rows == run("feed", file).rows


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><html><body>404</body></html>", b"a letter", b'{"version": 1}', bytes(range(256)) * 20],
    ids=["empty", "HTML", "text", "other JSON", "bytes"],
)
def test_what_is_no_feed_is_bad_input(file: Path, content: bytes):
    file.write_bytes(content)

    ran = run("feed", file)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{file}: ")
    assert len(ran.err) > len(f"{file}: ") + 10


@pytest.mark.parametrize("name", ["none.xml", "."], ids=["missing", "a folder"])
def test_a_feed_that_cannot_be_read_is_bad_input(tmp_path: Path, name: str):
    ran = run("feed", tmp_path / name)

    assert ran.code == 2
    assert "cannot be read: " in ran.err


@pytest.mark.corpus
@pytest.mark.skipif(
    "NAAMWACHT_CORPUS" not in os.environ and os.environ.get("CI") != "true", reason="skipped: NAAMWACHT_CORPUS is not set"
)
def test_a_real_feed_that_is_clean_is_read_and_one_that_is_none_refused():
    folder = Path(os.environ["NAAMWACHT_CORPUS"]) / "feeds"
    rows = [line.split("\t") for line in (folder / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    clean = next(row for row in rows if row[1] == "clean")
    refused = next(row for row in rows if row[1] == "reject")

    assert len(run("feed", folder / clean[0]).rows) == int(clean[2] or clean[3])
    assert run("feed", folder / refused[0]).code == 2


def test_each_address_gives_one_line():
    addresses = (
        b"\xef\xbb\xbfhttps://www.example.org/a?utm_source=x#top\r\n"
        b"\r\n"
        b"nonsense\n"
        b"  HTTP://Example.ORG:80/a \n"
        b"https://example.org/\xff\n"
        b"https://example.org/last"
    )

    ran = run("url", stdin=addresses)

    assert ran.code == 0
    assert ran.out.split("\n") == [
        "https://example.org/a",
        "",
        "",
        "https://example.org/a",
        ran.out.split("\n")[4],
        "https://example.org/last",
        "",
    ]


def test_no_address_gives_no_line():
    assert run("url").out == ""


def test_a_key_comes_before_the_next_address():
    running = subprocess.Popen(command("url"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings())
    assert running.stdin is not None
    assert running.stdout is not None

    running.stdin.write(b"https://www.example.org/a\n")
    running.stdin.flush()
    first = running.stdout.readline()

    running.communicate(timeout=20)
    assert (first, running.returncode) == (b"https://example.org/a\n", 0)


def test_it_runs_as_a_module():
    assert process("url", stdin=b"https://www.example.org/a\n").out == "https://example.org/a\n"
