"""Who changes the corpus is told where its database stands then, and reads no older state by bringing that along.

Replicas follow the primary by some milliseconds, or by more. The answer to whatever a token is needed for says in
`Wenmai-Position` how far the primary's log had come; a read with that header is answered from what is as new.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.middleware.records import ADMIN

POSITION: Final = "Wenmai-Position"
_REFUSED: Final = 400


class Positions:
    """ASGI middleware that gives answers to administrators the position they leave the database at.

    `position` asks for it, and is called in a thread; None: there is nothing to tell.
    """

    def __init__(self, app: ASGIApp, position: Callable[[], str | None]) -> None:
        self.app, self._position = app, position

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and put the header into what comes back."""
        if scope["type"] != "http" or not scope["path"].startswith(ADMIN):
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < _REFUSED:
                position = await run_in_threadpool(self._position)  # now: what was to be written is
                if position is not None:
                    MutableHeaders(scope=message)[POSITION] = position
            await send(message)

        await self.app(scope, receive, told)
