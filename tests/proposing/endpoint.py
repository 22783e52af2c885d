"""A local endpoint that speaks chat completions over HTTP, and goes wrong in every way that is asked of it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-a-key-for-tests"
Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class Model:
    """What the endpoint answers, and what it was asked: bodies and headers of all requests."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.answers: list[Answer] = []  # in turn; the last one again and again
        self.base_url = ""
        self.most_at_once = 0
        self.at_once = 0
        self.lock = threading.Lock()

    def says(self, *contents: str | Mapping[str, Any]) -> None:
        """Have it answer with these messages in turn."""
        self.answers = [_completion(one if isinstance(one, str) else json.dumps(one)) for one in contents]

    def does(self, *answers: Answer) -> None:
        """Have it do these things in turn."""
        self.answers = list(answers)

    def handle(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        with self.lock:
            self.asked.append({"path": handler.path, **body})
            self.headers.append(dict(handler.headers))
            answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer(handler, body)
        finally:
            with self.lock:
                self.at_once -= 1


def _completion(content: str) -> Answer:
    return replies({"choices": [{"index": 0, "finish_reason": "stop", "message": {"content": content}}]})


def replies(answer: Any, status: int = 200, **headers: str) -> Answer:
    """Return what answers with JSON, or with text as it is."""
    data = (answer if isinstance(answer, str) else json.dumps(answer)).encode()

    def send(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return send


def breaks_off(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


def goes_on(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """Send more than anybody would read."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _number in range(64):
            handler.wfile.write(b" " * 100_000)
    except OSError:
        pass  # whoever asked has gone


@contextmanager
def endpoint() -> Iterator[Model]:
    """Give an endpoint that is there while the block runs."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        close_connection = True

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            model.handle(self, json.loads(self.rfile.read(length)))

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the method it stands for
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
