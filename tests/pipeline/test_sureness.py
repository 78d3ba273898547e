"""How rare a name is and what stands beside it decide between an alert at once and the daily overview."""

from __future__ import annotations

import pytest

from monitor.storage.engine import Database
from tests.core.watched import LEXICON
from tests.pipeline.rig import SANNE, YOUSSEF, Rig, hit

AT_ONCE = [("alert", "new")]
OVERVIEW = [("digest", "new")]


@pytest.fixture
def rig(sqlite_database: Database) -> Rig:
    """Some thirteen people are called Sanne van der Molen, and hardly anybody Youssef El Amrani."""
    return Rig(sqlite_database, lexicon=LEXICON).begin(SANNE, YOUSSEF).seeded()


def test_a_name_that_many_bear_waits_for_the_overview(rig: Rig) -> None:
    rig.poll(hit("Sanne van der Molen won een prijs met haar taart."))

    assert rig.told() == OVERVIEW


@pytest.mark.parametrize(
    "text",
    [
        "Sanne van der Molen van Jeugdbescherming Voorbeeld won een prijs met haar taart.",
        "Sanne van der Molen won een prijs met haar taart, net als Youssef El Amrani.\n\nReacties: info@jbvoorbeeld.example",
    ],
    ids=["organisation", "colleague and address"],
)
def test_it_is_told_at_once_where_the_text_speaks_of_her_work(rig: Rig, text: str) -> None:
    rig.poll(hit(text))

    assert rig.told()[0] == AT_ONCE[0]


def test_a_rare_name_needs_nothing_beside_it(rig: Rig) -> None:
    rig.poll(hit("Youssef El Amrani won een prijs met zijn taart."))

    assert rig.told() == AT_ONCE
