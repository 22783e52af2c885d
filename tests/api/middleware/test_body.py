"""How much a request may send depends on who sends it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from service.api.middleware.body import STRANGERS
from tests.servers import TOKEN, serving

LARGE = b" " * (STRANGERS + 1)
JSON = {"Content-Type": "application/json"}
KNOWN = {"Authorization": f"Bearer {TOKEN}", **JSON}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with serving(tmp_path_factory.mktemp("body"), max_body_bytes=3 * STRANGERS) as client:
        yield client


@pytest.mark.parametrize("headers", [JSON, {**KNOWN, "Authorization": "Bearer made-up"}], ids=["none", "made up"])
@pytest.mark.parametrize("path", ["/v1/admin/tokens", "/v1/admin/digests?source=a", "/v1/claims/lookup"])
def test_a_stranger_sends_no_large_body(server: httpx2.Client, path: str, headers: dict[str, str]) -> None:
    answer = server.post(path, content=LARGE, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert "with a token only" in answer.json()["detail"]


def test_who_has_a_token_does(server: httpx2.Client) -> None:
    answer = server.post("/v1/admin/digests?source=a", content=b'{"digests": {}}' + LARGE, headers=KNOWN)
    assert answer.status_code == 200


def test_but_none_larger_than_all_may_send(server: httpx2.Client) -> None:
    answer = server.post("/v1/admin/digests?source=a", content=LARGE * 3, headers=KNOWN)
    assert (answer.status_code, "WENMAI_MAX_BODY_BYTES" in answer.text) == (413, True)
