"""Every request has an id and a line in the log; what changes or tries to change the corpus is in the audit log too."""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "X-Request-ID"
ADMIN: Final = "/v1/admin"
_GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")  # an id that a proxy gave is kept where it is harmless in a log
READING: Final = ("GET", "HEAD", "OPTIONS")
_PATH: Final = 300  # characters of a path that are logged

request_log = logging.getLogger("wenmai.request")
audit_log = logging.getLogger("wenmai.audit")


class Records:
    """ASGI middleware that gives each request an id, and logs it when it has been answered.

    Neither queries nor bodies nor headers are logged: a reader's question is nobody's business, and a token would be
    anybody's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get(HEADER, "")
        ident = asked if _GIVEN.fullmatch(asked) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = ident
        status, started = 500, time.perf_counter()

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = ident
            await send(message)

        try:
            await self.app(scope, receive, named)
        finally:
            _log(scope, ident, status, (time.perf_counter() - started) * 1000)


def _log(scope: Scope, ident: str, status: int, milliseconds: float) -> None:
    path = scope["path"][:_PATH]
    bearer = scope["state"].get("bearer")
    told = {
        "request": ident,
        "method": scope["method"],
        "path": path,
        "status": status,
        "ms": round(milliseconds, 1),
        "address": scope["client"][0] if scope.get("client") else None,
        "token": bearer.name if bearer else None,
    }
    told |= scope["state"].get("acted", {})  # on what, where the path does not say so
    if (trace := scope["state"].get("trace_id")) is not None:
        told["trace_id"] = trace
    line = "%s %s %s" % (scope["method"], ascii(path)[1:-1], status)  # noqa: UP031 - as logging writes it
    request_log.info(line, extra={"told": told})
    if path.startswith(ADMIN) and (scope["method"] not in READING or status in (401, 403)):
        audit_log.info(line, extra={"told": told})
