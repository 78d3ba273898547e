"""Spellings that are switched off: listed as such, and not sent to engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.model import Name
from monitor.core.names import query_forms, variants

SANNE = Name(surname="Molen", prefix="van der", given_names=("Susanna",), call_name="Sanne")


def test_every_spelling_is_on_until_somebody_switches_it_off() -> None:
    assert all(variant.is_on for variant in variants(SANNE))


@pytest.mark.parametrize("text", ["Sanne Molen", "SANNE  molen", "sa\u0301nne Molen"])
def test_what_is_switched_off_is_compared_as_names_are(text: str) -> None:
    found = variants(replace(SANNE, switched_off=(text,)))

    assert [variant.text for variant in found if not variant.is_on] == ["Sanne Molen"]


def test_what_is_switched_off_is_not_sent() -> None:
    sent = query_forms(1, replace(SANNE, switched_off=("sanne van der molen",)))

    assert [form.text for form in sent] == ["Susanna van der Molen"]


def test_something_is_sent_even_where_all_is_switched_off() -> None:
    sent = query_forms(1, replace(SANNE, switched_off=("Sanne van der Molen", "Susanna van der Molen")))

    assert [form.text for form in sent] == ["Sanne van der Molen"]
