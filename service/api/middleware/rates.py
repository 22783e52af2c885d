"""How many requests a minute: for each token or address, and few of them with a token that is none."""

from __future__ import annotations

import hashlib
import math
import time
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem

_FREE: Final = ("/healthz", "/readyz", "/metrics")  # whoever watches the service must not be shut out by its readers


class RateLimit:
    """ASGI middleware that answers 429 with `Retry-After` to who asks too often.

    Args:
        app: the application.
        requests: how often one token or address may ask, as `600/minute`; None: as often as it likes.
        refusals: how many wrong tokens an address may send before it must wait.

    Counts are kept in memory, each process its own.
    """

    def __init__(self, app: ASGIApp, requests: str | None, refusals: str) -> None:
        self.app = app
        self.requests = parse(requests) if requests else None
        self.refusals = parse(refusals)
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless its sender has asked often enough."""
        if scope["type"] != "http" or scope["path"] in _FREE:
            await self.app(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else ""
        token = Headers(scope=scope).get("authorization", "")
        if token and not self.limiter.test(self.refusals, "refused", address):
            await self._too_many(self.refusals, ("refused", address))(scope, receive, send)
            return
        asking = ("asked", _digest(token) if token else address)
        if self.requests and not self.limiter.hit(self.requests, *asking):
            await self._too_many(self.requests, asking)(scope, receive, send)
            return
        await self.app(scope, receive, self._counting(address, token, send))

    def _counting(self, address: str, token: str, send: Send) -> Send:
        """Count the tokens that were refused."""

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 401 and token:  # noqa: PLR2004
                self.limiter.hit(self.refusals, "refused", address)
            await send(message)

        return counting

    def _too_many(self, item: RateLimitItem, who: tuple[str, str]) -> ASGIApp:
        reset, _ = self.limiter.get_window_stats(item, *who)
        wait = max(1, math.ceil(reset - time.time()))
        what = "wrong tokens" if who[0] == "refused" else "requests"
        detail = f"Too many {what}: at most {item}; ask again in {wait} s."
        return problem(429, detail, headers={"Retry-After": str(wait)})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
