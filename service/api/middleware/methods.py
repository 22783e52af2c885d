"""Methods as RFC 9110 has them: HEAD wherever GET is, OPTIONS everywhere, and an Allow that names them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Methods:
    """ASGI middleware that answers HEAD with GET's headers, and OPTIONS and 405 with the methods of that path."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self.app, self.routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, as GET where it is HEAD."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] == "HEAD":
            await self._head(scope, receive, send)
        elif scope["method"] == "OPTIONS" and not _preflight(scope) and (allowed := self._allowed(scope)):
            await Response(status_code=204, headers={"Allow": allowed})(scope, receive, send)
        else:
            await self.app(scope, receive, self._allowing(scope, send))

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        done = False

        async def bodiless(message: Message) -> None:
            nonlocal done
            if message["type"] == "http.response.body":
                if done:
                    return
                done = True
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        asked = {**scope, "method": "GET"}
        try:
            await self.app(asked, receive, self._allowing(scope, bodiless))
        finally:
            scope["route"] = asked.get("route")  # the layers around read there which one it was

    def _allowing(self, scope: Scope, send: Send) -> Send:
        """Let a 405 name all methods of its path: the router names those of the first route only."""

        async def allowing(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:  # noqa: PLR2004
                MutableHeaders(scope=message)["Allow"] = self._allowed(scope)
            await send(message)

        return allowing

    def _allowed(self, scope: Scope) -> str:
        """Return the methods of the path, empty where nothing is there."""
        found = {method for method in _METHODS if self._matches({**scope, "method": method})}
        if "GET" in found:
            found.add("HEAD")
        return ", ".join(sorted({*found, "OPTIONS"})) if found else ""

    def _matches(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is Match.FULL for route in self.routes)


def _preflight(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"origin" in names and b"access-control-request-method" in names
