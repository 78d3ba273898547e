"""What `naamwacht init` says, in Dutch and in English. Only words; the keys and their braces are the same in both."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NL: Mapping[str, str] = MappingProxyType(
    {
        "welcome": "Een paar vragen, dan kijken we waar je naam staat. Enter neemt wat tussen [ ] staat; < gaat terug.",
        "back": "(< gaat een vraag terug)",
        "yes": "ja",
        "no": "nee",
        "yes_or_no": "Typ ja of nee.",
        "overwrite": "{files} bestaat al. Vervangen?",
        "kept": "Er is niets veranderd.",
        "name": "Hoe heet je, met voor- en achternaam?",
        "name.refused": "Typ je voornaam (of voorletters) en je achternaam, zoals Sanne van der Molen.",
        "name.unusable": "Met die naam kan niet worden gezocht: {why}.",
        "name_right": "Voornaam: {given}. Tussenvoegsel: {prefix}. Achternaam: {surname}. Klopt dat?",
        "none": "geen",
        "given": "Voornaam",
        "prefix": "Tussenvoegsel (- is geen)",
        "surname": "Achternaam",
        "surname.refused": "Zonder achternaam kan er niet worden gezocht.",
        "way": "Hoe wil je bericht krijgen? 1: op dit scherm. 2: per mail, via een mailserver waar je een account hebt",
        "way.refused": "Typ 1 of 2.",
        "email": "Je mailadres",
        "email.refused": "Typ één mailadres, zoals s.vandermolen@example.org.",
        "is_organisations": "Is {domain} het domein van je eigen organisatie? (Dan heeft geen enkel adres daar een code nodig.)",
        "smtp": "De mailserver, als naam of naam:poort (zoals smtp.example.org of smtp.example.org:465)",
        "smtp.refused": "Typ de naam van een mailserver, zo nodig met een poort.",
        "security": "Hoe wordt de verbinding beveiligd: starttls, tls of none?",
        "security.refused": "Typ starttls, tls of none.",
        "security.login": "Zonder beveiliging zou het wachtwoord leesbaar zijn. Typ starttls of tls.",
        "user": "De gebruikersnaam bij de mailserver (- is zonder aanmelden)",
        "password_from": "Waar staat het wachtwoord? 1: ik typ het nu (het komt in {file}, dat alleen jij kunt lezen). "
        "2: in een omgevingsvariabele. 3: in een bestand",
        "password_from.refused": "Typ 1, 2 of 3.",
        "password": "Het wachtwoord (wordt niet getoond)",
        "password.refused": "Typ een wachtwoord van gewone letters, cijfers en tekens.",
        "password_env": "De naam van die variabele",
        "password_env.refused": "Die variabele bestaat nu niet. Zet hem eerst (export NAAM=...), of ga terug.",
        "password_file": "Het pad van dat bestand",
        "password_file.refused": "Dat bestand is er niet, of het is niet te lezen.",
        "bing": "Mag je naam naar Bing News (Microsoft) om ernaar te zoeken?",
        "google": "Mag je naam naar Google News? Volgens de voorwaarden van Google is dat alleen voor eigen, "
        "niet-commercieel gebruik",
        "ended": "De vragen zijn afgebroken; er is niets geschreven (met --yes gaat het zonder vragen)",
        "comments": "Gemaakt door `naamwacht init`. Alle mogelijkheden staan in config.example.yaml.\n"
        "`naamwacht check` zegt wat er niet klopt en wat eraan te doen is.\n"
        "Nieuwsfeeds worden gelezen; je naam gaat daar niet heen. Alleen waar receives_names staat, gaat je naam naartoe.",
        "searxng": "Een eigen zoekmachine: start haar met `docker compose --profile search up`, en haal de # weg voor\n"
        "deze regels en voor de regel `network` eronder.",
        "written": "{config} en {people} zijn geschreven.",
        "looking": "Even kijken bij {count} bronnen ...",
        "looked": "{done} van {count} bronnen bekeken",
        "found": "Je naam staat op {count} pagina('s) die we zagen. Dit stond er al: vanaf nu hoor je alleen wat nieuw is.",
        "found.nothing": "We zagen je naam nergens, in {seen} van {count} bronnen die te bekijken waren.",
        "not_looked": "Niet bekeken, en dat is niet hetzelfde als niets gevonden:",
        "not_looked.all": "Geen enkele bron was te bekijken. We weten dus niet of je naam ergens staat. Is er wel internet?",
        "not_looked.partly": "Maar voor een deel bekeken:",
        "not_looked.yet": "nog niet aan de beurt geweest",
        "untitled": "(zonder titel)",
        "mail.ok": "De mailserver neemt berichten van ons aan.",
        "mail.failed": "Mail werkt nog niet: {why}. Pas {config} aan; `naamwacht check --send` probeert het opnieuw. "
        "Tot die tijd blijven berichten wachten.",
        "code": "Er is een code gemaild naar {email}. Welke code staat erin? (Enter: later)",
        "code.failed": "De mail met je code kon niet weg: {why}. Er wordt later nog eens geprobeerd.",
        "code.wrong": "Die code hoort er niet bij.",
        "code.right": "Bevestigd: berichten gaan naar {email}.",
        "code.later": "LET OP: er gaat nog niets naar {email}. Dat begint na `naamwacht channels confirm CODE`{with_config}.",
        "people.kept": "In de database staan al {count} mensen. Die lijst blijft zoals hij is; {people} is niet ingelezen.",
        "next": "Verder:",
        "next.run": "naamwacht run{with_config} blijft kijken; de pagina staat dan op http://{page}",
        "next.check": "naamwacht check{with_config} zegt wat er niet klopt",
        "next.people": "{people} aangepast? naamwacht people import {people}{allow}{with_config}",
        "next.sources": "meer bronnen, en een eigen zoekmachine: zie {config}",
    }
)

EN: Mapping[str, str] = MappingProxyType(
    {
        "welcome": "A few questions, then we look for your name. Enter takes what stands in [ ]; < goes back.",
        "back": "(< goes back one question)",
        "yes": "yes",
        "no": "no",
        "yes_or_no": "Type yes or no.",
        "overwrite": "{files} is there already. Replace it?",
        "kept": "Nothing was changed.",
        "name": "What is your name, first name and surname?",
        "name.refused": "Type your first name (or initials) and your surname, such as Sanne van der Molen.",
        "name.unusable": "Nobody can be looked for under that name: {why}.",
        "name_right": "First name: {given}. Prefix: {prefix}. Surname: {surname}. Is that right?",
        "none": "none",
        "given": "First name",
        "prefix": "Prefix, such as van der (- is none)",
        "surname": "Surname",
        "surname.refused": "Without a surname nothing can be looked for.",
        "way": "How do you want to be told? 1: on this screen. 2: by mail, through a mail server where you have an account",
        "way.refused": "Type 1 or 2.",
        "email": "Your e-mail address",
        "email.refused": "Type one e-mail address, such as s.vandermolen@example.org.",
        "is_organisations": "Is {domain} the domain of your own organisation? (Then no address there needs a code.)",
        "smtp": "The mail server, as name or name:port (such as smtp.example.org or smtp.example.org:465)",
        "smtp.refused": "Type the name of a mail server, with a port where needed.",
        "security": "How is the connection kept private: starttls, tls or none?",
        "security.refused": "Type starttls, tls or none.",
        "security.login": "Without that, the password could be read on the way. Type starttls or tls.",
        "user": "The user name at the mail server (- is without signing in)",
        "password_from": "Where is the password? 1: I type it now (it goes into {file}, which only you can read). "
        "2: in an environment variable. 3: in a file",
        "password_from.refused": "Type 1, 2 or 3.",
        "password": "The password (is not shown)",
        "password.refused": "Type a password of plain letters, digits and signs.",
        "password_env": "The name of that variable",
        "password_env.refused": "That variable is not set now. Set it first (export NAME=...), or go back.",
        "password_file": "The path of that file",
        "password_file.refused": "That file is not there, or cannot be read.",
        "bing": "May your name be sent to Bing News (Microsoft), to look for it?",
        "google": "May your name be sent to Google News? By Google's terms that is for personal, non-commercial use only",
        "ended": "The questions were broken off; nothing was written (with --yes it works without questions)",
        "comments": "Made by `naamwacht init`. Every option stands in config.example.yaml.\n"
        "`naamwacht check` says what is wrong and how to mend it.\n"
        "Feeds are read; your name is not sent there. It is only sent where receives_names stands.",
        "searxng": "A search engine of your own: start it with `docker compose --profile search up`, and take away the #\n"
        "before these lines and before the line `network` below them.",
        "written": "{config} and {people} are written.",
        "looking": "Looking at {count} sources ...",
        "looked": "{done} of {count} sources looked at",
        "found": "Your name stands on {count} page(s) that we saw. They were there already: from now on you hear of what is new.",
        "found.nothing": "We saw your name nowhere, in {seen} of {count} sources that could be looked at.",
        "not_looked": "Not looked at, which is not the same as nothing found:",
        "not_looked.all": "No source could be looked at, so we do not know where your name stands. Is there a network?",
        "not_looked.partly": "Looked at in part only:",
        "not_looked.yet": "has not had its turn yet",
        "untitled": "(without a title)",
        "mail.ok": "The mail server takes messages from us.",
        "mail.failed": "Mail does not work yet: {why}. Change {config}; `naamwacht check --send` tries again. "
        "Until then messages wait.",
        "code": "A code was mailed to {email}. Which code is in it? (Enter: later)",
        "code.failed": "The mail with your code could not be sent: {why}. It will be tried again later.",
        "code.wrong": "That code does not belong to it.",
        "code.right": "Confirmed: messages go to {email}.",
        "code.later": "NOTE: nothing is sent to {email} yet. That begins after `naamwacht channels confirm CODE`{with_config}.",
        "people.kept": "The database holds {count} people already. That list stays as it is; {people} was not imported.",
        "next": "What to do next:",
        "next.run": "naamwacht run{with_config} goes on looking; its page is then on http://{page}",
        "next.check": "naamwacht check{with_config} says what is wrong",
        "next.people": "{people} changed? naamwacht people import {people}{allow}{with_config}",
        "next.sources": "more sources, and a search engine of your own: see {config}",
    }
)

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({"nl": NL, "en": EN})

LANGUAGE = "Taal / language: nl, en"
LANGUAGE_REFUSED = "nl / en"
