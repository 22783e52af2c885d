"""HEAD, OPTIONS and Allow, as RFC 9110 has them."""

from __future__ import annotations

import httpx2
import pytest


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/search?q=台積電", "/docs", "/metrics", "/v1/nothing"])
def test_head_answers_what_get_does_without_the_body(sample: httpx2.Client, path: str) -> None:
    got, asked = sample.get(path), sample.head(path)
    assert asked.content == b""
    assert asked.status_code == got.status_code
    for name in ("content-type", "etag", "cache-control"):
        assert asked.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/articles", "GET, HEAD, OPTIONS"),
        ("/v1/claims/lookup", "GET, HEAD, OPTIONS, POST"),
        ("/v1/admin/sources/blog", "DELETE, GET, HEAD, OPTIONS, PUT"),
    ],
)
def test_a_path_names_all_its_methods(sample: httpx2.Client, path: str, allowed: str) -> None:
    asked = sample.request("OPTIONS", path)
    assert (asked.status_code, asked.headers["allow"]) == (204, allowed)
    refused = sample.request("PATCH", path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert refused.headers["content-type"] == "application/problem+json"


def test_nothing_is_allowed_where_nothing_is(sample: httpx2.Client) -> None:
    assert sample.request("OPTIONS", "/v1/nothing").status_code == 404


def test_a_browser_s_question_is_answered_by_cors(sample: httpx2.Client) -> None:
    headers = {"Origin": "https://blog.example", "Access-Control-Request-Method": "POST"}
    answer = sample.request("OPTIONS", "/v1/claims/lookup", headers=headers)
    assert answer.headers["access-control-allow-origin"] == "https://blog.example"
