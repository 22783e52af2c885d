"""How many requests a minute: for each token or address, and few of them with a token that is none.

A token has a count of its own only where it is somebody's: else whoever makes up a new one each time is never stopped.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem

_FREE: Final = ("/healthz", "/readyz", "/metrics")  # whoever watches the service must not be shut out by its readers
_JITTER: Final = 1.0  # seconds by which clocks are put right all the time
_KNOWN: Final = 1000  # tokens that are remembered to be somebody's


class RateLimit:
    """ASGI middleware that answers 429 with `Retry-After` to who asks too often.

    Args:
        app: the application.
        requests: how often one token or address may ask, as `600/minute`; None: as often as it likes.
        refusals: how many wrong tokens an address may send before it must wait.
        is_known: tells whether what an `Authorization` header says is somebody's.

    Counts are kept in memory, each process its own.
    """

    def __init__(self, app: ASGIApp, requests: str | None, refusals: str, is_known: Callable[[str], bool]) -> None:
        self.app, self.is_known = app, is_known
        self.known = OrderedDict[str, None]()  # digests of what was known, the latest last
        self.requests = parse(requests) if requests else None
        self.refusals = parse(refusals)
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.seen = 0.0  # the latest time of all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless its sender has asked often enough."""
        if scope["type"] != "http" or scope["path"] in _FREE:
            await self.app(scope, receive, send)
            return
        self._keep_time()
        address = scope["client"][0] if scope.get("client") else ""
        token = Headers(scope=scope).get("authorization", "")
        if token and not self.limiter.test(self.refusals, "refused", address):
            await self._too_many(self.refusals, ("refused", address))(scope, receive, send)
            return
        if self.requests:
            asking = ("asked", _digest(token) if token and await self._somebodys(token) else address)
            if not self.limiter.hit(self.requests, *asking):
                await self._too_many(self.requests, asking)(scope, receive, send)
                return
        await self.app(scope, receive, self._counting(address, token, send))

    def _keep_time(self) -> None:
        """Count anew where the clock was set back: what counts for a minute would until it is as late again."""
        moment = time.time()
        if moment < self.seen - _JITTER:
            self.limiter.storage.reset()
            self.seen = moment
        self.seen = max(self.seen, moment)

    async def _somebodys(self, token: str) -> bool:
        digest = _digest(token)
        if digest not in self.known and not await run_in_threadpool(self.is_known, token):
            return False
        self.known[digest] = None
        self.known.move_to_end(digest)
        if len(self.known) > _KNOWN:
            self.known.popitem(last=False)
        return True

    def _counting(self, address: str, token: str, send: Send) -> Send:
        """Count the tokens that were refused, and know them no more."""

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 401 and token:  # noqa: PLR2004
                self.known.pop(_digest(token), None)
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
