"""Whom the demo watches over, and with which configuration: eight invented people of an invented organisation.

Plain texts and a plain mapping only: what the columns and keys mean is the product's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

ORGANISATION = "Jeugdbescherming Voorbeeld"
DOMAIN = "example.org"
OFFICER = f"communicatie@{DOMAIN}"
OPERATOR = f"beheer@{DOMAIN}"

PEOPLE = """\
external_id,given_names,call_name,initials,prefix,surname,partner_prefix,partner_surname,name_usage,email,team,language,ground,informed_on
V1001,Susanna Maria,Sanne,S.M.,van der,Molen,,,own,s.vandermolen@example.org,Team Noord,nl,gerechtvaardigd belang,2025-01-15
V1002,Youssef,Youssef,Y.,,El Amrani,,,own,y.elamrani@example.org,Team Noord,nl,gerechtvaardigd belang,2025-01-15
V1003,Maria Johanna,Marijke,M.J.,de,Vries,,Jansen,partner_own,m.jansen@example.org,Team Zuid,nl,gerechtvaardigd belang,2025-01-15
V1004,Özlem,Özlem,Ö.,,Çelikbaş,,,own,o.celikbas@example.org,Team Zuid,nl,gerechtvaardigd belang,2025-01-15
V1005,Diederik,Diederik,D.,van,Zonneveen,,,own,d.vanzonneveen@example.org,Team West,nl,gerechtvaardigd belang,2025-01-15
V1006,Anouk,Anouk,A.,'t,Hoenselaar,,,own,a.hoenselaar@example.org,Team West,nl,gerechtvaardigd belang,2025-01-15
V1007,Lotte,Lotte,L.,,Brummelkamp,van,Oosterwold,partner,l.vanoosterwold@example.org,Team Oost,nl,gerechtvaardigd belang,2025-01-15
V1008,Fiona Grace,Fiona,F.G.,,Aldermoor,,,own,f.aldermoor@example.org,Team Oost,en,gerechtvaardigd belang,2025-01-15
"""  # noqa: E501 - a row of a table stays one line
"""The watchlist as the file that a personnel office would export."""


def config(
    folder: Path, *, internal: Sequence[str], feeds: Mapping[str, str], search: str, mail: tuple[str, int]
) -> dict[str, object]:
    """Return a whole configuration, as it would stand in the YAML file, that keeps everything in *folder*."""
    host, port = mail
    return {
        "organisation": {"name": ORGANISATION, "aliases": ["JB Voorbeeld"], "domains": [DOMAIN]},
        "language": "nl",
        "timezone": "Europe/Amsterdam",
        "data_dir": str(folder),
        "people": {"confirm": "domain", "notifiers": ["post", "scherm"]},
        "network": {"internal": list(internal)},
        "sources": [
            *({"name": name, "provider": "rss", "every": "2s", "settings": {"url": url}} for name, url in feeds.items()),
            {"name": "zoekmachine", "provider": "searxng", "every": "2s", "receives_names": True, "settings": {"url": search}},
        ],
        "notifiers": {
            "scherm": {"type": "console"},
            "post": {"type": "email", "host": host, "port": port, "security": "none", "sender": f"naamwacht@{DOMAIN}"},
        },
        "channels": [
            {"name": "communicatie", "role": "officer", "notifier": "post", "to": OFFICER, "language": "nl"},
            {"name": "meekijken", "role": "officer", "notifier": "scherm", "language": "nl"},
            {"name": "beheer", "role": "operator", "notifier": "post", "to": OPERATOR, "language": "nl"},
        ],
    }
