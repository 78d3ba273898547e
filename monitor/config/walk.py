"""Walk what was written beside the models that will read it, before pydantic does.

Here `${NAME}` becomes the value of an environment variable, `password_file` becomes `password`, a relative path becomes
absolute, and a key that nobody knows is named with the likely one. Whether a value fits its option is not decided here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import unquote

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticCustomError

from monitor.config.values import duration
from monitor.ports import Problem

_VARIABLE = re.compile(r"\$(?:\$(?=\{)|\{([A-Za-z_][A-Za-z0-9_]*)\})")
_LARGEST_SECRET = 64 * 1024
_PLACEHOLDER = "x" * 32
"""Stands for what could not be had, so that everything around it is still judged. No configuration with it is ever returned."""


class _UnreadableError(Exception):
    """A secret could not be had: what is wrong, and how to mend it."""

    def __init__(self, fault: str, remedy: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Walk:
    """One reading of a configuration; collects what is wrong with it."""

    folder: Path
    environment: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    """Where a placeholder stands: no fault of the group around it follows from that."""

    def refuse(self, path: str, fault: str, remedy: str = "") -> None:
        """Note a fault, the first of its path only: what follows from it helps nobody."""
        if all(problem.path != path for problem in self.problems):
            self.problems.append(Problem(path, fault, remedy))

    def note(self, problems: Iterable[Problem]) -> None:
        """Note faults, but for one that follows from another: a secret is not missing where its file could not be read."""
        for problem in problems:
            if not any(self._is_cause(noted.path, problem.path) for noted in self.problems):
                self.refuse(problem.path, problem.fault, problem.remedy)

    def _is_cause(self, noted: str, path: str) -> bool:
        is_inside = noted.startswith(f"{path}.") and noted not in self.replaced
        return is_inside or noted == f"{path}_file"

    def resolve(self, written: str) -> Path:
        """Return a path as seen from the folder of the configuration."""
        return self.folder / written

    # ------------------------------------------------------------------------------------------ ${NAME}

    def substituted(self, written: object, path: str = "") -> object:
        """Return *written* with every `${NAME}` in its texts replaced. `$${` is a plain `${`."""
        if isinstance(written, str):
            return self._substituted_text(written, path)
        if isinstance(written, Mapping):
            return {str(key): self.substituted(value, joined(path, str(key))) for key, value in written.items()}
        if isinstance(written, list | tuple):
            return [self.substituted(value, joined(path, place)) for place, value in enumerate(written)]
        return written

    def _substituted_text(self, text: str, path: str) -> str:
        try:
            return _VARIABLE.sub(lambda found: self._variable(found[1]) if found[1] else "$", text)
        except _UnreadableError as e:
            return self._replaced(path, e.fault, e.remedy)

    def _variable(self, name: str) -> str:
        value, file = self.environment.get(name), self.environment.get(f"{name}_FILE")
        if value is not None and file is not None:
            raise _UnreadableError(f"environment variables {name} and {name}_FILE are both set", "unset one of them")
        if value is not None:
            return value
        if file is not None:
            return self._secret_in(file, f"the file that {name}_FILE names")
        raise _UnreadableError(
            f"environment variable {name} is not set", f"set {name}, or set {name}_FILE to a file that holds it"
        )

    def _secret_in(self, file: str, what: str) -> str:
        try:
            with self.resolve(file).open("rb") as opened:
                content = opened.read(_LARGEST_SECRET + 1)
            secret = content.decode("utf-8-sig").rstrip("\r\n")
        except OSError as e:
            raise _UnreadableError(f"{what} cannot be read: {e.strerror}", "check its path and its permissions") from e
        except ValueError as e:  # not UTF-8, or a path that no system takes
            raise _UnreadableError(f"{what} is not UTF-8 text", "put nothing but the secret in it") from e
        if not secret or "\0" in secret or len(content) > _LARGEST_SECRET:
            raise _UnreadableError(f"{what} holds no secret", "put nothing but the secret in it, on one line")
        return secret

    # -------------------------------------------------------------------------------------- keys and models

    def fitted(self, model: type[BaseModel], written: Mapping[str, object], path: str = "") -> dict[str, object]:
        """Return *written* with the keys of *model* only: secrets read from their files, paths resolved."""
        fitted: dict[str, object] = {}
        secrets = secret_fields(model)
        for key, value in written.items():
            here, base = joined(path, key), key.removesuffix("_file")
            if key in model.model_fields:
                fitted[key] = self._fitted_value(model.model_fields[key].annotation, value, here)
            elif base != key and base in secrets:
                if written.get(base) is not None:
                    self.refuse(here, f"stands beside {base}", "keep one of the two")
                fitted.setdefault(base, self._secret_of(value, here))
            else:
                known = [*model.model_fields, *(f"{name}_file" for name in secrets)]
                self.refuse(here, "is not known", likely(key, known))
        # Nothing after the colon: not given.
        return {key: value for key, value in fitted.items() if value is not None}

    def _secret_of(self, file: object, path: str) -> str | None:
        if file is None:
            return None
        if not isinstance(file, str):
            return self._replaced(path, "is not a path", "write the path of a file that holds the secret")
        if path in self.replaced:  # the path itself could not be had
            return _PLACEHOLDER
        try:
            return self._secret_in(file, "the file")
        except _UnreadableError as e:
            return self._replaced(path, e.fault, e.remedy)

    def _replaced(self, path: str, fault: str, remedy: str) -> str:
        self.refuse(path, fault, remedy)
        self.replaced.add(path)
        return _PLACEHOLDER

    def _fitted_value(self, annotation: Any, value: object, path: str) -> object:  # Any: what a type hint may be
        if isinstance(value, str) and Path in _leaves(annotation):
            return self.resolve(value)
        if isinstance(value, str) and timedelta in _leaves(annotation):
            # A plug-in sees none of our types: its durations are written as ours are. What is none is left to its model.
            with suppress(PydanticCustomError):
                return duration(value)
        shape, model = shape_of(annotation)
        if model is not None and shape is Mapping and isinstance(value, Mapping):
            return {key: self._fitted_one(model, one, joined(path, key)) for key, one in value.items()}
        if model is not None and shape is tuple and isinstance(value, list):
            return [self._fitted_one(model, one, joined(path, place)) for place, one in enumerate(value)]
        return value if model is None or shape is not None else self._fitted_one(model, value, path)

    def _fitted_one(self, model: type[BaseModel], value: object, path: str) -> object:
        return self.fitted(model, value, path) if isinstance(value, Mapping) else value


def joined(path: str, step: str | int) -> str:
    """Return the path one step further: `sources[2].every`."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


def likely(written: str, known: Collection[str]) -> str:
    """Return the remedy for a word that is not known: the likely one, or all of them."""
    nearest = difflib.get_close_matches(written.lower(), known, n=1)
    if nearest:
        return f"did you mean {nearest[0]}?"
    return f"known here: {', '.join(sorted(known))}" if known else "remove it: nothing can be set here"


def secret_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the options of *model* that are one secret each; every one may be given as a file."""
    return frozenset(name for name, option in model.model_fields.items() if SecretStr in _leaves(option.annotation))


def secrets_of(value: object) -> frozenset[str]:
    """Return every secret in a configuration, for the log to black out."""
    if isinstance(value, SecretStr):
        return _parts_of(value.get_secret_value())
    if isinstance(value, BaseModel):
        return secrets_of([getattr(value, name) for name in type(value).model_fields])
    if isinstance(value, Mapping):
        return secrets_of(list(value.values()))
    if isinstance(value, list | tuple):
        return frozenset(secret for one in value for secret in secrets_of(one))
    return frozenset()


def _parts_of(secret: str) -> frozenset[str]:
    """Return a secret and, where it is an address, the password in it. The path of a SQLite file is none."""
    if secret.startswith("sqlite:"):
        return frozenset()
    user, at, _ = secret.partition("://")[2].rpartition("@")
    password = user.partition(":")[2] if at else ""
    return frozenset({secret, password, unquote(password)} - {""})


def _leaves(annotation: Any) -> Iterator[Any]:  # Any: what a type hint may be
    """Yield the types that one value may have, without `Annotated` and `| None`."""
    if get_origin(annotation) is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for one in get_args(annotation):
            yield from _leaves(one)
    else:
        yield annotation


def shape_of(annotation: Any) -> tuple[type | None, type[BaseModel] | None]:  # Any: what a type hint may be
    """Return the model that an option is made of, and whether it is a list (tuple) or a group (Mapping) of them."""
    for leaf in _leaves(annotation):
        if isinstance(leaf, type) and issubclass(leaf, BaseModel):
            return None, leaf
        arguments = get_args(leaf)
        if get_origin(leaf) is tuple and arguments:
            return tuple, shape_of(arguments[0])[1]
        if get_origin(leaf) is Mapping and arguments:
            return Mapping, shape_of(arguments[1])[1]
    return None, None
