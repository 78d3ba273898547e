"""What is kept, is kept whole; what nothing names, goes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.evidence.exchanges import ExchangeStore
from monitor.ports import StorageError

RAW = b"WARC/1.1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
DIGEST = hashlib.sha256(RAW).hexdigest()
LATER = datetime.now(UTC) + timedelta(days=1)  # noqa: TID251 - file times are the machine's own
EARLIER = LATER - timedelta(days=2)


def nothing(_digests: object) -> set[str]:
    return set()


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_comes_back(tmp_path: Path):
    store = ExchangeStore(tmp_path / "exchanges")

    store.keep(DIGEST, RAW)

    assert store.load(DIGEST) == RAW


def test_a_file_is_named_by_its_digest_and_is_for_its_owner_only(tmp_path: Path):
    ExchangeStore(tmp_path).keep(DIGEST, RAW)

    assert files(tmp_path) == [f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"]
    assert (tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST).stat().st_mode & 0o777 == 0o400
    assert (tmp_path / DIGEST[:2]).stat().st_mode & 0o777 == 0o700


def test_keeping_twice_is_keeping_once(tmp_path: Path):
    store = ExchangeStore(tmp_path)

    store.keep(DIGEST, RAW)
    store.keep(DIGEST, RAW)

    assert files(tmp_path) == [f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"]


@pytest.mark.parametrize(
    "digest",
    [
        "",
        "../../etc/passwd",
        "/etc/passwd",
        "a" * 63,
        "A" * 64,
        "g" * 64,
        "a" * 64 + "\n",
        "..\\" + "a" * 61,
        "a" * 62 + "/.",
        "٣" * 64,
    ],
)
def test_a_name_that_is_no_digest_reaches_no_file(tmp_path: Path, digest: str):
    store = ExchangeStore(tmp_path)

    with pytest.raises(StorageError, match="64 hexadecimal digits"):
        store.keep(digest, RAW)
    with pytest.raises(StorageError, match="64 hexadecimal digits"):
        store.load(digest)


def test_bytes_under_a_wrong_digest_are_refused(tmp_path: Path):
    with pytest.raises(StorageError, match="does not have the digest"):
        ExchangeStore(tmp_path).keep(DIGEST, RAW + b"x")

    assert files(tmp_path) == []


def test_a_missing_exchange_says_so(tmp_path: Path):
    with pytest.raises(StorageError, match="cannot be read"):
        ExchangeStore(tmp_path).load(DIGEST)


def test_a_changed_exchange_is_not_taken_for_proof(tmp_path: Path):
    store = ExchangeStore(tmp_path)
    store.keep(DIGEST, RAW)
    place = tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST
    place.chmod(0o600)
    place.write_bytes(RAW.replace(b"200", b"404"))

    with pytest.raises(StorageError, match="not what it was"):
        store.load(DIGEST)


def test_a_sweep_deletes_what_no_row_names(tmp_path: Path):
    store = ExchangeStore(tmp_path)
    other = b"another"
    named = hashlib.sha256(other).hexdigest()
    store.keep(DIGEST, RAW)
    store.keep(named, other)

    swept = store.sweep(lambda digests: {named} & set(digests), older_than=LATER)

    assert swept == 1
    assert files(tmp_path) == [f"{named[:2]}/{named[2:4]}/{named}"]


def test_a_sweep_spares_what_is_new(tmp_path: Path):
    store = ExchangeStore(tmp_path)
    store.keep(DIGEST, RAW)

    assert store.sweep(nothing, older_than=EARLIER) == 0
    assert store.load(DIGEST) == RAW


def test_a_sweep_spares_what_is_kept_anew_while_it_asks(tmp_path: Path):
    store = ExchangeStore(tmp_path)
    store.keep(DIGEST, RAW)
    place = tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST
    os.utime(place, (0, 0))

    def kept_meanwhile(_digests: object) -> set[str]:
        store.keep(DIGEST, RAW)
        return set()

    assert store.sweep(kept_meanwhile, older_than=EARLIER) == 0
    assert store.load(DIGEST) == RAW


def test_a_sweep_takes_what_a_crash_left_unfinished(tmp_path: Path):
    store = ExchangeStore(tmp_path)
    store.keep(DIGEST, RAW)
    (tmp_path / DIGEST[:2] / DIGEST[2:4] / f"{DIGEST}.0011.part").write_bytes(RAW[:5])

    swept = store.sweep(set, older_than=LATER)

    assert swept == 1
    assert files(tmp_path) == [f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"]


def test_a_sweep_leaves_what_is_not_ours(tmp_path: Path):
    (tmp_path / "ab" / "cd").mkdir(parents=True)
    (tmp_path / "ab" / "cd" / "notes.txt").write_text("mine")

    assert ExchangeStore(tmp_path).sweep(nothing, older_than=LATER) == 0
    assert files(tmp_path) == ["ab/cd/notes.txt"]


def test_a_sweep_of_an_empty_place_is_nothing(tmp_path: Path):
    assert ExchangeStore(tmp_path / "none").sweep(nothing, older_than=LATER) == 0


FULL_DISK = """
import hashlib, resource, signal, sys
from pathlib import Path
from monitor.evidence.exchanges import ExchangeStore
from monitor.ports import StorageError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
raw = bytes(5000)
try:
    ExchangeStore(Path(sys.argv[1])).keep(hashlib.sha256(raw).hexdigest(), raw)
except StorageError as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_raises_and_leaves_nothing_half(tmp_path: Path):
    """A limit on file size fails a write in the middle, as a full disk does."""
    ended = subprocess.run([sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=False)

    assert "an exchange cannot be kept" in ended.stdout
    assert files(tmp_path) == []


def test_a_folder_that_is_a_file_raises(tmp_path: Path):
    (tmp_path / "exchanges").write_text("")

    with pytest.raises(StorageError, match="cannot be kept"):
        ExchangeStore(tmp_path / "exchanges").keep(DIGEST, RAW)
