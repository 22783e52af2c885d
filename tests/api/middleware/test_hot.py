"""Answers that are kept: sent again as they were, until anybody changes the corpus."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from service import ingest as ingesting
from service.api.middleware.hot import HotAnswers
from service.model import Dialect, Site, Source
from tests.databases import Databases
from tests.servers import TOKEN, serving

HIT = "wenmai; hit"
SITE = Site("blog", Dialect.MARKDOWN)
PATH = "/v1/articles?limit=5"


def store(engine: Engine, title: str) -> None:
    ingesting.ingest(engine, SITE, [Source("port.md", f"# {title}\n\n碼頭有三座起重機。\n")])


@pytest.fixture(scope="module", params=["sqlite_databases", "postgres_databases"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database that the tests write as another process would."""
    databases: Databases = request.getfixturevalue(request.param)
    opened = databases.engine()
    yield opened
    databases.dropped(opened)


@pytest.fixture(scope="module")
def served(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Give a client of a server of that database."""
    url = engine.url.render_as_string(hide_password=False)
    with serving(tmp_path_factory.mktemp("hot"), database_url=url) as client:
        yield client


@pytest.fixture
def client(served: httpx2.Client, engine: Engine) -> httpx2.Client:
    """Give a client of a server that keeps nothing yet: the corpus has just changed."""
    store(engine, "碼頭")
    store(engine, "舊碼頭")
    return served


def titles(answer: httpx2.Response) -> list[str]:
    return [article["title"] for article in answer.json()["items"]]


def told(answer: httpx2.Response) -> dict[str, str]:
    """Return the headers but for those that are of one request."""
    return {name: value for name, value in answer.headers.items() if name not in {"date", "x-request-id"}}


def test_an_answer_is_sent_again_as_it_was(client: httpx2.Client) -> None:
    first, again = client.get(PATH), client.get(PATH)
    assert "cache-status" not in first.headers
    assert told(again) == {**told(first), "cache-status": HIT}
    assert again.content == first.content


def test_what_another_process_changes_is_seen_at_once(client: httpx2.Client, engine: Engine) -> None:
    assert [titles(client.get(PATH)) for _ in range(2)] == [["舊碼頭"]] * 2
    store(engine, "新碼頭")
    assert titles(client.get(PATH)) == ["新碼頭"]
    assert client.get(PATH).headers["cache-status"] == HIT


def test_who_has_it_is_told_so_and_who_has_another_gets_it(client: httpx2.Client) -> None:
    tag = client.get(PATH).headers["etag"]
    unchanged = client.get(PATH, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (unchanged.status_code, unchanged.content, unchanged.headers["cache-status"]) == (304, b"", HIT)
    assert unchanged.headers["etag"] == tag
    assert "content-type" not in unchanged.headers
    assert client.get(PATH, headers={"If-None-Match": '"x"'}).status_code == 200


def test_each_packing_language_host_and_form_has_an_answer_of_its_own(client: httpx2.Client) -> None:
    asked = [
        {"Accept-Encoding": "identity"},
        {"Accept-Encoding": "gzip"},
        {"Accept-Language": "zh-CN"},
        {"Accept-Language": "zh-TW"},
        {"Host": "blog.example"},
        {"Accept": "application/ld+json"},
    ]
    path = "/v1/articles?limit=1&lang=auto"
    answers = [client.get(path, headers=headers) for headers in asked]
    assert not [answer for answer in answers if "cache-status" in answer.headers]
    for headers, first in zip(asked, answers, strict=True):
        assert told(client.get(path, headers=headers)) == {**told(first), "cache-status": HIT}


@pytest.mark.parametrize("headers", [{"Authorization": f"Bearer {TOKEN}"}, {"Wenmai-Position": "0/0"}])
def test_nothing_is_kept_for_or_from_who_brings_a_token_or_has_written(
    client: httpx2.Client, headers: dict[str, str]
) -> None:
    client.get(PATH)
    for _ in range(2):
        assert "cache-status" not in client.get(PATH, headers=headers).headers


@pytest.mark.parametrize(
    "path", ["/v1/graph/export?format=csv", "/v1/articles/none", "/v1/articles?limit=0", "/healthz"]
)
def test_what_is_not_public_or_went_wrong_is_never_kept(client: httpx2.Client, path: str) -> None:
    answers = [client.get(path) for _ in range(2)]
    assert not [answer for answer in answers if "cache-status" in answer.headers]


def test_head_brings_the_headers_of_what_is_kept(client: httpx2.Client) -> None:
    client.get(PATH)
    head = client.head(PATH)
    assert (head.headers["cache-status"], head.content) == (HIT, b"")


def counted(client: httpx2.Client, method: str) -> float:
    """Return how many requests for articles the service has counted."""
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    told = f'wenmai_request_seconds_count{{method="{method}",route="/v1/articles",status="200"}} '
    return sum(float(line.removeprefix(told)) for line in text.splitlines() if line.startswith(told))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_kept_is_counted_by_its_route_as_well(client: httpx2.Client, method: str) -> None:
    before = counted(client, method)
    for _ in range(3):
        client.request(method, PATH)
    assert counted(client, method) == before + 3


class Behind:
    """An application that answers each path with its own bytes, and a corpus whose number it may raise meanwhile."""

    def __init__(self, length: int = 10) -> None:
        self.number, self.length, self.asked, self.raises = 1, length, 0, False
        self.made_of: int | None = None  # the number of the replica that answers

    async def version(self) -> int | None:
        return self.number

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        self.number += self.raises
        scope.setdefault("state", {})["corpus_version"] = self.made_of
        headers = {"Cache-Control": "public, max-age=60", "ETag": f'"{self.asked}"'}
        await Response(b"x" * self.length, headers=headers)(scope, receive, send)


def get(app: HotAnswers, path: str) -> None:
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}

    async def receive() -> dict[str, Any]:
        raise AssertionError

    async def send(_message: object) -> None:
        pass

    asyncio.run(app(scope, receive, send))


def test_what_was_begun_before_a_change_is_not_kept_after_it() -> None:
    behind = Behind()
    app = HotAnswers(behind, 10_000, behind.version)
    behind.raises = True
    get(app, "/a")
    behind.raises = False
    for _ in range(2):
        get(app, "/a")
    assert behind.asked == 2


@pytest.mark.parametrize(("made_of", "asked"), [(2, 1), (1, 2), (3, 2)])
def test_what_a_replica_makes_is_kept_under_its_own_number_only(made_of: int, asked: int) -> None:
    behind = Behind()
    behind.number, behind.made_of = 2, made_of
    app = HotAnswers(behind, 10_000, behind.version)
    for _ in range(2):
        get(app, "/a")
    assert behind.asked == asked


def test_a_number_that_falls_is_a_change_too() -> None:
    behind = Behind()
    app = HotAnswers(behind, 10_000, behind.version)
    for number in (5, 3, 3):
        behind.number = number
        get(app, "/a")
    assert behind.asked == 2


def test_those_asked_for_last_are_kept_within_the_bytes() -> None:
    behind = Behind(length=1000)
    app = HotAnswers(behind, 5_000, behind.version)
    for path in ("/a", "/b", "/c", "/a", "/d"):  # three fit: /b is the one that goes
        get(app, path)
    assert behind.asked == 4
    for path in ("/a", "/c", "/d"):
        get(app, path)
    assert behind.asked == 4
    get(app, "/b")
    assert behind.asked == 5


def test_no_bytes_keep_nothing() -> None:
    behind = Behind()
    app = HotAnswers(behind, 0, behind.version)
    for _ in range(2):
        get(app, "/a")
    assert behind.asked == 2
