"""Show what came in (the mailbox, the chat room) and let a test turn the knobs. Read by people and by programs."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from http import HTTPStatus

from monitor.demo.faults import Fault, Faults
from monitor.demo.mailbox import Letter, Mailbox
from monitor.demo.serving import JSON, NOT_FOUND, Reply, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody sent to the chat room."""

    received_at: datetime
    content_type: str
    body: bytes

    def as_json(self) -> dict[str, object]:
        return {
            "received_at": self.received_at.isoformat(),
            "content_type": self.content_type,
            "body": self.body.decode("utf-8", "replace"),
        }


class ChatRoom:
    """Keeps what its hook receives, oldest first."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._posts: list[Post] = []
        self._lock = threading.Lock()

    def put(self, content_type: str, body: bytes) -> None:
        with self._lock:
            self._posts.append(Post(received_at=self._now(), content_type=content_type, body=body))

    def posts(self) -> tuple[Post, ...]:
        with self._lock:
            return tuple(self._posts)


class Desk:
    """The one site of the small internet that is about the small internet."""

    def __init__(
        self, mailbox: Mailbox, chat: ChatRoom, faults: Faults, publish: Callable[[], tuple[str, ...]], web: Callable[[], str]
    ) -> None:
        self._mailbox = mailbox
        self._chat = chat
        self._faults = faults
        self._publish = publish
        self._web = web

    def __call__(self, request: Request) -> Reply:
        if request.method == "POST":
            return self._turned(request)
        match request.path:
            case "/":
                return self._overview()
            case "/chat":
                return self._room()
            case "/chat.json":
                return _json([post.as_json() for post in self._chat.posts()])
            case path:
                return self._mail(path, to=request.query.get("to", ""))

    def _turned(self, request: Request) -> Reply:
        match request.path:
            case "/chat":
                self._chat.put(request.headers.get("content-type", ""), request.body)
                return _json({"ok": True})
            case "/publish":
                return _json({"published": list(self._publish())})
            case "/faults":
                return self._set_fault(request.form())
            case _:
                return NOT_FOUND

    def _set_fault(self, form: dict[str, str]) -> Reply:
        path, fault = form.get("path", ""), form.get("fault", "")
        if not path.startswith("/") or fault not in {"", *Fault}:
            return _json({"error": f"path, and fault: one of {', '.join(Fault)}, or empty"}, HTTPStatus.BAD_REQUEST)
        if fault:
            self._faults.set(path, Fault(fault))
        else:
            self._faults.mend(path)
        return _json({"ok": True})

    def _overview(self) -> Reply:
        return _page(
            "Een klein internet",
            f'<ul><li><a href="{escape(self._web())}">De sites</a></li>'
            f'<li><a href="/mailbox">De brievenbus</a>: {len(self._mailbox.letters())}</li>'
            f'<li><a href="/chat">De chatkamer</a>: {len(self._chat.posts())}</li></ul>'
            '<form method="post" action="/publish"><button>Publiceer het volgende</button></form>',
        )

    def _mail(self, path: str, *, to: str) -> Reply:
        if path == "/mailbox":
            return self._letters()
        if path == "/mailbox.json":
            return _json([letter.as_json() for letter in self._mailbox.letters(to)])
        number = path.removeprefix("/mailbox/")
        letters = self._mailbox.letters()
        if not number.isascii() or not number.isdecimal() or not 1 <= int(number) <= len(letters):
            return NOT_FOUND
        return _page("Een brief", _letter_html(letters[int(number) - 1]))

    def _letters(self) -> Reply:
        rows = "".join(
            f"<tr><td>{letter.received_at:%H:%M:%S}</td><td>{escape(', '.join(letter.recipients))}</td>"
            f'<td><a href="/mailbox/{letter.number}">{escape(letter.subject)}</a></td></tr>'
            for letter in reversed(self._mailbox.letters())
        )
        return _page("De brievenbus", f"<table>{rows or '<tr><td>Nog leeg.</td></tr>'}</table>")

    def _room(self) -> Reply:
        posts = "".join(f"<li><pre>{escape(post.body.decode('utf-8', 'replace'))}</pre></li>" for post in self._chat.posts())
        return _page("De chatkamer", f"<ol>{posts}</ol>" if posts else "<p>Nog leeg.</p>")


def _letter_html(letter: Letter) -> str:
    headers = "".join(f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in letter.message.items())
    # The letter's own HTML is shown without scripts, forms or an origin, as a mail program would.
    shown = f'<iframe sandbox title="HTML" srcdoc="{escape(letter.html)}"></iframe>' if letter.html else ""
    return f"<table>{headers}</table><pre>{escape(letter.text)}</pre>{shown}"


_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}th{text-align:left;padding-right:1rem}"
    "pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}iframe{width:100%;height:40rem;border:1px solid #ccc}"
)


def _page(title: str, body: str) -> Reply:
    html = (
        f'<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
        f'<body><nav><a href="/">Een klein internet</a></nav><h1>{title}</h1>{body}</body></html>\n'
    )
    return Reply(body=html.encode())


def _json(content: object, status: HTTPStatus = HTTPStatus.OK) -> Reply:
    return Reply(body=json.dumps(content, ensure_ascii=False).encode(), content_type=JSON, status=status)
