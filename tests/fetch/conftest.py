"""What the gate's tests share: clocks, a certificate authority, a fake world of names."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from monitor.fetch.dialling import Resolve
from monitor.fetch.gate import Gate, NetworkRules, Trust
from monitor.ports import Answer
from tests.fakes import FakeClock
from tests.fetch.servers import PUBLIC_IP, Server, World, always

MakeGate = Callable[..., Gate]
Serve = Callable[..., Server]

SITE = "http://krant.example/"


def get(gate: Gate, address: str = SITE, *, trust: Trust = Trust.WEB, **more: object) -> Answer:
    return gate.session(trust).get(address, **more)  # type: ignore[arg-type]


class TickingClock(FakeClock):
    """A tenth of a second passes with every look at it, so that a trickle of bytes takes its time in no time."""

    def monotonic(self) -> float:
        self.advance(timedelta(milliseconds=100))
        return super().monotonic()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture(scope="session")
def tls_of(authority: trustme.CA) -> Callable[[str], ssl.SSLContext]:
    def context(host: str) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(made)
        return made

    return context


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def make_gate(world: World) -> Iterator[MakeGate]:
    made: list[Gate] = []

    def make(clock: FakeClock | None = None, resolve: Resolve | None = None, **rules: object) -> Gate:
        # The rules of one test are keywords of the dataclass; mypy checks them where NetworkRules is made by hand.
        network = NetworkRules(**rules)  # type: ignore[arg-type]
        gate = Gate(network, clock=clock or FakeClock(), resolve=resolve or world.resolve, dial=world.dial)
        made.append(gate)
        return gate

    yield make
    for gate in made:
        gate.close()


@pytest.fixture
def serve(world: World) -> Iterator[Callable[..., Server]]:
    """Put a public site at krant.example (or elsewhere) that gives this answer."""
    servers: list[Server] = []

    def start(*pieces: bytes, name: str = "krant.example", port: int = 80, ip: str = PUBLIC_IP, **more: object) -> Server:
        reply = more.pop("reply", None) or always(*pieces)
        server = Server(reply, **more)  # type: ignore[arg-type] # whatever a test says of its server
        servers.append(server)
        world.put(name, port, server, ip=ip)
        return server

    yield start
    for server in servers:
        server.__exit__()
