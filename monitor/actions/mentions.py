"""Mentions: say whose they are. What is learned from it counts for later texts, and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.actions.acting import Acting
from monitor.core.lexicon import Lexicon
from monitor.core.model import Organisation
from monitor.core.namesakes import THIS_PAGE_ONLY, Traits, learn, own_words
from monitor.storage import memory, namesakes
from monitor.storage.namesakes import Said, Teaching


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What one has to know to learn from a Mention: which words are common, and which are the organisation's."""

    organisation: Organisation
    lexicon: Lexicon


def confirm(acting: Acting, mention_id: int, knowledge: Knowledge, *, reason: str = "") -> int | None:
    """Say "that is me": pages like it are surer from now on. Returns the profile's id, None without such a Mention."""
    return _say(acting, mention_id, Said.OURS, knowledge, Act("mentions.confirm", reason))


def dismiss(acting: Acting, mention_id: int, *, reason: str = "") -> int | None:
    """Say "not me" of this page alone. Returns the profile's id, None without such a Mention."""
    return _say(acting, mention_id, Said.NOT_OURS, None, Act("mentions.dismiss", reason))


def not_ours(acting: Acting, mention_id: int, knowledge: Knowledge, *, reason: str = "") -> int | None:
    """Say "not our Jan": pages like it are less sure from now on. Returns the profile's id, None without such a Mention."""
    return _say(acting, mention_id, Said.NOT_OURS, knowledge, Act("mentions.not_ours", reason))


def forget_profile(acting: Acting, profile_id: int, *, reason: str = "") -> bool:
    """Take back what somebody said, also of the Mention itself. Tells whether there was such a profile."""
    with acting.db.write("act") as tx:
        forgotten = namesakes.forget_profile(tx, profile_id)
        if forgotten is None:
            return False
        (mention_id,) = forgotten
        memory.raise_number(tx, memory.PEOPLE_REVISION)
        of_mention = "" if mention_id is None else f" mention {mention_id}"
        acting.audit(tx, "namesakes.forget", f"namesake {profile_id}{of_mention}", reason=reason)
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """What the audit log calls it, and why it was done."""

    name: str
    reason: str


def _say(acting: Acting, mention_id: int, said: Said, knowledge: Knowledge | None, act: Act) -> int | None:
    """Keep what is said of a Mention. Without *knowledge* it counts for its page only."""
    with acting.db.write("act") as tx:
        teaching = namesakes.load_teaching(tx, mention_id)
        if teaching is None:
            return None
        traits = THIS_PAGE_ONLY if knowledge is None else _learned(teaching, knowledge)
        profile_id = namesakes.save_profile(
            tx, mention_id, teaching.person_id, traits, said, at=acting.clock.now(), by=acting.actor
        )
        memory.raise_number(tx, memory.PEOPLE_REVISION)
        acting.audit(tx, act.name, f"mention {mention_id} namesake {profile_id}", reason=act.reason)
    return profile_id


def _learned(teaching: Teaching, knowledge: Knowledge) -> Traits:
    own = own_words(teaching.registration, knowledge.organisation)
    return learn(teaching.near, teaching.author, own, knowledge.lexicon)
