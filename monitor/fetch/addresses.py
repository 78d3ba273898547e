"""Decide what may be connected to: how an address must be spelled, and which IPs are public. Pure: looks nothing up.

Everything not known to be public is refused. Which addresses are one *Page* is `monitor.core.urls`; who connects, and
when an exception holds (the operator's own pairs), is `monitor.fetch.gate`.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from monitor.core.urls import ascii_host
from monitor.ports import RefusedAddress

LONGEST = 8_192
PORTS = {"http": 80, "https": 443}

Pair = tuple[str, int]
"""A host as it stands in addresses (lower case, no brackets) and a port."""

_ADDRESS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPABLE = "!$&'()*+,;=:@/?%~[]|"

_NOT_PUBLIC_4 = {
    ipaddress.IPv4Network(network): why
    for network, why in {
        "0.0.0.0/8": "this host",
        "10.0.0.0/8": "private",
        "100.64.0.0/10": "carrier-grade NAT",  # also the metadata service 100.100.100.200
        "127.0.0.0/8": "loopback",
        "168.63.129.16/32": "cloud metadata",
        "169.254.0.0/16": "link-local",
        "172.16.0.0/12": "private",
        "192.0.0.0/24": "protocol assignments",  # also the metadata service 192.0.0.192
        "192.0.2.0/24": "documentation",
        "192.31.196.0/24": "AS112",
        "192.52.193.0/24": "multicast tunnels",
        "192.88.99.0/24": "6to4 relay",
        "192.168.0.0/16": "private",
        "192.175.48.0/24": "AS112",
        "198.18.0.0/15": "benchmarking",
        "198.51.100.0/24": "documentation",
        "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved",
    }.items()
}
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = {
    ipaddress.IPv6Network(network): why
    for network, why in {
        "::/128": "this host",
        "::1/128": "loopback",
        "::ffff:0:0/96": "IPv4-mapped",
        "::/96": "IPv4-compatible",
        "64:ff9b::/96": "NAT64",
        "64:ff9b:1::/48": "NAT64",
        "100::/64": "discard",
        "2001::/23": "protocol assignments",  # Teredo, ORCHID, benchmarking, AMT
        "2001:db8::/32": "documentation",
        "2002::/16": "6to4",
        "2620:4f:8000::/48": "AS112",
        "3fff::/20": "documentation",
        "5f00::/16": "segment routing",
        "fc00::/7": "private",
        "fe80::/10": "link-local",
        "fec0::/10": "site-local",
        "ff00::/8": "multicast",
    }.items()
}

_INTERNAL_SUFFIXES = (
    "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa", "arpa", "onion",
)  # fmt: skip
_METADATA_NAMES = frozenset({"metadata.goog", "metadata.azure.com", "metadata.platformequinix.com", "metadata.packet.net"})


@dataclass(frozen=True, slots=True)
class Address:
    """An http address that is spelled in the one way the gate uses: what was checked is what is asked."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def pair(self) -> Pair:
        return self.host, self.port

    @property
    def authority(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def parse_address(address: str) -> Address:
    """Return *address* checked and in one spelling. Raises `RefusedAddress`, whose text never quotes a path or query."""
    text = address.strip(" \t\r\n")
    if len(text) > LONGEST:
        raise RefusedAddress("the address is too long")
    if _CONTROL.search(text):
        raise RefusedAddress("the address holds control characters")
    if "\\" in text:
        raise RefusedAddress("the address holds a backslash, which readers understand differently")
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise RefusedAddress("only http:// and https:// addresses are fetched")
    scheme = found[1].lower()
    host, port = _host_and_port(found[2])
    path = quote(found[3] or "/", safe=_ESCAPABLE) + quote(found[4] or "", safe=_ESCAPABLE)
    return Address(scheme, host, PORTS[scheme] if port is None else port, path)


def joined(base: Address, location: str) -> Address:
    """Return where *location*, found in a redirect of *base*, leads. Raises `RefusedAddress`."""
    if _CONTROL.search(location) or "\\" in location:
        raise RefusedAddress(f"{base.host} redirects to an address with control characters or backslashes")
    # What names a scheme stands for itself: a join would read "http:x" and "http:///x" as parts of this site.
    if _SCHEME.match(location):
        return parse_address(location)
    if location.startswith("///"):
        raise RefusedAddress(f"{base.host} redirects to an address without a host")
    try:
        return parse_address(urljoin(str(base), location))
    except ValueError as error:
        raise RefusedAddress(f"{base.host} redirects to what is no address") from error


def _host_and_port(authority: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise RefusedAddress("the address holds a user name or password")
    found = _HOST_AND_PORT.fullmatch(authority)
    if found is None:
        raise RefusedAddress("the address names no host that can be read in one way only")
    port = int(found[2]) if found[2] else None
    if port is not None and not 0 < port < 65_536:
        raise RefusedAddress("the address names no possible port")
    return checked_host(found[1]), port


def checked_host(host: str) -> str:
    """Return a host name or literal IP in its one spelling; refuse every other. IPv6 comes without brackets."""
    if host.startswith("[") or ":" in host:
        try:
            return ipaddress.IPv6Address(host.strip("[]")).compressed
        except ValueError as error:
            raise RefusedAddress("the host is not an IPv6 address") from error
    name = _ascii_name(host.removesuffix("."))
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise RefusedAddress("the host is not a name")
    if _NUMBER.fullmatch(labels[-1]) and not is_literal(name):
        raise RefusedAddress("the host is an IP address in an unusual spelling")
    return name


def _ascii_name(host: str) -> str:
    # Full-width digits, circled letters, the ideographic full stop, invisible characters: they turn into another name on
    # the way to the resolver.
    is_disguised = unicodedata.normalize("NFKC", host) != unicodedata.normalize("NFC", host)
    if is_disguised or "%" in host or "\u3002" in host or any(unicodedata.category(sign) == "Cf" for sign in host):
        raise RefusedAddress("the host is written with characters that stand for others")
    return ascii_host(host) if not host.isascii() else host.lower()


def is_literal(host: str) -> bool:
    """Tell whether *host* is an IP address rather than a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def why_not_public(ip: str) -> str:
    """Return what makes *ip* an address that a fetch must not reach, or an empty string where it is public."""
    try:
        found = ipaddress.ip_address(ip)
    except ValueError:
        return "no IP address"
    if isinstance(found, ipaddress.IPv4Address):
        why = next((why for network, why in _NOT_PUBLIC_4.items() if found in network), "")
    else:
        why = next((why for network, why in _NOT_PUBLIC_6.items() if found in network), "")
        why = why or ("" if found in _GLOBAL_6 and found.scope_id is None else "not allotted")
    # Python's own table is a second opinion: it may know a block that ours does not.
    return why or ("" if found.is_global else "not global")


def is_internal_name(host: str) -> bool:
    """Tell whether a host name can only be meant for an inner network: one label, or a suffix nobody can register."""
    if host in _METADATA_NAMES or "." not in host:
        return True
    return any(host.endswith("." + suffix) for suffix in _INTERNAL_SUFFIXES)
