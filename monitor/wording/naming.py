"""Words about registered names, in Dutch and English: the parts, what is doubtful about a guess, what makes a name weak.

Which of it holds for a name is decided in `monitor.core.entered` and `monitor.core.weak_names`. What is said about a Mention
stands in `nl` and `en`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from monitor.core.entered import Doubt
from monitor.core.model import Param
from monitor.core.weak_names import Weakness
from monitor.wording.phrases import in_one_line, phrase

NL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "given_names": "voornamen",
        "call_name": "roepnaam",
        "initials": "voorletters",
        "prefix": "tussenvoegsel",
        "surname": "achternaam",
        "partner_prefix": "tussenvoegsel partner",
        "partner_surname": "achternaam partner",
        "name_usage": "naamgebruik",
        "usage.own": "eigen naam",
        "usage.partner": "naam van de partner",
        "usage.own_partner": "eigen naam, dan die van de partner",
        "usage.partner_own": "naam van de partner, dan de eigen",
        "doubts": "Klopt dit?",
        "doubt.one_word": "Er staat maar één woord. Dat is als achternaam gelezen.",
        "doubt.no_first_name": "Er staat geen voornaam.",
        "doubt.order_unsure": "Misschien staan voornaam en achternaam andersom.",
        "doubt.halves_unsure": "Bij de dubbele naam is {partner} gelezen als die van de partner, {own} als de eigen. Een gok.",
        "doubt.many_halves": "De achternaam heeft meer dan twee delen. Hij is in zijn geheel als eigen naam gelezen.",
        "doubt.given_may_be_surname": "{word} is gelezen als voornaam, en kan ook een achternaam zijn.",
        "doubt.prefix_abbreviated": "Het tussenvoegsel {written} is gelezen als {read}.",
        "doubt.recased": "Hoofdletters en kleine letters zijn geraden.",
        "doubt.left_out": "Dit is weggelaten: {text}",
        "doubt.?": "Er is nog een twijfel: {code}",
        "warnings": "Let op:",
        "weak.surname_is_word": "De achternaam {surname} is een woord dat in veel teksten staat.",
        "weak.surname_is_given_name": "De achternaam {surname} is ook een voornaam.",
        "weak.surname_is_short": "De achternaam {surname} is heel kort. Letters: {letters}",
        "weak.surname_only": "Er is alleen een achternaam bekend.",
        "weak.initials_only": "Er zijn alleen voorletters bekend, geen voornaam.",
        "weak.alias_is_word": "De andere naam {alias} is één woord dat in veel teksten staat. Zo'n naam wordt geweigerd.",
        "weak.shared_name": "Collega's heten precies zo: {people}",
        "weak.?": "Er is nog een bezwaar: {code}",
        "advice.surname_is_word": "Vul kenmerken in (een plaats, een vak), en zet spellingen zonder tussenvoegsel uit.",
        "advice.surname_is_given_name": "Vul de roepnaam en kenmerken in, zodat andere mensen met die voornamen niet meetellen.",
        "advice.surname_is_short": "Vul alle voornamen en kenmerken in.",
        "advice.surname_only": "Vul een voornaam, roepnaam of voorletters in. Een losse achternaam wordt niet herkend.",
        "advice.initials_only": "Vul een voornaam of roepnaam in: zo kent de krant haar.",
        "advice.alias_is_word": "Schrijf er een tweede woord bij, of laat haar weg.",
        "advice.shared_name": "Vul bij ieder van hen kenmerken in waarin zij verschillen (team, plaats, vak).",
        "advice.?": "Kijk deze naam na.",
        "recognised": "Zo wordt de naam herkend: {count}",
        "spelling": "spelling",
        "form": "soort",
        "bearers": "dragers",
        "on": "aan",
        "bearers.explained": "Dragers: zo veel mensen in Nederland heten ongeveer zo, geraden uit hoe vaak de woorden voorkomen.",
        "bearers.less": "minder dan 1",
        "sent": "Dit wordt naar zoekmachines gestuurd: {count}",
        "switched_off": "Uitgezet: {count}",
    }
)

EN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "given_names": "given names",
        "call_name": "call name",
        "initials": "initials",
        "prefix": "prefix",
        "surname": "surname",
        "partner_prefix": "partner prefix",
        "partner_surname": "partner surname",
        "name_usage": "name usage",
        "usage.own": "own name",
        "usage.partner": "partner's name",
        "usage.own_partner": "own name, then the partner's",
        "usage.partner_own": "partner's name, then her own",
        "doubts": "Is this right?",
        "doubt.one_word": "There is one word only. It was read as the surname.",
        "doubt.no_first_name": "There is no first name.",
        "doubt.order_unsure": "First name and surname may be the other way about.",
        "doubt.halves_unsure": "Of the double name {partner} was read as the partner's and {own} as her own. That is a guess.",
        "doubt.many_halves": "The surname has more than two parts. It was read as the own one as a whole.",
        "doubt.given_may_be_surname": "{word} was read as a given name, and may be a surname.",
        "doubt.prefix_abbreviated": "The prefix {written} was read as {read}.",
        "doubt.recased": "Capitals and small letters are a guess.",
        "doubt.left_out": "This was left out: {text}",
        "doubt.?": "There is another doubt: {code}",
        "warnings": "Take care:",
        "weak.surname_is_word": "The surname {surname} is a word that stands in many texts.",
        "weak.surname_is_given_name": "The surname {surname} is a given name as well.",
        "weak.surname_is_short": "The surname {surname} is very short. Letters: {letters}",
        "weak.surname_only": "Only a surname is known.",
        "weak.initials_only": "Only initials are known, and no first name.",
        "weak.alias_is_word": "The other name {alias} is one word that stands in many texts. Such a name is refused.",
        "weak.shared_name": "Colleagues have exactly this name: {people}",
        "weak.?": "There is another objection: {code}",
        "advice.surname_is_word": "Fill in context (a town, a trade), and switch off spellings without the prefix.",
        "advice.surname_is_given_name": "Fill in the call name and context, so that others with those first names do not count.",
        "advice.surname_is_short": "Fill in all given names and context.",
        "advice.surname_only": "Fill in a given name, a call name or initials. A surname alone is not recognised.",
        "advice.initials_only": "Fill in a given name or a call name: so the newspaper knows her.",
        "advice.alias_is_word": "Write a second word beside it, or leave it out.",
        "advice.shared_name": "Fill in context in which they differ for each of them (team, town, trade).",
        "advice.?": "Look at this name again.",
        "recognised": "So the name is recognised: {count}",
        "spelling": "spelling",
        "form": "kind",
        "bearers": "bearers",
        "on": "on",
        "bearers.explained": "Bearers: about so many people in the Netherlands, guessed from how often the words stand in texts.",
        "bearers.less": "less than 1",
        "sent": "This is sent to search engines: {count}",
        "switched_off": "Switched off: {count}",
    }
)

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({"nl": NL, "en": EN})


def doubt_in_words(doubt: Doubt, language: str) -> str:
    """Return a doubt as one line of plain text."""
    return _said("doubt", doubt.code, doubt.params, language)


def weakness_in_words(weakness: Weakness, language: str) -> str:
    """Return what makes a name weak as one line of plain text."""
    return _said("weak", weakness.code, weakness.params, language)


def advice_in_words(code: str, language: str) -> str:
    """Return what can be done about a weakness, as one line of plain text."""
    return _said("advice", code, {}, language)


def _said(kind: str, code: str, params: Mapping[str, Param], language: str) -> str:
    words = WORDS.get(language, NL)
    return in_one_line(phrase(words.get(f"{kind}.{code}", words[f"{kind}.?"]), **{"code": code, **params}))
