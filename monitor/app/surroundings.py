"""The environment of the process: what libraries that open their own sockets (Apprise) read there."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

import certifi

from monitor.config import Config

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
NO_PROXY = ("NO_PROXY", "no_proxy")
BUNDLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


def lead_libraries(config: Config, environment: MutableMapping[str, str]) -> None:
    """Let libraries take the way out of the configuration, whatever stood in the environment; the gate itself never reads it."""
    network = config.network
    for name in PROXIES:
        environment.pop(name, None)
        if network.proxy is not None:
            environment[name] = network.proxy.get_secret_value()
    for name in NO_PROXY:
        environment.pop(name, None)
        if network.no_proxy:
            environment[name] = ",".join(network.no_proxy)
    if network.ca_file is not None:
        bundle = str(_bundle(network.ca_file, config.data_dir))
        environment.update(dict.fromkeys(BUNDLES, bundle))


def _bundle(ca_file: Path, folder: Path) -> Path:
    """Write the usual authorities and the network's own into one file: these libraries take one only."""
    bundle = folder / "certificates.pem"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    bundle.write_text(Path(certifi.where()).read_text("utf-8") + "\n" + ca_file.read_text("utf-8"), "utf-8")
    return bundle
