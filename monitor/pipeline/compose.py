"""Compose a claimed Delivery: what the database knows of it, put into the words of `monitor.wording`."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.model import DeliveryKind, Role
from monitor.core.references import reference
from monitor.core.triage import PartReason
from monitor.pipeline.world import World
from monitor.ports import Message
from monitor.storage.channels import was_summed_up
from monitor.storage.deliveries import Claimed
from monitor.storage.queries import ToldPart, load_told
from monitor.wording import Addressed, Alert, Digest, House, Notice, Said, Summary, Told, message_of


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes the message of a Delivery. `identity` (`x7@example.org`) tells this installation's messages from another's."""

    world: World
    house: House
    identity: str

    def compose(self, claimed: Claimed) -> Message | None:
        """Return the message, None where nothing is left to tell (its Person was purged)."""
        said = self._said(claimed)
        if said is None:
            return None
        addressed = Addressed(
            to=claimed.to,
            language=claimed.language,
            message_id=f"{claimed.id}.{self.identity}",
            reference=reference(claimed.id),
            thread=f"{claimed.kind.value}.{claimed.thread.replace(':', '.')}.{self.identity}",
        )
        return message_of(said, addressed, self.house)

    def _said(self, claimed: Claimed) -> Said | None:
        is_hers = claimed.role is Role.PERSON
        if claimed.kind is DeliveryKind.NOTICE:
            params = {name: value for name, value in claimed.notice.items() if name != "code"}
            return Notice(str(claimed.notice["code"]), params)
        with self.world.db.read() as tx:
            mentions = told_mentions(load_told(tx, claimed.id))
            is_another = claimed.kind is DeliveryKind.SUMMARY and was_summed_up(tx, claimed.id)
        if not mentions:
            return None
        match claimed.kind:
            case DeliveryKind.ALERT:
                return Alert(mentions=mentions, is_hers=is_hers)
            case DeliveryKind.SUMMARY:
                return Summary(mentions=mentions, is_hers=is_hers, is_another=is_another)
            case DeliveryKind.DIGEST:
                return Digest(mentions=mentions, is_hers=is_hers)


def told_mentions(parts: tuple[ToldPart, ...]) -> tuple[Told, ...]:
    """Return one entry for each Mention, in the order of its first part: several Passages of one page are one thing to read."""
    by_mention: dict[int, list[ToldPart]] = {}
    for part in parts:
        by_mention.setdefault(part.mention_id, []).append(part)
    return tuple(_told(each) for each in by_mention.values())


def _told(parts: list[ToldPart]) -> Told:
    first = parts[0]
    # Where something is news beside what was online already, that is what its message is about.
    why = next((part.reason for part in parts if part.reason is not PartReason.ALREADY_ONLINE), first.reason)
    surfaces = tuple(dict.fromkeys(part.surface for part in parts))
    return Told(
        site=first.site,
        title=first.title,
        address=first.address,
        found_at=first.found_at,
        published_at=first.published_at,
        surface=", ".join(surfaces),
        band=first.band,
        severity=max(part.severity for part in parts),
        reasons=first.reasons,
        why=why.value,
        person=first.person,
        also_seen=first.sources[1:],
    )
