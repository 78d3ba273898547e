"""What one cell of a people file may hold. A fault is said without repeating the cell: names never reach a log."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from monitor.core.addresses import normal_email
from monitor.core.model import NameUsage

LONGEST = 200
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# UTF-8 read as Windows-1252: no name has a capital A with tilde or circumflex before one of these.
_MISREAD = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u2013-\u203a\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2122]"
)
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_STRONG_SEPARATOR = re.compile(r"[;|\n]")
_NAME_SIGNS = frozenset(" '`./-\u00b4\u00b7\u02bb\u02bc\u2010\u2011\u2013\u2018\u2019")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DUTCH = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$")

_USAGES = {
    NameUsage.OWN: "own e eigen eigennaam eigengeslachtsnaam geboortenaam",
    NameUsage.PARTNER: "partner p geslachtsnaampartner naampartner",
    NameUsage.OWN_PARTNER: "ownpartner n eigenpartner geslachtsnaampartnernaeigengeslachtsnaam geboortenaamnaampartner",
    NameUsage.PARTNER_OWN: "partnerown v partnereigen geslachtsnaampartnervooreigengeslachtsnaam naampartnergeboortenaam",
}
_USAGE_OF = {word: usage for usage, words in _USAGES.items() for word in words.split()}
_LANGUAGES = {"nl": "nl nld nederlands dutch", "en": "en eng engels english"}
_LANGUAGE_OF = {word: language for language, words in _LANGUAGES.items() for word in words.split()}


class CellError(Exception):
    """A cell cannot be used: what is wrong with it, and how to mend it."""

    def __init__(self, fault: str, remedy: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.remedy = remedy


def without_guard(cell: str) -> str:
    """Take away the apostrophe that `guarded` set."""
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """Return *cell* so that no spreadsheet takes it for a formula; `without_guard` gives it back."""
    return f"'{cell}" if _GUARDED.match(f"'{cell}") else cell


def clean(cell: str) -> str:
    """Return the visible text of a cell: composed, trimmed, without signs that nobody can see and mend."""
    return without_guard(unicodedata.normalize("NFC", cell).translate(_INVISIBLE).strip())


def one_value(cell: str) -> str:
    """Return a cleaned cell as one line of text. Raises `CellError`."""
    for sign in cell:
        if unicodedata.category(sign) in ("Cc", "Cs"):
            raise CellError(f"holds the control character U+{ord(sign):04X}", "remove it from the cell")
    if "\ufffd" in cell or _MISREAD.search(cell):
        raise CellError(
            "was saved in another encoding than it is read in", "save the file as UTF-8 (in Excel: CSV UTF-8) or as XLSX"
        )
    value = " ".join(cell.split())
    if len(value) > LONGEST:
        raise CellError(f"is longer than {LONGEST} characters", "check that the columns have not shifted")
    return value


def many_values(cell: str) -> tuple[str, ...]:
    """Return the values of a list cell, each once: parted by `;`, `|` or line breaks, or by commas where these are missing."""
    parts = _STRONG_SEPARATOR.split(cell) if _STRONG_SEPARATOR.search(cell) else cell.split(",")
    values = (one_value(part.strip()) for part in parts)
    return tuple(dict.fromkeys(value for value in values if value))


def joined(values: tuple[str, ...], *, weak_separators: str = ",") -> str:
    """Return a list cell that reads back as *values*: a lone value with a weak separator in it gets a strong one."""
    cell = "; ".join(values)
    return f"{cell};" if len(values) == 1 and any(sign in cell for sign in weak_separators) else cell


def given_names(cell: str) -> tuple[str, ...]:
    """Return given names: a list cell, or as registers write them, parted by spaces."""
    is_list = _STRONG_SEPARATOR.search(cell) or "," in cell
    return many_values(cell if is_list else ";".join(one_value(cell).split()))


def surname(cell: str) -> str:
    """Return a surname that can be looked for. Raises `CellError`."""
    value = one_value(cell)
    if not value:
        return ""
    for sign in value:
        # Digits are odd in a surname, but exports hold "de Vries 2" for a second one of that name.
        if sign not in _NAME_SIGNS and unicodedata.category(sign)[0] not in "LMN":
            remedy = "put the prefix in its own column" if sign == "," else "check that the columns have not shifted"
            raise CellError(f'holds the sign "{sign}", which no surname has', remedy)
    letters = [sign for sign in value if sign.isalpha()]
    if not letters:
        raise CellError("holds no letter", "fill in the whole surname")
    # A Chinese or Korean surname is often one character, and says as much as a Dutch word.
    if len(letters) == 1 and unicodedata.east_asian_width(letters[0]) != "W":
        raise CellError("is one letter, which would be found in every text", "fill in the whole surname")
    return value


def aliases(cell: str) -> tuple[str, ...]:
    """Return other spellings. Raises `CellError` where one is too short to look for."""
    values = many_values(cell)
    if any(sum(sign.isalnum() for sign in value) < 2 for value in values):
        raise CellError("holds a value of one letter, which would be found in every text", "write it in full or leave it out")
    return values


def handles(cell: str) -> tuple[str, ...]:
    """Return account names without their leading @. Raises `CellError`."""
    values = tuple(dict.fromkeys(value.lstrip("@") for value in aliases(cell)))
    if any(" " in value for value in values):
        raise CellError("holds an account name with a space in it", "part account names by ; and put other names under `aliases`")
    return values


def email(cell: str) -> str:
    """Return one e-mail address, its domain in lower case. Raises `CellError`."""
    address = normal_email(one_value(cell))
    if cell and not address:
        raise CellError("is not an e-mail address", "write one bare address, as in s.jansen@example.org")
    return address


def phone(cell: str) -> str:
    """Return a telephone number as written. Raises `CellError`."""
    number = one_value(cell)
    if number and not any(sign.isdigit() for sign in number):
        raise CellError("is not a telephone number", "check that the columns have not shifted")
    return number


def day(cell: str) -> date | None:
    """Return a date written as 2026-11-24, 24-11-2026, 24/11/2026, 24.11.2026 or 20261124. Raises `CellError`."""
    if not cell:
        return None
    written = _MIDNIGHT.sub("", cell)  # what a spreadsheet makes of a date
    found = _ISO.fullmatch(written) or _DUTCH.fullmatch(written) or _COMPACT.fullmatch(written)
    if not found:
        raise CellError("is not a date", "write 2026-11-24 or 24-11-2026")
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as e:
        raise CellError("is a day that does not exist", "write 2026-11-24 or 24-11-2026") from e


def usage(cell: str) -> NameUsage:
    """Return which surnames are used, in our words, the register's letter, or its Dutch words. Raises `CellError`."""
    known = _USAGE_OF.get("".join(sign for sign in cell.casefold() if sign.isalpha()))
    if cell and not known:
        raise CellError("is not a known use of names", "write own, partner, own_partner or partner_own (or E, P, N, V)")
    return known or NameUsage.OWN


def language(cell: str, default: str) -> str:
    """Return `nl` or `en`. Raises `CellError`."""
    known = _LANGUAGE_OF.get(cell.casefold())
    if cell and not known:
        raise CellError("is not a language that Naamwacht writes", "write nl or en")
    return known or default
