"""Checks of the way out, and of the two addresses that we listen on ourselves."""

from __future__ import annotations

import errno
import http.client
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from monitor.app.checking.finding import Finding, fault, ok
from monitor.app.checking.subject import Subject
from monitor.config import HostPort
from monitor.fetch.addresses import is_literal
from monitor.fetch.dialling import Lookups

SKEW = timedelta(seconds=60)
_PATIENCE = 3.0
_LOOKUP = 5.0


def check_proxy(subject: Subject) -> Iterator[Finding]:
    """Ask the proxy for inner addresses: it must refuse them as we do."""
    if subject.app.config.network.proxy is None:
        return
    try:
        answers = subject.app.gate.check_proxy_refuses_internal()
    except OSError as error:
        what = f"does not answer ({error.strerror or type(error).__name__})"
        yield fault("network.proxy", what, "check its address, and that this machine may reach it")
        return
    let_through = [answer for answer in answers if not answer.is_refused]
    for answer in let_through:
        said = f"answered {answer.status}" if answer.status else "went there"
        remedy = "let the proxy refuse the addresses of your own network"
        yield fault("network.proxy", f"does not refuse an inner address: to {answer.request} it {said}", remedy)
    if not let_through:
        yield ok("network.proxy", f"answers, and refuses {len(answers)} inner addresses")


def check_names(subject: Subject) -> Iterator[Finding]:
    """Look up the hosts that were asked for. One unknown host is its source's fault; if none is known, there is no DNS."""
    network = subject.app.config.network
    if network.proxy is not None:
        return
    own = {pair.host for pair in network.internal}
    hosts = sorted(host for host in subject.heard.hosts - own if host and not is_literal(host))
    if not hosts:
        return
    lookups = Lookups(subject.resolve)
    with ThreadPoolExecutor(8) as pool:
        known = sum(pool.map(lambda host: _is_known(lookups, host), hosts))
    if known:
        yield ok("names", f"{known} of {len(hosts)} host name(s) can be looked up")
    else:
        remedy = "check the network and the name server; behind a proxy set network.proxy"
        yield fault("names", f"none of {len(hosts)} host name(s) can be looked up", remedy)


def _is_known(lookups: Lookups, host: str) -> bool:
    try:
        return bool(lookups.find(host, _LOOKUP))
    except OSError:
        return False


def check_clock(subject: Subject) -> Iterator[Finding]:
    """Compare our clock with those of the servers; the nearest counts, as a server's own may be wrong."""
    if not subject.heard.skews:
        return
    skew = min(subject.heard.skews, key=abs)
    seconds = round(abs(skew).total_seconds())
    if seconds > SKEW.total_seconds():
        way = "slow" if skew > timedelta() else "fast"
        yield fault("clock", f"is {seconds} seconds {way}", "let this machine set its clock from the network (NTP)")
    else:
        yield ok("clock", f"right, by {len(subject.heard.skews)} answer(s)")


# -------------------------------------------------------------------------------------------- where we listen


def check_page(subject: Subject) -> Iterator[Finding]:
    """Look whether the page can be, or is, where it belongs."""
    bind = subject.app.config.web.bind
    yield from _check_bind("web.bind", bind, "/", (b"Naamwacht",), is_running=bool(subject.daemon))


def check_ops(subject: Subject) -> Iterator[Finding]:
    """Look whether the probes can be, or are, where they belong."""
    bind = subject.app.config.ops.bind
    yield from _check_bind(
        "ops.bind", bind, "/health/live", (b"alive", b"the clockwork stands still"), is_running=bool(subject.daemon)
    )


def _check_bind(path: str, bind: HostPort, page: str, ours: Sequence[bytes], *, is_running: bool) -> Iterator[Finding]:
    taken = _why_taken(bind)
    if taken is None:
        yield ok(path, f"{bind} is free")
    elif taken != errno.EADDRINUSE:
        remedy = "choose an address of this machine, and a port above 1023"
        yield fault(path, f"{bind} cannot be listened on: {_words(taken)}", remedy)
    elif not any(word in (body := _asked(bind, page)) for word in ours):
        yield fault(path, f"something else listens on {bind}", "stop it, or choose another port")
    elif not is_running:
        yield fault(path, f"a Naamwacht with another database listens on {bind}", "choose another port")
    elif b"stands still" in body:
        yield fault(path, f"Naamwacht listens on {bind}, and its clockwork stands still", "start it again")
    else:
        yield ok(path, f"Naamwacht answers on {bind}")


def _why_taken(bind: HostPort) -> int | None:
    """Return the error number with which the address refuses us, None where it is free."""
    family = socket.AF_INET6 if ":" in bind.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((bind.host, bind.port))
            # Without it two programs may bind one port; with it they cannot.
            listening.listen(1)
        except OSError as error:
            return error.errno or errno.EADDRNOTAVAIL
    return None


def _words(number: int) -> str:
    return {errno.EADDRNOTAVAIL: "it is not an address of this machine", errno.EACCES: "it needs more rights"}.get(
        number, errno.errorcode.get(number, str(number))
    )


def _asked(bind: HostPort, page: str) -> bytes:
    """Return what answers there, nothing where it speaks no http. Ours is asked without the proxy: it is on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind.host, bind.host)  # noqa: S104 # what a bind may say
    connection = http.client.HTTPConnection(host, bind.port, timeout=_PATIENCE)
    try:
        connection.request("GET", page, headers={"Host": f"127.0.0.1:{bind.port}"})
        return connection.getresponse().read(100_000)
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()
