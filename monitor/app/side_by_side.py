"""Do work in several threads, and let go of it at once when somebody stops the command.

A `ThreadPoolExecutor` is waited for at the end of the process, and a slow server can hold it for most of a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def as_they_end(works: Sequence[Callable[[], T]], *, at_once: int) -> Iterator[T]:
    """Yield what each of *works* returns, whichever ends first. None may raise."""
    for _, answer in _answers(works, at_once):
        yield answer


def side_by_side(works: Sequence[Callable[[], T]], *, at_once: int) -> Iterator[T]:
    """Yield what each of *works* returns, in their order, each as soon as it and those before it are done. None may raise."""
    early: dict[int, T] = {}
    following = 0
    for place, answer in _answers(works, at_once):
        early[place] = answer
        while following in early:
            yield early.pop(following)
            following += 1


def _answers(works: Sequence[Callable[[], T]], at_once: int) -> Iterator[tuple[int, T]]:
    todo: SimpleQueue[int] = SimpleQueue()
    ended: SimpleQueue[tuple[int, T] | None] = SimpleQueue()
    for place in range(len(works)):
        todo.put(place)

    def labour() -> None:
        while True:
            try:
                place = todo.get_nowait()
            except Empty:
                return
            answer = None
            try:
                answer = (place, works[place]())
            finally:  # whoever waits for it must not wait for ever
                ended.put(answer)

    for _ in range(min(at_once, len(works))):
        Thread(target=labour, name="side by side", daemon=True).start()
    for _ in works:
        answer = ended.get()
        if answer is None:
            raise RuntimeError("a work that may not raise has raised")
        yield answer
