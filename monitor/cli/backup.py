"""`naamwacht backup` and `naamwacht restore`: the database as one file, and back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.app import SystemClock
from monitor.cli.opening import add_config, add_json, configuration, is_missing
from monitor.cli.output import Output
from monitor.cli.running import OK
from monitor.config import Config
from monitor.ports import StorageError
from monitor.storage.backup import Manifest, backup, verify
from monitor.storage.engine import Database
from monitor.storage.restoring import restore


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the one, or of the other."""
    add_config(parser)
    add_json(parser)
    if parser.get_default("command") == "backup":
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to (default: backups in data_dir)")
        parser.epilog = (
            "The daemon may go on meanwhile. The backup holds names: keep it as you keep the database. Kept pages (the folder "
            "exchanges in data_dir) are files that never change: copy them along."
        )
        return
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `naamwacht backup` made")
    parser.add_argument("--verify", action="store_true", help="only read all of it, and say whether it is whole")
    parser.add_argument("--replace", action="store_true", help="yes, put it in the place of the database that is there")
    parser.epilog = (
        "End the daemon first. What is replaced is backed up before, beside the other backups. Exit code 5: the backup is "
        "damaged or from a newer version, or a database is there already."
    )


def run(arguments: Namespace, out: Output) -> int:
    """Back up, verify or restore."""
    if arguments.command == "backup":
        return _back_up(arguments, out)
    if arguments.verify:
        out.progress("reading the backup")
        manifest = verify(arguments.file)
        out.progress("")
        _print(out, {"file": str(arguments.file), **_said_by(manifest)}, f"{arguments.file} is whole: {_in_words(manifest)}.")
        return OK
    return _restore(arguments, out)


def _back_up(arguments: Namespace, out: Output) -> int:
    with _database(arguments) as (config, db):
        if is_missing(db):
            raise StorageError(f"there is no {db.name.removeprefix('the ')}, so nothing to back up (check the configuration)")
        folder = arguments.to or config.data_dir / "backups"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"the folder {folder} cannot be made: {error.strerror} (choose another one with --to)") from error
        out.progress("writing the backup, and reading it once")
        path = backup(db, folder, now=SystemClock().now())
        out.progress("")
    size = path.stat().st_size
    _print(out, {"file": str(path), "bytes": size}, f"{path} ({size / 1_000_000:.1f} MB), written and read once: it is whole.")
    return OK


def _restore(arguments: Namespace, out: Output) -> int:
    with _database(arguments) as (config, db):
        out.progress("reading the backup, and putting it in place")
        restored = restore(
            arguments.file, db, replace=arguments.replace, backups=config.data_dir / "backups", now=SystemClock().now()
        )
        out.progress("")
        kept = restored.kept
        words = f"{db.name.removeprefix('the ').capitalize()} is back: {_in_words(restored.manifest)}."
        words += f" What stood there is kept as {kept}." if kept else ""
        said = {"file": str(arguments.file), **_said_by(restored.manifest), "kept": None if kept is None else str(kept)}
    _print(out, said, words)
    return OK


@contextmanager
def _database(arguments: Namespace) -> Iterator[tuple[Config, Database]]:
    config = configuration(arguments)
    db = Database(config.database.get_secret_value())
    try:
        yield config, db
    finally:
        db.close()


def _said_by(manifest: Manifest) -> dict[str, object]:
    return {"made_at": manifest.made_at, "version": manifest.version, "rows": dict(manifest.rows)}


def _in_words(manifest: Manifest) -> str:
    people, mentions = manifest.rows.get("person", 0), manifest.rows.get("mention", 0)
    return f"made {manifest.made_at}, tables of version {manifest.version}, {people} people, {mentions} mention(s)"


def _print(out: Output, document: dict[str, object], words: str) -> None:
    if out.as_json:
        out.json(document)
    else:
        out.line(words)
