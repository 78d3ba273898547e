"""All checks, in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from monitor.app.checking import machine, messages, network, watchlist
from monitor.app.checking.finding import Finding
from monitor.app.checking.looking import check_source
from monitor.app.checking.subject import Subject


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is about, and how it finds out. `find` may raise what is known to go wrong."""

    path: str
    find: Callable[[], Iterable[Finding]]


def checks(subject: Subject) -> tuple[Check, ...]:
    """Return the checks, each independent of the others; they may run at the same time."""
    config = subject.app.config
    return (
        Check("configuration", partial(machine.check_configuration, subject)),
        Check("plug-ins", machine.check_plugins),
        Check("database", partial(machine.check_database, subject)),
        Check("files", partial(machine.check_permissions, subject)),
        Check("data_dir", partial(machine.check_space, subject)),
        Check("backups", partial(machine.check_backups, subject)),
        Check("daemon", partial(machine.check_daemon, subject)),
        Check("web.bind", partial(network.check_page, subject)),
        Check("ops.bind", partial(network.check_ops, subject)),
        Check("network.proxy", partial(network.check_proxy, subject)),
        *(
            Check(f"sources[{place}] {source.name}", partial(check_source, subject, source, f"sources[{place}] {source.name}"))
            for place, source in enumerate(config.sources)
        ),
        *(Check(f"notifiers.{name}", partial(messages.check_notifier, subject, name)) for name in config.notifiers),
        Check("channels", partial(messages.check_channels, subject)),
        Check("people", partial(watchlist.check_people, subject)),
        Check("people.import_from", partial(watchlist.check_import, subject)),
        Check("messages", partial(messages.check_messages, subject)),
    )


def closing_checks(subject: Subject) -> tuple[Check, ...]:
    """Return the checks that rest on what the others heard."""
    return (
        Check("names", partial(network.check_names, subject)),
        Check("clock", partial(network.check_clock, subject)),
    )
