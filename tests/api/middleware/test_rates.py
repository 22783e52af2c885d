"""Who asks too often waits; who watches the service never does."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
import pytest
from pydantic import ValidationError

from service.settings import Settings
from tests.servers import TOKEN, serving


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    with serving(tmp_path, rate_limit="5/hour") as client:
        answers = [client.get("/v1/articles") for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 3600
        assert answers[-1].headers["content-type"] == "application/problem+json"
        assert client.get("/v1/articles", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/readyz").status_code == 200


def test_who_makes_up_a_token_each_time_is_stopped_all_the_same(tmp_path: Path) -> None:
    with serving(tmp_path, rate_limit="5/hour") as client:
        made_up = [f"Bearer {n}" for n in range(4)] + ["Basic dGVhOnRlYQ==", "Bearer", "Bearer wenmai_tea"]
        answers = [client.get("/v1/articles", headers={"Authorization": token}).status_code for token in made_up]
        assert answers == [200] * 5 + [429] * 2


def test_a_token_that_was_revoked_has_no_count_of_its_own_any_more(tmp_path: Path) -> None:
    with serving(tmp_path, rate_limit="3/hour") as client:
        admin = {"Authorization": f"Bearer {TOKEN}"}
        made = client.post("/v1/admin/tokens", json={"name": "ci", "scopes": ["ingest"]}, headers=admin).json()["token"]
        assert _asked(client, made) == 200
        assert client.delete("/v1/admin/tokens/ci", headers=admin).status_code == 204
        assert [_asked(client, made) for _ in range(5)] == [401, 401, 401, 401, 429]


def test_a_clock_that_is_set_back_shuts_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tmp_path, rate_limit="2/minute") as client:
        assert [client.get("/v1/articles").status_code for _ in range(3)] == [200, 200, 429]
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() - 3600)
        assert [client.get("/v1/articles").status_code for _ in range(3)] == [200, 200, 429]


def test_wrong_tokens_are_counted_by_address(tmp_path: Path) -> None:
    with serving(tmp_path, refused_limit="3/hour") as client:
        assert [_asked(client, "wrong") for _ in range(5)] == [401, 401, 401, 429, 429]
        assert _asked(client, TOKEN) == 429  # a guess that hits is not told from one that fails
        assert client.get("/v1/articles").status_code == 200


def test_right_tokens_are_not_counted(tmp_path: Path) -> None:
    with serving(tmp_path, refused_limit="1/hour") as client:
        assert [_asked(client, TOKEN) for _ in range(3)] == [200] * 3


def _asked(client: httpx2.Client, token: str) -> int:
    return client.get("/v1/admin/sources", headers={"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.parametrize("rate", ["many", "0/minute", "5", "5/fortnight", "-1/second"])
def test_a_rate_is_a_number_and_a_span(rate: str) -> None:
    with pytest.raises(ValidationError, match="600/minute"):
        Settings(_env_file=None, rate_limit=rate)
