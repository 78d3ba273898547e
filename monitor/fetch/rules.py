"""What the gate is allowed and how much it takes: values from the configuration, and the pure questions about them."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from monitor.fetch.addresses import Pair, checked_host
from monitor.ports import ConfigError, Problem, RefusedAddress

FEED_BYTES = 10 * 1024 * 1024
PAGE_BYTES = 25 * 1024 * 1024

_PROXY = re.compile(r"http://(?:([^:@/?#\s]+)(?::([^@/?#\s]*))?@)?(\[[0-9A-Fa-f:.]+\]|[^:@/?#\s\[\]]+):([0-9]{1,5})/?")


class Trust(StrEnum):
    """On whose word an address is fetched."""

    WEB = "web"
    """Whatever was found or configured: public addresses only."""

    OPERATOR = "operator"
    """The same, and the operator's own host:port pairs as the first hop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRules:
    """The section `network` of the configuration, and the caps. `internal` holds the notifiers' addresses as well."""

    internal: frozenset[Pair] = frozenset()
    proxy: str = ""
    no_proxy: tuple[str, ...] = ()
    ca_file: Path | None = None
    user_agent: str = "Mozilla/5.0 (compatible; Naamwacht)"
    accept_language: str = "nl,en;q=0.8"
    wall: timedelta = timedelta(seconds=60)
    connect: timedelta = timedelta(seconds=10)
    read: timedelta = timedelta(seconds=20)
    lookup: timedelta = timedelta(seconds=10)
    ratio: int = 100
    most_headers: int = 200
    most_redirects: int = 5

    def __post_init__(self) -> None:
        # Pairs come as people write hosts; addresses are compared in their one spelling.
        spelled = frozenset((host.lower().strip("[]").removesuffix("."), port) for host, port in self.internal)
        object.__setattr__(self, "internal", spelled)


@dataclass(frozen=True, slots=True)
class Proxy:
    """The outgoing proxy, and what it wants to know of us."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def parse_proxy(proxy: str) -> Proxy | None:
    """Return the proxy of the configuration, or None where there is none. Raises `ConfigError`."""
    if not proxy:
        return None
    found = _PROXY.fullmatch(proxy)
    if found is None or not 0 < int(found[4]) < 65_536:
        raise ConfigError([_proxy_problem("not of the form http://host:port")])
    try:
        return Proxy(checked_host(found[3]), int(found[4]), found[1] or "", found[2] or "")
    except RefusedAddress as error:
        raise ConfigError([_proxy_problem(str(error))]) from error


def _proxy_problem(fault: str) -> Problem:
    return Problem(
        "network.proxy", fault, "write it as http://proxy.example.org:3128 or http://user:password@proxy.example.org:3128"
    )


def goes_direct(pair: Pair, no_proxy: tuple[str, ...]) -> bool:
    """Tell whether `no_proxy` names *pair*: a host, `host:port`, a domain with all below it, an IP, a network, or `*`."""
    return any(_covers(entry.strip().lower(), pair) for entry in no_proxy)


def _covers(entry: str, pair: Pair) -> bool:
    host, port = pair
    if entry == "*" or entry in {host, f"{host}:{port}", f"[{host}]", f"[{host}]:{port}"}:
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        domain = entry.removeprefix("*").removeprefix(".")
        return bool(domain) and host.endswith("." + domain)
