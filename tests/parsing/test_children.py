"""What hostile bytes and dying children do to the pool: an error each, never a hang, and never to somebody else."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from monitor.fetch.child import command
from monitor.fetch.children import Limits, ParseChildren, _Lane
from monitor.ports import ProviderError
from tests.fakes import FakeClock, FakeLog
from tests.parsing.answers import answer, rss

GOOD = answer(rss("<item><title>Sanne van der Molen</title></item>"))
# feedparser (the only one that reads this dialect) takes time that grows with the square of such an author.
BOMB = answer(
    "<rss><CHANNEL><item><author>" + "a@" * 400_000 + "</author></item></CHANNEL></rss>", address="https://bomb.example.org/"
)
NESTED_PAGE = answer("<div>" * 200_000 + "x", "text/html", address="https://bomb.example.org/")


def test_a_bomb_costs_its_own_task_only(fragile: ParseChildren, log: FakeLog):
    with pytest.raises(ProviderError, match="too much processor time"):
        fragile.page_text(NESTED_PAGE)

    assert fragile.parse_feed(GOOD).entries[0].title == "Sanne van der Molen"
    assert ("warning", "parse child replaced", {"reason": "reading it takes too much processor time"}) in log.records


def test_a_quadratic_feed_ends_within_its_limit(fragile: ParseChildren):
    assert outcome(fragile, BOMB) in ("read", "reading it takes too much processor time")
    assert fragile.parse_feed(GOOD).entries


def test_a_host_whose_document_cost_too_much_delays_nobody_else(fragile: ParseChildren):
    """Its next document holds the slow lane, not the only child of the fast one."""
    with pytest.raises(ProviderError):
        fragile.page_text(NESTED_PAGE)
    with ThreadPoolExecutor(1) as executor:
        bomb = executor.submit(outcome_of_page, fragile)
        os.kill(busy_child(fragile._slow), signal.SIGSTOP)
        titles = [fragile.parse_feed(GOOD).title for _ in range(5)]
        is_bomb_waiting = not bomb.done()
        fragile.close()

    assert titles == ["Streeknieuws"] * 5
    assert is_bomb_waiting


def test_a_host_that_behaves_again_leaves_the_slow_lane(fragile: ParseChildren):
    with pytest.raises(ProviderError):
        fragile.page_text(NESTED_PAGE)
    fragile.parse_feed(answer(GOOD.body, address="https://bomb.example.org/good"))

    assert not fragile._is_suspect("bomb.example.org")


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel>" + "<a>" * 100_000,
        rss("<item><title>x</title><description>" + "&lt;!--" * 100_000 + "</description></item>"),
        rss("<item><title>x</title><description><![CDATA[" + "<" * 1_000_000 + "]]></description></item>"),
        rss("<item><author>" + "(a@b" * 50_000 + "</author></item>"),
        rss("<item><title>&x;</title></item>").replace("<rss", '<!DOCTYPE r [<!ENTITY x "boem">]><rss'),
    ],
    ids=["nested tags", "half comments", "a megabyte of <", "authors", "own entity"],
)
def test_hostile_feeds_are_read_or_refused_and_the_next_one_is_read(children: ParseChildren, body: str):
    outcome(children, answer(body))

    assert children.parse_feed(GOOD).entries


def test_laughing_entities_are_never_expanded(children: ParseChildren):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = rss("<item><title>&l9;</title></item>").replace("<rss", f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><rss')

    feed = children.parse_feed(answer(body))

    assert feed.entries[0].title == "&l9;"


def test_no_file_and_no_address_in_a_body_is_opened(children: ParseChildren):
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/meta"
        system = rss("<item><title>&x;</title></item>").replace("<rss", f'<!DOCTYPE r SYSTEM "{address}"><rss')
        external = rss("<item><title>&x;</title></item>").replace("<rss", f'<!DOCTYPE r [<!ENTITY x SYSTEM "{address}">]><rss')
        file = rss("<item><title>&x;</title></item>").replace(
            "<rss", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss'
        )
        included = rss('<item><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/></item>')
        bodies = ("/etc/passwd", "file:///etc/passwd", address, system, external, file, included)
        results = [text_of(children, body) for body in bodies]

        with pytest.raises(TimeoutError):
            canary.accept()
    assert not any("root:" in result for result in results)


@pytest.mark.parametrize(
    "attempt",
    ["import socket; socket.create_connection(('127.0.0.1', 9))", "open('/etc/passwd')", "import os; os.system('true')"],
    ids=["connect", "open", "run"],
)
def test_a_child_refuses_to_reach_out(attempt: str):
    script = f"import sys; sys.path.insert(0, {str(Path.cwd())!r}); from monitor.fetch.parse import _shield; _shield()\n{attempt}"

    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False, timeout=60)

    assert "PermissionError: a parse child" in done.stderr


def test_a_child_killed_in_the_middle_of_a_task_is_replaced(fragile: ParseChildren):
    fragile.start()
    os.kill(fragile.pids[0], signal.SIGSTOP)
    with ThreadPoolExecutor(1) as executor:
        waiting = executor.submit(fragile.parse_feed, GOOD)
        os.kill(busy_child(fragile._fast), signal.SIGKILL)
        with pytest.raises(ProviderError, match="the parser died while reading it"):
            waiting.result(timeout=60)

    assert fragile.parse_feed(GOOD).entries


def test_a_child_that_died_between_two_tasks_is_replaced_unseen(fragile: ParseChildren):
    fragile.parse_feed(GOOD)
    victim = fragile.pids[0]
    os.kill(victim, signal.SIGKILL)
    os.waitid(os.P_PID, victim, os.WEXITED | os.WNOWAIT)

    assert fragile.parse_feed(GOOD).entries
    assert fragile.pids[0] != victim


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("import sys\nwhile True: sys.stdout.buffer.write(b'x' * 65536)", "answers without end"),
        ("import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\2[]'); sys.stdout.flush(); sys.stdin.read()", "no proper answer"),
        ("import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\2[]more'); sys.stdout.flush(); sys.stdin.read()", "without end"),
        ("import os; os.close(0); os.close(1)\nwhile True: pass", "closed its pipe|takes too long"),
        ("import sys; sys.stdin.read()", "takes too long"),
        ("pass", "died while reading it"),
    ],
    ids=["endless", "no object", "more than one answer", "closes its pipes", "silent", "ends at once"],
)
def test_a_child_that_misbehaves_gives_an_error(script: str, fault: str):
    big = answer(b"x" * 2_000_000)
    pool = ParseChildren(
        count=1, clock=FakeClock(), log=FakeLog(), limits=Limits(wall=1.0), command_line=[sys.executable, "-I", "-c", script]
    )
    try:
        with pytest.raises(ProviderError, match=fault):
            pool.parse_feed(big)
    finally:
        pool.close()


def test_a_task_beyond_its_memory_is_refused_and_the_next_one_is_read():
    pool = ParseChildren(
        count=1, clock=FakeClock(), log=FakeLog(), limits=Limits(memory=160 * 1024 * 1024, page_cpu=30, wall=60.0)
    )
    try:
        with pytest.raises(ProviderError, match=r"memory|died"):
            pool.page_text(answer("<b>x</b>" * 1_500_000, "text/html"))
        feed = pool.parse_feed(GOOD)
    finally:
        pool.close()

    assert feed.entries


def test_a_child_is_replaced_after_its_tasks():
    pool = ParseChildren(count=1, clock=FakeClock(), log=FakeLog(), limits=Limits(tasks=2))
    try:
        pids = []
        for _ in range(3):
            pool.start()
            pids += pool.pids
            pool.parse_feed(GOOD)
    finally:
        pool.close()

    assert pids[0] == pids[1] != pids[2]


def test_a_swollen_child_is_replaced():
    pool = ParseChildren(count=1, clock=FakeClock(), log=FakeLog(), limits=Limits(resident=1))
    try:
        pool.parse_feed(GOOD)

        assert pool.pids == ()
    finally:
        pool.close()


def test_many_threads_share_two_children(children: ParseChildren):
    bodies = [answer(rss(f"<item><title>Nummer {number}</title></item>")) for number in range(60)]

    with ThreadPoolExecutor(8) as executor:
        feeds = list(executor.map(children.parse_feed, bodies))

    assert [feed.entries[0].title for feed in feeds] == [f"Nummer {number}" for number in range(60)]
    assert len(children.pids) <= 3


def test_closing_ends_every_child_and_leaks_no_descriptor():
    before = len(list(Path("/proc/self/fd").iterdir()))
    pool = ParseChildren(count=2, clock=FakeClock(), log=FakeLog())
    pool.start()
    pids = pool.pids
    pool.parse_feed(GOOD)
    pool.close()
    pool.close()

    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert [Path(f"/proc/{pid}").exists() for pid in pids] == [False, False]
    with pytest.raises(ProviderError, match="shut down"):
        pool.parse_feed(GOOD)


def test_closing_frees_whoever_waits_for_an_answer():
    pool = ParseChildren(count=1, clock=FakeClock(), log=FakeLog(), command_line=[sys.executable, "-I", "-c", "input()"])
    pool.start()
    errors: list[str] = []

    def ask() -> None:
        try:
            pool.parse_feed(GOOD)
        except ProviderError as error:
            errors.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    pool.close()
    for thread in threads:
        thread.join(timeout=30)

    assert len(errors) == 3


def test_children_end_with_their_parent():
    """The parent is killed; its child sees the end of its input and goes."""
    with subprocess.Popen(command(512 * 1024 * 1024), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env={}) as child:
        assert child.stdin is not None
        child.stdin.close()

        assert child.wait(timeout=60) == 0


def test_a_child_is_found_wherever_the_daemon_was_started(tmp_path: Path):
    pool = ParseChildren(count=1, clock=FakeClock(), log=FakeLog())
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        (tmp_path / "json.py").write_text("raise SystemExit('not the real json')", encoding="utf-8")
        feed = pool.parse_feed(GOOD)
    finally:
        os.chdir(here)
        pool.close()

    assert feed.entries


def test_a_fresh_child_is_small(fragile: ParseChildren):
    fragile.parse_feed(GOOD)

    pages = int(Path(f"/proc/{fragile.pids[0]}/statm").read_text(encoding="ascii").split()[1])
    assert pages * os.sysconf("SC_PAGE_SIZE") < 50 * 1024 * 1024


def busy_child(lane: _Lane) -> int:
    """Wait until the lane's child has its task, and return its pid."""
    while (child := lane.seats[0].child) is None or not child.tasks:
        os.sched_yield()
    return child.pid


def outcome(pool: ParseChildren, body: object) -> str:
    try:
        pool.parse_feed(body)  # type: ignore[arg-type]
    except ProviderError as error:
        return str(error)
    return "read"


def outcome_of_page(pool: ParseChildren) -> str:
    try:
        pool.page_text(NESTED_PAGE)
    except ProviderError as error:
        return str(error)
    return "read"


def text_of(pool: ParseChildren, body: str) -> str:
    try:
        return repr(pool.parse_feed(answer(body)))
    except ProviderError as error:
        return str(error)
