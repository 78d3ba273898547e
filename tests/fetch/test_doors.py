"""Nothing inner is ever reached: by a spelling, a redirect, a name that changes its mind, or a connection kept from before."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from monitor.fetch.gate import Gate, NetworkRules, Trust
from monitor.ports import ProviderError, RefusedAddress
from tests.fakes import FakeClock
from tests.fetch.conftest import SITE, MakeGate, Serve, get
from tests.fetch.servers import PUBLIC_IP, Server, World, answer, canaries

HOSTS = [
    # loopback in every spelling that a resolver, a browser or a library takes
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "127.127.127.127", "2130706433", "2130706434", "0x7f000001", "0x7f.1", "0x7f.0.0.1", "0X7F.0x0.0x0.0x1",
    "0177.0.0.1", "0177.1", "017700000001", "00000177.0.0.1", "127.0.0.01", "127.0.0.1.", "127.0.0.1..", "127.000.000.001", "0x7F.0.01", "127.0.0.0x1",
    "4294967297", "18446744071562067969", "127.0.0.1%00", "127.0.0.1%20", "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "127。0。0。1", "127.0.0。1",
    "\uff11\uff12\uff17.0.0.1", "①②⑦.⓪.⓪.①", "127\uff0e0\uff0e0\uff0e1", "1\u00ad27.0.0.1", "127.0.0.1\u200b", "0", "0.0.0.0", "0.1", "00", "0x0", "0x", "::", "[::]",
    "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::0.0.0.1]", "[::1%25lo]", "[::1%lo]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:7f00:1::1]",
    "[2001:0:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[fc00::1]", "[fd00::1]", "[fd00:ec2::254]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[2001:db8::1]",
    "[3fff::1]", "[5f00::1]", "[4000::1]", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[::1", "::1", "[[::1]]", "[v6.1]", "[127.0.0.1]",
    # metadata, private, shared, reserved
    "169.254.169.254", "169.254.170.2", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "100.100.100.200", "100.64.0.1", "100.127.255.254",
    "168.63.129.16", "192.0.0.192", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "10.0.0.1", "10.1", "012.1",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1", "3232235521", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.31.196.1", "192.175.48.1",
    # names
    "localhost", "LOCALHOST", "localhost.", "loc%61lhost", "\uff4cocalhost", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "a.localhost", "localhost.localdomain", "ip6-localhost", "searxng", "intranet",
    "printer.local", "db.internal", "metadata.google.internal", "metadata", "metadata.goog", "instance-data", "metadata.azure.com", "x.lan", "x.corp", "x.home", "x.home.arpa",
    "1.0.0.127.in-addr.arpa",
    # other authorities than it seems
    "krant.example@127.0.0.1", "127.0.0.1@krant.example", "krant.example:80@127.0.0.1", "krant.example%40127.0.0.1", "krant.example\\@127.0.0.1", "127.0.0.1\\@krant.example",
    "krant.example\\.127.0.0.1", "127.0.0.1\\", "127.0.0.1\t", "127.0.0.1\r\nHost: krant.example", "127.0.0.1 krant.example", "krant.example\x00.127.0.0.1", "krant.example\n@127.0.0.1",
    "@127.0.0.1", ":@127.0.0.1", "a:b@127.0.0.1", "krant.example:@127.0.0.1", "127.0.0.1;krant.example", "127.0.0.1,krant.example", "127.0.0.1&krant.example", "*", "-", "...", "",
]  # fmt: skip
"""Each of them leads inside in the hands of somebody, or could be read so."""


@dataclass
class Fence:
    """A gate, and all that it must not reach: every host of the table leads to the canaries, at any port."""

    gate: Gate
    world: World
    canaries: list[Server]
    redirect_to: list[bytes]

    @property
    def reached(self) -> int:
        return sum(canary.connections for canary in self.canaries)


@pytest.fixture(scope="module")
def standing_fence() -> Iterator[Fence]:
    # One for the whole table: a gate loads the certificate authorities, and 200 hosts stand in it.
    world, location = World(), [b""]
    redirector = Server(lambda _: [b"HTTP/1.1 302 Found\r\nlocation: " + location[0] + b"\r\ncontent-length: 0\r\n\r\n"])
    with canaries() as servers, redirector:
        for server in servers:
            world.ports["127.0.0.1", 80] = world.ports["::1", 80] = server.port
        world.names |= {host: [("127.0.0.1",)] for host in HOSTS}
        world.put("krant.example", 80, redirector)
        rules = NetworkRules(internal=frozenset({("searxng.intern.example", 8080)}))
        gate = Gate(rules, clock=FakeClock(), resolve=world.resolve, dial=world.dial)
        yield Fence(gate, world, servers, location)
        gate.close()


@pytest.fixture
def fence(standing_fence: Fence) -> Fence:
    standing_fence.world.dialled.clear()
    return standing_fence


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("scheme", "trust"), [("http", Trust.OPERATOR), ("https", Trust.WEB)])
def test_no_spelling_leads_inside(fence: Fence, host: str, scheme: str, trust: Trust):
    with pytest.raises(RefusedAddress):
        get(fence.gate, f"{scheme}://{host}/", trust=trust)
    assert (fence.world.dialled, fence.reached) == ([], 0)


@pytest.mark.parametrize("host", HOSTS)
def test_no_redirect_leads_inside(fence: Fence, host: str):
    fence.redirect_to[0] = f"http://{host}/".encode("utf-8", "surrogatepass")

    with pytest.raises(ProviderError):
        get(fence.gate, trust=Trust.OPERATOR)
    assert {ip for ip, _ in fence.world.dialled} <= {PUBLIC_IP}
    assert fence.reached == 0


@pytest.mark.parametrize("host", HOSTS)
def test_no_socket_leads_inside(fence: Fence, host: str):
    with pytest.raises(RefusedAddress):
        fence.gate.connect(host, 80, timeout=timedelta(seconds=5))
    assert (fence.world.dialled, fence.reached) == ([], 0)


@pytest.fixture
def public_redirect(world: World) -> Iterator[list[bytes]]:
    """Let krant.example redirect to wherever the test writes."""
    target = [b""]
    with Server(lambda _: [b"HTTP/1.1 302 Found\r\nlocation: " + target[0] + b"\r\ncontent-length: 0\r\n\r\n"]) as server:
        world.put("krant.example", 80, server)
        yield target


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "data:text/html,x", "ftp://127.0.0.1/", "//127.0.0.1/", "//localhost", "///127.0.0.1/",
     "\\\\127.0.0.1\\", "http:\\\\127.0.0.1", "http:/\\127.0.0.1", "http:127.0.0.1", "/\\127.0.0.1", "//[::1]/", "http://127.0.0.1:8080/", "http://krant.example:22/",
     "https://127.0.0.1", "jar:http://127.0.0.1!/", "http://[::ffff:7f00:1]:80/", "HTTP://127.0.0.1", "dict://127.0.0.1:11211/stat"],
)  # fmt: skip
def test_no_other_kind_of_redirect_leads_inside(fence: Fence, location: str):
    fence.redirect_to[0] = location.encode()

    with pytest.raises(RefusedAddress):
        get(fence.gate)
    assert {ip for ip, _ in fence.world.dialled} <= {PUBLIC_IP}
    assert fence.reached == 0


# ------------------------------------------------------------------------------------------------------ rebinding


@pytest.mark.parametrize(
    "answers",
    [("127.0.0.1",), (PUBLIC_IP, "127.0.0.1"), ("127.0.0.1", PUBLIC_IP), (PUBLIC_IP, "::1"), (PUBLIC_IP, "::ffff:10.0.0.1"), ("fe80::1%2",),
     ("169.254.169.254",), ("100.64.0.1", PUBLIC_IP), ("garbage",)],
)  # fmt: skip
def test_a_name_with_one_inner_address_is_refused_whole(make_gate: MakeGate, world: World, answers: tuple[str, ...]):
    world.names["krant.example"] = [answers]

    with pytest.raises(RefusedAddress, match="not public"):
        get(make_gate())
    assert world.dialled == []


def test_a_name_is_looked_up_once_and_that_answer_is_used(make_gate: MakeGate, serve: Serve, world: World):
    world.names["krant.example"] = [(PUBLIC_IP,), ("127.0.0.1",)]
    serve(answer(b"hallo"))

    got = get(make_gate())

    assert (got.body, world.looked_up, world.dialled) == (b"hallo", ["krant.example"], [(PUBLIC_IP, 80)])


def test_a_name_that_changes_its_mind_is_checked_at_each_connection(make_gate: MakeGate, serve: Serve, world: World):
    world.names["krant.example"] = [(PUBLIC_IP,), ("127.0.0.1",)]
    serve(answer(b"hallo", Connection="close"))
    gate = make_gate()
    get(gate)

    with pytest.raises(RefusedAddress):
        get(gate)
    assert world.dialled == [(PUBLIC_IP, 80)]


def test_a_name_that_changes_its_mind_on_the_way_of_a_redirect_is_refused(
    make_gate: MakeGate, world: World, public_redirect: list[bytes]
):
    world.names["www.krant.example"] = [("127.0.0.1",)]
    public_redirect[0] = b"http://www.krant.example/"

    with pytest.raises(RefusedAddress):
        get(make_gate())
    assert world.dialled == [(PUBLIC_IP, 80)]


# --------------------------------------------------------------------------------------------- the operator's own


OWN = ("searxng.intern.example", 8080)
OWN_SITE = "http://searxng.intern.example:8080/"


@pytest.fixture
def own(serve: Serve, world: World) -> Server:
    """Put the operator's own search engine on a private address."""
    world.names[OWN[0]] = [("10.1.2.3",)]
    return serve(answer(b"{}"), name=OWN[0], port=OWN[1], ip="10.1.2.3")


def test_the_operators_own_pair_is_reached_on_a_private_address(make_gate: MakeGate, own: Server):
    assert get(make_gate(internal=frozenset({OWN})), OWN_SITE, trust=Trust.OPERATOR).body == b"{}"


def test_the_operators_pair_is_known_however_its_host_is_written(make_gate: MakeGate, own: Server):
    gate = make_gate(internal=frozenset({("SearXNG.Intern.example.", 8080)}))

    assert get(gate, OWN_SITE, trust=Trust.OPERATOR).body == b"{}"


def test_the_operators_pair_may_be_an_address_by_number(make_gate: MakeGate, serve: Serve):
    server = serve(answer(b"{}"))

    got = get(
        make_gate(internal=frozenset({("127.0.0.1", server.port)})), f"http://127.0.0.1:{server.port}/", trust=Trust.OPERATOR
    )

    assert got.body == b"{}"


def test_the_web_does_not_reach_the_operators_pair(make_gate: MakeGate, own: Server):
    with pytest.raises(RefusedAddress):
        get(make_gate(internal=frozenset({OWN})), OWN_SITE, trust=Trust.WEB)
    assert own.connections == 0


def test_the_web_does_not_ride_on_a_connection_that_the_operator_opened(make_gate: MakeGate, serve: Serve, world: World):
    pair = ("searxng.intern.example", 80)
    own = serve(answer(b"{}"), name=pair[0], port=80, ip="10.1.2.3")
    gate = make_gate(internal=frozenset({pair}))
    get(gate, "http://searxng.intern.example/", trust=Trust.OPERATOR)

    with pytest.raises(RefusedAddress):
        get(gate, "http://searxng.intern.example/", trust=Trust.WEB)
    assert len(own.requests) == 1


@pytest.mark.parametrize(
    "address", ["http://searxng.intern.example/", "http://searxng.intern.example:8081/", "http://10.1.2.3:8080/", "http://ander.intern.example:8080/"]
)  # fmt: skip
def test_only_exactly_that_pair_is_the_operators(make_gate: MakeGate, own: Server, world: World, address: str):
    world.names["ander.intern.example"] = [("10.1.2.3",)]

    with pytest.raises(RefusedAddress):
        get(make_gate(internal=frozenset({OWN})), address, trust=Trust.OPERATOR)
    assert own.connections == 0


def test_the_operators_trust_reaches_the_web_as_well(make_gate: MakeGate, serve: Serve):
    serve(answer(b"hallo"))

    assert get(make_gate(internal=frozenset({OWN})), trust=Trust.OPERATOR).body == b"hallo"


def test_no_page_redirects_to_the_operators_pair(make_gate: MakeGate, own: Server, public_redirect: list[bytes]):
    public_redirect[0] = OWN_SITE.encode()

    with pytest.raises(RefusedAddress):
        get(make_gate(internal=frozenset({OWN})), trust=Trust.OPERATOR)
    assert own.connections == 0


def test_the_operators_pair_may_redirect_within_itself(make_gate: MakeGate, serve: Serve):
    serve(
        reply=lambda request: [answer(status="302 Found", Location="/b") if b"GET / " in request else answer(b"{}")],
        name=OWN[0], port=OWN[1], ip="10.1.2.3",
    )  # fmt: skip

    assert get(make_gate(internal=frozenset({OWN})), OWN_SITE, trust=Trust.OPERATOR).body == b"{}"


def test_one_pair_of_the_operator_does_not_redirect_to_another(make_gate: MakeGate, own: Server, serve: Serve):
    first = ("feed.intern.example", 8081)
    serve(answer(status="302 Found", Location=OWN_SITE), name=first[0], port=first[1], ip="10.1.2.4")

    with pytest.raises(RefusedAddress):
        get(make_gate(internal=frozenset({OWN, first})), "http://feed.intern.example:8081/", trust=Trust.OPERATOR)
    assert own.connections == 0


def test_from_the_web_there_is_no_way_back_to_the_operators_pair(make_gate: MakeGate, serve: Serve, public_redirect: list[bytes]):
    own = serve(answer(status="302 Found", Location=SITE), name=OWN[0], port=OWN[1], ip="10.1.2.3")
    public_redirect[0] = OWN_SITE.encode()

    with pytest.raises(RefusedAddress):
        get(make_gate(internal=frozenset({OWN})), OWN_SITE, trust=Trust.OPERATOR)
    assert len(own.requests) == 1


@pytest.mark.parametrize("port", [22, 25, 8080, 6379])
def test_the_web_is_read_on_its_two_ports_only(make_gate: MakeGate, world: World, port: int):
    world.names["krant.example"] = [(PUBLIC_IP,)]

    with pytest.raises(RefusedAddress, match="port"):
        get(make_gate(), f"http://krant.example:{port}/")
    assert world.dialled == []


# ------------------------------------------------------------------------------------------------------- sockets


def test_a_socket_to_the_operators_mail_server_is_handed_out(make_gate: MakeGate, serve: Serve):
    serve(answer(b"hallo"), name="mail.intern", port=25, ip="10.1.2.5")

    with make_gate(internal=frozenset({("mail.intern", 25)})).connect(
        "mail.intern", 25, timeout=timedelta(seconds=5)
    ) as connected:
        assert isinstance(connected, socket.socket)


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("127.0.0.1", 25),
        ("localhost", 25),
        ("mail.intern", 587),
        ("::1", 25),
        ("2130706433", 25),
        ("mail.example.org", 25),
        ("kr\r\nant", 25),
        ("", 25),
    ],
)
def test_no_other_inner_socket_is_handed_out(make_gate: MakeGate, world: World, host: str, port: int):
    world.names |= {"mail.example.org": [("10.1.2.5",)], "mail.intern": [("10.1.2.5",)]}

    with pytest.raises(RefusedAddress):
        make_gate(internal=frozenset({("mail.internal", 25)})).connect(host, port, timeout=timedelta(seconds=5))
    assert world.dialled == []
