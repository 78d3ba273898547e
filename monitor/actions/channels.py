"""Channels: made from the configuration and from what people registered, and used only once their owner confirmed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from monitor.actions.acting import Acting
from monitor.core.model import Person, Role
from monitor.core.privacy import salted_hash
from monitor.storage import channels, deliveries, people
from monitor.storage.channels import ChannelRow, ChannelSetting

CODE_LIVES = timedelta(days=14)
CODE_LENGTH = 8
CONFIRM_THREAD = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRules:
    """How people are reached. `addressed`: the notifiers that write to somebody's own address.

    `domains` are those whose addresses count as confirmed; empty where everybody has to enter a code. A notifier that writes
    to no address (a chat room, the console) leads where its operator configured it, so there is nothing to confirm.
    """

    configured: Sequence[ChannelSetting]
    for_people: Sequence[str]
    addressed: frozenset[str]
    domains: frozenset[str]

    def is_confirmed(self, setting: ChannelSetting) -> bool:
        """Tell whether a Channel needs no code."""
        if setting.notifier not in self.addressed:
            return True
        return setting.address.rpartition("@")[2].lower() in self.domains

    def of_person(self, person: Person) -> tuple[ChannelSetting, ...]:
        """Return the Channels of one Person."""
        registration = person.registration
        return tuple(
            ChannelSetting(
                name=f"person-{person.id}-{notifier}",
                role=Role.PERSON,
                person_id=person.id,
                notifier=notifier,
                address=registration.email if notifier in self.addressed else "",
                language=registration.language,
            )
            for notifier in self.for_people
            if registration.email or notifier not in self.addressed
        )


def sync_channels(acting: Acting, rules: ChannelRules) -> None:
    """Make the Channels in the database those of the configuration and of the people who are registered."""
    with acting.db.write("act") as tx:
        changed = sync_channels_in(tx, acting, rules)
        if changed:
            acting.audit(tx, "channels.sync", f"channels {changed}")


def sync_channels_in(tx: Connection, acting: Acting, rules: ChannelRules) -> int:
    """Do so within a transaction; returns how many Channels changed."""
    registered = people.load_people(tx)
    wanted = {setting.name: setting for setting in (*rules.configured, *(s for p in registered for s in rules.of_person(p)))}
    known = {row.name: row for row in channels.load_channels(tx)}
    changed = 0
    for name, setting in wanted.items():
        changed += _sync_one(tx, acting, rules, setting, known.get(name))
    for name, row in known.items():
        if name not in wanted:
            channels.retire_channel(tx, row.id, now=acting.clock.now())
            changed += 1
    return changed


def _sync_one(tx: Connection, acting: Acting, rules: ChannelRules, setting: ChannelSetting, row: ChannelRow | None) -> int:
    now = acting.clock.now()
    is_confirmed = rules.is_confirmed(setting)
    is_same = row is not None and (row.notifier, row.address, row.role) == (setting.notifier, setting.address, setting.role)
    if row is not None and is_same and row.language == setting.language and (row.confirmed_at is not None or not is_confirmed):
        return 0
    kept = row.confirmed_at if row is not None and is_same else None
    channel_id = channels.save_channel(tx, setting, confirmed_at=kept or (now if is_confirmed else None), now=now)
    if not (kept or is_confirmed):
        _send_code(tx, acting, channel_id)
    return 1


def _send_code(tx: Connection, acting: Acting, channel_id: int) -> None:
    code = acting.token()[:CODE_LENGTH].upper()
    now = acting.clock.now()
    channels.set_code(tx, channel_id, salted_hash(CONFIRM_THREAD, code), expires_at=now + CODE_LIVES)
    deliveries.add_notice(tx, channel_id, CONFIRM_THREAD, {"code": "confirm_channel", "confirmation": code}, now=now)


def send_codes_again(acting: Acting) -> int:
    """Send a new code to everybody who has not confirmed yet; returns how many."""
    with acting.db.write("act") as tx:
        waiting = [row for row in channels.load_channels(tx) if row.confirmed_at is None]
        for row in waiting:
            _send_code(tx, acting, row.id)
        acting.audit(tx, "channels.send_codes", f"channels {_ids(row.id for row in waiting)}")
    return len(waiting)


def confirm_channel(acting: Acting, code: str) -> int | None:
    """Confirm the Channel to which *code* was sent and return its id; None where no Channel waits for it."""
    hashed = salted_hash(CONFIRM_THREAD, code.strip().upper())
    now = acting.clock.now()
    with acting.db.write("act") as tx:
        for row in channels.load_channels(tx):
            if row.code_hash == hashed and row.code_expires_at is not None and row.code_expires_at > now:
                channels.set_confirmed(tx, row.id, now=now)
                acting.audit(tx, "channels.confirm", f"channel {row.id}")
                return row.id
    return None


def _ids(ids: Iterable[int]) -> str:
    return " ".join(str(each) for each in ids)
