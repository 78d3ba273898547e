"""How the daemon and its parse child talk: framed JSON, and the limits of a task.

A request is a head (JSON) and a body (raw bytes); an answer is JSON. Each begins with its length.
Both sides import this, so it holds nothing heavy and nothing that reads a foreign byte.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum

REQUEST = struct.Struct(">II")  # the lengths of head and body
ANSWER = struct.Struct(">I")
ANSWER_LIMIT = 64 * 1024 * 1024  # bytes; what the caps of a reading add up to stays well below


class Unreadable(Exception):
    """The bytes are not what they should be. Its text is constant: it never quotes what was read."""


class Task(StrEnum):
    """What a child can be asked."""

    FEED = "feed"
    PAGE = "page"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The head of a request. `cpu_seconds` is what this one task may cost."""

    task: str
    content_type: str = ""
    address: str = ""
    cpu_seconds: int = 2
