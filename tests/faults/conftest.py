"""The town that all tests of faults live in.

PROOF_COUNT is how many moments the proofs choose; PROOF_SEED repeats what chance chose, and is printed with the outcome.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.busy import Town
from tests.faults.campaign import Campaign
from tests.faults.processes import Nursery

COUNT = int(os.environ.get("PROOF_COUNT", "300"))
SEED = int(os.environ.get("PROOF_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)

Begin = Callable[..., Campaign]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town(tmp_path, seed=SEED) as town:
        yield town


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Begin]:
    """Make a town and the daemons that watch it; all end with the test."""
    with ExitStack() as stack:

        def make(**how: bool) -> Campaign:
            town = stack.enter_context(Town(tmp_path, seed=SEED, **how))
            nursery = stack.enter_context(Nursery(town.write_config()))
            return Campaign(town, nursery, random.Random(SEED))

        yield make
