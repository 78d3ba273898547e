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
    ended: SimpleQueue[tuple[T]] = SimpleQueue()

    def ending(work: Callable[[], T]) -> Callable[[], None]:
        return lambda: ended.put((work(),))

    todo: SimpleQueue[Callable[[], None]] = SimpleQueue()
    for work in works:
        todo.put(ending(work))

    def labour() -> None:
        while True:
            try:
                next_work = todo.get_nowait()
            except Empty:
                return
            next_work()

    for _ in range(min(at_once, len(works))):
        Thread(target=labour, name="as they end", daemon=True).start()
    for _ in works:
        yield ended.get()[0]


def side_by_side(works: Sequence[Callable[[], T]], *, at_once: int) -> Iterator[T]:
    """Yield what each of *works* returns, in their order, each as soon as it and those before it are done. None may raise."""
    todo: SimpleQueue[int] = SimpleQueue()
    answers: list[SimpleQueue[tuple[T] | None]] = [SimpleQueue() for _ in works]
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
                answer = (works[place](),)
            finally:  # whoever waits for it must not wait for ever
                answers[place].put(answer)

    for _ in range(min(at_once, len(works))):
        Thread(target=labour, name="side by side", daemon=True).start()
    for waiting in answers:
        answer = waiting.get()
        if answer is None:
            raise RuntimeError("a work that may not raise has raised")
        yield answer[0]
