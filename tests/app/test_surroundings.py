from __future__ import annotations

from pathlib import Path

import trustme

from monitor.app import parse_config
from monitor.app.surroundings import lead_libraries


def test_libraries_are_led_through_the_proxy_with_the_network_s_authority(tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(ca_file))
    network = {"proxy": "http://proxy.example.org:3128", "no_proxy": ["mail.example.org"], "ca_file": str(ca_file)}
    environment = {"https_proxy": "http://old.example.org:1"}

    lead_libraries(parse_config({"network": network}, tmp_path), environment)

    bundle = Path(environment["REQUESTS_CA_BUNDLE"]).read_text("utf-8")
    assert (environment["https_proxy"], environment["NO_PROXY"]) == ("http://proxy.example.org:3128", "mail.example.org")
    assert ca_file.read_text("utf-8").strip() in bundle
    assert bundle.count("BEGIN CERTIFICATE") > 50


def test_without_a_proxy_none_is_taken_from_the_environment(tmp_path: Path) -> None:
    environment = {"https_proxy": "http://old.example.org:1", "NO_PROXY": "*"}

    lead_libraries(parse_config({}, tmp_path), environment)

    assert environment == {}
