# ruff: noqa: RUF001 - signs that look alike are what is tested
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.decoding import decode

TEXT = "Zoë van der Ploeg – «Jürgen» zei: “ja”"


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (TEXT.encode(), "", TEXT),
        (TEXT.encode("utf-8-sig"), "text/xml; charset=iso-8859-1", TEXT),
        (TEXT.encode(), "text/xml; charset=iso-8859-1", TEXT),
        (TEXT.encode("cp1252"), "text/xml; charset=utf-8", TEXT),
        (TEXT.encode("cp1252"), "", TEXT),
        (TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1", TEXT),
        (("<?xml " + TEXT).encode("utf-16"), "", "<?xml " + TEXT),
        (("<?xml " + TEXT).encode("utf-16-le"), "text/xml; charset=utf-8", "<?xml " + TEXT),
        (("<?xml " + TEXT).encode("utf-16-be"), "", "<?xml " + TEXT),
        (("<?xml " + TEXT).encode("utf-32"), "", "<?xml " + TEXT),
        ("Йосиф Бродский".encode("cp1251"), "text/xml; charset=windows-1251", "Йосиф Бродский"),
        ("日本語の名前".encode("shift_jis"), "text/html; charset=Shift_JIS", "日本語の名前"),
        ("日本語の名前".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "日本語の名前"),
        (b"plain", "text/html; charset=zlib", "plain"),
        (b"plain", "text/html; charset=no-such-thing", "plain"),
    ],
    ids=[
        "utf-8",
        "mark against header",
        "utf-8 called latin-1",
        "cp1252 called utf-8",
        "cp1252 undeclared",
        "cp1252 called latin-1",
        "utf-16 with mark",
        "utf-16-le without mark",
        "utf-16-be without mark",
        "utf-32",
        "windows-1251",
        "shift_jis",
        "iso-2022-jp",
        "a codec that is none for text",
        "unknown charset",
    ],
)
def test_text_is_what_its_author_wrote_whatever_was_declared(content: bytes, content_type: str, expected: str):
    assert decode(content, content_type) == expected


def test_the_documents_own_word_counts_where_the_header_only_says_latin_1():
    content = '<?xml version="1.0" encoding="windows-1251"?><a>Йосиф</a>'.encode("cp1251")

    text = decode(content, "text/xml; charset=iso-8859-1")

    assert "Йосиф" in text


def test_a_meta_tag_declares_too():
    content = '<html><head><meta charset="windows-1251"></head>Йосиф'.encode("cp1251")

    assert "Йосиф" in decode(content, "text/html")


def test_one_broken_byte_does_not_spoil_a_page_of_utf_8():
    content = "Zoë en Jürgen en ".encode() + b"\x93Marijke\x94" + " en Café".encode()

    assert decode(content, "text/html; charset=windows-1252") == "Zoë en Jürgen en “Marijke” en Café"


def test_a_page_cut_off_in_the_middle_of_a_character_keeps_its_names():
    assert decode("Zoë van der Ploeg, Jürgen".encode()[:-5]).startswith("Zoë van der Ploeg, J")


@given(st.binary(max_size=400), st.sampled_from(["", "x; charset=utf-8", "x; charset=utf-16", "x; charset=big5"]))
def test_any_bytes_become_text_that_can_be_stored(content: bytes, content_type: str):
    text = decode(content, content_type)

    assert text.encode().decode() == text
