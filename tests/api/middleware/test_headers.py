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
