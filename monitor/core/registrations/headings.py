"""The columns of a people file, and how English and Dutch headings name them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Column(StrEnum):
    """One column, by its English heading, in the order of an export."""

    EXTERNAL_ID = "external_id"
    NAME = "name"
    GIVEN_NAMES = "given_names"
    CALL_NAME = "call_name"
    INITIALS = "initials"
    PREFIX = "prefix"
    SURNAME = "surname"
    PARTNER_PREFIX = "partner_prefix"
    PARTNER_SURNAME = "partner_surname"
    NAME_USAGE = "name_usage"
    EMAIL = "email"
    PHONE = "phone"
    HANDLES = "handles"
    ALIASES = "aliases"
    SWITCHED_OFF = "switched_off"
    CONTEXT = "context"
    NOT_CONTEXT = "not_context"
    TEAM = "team"
    DEPUTY = "deputy"
    LANGUAGE = "language"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    GROUND = "ground"
    INFORMED_ON = "informed_on"


REQUIRED = (Column.EXTERNAL_ID, Column.SURNAME)
"""Without these there is no person. A `name` in one column takes the place of a surname of its own."""

WRITTEN = tuple(column for column in Column if column is not Column.NAME)
"""The columns of an export: a name is written in its parts."""

_ALSO = {
    Column.EXTERNAL_ID: "personeelsnummer medewerkernummer medewerkersnummer personeelsnr medewerker_id employee_id",
    Column.NAME: "naam volledige_naam full_name",
    Column.GIVEN_NAMES: "voornamen voornaam doopnamen first_names given_name first_name",
    Column.CALL_NAME: "roepnaam known_as preferred_name",
    Column.INITIALS: "voorletters initialen",
    Column.PREFIX: "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels surname_prefix",
    Column.SURNAME: "achternaam geslachtsnaam geboortenaam last_name family_name",
    Column.PARTNER_PREFIX: "tussenvoegsel_partner voorvoegsel_partner partner_tussenvoegsel partner_voorvoegsel",
    Column.PARTNER_SURNAME: "achternaam_partner geslachtsnaam_partner partner_achternaam partnernaam naam_partner",
    Column.NAME_USAGE: "naamgebruik aanduiding_naamgebruik",
    Column.EMAIL: "mail e-mailadres mailadres werkmail email_address",
    Column.PHONE: "telefoon telefoonnummer mobiel phone_number",
    Column.HANDLES: "accounts account gebruikersnamen",
    Column.ALIASES: "andere_namen alias bijnamen",
    Column.SWITCHED_OFF: "uitgeschakeld uitgezette_schrijfwijzen",
    Column.CONTEXT: "trefwoorden kenmerken keywords",
    Column.NOT_CONTEXT: "niet_context niet_trefwoorden uitsluiten",
    Column.TEAM: "afdeling department",
    Column.DEPUTY: "waarnemer vertrouwenscollega",
    Column.LANGUAGE: "taal",
    Column.STARTS_ON: "datum_in_dienst in_dienst in_dienst_sinds start_date",
    Column.ENDS_ON: "datum_uit_dienst uit_dienst uit_dienst_per end_date",
    Column.GROUND: "grondslag",
    Column.INFORMED_ON: "geinformeerd_op datum_geinformeerd informed",
}


def _bare(heading: str) -> str:
    """Return only the letters and digits of a heading, without accents: `E-mail Adres ` and `emailadres` are one."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())


def _known_headings() -> Mapping[str, tuple[Column, str]]:
    spellings = ((column, heading) for column in Column for heading in (column.value, *_ALSO[column].split()))
    return MappingProxyType({_bare(heading): (column, heading) for column, heading in spellings})


_KNOWN = _known_headings()


def column_of(heading: str) -> Column | None:
    """Return the column that *heading* names, whatever its case, spaces, underscores and accents."""
    known = _KNOWN.get(_bare(heading))
    return known[0] if known else None


def likely_heading(heading: str) -> str:
    """Return the known heading that *heading* was probably meant to be, or an empty string."""
    nearest = difflib.get_close_matches(_bare(heading), _KNOWN, n=1, cutoff=0.7)
    return _KNOWN[nearest[0]][1] if nearest else ""
