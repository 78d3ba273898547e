"""Listeners that nothing may ever reach."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

SECRET = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 23\r\nConnection: close\r\n\r\n<p>Sanne van der Molen\r\n"
)


@contextmanager
def canaries(addresses: Iterable[str], ports: Iterable[int]) -> Iterator[list[str]]:
    """Listen on every address and port; yield where somebody connected, as it comes."""
    ports = tuple(ports)
    reached: list[str] = []
    is_over = threading.Event()
    with ExitStack() as stack:
        waiting = stack.enter_context(selectors.DefaultSelector())
        for address in addresses:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            for port in ports:
                listening = stack.enter_context(socket.create_server((address, port), family=family))
                waiting.register(listening, selectors.EVENT_READ)
        thread = threading.Thread(target=_listen, args=(waiting, reached, is_over), daemon=True)
        thread.start()
        yield reached
        is_over.set()
        thread.join()


def _listen(waiting: selectors.BaseSelector, reached: list[str], is_over: threading.Event) -> None:
    while not is_over.is_set():
        for key, _ in waiting.select(timeout=0.05):
            assert isinstance(key.fileobj, socket.socket)
            connected, _ = key.fileobj.accept()
            host, port = connected.getsockname()[:2]
            reached.append(f"{host} port {port}")
            connected.sendall(SECRET)
            connected.close()
