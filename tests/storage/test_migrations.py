"""From no tables, or the tables of any version, to those of today: every step or none, and never without a backup."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.engine.interfaces import ReflectedIndex

from monitor.ports import StorageError
from monitor.storage.backup import verify
from monitor.storage.engine import Database
from monitor.storage.migrating import MIGRATIONS, VERSION_TABLE, SchemaState, known_versions, migrate, schema_state, version_of
from monitor.storage.schema import metadata
from monitor.storage.upgrading import require_current, upgrade
from tests.fakes import NOW
from tests.postgresql import NewPostgresql, NewUrl
from tests.storage.filling import Content, content, content_of, fill
from tests.storage.forks import KILLED, kill_at

VERSIONS = known_versions()

NEXT = '''
"""A step as they come: a table rebuilt that others point to, and a column that every row must have."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{latest}"


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.alter_column("team", type_=sa.String(500), existing_type=sa.Text(), existing_nullable=False)
        table.add_column(sa.Column("shoe_size", sa.Integer(), nullable=False, server_default="42"))
    {more}
'''


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    database.create()
    yield database
    database.close()


@pytest.fixture
def next_migrations(tmp_path: Path) -> Path:
    """The migrations of a version that comes after this one."""
    return add_step(tmp_path)


def add_step(tmp_path: Path, more: str = "") -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "next.py").write_text(NEXT.format(latest=VERSIONS[-1], more=more))
    return folder


def fill_at(database: Database, version: str) -> Content:
    with database.rebuild("test") as tx:
        migrate(tx, to=version)
        fill(tx)
        return content_of(tx)


def describe(tx: Connection) -> dict[str, object]:
    """Say all that the database knows of its tables."""
    inspector = inspect(tx)
    return {
        name: {
            "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(name)],
            "primary key": inspector.get_pk_constraint(name),
            "foreign keys": sorted(inspector.get_foreign_keys(name), key=str),
            "unique": sorted(inspector.get_unique_constraints(name), key=str),
            "indexes": [{**index, "dialect_options": _in_words(index)} for index in inspector.get_indexes(name)],
            "checks": sorted(inspector.get_check_constraints(name), key=str),
        }
        for name in inspector.get_table_names()
        if name != VERSION_TABLE
    }


def _in_words(index: ReflectedIndex) -> dict[str, str]:
    return {name: str(value) for name, value in index.get("dialect_options", {}).items()}


# ------------------------------------------------------------------------------------------------ what they make


def test_a_new_database_gets_all_tables(empty: Database, backups: Path) -> None:
    done = upgrade(empty, backups=backups, now=NOW)

    assert (done.before, done.after, done.backup) == ("", VERSIONS[-1], None)
    assert schema_state(empty) is SchemaState.CURRENT


def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    with database.read() as tx:
        differences = compare_metadata(MigrationContext.configure(tx, opts={"version_table": VERSION_TABLE}), metadata)

    assert differences == []


def test_the_migrations_leave_nothing_out_that_a_comparison_overlooks(empty: Database, new_url: NewUrl, backups: Path) -> None:
    upgrade(empty, backups=backups, now=NOW)
    made_at_once = Database(new_url())
    made_at_once.create()
    with made_at_once.write() as tx:
        metadata.create_all(tx)

    with empty.read() as migrated, made_at_once.read() as made:
        assert describe(migrated) == describe(made)

    made_at_once.close()


def test_a_database_that_is_up_to_date_is_left_alone(database: Database, backups: Path) -> None:
    assert upgrade(database, backups=backups, now=NOW) is None
    assert list(backups.iterdir()) == []


# ---------------------------------------------------------------------------------------------- from filled ones


@pytest.mark.parametrize("version", VERSIONS)
def test_a_filled_database_of_every_version_becomes_one_of_today(empty: Database, backups: Path, version: str) -> None:
    fill_at(empty, version)

    upgrade(empty, backups=backups, now=NOW)

    assert schema_state(empty) is SchemaState.CURRENT
    assert empty.check_integrity() == ()


def test_the_next_version_keeps_every_row(empty: Database, backups: Path, next_migrations: Path) -> None:
    before = fill_at(empty, VERSIONS[-1])

    done = upgrade(empty, backups=backups, now=NOW, migrations=next_migrations)

    after = content(empty)
    assert (done.before, done.after) == (VERSIONS[-1], "next")
    assert [(*row, 42) for row in before.pop("person")] == after.pop("person")
    assert before == after


def test_an_upgrade_makes_a_backup_first(empty: Database, backups: Path, next_migrations: Path) -> None:
    fill_at(empty, VERSIONS[-1])

    done = upgrade(empty, backups=backups, now=NOW, migrations=next_migrations)

    assert done.backup == backups / "naamwacht-20261124T090000Z.backup"
    assert verify(done.backup).rows["person"] == 3


def test_a_step_that_fails_changes_nothing(empty: Database, backups: Path, tmp_path: Path) -> None:
    before = fill_at(empty, VERSIONS[-1])
    broken = add_step(tmp_path, more='op.execute("DROP TABLE watch"); raise ZeroDivisionError')

    with pytest.raises(ZeroDivisionError):
        upgrade(empty, backups=backups, now=NOW, migrations=broken)

    assert content(empty) == before
    assert schema_state(empty) is SchemaState.CURRENT


# ------------------------------------------------------------------------------------------------------- killed


@pytest.mark.parametrize("moment", ["migration.after_step", "migration.before_commit", "migration.after_commit"])
def test_making_the_tables_survives_a_kill(empty: Database, backups: Path, moment: str) -> None:
    code = kill_at(moment, empty, lambda database: upgrade(database, backups=backups, now=NOW))

    upgrade(empty, backups=backups, now=NOW)

    assert code == KILLED
    assert schema_state(empty) is SchemaState.CURRENT
    assert empty.check_integrity() == ()


@pytest.mark.parametrize(
    "moment",
    [
        "backup.filled",
        "backup.before_rename",
        "backup.after_rename",
        "migration.after_step",
        "migration.before_commit",
        "migration.after_commit",
    ],
)
def test_an_upgrade_survives_a_kill(empty: Database, backups: Path, next_migrations: Path, moment: str) -> None:
    before = fill_at(empty, VERSIONS[-1])

    def upgrade_to_next(database: Database) -> None:
        upgrade(database, backups=backups, now=NOW, migrations=next_migrations)

    code = kill_at(moment, empty, upgrade_to_next)

    upgrade_to_next(empty)

    assert code == KILLED
    assert schema_state(empty, migrations=next_migrations) is SchemaState.CURRENT
    assert empty.check_integrity() == ()
    assert content(empty)["mention"] == before["mention"]
    assert next(verify(path).version for path in backups.glob("*.backup")) == VERSIONS[-1]


# ------------------------------------------------------------------------------------------------------ refused


def test_a_database_of_a_newer_version_is_refused(empty: Database, backups: Path, next_migrations: Path) -> None:
    upgrade(empty, backups=backups, now=NOW, migrations=next_migrations)

    with pytest.raises(StorageError, match=r"made by a newer version.*install that version again"):
        upgrade(empty, backups=backups, now=NOW)

    assert schema_state(empty) is SchemaState.NEWER


def test_a_database_with_other_tables_is_refused(empty: Database, backups: Path) -> None:
    with empty.write() as tx:
        tx.exec_driver_sql("CREATE TABLE theirs (id integer)")

    with pytest.raises(StorageError, match="holds tables that are not Naamwacht's"):
        upgrade(empty, backups=backups, now=NOW)

    with empty.read() as tx:
        assert inspect(tx).get_table_names() == ["theirs"]


def test_a_command_that_does_not_upgrade_asks_for_it(empty: Database) -> None:
    with pytest.raises(StorageError, match="is not set up for this version yet"):
        require_current(empty)


def test_a_command_works_on_a_database_of_today(database: Database) -> None:
    require_current(database)

    with database.read() as tx:
        assert version_of(tx) == VERSIONS[-1]


@pytest.mark.postgresql
def test_a_database_that_cannot_hold_every_letter_is_refused(new_postgresql: NewPostgresql, backups: Path) -> None:
    database = Database(new_postgresql(options="ENCODING 'SQL_ASCII' LOCALE 'C'"))

    with pytest.raises(StorageError, match=r"cannot hold every name \(create it with ENCODING 'UTF8'\)"):
        upgrade(database, backups=backups, now=NOW)

    database.close()


def test_there_is_one_way_forward_and_its_files_say_where_they_stand() -> None:
    files = sorted(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))

    assert tuple(files) == VERSIONS
