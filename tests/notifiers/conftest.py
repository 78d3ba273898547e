"""What the tests of the notifiers share: a message, and the tools that a notifier is handed."""

from __future__ import annotations

import pytest
import trustme

from monitor.ports import Message, NotifierTools
from tests.fakes import FakeClock, FakeLog
from tests.notifiers.servers import connect


@pytest.fixture
def message() -> Message:
    return Message(
        to="sanne@example.org",
        subject="Naamwacht: bericht NW-4F7K",
        text="Hallo,\n\nJe naam staat op een pagina.\n",
        html="<p>Hallo,</p><p>Je naam staat op een pagina.</p>",
        message_id="delivery-7@naamwacht.example.org",
        reference="NW-4F7K",
        thread="12:34",
    )


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def tools(clock: FakeClock) -> NotifierTools:
    return NotifierTools(connect=connect, clock=clock, log=FakeLog())


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()
