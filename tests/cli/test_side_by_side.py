"""Work in several threads, given back in its order."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Event

from monitor.app.side_by_side import side_by_side


def test_answers_come_in_the_order_of_the_works():
    first_may_end = Event()

    def first() -> str:
        first_may_end.wait(5)
        return "a"

    def second() -> str:
        first_may_end.set()
        return "b"

    assert list(side_by_side([first, second], at_once=2)) == ["a", "b"]


def test_no_more_are_done_at_once_than_allowed():
    together = Barrier(2)
    works: list[Callable[[], int]] = [lambda: together.wait(5) + 1, lambda: together.wait(5) + 1]

    assert sum(side_by_side(works, at_once=2)) == 3
    assert list(side_by_side([lambda: 1, lambda: 2, lambda: 3], at_once=1)) == [1, 2, 3]


def test_no_work_is_no_answer():
    assert list(side_by_side([], at_once=4)) == []
