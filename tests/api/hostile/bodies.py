"""Bodies that are not what they say, or more than anybody needs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx2

from tests.api.hostile import INGEST, Attack, Send, post, pushed, sent

_BOUNDARY = "multipart/form-data; boundary=x"


def _part(name: str, filename: str, data: str = "text") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
    return f"{head}{data}\r\n--x--\r\n".encode()


def _streamed(client: httpx2.Client) -> httpx2.Response:
    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 100_000 for _ in range(60))

    headers = {"Content-Type": "application/json"}
    return client.post(INGEST, params={"source": "hostile"}, content=pieces(), headers=headers)


def _used_again(client: httpx2.Client) -> httpx2.Response:
    def push(content: str) -> httpx2.Response:
        body = {"documents": [{"path": "key.md", "content": content}]}
        asked = {"source": "hostile", "wait": "true"}
        return client.post(INGEST, params=asked, json=body, headers={"Idempotency-Key": "monday"})

    push("one")
    return push("another")


def _site(**values: object) -> Send:
    return lambda client: client.put("/v1/admin/sources/hostile-site", json=values)


BODIES = (
    Attack("JSON that breaks off", sent(b'{"documents": ['), "422"),
    Attack("JSON 200,000 arrays deep", sent(b"[" * 200_000), "422"),
    Attack("JSON 200,000 objects deep, in a field", sent(b'{"documents": ' + b'{"a":' * 200_000), "422"),
    Attack("a number of 100,000 digits", sent(b'{"documents": ' + b"9" * 100_000 + b"}"), "422"),
    Attack("NaN where a list is wanted", sent(b'{"documents": NaN}'), "422"),
    Attack("a key given twice: the last counts", sent(b'{"delete": ["a.md"], "delete": []}'), "200 nothing"),
    Attack("bytes that are no UTF-8", sent(b'{"documents": [{"path": "\xff", "content": ""}]}'), "422"),
    Attack("posts under a name that nobody knows", sent(b'{"posts": [], "replace": true}'), "422"),
    Attack("nothing but the wish that all else goes", sent(b'{"replace": true}'), "422"),
    Attack("JSON in UTF-16", sent('{"delete": []}'.encode("utf-16")), "200 nothing"),
    Attack("a body that says it is gzip", sent(b"\x1f\x8b\x08", Content_Encoding="gzip"), "415"),
    Attack("XML with entities", sent(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml"), "415"),
    Attack("a pickle", sent(b"\x80\x04cos\nsystem\n.", "application/octet-stream"), "415"),
    Attack("a body larger than the limit, which says so", sent(b" " * 6_000_000), "413"),
    Attack("a body larger than the limit, sent in chunks without a length", _streamed, "413"),
    Attack("a form without a boundary", sent(b"--x--", "multipart/form-data"), "400"),
    Attack("a form that breaks off", sent(b"--x\r\nContent-Disposition: form-da", _BOUNDARY), "422"),
    Attack(
        "a form of 20,000 fields",
        sent(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 20_000 + b"--x--\r\n", _BOUNDARY),
        "400",
    ),
    Attack("a file called ../../etc/passwd.md", sent(_part("files", "../../etc/passwd.md"), _BOUNDARY), "200 failed 1"),
    Attack("a file called /etc/cron.d/a.md", sent(_part("files", "/etc/cron.d/a.md"), _BOUNDARY), "200 failed 1"),
    Attack("a file called C:\\a.md: a name like others", sent(_part("files", r"C:\\a.md"), _BOUNDARY), "200 added 1"),
    Attack(
        "a file whose name is 3,000 characters", sent(_part("files", "a" * 3_000 + ".md"), _BOUNDARY), "200 failed 1"
    ),
    Attack("a path with NUL", post("text", "a\0.md"), "200 failed 1"),
    Attack("a path with a line break and a forged line of a log", post("text", "a\n200 OK.md"), "200 failed 1"),
    Attack("a path with a lone surrogate", sent(b'{"documents": [{"path": "\\ud800.md", "content": ""}]}'), "422"),
    Attack(
        "a text with lone surrogates", sent(b'{"documents": [{"path": "s.md", "content": "\\udfff"}]}'), "200 failed 1"
    ),
    Attack("a text with NUL", post("# 茶\n\n茶\0葉\n", "nul.md"), "200 failed 1"),
    Attack("a post larger than a post may be", post("茶" * 1_000_000, "large.md"), "200 failed 1"),
    Attack(
        "one path twice in a batch",
        pushed({"documents": [{"path": "t.md", "content": "a"}] * 2}),
        "200 added 1 failed 1",
    ),
    Attack(
        "the same path composed and decomposed",
        pushed({"documents": [{"path": path, "content": "a"} for path in ("caf\u00e9.md", "cafe\u0301.md")]}),
        "200 added 1 failed 1",
    ),
    Attack("paths to delete that lead out", pushed({"delete": ["../../../a.md", "/etc/passwd", "a\0"]}), "200 nothing"),
    Attack("a key of an earlier push with other posts", _used_again, "409"),
    Attack("a source called ../x", lambda client: client.post(INGEST, params={"source": "../x"}, json={}), "422"),
    Attack("a source with 100,000 permalinks", _site(permalinks={str(n): "/a/" for n in range(100_000)}), "422"),
    Attack("a time zone called ../../etc/passwd", _site(timezone="../../../etc/passwd"), "200"),
    Attack("a source whose address is the cloud's own", _site(base_url="http://169.254.169.254/latest/"), "200"),
    Attack(
        "front matter 1,000 lists deep for all posts",
        lambda client: client.put(
            "/v1/admin/sources/deep",
            content=json.dumps({"defaults": [{"values": {"a": 1}}]}).replace("1", "[" * 1_000 + "]" * 1_000),
            headers={"Content-Type": "application/json"},
        ),
        "400",
    ),
)
