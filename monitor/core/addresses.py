"""What a domain and an e-mail address look like. Pure; nothing here asks a name server or knows whose domain it is."""

from __future__ import annotations

import re

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def normal_domain(text: str) -> str:
    """Return *text* as a domain in lower-case ASCII (punycode), or an empty string where it is none."""
    try:
        domain = text.strip().encode("idna").decode("ascii").lower()
    except UnicodeError:  # an empty label, a label that is too long, a sign that no domain has
        return ""
    labels = domain.split(".")
    is_domain = len(labels) > 1 and len(domain) <= 253 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
    return domain if is_domain else ""


def normal_email(text: str) -> str:
    """Return *text* as one bare e-mail address, its domain normalised, or an empty string where it is none.

    Only what every mail server takes: the part before the @ is ASCII, unquoted, and keeps its case.
    """
    local_part, at, domain = text.rpartition("@")
    domain = normal_domain(domain)
    is_address = bool(at and domain) and len(local_part) <= 64 and _LOCAL_PART.fullmatch(local_part) is not None
    return f"{local_part}@{domain}" if is_address else ""


def domain_of(email: str) -> str:
    """Return the domain of an address that `normal_email` made."""
    return email.rpartition("@")[2]
