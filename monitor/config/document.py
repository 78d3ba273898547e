"""Read YAML as strictly as a configuration deserves. What the keys mean is not known here.

Plain values are read as in YAML 1.2: `17:30` and `no` are text (YAML 1.1 makes 1050 and false of them), and a key stands once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from monitor.ports import ConfigError, Problem

_PLAIN_VALUES = (
    ("null", r"(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"(?:true|false)$", ["t", "f"]),
    # A number that begins with 0 is a code, a telephone number or a password: text.
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})$", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]+$", "-+0123456789"),
)
_QUOTED = re.compile(r" '[^'<][^']+'")


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return what the library looks up by the first sign of a plain value: its type and its form."""
    by_sign: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for tag, pattern, signs in _PLAIN_VALUES:
        for sign in signs:
            by_sign.setdefault(sign, []).append((f"tag:yaml.org,2002:{tag}", re.compile(pattern)))
    return by_sign


class _Loader(yaml.SafeLoader):
    """The safe loader with the plain values of YAML 1.2."""

    yaml_implicit_resolvers = _resolvers()


def read_document(path: Path) -> Mapping[str, object]:
    """Return what the file at *path* says. Raises `ConfigError` where it cannot be read, with the line where YAML breaks."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as e:
        remedy = "run `naamwacht init` to make one" if isinstance(e, FileNotFoundError) else "check its path and its permissions"
        raise ConfigError([Problem(str(path), f"cannot be read: {e.strerror}", remedy)]) from e
    except UnicodeDecodeError as e:
        raise ConfigError([Problem(str(path), "is not UTF-8", "save the file as UTF-8")]) from e
    return parse_document(text, name=path.name)


def parse_document(text: str, *, name: str) -> Mapping[str, object]:
    """Return what *text* says; *name* is what it is called in a fault."""
    try:
        loader = _Loader(text)  # refuses control characters already
        try:
            return _Document(loader, name).read()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        where = f"{name}, line {mark.line + 1}" if mark else name
        what = e.problem or e.context or "it breaks off"
        remedy = "indent with spaces" if r"'\t'" in what else "check indentation, colons and quotes there and just before"
        # What stands between quotes may be part of a password that begins with * or !.
        raise ConfigError([Problem(where, f"is not YAML: {_QUOTED.sub('', what)}", remedy)]) from e
    except yaml.reader.ReaderError as e:
        line = text.count("\n", 0, e.position) + 1
        fault = f"holds the control character U+{e.character:04X}" if isinstance(e.character, int) else "cannot be read"
        raise ConfigError([Problem(f"{name}, line {line}", fault, "remove it")]) from e
    except RecursionError as e:
        raise ConfigError([Problem(name, "is nested too deeply", "see config.example.yaml for its shape")]) from e


class _Document:
    """One document on its way from nodes to plain values; collects keys that stand twice."""

    def __init__(self, loader: yaml.SafeLoader, name: str) -> None:
        self._loader = loader
        self._name = name
        self._problems: list[Problem] = []

    def read(self) -> Mapping[str, object]:
        node = self._loader.get_single_node()
        value = {} if node is None else self._value(node, "", ())
        if value is None:
            value = {}
        if not isinstance(value, dict):
            self._problems.append(
                Problem(self._name, "is no group of `key: value` lines", "see config.example.yaml for its shape")
            )
            value = {}
        if self._problems:
            raise ConfigError(self._problems)
        return value

    def _value(self, node: yaml.Node, path: str, above: tuple[yaml.Node, ...]) -> object:
        if node in above:
            raise yaml.constructor.ConstructorError(None, None, "an alias stands inside its own anchor", node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, (*above, node))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, f"{path}[{place}]", (*above, node)) for place, child in enumerate(node.value)]
        value: object = self._loader.construct_object(node, deep=True)
        return value

    def _mapping(self, node: yaml.MappingNode, path: str, above: tuple[yaml.Node, ...]) -> dict[str, object]:
        values: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is no plain text", key_node.start_mark)
            key = key_node.value
            here = f"{path}.{key}" if path else key
            line = key_node.start_mark.line + 1
            if key in lines:
                self._problems.append(Problem(here, f"stands twice, in line {lines[key]} and in line {line}", "keep one of them"))
            lines.setdefault(key, line)
            values[key] = self._value(value_node, here, above)
        return values
