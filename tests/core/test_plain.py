from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.plain import is_web_address, isolated, one_line, shown_address, visible

ANY_TEXT = st.text(st.characters(categories=None), max_size=80)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier"),
        ("rood\x1b[31m", "rood\ufffd[31m"),
        ("moordenaar\u202etxt.exe", "moordenaartxt.exe"),
        ("ge\u00adheim\u200b", "geheim"),
        ("los\ud800", "los\ufffd"),
        ("👩\u200d👧 \tblijft", "👩\u200d👧 \tblijft"),
    ],
    ids=["line ends", "escape", "override", "invisible", "surrogate", "joined emoji"],
)
def test_control_characters_are_marked_and_directions_are_dropped(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(ANY_TEXT)
def test_one_line_is_one_printable_line(text: str) -> None:
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert not [sign for sign in line if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}]


def test_a_long_line_is_cut_with_a_sign_that_it_goes_on() -> None:
    assert one_line("Sanne " * 5, at_most=11) == "Sanne Sann…"


def test_only_right_to_left_writing_is_isolated() -> None:
    assert isolated("Sanne van der Molen") == "Sanne van der Molen"
    assert isolated("يوسف") == "\u2068يوسف\u2069"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.example.org/a/b?c=d#e", "https://www.example.org/a/b?c=d#e"),
        ("https://exämple.org/é", "https://xn--exmple-cua.org/%C3%A9"),
        ("https://bank.example.org@evil.test/x", "https://evil.test/x"),
        ("https://straße.example.org/", "https://xn--strae-oqa.example.org/"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
        ("https://example.org/a\r\nBcc: x", "https://example.org/a%20Bcc:%20x"),
        ("https://example.org/\u202egpj.exe", "https://example.org/gpj.exe"),
        ("https://example.org/50%25", "https://example.org/50%25"),
        ("https://example.org:nine/", "https://example.org:nine/"),
        ("urn:x", "urn:x"),
        ("", ""),
    ],
)
def test_an_address_is_shown_in_ascii_with_its_real_host(address: str, expected: str) -> None:
    assert shown_address(address) == expected


@given(ANY_TEXT)
def test_any_web_address_is_shown_without_a_sign_that_could_mislead(text: str) -> None:
    shown = shown_address("https://" + text)

    assert not is_web_address(shown) or re.fullmatch(r"[!-~]*", shown)
