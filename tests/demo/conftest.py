"""A small internet per test, on free ports, whose time stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monitor.demo import SmallInternet
from tests.fakes import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def internet(clock: FakeClock) -> Iterator[SmallInternet]:
    with SmallInternet(publishes_by_time=False, now=clock.now) as internet:
        yield internet
