"""The real daemon while its clock is put back, put on, and goes through both changes of summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.clockwork.faked import scene, story

pytestmark = pytest.mark.proof

OLD = timedelta(days=40)
DIGEST_HOUR = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)  # 07.30 in Amsterdam


def test_a_clock_that_is_put_back_and_then_far_ahead_stops_nothing_and_doubles_nothing(tmp_path: Path):
    stories = [story("na-een-uur-terug"), story("na-dertig-dagen")]
    with scene(tmp_path, DIGEST_HOUR - timedelta(hours=13), stories=stories, past=[story("lang-bekend")]) as staged:
        staged.time.set(DIGEST_HOUR)
        staged.await_letter("lang-bekend")
        staged.await_imports(2)

        staged.time.jump(timedelta(hours=-1))
        staged.publish()
        staged.await_letter("na-een-uur-terug")
        staged.time.set(DIGEST_HOUR)
        staged.await_round()
        assert staged.letters() == {"lang-bekend": 1, "na-een-uur-terug": 1}
        assert staged.imports() == 2

        staged.time.jump(timedelta(days=30))
        staged.publish()
        staged.await_letter("na-dertig-dagen")
        staged.await_imports(3)
        staged.await_round()
        assert staged.letters() == {"lang-bekend": 1, "na-een-uur-terug": 1, "na-dertig-dagen": 1}
        assert staged.imports() == 3


def test_the_hour_that_summer_time_skips_loses_no_digest_and_no_import(tmp_path: Path):
    change = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)  # 02.00 becomes 03.00, so 02.30 does not come
    stories = [story("na-de-verandering"), story("oude-foto", age=OLD)]
    times = {"digest_at": "02:30", "import_at": "02:30"}
    with scene(tmp_path, change - timedelta(hours=13), stories=stories, past=[story("lang-bekend")], **times) as staged:
        assert staged.imports() == 1

        staged.pass_through(change)
        staged.publish()
        staged.await_letter("na-de-verandering")
        assert staged.letters() == {"na-de-verandering": 1}

        staged.time.set(change + timedelta(minutes=30))
        staged.await_letter("lang-bekend")
        staged.await_imports(2)
        staged.publish()
        staged.await_mentions(3)
        staged.time.set(change + timedelta(hours=22))
        staged.await_round()
        assert staged.letters() == {"na-de-verandering": 1, "lang-bekend": 1}
        assert staged.imports() == 2

        staged.time.set(datetime(2027, 3, 29, 0, 30, tzinfo=UTC))
        staged.await_letter("oude-foto")
        staged.await_imports(3)
        staged.await_round()
        assert staged.letters() == {"na-de-verandering": 1, "lang-bekend": 1, "oude-foto": 1}
        assert staged.imports() == 3


def test_the_hour_that_comes_twice_in_autumn_brings_one_digest_and_one_import(tmp_path: Path):
    change = datetime(2027, 10, 31, 1, 0, tzinfo=UTC)  # 03.00 becomes 02.00, so 02.30 comes at 00.30 and at 01.30 UTC
    stories = [story("oude-foto", age=OLD), story("na-de-verandering")]
    times = {"digest_at": "02:30", "import_at": "02:30"}
    with scene(tmp_path, change - timedelta(hours=13), stories=stories, past=[story("lang-bekend")], **times) as staged:
        staged.time.set(change - timedelta(minutes=30))
        staged.await_letter("lang-bekend")
        staged.await_imports(2)
        staged.publish()
        staged.await_mentions(2)

        staged.pass_through(change)
        staged.publish()
        staged.await_letter("na-de-verandering")
        staged.time.set(change + timedelta(minutes=30))
        staged.await_round()
        assert staged.letters() == {"lang-bekend": 1, "na-de-verandering": 1}
        assert staged.imports() == 2

        staged.time.set(change + timedelta(days=1, minutes=30))
        staged.await_letter("oude-foto")
        staged.await_imports(3)
        staged.await_round()
        assert staged.letters() == {"lang-bekend": 1, "na-de-verandering": 1, "oude-foto": 1}
        assert staged.imports() == 3
