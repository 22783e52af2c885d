"""How much a request may send: counted while it arrives, so that a false or missing length helps nobody.

Most calls have their body read before their token is looked at: a stranger could have it all kept in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fastapi import HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem

STRANGERS: Final = 1_000_000  # bytes of a body without a token: a batch of names to reconcile has fewer
_SIGNED: Final = "/v1/admin/webhooks/"  # these bring a signature of the whole body, and have a bound of their own


class BodyLimit:
    """ASGI middleware that answers 413 to a body of more than `most` bytes, or than a stranger may send.

    `is_known` tells whether what an `Authorization` header says is somebody's; it is asked about large bodies only.
    """

    def __init__(self, app: ASGIApp, most: int, is_known: Callable[[str], bool]) -> None:
        self.app, self.most, self.is_known = app, most, is_known
        self.detail = f"The request's body is larger than the {most} bytes this service takes (WENMAI_MAX_BODY_BYTES)."

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it says or shows that it is too large."""
        declared = dict(scope.get("headers", ())).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self.most:
            await problem(413, self.detail, headers={"Connection": "close"})(scope, receive, send)
            return
        seen, is_stranger = 0, True

        async def counted() -> Message:
            nonlocal seen, is_stranger
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise HTTPException(413, self.detail, {"Connection": "close"})
            if seen > STRANGERS and is_stranger:
                await self._let_in(scope)
                is_stranger = False
            return message

        await self.app(scope, counted, send)

    async def _let_in(self, scope: Scope) -> None:
        """Refuse a stranger."""
        token = Headers(scope=scope).get("authorization", "")
        if not scope["path"].startswith(_SIGNED) and not await run_in_threadpool(self.is_known, token):
            detail = f"A body of more than {STRANGERS} bytes is taken with a token only."
            raise HTTPException(413, detail, {"Connection": "close"})
