"""SQLite and PostgreSQL give the same answers, byte for byte."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from tests.servers import CONTENT, serving

PATHS = (
    "/v1/articles?limit=100",
    "/v1/articles?tag=能源&lang=zh-TW",
    "/v1/entities?limit=100",
    "/v1/entities?q=英伟达",
    "/v1/entities/nvidia/neighbours",
    "/v1/entities/nvidia/evidence?limit=100&lang=zh-TW",
    "/v1/entities?q=a&match=prefix",
    "/v1/reconcile/suggest/entity?prefix=北",
    "/v1/claims?limit=100",
    "/v1/claims?unit=W&min=1e9",
    "/v1/figures?limit=100&unit=%25",
    "/v1/search?q=資料中心&limit=100",
    "/v1/search?q=良率",
    "/v1/graph?entity=nvidia&depth=3",
    "/v1/claims/lookup?text=北灣資料中心的用電容量是 100 MW",
    "/v1/related?url=https://island-tech.example/2026/04/clearlight-two-gigawatts/",
)


@pytest.fixture(scope="module")
def paths(sample: httpx2.Client) -> list[str]:
    """Return what to compare: the lists above and all that hangs on every article."""
    articles = [article["id"] for article in sample.get(PATHS[0]).json()["items"]]
    parts = ("", "/entities", "/figures", "/links", "/backlinks", "/media", "/claims", "/related")
    # All of some articles, some of all: each part is asked of every third article, each article for some parts.
    hanging = (
        (n + k, f"/v1/articles/{article}{part}") for n, article in enumerate(articles) for k, part in enumerate(parts)
    )
    return [*PATHS, *(path for number, path in hanging if number % 3 == 0)]


def test_both_databases_answer_alike(
    sample: httpx2.Client, paths: list[str], postgres_url: str, tmp_path: Path
) -> None:
    with serving(tmp_path, database_url=postgres_url, content=CONTENT) as other:
        for path in paths:
            assert other.get(path).text == sample.get(path).text, path
