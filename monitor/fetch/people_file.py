"""Reads a people file (CSV or XLSX): the bytes in the parse child, the rows by the rules of the core."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from monitor.core.model import Registration
from monitor.core.registrations import NO_ADDRESSES, PeopleFile, read_rows
from monitor.fetch.children import ParseChildren
from monitor.ports import ConfigError, Problem, ProviderError
from monitor.words import load_lexicon


def read_people_file(path: Path, children: ParseChildren, *, language: str = "nl") -> tuple[Registration, ...]:
    """Return the people of a file that may have any address; raises `ConfigError` with every faulty row."""
    return read_people(path, children, language=language).registrations


def read_people(
    path: Path,
    children: ParseChildren,
    *,
    domains: Collection[str] = (),
    is_any_address_allowed: bool = True,
    language: str = "nl",
    known_addresses: Mapping[str, str] = NO_ADDRESSES,
) -> PeopleFile:
    """Return what stands in a people file; raises `ConfigError` with every faulty row. *domains*: where addresses must lie.

    *language* is that of people for whom the file names none; *known_addresses*, by external_id, may lie anywhere.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError([Problem(str(path), f"cannot be read: {error.strerror}")]) from error
    try:
        rows = children.read_table(content, path.name)
    except ProviderError as error:
        raise ConfigError([Problem(str(path), str(error).removeprefix(f"{path.name}: "))]) from error
    people = read_rows(
        rows,
        allowed_domains=domains,
        is_any_address_allowed=is_any_address_allowed,
        language=language,
        known_addresses=known_addresses,
        lexicon=load_lexicon(),
    )
    if people.problems:
        raise ConfigError([Problem(each.path, each.fault, each.remedy) for each in people.problems])
    return people
