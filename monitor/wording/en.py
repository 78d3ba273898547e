"""English: every sentence that Naamwacht says in a message. Only words belong here; `letters` puts them in order.

Plain and gentle. A word in braces is filled in; the keys and their braces are the same in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "months": "January February March April May June July August September October November December",
        "day": "{weekday} {day} {month} {year}",
        "moment": "{day} at {hour}:{minute}",
        # subjects: neutral, so that they may be read over somebody's shoulder
        "subject": "Naamwacht: message {reference}",
        "subject_notice": "Naamwacht: message for the operator {reference}",
        "hello": "Hello,",
        # alert
        "alert.hers": "Naamwacht found a page with your name on it. This message tells you where that is, and why we think "
        "that it is about you. You do not have to do anything now. Read on at a moment that suits you.",
        "alert.hers.grave": "Naamwacht found a page with your name on it. We think it is good that you know about it today. "
        "This message may be unpleasant to read. Feel free to ask a colleague whom you trust to read it with you.",
        "alert.work": "Naamwacht found a page with the name of an employee on it. This message says where that is, and why we "
        "think that it is that employee. The employee is told as well, if that has been set up.",
        "alert.work.grave": "Naamwacht found a page with the name of an employee on it that asks for attention today. This "
        "message says where that is. Get in touch with the employee before you do anything else.",
        "danger": "Are you in danger now? Call 112. If there is no hurry, call the police on 0900-8844.",
        # summary
        "summary.hers": "From now on Naamwacht keeps an eye on whether your name turns up on the internet. When we began, "
        "your name was already on one or more pages. Here they are in a list. It is not news.",
        "summary.hers.another": "Earlier we sent you a list of pages that had your name on them already. Something is added "
        "that was there already as well: we could not look everywhere at once. It is not news.",
        "summary.hers.waited": "As long as you had not confirmed that this is your address, we could send you nothing. In that "
        "time we found one or more pages with your name on them. Here they are in a list.",
        "summary.work": "From now on Naamwacht keeps an eye on whether names of employees turn up on the internet. This was "
        "already there when we began. Here it is in a list. It is not news.",
        "summary.work.another": "Earlier we sent a list of pages that had names of employees on them already. Something is "
        "added that was there already as well: we could not look everywhere at once. It is not news.",
        "summary.work.waited": "As long as this address was not confirmed, we could send nothing here. In that time we found "
        "one or more pages with names of employees on them. Here they are in a list.",
        "summary.count": "Already online when we began: {count}",
        "summary.count.another": "Also online already when we began: {count}",
        "summary.count.waited": "Found in that time: {count}",
        # how summary and digest go on
        "calm.hers": "There is no hurry, and you do not have to do anything now.",
        "calm.work": "There is no hurry. Look at it when it suits you.",
        "grave.hers": "At least one of them asks for attention today. That may be unpleasant to read. Feel free to ask a "
        "colleague whom you trust to read it with you.",
        "grave.work": "At least one of them asks for attention today. Get in touch with the employee before you do anything "
        "else.",
        # digest
        "digest.hers": "This is your daily overview from Naamwacht. It holds pages that may be about you, and pages that we "
        "found only now but that have been there for longer.",
        "digest.work": "This is the daily overview from Naamwacht. It holds pages that may be about an employee, and pages "
        "that we found only now but that have been there for longer.",
        "digest.possible": "May be about you: {count}",
        "digest.possible.work": "May be about an employee: {count}",
        "digest.later": "Found now, but not new: {count}",
        "listed": "The others, in short: {count}",
        "more": "Another {count} do not fit into one message. The operator of Naamwacht has the whole list.",
        # one mention
        "about": "About: {person}",
        "published": "Published: {when}",
        "published.unknown": "Published: the page gives no date",
        "found": "Found: {when}",
        "spelling": "This is how the name is written there: {surface}",
        "also_seen": "Also seen through: {sites}",
        "no_quote": "We do not repeat in this message what else the page says.",
        "why.new": "Newly found.",
        "why.added": "This page was known already. There is something new beside the name.",
        "why.graver": "This page was known already. We now find it more serious than before.",
        "why.already_online": "This page was already there when we began to look.",
        "why.found_now": "Found now, but the page is not new.",
        "why.snippet": "Seen in a search result. We have not been able to read the page itself yet.",
        "band.certain": "Is this about you? Yes, that is almost certain.",
        "band.probable": "Is this about you? Probably yes.",
        "band.possible": "Is this about you? Maybe. Others have your name too, or it says little else.",
        "band.unlikely": "Is this about you? Probably not.",
        "band.certain.work": "Is it this employee? Yes, that is almost certain.",
        "band.probable.work": "Is it this employee? Probably yes.",
        "band.possible.work": "Is it this employee? Maybe. Others have this name too, or it says little else.",
        "band.unlikely.work": "Is it this employee? Probably not.",
        "severity.0": "",
        "severity.1": "How serious: take note.",
        "severity.2": "How serious: urgent. Look at it today.",
        "severity.3": "How serious: grave. Look at it now, together with somebody.",
        # what to do
        "next": "What can you do?",
        "next.silent": "Do not respond on the page. A response often makes it bigger.",
        "next.keep": "Keep this message. What we have read, we keep as well, as proof.",
        "next.tell": "Talk about it with {tell}.",
        "next.tell.anyone": "Talk about it with somebody whom you trust.",
        "next.other": "Is it about somebody else with the same name? Then you do not have to do anything.",
        "next.contact": "First ask the employee what they want. Share this message with nobody else.",
        "next.look": "Look at it in Naamwacht: {link}",
        # closing
        "reference": "Reference: {reference}. If another message comes with this reference, it is the same message.",
        "sender": "Naamwacht, on behalf of {organisation}",
        "sender.nobody": "Naamwacht",
        "operator": "The operator of Naamwacht",
        # reasons
        "because": "Why we think so (+ speaks for it, - speaks against it):",
        "reason.?": "There is another indication: {code}",
        "near.True": "near the name",
        "near.False": "elsewhere in the text",
        "reason.rarity": "About {bearers} people in the Netherlands have such a name, estimated from how often the words are "
        "written",
        "rarity.hardly": "Hardly anybody in the Netherlands has such a name, estimated from how often the words are written",
        "rarity.few": "A few people in the Netherlands have such a name, estimated from how often the words are written",
        "rarity.thousands": ",",
        "reason.organisation": "The organisation is named, {near}: {term}",
        "reason.own_site": "The page is the organisation's own, or names a mailbox of the organisation: {domain}",
        "reason.context": "Something that belongs to this person stands {near}: {term}",
        "reason.not_context": "Something that does not belong to this person stands {near}: {term}",
        "reason.colleague": "Other employees are named as well, {near}: {people}",
        "reason.shared_spelling": "Such a name also fits others in the organisation: {people}",
        "reason.better_fit": "What it says fits others in the organisation better: {people}",
        "reason.misspelled": "One letter is different, or the name is spelled as it sounds",
        "reason.respelled": "A letter is written in another way that sounds the same, such as y for ij",
        "reason.possessive": "An s stands behind the name; it may belong to another surname",
        "reason.middle_name": "Another name or letter that is not registered stands between first name and surname",
        "reason.more_initials": "It has more initials than are registered",
        "reason.other_middle_name": "A name or letter that is not this person's stands between first name and surname",
        "reason.lower_case": "The name is written in small letters; other names in this text begin with a capital",
        "reason.common_word": "The name is written in small letters and is an ordinary word as well",
        "reason.another_name": "Another name stands directly before or behind it",
        "reason.longer_name": "What it says is part of a longer name",
        "reason.entity": "What it says is part of the name of something else: a street, a firm, a film",
        "reason.in_address": "The name is in the address of the page only",
        "reason.many_spans": "The name is there often, more than {limit} times",
        "reason.engine_says": "Only the search engine says that the name is there; we did not see it",
        "reason.namesake": "It is like a page about somebody else of that name (profile {profile}): {agreed}",
        "reason.confirmed_like": "It is like a page that turned out to be about this person (profile {profile}): {agreed}",
        "agreed.page": "it is that page itself",
        "agreed.site": "the same site",
        "agreed.author": "the same author",
        "agreed.terms": "the same words",
        "reason.evasion": "Somebody disguised the name: {how}",
        "how.?": "in another way",
        "how.leet": "digits or signs for letters",
        "how.stars": "letters hidden behind stars or signs",
        "how.spaced": "space or signs between the letters",
        "how.stretched": "letters repeated",
        "how.split": "a word cut in two",
        "how.invisible": "characters that nobody sees",
        "how.look_alike": "letters of another script that look alike",
        "how.styled": "letters in another style",
        "how.struck": "letters struck through",
        "reason.form": "The name is written as: {form}",
        "form.?": "another spelling",
        "form.full": "first name and surname",
        "form.double": "first name and both surnames",
        "form.prefix": "first name and surname, its prefix written differently",
        "form.inverted": "surname, first name",
        "form.initials": "initials and surname",
        "form.inverted_initials": "surname, initials",
        "form.no_prefix": "first name and surname without its prefix",
        "form.other_prefix": "first name and surname, with another prefix",
        "form.other_surname": "first name and only one of the surnames",
        "form.partial": "initials and part of the surname",
        "form.alias": "a nickname that was registered",
        "form.alias_word": "a nickname that is an ordinary word as well",
        "form.handle": "a user name that was registered",
        "form.surnames": "both surnames, without a first name",
        "form.joined": "first name or initials and surname in one word, as in an address or a user name",
        "form.titled": "a title or role and the surname",
        "form.later": "the surname alone, after the whole name stood in the text",
        "form.surname": "the surname alone",
        # notices to the operator, and to whoever confirms a channel
        "notice.?": "Naamwacht reports something for which there are no words yet: {code}",
        "notice.dead_letters": "Messages that could not be delivered: {count}. They were tried for three days, the recipient "
        "does not exist, or their channel is gone. See them with `naamwacht deliveries list`, and send them again with "
        "`naamwacht deliveries retry`.",
        "notice.import_refused": "Last night's list of employees was refused. Nothing has changed: the list of before is in "
        "use. Number of faults: {count}",
        "notice.source_blind": "A source cannot be looked at any more: {source}. It has been so since {since}. Until that is "
        "mended, Naamwacht sees nothing there. `naamwacht check` says what can be done.",
        "notice.confirm_own": "Naamwacht looks whether your name turns up on the internet, and tells you when it does. {sender} "
        "asked to have your messages sent to this address. Is that right? Then give this code to the operator of Naamwacht. "
        "Without it nothing more comes here.",
        "notice.confirm_own.code": "Your code: {confirmation}",
        "notice.confirm_channel": "Naamwacht looks whether names of employees turn up on the internet. {sender} asked to have "
        "messages about that sent to this address. Is that right? Then give this code to the operator of Naamwacht. Without it "
        "nothing more comes here.",
        "notice.confirm_channel.code": "Your code: {confirmation}",
        "notice.test": "This is a test message of Naamwacht. If you can read it, messages arrive. You do not have to do "
        "anything.",
    }
)
