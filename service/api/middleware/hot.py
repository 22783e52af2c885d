"""Answers that are asked for again are sent again, as the bytes they were, until the corpus changes.

A blog's readers ask for the same related articles all day. What is kept is the finished answer, packed as its reader
can unpack it, and found before any routing. It is only what the service itself calls public, and only for requests
without a token. Whether it still holds is not guessed by age: the corpus has a number that every change raises, and an
answer is kept under the number it was begun with: where a replica made it, under that of the replica, so that an older
answer is never taken for a newer one. `Cache-Status` (RFC 9211) tells which answers were kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NamedTuple

from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import StoreError

LARGEST: Final = 256 * 1024  # bytes of an answer that is kept
_OVERHEAD: Final = 600  # bytes that an answer takes besides its body, about
_OK: Final = 200
_TELLING: Final = (b"host", b"accept", b"accept-encoding", b"accept-language")  # headers it may depend on
_PERSONAL: Final = (b"authorization", b"cookie", b"range", b"wenmai-position")
_HIT: Final = (b"cache-status", b"wenmai; hit")
_OF_BODY: Final = (b"content-length", b"content-type", b"content-encoding")

Headers = list[tuple[bytes, bytes]]
Key = tuple[object, ...]


class Kept(NamedTuple):
    """An answer as it was sent."""

    headers: Headers
    etag: bytes
    body: bytes
    route: object  # what the numbers of requests are kept by


class HotAnswers:
    """ASGI middleware that keeps answers, the ones asked for last, up to `most` bytes; 0: none.

    `version` gives the corpus's number, or None where it can't be told; each process keeps answers of its own.
    """

    def __init__(self, app: ASGIApp, most: int, version: Callable[[], Awaitable[int | None]]) -> None:
        self.app, self.most, self._version = app, most, version
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size, self._of = 0, -1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pass the request on and keep what comes."""
        headers = dict(scope["headers"]) if scope["type"] == "http" else {}
        if not self.most or not _is_anyones(scope, headers) or (version := await self._known()) is None:
            await self.app(scope, receive, send)
            return
        self._forget_older(version)
        key = _key(scope, headers)
        kept = self._kept.get(key)
        asked = headers.get(b"if-none-match")
        if kept is None or (asked is not None and not _holds(asked, kept.etag)):
            await self.app(scope, receive, send if asked is not None else self._keeping(key, version, scope, send))
            return
        self._kept.move_to_end(key)
        scope["route"] = kept.route
        await (_send_unchanged(kept, send) if asked is not None else _send(kept, send))

    async def _known(self) -> int | None:
        try:
            return await self._version()
        except (SQLAlchemyError, StoreError):  # the routes say what is wrong with the database
            return None

    def _forget_older(self, version: int) -> None:
        if version != self._of:
            self._kept.clear()
            self._size, self._of = 0, version

    def _keeping(self, key: Key, version: int, scope: Scope, send: Send) -> Send:
        headers: Headers | None = None

        async def keeping(message: Message) -> None:
            nonlocal headers
            if message["type"] == "http.response.start":
                headers = list(message["headers"]) if _may_be_kept(message) else None  # others add theirs on the way
            elif headers is not None:
                if not message.get("more_body") and _made_of(scope, version) == version:
                    self._keep(key, version, headers, message.get("body", b""), scope.get("route"))
                headers = None
            await send(message)

        return keeping

    def _keep(self, key: Key, version: int, headers: Headers, body: bytes, route: object) -> None:
        size = len(body) + _OVERHEAD
        outdated = version != self._of  # the corpus changed while it was made
        if outdated or len(body) > LARGEST or size > self.most or key in self._kept:
            return
        kept = [(name.lower(), value) for name, value in headers]
        self._kept[key] = Kept(kept, dict(kept)[b"etag"], body, route)
        self._size += size
        while self._size > self.most:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.body) + _OVERHEAD


def _is_anyones(scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
    return scope["type"] == "http" and scope["method"] == "GET" and not any(name in headers for name in _PERSONAL)


def _key(scope: Scope, headers: Mapping[bytes, bytes]) -> Key:
    """Return all that an answer may depend on besides the corpus."""
    address = (scope.get("scheme"), scope.get("root_path"), scope.get("raw_path") or scope["path"])
    return (*address, scope["query_string"], *(headers.get(name) for name in _TELLING))


def _made_of(scope: Scope, version: int) -> int:
    """Return the number of the corpus that an answer was made of: a replica may be behind what is known."""
    told = scope.get("state", {}).get("corpus_version")
    return version if told is None else int(told)


def _may_be_kept(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    public = headers.get(b"cache-control", b"").startswith(b"public")
    return start["status"] == _OK and public and b"etag" in headers and b"set-cookie" not in headers


def _holds(asked: bytes, etag: bytes) -> bool:
    """Tell whether an ``If-None-Match`` header holds a tag (RFC 9110 13.1.2: weak comparison)."""
    tags = [tag.strip().removeprefix(b"W/") for tag in asked.split(b",")]
    return etag in tags or b"*" in tags


async def _send(kept: Kept, send: Send) -> None:
    await send({"type": "http.response.start", "status": _OK, "headers": [*kept.headers, _HIT]})
    await send({"type": "http.response.body", "body": kept.body})


async def _send_unchanged(kept: Kept, send: Send) -> None:
    headers = [*(one for one in kept.headers if one[0] not in _OF_BODY), _HIT]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
