"""Answers packed for who can unpack them, with tags of their own."""

from __future__ import annotations

import httpx2
import pytest

PATH = "/v1/articles?limit=100"


@pytest.mark.parametrize(
    ("accepted", "packed"), [("br", "br"), ("gzip", "gzip"), ("br, gzip", "br"), ("identity", None)]
)
def test_an_answer_is_packed_as_asked(sample: httpx2.Client, accepted: str, packed: str | None) -> None:
    answer = sample.get(PATH, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == packed
    assert answer.json() == sample.get(PATH, headers={"Accept-Encoding": "identity"}).json()
    assert ("accept-encoding" in answer.headers.get("vary", "").lower()) is (packed is not None)


def test_other_bytes_have_another_tag_and_either_is_known_again(sample: httpx2.Client) -> None:
    plain = sample.get(PATH, headers={"Accept-Encoding": "identity"}).headers["etag"]
    packed = sample.get(PATH, headers={"Accept-Encoding": "gzip"}).headers["etag"]
    assert plain != packed
    for tag, accepted in ((plain, "identity"), (packed, "gzip")):
        again = sample.get(PATH, headers={"Accept-Encoding": accepted, "If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_what_is_short_is_sent_as_it_is(sample: httpx2.Client) -> None:
    assert "content-encoding" not in sample.get("/healthz", headers={"Accept-Encoding": "br"}).headers
