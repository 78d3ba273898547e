"""Which version of the tables a database holds, and the steps to another. The steps themselves are in `migrations`.

A downgrade does not exist: the way back is the backup that every upgrade makes first (`monitor.storage.upgrading`).
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from monitor.ports import Failpoint, StorageError
from monitor.storage.engine import Database, no_failpoint

VERSION_TABLE = "schema_version"
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaState(StrEnum):
    """How the tables of a database stand to this version of the product."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


def schema_state(database: Database, *, migrations: Path = MIGRATIONS) -> SchemaState:
    """Tell how the tables of *database* stand to what this version expects."""
    with database.read() as tx:
        return state_of(tx, migrations=migrations)


def state_of(tx: Connection, *, migrations: Path = MIGRATIONS) -> SchemaState:
    """Tell how the tables behind *tx* stand to what this version expects."""
    version = version_of(tx)
    if version is None:
        # Tables without our version among them are another program's, or a database that we must not touch.
        return SchemaState.FOREIGN if inspect(tx).get_table_names() else SchemaState.EMPTY
    known = known_versions(migrations)
    if version not in known:
        return SchemaState.NEWER
    return SchemaState.CURRENT if version == known[-1] else SchemaState.OLDER


def refuse_strangers(database: Database, state: SchemaState) -> None:
    """Raise where the tables of *database* are a newer version's or another program's."""
    if state is SchemaState.NEWER:
        raise StorageError(
            f"{database.name} was made by a newer version of Naamwacht "
            "(install that version again, or `naamwacht restore` the backup that its upgrade made)"
        )
    if state is SchemaState.FOREIGN:
        raise StorageError(f"{database.name} holds tables that are not Naamwacht's (give it a database of its own)")


def version_of(tx: Connection) -> str | None:
    """Return the version of the tables behind *tx*; None where they carry none."""
    return MigrationContext.configure(tx, opts={"version_table": VERSION_TABLE}).get_current_revision()


def known_versions(migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """Return the versions that this version of the product knows, oldest first."""
    steps = ScriptDirectory.from_config(_config(migrations)).walk_revisions()
    return tuple(reversed([step.revision for step in steps]))


def migrate(tx: Connection, *, to: str = "head", failpoint: Failpoint = no_failpoint, migrations: Path = MIGRATIONS) -> None:
    """Take every step to a version inside the transaction *tx*, which must come from `Database.rebuild`."""
    config = _config(migrations)
    config.attributes = {
        "connection": tx,
        "version_table": VERSION_TABLE,
        "transactional_ddl": True,
        "on_version_apply": lambda **_: failpoint("migration.after_step"),
    }
    command.upgrade(config, to)


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config
