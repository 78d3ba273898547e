"""What every command has in common: help, exit codes, streams, signals."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from monitor.cli import COMMANDS, Command
from monitor.cli.output import Output
from monitor.cli.running import InputError, run_command
from monitor.ports import (
    AddressInUse,
    AlreadyRunning,
    ConfigError,
    NaamwachtError,
    PluginError,
    Problem,
    ProviderError,
    StorageError,
)
from tests.cli.running import HERE, command, process, run, surroundings

EXAMPLE = Command("example", "nowhere", "an example")


class Failing:
    """A command that ends as it is told."""

    def __init__(self, end: BaseException | int) -> None:
        self._end = end

    def add_arguments(self, parser: ArgumentParser) -> None:
        pass

    def run(self, arguments: Namespace, out: Output) -> int:
        if isinstance(self._end, int):
            return self._end
        raise self._end


def test_help_names_every_command_and_every_exit_code():
    ran = run("--help")

    assert ran.code == 0
    assert [line.split()[0] for line in ran.lines if line.startswith("  ") and line[2].isalpha()] == [
        each.name for each in COMMANDS
    ]
    assert {"0", "1", "2", "3", "4", "5", "6", "70", "130"} <= set(ran.out.split())


def test_no_word_at_all_shows_the_help():
    assert run().out == run("--help").out


def test_help_loads_nothing_but_the_table_of_commands():
    script = "import sys; from monitor.cli import main; main(['--help']); print(sorted({n.split('.')[0] for n in sys.modules}))"

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=HERE, check=True)

    loaded = ran.stdout.splitlines()[-1]
    assert not [heavy for heavy in ("pydantic", "sqlalchemy", "rich", "httpx", "fastapi", "yaml") if f"'{heavy}'" in loaded]


@pytest.mark.parametrize("name", [each.name for each in COMMANDS])
def test_every_command_explains_itself(name: str):
    ran = run(name, "--help")

    assert ran.code == 0
    assert ran.out.startswith(f"usage: naamwacht {name} ")
    assert len(ran.out) > 200


@pytest.mark.parametrize("action", ["import", "list", "show", "export", "retire", "restore"])
def test_every_action_on_people_explains_itself(action: str):
    ran = run("people", action, "--help")

    assert ran.code == 0
    assert "--config FILE" in ran.out


def test_an_unknown_command_is_wrong_usage_and_the_likely_one_is_named():
    ran = run("peopel")

    assert ran.code == 2
    assert "did you mean people?" in ran.err


def test_an_unknown_option_is_wrong_usage():
    ran = run("mentions", "--colour")

    assert ran.code == 2
    assert "unrecognized arguments: --colour" in ran.err


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_is_a_count(limit: str):
    ran = run("mentions", "--limit", limit)

    assert ran.code == 2
    assert "give a whole number, 1 or more" in ran.err


def test_the_version_is_shown():
    assert run("--version").out.strip().count(".") == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NaamwachtError("x"), 1),
        (InputError("x"), 2),
        (ProviderError("x"), 2),
        (AlreadyRunning("x"), 3),
        (ConfigError([Problem("a", "b", "c")]), 4),
        (PluginError("x"), 4),
        (StorageError("x"), 5),
        (OSError(errno.ENOSPC, "No space left on device"), 5),
        (AddressInUse("x"), 6),
        (RuntimeError("x"), 70),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 0),
        (1, 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_every_kind_of_end_has_its_exit_code(error: BaseException | int, code: int, capsys: pytest.CaptureFixture[str]):
    assert run_command(EXAMPLE, lambda: Failing(error), []) == code


def test_a_fault_of_ours_is_told_by_its_kind_and_place_and_never_by_its_words(capsys: pytest.CaptureFixture[str]):
    run_command(EXAMPLE, lambda: Failing(ValueError("Sanne van der Molen")), [])

    said = capsys.readouterr().err
    assert "ValueError in tests.cli.test_running:" in said
    assert "Molen" not in said
    assert "Traceback" not in said


def test_every_fault_of_a_configuration_is_told_at_once(capsys: pytest.CaptureFixture[str]):
    run_command(EXAMPLE, lambda: Failing(ConfigError([Problem("a", "is bad", "mend it"), Problem("b", "is missing")])), [])

    assert capsys.readouterr().err == "a: is bad (mend it)\nb: is missing\n"


def test_a_missing_configuration_is_named_with_its_remedy(tmp_path: Path):
    ran = run("mentions", "--config", tmp_path / "none.yaml")

    assert ran.code == 4
    assert "none.yaml: cannot be read: No such file or directory (run `naamwacht init` to make one)" in ran.err


def test_a_mistyped_database_is_named_and_none_is_made(config: Path):
    ran = run("people", "list", "--config", config)

    assert ran.code == 5
    assert "there is no database" in ran.err
    assert not (config.parent / "data").exists()


# ------------------------------------------------------------------------------------------- streams and signals


ADDRESS = b"https://example.org/a\n"


def test_whoever_reads_no_further_ends_a_command_quietly():
    running = subprocess.Popen(
        command("url"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings()
    )
    assert running.stdout is not None
    running.stdout.close()
    running.stdout = None

    _, said = running.communicate(ADDRESS, timeout=20)

    assert (running.returncode, said) == (0, b"")


def test_a_closed_stdout_is_no_fault():
    ended = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *command("url")], input=ADDRESS, capture_output=True, env=surroundings(), check=False
    )

    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["url"], ["--help"]], ids=" ".join)
def test_a_full_disk_is_said_once(words: list[str]):
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command(*words), input=ADDRESS, stdout=full, stderr=subprocess.PIPE, env=surroundings(), check=False
        )

    assert ended.returncode == 5
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr


def test_ctrl_c_ends_a_command_that_waits(people: Path):
    running = subprocess.Popen(
        command("match", "--people", people),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(b'{"id":1,"text":"Sanne van der Molen"}\n')
    running.stdin.flush()
    answered = running.stdout.readline()

    running.send_signal(signal.SIGINT)

    _, said = running.communicate(timeout=20)
    assert answered.startswith(b'{"id":1,"person":"p1"')
    assert (running.returncode, said) == (130, b"")


def test_ctrl_c_ends_a_check_whose_source_does_not_answer(config: Path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        feed = f'{{name: a, provider: rss, settings: {{url: "http://127.0.0.1:{port}/"}}}}'
        more = f'sources: [{feed}]\nnetwork: {{internal: ["127.0.0.1:{port}"]}}\n'
        config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
        running = subprocess.Popen(
            command("check", "--config", config), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings()
        )
        asked, _ = silent.accept()

        running.send_signal(signal.SIGINT)

        _, said = running.communicate(timeout=15)
        asked.close()
    assert (running.returncode, said) == (130, b"")


def test_a_terminal_with_few_signs_loses_none_of_them(config: Path):
    (config.parent / "p.csv").write_text("external_id,given_names,surname\np1,Özlem,Çelikbaş\n", encoding="utf-8")
    run("people", "import", config.parent / "p.csv", "--config", config)

    ran = process("people", "list", "--reveal", "test", "--config", config, PYTHONIOENCODING="ascii")

    assert (ran.code, ran.err) == (0, "")
    assert "\\xd6zlem \\xc7elikba\\u015f" in ran.out
