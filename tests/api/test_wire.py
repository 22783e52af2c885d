"""What is around a request's body has bounds, and its time has; what is refused is told why."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator

import httpx2
import pytest
import uvicorn

from service.api import wire
from tests.servers import serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with serving(tmp_path_factory.mktemp("wire")) as client:
        yield client


def answer(client: httpx2.Client, *pieces: bytes) -> bytes:
    """Send these bytes and return all that comes until the server hangs up."""
    url = client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def head(answer: bytes) -> tuple[str, dict[str, object]]:
    """Return the status line of an answer and its problem."""
    lines, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in lines
    return lines.split(b"\r\n")[0].decode(), json.loads(body)


def test_a_head_of_the_greatest_size_is_read(server: httpx2.Client) -> None:
    path = "/healthz"
    known = sum(len(name) + len(value) for name, value in server.build_request("GET", path).headers.raw)
    padding = wire.MAX_HEAD_BYTES - known - len(path) - len("x-padding")
    assert server.get(path, headers={"X-Padding": "a" * padding}).status_code == 200
    assert server.get(path, headers={"X-Padding": "a" * (padding + 1)}).status_code == 431


def test_what_is_too_large_is_told_the_limit(server: httpx2.Client) -> None:
    status, problem = head(answer(server, b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: ", b"a" * 500_000))
    assert status == "HTTP/1.1 431 Request Header Fields Too Large"
    assert problem["status"] == 431
    assert problem["detail"] == "send at most 65536 bytes of address and headers"


def test_what_is_no_http_is_told_so(server: httpx2.Client) -> None:
    status, problem = head(answer(server, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03"))
    assert status == "HTTP/1.1 400 Bad Request"
    assert str(problem["detail"]).startswith("what was sent is no HTTP/1.1 request")


def test_who_writes_chinese_into_an_address_is_told_to_encode_it(server: httpx2.Client) -> None:
    status, problem = head(answer(server, "GET /v1/search?q=茶園 HTTP/1.1\r\nHost: a\r\n\r\n".encode()))
    assert status == "HTTP/1.1 400 Bad Request"
    assert "percent-encoded" in str(problem["detail"])


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: a\r\n"], ids=["nothing", "half a head"])
def test_who_sends_no_end_of_the_headers_is_hung_up_on(
    server: httpx2.Client, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.2)
    status, _ = head(answer(server, sent))
    assert status == "HTTP/1.1 408 Request Timeout"


def test_a_connection_is_used_again_after_a_large_body(server: httpx2.Client) -> None:
    large = server.post("/v1/claims/lookup", json={"text": "茶" * 100_000})
    assert large.status_code < 500
    assert server.get("/healthz").status_code == 200


def test_a_proxy_gives_an_idle_connection_up_before_the_service_does() -> None:
    given_up_by_proxies = 60  # seconds: nginx's keepalive_timeout of an upstream, and what load balancers begin with
    assert uvicorn.Config("service.api.app:create_app", **wire.SERVED).timeout_keep_alive > given_up_by_proxies


CHUNKED = b"POST /v1/claims/lookup HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
SLOW = b"POST /v1/claims/lookup HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"


@pytest.mark.parametrize("trailer", [b"X-A: b\r\n", b"X"], ids=["many", "one"])
def test_what_follows_a_body_is_bounded_too(server: httpx2.Client, trailer: bytes) -> None:
    after = trailer * (1_000_000 // len(trailer))
    status, _ = head(answer(server, CHUNKED + b"2\r\n{}\r\n0\r\n", after))
    assert status == "HTTP/1.1 431 Request Header Fields Too Large"


def test_what_follows_a_body_is_no_header(server: httpx2.Client) -> None:
    trailer = b"Origin: https://blog.example\r\nX-Request-ID: trailed\r\nConnection: close\r\n\r\n"
    told = answer(server, CHUNKED.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + b"0\r\n" + trailer)
    assert b"trailed" not in told


def test_a_body_that_hardly_comes_is_hung_up_on(server: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LOOK_SECONDS", 0.2)
    status, problem = head(answer(server, SLOW))
    assert status == "HTTP/1.1 408 Request Timeout"
    assert "1000 bytes a second" in str(problem["detail"])


def test_so_is_one_that_was_answered_before_it_came(server: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LOOK_SECONDS", 0.2)
    url = server.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
        connection.sendall(SLOW.replace(b"/v1/claims/lookup", b"/nowhere"))
        assert b"404 Not Found" in connection.recv(65536)
        connection.sendall(b"}")
        assert b"HTTP" not in b"".join(iter(lambda: connection.recv(65536), b""))


def test_an_answer_that_nobody_takes_is_given_up(server: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LOOK_SECONDS", 0.1)
    lost, close = threading.Event(), wire.BoundedHttp.connection_lost

    def closing(self: wire.BoundedHttp, exc: Exception | None) -> None:
        close(self, exc)
        lost.set()

    monkeypatch.setattr(wire.BoundedHttp, "connection_lost", closing)
    url = server.base_url
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((url.host, url.port or 80))
        connection.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 60)
        assert lost.wait(10)


def test_one_that_is_taken_slowly_is_sent_to_its_end(server: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(wire, "LEAST_RATE", 0)
    url, asked = server.base_url, b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((url.host, url.port or 80))
        connection.sendall(asked + b"\r\n" + asked + b"Connection: close\r\n\r\n")
        told = b"".join(iter(lambda: connection.recv(4096), b""))
    assert told.count(b"HTTP/1.1 200 OK") == 2
    assert told.endswith(b"}")


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n"], ids=["none", "two"])
def test_a_request_is_to_one_host(server: httpx2.Client, hosts: bytes) -> None:
    status, _ = head(answer(server, b"GET /healthz HTTP/1.1\r\n" + hosts + b"\r\n"))
    assert status == "HTTP/1.1 400 Bad Request"


def test_a_request_of_http_1_0_may_leave_it_out(server: httpx2.Client) -> None:
    assert answer(server, b"GET /healthz HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 OK")


def test_who_asks_for_another_protocol_is_answered_in_this_one(
    server: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {"Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings", "HTTP2-Settings": "AAMAAABkAAQ"}
    assert server.get("/healthz", headers=asked).status_code == 200
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
