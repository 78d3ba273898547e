from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.privacy import FIRST, AuditRecord, broken_at, salted_hash
from tests.fakes import NOW


def chain(length: int) -> list[AuditRecord]:
    records: list[AuditRecord] = []
    previous = FIRST
    for number in range(length):
        record = AuditRecord(at=NOW, actor="ops", action="people.import", subject=f"people {number}", previous=previous)
        previous = record.sealed()
        records.append(replace(record, digest=previous))
    return records


def test_an_untouched_chain_is_whole() -> None:
    assert broken_at(chain(5)) is None


@pytest.mark.parametrize("change", [{"actor": "x"}, {"subject": "people 99"}, {"action": "x"}, {"reason_hash": "x"}])
def test_a_changed_record_breaks_the_chain_at_its_place(change: dict[str, str]) -> None:
    records = chain(5)
    records[2] = replace(records[2], **change)

    assert broken_at(records) == 2


def test_a_record_taken_out_breaks_the_chain() -> None:
    records = chain(5)
    del records[2]

    assert broken_at(records) == 2


def test_the_same_words_hash_apart_under_other_salts() -> None:
    assert salted_hash("a", "reason") != salted_hash("b", "reason")
