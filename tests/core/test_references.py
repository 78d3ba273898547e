from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.references import numbered, reference


def test_neighbours_do_not_look_alike() -> None:
    assert [reference(number) for number in (0, 1, 2, 3)] == ["NW-0000", "NW-EYDH", "NW-XWV2", "NW-CV8K"]


@pytest.mark.parametrize(("number", "length"), [(0, 4), (2**20 - 1, 4), (2**20, 5), (2**25 - 1, 5), (2**25, 6)])
def test_a_reference_grows_with_the_number(number: int, length: int) -> None:
    assert len(reference(number)) == len("NW-") + length


@given(st.integers(0, 2**62))
def test_a_reference_leads_back_to_its_number(number: int) -> None:
    assert numbered(reference(number)) == number


@given(st.integers(0, 2**40))
def test_no_sign_looks_like_another(number: int) -> None:
    assert not set(reference(number).removeprefix("NW-")) & set("ILOU")


@pytest.mark.parametrize("typed", ["NW-XWV2", "nw-xwv2", " XWV2 ", "nw-xw v2"])
def test_a_reference_typed_carelessly_is_understood(typed: str) -> None:
    assert numbered(typed) == 2


def test_look_alikes_are_read_as_what_they_look_like() -> None:
    assert numbered("nw-oooo") == numbered("NW-0000") == 0


@pytest.mark.parametrize("typed", ["", "NW-", "NW-ABU4", "KVV", "été-", "NW-00000"])
def test_what_is_no_reference_has_no_number(typed: str) -> None:
    assert numbered(typed) is None
