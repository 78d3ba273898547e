"""Checks of how people are told: notifiers, channels, and messages that did not arrive."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.app.checking.finding import Finding, fault, ok, warn
from monitor.app.checking.subject import Subject
from monitor.app.standing import troubles
from monitor.ports import NotifierError
from monitor.storage.channels import load_channels


def check_notifier(subject: Subject, name: str) -> Iterator[Finding]:
    """Find out whether a message could be sent."""
    path = f"notifiers.{name}"
    try:
        subject.app.notifiers[name].check()
    except NotifierError as error:
        yield fault(path, str(error))
    else:
        yield ok(path, f"{subject.app.config.notifiers[name].type}, takes messages")


def check_channels(subject: Subject) -> Iterator[Finding]:
    """Look which channels of the organisation wait for their code."""
    confirmed = confirmed_channels(subject)
    for place, channel in enumerate(subject.app.config.channels):
        path = f"channels[{place}] {channel.name}"
        if channel.name in confirmed:
            yield ok(path, f"{channel.role}, through {channel.notifier}")
        else:
            remedy = "`naamwacht channels confirm CODE`, with the code that was sent there; `channels codes` sends a new one"
            yield warn(path, "is not confirmed yet, so nothing is sent there", remedy)


def confirmed_channels(subject: Subject) -> frozenset[str]:
    """Return the names of the configured channels that may be used: confirmed, or in no need of it."""
    rules = subject.app.channel_rules
    free = {setting.name for setting in rules.configured if rules.is_confirmed(setting)}
    with subject.rows() as tx:
        rows = () if tx is None else load_channels(tx)
    known = {row.name: (row.notifier, row.address) for row in rows if row.confirmed_at is not None}
    same = {each.name for each in rules.configured if known.get(each.name) == (each.notifier, each.address)}
    return frozenset(free | same)


def check_messages(subject: Subject) -> Iterator[Finding]:
    """Look for messages that did not arrive, and for sources that were blind."""
    if not subject.is_current():
        return
    found = troubles(subject.app)
    if dead := found.get("dead_letters"):
        remedy = "`naamwacht deliveries list --state dead` says why, `deliveries retry` sends them again"
        yield fault("messages", f"{dead} could not be delivered", remedy)
    if late := found.get("late"):
        yield fault("messages", f"one that is due has waited for {late} minutes", "see that `naamwacht run` runs, and its log")
    if blind := found.get("blind"):
        yield warn("sources", f"none of {blind} could be looked at the last time", "`naamwacht sources` says why")
    if not dead and not late:
        yield ok("messages", "none is dead or late")
