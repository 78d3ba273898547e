"""Short ways to say what a server answered."""

from __future__ import annotations

from monitor.ports import Answer


def answer(body: str | bytes, content_type: str = "", address: str = "https://news.example.org/feed") -> Answer:
    content = body.encode() if isinstance(body, str) else body
    headers = {"content-type": content_type} if content_type else {}
    return Answer(status=200, headers=headers, body=content, address=address)


def rss(inside: str, *, attributes: str = "", head: str = "") -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {attributes}><channel><title>Streeknieuws</title>'
        f"<link>https://news.example.org/</link>{head}{inside}</channel></rss>"
    )
