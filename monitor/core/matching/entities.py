"""Tell whether a name stands inside the name of something else: a street, a school, a firm, a work.

By the kind of thing that is named beside it ("Anne Frank Huis", "Bakker BV", "de roman ..."); what it is called has no list.
"""

from __future__ import annotations

from monitor.core.matching.reading import Reading

# fmt: off
_KINDS_BEHIND = frozenset((
    "street", "road", "avenue", "lane", "house", "square", "bridge", "strasse", "platz", "allee", "centre", "center",
    "aviation", "airlines", "airways", "consulting", "media", "productions", "records", "motors", "university", "universiteit",
    "huis", "school", "basisschool", "college", "lyceum", "gymnasium", "stichting", "fonds", "foundation", "fund",
    "straat", "laan", "plein", "weg", "kade", "gracht", "brug", "park", "sportpark", "stadion", "hal", "sporthal",
    "zaal", "theater", "museum", "instituut", "institute", "academie", "kliniek", "ziekenhuis", "prijs", "award",
    "trofee", "bokaal", "cup", "toernooi", "lezing", "lectures", "bv", "nv", "vof", "cv", "bvba", "gmbh", "ltd",
    "inc", "holding", "beheer", "groep", "group", "makelaardij", "makelaars", "advocaten", "notarissen", "transport",
    "installatie", "bouw", "bouwbedrijf", "kwekerij", "uitgeverij", "bakkerij", "slagerij", "kapsalon", "kapper",
    "tweewielers", "autobedrijf", "mode", "optiek", "accountants", "consultancy", "architecten", "zonen", "zn",
    "sons", "dochters", "gebroeders", "quartet", "kwartet", "trio", "band", "orkest", "ensemble", "tunnel", "molen",
    "polder", "dijk", "sluis", "bos", "hoeve", "boerderij", "hotel", "camping",
))
# fmt: on
# fmt: off
_KINDS_BEFORE = frozenset((
    "rue", "avenue", "boulevard", "via", "calle", "zaal", "brug", "ms", "mv", "schip", "prijs", "plein", "laan",
    "firma", "fa", "stichting", "huize", "gebroeders", "gebr", "bakkerij", "slagerij", "kapsalon", "camping", "hotel",
    "cafe", "restaurant", "garage", "roman", "film", "boek", "musical", "toneelstuk", "serie", "album", "lied",
    "sint", "st", "villa", "hoeve", "kasteel", "basisschool", "openluchtschool",
))
# fmt: on
_BESIDE = frozenset({" ", "-", " & ", ' "', " '", "'", '"', " - "})


def is_in_entity(reading: Reading, first: int, last: int) -> bool:
    """Tell whether the words from *first* up to *last* are part of the name of a thing."""
    if last < len(reading.words):
        gap = reading.gap(last)
        word = reading.words[last]
        if gap in _BESIDE and (word in _KINDS_BEHIND) and (reading.is_capital(last) or gap != " "):
            return True
        if gap == " " and word == "en" and last + 1 < len(reading.words) and reading.words[last + 1] in ("zonen", "zn", "zoon"):
            return True
    if first == 0 or reading.words[first - 1] not in _KINDS_BEFORE:
        return False
    return reading.gap(first) in _BESIDE
