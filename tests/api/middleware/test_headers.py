"""What answers tell browsers not to do."""

from __future__ import annotations

import httpx2
import pytest


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/nothing", "/healthz", "/openapi.json"])
def test_an_answer_is_neither_run_nor_framed_nor_guessed_at(sample: httpx2.Client, path: str) -> None:
    headers = sample.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "referrer-policy" in headers


def test_the_docs_may_run_their_own_scripts_only(sample: httpx2.Client) -> None:
    policy = sample.get("/docs").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "http" not in policy


def test_a_page_that_says_more_is_left_its_word(sample: httpx2.Client) -> None:
    ident = sample.get("/v1/entities").json()["items"][0]["id"]
    policy = sample.get(f"/v1/reconcile/preview/{ident}").headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "frame-ancestors" not in policy  # OpenRefine shows it in a frame


@pytest.mark.parametrize(("path", "to"), [("/v1/articles/?limit=2", "/v1/articles?limit=2"), ("/docs/", "/docs")])
def test_a_redirect_leads_to_no_host_that_only_the_request_names(sample: httpx2.Client, path: str, to: str) -> None:
    answer = sample.get(path, headers={"Host": "elsewhere.example"}, follow_redirects=False)
    assert answer.status_code == httpx2.codes.TEMPORARY_REDIRECT
    assert answer.headers["location"] == to


@pytest.mark.parametrize("path", ["//elsewhere.example/v1/articles/", "/%2F/elsewhere.example/docs/"])
def test_no_path_is_taken_for_a_host(sample: httpx2.Client, path: str) -> None:
    answer = sample.get(f"{str(sample.base_url).rstrip('/')}{path}", follow_redirects=False)
    assert not answer.headers.get("location", "/").startswith("//")
