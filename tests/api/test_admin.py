"""Pushing content: what goes in, what is reported, and who may."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.api.test_conventions import items
from tests.servers import TOKEN, serving

POST = "---\ntitle: 港口的起重機\ndate: 2026-03-01\n---\n\n海港公司在三月買了 12 座起重機。\n"
BROKEN = "---\ntitle: [沒有關上\ndate: 2026-03-01\n---\n\n內文還在。\n"


def push(client: httpx2.Client, body: dict[str, Any], source: str = "harbour") -> dict[str, Any]:
    answer = client.post("/v1/admin/ingest", params={"source": source, "wait": "true"}, json=body)
    assert answer.status_code == 200, answer.text
    job: dict[str, Any] = answer.json()
    return job


def document(path: str, content: str = POST) -> dict[str, str]:
    return {"path": path, "content": content}


@pytest.mark.parametrize("token", [None, "", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer é"])
def test_without_the_token_nothing_is_changed(editor: httpx2.Client, token: str | None) -> None:
    del editor.headers["Authorization"]
    headers = {} if token is None else {b"Authorization": token.encode()}
    answer = editor.post("/v1/admin/ingest?source=harbour", json={"documents": [document("a.md")]}, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert items(editor, "/v1/articles") == []


def test_a_post_pushed_twice_is_stored_once(editor: httpx2.Client) -> None:
    assert push(editor, {"documents": [document("a.md")]})["counts"]["added"] == 1
    before = editor.get("/v1/articles").headers["etag"]
    assert push(editor, {"documents": [document("a.md")]})["counts"] == {
        "added": 0, "updated": 0, "unchanged": 1, "deleted": 0, "failed": 0,
    }  # fmt: skip
    assert editor.get("/v1/articles").headers["etag"] == before


def test_a_broken_post_is_reported_with_its_place_and_the_rest_goes_in(editor: httpx2.Client) -> None:
    job = push(editor, {"documents": [document("good.md"), document("bad.md", BROKEN), document("nul.md", "a\0b")]})
    assert job["status"] == "done"
    assert {(error["path"], error["line"] is not None) for error in job["errors"]} == {
        ("bad.md", True),
        ("nul.md", True),
    }
    assert {article["path"] for article in items(editor, "/v1/articles")} == {"good.md", "bad.md"}


def test_a_failed_update_leaves_what_was_there(editor: httpx2.Client) -> None:
    push(editor, {"documents": [document("a.md")]})
    job = push(editor, {"documents": [document("a.md", "\0")]})
    assert job["counts"]["failed"] == 1
    assert items(editor, "/v1/articles")[0]["title"] == "港口的起重機"


def test_paths_can_be_deleted_and_replaced(editor: httpx2.Client) -> None:
    push(editor, {"documents": [document("a.md"), document("b.md"), document("c.md")]})
    assert push(editor, {"delete": ["a.md"]})["counts"]["deleted"] == 1
    assert push(editor, {"documents": [document("b.md")], "replace": True})["counts"]["deleted"] == 1
    assert [article["path"] for article in items(editor, "/v1/articles")] == ["b.md"]


def test_files_may_come_as_a_form(editor: httpx2.Client) -> None:
    files = [("files", ("posts/a.md", POST.encode())), ("files", ("posts/b.md", POST.encode()))]
    answer = editor.post("/v1/admin/ingest?source=harbour&wait=true", files=files)
    assert answer.json()["counts"]["added"] == 2
    assert {article["path"] for article in items(editor, "/v1/articles")} == {"posts/a.md", "posts/b.md"}


def test_a_vault_may_come_as_an_archive(editor: httpx2.Client) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("港口/起重機.md", POST)
        file.writestr("../outside.md", POST)
    answer = editor.post("/v1/admin/ingest?source=vault&wait=true", files={"files": ("vault.zip", archive.getvalue())})
    assert {article["path"] for article in items(editor, "/v1/articles")} == {"港口/起重機.md"}
    assert len(answer.json()["errors"]) == 1


def test_a_push_without_wait_is_a_job_to_follow(editor: httpx2.Client) -> None:
    answer = editor.post("/v1/admin/ingest?source=harbour", json={"documents": [document("a.md")]})
    assert answer.status_code == 202
    job = answer.json()["job"]
    assert answer.headers["location"] == f"/v1/admin/jobs/{job['id']}"
    with editor.stream("GET", f"/v1/admin/jobs/{job['id']}/events") as events:
        lines = [line for line in events.iter_lines() if line]
    assert lines[-2] == "event: done"
    assert json.loads(lines[-1].removeprefix("data: "))["counts"]["added"] == 1
    assert editor.get(f"/v1/admin/jobs/{job['id']}").json()["status"] == "done"


def test_readers_are_answered_however_many_wait_for_a_job(tmp_path: Path) -> None:
    body = json.dumps({"documents": [document("a.md")]})
    head = f"Host: a\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: {len(body)}"
    push = f"POST /v1/admin/ingest?source=harbour&wait=true HTTP/1.1\r\n{head}\r\n\r\n{body}".encode()
    waiting = 41  # one more than there are threads that answer
    with serving(tmp_path, take_jobs=False) as client, ExitStack() as open_lines:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        for _ in range(waiting):
            address = (client.base_url.host, client.base_url.port or 80)
            open_lines.enter_context(socket.create_connection(address)).sendall(push)
        while len(jobs := items(client, "/v1/admin/jobs")) < waiting:
            pass
        for job in jobs:
            client.post(f"/v1/admin/jobs/{job['id']}/cancel")


def test_a_service_that_ends_lets_go_of_who_follows_a_job(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with ExitStack() as lines, ExitStack() as served:
        client = served.enter_context(serving(tmp_path, take_jobs=False))
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        job = client.post("/v1/admin/ingest?source=harbour", json={"documents": [document("a.md")]}).json()["job"]["id"]
        follower = lines.enter_context(socket.create_connection((client.base_url.host, client.base_url.port or 80)))
        told = lines.enter_context(follower.makefile("rb"))
        head = f"Host: a\r\nAuthorization: Bearer {TOKEN}"
        follower.sendall(f"GET /v1/admin/jobs/{job}/events HTTP/1.1\r\n{head}\r\n\r\n".encode())
        assert any(b"queued" in line for line in told)
        served.close()
        assert told.read().endswith(b"0\r\n\r\n")  # the stream was ended, not broken off
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_a_source_says_how_its_posts_are_read(editor: httpx2.Client) -> None:
    answer = editor.put("/v1/admin/sources/blog", json={"kind": "jekyll", "base_url": "https://blog.example/"})
    assert answer.json()["kind"] == "jekyll"
    push(editor, {"documents": [document("_posts/2026-03-01-cranes.md")]}, source="blog")
    page = editor.get("/v1/resolve", params={"url": "https://blog.example/2026/03/01/cranes.html?utm=1#top"})
    assert page.json()["path"] == "_posts/2026-03-01-cranes.md"


def test_deleting_an_article_or_a_source_removes_it(editor: httpx2.Client) -> None:
    push(editor, {"documents": [document("a.md"), document("b.md")]})
    first, second = items(editor, "/v1/articles")
    assert editor.delete(f"/v1/admin/articles/{first['id']}").status_code == 204
    assert editor.get(f"/v1/articles/{first['id']}").status_code == 404
    assert editor.delete("/v1/admin/sources/harbour").status_code == 204
    assert editor.get(f"/v1/articles/{second['id']}").status_code == 404
    assert items(editor, "/v1/entities") == []
    assert editor.delete("/v1/admin/sources/harbour").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"documents": [{"path": "a.md"}]}',
        '{"documents": 3}',
        "[" * 100_000,
        "{}",
        '{"replace": true}',
        '{"posts": [], "delete": []}',
        '{"documents": [{"path": "a.md", "content": "", "body": ""}]}',
    ],
)
def test_a_body_that_is_no_batch_is_refused(editor: httpx2.Client, body: str) -> None:
    answer = editor.post("/v1/admin/ingest?source=harbour", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_a_body_that_is_too_large_is_refused_declared_or_not(editor: httpx2.Client) -> None:
    large = json.dumps({"documents": [document("a.md", "字" * 1_000_000)]})
    assert editor.post("/v1/admin/ingest?source=harbour", content=large).status_code == 413
    chunks = (large[at : at + 65_536].encode() for at in range(0, len(large), 65_536))
    assert editor.post("/v1/admin/ingest?source=harbour", content=chunks).status_code == 413


@pytest.mark.parametrize("name", ["../x", "a/b", "", "x" * 101, "空"])
def test_a_source_has_a_plain_name(editor: httpx2.Client, name: str) -> None:
    assert editor.post("/v1/admin/ingest", params={"source": name}, json={"documents": []}).status_code == 422


def test_a_push_sent_again_under_its_key_is_the_same_job(editor: httpx2.Client) -> None:
    def sent(key: str, path: str) -> httpx2.Response:
        headers = {"Idempotency-Key": key}
        body = {"documents": [document(path)]}
        return editor.post("/v1/admin/ingest", params={"source": "harbour"}, json=body, headers=headers)

    first, again = sent("build-7", "a.md").json()["job"]["id"], sent("build-7", "a.md").json()["job"]["id"]
    assert first == again
    assert sent("build-7", "b.md").status_code == 409
    assert sent("build-8", "b.md").json()["job"]["id"] != first
    assert sent("", "c.md").status_code == 422


def test_jobs_are_listed_and_an_ended_one_cannot_be_cancelled(editor: httpx2.Client) -> None:
    first = push(editor, {"documents": [document("a.md")]})["id"]
    second = push(editor, {"documents": [document("b.md")]}, source="tea")["id"]
    assert [job["id"] for job in items(editor, "/v1/admin/jobs")] == [second, first]
    assert [job["id"] for job in items(editor, "/v1/admin/jobs?source=harbour")] == [first]
    assert editor.post(f"/v1/admin/jobs/{first}/cancel").status_code == 409
    assert editor.post("/v1/admin/jobs/none/cancel").status_code == 404


def test_a_preview_tells_what_a_push_would_change_and_stores_nothing(editor: httpx2.Client) -> None:
    push(editor, {"documents": [document("a.md"), document("b.md")]})
    body = {"documents": [document("a.md", "另一篇"), document("c.md"), document("d.md", "a\0b")], "replace": True}
    told = editor.post("/v1/admin/ingest/preview", params={"source": "harbour"}, json=body).json()
    assert (told["added"], told["updated"], told["deleted"]) == (["c.md"], ["a.md"], ["b.md"])
    assert [error["path"] for error in told["errors"]] == ["d.md"]
    assert {article["path"] for article in items(editor, "/v1/articles")} == {"a.md", "b.md"}
