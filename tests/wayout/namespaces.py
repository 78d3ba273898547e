"""Network namespaces: how a program gets one of its own, and what the kernel counted in it.

They live as long as the programs in them, so nothing is left behind. None ever gets a route out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 100.0
_MODULE = "tests.wayout"


def alone(*command: str | Path) -> list[str]:
    """Return the command in network, mount and (where we are not root) user namespaces of its own, under the same process id."""
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *as_root, "--net", "--mount", "--", *map(str, command)]


def program(name: str, folder: Path) -> list[str]:
    """Return the command that runs a program of this folder, alone."""
    return alone(sys.executable, "-m", f"{_MODULE}.{name}", folder)


def why_impossible() -> str:
    """Return why this machine gives no namespaces, nothing where it does."""
    missing = [tool for tool in ("unshare", "ip", "mount") if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    tried = subprocess.run(alone("ip", "link", "add", "nw0", "type", "veth"), capture_output=True, text=True, check=False)
    return tried.stderr.strip()


def play(name: str, folder: Path) -> dict[str, Any]:  # Any: the report of the program, as JSON
    """Run a program of this folder alone, and return its report."""
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(program(name, folder), cwd=ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log)
        try:
            code = running.wait(PATIENCE)
        finally:
            end(running)
    written = folder / "report.json"
    assert code == 0, f"{name} ended with {code}:\n{(folder / 'log').read_text('utf-8', 'replace')[-6000:]}"
    assert written.exists(), f"{name} wrote no report"
    report: dict[str, Any] = json.loads(written.read_text("utf-8"))
    return report


def write_report(folder: Path, report: object) -> None:
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")


def end(running: subprocess.Popen[bytes], *, within: float = 12.0) -> None:
    """End a process of ours and whatever hangs on its input."""
    if running.stdin is not None:
        running.stdin.close()
    running.terminate()
    try:
        running.wait(within)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
    if running.stdout is not None:
        running.stdout.close()


# ------------------------------------------------------------------------------------------- inside a namespace


def ip(*arguments: str) -> str:
    return subprocess.run(["ip", *arguments], capture_output=True, text=True, check=True).stdout


def add_addresses(*addresses: str) -> None:
    """Wake the loopback interface and give it these addresses: what is sent to them never leaves the machine."""
    ip("link", "set", "lo", "up")
    for address in addresses:
        ip("address", "add", address, "dev", "lo")


def has_route_out() -> bool:
    return bool(ip("-4", "route", "show", "default") + ip("-6", "route", "show", "default"))


def set_resolver(folder: Path, resolver: str = "") -> None:
    """Let names be looked up at *resolver* only; without one they are not looked up anywhere, and no file knows them."""
    for name, content in (("resolv.conf", resolver), ("hosts", "")):
        (folder / name).write_text(content, encoding="ascii")
        subprocess.run(["mount", "--bind", folder / name, f"/etc/{name}"], check=True)


@dataclass(frozen=True)
class Counted:
    """What the kernel counted in this namespace, over all processes: nothing that is tried escapes it."""

    connections: int
    datagrams: int
    no_route: int

    @classmethod
    def now(cls) -> Counted:
        lines = [line.split() for line in Path("/proc/net/snmp").read_text("ascii").splitlines()]
        four = {f"{names[0]}{name}": int(value) for names, values in zip(lines[::2], lines[1::2], strict=True) for name, value in zip(names[1:], values[1:], strict=True)}  # fmt: skip
        six = dict(line.split() for line in Path("/proc/net/snmp6").read_text("ascii").splitlines())
        return cls(
            connections=four["Tcp:ActiveOpens"],
            datagrams=four["Udp:OutDatagrams"] + int(six["Udp6OutDatagrams"]),
            no_route=four["Ip:OutNoRoutes"] + int(six["Ip6OutNoRoutes"]),
        )
