"""How YAML is read: strictly, and without the surprises of YAML 1.1."""

from __future__ import annotations

import pytest

from monitor.config.document import parse_document
from monitor.ports import ConfigError


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigError) as e:
        parse_document(text, name="config.yaml")
    return [str(problem) for problem in e.value.problems]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("17:30", "17:30"),
        ("no", "no"),
        ("2026-11-24", "2026-11-24"),
        ("0612345678", "0612345678"),
        ("1_000", "1_000"),
        ("=", "="),
        ("8080", 8080),
        ("-1.5", -1.5),
        ("true", True),
        ("~", None),
        ("", None),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_values_mean_what_they_look_like(written: str, expected: object) -> None:
    assert parse_document(f"key: {written}", name="config.yaml") == {"key": expected}


def test_a_key_that_stands_twice_is_refused_at_every_depth_with_its_lines() -> None:
    text = "web: {bind: a}\nsources:\n  - name: a\n    name: b\nweb: {}\n"

    assert faults(text) == [
        "sources[0].name: stands twice, in line 3 and in line 4 (keep one of them)",
        "web: stands twice, in line 1 and in line 5 (keep one of them)",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("web:\n  bind: a\n bind: b\n", "config.yaml, line 3: is not YAML: "),
        ("web: [1, 2\nlog: x\n", "config.yaml, line 2: is not YAML: "),
        (
            "web:\n\tbind: a\n",
            "config.yaml, line 2: is not YAML: found character that cannot start any token (indent with spaces)",
        ),
        ("a: b\n---\nc: d\n", "config.yaml, line 2: is not YAML: but found another document"),
        ("a: x\nb: \x01\n", "config.yaml, line 2: holds the control character U+0001 (remove it)"),
        ("a: \x00\n", "config.yaml, line 1: holds the control character U+0000 (remove it)"),
        ("a: !!python/object:os.system x\n", "config.yaml, line 1: is not YAML: could not determine a constructor for the tag"),
        ("a: &a [*a]\n", "config.yaml, line 1: is not YAML: an alias stands inside its own anchor"),
        ("? [a]\n: b\n", "config.yaml, line 1: is not YAML: a key is no plain text"),
        ("- a\n", "config.yaml: is no group of `key: value` lines"),
        ("text\n", "config.yaml: is no group of `key: value` lines"),
        ("[" * 5000, "config.yaml: is nested too deeply"),
    ],
)
def test_what_is_no_sound_yaml_is_told_with_its_line(text: str, expected: str) -> None:
    assert faults(text)[0].startswith(expected)


@pytest.mark.parametrize("written", ["*hunter2", "!hunter2 x", "@hunter2", "%hunter2", "`hunter2", "'hunter2"])
def test_a_password_that_looks_like_yaml_is_not_repeated(written: str) -> None:
    assert "hunter2" not in faults(f"password: {written}\n")[0]
