"""`wenmai push`: what changed goes in, what is gone goes, and a build log says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.api.test_conventions import items
from tests.api.test_keys import made
from tests.cli.running import run
from tests.cli.test_commands import BROKEN, POST, wenmai
from tests.servers import TOKEN, serving


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with serving(tmp_path_factory.mktemp("service")) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A Jekyll site with two posts."""
    (tmp_path / "harbour" / "_posts").mkdir(parents=True)
    (tmp_path / "harbour" / "_config.yml").write_text("url: https://harbour.example\npermalink: /:title/\n")
    for number in (1, 2):
        post = tmp_path / "harbour" / "_posts" / f"2026-03-0{number}-tea-{number}.md"
        post.write_text(f"---\ntitle: 茶園 {number}\n---\n{POST}", encoding="utf-8")
    return tmp_path / "harbour"


def pushed(client: httpx2.Client, site: Path, *options: str, token: str = TOKEN, expect: int = 0) -> str:
    url = str(client.base_url)
    return wenmai(site.parent, "push", site, "--url", url, "--token", token, *options, expect=expect)


def test_only_what_changed_is_sent_and_what_is_gone_goes(service: httpx2.Client, site: Path) -> None:
    assert "2 added, 0 updated, 0 unchanged, 0 deleted, 0 failed" in pushed(service, site)
    assert {article["url"] for article in items(service, "/v1/articles")} == {
        "https://harbour.example/tea-1/",
        "https://harbour.example/tea-2/",
    }
    assert "0 added, 0 updated, 2 unchanged" in pushed(service, site)
    (site / "_posts" / "2026-03-01-tea-1.md").unlink()
    with (site / "_posts" / "2026-03-02-tea-2.md").open("a", encoding="utf-8") as post:
        post.write("\n又買了兩座。\n")
    assert "0 added, 1 updated, 0 unchanged, 1 deleted" in pushed(service, site)
    assert len(items(service, "/v1/articles")) == 1
    assert len(items(service, "/v1/admin/jobs")) == 2  # nothing to do is no job


def test_a_dry_run_tells_and_changes_nothing(service: httpx2.Client, site: Path) -> None:
    told = pushed(service, site, "--dry-run")
    assert "added: _posts/2026-03-01-tea-1.md" in told
    assert items(service, "/v1/articles") == []


def test_an_empty_folder_empties_nothing_and_says_so(service: httpx2.Client, site: Path, tmp_path: Path) -> None:
    pushed(service, site)
    (tmp_path / "elsewhere" / "harbour").mkdir(parents=True)
    ran = run(tmp_path, "push", tmp_path / "elsewhere" / "harbour", "--url", str(service.base_url), "--token", TOKEN)
    assert (ran.code, "holds no posts" in ran.err) == (2, True)
    assert len(items(service, "/v1/articles")) == 2


def test_what_is_gone_may_be_kept(service: httpx2.Client, site: Path) -> None:
    pushed(service, site)
    (site / "_posts" / "2026-03-01-tea-1.md").unlink()
    assert "1 unchanged, 0 deleted" in pushed(service, site, "--keep")


def test_a_broken_post_is_named_and_the_rest_goes_in(service: httpx2.Client, site: Path) -> None:
    (site / "_posts" / "2026-03-03-broken.md").write_text(BROKEN, encoding="utf-8")
    (site / "_posts" / "2026-03-04-nul.md").write_bytes(bytes(range(256)) * 4)
    told = pushed(service, site, "--json", expect=1)
    result = json.loads(told)
    assert (result["counts"]["added"], result["counts"]["failed"]) == (3, 1)
    assert {error["path"] for error in result["errors"]} == {
        "_posts/2026-03-03-broken.md",
        "_posts/2026-03-04-nul.md",
    }


def test_what_cannot_be_read_here_is_not_taken_for_gone(service: httpx2.Client, site: Path) -> None:
    pushed(service, site)
    (site / "_posts" / "2026-03-01-tea-1.md").write_bytes(bytes(range(256)) * 4)
    pushed(service, site, expect=1)
    assert len(items(service, "/v1/articles")) == 2


def test_what_an_editor_declared_outranks_the_folder(service: httpx2.Client, site: Path) -> None:
    service.put("/v1/admin/sources/harbour", json={"base_url": "https://tea.example"}).raise_for_status()
    pushed(service, site)
    assert {article["url"] for article in items(service, "/v1/articles")} == {
        "https://tea.example/tea-1/",
        "https://tea.example/tea-2/",
    }


def test_a_file_in_another_encoding_is_sent_once(service: httpx2.Client, site: Path) -> None:
    text = f"---\ntitle: 茶\n---\n{POST * 20}"
    (site / "_posts" / "2026-03-05-old.md").write_bytes(text.encode("big5"))
    assert "1 failed" not in pushed(service, site)
    assert "0 added, 0 updated, 3 unchanged" in pushed(service, site)


def test_a_token_for_something_else_is_refused_with_a_sentence(service: httpx2.Client, site: Path) -> None:
    token = made(service, "lin", "edit")["Authorization"].split()[1]
    pushed(service, site, token=token, expect=2)
    pushed(service, site, token="wrong", expect=2)


def test_a_service_that_is_not_there_is_told_in_a_sentence(site: Path) -> None:
    wenmai(site.parent, "push", site, "--url", "http://127.0.0.1:9", "--token", "x", expect=2)
