"""Channels: made from the configuration and from what people registered, and used only once their owner confirmed them.

A Channel is whom it reaches and at which address. Its name and its notifier may change; what waits in it, and that it is
confirmed, stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from monitor.actions.acting import Acting
from monitor.core.model import Person, Role
from monitor.core.privacy import salted_hash
from monitor.storage import channels, deliveries, people
from monitor.storage.channels import CONFIRM_THREAD, ChannelRow, ChannelSetting

CODE_LIVES = timedelta(days=14)
CODE_LENGTH = 8
_LONGEST_NAME = 180

_Identity = tuple[Role, int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRules:
    """How people are reached. `addressed`: the notifiers that write to somebody's own address.

    `domains` are those whose addresses count as confirmed; empty where everybody has to enter a code. A notifier that writes
    to no address (a chat room, the console) leads where its operator configured it, so there is nothing to confirm.
    `zone` says which day it is where people work: nobody gets a code before they are searched.
    """

    configured: Sequence[ChannelSetting]
    for_people: Sequence[str]
    addressed: frozenset[str]
    domains: frozenset[str]
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def is_confirmed(self, setting: ChannelSetting) -> bool:
        """Tell whether a Channel needs no code."""
        if setting.notifier not in self.addressed:
            return True
        return setting.address.rpartition("@")[2].lower() in self.domains

    def settings(self, registered: Iterable[Person]) -> tuple[ChannelSetting, ...]:
        """Return all Channels as they ought to be.

        One that writes to no address has none, or else its confirmation, which nobody gave, would stay with that address.
        """
        own = (each if each.notifier in self.addressed else replace(each, address="") for each in self.configured)
        return (*own, *(setting for person in registered for setting in self.of_person(person)))

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


def sync_channels(acting: Acting, rules: ChannelRules) -> int:
    """Make the Channels in the database those of the configuration and of the people who are registered.

    Sends the codes that are due, so it is called whenever somebody begins to be searched too. Returns how many Channels changed.
    """
    with acting.db.write("act") as tx:
        changed = sync_channels_in(tx, acting, rules)
        if changed:
            acting.audit(tx, "channels.sync", f"channels {changed}")
    return changed


def sync_channels_in(tx: Connection, acting: Acting, rules: ChannelRules) -> int:
    """Do so within a transaction; returns how many Channels changed."""
    now = acting.clock.now()
    registered = people.load_people(tx)
    known = channels.load_channels(tx, with_retired=True)
    pairs = _paired(rules.settings(registered), known)
    _free_names(tx, pairs, known)
    confirmed = _confirmed(known)
    changed = 0
    for setting, row in pairs:
        confirmed_at = confirmed.get(_identity(setting)) or (now if rules.is_confirmed(setting) else None)
        changed += _sync_one(tx, setting, row, confirmed_at, now)
    kept = {row.id for _, row in pairs if row is not None}
    for row in known:
        if row.retired_at is None and row.id not in kept:
            channels.retire_channel(tx, row.id, now=now)
            changed += 1
    changed += _settle_left_behind(tx, now)
    today = now.astimezone(rules.zone).date()
    return changed + _sync_codes(tx, acting, {p.id for p in registered if p.registration.is_searched_on(today)})


def _identity(channel: ChannelRow | ChannelSetting) -> _Identity:
    return channel.role, channel.person_id, channel.address


def _paired(
    settings: Iterable[ChannelSetting], known: Sequence[ChannelRow]
) -> tuple[tuple[ChannelSetting, ChannelRow | None], ...]:
    """Return each Channel as it ought to be with what the database knows of it.

    Where several have one identity, those of one name belong together, then those of one notifier, then any.
    """
    free: dict[_Identity, list[ChannelRow]] = {}
    for row in sorted(known, key=lambda row: (row.retired_at is not None, row.id)):
        free.setdefault(_identity(row), []).append(row)
    wanted = {setting.name: setting for setting in settings}
    found: dict[str, ChannelRow] = {}
    for fits in _FITS:
        for name, setting in wanted.items():
            rows = free.get(_identity(setting), [])
            fitting = [] if name in found else [row for row in rows if fits(row, setting)]
            if fitting:
                rows.remove(fitting[0])
                found[name] = fitting[0]
    return tuple((setting, found.get(name)) for name, setting in wanted.items())


_FITS: Sequence[Callable[[ChannelRow, ChannelSetting], bool]] = (
    lambda row, setting: row.name == setting.name,
    lambda row, setting: row.notifier == setting.notifier,
    lambda row, setting: True,  # noqa: ARG005 # whatever is left
)


def _free_names(tx: Connection, pairs: Iterable[tuple[ChannelSetting, ChannelRow | None]], known: Iterable[ChannelRow]) -> None:
    """Take names that others are to have from Channels that are gone, or that get another name; a name is given once."""
    names = {row.id: setting.name for setting, row in pairs if row is not None}
    taken = {setting.name for setting, _ in pairs}
    for row in known:
        if row.name in taken and names.get(row.id) != row.name:
            channels.rename_channel(tx, row.id, f"{_given_name(row)[:_LONGEST_NAME]}~{row.id}")


def _given_name(row: ChannelRow) -> str:
    return row.name.removesuffix(f"~{row.id}")


def _confirmed(known: Iterable[ChannelRow]) -> dict[_Identity, datetime]:
    """Return which addresses were confirmed, also in Channels that are not in use: a confirmation is for an address."""
    return {_identity(row): row.confirmed_at for row in known if row.address and row.confirmed_at is not None}


def _sync_one(
    tx: Connection, setting: ChannelSetting, row: ChannelRow | None, confirmed_at: datetime | None, now: datetime
) -> int:
    if row is None:
        channels.add_channel(tx, setting, confirmed_at=confirmed_at, now=now)
        return 1
    confirmed_at = row.confirmed_at or confirmed_at
    is_as_wanted = (row.name, row.notifier, row.language) == (setting.name, setting.notifier, setting.language)
    if is_as_wanted and row.retired_at is None and row.confirmed_at == confirmed_at:
        return 0
    channels.change_channel(tx, row.id, setting, confirmed_at=confirmed_at)
    if row.retired_at is not None or row.confirmed_at != confirmed_at:
        channels.begin_telling(tx, row.id, now=now)
    return 1


def _settle_left_behind(tx: Connection, now: datetime) -> int:
    """Hand what waits in Channels that are gone to their successors. Without one it is dead, which every list shows."""
    in_use = channels.load_channels(tx)
    moved = ended = 0
    for gone in channels.load_left_behind(tx):
        heir = _successor(gone, in_use)
        if heir is None:
            ended += channels.end_deliveries(tx, gone.id, now=now)
        else:
            moved += channels.move_deliveries(tx, gone.id, heir.id, now=now)
    if ended:
        for operator in (channel for channel in in_use if channel.role is Role.OPERATOR):
            dead = deliveries.count_dead(tx)
            deliveries.add_notice(tx, operator.id, deliveries.DEAD_THREAD, {"code": "dead_letters", "count": dead}, now=now)
    return moved + ended


def _successor(gone: ChannelRow, in_use: Iterable[ChannelRow]) -> ChannelRow | None:
    """Return the Channel that has the name of one that is gone, else the notifier, else any for the same person and role."""
    heirs = [row for row in in_use if (row.role, row.person_id) == (gone.role, gone.person_id)]
    return min(
        heirs,
        key=lambda row: (row.name != _given_name(gone), row.notifier != gone.notifier, row.confirmed_at is None, row.id),
        default=None,
    )


def _sync_codes(tx: Connection, acting: Acting, searched: Collection[int]) -> int:
    """Send a first code where one is needed, and let none go out to people who are not searched: they were not told yet."""
    asked: set[_Identity] = set()
    changed = 0
    for row in channels.load_channels(tx):
        if row.confirmed_at is not None:
            continue
        may_ask = row.person_id is None or row.person_id in searched
        if may_ask and row.code_hash is None and _identity(row) not in asked:
            _send_code(tx, acting, row)
            changed += 1
        elif not may_ask and row.code_hash is not None:
            channels.withdraw_code(tx, row.id)
            changed += 1
        asked.add(_identity(row))
    return changed


def _send_code(tx: Connection, acting: Acting, row: ChannelRow) -> None:
    code = acting.token()[:CODE_LENGTH].upper()
    now = acting.clock.now()
    channels.set_code(tx, row.id, salted_hash(CONFIRM_THREAD, code), expires_at=now + CODE_LIVES)
    words = "confirm_own" if row.role is Role.PERSON else "confirm_channel"
    deliveries.add_notice(tx, row.id, CONFIRM_THREAD, {"code": words, "confirmation": code}, now=now)


def send_codes_again(acting: Acting) -> int:
    """Send a new code to everybody who was sent one and has not confirmed yet; returns how many."""
    with acting.db.write("act") as tx:
        waiting = [row for row in channels.load_channels(tx) if row.confirmed_at is None and row.code_hash is not None]
        for row in waiting:
            _send_code(tx, acting, row)
        acting.audit(tx, "channels.send_codes", f"channels {_ids(row.id for row in waiting)}")
    return len(waiting)


def confirm_channel(acting: Acting, code: str) -> int | None:
    """Confirm the Channel to which *code* was sent, and others to that address; None where no Channel waits for it."""
    hashed = salted_hash(CONFIRM_THREAD, code.strip().upper())
    now = acting.clock.now()
    with acting.db.write("act") as tx:
        in_use = channels.load_channels(tx)
        for row in in_use:
            if row.code_hash == hashed and row.code_expires_at is not None and row.code_expires_at > now:
                for each in in_use:
                    if _identity(each) == _identity(row) and each.confirmed_at is None:
                        channels.set_confirmed(tx, each.id, now=now)
                        channels.begin_telling(tx, each.id, now=now)
                acting.audit(tx, "channels.confirm", f"channel {row.id}")
                return row.id
    return None


def _ids(ids: Iterable[int]) -> str:
    return " ".join(str(each) for each in ids)
