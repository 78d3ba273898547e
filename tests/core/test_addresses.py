"""What a domain and an e-mail address look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.addresses import domain_of, normal_domain, normal_email


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Example.ORG", "example.org"),
        (" sub.example.org ", "sub.example.org"),
        ("büro.example.org", "xn--bro-hoa.example.org"),
        ("example", ""),
        ("example..org", ""),
        ("-x.example.org", ""),
        ("x_y.example.org", ""),
        ("a b.example.org", ""),
        ("192.0.2.1", ""),
        ("example.org.", ""),
        ("x" * 64 + ".org", ""),
        ("", ""),
    ],
)
def test_a_domain_is_written_in_one_way_or_is_none(written: str, expected: str) -> None:
    assert normal_domain(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("S.Molen@Example.ORG", "S.Molen@example.org"),
        ("s+naamwacht@example.org", "s+naamwacht@example.org"),
        ("o'neill@example.org", "o'neill@example.org"),
        ("zoë@example.org", ""),
        ("s..m@example.org", ""),
        (".s@example.org", ""),
        ("s@m@example.org", ""),
        ('"s m"@example.org', ""),
        ("s@[192.0.2.1]", ""),
        ("s@example.org,x@example.org", ""),
        ("s@example.org\r\nBcc: x@example.org", ""),
        ("s\n@example.org", ""),
        ("x" * 65 + "@example.org", ""),
        ("@example.org", ""),
        ("s@", ""),
        ("", ""),
    ],
)
def test_an_address_is_one_bare_address_or_none(written: str, expected: str) -> None:
    assert normal_email(written) == expected


def test_the_domain_of_an_address_is_what_stands_after_the_at() -> None:
    assert domain_of("s@example.org") == "example.org"


@given(st.text(max_size=20), st.sampled_from(["@example.org", "@EXAMPLE.org", "@\u00fc.test", ""]))
def test_what_was_normalised_once_stays_as_it_is(local_part: str, domain: str) -> None:
    email = normal_email(local_part + domain)

    assert normal_email(email) == email
