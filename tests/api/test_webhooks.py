"""Pushes of a content repository: what comes of them."""

from __future__ import annotations

import io
import json
import tarfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from tests.api.pushing import FIRST, PATIENCE, SECOND, THIRD, Following, archived, following, push, site, tell
from tests.api.test_conventions import items
from tests.content.hosting import Answer
from tests.content.packing import tar_of
from tests.servers import TOKEN


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Following]:
    """A server of one's own."""
    with following(tmp_path) as own:
        yield own


def post(title: str) -> str:
    return f"---\ntitle: {title}\n---\n\n茶行在四月買進 300 公斤春茶。\n"


def ended(client: httpx2.Client, answer: httpx2.Response) -> dict[str, Any]:
    """Return the job that a message was answered with, once it has ended."""
    assert answer.status_code == 202, answer.text
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        job: dict[str, Any] = client.get(
            answer.headers["location"], headers={"Authorization": f"Bearer {TOKEN}"}
        ).json()
        if job["status"] in ("done", "failed"):
            return job
        time.sleep(0.02)
    raise AssertionError("the job never ended")


def titles(client: httpx2.Client) -> list[str]:
    return sorted(article["title"] for article in items(client, "/v1/articles"))


def test_a_push_brings_the_site_in_as_it_is_at_that_commit(server: Following) -> None:
    server.host.answers[archived("Owner/Blog", FIRST)] = Answer(
        site(FIRST, {"content/posts/spring.md": post("春茶"), "content/posts/autumn.md": post("秋茶")})
    )
    answer = tell(server.client, push(FIRST))
    assert (answer.json()["status"], answer.json()["job"]["source"]) == ("taken", "blog")
    assert ended(server.client, answer)["counts"]["added"] == 2
    page = server.client.get("/v1/resolve", params={"url": "https://tea.example/posts/spring/"})
    assert page.json()["path"] == "content/posts/spring.md"
    server.host.answers[archived("Owner/Blog", SECOND)] = Answer(
        site(SECOND, {"content/posts/spring.md": post("春茶"), "content/posts/winter.md": post("冬茶")})
    )
    counts = ended(server.client, tell(server.client, push(SECOND)))["counts"]
    assert (counts["added"], counts["unchanged"], counts["deleted"]) == (1, 1, 1)
    assert titles(server.client) == ["冬茶", "春茶"]


def test_a_message_may_come_as_a_form(server: Following) -> None:
    server.host.answers[archived("owner/blog", FIRST)] = Answer(site(FIRST, {"content/a.md": post("春茶")}))
    body = urlencode({"payload": json.dumps(push(name="owner/blog"))}).encode()
    answer = tell(server.client, body, Content_Type="application/x-www-form-urlencoded; charset=utf-8")
    assert ended(server.client, answer)["counts"]["added"] == 1


def test_a_repository_may_follow_another_branch_and_hold_its_site_in_a_folder(server: Following) -> None:
    server.host.answers[archived("owner/notes", FIRST)] = Answer(
        tar_of({"n/vault/茶.md": post("茶").encode(), "n/drafts/酒.md": post("酒").encode()})
    )
    main = tell(server.client, push(name="owner/notes"))
    assert (main.status_code, main.json()["status"]) == (200, "ignored")
    ended(server.client, tell(server.client, push(name="owner/notes", ref="refs/heads/publish")))
    assert [(article["source"], article["path"]) for article in items(server.client, "/v1/articles")] == [
        ("notes", "茶.md")
    ]


def test_a_repository_may_have_an_odd_name(server: Following) -> None:
    server.host.answers[archived("owner/.odd_Name-1.0", FIRST)] = Answer(site(FIRST, {"content/a.md": post("春茶")}))
    assert ended(server.client, tell(server.client, push(name="owner/.odd_Name-1.0")))["status"] == "done"


def evil(commit: str) -> bytes:
    """Return an archive with ways out of it besides a post."""
    link = tarfile.TarInfo(f"blog-{commit}/content/passwd.md")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    files = {
        f"blog-{commit}/content/good.md": post("春茶").encode(),
        f"blog-{commit}/../../outside.md": post("外").encode(),
        "/absolute.md": post("外").encode(),
    }
    return tar_of(files, more=[link])


def bomb(commit: str) -> bytes:
    return tar_of({f"blog-{commit}/content/big.md": b"a" * 1_900_000, f"blog-{commit}/content/more.md": b"b" * 900_000})


def nested(commit: str) -> bytes:
    """Return a tar whose name of a file says it is as long as a gigabyte."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        long = tarfile.TarInfo("././@LongLink")
        long.type, long.size = tarfile.GNUTYPE_LONGNAME, 10**9
        archive.fileobj.write(long.tobuf())
    return stream.getvalue()


def test_no_path_of_a_repository_leads_out_of_it(server: Following) -> None:
    server.host.answers[archived("Owner/Blog", FIRST)] = Answer(evil(FIRST))
    job = ended(server.client, tell(server.client, push(FIRST)))
    assert job["status"] == "done"
    assert len(job["errors"]) == 3
    assert titles(server.client) == ["春茶"]
    assert "root:" not in json.dumps(job)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(bomb(FIRST)), "packs more than text can"),
        (Answer(nested(FIRST)), "larger than any post"),
        (Answer(b"<html>Sign in</html>"), "cannot be read"),
        (Answer(site(FIRST, {"content/a.md": post("春茶") * 500})[:300], length=None), "cannot be read"),
        (Answer(status=404), "set WENMAI_GITHUB_TOKEN"),
        (Answer(status=500), "answered 500"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/latest"}), "sends to another host"),
    ],
)
def test_what_cannot_be_brought_in_fails_its_job_and_leaves_what_there_was(
    shared: Following, answer: Answer, sentence: str
) -> None:
    shared.host.answers[archived("Owner/Blog", SECOND)] = Answer(site(SECOND, {"content/old.md": post("舊茶")}))
    ended(shared.client, tell(shared.client, push(SECOND)))
    shared.host.answers[archived("Owner/Blog", FIRST)] = answer
    job = ended(shared.client, tell(shared.client, push(FIRST)))
    assert job["status"] == "failed"
    assert sentence in job["errors"][0]["detail"]
    assert titles(shared.client) == ["舊茶"]


def test_a_message_that_comes_again_is_answered_with_the_same_job(server: Following) -> None:
    server.host.answers[archived("Owner/Blog", FIRST)] = Answer(site(FIRST, {"content/a.md": post("春茶")}))
    first = tell(server.client, push(FIRST), X_GitHub_Delivery="one")
    ended(server.client, first)
    again = tell(server.client, push(FIRST), X_GitHub_Delivery="one")
    assert again.json()["job"]["id"] == first.json()["job"]["id"]
    assert again.json()["job"]["status"] == "done"
    other = tell(server.client, push(FIRST), X_GitHub_Delivery="two")  # which is not signed: anybody can number anew
    assert other.json()["job"]["id"] == first.json()["job"]["id"]


def test_what_was_answered_and_which_push_is_the_latest_is_known_after_a_restart(tmp_path: Path) -> None:
    with following(tmp_path) as server:
        server.host.answers[archived("Owner/Blog", FIRST)] = Answer(site(FIRST, {"content/a.md": post("春茶")}))
        first = tell(server.client, push(FIRST, pushed_at=1_772_000_002))
        ended(server.client, first)
    with following(tmp_path) as server:
        again = tell(server.client, push(FIRST, pushed_at=1_772_000_002))
        assert again.json()["job"]["id"] == first.json()["job"]["id"]
        late = tell(server.client, push(SECOND, pushed_at=1_772_000_001))
        assert late.json()["status"] == "ignored"
        assert not server.host.asked


def test_another_push_under_a_number_seen_before_is_not_lost(server: Following) -> None:
    for commit, title in ((FIRST, "春茶"), (SECOND, "秋茶")):
        server.host.answers[archived("Owner/Blog", commit)] = Answer(site(commit, {"content/a.md": post(title)}))
        ended(server.client, tell(server.client, push(commit), X_GitHub_Delivery="one"))
    assert titles(server.client) == ["秋茶"]


def test_a_message_sent_again_after_its_job_failed_is_tried_again(server: Following) -> None:
    assert ended(server.client, tell(server.client, push(FIRST), X_GitHub_Delivery="one"))["status"] == "failed"
    server.host.answers[archived("Owner/Blog", FIRST)] = Answer(site(FIRST, {"content/a.md": post("春茶")}))
    assert ended(server.client, tell(server.client, push(FIRST), X_GitHub_Delivery="one"))["status"] == "done"


def test_an_earlier_push_told_of_later_does_not_bring_back_what_was(server: Following) -> None:
    for commit, title in ((FIRST, "春茶"), (SECOND, "秋茶")):
        server.host.answers[archived("Owner/Blog", commit)] = Answer(site(commit, {"content/a.md": post(title)}))
    ended(server.client, tell(server.client, push(SECOND, pushed_at=1_772_000_002)))
    late = tell(server.client, push(FIRST, pushed_at=1_772_000_001))
    assert (late.status_code, late.json()["status"]) == (200, "ignored")
    assert "later push" in late.json()["detail"]
    assert titles(server.client) == ["秋茶"]
    ended(server.client, tell(server.client, push(FIRST, pushed_at=1_772_000_003)))  # somebody went back on purpose
    assert titles(server.client) == ["春茶"]


def test_pushes_that_come_while_one_is_fetched_are_brought_in_at_once_the_latest_winning(server: Following) -> None:
    asked, released = threading.Event(), threading.Event()

    def hold() -> None:
        asked.set()
        released.wait(PATIENCE)

    for commit, title in ((FIRST, "春茶"), (SECOND, "夏茶"), (THIRD, "秋茶")):
        packed = site(commit, {"content/a.md": post(title)})
        server.host.answers[archived("Owner/Blog", commit)] = Answer(packed, before=hold if commit == FIRST else bool)
    running = tell(server.client, push(FIRST))
    assert asked.wait(PATIENCE)
    waiting, latest = tell(server.client, push(SECOND)), tell(server.client, push(THIRD))
    assert running.json()["job"]["id"] != waiting.json()["job"]["id"] == latest.json()["job"]["id"]
    assert latest.json()["job"]["status"] == "queued"
    released.set()
    ended(server.client, latest)
    assert titles(server.client) == ["秋茶"]
    assert [path for path, _ in server.host.asked] == [archived("Owner/Blog", commit) for commit in (FIRST, THIRD)]


def test_a_private_repository_is_fetched_with_the_token(tmp_path: Path) -> None:
    with following(tmp_path, github_token="private-token") as server:
        server.host.answers[archived("Owner/Blog", FIRST)] = Answer(site(FIRST, {"content/a.md": post("春茶")}))
        job = ended(server.client, tell(server.client, push()))
        metrics = server.client.get("/metrics").text
    assert job["status"] == "done"
    assert [headers["authorization"] for _, headers in server.host.asked] == ["Bearer private-token"]
    assert "private-token" not in json.dumps(job) + metrics
