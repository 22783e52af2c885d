"""One server with the sample content for all reading tests, and one of its own for each test that writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.api.pushing import Following, following
from tests.servers import CONTENT, TOKEN, serving


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Give a client of a server that holds the sample content; tests only read from it."""
    folder = tmp_path_factory.mktemp("sample")
    with serving(folder, content=CONTENT, cors_origins=["https://blog.example"]) as client:
        yield client


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[httpx2.Client]:
    """Give a client with the admin token, of an empty server."""
    with serving(tmp_path, max_body_bytes=2_000_000) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


@pytest.fixture(scope="module")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Following]:
    with following(tmp_path_factory.mktemp("webhooks")) as server:
        yield server


@pytest.fixture
def shared(_shared: Following) -> Following:
    """A server for tests that look at nothing but the source `blog`, and at what the host was asked for since."""
    _shared.host.asked.clear()
    return _shared
