"""Answers are sent packed to who can unpack them; a packed answer has an ETag of its own.

A strong ETag names bytes (RFC 9110 8.8.3), and these are other bytes.
"""

from __future__ import annotations

from typing import Final

from brotli_asgi import BrotliMiddleware
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST: Final = 1000  # bytes: below, packing costs more than it saves
_QUALITY: Final = 4  # of 11: beyond it time grows faster than answers shrink
_MARK: Final = "-packed"


class Compression:
    """ASGI middleware that packs answers with brotli or gzip, as the request allows."""

    def __init__(self, app: ASGIApp) -> None:
        self.packing = BrotliMiddleware(
            _unmarked(app), quality=_QUALITY, minimum_size=LEAST, gzip_fallback=True, excluded_handlers=[r".*/events$"]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mark the ETag of what was packed."""
        if scope["type"] != "http":
            await self.packing(scope, receive, send)
            return
        known = _MARK in Headers(scope=scope).get("if-none-match", "")

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                packed = "content-encoding" in headers or (message["status"] == 304 and known)  # noqa: PLR2004
                if packed and "etag" in headers:
                    headers["ETag"] = f'{headers["etag"][:-1]}{_MARK}"'
            await send(message)

        await self.packing(scope, receive, marked)


def _unmarked(app: ASGIApp) -> ASGIApp:
    """Let the routes see the tags they gave."""

    async def unmarked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        given, mark = scope["headers"], _MARK.encode()
        scope["headers"] = [
            (name, value.replace(mark, b"") if name == b"if-none-match" else value) for name, value in given
        ]
        try:  # not a copy of the scope: the layers around read there which route it was
            await app(scope, receive, send)
        finally:
            scope["headers"] = given

    return unmarked
