"""Bytes that are no HTTP, or two requests in one."""

from __future__ import annotations

import socket

import httpx2

from tests.api.hostile import Attack, Send

_PATIENCE = 10.0  # seconds until a server that neither answers nor hangs up counts as hanging


def raw(request: bytes) -> Send:
    """Return what sends bytes as they are, and takes a connection closed without a word for 400."""

    def send(client: httpx2.Client) -> httpx2.Response:
        url = client.base_url
        with socket.create_connection((url.host, url.port or 80), timeout=_PATIENCE) as connection:
            connection.sendall(request)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 400
        return httpx2.Response(status, request=httpx2.Request("GET", str(url)))

    return send


_GET = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
_POST = b"POST /v1/admin/ingest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"

WIRE = (
    Attack("no HTTP", raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"), "400"),
    Attack(
        "a body both counted and in chunks",
        raw(_POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        "400",
    ),
    Attack("two lengths of one body", raw(_POST + b"Content-Length: 3\r\nContent-Length: 30\r\n\r\nabc"), "400"),
    Attack("a length below nothing", raw(_POST + b"Content-Length: -1\r\n\r\n"), "400"),
    Attack("a header with a line break in its value", raw(_GET + b"X-Request-ID: a\r\n b\r\n\r\n"), "400"),
    Attack("a header's name with a space", raw(_GET + b"X Evil: a\r\n\r\n"), "400"),
    Attack("headers of a megabyte", raw(_GET + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n"), "431"),
    Attack("a header that never ends", raw(_GET + b"X-A: " + b"a" * 1_000_000), "431"),
    Attack("headers without end", raw(_GET + b"X-A: a\r\n" * 100_000), "431"),
    Attack(
        "a body in chunks with a megabyte after it",
        raw(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X-A: a\r\n" * 100_000),
        "431",
    ),
    Attack("no host", raw(b"GET /healthz HTTP/1.1\r\n\r\n"), "400"),
    Attack("two hosts", raw(_GET + b"Host: b\r\n\r\n"), "400"),
    Attack("a line break in the path", raw(b"GET /healthz\r\nX: y HTTP/1.1\r\nHost: a\r\n\r\n"), "400"),
    Attack(
        "an absolute address of another host: its path is answered here, nothing is fetched",
        raw(b"GET http://evil.example/healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        "200",
    ),
    Attack(
        "an absolute address of another host that a proxy would ask",
        raw(b"GET http://127.0.0.1:1/v1/admin/tokens HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        "401",
    ),
    Attack("a method that is none", raw(b"BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n"), "400"),
)
