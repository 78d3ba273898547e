"""The plug-ins that look at the world, one file each, and the little that they all read alike.

Here: what a status means, how long a server wants to be left alone, what an exact phrase is, which address a setting may hold.
Not here: anything about one source or engine, and nothing that needs the network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from monitor.core.model import Query
from monitor.ports import Answer, ProviderBlocked, ProviderError, QuotaExhausted

RETRY_AFTER_AT_MOST = timedelta(days=1)
"""Whatever a server asks for: one question a day harms nobody, and a Source that never looks again is a hole."""

CUT_OFF = "the answer was cut off at the size limit"

_QUOTES = re.compile(r'["\u201c-\u201f\u00ab\u00bb\u2033\u2036\uff02\\\x00-\x1f\x7f]')
_DIGITS = re.compile(r"[0-9]{1,12}")
_FIRST_TAG = re.compile(rb"<(?:(!doctype\s+html|html|head|body)|rss|feed|rdf|opml)\b", re.IGNORECASE)


def _http_address(address: str) -> str:
    """Refuse what is no http(s) address, and one that holds a password: addresses are shown and logged."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that begins with http:// or https://")
    if parts.username is not None:
        raise ValueError("must not hold a user name or password")
    return address


HttpAddress = Annotated[str, AfterValidator(_http_address)]


def check_answer(answer: Answer, *, now: datetime) -> None:
    """Raise what *answer* means, unless it holds something to read.

    The words name the status and never the address: a Search's address holds a name.
    """
    status = answer.status
    wait = retry_after(answer.headers, now=now)
    if 200 <= status < 300:
        if not answer.body.strip():
            raise ProviderError(f"the server answered {status} with nothing in it")
        return
    if status in (401, 402, 403, 451):
        raise ProviderBlocked(f"the server does not let us in ({status})", retry_after=wait)
    if status == 429 and wait is not None:
        raise QuotaExhausted("the server was asked too often (429)", until=now + wait)
    if status == 410:
        raise ProviderError("the server says that this is gone for good (410)", retryable=False)
    raise ProviderError(f"the server answered {status}", retry_after=wait)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """Return how long the server asks to be left alone (seconds or an HTTP date), at most a day; None where it does not say."""
    value = headers.get("retry-after", "").strip()
    if _DIGITS.fullmatch(value):
        return min(timedelta(seconds=min(int(value), 10**6)), RETRY_AFTER_AT_MOST)
    at = http_date(value)
    if at is None:
        return None
    return min(max(at - now, timedelta()), RETRY_AFTER_AT_MOST)


def http_date(value: str) -> datetime | None:
    """Read the date of an HTTP header; None where it is none."""
    try:
        at = parsedate_to_datetime(value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_html(answer: Answer) -> bool:
    """Tell whether this is a web page: a captcha or a consent page, where a feed or JSON belongs."""
    start = answer.body[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    tag = _FIRST_TAG.search(start) if start.startswith(b"<") else None
    return tag is not None and tag[1] is not None


def phrase(text: str) -> str:
    """Return *text* as an exact phrase, without the quotes in it, which would end it early; empty where nothing is left."""
    words = _QUOTES.sub(" ", text).split()
    return f'"{" ".join(words)}"' if words else ""


def phrases(query: Query) -> tuple[str, ...]:
    """Return the forms of *query* as exact phrases. Raises where there is nothing to ask."""
    found = tuple(dict.fromkeys(filter(None, (phrase(form.text) for form in query.forms))))
    if not found:
        raise ProviderError("there is nothing to ask: no form of the name can be sent", retryable=False)
    return found


def is_within(query: Query, days: int, *, now: datetime) -> bool:
    """Tell whether *query* reaches back at most so many days. An hour of grace: the question was thought up a moment ago."""
    return query.since is not None and now - query.since <= timedelta(days=days, hours=1)
