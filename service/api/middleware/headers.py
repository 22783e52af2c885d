"""What a browser must not do with an answer: guess its type, frame it, run what is not ours.

Sources: OWASP Secure Headers Project; W3C Content Security Policy Level 3.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import URL, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",  # other sites read the answers: CORS says which
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# An answer is data: nothing in it is ever run or framed. A page of ours says otherwise itself.
_DATA: Final = "default-src 'none'; frame-ancestors 'none'"
# Swagger UI starts from a script within its page, and draws with styles within its elements.
_DOCS: Final = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """ASGI middleware that adds the headers an answer does not bring itself; `docs` are paths of Swagger's pages."""

    def __init__(self, app: ASGIApp, docs: tuple[str, ...]) -> None:
        self.app, self.docs = app, docs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the answer's headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = _DOCS if scope["path"] in self.docs else _DATA

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", policy)
                if "Location" in headers:
                    headers["Location"] = _without_host(headers["Location"], scope)
            await send(message)

        await self.app(scope, receive, completed)


def _without_host(location: str, scope: Scope) -> str:
    """Return where a redirect leads, without the host that the request gave: any may be written there.

    A reader behind a cache would else be sent wherever another one's `Host` said.
    """
    asked = URL(scope=scope)
    to = URL(location)
    if to.netloc != asked.netloc:
        return location
    return "/" + str(to.replace(scheme="", netloc="")).lstrip("/")  # two slashes would be a host again
