"""Keep raw exchanges as files named by their digest: the first proof of a Mention.

A file is whole and on the disk before `keep` returns, so a row may name it. What no row names is swept later. What is in
an exchange is `monitor.fetch.record`'s business; which rows name one is the database's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from pathlib import Path

from monitor.ports import StorageError

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part"
SWEPT_AT_ONCE = 500


class ExchangeStore:
    """Files under one folder, two levels deep (`ab/cd/abcd…`). Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, digest: str, raw: bytes) -> None:
        """Write *raw* for good under its *digest*. Raises `StorageError`, and then leaves nothing behind."""
        place = self._place(digest)
        if hashlib.sha256(raw).hexdigest() != digest:
            raise StorageError("an exchange does not have the digest that it is to be kept under")
        try:
            if place.exists():
                os.utime(place)  # a sweep that is under way must take it for new
                return
            self._make_folders(place.parent)
            _write_once(place, raw)
        except OSError as error:
            raise StorageError(f"an exchange cannot be kept: {error.strerror}; see to the disk under data_dir") from error

    def load(self, digest: str) -> bytes:
        """Return what is kept under *digest*. Raises `StorageError` where it is missing or no longer what it was."""
        try:
            raw = self._place(digest).read_bytes()
        except OSError as error:
            raise StorageError(f"exchange {digest[:12]} cannot be read: {error.strerror}") from error
        if hashlib.sha256(raw).hexdigest() != digest:
            raise StorageError(f"exchange {digest[:12]} is not what it was when it was kept; restore it from a backup")
        return raw

    def sweep(self, named: Callable[[Sequence[str]], AbstractSet[str]], *, older_than: datetime) -> int:
        """Delete what is older than *older_than* and that *named* does not return; say how many files went.

        *named* gets some digests and returns those among them that a row names.
        """
        swept = 0
        waiting: list[Path] = []
        for path in self._older_files(older_than):
            if path.name.endswith(_UNFINISHED):
                swept += _delete(path, older_than)
            elif _DIGEST.fullmatch(path.name):
                waiting.append(path)
            if len(waiting) == SWEPT_AT_ONCE:
                swept += _sweep_unnamed(waiting, named, older_than)
                waiting = []
        return swept + _sweep_unnamed(waiting, named, older_than)

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise StorageError("an exchange is named by 64 hexadecimal digits")
        return self._folder / digest[:2] / digest[2:4] / digest

    def _make_folders(self, folder: Path) -> None:
        """Make what is missing down to *folder*, each entry on the disk before what is put inside."""
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            new.mkdir(mode=0o700, exist_ok=True)
            _flush_folder(new.parent)

    def _older_files(self, older_than: datetime) -> Iterator[Path]:
        for path in self._folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if _is_older(path, older_than):
                yield path


def _write_once(place: Path, raw: bytes) -> None:
    unfinished = place.with_name(f"{place.name}.{secrets.token_hex(8)}{_UNFINISHED}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _is_older(path: Path, older_than: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than
    except FileNotFoundError:  # another sweep, or a rename
        return False


def _sweep_unnamed(paths: Sequence[Path], named: Callable[[Sequence[str]], AbstractSet[str]], older_than: datetime) -> int:
    if not paths:
        return 0
    kept = named([path.name for path in paths])
    return sum(_delete(path, older_than) for path in paths if path.name not in kept)


def _delete(path: Path, older_than: datetime) -> int:
    # Looked at once more: it may have been kept anew while the rows were asked.
    if not _is_older(path, older_than):
        return 0
    try:
        path.unlink()
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise StorageError(f"an exchange that nothing names cannot be deleted: {error.strerror}") from error
    return 1
