"""A primary that goes away and comes back, and a replica that stays behind: two real clusters and a real server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.postgres import NoPostgresError
from tests.replication import Cluster, replicated
from tests.servers import TOKEN, serving

AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
POSITION = "Wenmai-Position"
HIT = "wenmai; hit"
PATH = "/v1/articles?limit=5"
Pair = tuple[Cluster, Cluster]


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """A primary and its replica with a database for the service."""
    try:
        with replicated() as (primary, replica):
            primary.ask("CREATE DATABASE wenmai")
            yield primary, replica
    except NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def served(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Give a client of a server that reads from the replica."""
    with host(pair, tmp_path_factory.mktemp("replicas")) as client:
        yield client


@contextmanager
def host(pair: Pair, folder: Path) -> Iterator[httpx2.Client]:
    primary, replica = (one.url("wenmai") for one in pair)
    with serving(folder, database_url=primary, read_urls=[replica], most_lag=3600) as client:
        soon(lambda: databases(client) == {"primary": "ok", "replica-1": "ok"})
        yield client


def soon(holds: Callable[[], bool]) -> None:
    for _ in range(1500):
        if holds():
            return
        time.sleep(0.01)
    assert holds()


def databases(client: httpx2.Client) -> dict[str, str]:
    answer = client.get("/readyz")
    found: dict[str, str] = answer.json().get("databases", {})
    return found


def push(client: httpx2.Client, title: str) -> httpx2.Response:
    body = {"documents": [{"path": "port.md", "content": f"# {title}\n\n碼頭有三座起重機。\n"}]}
    return client.post("/v1/admin/ingest?source=harbour&wait=true", json=body, headers=AUTHORIZED)


def titles(client: httpx2.Client, position: str | None = None) -> list[str]:
    answer = client.get(PATH, headers={} if position is None else {POSITION: position})
    assert answer.status_code == 200, answer.text
    return [article["title"] for article in answer.json()["items"]]


@contextmanager
def paused(replica: Cluster) -> Iterator[None]:
    """Let the replica replay nothing meanwhile."""
    replica.ask("SELECT pg_wal_replay_pause()")
    soon(lambda: replica.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")
    try:
        yield
    finally:
        replica.ask("SELECT pg_wal_replay_resume()")


def test_who_writes_reads_that_and_others_what_the_replica_has(served: httpx2.Client, pair: Pair) -> None:
    push(served, "舊港")
    soon(lambda: titles(served) == ["舊港"])
    with paused(pair[1]):
        written = push(served, "新港")
        assert titles(served) == ["舊港"]
        assert titles(served, written.headers[POSITION]) == ["新港"]
        assert served.get(PATH, headers=AUTHORIZED).json()["items"][0]["title"] == "新港"
        assert titles(served, "ffffffff/ffffffff") == titles(served, "no position") == ["新港"]
    soon(lambda: titles(served) == ["新港"])


def test_a_read_waits_a_moment_for_what_it_was_told_of(served: httpx2.Client, pair: Pair) -> None:
    position = push(served, "渡口").headers[POSITION]
    assert titles(served, position) == ["渡口"]
    soon(lambda: pair[1].ask("SELECT title FROM article", "wenmai") == "渡口")


def test_what_a_replica_that_is_behind_answers_is_not_kept(served: httpx2.Client, pair: Pair) -> None:
    push(served, "燈塔")
    soon(lambda: titles(served) == ["燈塔"])
    soon(lambda: served.get(PATH).headers.get("cache-status") == HIT)
    with paused(pair[1]):
        push(served, "新燈塔")
        soon(lambda: "cache-status" not in served.get(PATH).headers)  # it has heard of it
        for _ in range(3):
            answer = served.get(PATH)
            assert answer.json()["items"][0]["title"] == "燈塔"
            assert "cache-status" not in answer.headers
    soon(lambda: titles(served) == ["新燈塔"])
    soon(lambda: served.get(PATH).headers.get("cache-status") == HIT)
    assert titles(served) == ["新燈塔"]


def test_what_one_host_changes_the_other_forgets(served: httpx2.Client, pair: Pair, tmp_path: Path) -> None:
    with host(pair, tmp_path) as other:
        push(served, "防波堤")
        soon(lambda: titles(other) == ["防波堤"])
        soon(lambda: other.get(PATH).headers.get("cache-status") == HIT)
        position = push(served, "新防波堤").headers[POSITION]
        assert titles(other, position) == ["新防波堤"]
        soon(lambda: titles(other) == ["新防波堤"])


def test_reads_go_on_without_the_primary_and_all_is_right_when_it_is_back(served: httpx2.Client, pair: Pair) -> None:
    primary, replica = pair
    position = push(served, "碼頭").headers[POSITION]
    soon(lambda: replica.ask("SELECT title FROM article", "wenmai") == "碼頭")
    primary.stop()
    try:
        assert titles(served) == titles(served, position) == ["碼頭"]
        refused = push(served, "新碼頭")
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert int(refused.headers["retry-after"]) > 0
        soon(lambda: databases(served)["primary"] == "away")
        ready = served.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (200, "reading")
        beyond = served.get(PATH, headers={POSITION: "ffffffff/ffffffff"})
        assert (beyond.status_code, beyond.headers["retry-after"]) == (503, "2")
        assert served.get(PATH, headers=AUTHORIZED).status_code == 200
        assert 'wenmai_database_up{database="primary"} 0.0' in served.get("/metrics").text
        for path in (PATH, "/v1/search?q=碼頭", "/v1/claims", "/v1/claims/lookup?text=碼頭有三座起重機"):
            assert served.get(path).status_code == 200, path
    finally:
        primary.start()
    soon(lambda: push(served, "新碼頭").status_code == 200)
    soon(lambda: databases(served) == {"primary": "ok", "replica-1": "ok"})
    soon(lambda: titles(served) == ["新碼頭"])
    soon(lambda: served.get(PATH).headers.get("cache-status") == HIT)


def test_without_the_replica_the_primary_is_read(served: httpx2.Client, pair: Pair) -> None:
    _, replica = pair
    push(served, "船塢")
    soon(lambda: titles(served) == ["船塢"])
    replica.stop()
    try:
        assert titles(served) == ["船塢"]
        push(served, "新船塢")
        soon(lambda: titles(served) == ["新船塢"])
        soon(lambda: databases(served)["replica-1"] == "away")
        assert served.get("/readyz").json()["status"] == "ok"
    finally:
        replica.start()
    soon(lambda: databases(served) == {"primary": "ok", "replica-1": "ok"})
