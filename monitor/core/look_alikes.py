"""What one character folds to, and whether it is one of those that people disguise a word with.

Here are the tables: which letters of other scripts look like which Latin ones, what is not seen, what is only a style of
letter. They are made from the names and decompositions of Unicode; only *what looks like what* is written by hand, by the
names of the letters. Folding a text is in `text`; what a word means is elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

_SCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Small and capital letters that differ in shape stand both here: a Greek H is an eta, but a small eta is an n.
        "GREEK SMALL LETTER": "alpha=a beta=b gamma=y epsilon=e eta=n iota=i kappa=k mu=u nu=v omicron=o rho=p sigma=o"
        " final sigma=c tau=t upsilon=u chi=x omega=w zeta=z",
        "GREEK CAPITAL LETTER": "alpha=a beta=b epsilon=e zeta=z eta=h iota=i kappa=k mu=m nu=n omicron=o rho=p tau=t"
        " upsilon=y chi=x sigma=e san=m yot=j",
        "GREEK": "letter yot=j capital lunate sigma symbol=c lunate sigma symbol=c upsilon with hook symbol=y rho symbol=p"
        " letter digamma=f small letter digamma=f lunate epsilon symbol=e letter small capital gamma=r beta symbol=b"
        " kappa symbol=k letter small capital rho=p",
        "CYRILLIC SMALL LETTER": "a=a ve=b ghe=r ie=e ze=e i=n short i=n ka=k em=m en=h o=o pe=n er=p es=c te=t u=y ha=x"
        " ya=r soft sign=b hard sign=b sha=w shcha=w dze=s je=j byelorussian-ukrainian i=i palochka=i izhitsa=v qa=q we=w"
        " shha=h straight u=y komi de=d komi sje=g omega=w iota=i abkhasian che=e ukrainian ie=e"
        " straight u with stroke=y ha with descender=x ka with descender=k en with descender=h es with descender=c",
        "ARMENIAN SMALL LETTER": "oh=o seh=u vo=n ho=h co=g za=q gim=q keh=f ayb=w tiwn=s ra=n ini=h",
        "ARMENIAN CAPITAL LETTER": "oh=o seh=u tiwn=s ben=f liwn=l",
        "COPTIC SMALL LETTER": "alfa=a vida=b gamma=r hate=h iauda=i kapa=k mi=m ni=n o=o ro=p sima=c tau=t ua=y khi=x"
        " l-shaped ha=l zata=z",
        "CHEROKEE LETTER": "go=a yv=b si=b tli=c a=d tsu=d gv=e nah=g yu=g mi=h ni=h v=i gu=j tso=k tle=l lu=m tlv=p e=r sv=r"
        " de=s du=s i=t do=v la=w ta=w gi=y mu=y no=z hu=r",
        "LISU LETTER": "a=a ba=b ca=c da=d pha=d e=e tsa=f ga=g xa=h i=i ja=j ka=k la=l ma=m na=n o=o pa=p zha=r sa=s ta=t u=u"
        " ha=v wa=w sha=x ya=y dza=z",
        "CANADIAN SYLLABICS": "carrier gho=a carrier khe=b ka=b aivilik b=b carrier the=d carrier pe=d ko=d blackfoot we=f"
        " nunavut h=h co=j ma=l carrier go=m ki=p tlhi=r te=u pe=v hk=x sayisi yi=x chi sign=x full stop=x",
        "TIFINAGH LETTER": "yadd=e yan=i yar=o yarr=q yadh=v yath=x",
        "RUNIC LETTER": "isaz is iss i=i open-p=k ehwaz eh e=m gebo gyfu g=x",
        "GEORGIAN LETTER": "labial sign=o qar=y",
        "OLD ITALIC LETTER": "be=b ke=c i=i she=m te=t eks=x a=a e=e ef=f",
        "LYCIAN LETTER": "b=b i=e w=f j=i u=o r=p s=s t=t mm=x",
        "CARIAN LETTER": "a=a p2=b d=c r=f e2=h s=m o=o c-18=t x=x u=y",
        "ELBASAN LETTER": "she=c ghe=f qe=k ghamma=l ne=n o=o te=v khe=x",
        "DESERET CAPITAL LETTER": "chee=c eth=l long o=o zhee=s",
        "OSAGE CAPITAL LETTER": "o=o u=u bra=r",
        "MIAO LETTER": "zzya=a la=l zha=r sa=s ta=t wa=u va=v ah=y gha=i",
        "WARANG CITI CAPITAL LETTER": "ii=e yuj=e wi=f yu=l tte=l at=o pu=u ngaa=v ya=y har=t o=z",
        "WARANG CITI SMALL LETTER": "wi=f yu=i e=o bu=o a=s pu=u ngaa=v har=y ya=z",
        "AHOM LETTER": "pa=v ja=w la=w sa=w",
        "LATIN SMALL LETTER": "alpha=a schwa=e turned e=e open e=e turned delta=g iota=i gamma=y upsilon=u turned m=w"
        " long s=s eng=n tone six=b tone five=s chi=x beta=b volapuk ue=u double r=r"
        " long s with high stroke=f v with hook=u esh=s ezh=z",
        "LATIN LETTER": "yr=r dental click=i small capital barred b=b",
        "APL FUNCTIONAL SYMBOL": "alpha=a iota=i rho=p",
        "GREEK VOCAL NOTATION": "symbol-14=v symbol-20=f symbol-23=r",
        "": "estimated symbol=e z notation bag membership=e down tack=t large down tack=t union=u n-ary union=u"
        " logical or=v n-ary logical or=v box drawings light diagonal cross=x rising diagonal crossing falling diagonal=x"
        " falling diagonal crossing rising diagonal=x vector or cross product=x ethiopic syllable ha=u"
        " ethiopic syllable pharyngeal a=o oriya letter ttha=o malayalam letter ttha=o myanmar letter wa=o"
        " ideographic number zero=o bamum letter ko=v vertical line=| divides=| power on symbol=|"
        " halfwidth forms light vertical=| alchemical symbol for calx=c greek instrumental notation symbol-23=l"
        " telugu sign anusvara=o kannada sign anusvara=o malayalam sign anusvara=o sinhala sign anusvaraya=o"
        " alchemical symbol for crucible-4=t greek ypogegrammeni=i old italic numeral ten=x"
        "",
    }
)
"""By the first words of their names: which letters look like which Latin one. Both cases of a letter are taken, unless the
other one has an own line."""


def _by_hand() -> Mapping[str, str]:
    found = {}
    for start, looks in _SCRIPTS.items():
        for name, latin in re.findall(r"(\S[^=]*)=(\S)", looks):
            found[unicodedata.lookup(f"{start} {name}".strip())] = latin
    return MappingProxyType(found)


LOOK_ALIKES: Final = _by_hand()

_SPELLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\u00b4\uff07\uff40\u055a\u05f3\ua78c\u02be\u02bf`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2043\u2212\u058a\uff0d\ufe63\u02d7", "-"),
        **dict.fromkeys("\u0085\u2028\u2029\v\f", "\n"),
        **dict.fromkeys("\t\r\u2800", " "),
        **dict.fromkeys("\u2024\uff0e\ufe52\uff61", "."),
        **dict.fromkeys("\u115f\u1160\u3164\uffa0", ""),
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00f0": "d",
        "\u00fe": "th",
        "\u00b5": "u",
    }
)
"""What is spelled otherwise, but is no look-alike of a letter. A Hangul filler is as wide as a letter and nothing is seen."""

_LATIN: Final = re.compile(
    r"LATIN (?:(?:LETTER )?SMALL CAPITAL|(?:SMALL|CAPITAL) LETTER(?: (?:SCRIPT|BLACKLETTER|DOTLESS|LENIS|SIDEWAYS|STIRRUP))?)"
    r" ([A-Z])(?: WITH(?:OUT)? .*)?"
)
_ENCLOSED: Final = re.compile(
    r"(?:(?:CROSSED )?(?:NEGATIVE )?(?:CIRCLED|SQUARED)|PARENTHESIZED|TORTOISE SHELL BRACKETED)"
    r"(?: ITALIC)?(?: LATIN)? (?:CAPITAL|SMALL) LETTER ([A-Z])"
)
_STYLES: Final = re.compile(r".*SMALL CAPITAL.*|(?:SMALL )?ROMAN NUMERAL .*")
_FLAG: Final = re.compile(r"REGIONAL INDICATOR SYMBOL LETTER ([A-Z])")


@cache
def folded_character(character: str) -> str:
    """Return what one code point folds to: nothing, one or several characters that all fold to themselves."""
    if character.isascii():
        return _SPELLED.get(character, character.lower())
    parted = unicodedata.normalize("NFD", character)
    if parted != character:
        return "".join(map(folded_character, parted))
    category = unicodedata.category(character)
    for each in dict.fromkeys((character, character.lower(), character.upper())):
        instead = _SPELLED.get(each, LOOK_ALIKES.get(each))
        if instead is not None:
            return instead
    if category in ("Mn", "Me", "Cf") or unicodedata.combining(character):
        return ""
    # "No" are superscripts, fractions and circled figures: a footnote's mark must not become part of the name before it.
    if category in ("Zs", "No"):
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return _by_name(character, category)


def _by_name(character: str, category: str) -> str:
    name = unicodedata.name(character, "")
    found = _LATIN.fullmatch(name) or _ENCLOSED.fullmatch(name)
    if found:
        return found[1].lower()
    flag = _FLAG.fullmatch(name)
    if flag:
        # Mostly two of them are a flag beside a name, and no part of it; spelled with, they read as parted letters.
        return f" {flag[1].lower()}"
    # Compatibility forms of letters and digits (full width, mathematical, ligatures) are the letters; those of signs are not.
    is_letter = category[0] == "L" or category == "Nl" or unicodedata.decomposition(character).startswith("<wide>")
    parted = unicodedata.normalize("NFKD", character) if is_letter else character
    if parted == character:
        parted = character.lower()
    return parted if parted == character else "".join(map(folded_character, parted))


INVISIBLE: Final = "invisible"
LOOK_ALIKE: Final = "look_alike"
STYLED: Final = "styled"
STRUCK: Final = "struck"

_STRUCK: Final = frozenset(map(chr, (*range(0x0334, 0x0339), *range(0x20D0, 0x20F1), 0x0332, 0x0333, 0x0305, 0x033F, 0x0489)))
_PLAIN_FORMS: Final = frozenset({"", "<compat>", "<noBreak>", "<fraction>", "<vertical>"})


@cache
def disguise_of(character: str) -> str:
    """Return which kind of disguise a character is: one of the four above, or "" for what people just write.

    A soft hyphen is none (it says where a word may be cut), nor are accents, digits' marks and the ligatures of printers.
    """
    if character.isascii() or character == "\u00ad":
        return ""
    if character in _STRUCK:
        return STRUCK
    category = unicodedata.category(character)
    if category == "Cf" or folded_character(character) == "":
        is_accent = category in ("Mn", "Me") and not unicodedata.name(character, "").startswith(
            ("VARIATION", "COMBINING GRAPHEME")
        )
        return "" if is_accent else INVISIBLE
    if category[0] not in "LNS" or not folded_character(character).strip().isalpha():
        return ""
    return _kind_of_letter(character)


_NOT_WRITTEN: Final = frozenset("\u0184\u0185\u018d\u0196\u01a6\u01bc\u01bd\u01c0")


def _kind_of_letter(character: str) -> str:
    form = unicodedata.decomposition(character).split(" ")[0] if unicodedata.decomposition(character)[:1] == "<" else ""
    name = unicodedata.name(character, "")
    if character in "\u00aa\u00ba":
        return ""
    if form not in _PLAIN_FORMS or any(styled.fullmatch(name) for styled in (_ENCLOSED, _STYLES, _FLAG)):
        return STYLED
    is_folded = folded_character(character).isascii()
    if not is_folded or form:
        return ""
    # The letters of the languages of Europe end before the phonetic ones; composed ones (\u1ea1) stand behind them, and
    # among them are a few that no name has.
    is_written = ord(character) < 0x0250 or "\u1e00" <= character <= "\u1eff" or character == "\u0259"
    return "" if name.startswith("LATIN") and is_written and character not in _NOT_WRITTEN else LOOK_ALIKE
