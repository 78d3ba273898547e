"""How text in the configuration becomes a value: durations, times of day, time zones, host:port, addresses.

Each parser raises a fault with its remedy. None repeats what was written: it may hold a secret.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, SecretStr, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from monitor.core.addresses import normal_domain, normal_email

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = re.compile(r"(\d{1,9})\s*([wdhms])")
_DURATION = re.compile(rf"({_PART.pattern}\s*)+")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_ENDPOINT = re.compile(r"(?:\[(?P<literal>[0-9a-fA-F:.]+)\]|(?P<host>[^\s:/@\[\]]+)):(?P<port>\d{1,5})")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_WRITTEN_LATER = r"|\$\{"  # in the JSON Schema: or it comes from the environment


def fault(what: str, remedy: str = "") -> PydanticCustomError:
    """Return the error of a validator: what is wrong, and how to mend it."""
    return PydanticCustomError("plain", "{fault}", {"fault": what, "remedy": remedy})


@dataclass(frozen=True, slots=True)
class HostPort:
    """A host and a port, written `host:port` or `[::1]:port`."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def duration(written: object) -> timedelta:
    """Return a duration such as `15m`; several parts add up. Raises a fault."""
    if isinstance(written, timedelta):
        return written
    if not isinstance(written, str) or not _DURATION.fullmatch(written.strip()):
        raise fault("is not a duration", 'write a number with its unit, such as "30s", "15m", "1h" or "1d"')
    try:
        return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in _PART.findall(written)), timedelta())
    except OverflowError as e:
        raise fault("is too long") from e


def _written_duration(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    unit, size = next((unit, size) for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)) if seconds % size == 0)
    return f"{seconds // size}{unit}"


def _cadence(every: timedelta) -> timedelta:
    if every < timedelta(seconds=1):
        raise fault("is too short", "write 1s or more")
    if every > timedelta(days=366):
        raise fault("is too long", "write 366d or less")
    return every


def _time_of_day(written: object) -> time:
    if isinstance(written, time):
        return written
    found = _TIME.fullmatch(written.strip()) if isinstance(written, str) else None
    if not found:
        raise fault("is not a time of day", 'write hours and minutes, such as "07:30"')
    return time(int(found[1]), int(found[2]))


def _zone(written: object) -> ZoneInfo:
    if isinstance(written, ZoneInfo):
        return written
    known = available_timezones()
    if isinstance(written, str) and written in known:
        return ZoneInfo(written)
    likely = difflib.get_close_matches(written, known, n=1) if isinstance(written, str) else []
    raise fault("is not a time zone", f"did you mean {likely[0]}?" if likely else "write one such as Europe/Amsterdam")


def _host_port(written: object) -> HostPort:
    if isinstance(written, HostPort):
        return written
    found = _ENDPOINT.fullmatch(written.strip()) if isinstance(written, str) else None
    host = _host(found["literal"] or found["host"]) if found else ""
    if not found or not host or int(found["port"]) > 65_535:
        raise fault("is not a host and a port", 'write both, such as "127.0.0.1:8080", "searxng:8080" or "[::1]:8080"')
    return HostPort(host, int(found["port"]))


def _host(written: str) -> str:
    """Return a host name or a literal address in lower case, or an empty string where it is neither."""
    try:
        return str(ip_address(written))
    except ValueError:
        host = written.lower()
        is_name = _HOST.fullmatch(host) and not host.rstrip(".").rpartition(".")[2].isdigit()
        return host if is_name else ""


def _host_name(written: str) -> str:
    host = _host(written.strip().strip("[]"))
    if not host:
        raise fault("is not a host name", 'write the name alone, such as "naamwacht.example.org", without a scheme or a port')
    return host


def _with_port(endpoint: HostPort) -> HostPort:
    if endpoint.port == 0:
        raise fault("is not a host and a port", "write the port, from 1 to 65535")
    return endpoint


def _domain(written: str) -> str:
    domain = normal_domain(written.removeprefix("@"))
    if not domain:
        raise fault("is not a domain", "write what stands after the @ in an address, such as example.org")
    return domain


def _recipient(written: str) -> str:
    """Return a recipient; one with an @ inside must be an e-mail address. A chat room (@room) is nobody's business here."""
    if "@" in written.lstrip("@") and not normal_email(written):
        raise fault("is not an e-mail address", "write one bare address, as in desk@example.org")
    return normal_email(written) or written


def _proxy(written: SecretStr) -> SecretStr:
    remedy = 'write its address, such as "http://proxy.example.org:3128"'
    try:
        parts = urlsplit(written.get_secret_value())
        port = parts.port
    except ValueError as e:
        raise fault("is not the address of a proxy", remedy) from e
    if parts.scheme not in ("http", "https") or not parts.hostname or not port or parts.path not in ("", "/") or parts.query:
        raise fault("is not the address of a proxy", remedy)
    return written


def database_address(written: str, resolve: Callable[[str], Path]) -> str:
    """Return the address of a database as SQLAlchemy needs it, a file made absolute by *resolve*."""
    scheme, mark, rest = written.strip().partition("://")
    match scheme.lower():
        case "sqlite" | "sqlite+pysqlite" if mark and rest.startswith("/") and rest not in ("/", "/:memory:") and "?" not in rest:
            return f"sqlite:///{resolve(rest[1:])}"
        case "postgres" | "postgresql" | "postgresql+psycopg" if mark and rest:
            return f"postgresql+psycopg://{rest}"
    raise fault(
        "is not the address of a database",
        "write sqlite:///data/naamwacht.db (a file beside this one), sqlite:////var/lib/naamwacht.db or postgresql://user@host/name",
    )


Duration = Annotated[
    timedelta,
    BeforeValidator(duration),
    PlainSerializer(_written_duration),
    WithJsonSchema({"type": "string", "pattern": rf"^(\d+ *[wdhms] *)+${_WRITTEN_LATER}", "examples": ["15m", "1h", "1d"]}),
]
Cadence = Annotated[Duration, AfterValidator(_cadence)]
TimeOfDay = Annotated[
    time,
    BeforeValidator(_time_of_day),
    PlainSerializer(lambda at: f"{at:%H:%M}"),
    WithJsonSchema({"type": "string", "pattern": rf"^([01]?\d|2[0-3]):[0-5]\d${_WRITTEN_LATER}", "examples": ["07:30"]}),
]
Zone = Annotated[
    ZoneInfo,
    BeforeValidator(_zone),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["Europe/Amsterdam"]}),
]
Bind = Annotated[
    HostPort,
    BeforeValidator(_host_port),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": rf"^\S+:\d+${_WRITTEN_LATER}", "examples": ["127.0.0.1:8080"]}),
]
Endpoint = Annotated[Bind, AfterValidator(_with_port)]
HostName = Annotated[str, AfterValidator(_host_name)]
Domain = Annotated[str, AfterValidator(_domain)]
Recipient = Annotated[str, StringConstraints(strip_whitespace=True, max_length=320), AfterValidator(_recipient)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
HeaderText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")]
ProxyAddress = Annotated[SecretStr, AfterValidator(_proxy)]
