"""How the application is served: HTTP by httptools, with bounds on what comes before a request's body.

httptools and uvicorn collect a request's head without a limit, and wait for its end without one: a client that sends
header after header fills the memory, one that sends nothing holds a connection for ever. Bodies have bounds of their
own, in `middleware.body`.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES: Final = 65_536  # of the target and all headers: eight times what browsers and proxies send
END_SECONDS: Final = 15  # that requests under way are given when the service is told to end
HEAD_SECONDS: Final = 30.0  # from the first byte, or from the connection, to the end of the headers
_LINGER_SECONDS: Final = 1.0  # for what is still under way: closed on, a sender loses the answer (RFC 9112 §9.6)
_DETAILS: Final = {
    HTTPStatus.BAD_REQUEST: "what was sent is no HTTP/1.1 request; in an address, Chinese is percent-encoded",
    HTTPStatus.REQUEST_TIMEOUT: f"send the headers within {HEAD_SECONDS:g} s",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: f"send at most {MAX_HEAD_BYTES} bytes of address and headers",
}


class BoundedHttp(HttpToolsProtocol):
    """A connection whose requests have heads of at most `MAX_HEAD_BYTES`, sent within `HEAD_SECONDS`.

    A longer one is answered 431 and a slower one 408 (RFC 6585 §5, RFC 9110 §15.5.9), and the connection is closed.
    """

    _within_head = True
    _head_bytes = 0
    _wrong = HTTPStatus.BAD_REQUEST
    _refused = False
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its base has it
        """Wait for a first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse the next piece, and count it where it neither ends a head nor begins one."""
        if self._refused:
            return
        counted = self._within_head
        super().data_received(data)
        if counted and self._within_head and not self._refused:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Wait for the rest of its head."""
        super().on_message_begin()
        self._within_head, self._head_bytes = True, 0
        self._wait()

    def on_headers_complete(self) -> None:
        """Begin the request; an error stops the parser, and `data_received` has an answer sent."""
        self._within_head = False
        self._stop_waiting()
        if self.parser.get_http_version() not in ("1.0", "1.1"):
            raise ValueError  # a line without a version is a request of 1991, or one split by a line break
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD_BYTES:
            self._wrong = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise ValueError
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the parser's words tell a reader nothing
        """Answer what could not be parsed."""
        self._refuse(self._wrong)

    def _wait(self) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(HEAD_SECONDS, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer before there is a request that the application could answer, and hang up."""
        self._stop_waiting()
        self._refused = True
        told = problem(status)
        lines = [
            f"HTTP/1.1 {status} {status.phrase}",
            "content-type: application/problem+json",
            f"content-length: {len(told)}",
            "connection: close",
        ]
        self.transport.write("\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + told)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._patience = self.loop.call_later(_LINGER_SECONDS, self.transport.close)


def problem(status: HTTPStatus) -> bytes:
    """Return the body of an answer to what never became a request (RFC 9457).

    >>> problem(HTTPStatus.REQUEST_TIMEOUT)
    b'{"type": "about:blank", "title": "Request Timeout", "status": 408, "detail": "send the headers within 30 s"}'
    """
    told = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": _DETAILS[status]}
    return json.dumps(told).encode("ascii")


# What `uvicorn.run` and `uvicorn.Config` are told of the wire, wherever the application is served.
SERVED: Final[dict[str, Any]] = {
    "http": BoundedHttp,
    "ws": "none",
    "server_header": False,
    "timeout_graceful_shutdown": END_SECONDS,
}
