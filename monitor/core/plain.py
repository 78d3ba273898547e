"""Make text from outside harmless to show: no control character, no false direction, no address that looks like another.

For showing only. What is matched is folded in `text`, what identifies a page is made in `urls`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote, urlsplit

_DIRECTIONS: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FIRST_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"

_LINE_ENDS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE: Final = re.compile(
    f"[{_DIRECTIONS}\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Lone surrogates cannot be written in UTF-8 at all; non-characters are refused by some XML and mail readers.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARK: Final = "\ufffd"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_WEB_ADDRESS: Final = re.compile(r"https?://[^/?#]")
_SAFE_IN_ADDRESS: Final = "%/:?#[]@!$&'()*+,;=~-._"


def visible(text: str) -> str:
    """Return *text* with its line breaks as `LF`, invisible directions dropped, and a mark for every control character."""
    return _UNPRINTABLE.sub(_MARK, _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str, *, at_most: int = 300) -> str:
    """Return *text* as one line without a control character, cut at *at_most* characters."""
    line = " ".join(visible(text).split())
    return line if len(line) <= at_most else line[: at_most - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Keep right-to-left writing in *text* from turning the words around it. Other text stays as it is."""
    if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text):
        return f"{_FIRST_ISOLATE}{text}{_POP_ISOLATE}"
    return text


def shown_address(address: str) -> str:
    """Return a web address as it may be shown and copied: one line of ASCII, the host in punycode.

    What has no host is shown in ASCII too, and is no web address.
    """
    line = one_line(address, at_most=2000)
    try:
        parts = urlsplit(line)
        port = f":{parts.port}" if parts.port is not None else ""
        host = parts.hostname or ""
    except ValueError:
        return quote(line, safe=_SAFE_IN_ADDRESS)
    if not host:
        return quote(line, safe=_SAFE_IN_ADDRESS)
    shown_host = f"[{host}]" if ":" in host else ".".join(_punycode(label) for label in host.split("."))
    # Whatever stands before an @ is there to look like a host; it is no part of where the address leads.
    rest = parts._replace(scheme="", netloc="").geturl()
    return f"{parts.scheme}://{shown_host}{port}{quote(rest, safe=_SAFE_IN_ADDRESS)}"


def is_web_address(address: str) -> bool:
    """Tell whether *address* may be made a link."""
    return _WEB_ADDRESS.match(address) is not None


def _punycode(label: str) -> str:
    # Not the codec "idna": it refuses labels that browsers take, and shows "ß" as "ss", which is another host.
    folded = unicodedata.normalize("NFKC", label).lower()
    ascii_label = folded if folded.isascii() else "xn--" + folded.encode("punycode", "replace").decode("ascii")
    return quote(ascii_label, safe="-_")
