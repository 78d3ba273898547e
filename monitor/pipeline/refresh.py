"""Refresh the watchlist: who is looked for today, under which number, and which Searches are asked about whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from monitor.core.lexicon import EMPTY, Lexicon
from monitor.core.matching import RULES_VERSION, Matcher
from monitor.core.model import Organisation, Person
from monitor.core.namesakes import NO_PROFILES, Profile, Profiles, name_words, own_words
from monitor.core.schedule import first_ask_at
from monitor.pipeline.world import Watchlist, World
from monitor.storage import memory, people, sources
from monitor.storage.namesakes import load_profiles


def load_watchlist(
    world: World, organisation: Organisation, searches: Collection[str], *, today: date, lexicon: Lexicon = EMPTY
) -> Watchlist:
    """Return the watchlist of *today*. `searches`: the names of the Sources that may be asked about people."""
    now = world.clock.now()
    with world.db.write("refresh") as tx:
        number, active = people.activate(tx, today=today, rules=RULES_VERSION)
        for source in sources.load_sources(tx):
            if source.name in searches:
                starts = {
                    person_id: first_ask_at(now=now, every=source.every, jitter=world.jitter(), watches=len(active))
                    for person_id in active
                }
                sources.add_watches(tx, source.id, active, starts)
        learned = load_profiles(tx)
    profiles = _profiles(learned, active, organisation)
    matcher = Matcher(((person.id, person.registration) for person in active.values()), organisation, lexicon, profiles)
    return Watchlist(matcher=matcher, people=active, number=number, organisation=organisation, lexicon=lexicon)


def _profiles(learned: Sequence[Profile], active: Mapping[int, Person], organisation: Organisation) -> Profiles:
    """Return what was said of the Mentions of these people.

    What is registered by now, and the names of colleagues, are no terms of a profile: they speak for themselves.
    """
    hers = [profile for profile in learned if profile.person_id in active]
    if not hers:
        return NO_PROFILES
    names = frozenset[str]().union(*(name_words(person.registration) for person in active.values()))
    return Profiles(profile.without(names | own_words(active[profile.person_id].registration, organisation)) for profile in hers)


def load_revision(world: World) -> str:
    """Return what changes whenever people are changed, in this process or in another."""
    with world.db.read() as tx:
        return memory.recall(tx, memory.PEOPLE_REVISION)
