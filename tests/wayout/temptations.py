"""What feeds, pages, redirects and name servers say to lead a fetch inside. Plain tables; `tempted` plays them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

PUBLIC, OTHER_PUBLIC = "93.184.215.14", "93.184.215.15"
"""Look like addresses of the web; here they are this machine's own, in a namespace without a way out."""

KRANT = "krant.voorbeeld.test"
SEARXNG = ("10.1.2.9", 8888)
"""The operator's own, under network.internal."""
OTHER_SERVICE = ("10.1.2.8", 8080)
"""Also under network.internal, for something else: no feed, page or redirect may lead there."""

INNER_ADDRESSES = (
    "127.0.0.1",
    "127.9.9.9",
    "::1",
    "10.1.2.3",
    "10.1.2.8",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "fc00::5",
    "fec0::5",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
)
INNER_PORTS = (80, 443, 8080)

INNER_HOSTS: Mapping[str, str] = {
    "loopback": "127.0.0.1",
    "all of loopback": "127.9.9.9",
    "loopback by name": "localhost",
    "loopback in IPv6": "[::1]",
    "mapped loopback": "[::ffff:127.0.0.1]",
    "loopback through NAT64": "[64:ff9b::7f00:1]",
    "loopback through 6to4": "[2002:7f00:1::1]",
    "any address": "0.0.0.0",
    "any address in IPv6": "[::]",
    "loopback as a number": "2130706433",
    "loopback in hexadecimal": "0x7f000001",
    "loopback in octal": "017700000001",
    "loopback cut short": "127.1",
    "private 10": "10.1.2.3",
    "private 172": "172.16.0.1",
    "private 192": "192.168.1.1",
    "benchmarking": "198.18.0.1",
    "metadata": "169.254.169.254",
    "metadata at Alibaba": "100.100.100.200",
    "metadata at Azure": "168.63.129.16",
    "metadata at Oracle": "192.0.0.192",
    "carrier-grade NAT": "100.64.0.1",
    "private in IPv6": "[fc00::5]",
    "site-local": "[fec0::5]",
    "an inner name": "db.internal",
    "a name of one word": "intranet",
    "another service of the operator": "10.1.2.8:8080",
    "another port": f"{KRANT}:8080",
}

_LOCATIONS: Mapping[str, str] = {
    **{name: f"http://{host}/" for name, host in INNER_HOSTS.items()},
    "loopback by TLS": "https://127.0.0.1/",
    "without a scheme": "//127.0.0.1/",
    "with backslashes": "http:\\\\127.0.0.1\\",
    "a file": "file:///etc/passwd",
    "gopher": "gopher://127.0.0.1:80/_GET",
    "behind a user name": f"http://{KRANT}@127.0.0.1/",
    "the operator's SearXNG": "http://10.1.2.9:8888/search?q=x&format=json",
    "by way of another redirect": f"http://{KRANT}/to/loopback",
}


def slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower())


LOCATIONS = {slug(name): location for name, location in _LOCATIONS.items()}
"""Where the pages `/to/…` of the web redirect to."""

NAMES: Mapping[str, Sequence[Sequence[str]]] = {
    KRANT: [(PUBLIC,)],
    "localhost": [("127.0.0.1", "::1")],
    "intranet": [("10.1.2.3",)],
    "db.internal": [("10.1.2.3",)],
    "binnen.voorbeeld.test": [("10.1.2.3",)],
    "binnen6.voorbeeld.test": [("fc00::5",)],
    "gemengd.voorbeeld.test": [(PUBLIC, "127.0.0.1")],
    "gemengd6.voorbeeld.test": [(PUBLIC, "::1")],
    "ingepakt.voorbeeld.test": [("::ffff:10.1.2.3",)],
    "eerst-binnen.voorbeeld.test": [("127.0.0.1",), (PUBLIC,)],
    "eerst-buiten.voorbeeld.test": [(PUBLIC,), ("127.0.0.1",)],
}
"""The answers to successive look-ups of a name; the last one stays."""

REBINDING: Mapping[str, str] = {
    "a name that leads inside": "http://binnen.voorbeeld.test/feed.xml",
    "a name that leads inside in IPv6": "http://binnen6.voorbeeld.test/feed.xml",
    "a name that leads inside as well": "http://gemengd.voorbeeld.test/feed.xml",
    "a name that leads inside in IPv6 as well": "http://gemengd6.voorbeeld.test/feed.xml",
    "a name that leads inside in disguise": "http://ingepakt.voorbeeld.test/feed.xml",
    "a name that first leads inside": "http://eerst-binnen.voorbeeld.test/feed.xml",
    # The first answer is fetched and sends us to the same name again, which leads inside by then.
    "a name that leads inside the second time": "http://eerst-buiten.voorbeeld.test/again",
}

FEEDS: Mapping[str, str] = {
    **{f"feed: {name}": f"http://{host}/feed.xml" for name, host in INNER_HOSTS.items() if name != "another service of the operator"},
    **{f"redirect: {name}": f"http://{KRANT}/to/{slug(name)}" for name in _LOCATIONS},
    **{f"rebinding: {name}": address for name, address in REBINDING.items()},
}  # fmt: skip
"""Sources that must not be read, by name. What the operator lists as his own under `sources` is no temptation."""

PAGES: Sequence[str] = [
    *(
        f"http://{INNER_HOSTS[name]}/pagina"
        for name in (
            "loopback",
            "loopback by name",
            "mapped loopback",
            "loopback as a number",
            "private 10",
            "metadata",
            "carrier-grade NAT",
            "private in IPv6",
            "an inner name",
            "a name of one word",
            "another service of the operator",
            "another port",
        )
    ),
    *(f"http://{KRANT}/to/{slug(name)}" for name in ("loopback", "metadata", "the operator's SearXNG")),
    "http://binnen.voorbeeld.test/pagina",
    "http://10.1.2.9:8888/stats",
]
"""What a search engine names as pages about somebody; fewer than one Look reads."""
