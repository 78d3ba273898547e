"""Column types that mean the same on SQLite and on PostgreSQL. Types only: no tables, no connections."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in, aware UTC out.

    SQLite keeps it as text of fixed width in UTC, so that it sorts and compares as it should; PostgreSQL as `timestamptz`.
    A naive time is a bug of the caller and is refused, without showing it.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time cannot be stored: every time is aware")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):  # Any: whatever JSON can say
    """JSON as compact text with sorted keys, so that equal values are equal texts. Arrays come back as lists.

    Characters outside ASCII are escaped: neither U+0000 nor half a surrogate pair, which databases refuse, can reach them.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return json.dumps(value, separators=(",", ":"), sort_keys=True, allow_nan=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        if value == "[]":  # most lists of a person are empty, and ten thousand people are read at once
            return []
        return None if value is None else json.loads(value)
