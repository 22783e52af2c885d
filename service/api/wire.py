"""How the application is served: HTTP by httptools, with bounds on what is around a request's body, and on its time.

httptools and uvicorn collect a request's head and its trailers without a limit, and wait for its end without one: a
client that sends header after header fills the memory, one that sends nothing holds a connection for ever. How large
a body may be is the business of `middleware.body`.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES: Final = 65_536  # of the target and all headers: eight times what browsers and proxies send
ENDING: Final = "ending"  # what is set in the state of requests under way when the service is told to end
END_SECONDS: Final = 15  # that requests under way are given when the service is told to end
IDLE_SECONDS: Final = 75  # a connection is kept: proxies keep theirs for 60, and a request that meets its end is lost
HEAD_SECONDS: Final = 30.0  # from the first byte, or from the connection, to the end of the headers
LOOK_SECONDS: Final = 30.0  # between looks at how a body comes, or an answer is taken
LEAST_RATE: Final = 1_000  # bytes a second that must have gone over in between: a tenth of the slowest line in use
_LINGER_SECONDS: Final = 1.0  # for what is still under way: closed on, a sender loses the answer (RFC 9112 §9.6)
_DETAILS: Final = {
    HTTPStatus.BAD_REQUEST: "what was sent is no HTTP/1.1 request; in an address, Chinese is percent-encoded",
    HTTPStatus.REQUEST_TIMEOUT: f"send the headers within {HEAD_SECONDS:g} s, then {LEAST_RATE} bytes a second",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: f"send at most {MAX_HEAD_BYTES} bytes of address and headers",
}


class BoundedHttp(HttpToolsProtocol):
    """A connection whose requests have heads of at most `MAX_HEAD_BYTES`, sent within `HEAD_SECONDS`.

    A longer one is answered 431 and a slower one 408 (RFC 6585 §5, RFC 9110 §15.5.9), and the connection is closed; so
    it is where a body, or what follows it, comes to nothing.
    """

    _within_head = True
    _within_body = False
    _went_on = False  # the piece that came ended a head, or was of a body
    _fruitless = 0  # bytes that came since one did
    _body_bytes = 0  # since the last look
    _was_paused = False  # since then: it is the application that takes its time
    _wrong = HTTPStatus.BAD_REQUEST
    _refused = False
    _patience: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None  # while more of an answer is there than the line takes
    _left = 0  # bytes of it at the last look

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its base has it
        """Wait for a first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        self._stop_unread()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Have the application wait for a reader, who is not waited for endlessly: it may hold what others need."""
        super().pause_writing()
        self._wait_for_reader()

    def resume_writing(self) -> None:
        """Have the application go on."""
        self._stop_unread()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Parse the next piece, unless there is no more to be said."""
        if not self._refused:
            self._went_on = False
            super().data_received(data)
            self._judge(len(data))

    def _judge(self, size: int) -> None:
        """Count a piece that got the request no further; give a body that has begun its time."""
        if self._refused:
            return
        if not self._went_on:
            self._fruitless += size
            if self._fruitless > MAX_HEAD_BYTES:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._within_body and self._patience is None:
            self._wait_for_body()

    def on_message_begin(self) -> None:
        """Wait for the rest of its head."""
        super().on_message_begin()
        self._within_head, self._fruitless = True, 0
        self._wait()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; what comes after the body is none, and is dropped (RFC 9110 §6.5.1)."""
        if self._within_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin the request; an error stops the parser, and `data_received` has an answer sent."""
        self._within_head = False
        self._go_on()
        self._stop_waiting()
        version = self.parser.get_http_version()
        if version not in ("1.0", "1.1"):
            raise ValueError  # a line without a version is a request of 1991, or one split by a line break
        if version == "1.1" and [name for name, _ in self.headers].count(b"host") != 1:
            raise ValueError  # which of two is meant, a proxy in front may see otherwise (RFC 9112 §3.2)
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD_BYTES:
            self._wrong = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise ValueError
        super().on_headers_complete()
        self._within_body = True

    def on_body(self, body: bytes) -> None:
        """Pass a piece of the body on, and remember that it came."""
        self._go_on()
        self._body_bytes += len(body)
        super().on_body(body)
        self._was_paused |= self.flow.read_paused

    def on_message_complete(self) -> None:
        """Wait for nothing: the rest is the application's turn."""
        self._within_body = False
        self._go_on()
        self._stop_waiting()
        super().on_message_complete()

    def shutdown(self) -> None:
        """End after the request under way, which is told of it."""
        super().shutdown()
        if self.cycle is not None:
            self.cycle.scope["state"][ENDING] = True

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the parser's words tell a reader nothing
        """Answer what could not be parsed."""
        self._refuse(self._wrong)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: who asks for another protocol is answered in this one, and the log is not theirs to fill."""

    def _go_on(self) -> None:
        self._went_on, self._fruitless = True, 0

    def _wait_for_body(self) -> None:
        self._body_bytes, self._was_paused = 0, self.flow.read_paused
        self._patience = self.loop.call_later(LOOK_SECONDS, self._look_at_body)

    def _look_at_body(self) -> None:
        """Hang up on a body that hardly comes, unless nobody wants it yet."""
        wanted = not (self._was_paused or self.flow.read_paused or self.cycle.waiting_for_100_continue)
        if wanted and self._body_bytes < LOOK_SECONDS * LEAST_RATE:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self._wait_for_body()

    def _wait_for_reader(self) -> None:
        self._stop_unread()
        self._left = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(LOOK_SECONDS, self._look_at_reader)

    def _look_at_reader(self) -> None:
        """Hang up on who hardly takes the answer."""
        if self._left - self.transport.get_write_buffer_size() < LOOK_SECONDS * LEAST_RATE:
            self.transport.abort()
        else:
            self._wait_for_reader()

    def _wait(self) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(HEAD_SECONDS, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _stop_unread(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer in the application's place, unless it has begun to, and hang up."""
        self._stop_waiting()
        self._refused = True
        if self._within_body and not self._given_up():
            self.transport.close()
            return
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

    def _given_up(self) -> bool:
        """Tell the application that the rest of its request won't come; return whether it has sent nothing yet."""
        self.cycle.disconnected = True
        self.cycle.message_event.set()
        return not self.cycle.response_started


def problem(status: HTTPStatus) -> bytes:
    """Return the body of an answer to what never became a request (RFC 9457).

    >>> json.loads(problem(HTTPStatus.REQUEST_TIMEOUT))["detail"]
    'send the headers within 30 s, then 1000 bytes a second'
    """
    told = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": _DETAILS[status]}
    return json.dumps(told).encode("ascii")


# What `uvicorn.run` and `uvicorn.Config` are told of the wire, wherever the application is served.
SERVED: Final[dict[str, Any]] = {
    "http": BoundedHttp,
    "ws": "none",
    "server_header": False,
    "timeout_graceful_shutdown": END_SECONDS,
    "timeout_keep_alive": IDLE_SECONDS,
}
