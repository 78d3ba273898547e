"""Behind an outgoing proxy: it alone is talked to, and it alone looks names up."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from monitor.fetch.gate import Gate, Trust
from monitor.fetch.rules import goes_direct, parse_proxy
from monitor.ports import ConfigError, ProviderError, RefusedAddress
from tests.fetch.conftest import SITE, MakeGate, get
from tests.fetch.proxy import ForwardProxy
from tests.fetch.servers import Server, World, always, answer

Behind = Callable[..., tuple[Gate, ForwardProxy]]
PROXY_IP = "10.0.0.8"


@pytest.fixture
def site() -> Iterator[Server]:
    with Server(always(answer(b"hallo"))) as server:
        yield server


@pytest.fixture
def behind(make_gate: MakeGate, world: World, site: Server, authority: trustme.CA) -> Iterator[Behind]:
    """Make a gate behind a proxy that knows krant.example alone, and decrypts what is asked of it."""
    proxies: list[ForwardProxy] = []

    def make(*, login: str = "", upstreams: object = None, **rules: object) -> tuple[Gate, ForwardProxy]:
        known = upstreams or (lambda host, _port: ("127.0.0.1", site.port) if host == "krant.example" else None)
        proxy = ForwardProxy(known, authority=authority, login=login)  # type: ignore[arg-type] # whatever a test says
        proxies.append(proxy)
        world.put("proxy", 3128, proxy, ip=PROXY_IP)
        return make_gate(**{"proxy": "http://proxy:3128"} | rules), proxy

    yield make
    for proxy in proxies:
        proxy.__exit__()


def test_http_is_asked_of_the_proxy(behind: Behind, world: World):
    gate, proxy = behind()

    got = get(gate, SITE + "a")

    assert got.body == b"hallo"
    assert proxy.requests[0].startswith(b"GET http://krant.example/a HTTP/1.1\r\n")
    assert (world.looked_up, world.dialled) == (["proxy"], [(PROXY_IP, 3128)])


def test_https_goes_through_a_tunnel_that_the_proxy_decrypts(behind: Behind, world: World, ca_file: Path):
    gate, proxy = behind(ca_file=ca_file)

    got = get(gate, "https://krant.example/")

    assert got.body == b"hallo"
    assert proxy.requests[0].startswith(b"CONNECT krant.example:443 HTTP/1.1\r\n")
    assert world.looked_up == ["proxy"]


def test_without_its_authority_a_decrypting_proxy_is_not_trusted(behind: Behind):
    gate, _ = behind()

    with pytest.raises(ProviderError, match="the certificate is not trusted"):
        get(gate, "https://krant.example/")


def test_the_exchange_holds_the_answer_and_not_the_tunnel(behind: Behind, ca_file: Path):
    gate, _ = behind(ca_file=ca_file)
    session = gate.session(Trust.WEB)

    raw = session.exchanges[session.get("https://krant.example/").exchange]

    assert b"GET / HTTP/1.1\r\n" in raw
    assert b"CONNECT" not in raw
    assert b"\r\nproxy: 127.0.0.1:" in raw
    assert b"WARC-IP-Address" not in raw


def test_what_the_proxy_forbids_says_so(behind: Behind):
    gate, _ = behind()

    with pytest.raises(ProviderError, match=r"blad\.example: the proxy does not connect \(403"):
        get(gate, "https://blad.example/")


def test_the_proxy_gets_its_login_and_the_exchange_does_not(behind: Behind, ca_file: Path):
    login = base64.b64encode(b"wachter:geheim").decode()
    gate, _ = behind(login=login, proxy="http://wachter:geheim@proxy:3128", ca_file=ca_file)
    session = gate.session(Trust.WEB)

    secured, plain = session.get("https://krant.example/"), session.get(SITE)

    assert (secured.body, plain.body) == (b"hallo", b"hallo")
    assert not any(login.encode() in raw for raw in session.exchanges.values())


def test_a_missing_login_says_so(behind: Behind):
    gate, _ = behind(login="x")

    with pytest.raises(ProviderError, match="407"):
        get(gate, "https://krant.example/")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "93.184.215.14", "[2606:4700::1111]", "2130706433", "localhost", "intranet", "db.internal",
     "metadata.google.internal", "printer.local", "metadata.azure.com", "wiki.intern.example.org", "intern.example.org", "10.20.0.1"],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_proxy_is_never_asked_for_numbers_or_inner_names(behind: Behind, host: str, scheme: str):
    gate, proxy = behind(no_proxy=("intern.example.org", "10.0.0.0/8"))

    with pytest.raises(RefusedAddress):
        get(gate, f"{scheme}://{host}/")
    assert proxy.connections == 0


def test_a_redirect_behind_the_proxy_leads_nowhere_inside(behind: Behind):
    with Server(always(answer(status="302 Found", Location="http://db.internal/"))) as site:
        gate, proxy = behind(upstreams=lambda _host, _port: ("127.0.0.1", site.port))

        with pytest.raises(RefusedAddress):
            get(gate)
        assert proxy.connections == 1


def test_the_operators_pair_under_no_proxy_goes_direct(behind: Behind, site: Server, world: World):
    pair = ("searxng.intern.example.org", 8080)
    world.put(pair[0], pair[1], site, ip="10.1.2.3")
    gate, proxy = behind(internal=frozenset({pair}), no_proxy=(".intern.example.org",))

    assert get(gate, "http://searxng.intern.example.org:8080/", trust=Trust.OPERATOR).body == b"hallo"
    assert proxy.connections == 0


def test_the_operators_other_pairs_are_asked_of_the_proxy(behind: Behind, site: Server):
    gate, proxy = behind(
        internal=frozenset({("searxng.intern", 8080)}), upstreams=lambda host, port: {("searxng.intern", 8080): ("127.0.0.1", site.port)}.get((host, port))
    )  # fmt: skip

    assert get(gate, "http://searxng.intern:8080/", trust=Trust.OPERATOR).body == b"hallo"
    assert proxy.connections == 1


def test_a_socket_is_tunnelled(behind: Behind, world: World):
    gate, proxy = behind()

    with gate.connect("krant.example", 587, timeout=timedelta(seconds=5)) as connected:
        connected.sendall(b"GET / HTTP/1.1\r\n\r\n")

        assert connected.recv(100).endswith(b"hallo")
    assert proxy.requests[0].startswith(b"CONNECT krant.example:587 HTTP/1.1\r\n")
    assert world.looked_up == ["proxy"]


def test_a_tunnel_that_is_not_dug_is_an_oserror(behind: Behind):
    gate, _ = behind()

    with pytest.raises(ConnectionRefusedError, match="status 403"):
        gate.connect("mail.example.org", 587, timeout=timedelta(seconds=5))


def test_a_socket_to_the_operators_mail_server_goes_direct_under_no_proxy(behind: Behind, site: Server, world: World):
    world.put("mail.intern", 25, site, ip="10.1.2.5")
    gate, proxy = behind(internal=frozenset({("mail.intern", 25)}), no_proxy=("mail.intern",))

    gate.connect("mail.intern", 25, timeout=timedelta(seconds=5)).close()

    assert proxy.connections == 0


# -------------------------------------------------------------------------------- does the proxy itself refuse?


def test_a_proxy_that_refuses_inner_addresses_is_known(behind: Behind):
    gate, _ = behind()

    answers = gate.check_proxy_refuses_internal()

    assert [said.status for said in answers] == [403] * 6
    assert all(said.is_refused for said in answers)
    assert {said.request for said in answers} >= {"CONNECT 127.0.0.1:443", "GET http://169.254.169.254/"}


def test_a_proxy_that_relays_to_inner_addresses_is_known(behind: Behind, site: Server):
    gate, _ = behind(upstreams=lambda _host, _port: ("127.0.0.1", site.port))

    answers = gate.check_proxy_refuses_internal()

    assert [said.is_refused for said in answers] == [False] * 6


def test_without_a_proxy_there_is_nothing_to_check(make_gate: MakeGate):
    assert make_gate().check_proxy_refuses_internal() == ()


# ------------------------------------------------------------------------------------------------ what may be written


@pytest.mark.parametrize(
    "proxy",
    [
        "proxy:3128",
        "https://proxy:3128",
        "socks5://proxy:1080",
        "http://proxy",
        "http://proxy:0",
        "http://pro xy:1",
        "http://127.1:3128",
    ],
)
def test_a_proxy_written_otherwise_is_a_fault_of_the_configuration(proxy: str):
    with pytest.raises(ConfigError, match=r"network\.proxy"):
        parse_proxy(proxy)


@pytest.mark.parametrize(
    ("entry", "host", "goes"),
    [
        ("mail.intern", "mail.intern", True),
        ("mail.intern:25", "mail.intern", True),
        ("mail.intern:587", "mail.intern", False),
        (".intern", "mail.intern", True),
        ("*.intern", "mail.intern", True),
        ("intern", "mail.intern", True),
        ("ntern", "mail.intern", False),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.1.2.3", "10.1.2.3", True),
        ("::1", "::1", True),
        ("10.0.0.0/8", "mail.intern", False),
        ("*", "mail.intern", True),
        ("", "mail.intern", False),
    ],
)
def test_no_proxy_names_hosts_domains_and_networks(entry: str, host: str, goes: bool):  # noqa: FBT001
    assert goes_direct((host, 25), (entry,)) is goes
