"""Dutch: every sentence that Naamwacht says in a message. Only words belong here; `letters` puts them in order.

Plain (B1) and gentle, "je". A word in braces is filled in; the keys and their braces are the same in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "weekdays": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "months": "januari februari maart april mei juni juli augustus september oktober november december",
        "day": "{weekday} {day} {month} {year}",
        "moment": "{day} om {hour}.{minute} uur",
        # subjects: neutral, so that they may be read over somebody's shoulder
        "subject": "Naamwacht: bericht {reference}",
        "subject_notice": "Naamwacht: bericht voor de beheerder {reference}",
        "hello": "Hallo,",
        # alert
        "alert.hers": "Naamwacht heeft een pagina gevonden waarop jouw naam staat. In dit bericht lees je waar dat is, en "
        "waarom we denken dat het over jou gaat. Je hoeft nu niets te doen. Lees verder op een moment dat het jou uitkomt.",
        "alert.hers.grave": "Naamwacht heeft een pagina gevonden waarop jouw naam staat. We denken dat het goed is als je dit "
        "vandaag weet. Dit bericht kan vervelend zijn om te lezen. Vraag gerust een collega die je vertrouwt om met je mee te "
        "lezen.",
        "alert.work": "Naamwacht heeft een pagina gevonden waarop de naam van een medewerker staat. In dit bericht staat waar "
        "dat is, en waarom we denken dat het om die medewerker gaat. De medewerker krijgt zelf ook bericht, als dat is "
        "ingesteld.",
        "alert.work.grave": "Naamwacht heeft een pagina gevonden waarop de naam van een medewerker staat, en die vraagt "
        "vandaag nog om aandacht. In dit bericht staat waar dat is. Neem contact op met de medewerker voordat je iets anders "
        "doet.",
        "danger": "Ben je nu in gevaar? Bel 112. Is er geen haast bij, bel dan de politie op 0900-8844.",
        # summary
        "summary.hers": "Naamwacht kijkt vanaf nu met je mee of je naam op internet verschijnt. Toen we begonnen, stond je "
        "naam al op een of meer pagina's. Die zetten we hier op een rij. Het is geen nieuws.",
        "summary.hers.another": "Eerder stuurden we je een lijst van pagina's waarop je naam al stond. Er is nog iets bij "
        "gekomen dat er al stond: niet elke plek konden we meteen bekijken. Het is geen nieuws.",
        "summary.hers.waited": "Zolang je nog niet had bevestigd dat dit jouw adres is, konden we je niets sturen. In die "
        "tijd vonden we een of meer pagina's waarop je naam staat. Die zetten we hier op een rij.",
        "summary.work": "Naamwacht kijkt vanaf nu of namen van medewerkers op internet verschijnen. Dit stond er al toen we "
        "begonnen. We zetten het hier op een rij. Het is geen nieuws.",
        "summary.work.another": "Eerder stuurden we een lijst van pagina's waarop namen van medewerkers al stonden. Er is nog "
        "iets bij gekomen dat er al stond: niet elke plek konden we meteen bekijken. Het is geen nieuws.",
        "summary.work.waited": "Zolang dit adres nog niet was bevestigd, konden we hier niets naartoe sturen. In die tijd "
        "vonden we een of meer pagina's waarop namen van medewerkers staan. Die zetten we hier op een rij.",
        "summary.count": "Al online toen we begonnen: {count}",
        "summary.count.another": "Ook al online toen we begonnen: {count}",
        "summary.count.waited": "In die tijd gevonden: {count}",
        # how summary and digest go on
        "calm.hers": "Er is geen haast bij, en je hoeft er nu niets mee te doen.",
        "calm.work": "Er is geen haast bij. Kijk ernaar als het uitkomt.",
        "grave.hers": "Minstens één ervan vraagt vandaag nog om aandacht. Dat kan vervelend zijn om te lezen. Vraag gerust een "
        "collega die je vertrouwt om met je mee te lezen.",
        "grave.work": "Minstens één ervan vraagt vandaag nog om aandacht. Neem contact op met de medewerker voordat je iets "
        "anders doet.",
        # digest
        "digest.hers": "Dit is je dagelijkse overzicht van Naamwacht. Hierin staan pagina's die misschien over jou gaan, en "
        "pagina's die we nu pas vonden maar die al langer bestaan.",
        "digest.work": "Dit is het dagelijkse overzicht van Naamwacht. Hierin staan pagina's die misschien over een "
        "medewerker gaan, en pagina's die we nu pas vonden maar die al langer bestaan.",
        "digest.possible": "Gaat misschien over jou: {count}",
        "digest.possible.work": "Gaat misschien over een medewerker: {count}",
        "digest.later": "Nu gevonden, maar niet nieuw: {count}",
        "listed": "De andere, in het kort: {count}",
        "more": "Nog {count} passen niet in één bericht. De beheerder van Naamwacht heeft de hele lijst.",
        # one mention
        "about": "Het gaat om: {person}",
        "published": "Gepubliceerd: {when}",
        "published.unknown": "Gepubliceerd: de pagina noemt geen datum",
        "found": "Gevonden: {when}",
        "spelling": "Zo staat de naam er: {surface}",
        "also_seen": "Ook gezien via: {sites}",
        "no_quote": "Wat er verder op de pagina staat, herhalen we niet in dit bericht.",
        "why.new": "Nieuw gevonden.",
        "why.added": "Deze pagina was al bekend. Bij de naam staat nu iets nieuws.",
        "why.graver": "Deze pagina was al bekend. We vinden haar nu ernstiger dan eerst.",
        "why.already_online": "Deze pagina stond er al toen we begonnen met zoeken.",
        "why.found_now": "Nu gevonden, maar de pagina is niet nieuw.",
        "why.snippet": "Gezien in een zoekresultaat. De pagina zelf hebben we nog niet kunnen lezen.",
        "band.certain": "Gaat dit over jou? Ja, dat is vrijwel zeker.",
        "band.probable": "Gaat dit over jou? Waarschijnlijk wel.",
        "band.possible": "Gaat dit over jou? Misschien. Je naam komt vaker voor, of er staat weinig bij.",
        "band.unlikely": "Gaat dit over jou? Waarschijnlijk niet.",
        "band.certain.work": "Gaat dit om deze medewerker? Ja, dat is vrijwel zeker.",
        "band.probable.work": "Gaat dit om deze medewerker? Waarschijnlijk wel.",
        "band.possible.work": "Gaat dit om deze medewerker? Misschien. De naam komt vaker voor, of er staat weinig bij.",
        "band.unlikely.work": "Gaat dit om deze medewerker? Waarschijnlijk niet.",
        "severity.0": "",
        "severity.1": "Hoe ernstig: let op.",
        "severity.2": "Hoe ernstig: dringend. Bekijk dit vandaag.",
        "severity.3": "Hoe ernstig: ernstig. Bekijk dit nu, samen met iemand.",
        # what to do
        "next": "Wat kun je doen?",
        "next.silent": "Reageer niet op de pagina. Een reactie maakt het vaak groter.",
        "next.keep": "Bewaar dit bericht. Wat wij hebben gelezen, bewaren we ook, als bewijs.",
        "next.tell": "Praat erover met {tell}.",
        "next.tell.anyone": "Praat erover met iemand die je vertrouwt.",
        "next.other": "Gaat het over iemand anders met dezelfde naam? Dan hoef je niets te doen.",
        "next.contact": "Vraag eerst aan de medewerker wat die wil. Deel dit bericht verder met niemand.",
        "next.look": "Bekijk het in Naamwacht: {link}",
        # closing
        "reference": "Kenmerk: {reference}. Komt er nog een bericht met dit kenmerk? Dan is het hetzelfde bericht.",
        "sender": "Naamwacht, namens {organisation}",
        "sender.nobody": "Naamwacht",
        "operator": "De beheerder van Naamwacht",
        # reasons
        "because": "Waarom we dat denken (+ spreekt ervoor, - spreekt ertegen):",
        "reason.?": "Er is nog een aanwijzing: {code}",
        "near.True": "dicht bij de naam",
        "near.False": "ergens anders in de tekst",
        "reason.rarity": "Zo'n naam hebben ongeveer {bearers} mensen in Nederland, geschat uit hoe vaak de woorden voorkomen",
        "rarity.hardly": "Zo'n naam heeft bijna niemand in Nederland, geschat uit hoe vaak de woorden voorkomen",
        "rarity.few": "Zo'n naam hebben een paar mensen in Nederland, geschat uit hoe vaak de woorden voorkomen",
        "rarity.thousands": ".",
        "reason.organisation": "De organisatie wordt genoemd, {near}: {term}",
        "reason.own_site": "De pagina is van de organisatie zelf, of noemt een e-mailadres van de organisatie: {domain}",
        "reason.context": "Iets dat bij deze persoon hoort, staat {near}: {term}",
        "reason.not_context": "Iets dat niet bij deze persoon hoort, staat {near}: {term}",
        "reason.colleague": "Andere medewerkers worden ook genoemd, {near}: {people}",
        "reason.shared_spelling": "Zo'n naam past ook bij anderen in de organisatie: {people}",
        "reason.better_fit": "Wat er staat, past beter bij anderen in de organisatie: {people}",
        "reason.misspelled": "Eén letter is anders, of de naam is geschreven zoals hij klinkt",
        "reason.respelled": "Een letter is anders geschreven, maar klinkt hetzelfde, zoals y in plaats van ij",
        "reason.possessive": "Achter de naam staat een s; die kan ook bij een andere achternaam horen",
        "reason.middle_name": "Tussen voornaam en achternaam staat nog een naam of letter die niet is opgegeven",
        "reason.more_initials": "Er staan meer voorletters dan er zijn opgegeven",
        "reason.other_middle_name": "Tussen voornaam en achternaam staat een naam of letter die niet bij deze persoon hoort",
        "reason.lower_case": "De naam staat er met kleine letters; andere namen in deze tekst hebben een hoofdletter",
        "reason.common_word": "De naam staat er met kleine letters en is ook een gewoon woord",
        "reason.another_name": "Er staat vlak voor of achter deze naam nog een naam",
        "reason.longer_name": "Wat er staat, is een deel van een langere naam",
        "reason.entity": "Wat er staat, is een deel van de naam van iets anders: een straat, een bedrijf, een film",
        "reason.in_address": "De naam staat alleen in het adres van de pagina",
        "reason.many_spans": "De naam staat er vaak, meer dan {limit} keer",
        "reason.engine_says": "Alleen de zoekmachine zegt dat de naam er staat; wij zagen hem niet",
        "reason.namesake": "Het lijkt op een pagina over iemand anders met die naam (profiel {profile}): {agreed}",
        "reason.confirmed_like": "Het lijkt op een pagina die over deze persoon bleek te gaan (profiel {profile}): {agreed}",
        "agreed.page": "het is die pagina zelf",
        "agreed.site": "dezelfde site",
        "agreed.author": "dezelfde schrijver",
        "agreed.terms": "dezelfde woorden",
        "reason.evasion": "Iemand heeft de naam vermomd: {how}",
        "how.?": "op een andere manier",
        "how.leet": "cijfers of tekens in plaats van letters",
        "how.stars": "letters verborgen achter sterretjes of tekens",
        "how.spaced": "spaties of tekens tussen de letters",
        "how.stretched": "herhaalde letters",
        "how.split": "een woord in tweeën geknipt",
        "how.invisible": "tekens die niemand ziet",
        "how.look_alike": "letters uit een ander schrift die erop lijken",
        "how.styled": "letters in een andere stijl",
        "how.struck": "doorgestreepte letters",
        "reason.form": "De naam staat er als: {form}",
        "form.?": "een andere schrijfwijze",
        "form.full": "voornaam en achternaam",
        "form.double": "voornaam en beide achternamen",
        "form.prefix": "voornaam en achternaam, met het tussenvoegsel anders geschreven",
        "form.inverted": "achternaam, voornaam",
        "form.initials": "voorletters en achternaam",
        "form.inverted_initials": "achternaam, voorletters",
        "form.no_prefix": "voornaam en achternaam zonder tussenvoegsel",
        "form.other_prefix": "voornaam en achternaam, met een ander tussenvoegsel",
        "form.other_surname": "voornaam en maar één van de achternamen",
        "form.partial": "voorletters en een deel van de achternaam",
        "form.alias": "een bijnaam die is opgegeven",
        "form.alias_word": "een bijnaam die ook een gewoon woord is",
        "form.handle": "een gebruikersnaam die is opgegeven",
        "form.surnames": "beide achternamen, zonder voornaam",
        "form.joined": "voornaam of voorletters en achternaam in één woord, zoals in een adres of een gebruikersnaam",
        "form.titled": "een aanspreekvorm of functie en de achternaam",
        "form.later": "alleen de achternaam, nadat de hele naam al in de tekst stond",
        "form.surname": "alleen de achternaam",
        # notices to the operator, and to whoever confirms a channel
        "notice.?": "Naamwacht meldt iets waarvoor nog geen woorden zijn: {code}",
        "notice.dead_letters": "Berichten die niet konden worden bezorgd: {count}. Er is drie dagen geprobeerd, de ontvanger "
        "bestaat niet, of zijn kanaal is er niet meer. Bekijk ze met `naamwacht deliveries list`, en stuur ze opnieuw met "
        "`naamwacht deliveries retry`.",
        "notice.import_refused": "De personeelslijst van vannacht is geweigerd. Er is niets veranderd: er wordt gezocht met "
        "de lijst van daarvoor. Aantal fouten: {count}",
        "notice.source_blind": "Een bron kan niet meer worden bekeken: {source}. Dat is zo sinds {since}. Tot het is verholpen, "
        "ziet Naamwacht daar niets. Kijk met `naamwacht check` wat eraan te doen is.",
        "notice.confirm_own": "Naamwacht kijkt of je naam op internet verschijnt, en laat het je weten als dat zo is. {sender} "
        "heeft gevraagd om jouw berichten naar dit adres te sturen. Klopt dat? Geef dan deze code aan de beheerder van "
        "Naamwacht. Zonder die code komt hier niets meer aan.",
        "notice.confirm_own.code": "Je code: {confirmation}",
        "notice.confirm_channel": "Naamwacht kijkt of namen van medewerkers op internet verschijnen. {sender} heeft gevraagd "
        "om berichten daarover naar dit adres te sturen. Klopt dat? Geef dan deze code aan de beheerder van Naamwacht. Zonder "
        "die code komt hier niets meer aan.",
        "notice.confirm_channel.code": "Je code: {confirmation}",
        "notice.test": "Dit is een proefbericht van Naamwacht. Als je dit leest, komen berichten aan. Je hoeft niets te doen.",
    }
)
