"""Turn bytes from outside into text: which character set is it really?

What a server or a document declares is a hint, never the truth: names die of a wrong guess ("Zoë" becomes "ZoÃ«").
Nothing here knows feeds or pages beyond the place where they declare their character set. Runs in the parse child.
"""

from __future__ import annotations

import codecs
import re

# Longest first: a UTF-32 mark begins with a UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<" and the sign after it look in wide encodings without a mark.
_WIDE = (
    (re.compile(rb"\x00\x00\x00[<{]\x00\x00\x00"), "utf-32-be"),
    (re.compile(rb"[<{]\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00[<{]\x00[^\x00]"), "utf-16-be"),
    (re.compile(rb"[<{]\x00[^\x00]\x00"), "utf-16-le"),
)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,400}?charset\s*=\s*[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096  # bytes; browsers look at 1,024, but real feeds begin with long comments

# What people write and what they mean: the supersets that browsers use (WHATWG Encoding Standard).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a wide encoding was found by its bytes above; declared only, it is a mistake
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
    "utf-32-le": "utf-8",
    "utf-32-be": "utf-8",
}
# These hide everything behind plain ASCII, so that being valid UTF-8 says nothing.
_ESCAPED = re.compile(r"iso2022|hz")
# Only codecs that read text: "base64" or "zlib" are codecs too.
_TEXT_CODEC = re.compile(r"utf-8|cp\d+|iso8859|iso2022|koi8|mac|gb18030|hz|big5|euc|johab|shift|ptcp|tis|kz")
_ASCII = bytes(range(128))
_ENOUGH = 200  # broken bytes after which it is clear what this is
_NEVER = 1 << 62


class _EnoughError(Exception):
    """So many bytes were broken that it is time to decide."""


def decode(content: bytes, content_type: str = "") -> str:
    """Return *content* as text without lone surrogates or a byte order mark. Never raises.

    Order: byte order mark, the look of wide characters, valid UTF-8, the HTTP header and the document's own declaration,
    then UTF-8 in which each broken byte is read as Windows-1252 (a page cut in the middle, two sources pasted together).
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    for look, encoding in _WIDE:
        if look.match(content):
            return content.decode(encoding, "replace")
    candidates = _candidates(content, content_type)
    if any(_ESCAPED.match(candidate) for candidate in candidates):
        return content.decode(candidates[0], "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _decode_broken(content, candidates)


def _candidates(content: bytes, content_type: str) -> list[str]:
    """Return the declared encodings, the likelier first, UTF-8 left out."""
    by_http = _codec(match[1]) if (match := _HTTP_CHARSET.search(content_type)) else ""
    declared = _DECLARED.search(content, 0, _DECLARED_WITHIN)
    by_document = _codec((declared[1] or declared[2]).decode("ascii", "replace")) if declared else ""
    # Latin-1 in the header is what servers say when nobody told them; the author's own word counts more.
    order = [by_document, by_http] if by_http == "cp1252" else [by_http, by_document]
    return [name for name in order if name and name != "utf-8"]


def _codec(name: str) -> str:
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    meant = _MEANT.get(known, known)
    return meant if _TEXT_CODEC.match(meant) else ""


def _decode_broken(content: bytes, candidates: list[str]) -> str:
    """Decode what is not valid UTF-8: is it UTF-8 with flaws, whatever it says of itself, or something else?"""
    repair = _Repair(_ENOUGH)
    try:
        repaired = repair.decode(content)
    except _EnoughError:
        good = len(content[: repair.at].translate(None, _ASCII)) - repair.broken
        is_flawed = good >= 2 * repair.broken
        return _Repair(_NEVER).decode(content) if is_flawed else _decode_declared(content, [*candidates, "cp1252"])
    extra = len(content) - len(repaired)  # one for every further byte of a character that is right
    return repaired if extra >= repair.broken else _decode_declared(content, candidates or ["cp1252"])


def _decode_declared(content: bytes, candidates: list[str]) -> str:
    for encoding in candidates:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(candidates[0], "replace")


class _Repair:
    """Decodes UTF-8, reads each broken byte as Windows-1252, and counts them."""

    def __init__(self, enough: int) -> None:
        self.enough = enough
        self.broken = 0
        self.at = 0

    def decode(self, content: bytes) -> str:
        codecs.register_error("naamwacht-cp1252", self._read_broken)
        return content.decode("utf-8", "naamwacht-cp1252")

    def _read_broken(self, error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        self.broken += error.end - error.start
        self.at = error.end
        if self.broken > self.enough:
            raise _EnoughError
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
