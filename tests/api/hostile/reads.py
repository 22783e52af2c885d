"""Questions that break a filter, a cursor or a header."""

from __future__ import annotations

import base64

from tests.api.hostile import Attack, Send, read

_FORGED = base64.urlsafe_b64encode(b'["0123456789ab", "9999-12-31", "zzz"]').decode()


def _method(name: str, path: str = "/v1/articles") -> Send:
    return lambda client: client.request(name, path)


READS = (
    Attack("a search for %", read("/v1/search", q="%"), "200"),
    Attack("a search for _", read("/v1/entities", q="_"), "200"),
    Attack("a search that ends the SQL", read("/v1/search", q="'; DROP TABLE article; --"), "200"),
    Attack("a search of 500 opening quotation marks", read("/v1/search", q='"' * 500), "200"),
    Attack("a search of 250 fields", read("/v1/search", q="-" * 250 + "tag:" * 60), "200"),
    Attack("a search of 501 characters", read("/v1/search", q="字" * 501), "422"),
    Attack("a search for NUL", read("/v1/search?q=%00"), "422"),
    Attack("a search for bytes that are no UTF-8", read("/v1/search?q=%c0%ae%ff"), "200"),
    Attack("a percent sign that encodes nothing", read("/v1/search?q=%ZZ"), "200"),
    Attack("an id that leads out", read("/v1/articles/..%2f..%2f..%2fetc%2fpasswd"), "404"),
    Attack("an id with NUL", read("/v1/articles/%00"), "422"),
    Attack("an id that is SQL", read("/v1/entities/' OR 1=1 --"), "404"),
    Attack("a static file that leads out", read("/static/0/..%2f..%2f..%2fetc/passwd"), "404"),
    Attack("a cursor that was made up", read("/v1/articles", cursor=_FORGED), "400"),
    Attack("a cursor that is no Base64", read("/v1/articles", cursor="!!!!"), "400"),
    Attack("a cursor 200 arrays deep", read("/v1/claims", cursor=base64.urlsafe_b64encode(b"[" * 200).decode()), "400"),
    Attack("a cursor of 501 characters", read("/v1/claims", cursor="A" * 501), "422"),
    Attack("a limit of 10**30", read("/v1/articles", limit=10**30), "422"),
    Attack("a limit in Arabic digits", read("/v1/articles?limit=%D9%A1%D9%A0"), "422"),
    Attack("a limit below nothing", read("/v1/figures", limit=-1), "422"),
    Attack("a bound that is no number", read("/v1/figures", min="NaN"), "422"),
    Attack("a bound beyond all numbers", read("/v1/figures", max="1e999"), "422"),
    Attack("a day that is none", read("/v1/articles", since="9999-99-99"), "200"),
    Attack("a unit that is arithmetic", read("/v1/figures", unit="GW**9**9**9**9", min=1), "400"),
    Attack("a language with a line break", read("/v1/articles?lang=zh%0d%0aSet-Cookie:%20a=b"), "422"),
    Attack(
        "a thousand wishes of languages",
        read("/v1/articles", {"Accept-Language": "zh-TW;q=0.1," * 1_000}, lang="auto"),
        "200",
    ),
    Attack("a thousand ETags", read("/v1/articles", {"If-None-Match": '"a",' * 1_000}), "200"),
    Attack("parts of an answer that overlap", read("/v1/articles", {"Range": "bytes=0-9,0-9,5-"}), "200"),
    Attack("an answer packed as nobody can", read("/v1/articles", {"Accept-Encoding": "zstd;q=nan, *;q=-1"}), "200"),
    Attack("a request id of 4,000 characters", read("/healthz", {"X-Request-ID": "a" * 4_000}), "200"),
    Attack("an address of the client that is SQL", read("/healthz", {"X-Forwarded-For": "' OR 1=1"}), "200"),
    Attack("another page's origin", read("/v1/articles", {"Origin": "https://evil.example"}), "200"),
    Attack("a method of WebDAV", _method("PROPFIND"), "405"),
    Attack("TRACE", _method("TRACE"), "405"),
    Attack("a write where one only reads", _method("DELETE"), "405"),
    Attack("the graph of everything", read("/v1/graph", depth=3, limit=200), "400"),
)
