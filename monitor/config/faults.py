"""Say in plain words what pydantic found. The value itself is never repeated: it may be a secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from monitor.config.walk import joined
from monitor.ports import Problem

_QUOTES = "write it between quotes"
_LIST = "write its values as a list: [one, two], or each on a line of its own after a hyphen"
_DURATION = 'write a number with its unit, such as "30s", "15m" or "1h"'
_GROUP = "write its options as `key: value` lines below it"

# pydantic's type of error: what we say, and the remedy. Braces are filled from what pydantic tells about the limit.
_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", ""),
    "string_type": ("is not text", _QUOTES),
    "string_sub_type": ("is not text", _QUOTES),
    "bool_type": ("is neither true nor false", "write true or false"),
    "bool_parsing": ("is neither true nor false", "write true or false"),
    "int_type": ("is not a whole number", ""),
    "int_parsing": ("is not a whole number", ""),
    "int_from_float": ("is not a whole number", ""),
    "float_type": ("is not a number", ""),
    "float_parsing": ("is not a number", ""),
    "literal_error": ("is none of the possible values", "write {expected}"),
    "enum": ("is none of the possible values", "write {expected}"),
    "greater_than": ("is too small", "write more than {gt}"),
    "greater_than_equal": ("is too small", "write {ge} or more"),
    "less_than": ("is too large", "write less than {lt}"),
    "less_than_equal": ("is too large", "write {le} or less"),
    "string_too_short": ("is too short", "write {min_length} characters or more"),
    "string_too_long": ("is too long", "write {max_length} characters or fewer"),
    "too_short": ("is too short", "make it {min_length} long or longer"),
    "too_long": ("is too long", "make it {max_length} long or shorter"),
    "string_pattern_mismatch": ("is not written as it must be", "it must match {pattern}"),
    "tuple_type": ("is not a list", _LIST),
    "list_type": ("is not a list", _LIST),
    "set_type": ("is not a list", _LIST),
    "frozen_set_type": ("is not a list", _LIST),
    "dict_type": ("is not a group of options", _GROUP),
    "mapping_type": ("is not a group of options", _GROUP),
    "model_type": ("is not a group of options", _GROUP),
    "model_attributes_type": ("is not a group of options", _GROUP),
    "path_type": ("is not a path", _QUOTES),
    "url_parsing": ("is not a web address", "write it with its scheme: https://…"),
    "url_scheme": ("is not a web address of the right kind", "begin it with {expected_schemes}"),
    "time_delta_type": ("is not a duration", _DURATION),
    "time_delta_parsing": ("is not a duration", _DURATION),
}


def problems_in(error: ValidationError, path: str) -> Iterator[Problem]:
    """Yield every fault in the part of the configuration that stands at *path*."""
    for found in error.errors(include_url=False, include_input=False):
        here = path
        for step in found["loc"]:
            if step != "[key]":  # pydantic's mark for a fault in the key itself
                here = joined(here, step)
        yield Problem(here or "the file", *_said(found["type"], found["msg"], found.get("ctx", {})))


def plain_problem(error: PydanticCustomError, path: str) -> Problem:
    """Return the fault that one of our own parsers raised."""
    context = error.context or {}
    return Problem(path, str(context["fault"]), str(context["remedy"]))


def _said(kind: str, message: str, context: Mapping[str, Any]) -> tuple[str, str]:  # Any: so pydantic hands it over
    if kind == "plain":
        return str(context["fault"]), str(context["remedy"])
    if kind in _WORDS:
        fault, remedy = _WORDS[kind]
        return fault, remedy.format_map(context)
    # A plug-in's own check: its words are its own responsibility.
    words = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return (words[:1].lower() + words[1:] if words else "cannot be used"), ""
