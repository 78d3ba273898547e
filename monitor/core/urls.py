"""Decide which addresses are one Page. Pure: no look-up, no redirect followed, nothing raised on any text.

The canonical key is an identity, not something to fetch: `https` stands for both schemes, and `www.`, mobile hosts,
trackers, sessions and most fragments are gone. A false merge hides a mention and is graver than a missed one: a rule
stands here only where it cannot join two documents. Which addresses may be *fetched* is `monitor.fetch.addresses`.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from monitor.core import trackers

RULES_VERSION = 1
"""Raised with every change of a rule or table; stored beside each key."""

LONGEST = 8_192
"""Longer addresses are data in disguise; they give no key."""

LONGEST_HOST = 253

_BLANKS = "".join(map(chr, range(33))) + "\u00a0\u200b\u3000\ufeff"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_AUTHORITY = re.compile(r"([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_PORT = re.compile(r":([0-9]*)$")
_SCHEMELESS_HOST = re.compile(r"[^@\s:]+\.(?:[a-z]{2,24}|xn--[a-z0-9-]+)", re.IGNORECASE)
_FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^`{|}\"\ufffd]")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_WWW = re.compile(r"www[0-9]{0,2}\.")
_MOBILE = re.compile(r"(?:m|mobile|mobiel|amp)\.")
_LANGUAGE_MOBILE = re.compile(r"([a-z]{2,3}\.)(?:m|mobile)\.(.+)")
_INDEX = re.compile(r"(?:index\.(?:html?|xhtml|shtml|php[345]?|aspx?|jsp|cfm|cgi|pl)|default\.(?:html?|aspx?))", re.IGNORECASE)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^;]*", re.IGNORECASE)
_PATH_OF_SESSION = re.compile(r"\((?:[SAF]\([a-z0-9]{20,}\))+\)", re.IGNORECASE)
_HEX_SESSION = re.compile(r"[0-9a-fA-F]{32}")
_ROUTE = re.compile(r"!?/?[^/!].*", re.DOTALL)
_ENTRY_ANCHOR = re.compile(r"[A-Za-z][A-Za-z_-]*[0-9]+|[0-9]{3,}")
_ESCAPED_AMPERSAND = re.compile(r"&#0?38;")
_LEFT_OF_AMPERSAND = re.compile(r"(?:amp;)+", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?<=[^.])(?:\.amp)+(\.html?)?$", re.IGNORECASE)
_AMP_VIEWER = re.compile(r"/(?:amp|[aciv])/(s/)?([^/]+\..*)", re.DOTALL)
_YAHOO_TARGET = re.compile(r"/RU=([^/]+)")
_KEPT_ESCAPE = re.compile(rb"(%[0-9A-F]{2})")
_VIDEO = re.compile(r"/(?:embed/|v/|shorts/|live/)?([A-Za-z0-9_-]{11})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@")
_IN_PATH = _UNRESERVED | frozenset(b"&=+")
_KEPT_ENCODED_IN_PATH = frozenset(b"/?#")
_KEPT_ENCODED_IN_QUERY = frozenset(b"&=+#")
_HEX = frozenset(b"0123456789abcdefABCDEF")
_PERCENT = 0x25


@dataclass(frozen=True, slots=True)
class _Parts:
    """An address taken apart; host and port are canonical, the rest is as it was written."""

    host: str
    port: str
    path: str
    query: str
    fragment: str


def canonical_key(address: str) -> str:
    """Return the identity of the Page at *address*, or an empty string where it is not usable. Idempotent."""
    key = _key(unwrapped(address))
    # A key may itself be a redirect link (its host was spelled differently before). Each turn takes one wrapper off,
    # so this ends.
    while key and (inner := unwrapped(key)) != key:
        key = _key(inner)
    return key


def site_of(address: str) -> str:
    """Return the host of *address* in its canonical form: lower case, punycode, without `www.` or `m.`; or nothing."""
    parts = _split(address)
    return _site(parts.host) if parts else ""


def unwrapped(address: str) -> str:
    """Return where a known redirect link leads, ready to be fetched; any other address as it is."""
    current = address
    while inner := _inner(current):
        current = inner
    return current


def ascii_host(host: str) -> str:
    """Return *host* in lower case and punycode, or an empty string where it cannot be one."""
    folded = (
        unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower()).replace("\u3002", ".").replace("\u00ad", "")
    )
    if len(folded) > LONGEST_HOST or _FORBIDDEN_IN_HOST.search(folded):
        return ""
    labels = [label for label in folded.split(".") if label]
    try:
        return ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in labels)
    except UnicodeError:
        return ""


def _inner(address: str) -> str:
    """Return the address that a redirect link carries, or nothing. Always shorter than *address*."""
    parts = _split(address)
    if parts is None:
        return ""
    site = _site(parts.host)
    path = parts.path.rstrip("/").lower()
    targets = [_amp_target(site, parts), _yahoo_target(site, parts.path)]
    for host, known_path, names in trackers.REDIRECTS:
        if (_is_below(site, host) or _is_company(site, host)) and known_path in {"", path}:
            targets.extend(_carried(parts.query, names))
    for target in targets:
        whole = f"https://{site}{target}" if site == "youtube.com" and target.startswith("/") else target
        if whole.lower().startswith(("http://", "https://")) and len(whole) < len(address) and _split(whole):
            return whole
    return ""


def _carried(query: str, names: tuple[str, ...]) -> list[str]:
    pairs = [part.partition("=")[::2] for part in query.split("&")]
    return [unquote(value) for wanted in names for name, value in pairs if name.lower() == wanted]


def _amp_target(site: str, parts: _Parts) -> str:
    is_viewer = site.endswith(".cdn.ampproject.org") or (
        (_is_company(site, "google") or site == "bing.com") and parts.path.startswith("/amp/")
    )
    found = _AMP_VIEWER.fullmatch(parts.path) if is_viewer else None
    if found is None:
        return ""
    return ("https://" if found[1] else "http://") + found[2] + (f"?{parts.query}" if parts.query else "")


def _yahoo_target(site: str, path: str) -> str:
    found = _YAHOO_TARGET.search(path) if site == "r.search.yahoo.com" else None
    return unquote(found[1]) if found else ""


def _is_below(site: str, host: str) -> bool:
    return site == host or site.endswith("." + host)


# ------------------------------------------------------------------------------------------------ taking apart


def _split(address: str) -> _Parts | None:
    """Take an address apart as browsers do, without trusting its shape; None where it is not one of a web page."""
    if len(address) > LONGEST:
        return None
    text = _ESCAPED_AMPERSAND.sub("&", re.sub(r"[\t\r\n]", "", address.strip(_BLANKS)))
    rest = _without_scheme(text)
    parsed = _AUTHORITY.fullmatch(rest) if rest is not None else None
    if parsed is None:
        return None
    authority, path, query, fragment = parsed.groups(default="")
    host_and_port = authority.rpartition("@")[2]
    port = _PORT.search(host_and_port)
    host = _canonical_host(host_and_port[: port.start()] if port else host_and_port)
    number = int(port[1][:9] or 80) if port else 80
    if not host or number > 65_535:
        return None
    return _Parts(host, "" if number in {80, 443} else f":{number}", path, query, fragment)


def _without_scheme(text: str) -> str | None:
    """Return what follows `http://`, or None for what is no web address."""
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() in {"http", "https"}:
        return _slashed(scheme[2].lstrip("/\\"))
    if text[:2].replace("\\", "/") == "//":
        return _slashed(text.lstrip("/\\"))
    slashed = _slashed(text)
    authority = re.split(r"[/?#]", slashed, maxsplit=1)[0]
    host = _PORT.sub("", authority).rstrip(".")
    return slashed if _SCHEMELESS_HOST.fullmatch(host) else None


def _slashed(rest: str) -> str:
    """Turn the backslashes before query and fragment into slashes, as browsers do."""
    end = min((at for mark in "?#" if (at := rest.find(mark)) >= 0), default=len(rest))
    return rest[:end].replace("\\", "/") + rest[end:]


def _canonical_host(host: str) -> str:
    if host.startswith("["):
        return _ipv6(host)
    # Decoding once: a host written with escapes is read so by browsers.
    name = ascii_host(unquote(host, errors="replace") if "%" in host else host)
    last = name.rpartition(".")[2]
    return _ipv4(name) if _NUMBER.fullmatch(last) else name


def _ipv6(host: str) -> str:
    try:
        found = ipaddress.IPv6Address(host[1:-1].partition("%")[0] if host.endswith("]") else "")
    except ValueError:
        return ""
    return f"[{found.compressed}]"


def _ipv4(host: str) -> str:
    """Return the dotted form of any spelling that a resolver takes: one to four parts, decimal, octal or hexadecimal."""
    parts = host.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) and len(part) < 16 for part in parts):
        return ""
    try:
        numbers = [
            int(part[2:] or "0", 16) if part.startswith("0x") else int(part, 8 if part[0] == "0" else 10) for part in parts
        ]
    except ValueError:
        return ""
    *heads, tail = numbers
    if any(head > 255 for head in heads) or tail >= 256 ** (5 - len(parts)):
        return ""
    return str(ipaddress.IPv4Address(sum(head << (24 - 8 * place) for place, head in enumerate(heads)) + tail))


# ------------------------------------------------------------------------------------------------ putting together


def _key(address: str) -> str:
    parts = _split(address)
    if parts is None:
        return ""
    site = _site(parts.host)
    pairs = _parameters(parts.query, site)
    path = _path(parts.path)
    site, path, pairs = _same_document(site, path, pairs)
    query = "&".join(f"{name}={value}" if value else name for name, value in pairs)
    fragment = _fragment(parts.fragment)
    return f"https://{site}{parts.port}{path or '/'}" + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _site(host: str) -> str:
    """Take `www.`, mobile and AMP labels off, as long as a registered name remains."""
    while (shorter := _shorter(host)) != host:
        host = shorter
    return trackers.SAME_SITE.get(host, host)


def _shorter(host: str) -> str:
    if host.startswith("["):
        return host
    found = _WWW.match(host) or _MOBILE.match(host)
    rest = host[found.end() :] if found else ""
    if not found and (language := _LANGUAGE_MOBILE.fullmatch(host)):
        rest = language[1] + language[2]
    labels = rest.split(".")
    is_registered = len(labels) > 2 or (len(labels) == 2 and labels[0] not in trackers.PUBLIC_SECOND_LEVELS)
    # What is left of www.1.2.3.4 would be an address by number: another thing altogether.
    return rest if is_registered and not _NUMBER.fullmatch(labels[-1]) else host


def _path(path: str) -> str:
    """Return a path in normal form: no dot segments, doubled slashes, session, directory index, AMP mark or last slash."""
    segments: list[str] = []
    for raw in path.split("/"):
        segment = _PATH_SESSION.sub("", _normal(raw, _IN_PATH, _KEPT_ENCODED_IN_PATH))
        if segment == "..":
            del segments[-1:]
        elif segment not in {"", "."} and not _PATH_OF_SESSION.fullmatch(segment):
            segments.append(segment)
    while (shorter := _without_last_noise(segments)) != segments:
        segments = shorter
    return "".join("/" + segment for segment in segments)


def _without_last_noise(segments: list[str]) -> list[str]:
    """Take off one directory index or AMP mark at the end of a path."""
    if not segments:
        return segments
    *heads, last = segments
    if _INDEX.fullmatch(last) or (not heads and last.lower() == "index") or (heads and last.lower() == "amp"):
        return heads
    return [*heads, _AMP_SUFFIX.sub(r"\1", last)]


def _parameters(query: str, site: str) -> list[tuple[str, str]]:
    """Return what selects a document, in a fixed order; parameters of one name keep theirs."""
    dropped = _dropped_on(site)
    pairs: list[tuple[str, str]] = []
    for part in query.split("&"):
        raw_name, _, raw_value = part.partition("=")
        name, value = _query_text(raw_name), _query_text(raw_value)
        # A feed that escapes twice writes &amp;utm_source=…
        name = name[found.end() :] if (found := _LEFT_OF_AMPERSAND.match(name)) else name
        if (name or value) and not _is_noise(name.lower(), value, dropped):
            pairs.append((name, value))
    return sorted(pairs, key=lambda pair: pair[0])


def _is_noise(name: str, value: str, dropped: frozenset[str]) -> bool:
    is_tracker = name in trackers.ANYWHERE or name in dropped or name.startswith(trackers.STARTS)
    is_click = len(name) > 4 and name.endswith(trackers.ENDINGS)
    is_session = name in trackers.SESSIONS or name.startswith(trackers.SESSION_STARTS)
    is_hex_session = name in trackers.HEX_SESSIONS and _HEX_SESSION.fullmatch(value) is not None
    return is_tracker or is_click or is_session or is_hex_session or (name, value.lower()) in trackers.AMP


def _dropped_on(site: str) -> frozenset[str]:
    labels = site.split(".")
    known = [".".join(labels[at:]) for at in range(len(labels))]
    known.extend(company for company in trackers.COMPANIES if _is_company(site, company))
    return frozenset().union(*(trackers.ON_SITE[host] for host in known if host in trackers.ON_SITE))


def _is_company(site: str, company: str) -> bool:
    """Tell whether *site* is that company in some country: its name, then one or two labels of a country."""
    labels = site.split(".")
    if company not in trackers.COMPANIES or company not in labels:
        return False
    after = labels[len(labels) - labels[::-1].index(company) :]
    return len(after) == 1 or (len(after) == 2 and after[0] in trackers.PUBLIC_SECOND_LEVELS)


def _fragment(fragment: str) -> str:
    """Keep a fragment only where it selects what is shown: a route (`#!…`, `#/…`), or one entry among several (`#a0706`)."""
    text = _normal(fragment, _IN_PATH | frozenset(b"/?"), frozenset(b"#")).partition(":~:")[0]
    is_route = text[:1] in {"!", "/"} and _ROUTE.fullmatch(text) is not None
    return text if is_route or _ENTRY_ANCHOR.fullmatch(text) else ""


def _same_document(site: str, path: str, pairs: list[tuple[str, str]]) -> tuple[str, str, list[tuple[str, str]]]:
    """Know the few sites that show one document under several shapes of address."""
    if site == "x.com" and re.fullmatch(r"/[^/]+/status/[0-9]+(?:/.*)?", path):
        return site, "/".join(path.split("/")[:4]), []
    if site in {"youtu.be", "youtube.com"}:
        named = [value for name, value in pairs if name == "v"] if path == "/watch" else []
        short = _VIDEO.fullmatch(path) if site == "youtu.be" or path.count("/") == 2 else None
        video = named[0] if named else short[1] if short else ""
        return ("youtube.com", "/watch", [("v", video)]) if video else (site, path, pairs)
    return site, path, pairs


def _query_text(text: str) -> str:
    return _normal(text.replace("+", " "), _UNRESERVED | frozenset(b"/?"), _KEPT_ENCODED_IN_QUERY)


def _normal(text: str, bare: frozenset[int], kept: frozenset[int]) -> str:
    """Return *text* in one spelling: escapes undone where they change nothing, in NFC, and escaped again where needed."""
    parts = _KEPT_ESCAPE.split(_unescaped(text.encode("utf-8", "surrogatepass"), kept))
    return "".join(part.decode("ascii") if at % 2 else _escaped(_composed(part), bare) for at, part in enumerate(parts))


def _unescaped(text: bytes, kept: frozenset[int]) -> bytes:
    """Undo every escape but those of *kept* bytes, also escapes of escapes, in one pass."""
    if b"%" not in text:
        return text
    out = bytearray()
    for byte in text:
        out.append(byte)
        while len(out) > 2 and out[-3] == _PERCENT and out[-2] in _HEX and out[-1] in _HEX:
            value = int(out[-2:], 16)
            out[-3:] = b"%%%02X" % value if value in kept else bytes([value])
            if value in kept:
                break
    return bytes(out)


def _composed(text: bytes) -> bytes:
    # Bytes that are no UTF-8 travel as lone surrogates: they compose with nothing and come back as they were.
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _escaped(text: bytes, bare: frozenset[int]) -> str:
    return "".join(chr(byte) if byte in bare else f"%{byte:02X}" for byte in text)
