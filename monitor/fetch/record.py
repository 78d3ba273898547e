"""Write down an exchange as proof: a WARC 1.1 file, one request, response and metadata record for each hop.

The response holds the bytes as they came over the wire (inside TLS). Requests lose their secrets before they are
written: only headers known to carry none keep their value. What the records are kept in is `monitor.evidence`.
"""

from __future__ import annotations

import hashlib
import re
import ssl
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

REVEALED_HEADERS = frozenset(
    {
        "host", "user-agent", "accept", "accept-language", "accept-encoding", "if-none-match", "if-modified-since", "range",
        "content-type", "content-length", "cache-control", "connection", "transfer-encoding",
    }
)  # fmt: skip
"""Headers that carry no secret. Any other may (an engine's key has a header of its own), and is written as REDACTED."""

_SECRET_PARAMETER = re.compile(
    r"([?&](?:key|[^=&#]*(?:api_?key|token|secret|passw|signature|auth(?!or)|subscription-key)[^=&#]*)=)[^&#\s]+", re.IGNORECASE
)
REDACTED = "REDACTED"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who the other side said it is: the fingerprint of its certificate and what was agreed."""

    sha256: str
    subject: str
    protocol: str
    cipher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request and its answer, as they crossed the wire. `via_proxy`: the peer is the proxy, not the site."""

    address: str
    started_at: datetime
    ended_at: datetime
    sent: bytes
    received: bytes
    peer: str
    is_cut: bool = False
    via_proxy: bool = False
    certificate: Certificate | None = None


def certificate_of(secured: ssl.SSLSocket) -> Certificate:
    """Return what is worth keeping of a TLS session."""
    # The standard library types a certificate as a dict of anything; its subject is a tuple of tuples of pairs.
    parts: Any = (secured.getpeercert() or {}).get("subject", ())
    subject = ", ".join(f"{name}={value}" for part in parts for name, value in part)
    cipher = secured.cipher()
    return Certificate(
        sha256=hashlib.sha256(secured.getpeercert(binary_form=True) or b"").hexdigest(),
        subject=subject,
        protocol=secured.version() or "",
        cipher=cipher[0] if cipher else "",
    )


def written_exchange(hops: Sequence[Hop]) -> tuple[str, bytes]:
    """Return the digest (SHA-256, hexadecimal) and the bytes of an exchange with all its redirects."""
    raw = b"".join(record for hop in hops for record in _records(hop))
    return hashlib.sha256(raw).hexdigest(), raw


def revealed(address: str) -> str:
    """Return an address without the keys in its query."""
    return _SECRET_PARAMETER.sub(rf"\1{REDACTED}", address)


def _records(hop: Hop) -> list[bytes]:
    sent = _without_secrets(hop.sent)
    common = {"WARC-Target-URI": revealed(hop.address), "WARC-Date": _moment(hop.started_at)}
    if not hop.via_proxy:
        common["WARC-IP-Address"] = hop.peer.rpartition(":")[0].strip("[]")
    response_id = _record_id(b"response", hop.received, common)
    response = common | {"WARC-Record-ID": response_id, "Content-Type": "application/http;msgtype=response"}
    if hop.is_cut:
        response["WARC-Truncated"] = "length"
    beside = {"WARC-Concurrent-To": response_id}
    request = common | beside | {"WARC-Record-ID": _record_id(b"request", sent, common)}
    metadata = _metadata(hop)
    described = common | beside | {"WARC-Record-ID": _record_id(b"metadata", metadata, common)}
    return [
        _record("request", request | {"Content-Type": "application/http;msgtype=request"}, sent),
        _record("response", response, hop.received),
        _record("metadata", described | {"Content-Type": "application/warc-fields"}, metadata),
    ]


def _metadata(hop: Hop) -> bytes:
    facts = {
        "startedAt": _moment(hop.started_at),
        "endedAt": _moment(hop.ended_at),
        "proxy" if hop.via_proxy else "peer": hop.peer,
    }
    body = hop.sent.partition(b"\r\n\r\n")[2]
    if body:
        facts["requestBodySha256"] = hashlib.sha256(body).hexdigest()
    if hop.certificate:
        facts |= {
            "certificateSha256": hop.certificate.sha256,
            "certificateSubject": hop.certificate.subject,
            "tlsVersion": hop.certificate.protocol,
            "tlsCipher": hop.certificate.cipher,
        }
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in facts.items()).encode("utf-8", "replace")


def _record(kind: str, headers: dict[str, str], block: bytes) -> bytes:
    lines = [f"{name}: {_one_line(value)}" for name, value in headers.items()]
    head = "\r\n".join(["WARC/1.1", f"WARC-Type: {kind}", *lines, f"Content-Length: {len(block)}", "", ""])
    return head.encode("utf-8", "replace") + block + b"\r\n\r\n"


def _record_id(kind: bytes, block: bytes, common: dict[str, str]) -> str:
    """Name a record by what it holds: chance has no place in a proof, and the same bytes keep the same name."""
    name = hashlib.sha256(kind + block + repr(sorted(common.items())).encode()).hexdigest()
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}>"


def _without_secrets(sent: bytes) -> bytes:
    """Return the head of a request; its body is left out (it may hold a key), its digest stands in the metadata."""
    first, *lines = sent.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    kept = [revealed(first)]
    for line in lines:
        name = line.partition(":")[0]
        kept.append(line if name.strip().lower() in REVEALED_HEADERS else f"{name}: {REDACTED}")
    return "\r\n".join([*kept, "", ""]).encode("latin-1")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _one_line(value: str) -> str:
    return " ".join(value.split())
