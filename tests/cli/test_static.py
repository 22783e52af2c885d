"""The static export: what it writes, what it leaves alone, and that its names are those a page computes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session
from typer.testing import CliRunner

from service import editing
from service.cli import commands
from service.cli.static import page_name, static_files
from service.cli.static_folder import MANIFEST, update
from service.query.pages import resolve_url
from service.script import fold
from service.store import engine as store

POSTS = {
    "lighthouse.md": "---\ntitle: 燈塔二十年\nurl: /posts/lighthouse/\n---\n"
    "台積電（TSMC）說，鹿港燈塔高 32 公尺，每年 3000 人參觀。[[潮汐站]]\n",
    "tide.md": "---\ntitle: 潮汐站\nurl: /posts/tide/\n---\n台积电说，鹿港灯塔高 35 米。灯塔每年维修一次。\n",
    "draft.md": "---\ntitle: 還沒寫完\nurl: /posts/draft/\ndraft: true\n---\n鹿港燈塔高 40 公尺。\n",
}
runner = CliRunner()


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small blog, stored."""
    folder = tmp_path / "blog" / "content" / "posts"
    folder.mkdir(parents=True)
    (tmp_path / "blog" / "hugo.toml").write_text('baseURL = "https://coast.example/"\n', encoding="utf-8")
    for name, text in POSTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("WENMAI_DATABASE_URL", f"sqlite:///{tmp_path / 'w.db'}")
    monkeypatch.setenv("WENMAI_STATE_DIR", str(tmp_path))
    assert runner.invoke(commands.app, ["ingest", str(tmp_path / "blog")]).exit_code == 0
    return tmp_path / "blog"


@pytest.fixture
def exported(blog: Path, tmp_path: Path) -> Callable[[], dict[str, bytes]]:
    """Give what exports, and returns every file by its name."""

    def export() -> dict[str, bytes]:
        done = runner.invoke(commands.app, ["export", "--static", str(tmp_path / "out")])
        assert done.exit_code == 0, done.output
        files = sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())
        return {path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() for path in files}

    return export


def page(files: dict[str, bytes], key: str) -> dict[str, Any]:
    found = json.loads(files[page_name(key)])
    assert found["key"] == key
    one: dict[str, Any] = found["pages"][0]
    return one


def test_a_page_has_a_file_with_what_is_related_said_and_named(exported: Callable[[], dict[str, bytes]]) -> None:
    found = page(exported(), "/posts/lighthouse")
    assert found["url"] == "https://coast.example/posts/lighthouse/"
    assert [one["article"]["url"] for one in found["related"]] == ["https://coast.example/posts/tide/"]
    assert {"entity", "link"} <= {reason["kind"] for reason in found["related"][0]["reasons"]}
    assert any("台積電" in one["surfaces"] for one in found["entities"])


def test_a_page_is_written_in_each_variant(exported: Callable[[], dict[str, bytes]]) -> None:
    files = exported()
    titles = {
        lang: json.loads(files[page_name("/posts/tide", lang)])["pages"][0]["related"][0]["article"]["title"]
        for lang in ("original", "zh-TW", "zh-CN")
    }
    assert titles == {"original": "燈塔二十年", "zh-TW": "燈塔二十年", "zh-CN": "灯塔二十年"}
    index = json.loads(files["search.json"])
    assert index["titles"]["zh-CN"] == {"0": "灯塔二十年"}


def test_only_the_variants_that_are_wanted_are_written(blog: Path, tmp_path: Path) -> None:
    command = ["export", "--static", str(tmp_path / "few"), "--lang", "zh-CN"]
    assert runner.invoke(commands.app, command).exit_code == 0
    assert {path.name for path in (tmp_path / "few").iterdir() if path.is_dir()} == {"pages", "zh-CN"}
    assert runner.invoke(commands.app, [*command[:3], "--lang", "original"]).exit_code == 0
    assert not list((tmp_path / "few" / "zh-CN").rglob("*.json")), "what is no longer wanted goes"


def test_another_address_of_a_page_leads_to_it(exported: Callable[[], dict[str, bytes]], blog: Path) -> None:
    old = POSTS["tide.md"].replace("url: /posts/tide/", "url: /posts/tide/\naliases: [/old/tide/]")
    (blog / "content" / "posts" / "tide.md").write_text(old, encoding="utf-8")
    assert runner.invoke(commands.app, ["ingest", str(blog)]).exit_code == 0
    pointer = json.loads(exported()[page_name("/old/tide")])
    assert pointer["pages"] == [{"url": "https://coast.example/posts/tide/", "same": "/posts/tide"}]


def test_drafts_are_not_published(exported: Callable[[], dict[str, bytes]]) -> None:
    files = exported()
    assert page_name("/posts/draft") not in files
    assert not any("還沒寫完".encode() in data or "40 公尺".encode() in data for data in files.values())


def test_exporting_twice_writes_nothing_again(exported: Callable[[], dict[str, bytes]], tmp_path: Path) -> None:
    before = exported()
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.json")}
    assert exported() == before
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.json")} == times


def test_pages_that_went_lose_their_files_and_nothing_else_is_touched(
    exported: Callable[[], dict[str, bytes]], tmp_path: Path
) -> None:
    exported()
    (tmp_path / "out" / "pages" / "mine.json").write_text("{}", encoding="utf-8")
    engine = store.create(f"sqlite:///{tmp_path / 'w.db'}")
    with Session(engine) as session:
        gone = resolve_url(session, "https://coast.example/posts/tide/").id
    editing.remove_article(engine, gone)
    files = exported()
    assert page_name("/posts/tide") not in files
    assert page_name("/posts/lighthouse") in files
    assert files["pages/mine.json"] == b"{}"


def test_the_search_index_is_found_by_in_either_script(exported: Callable[[], dict[str, bytes]]) -> None:
    index = json.loads(exported()["search.json"])
    table = dict(zip(*index["fold"], strict=True))
    for word in ("燈塔", "灯塔"):
        folded = "".join(table.get(letter, letter) for letter in word)
        assert [index["pages"][n][1] for n in index["terms"][folded]] == [
            "https://coast.example/posts/lighthouse/",
            "https://coast.example/posts/tide/",
        ]
    assert all(fold(old) == new for old, new in table.items())


def test_one_source_alone_may_be_written(blog: Path, tmp_path: Path) -> None:
    with Session(store.create(f"sqlite:///{tmp_path / 'w.db'}")) as session:
        assert {name for name, _ in static_files(session, "another")} == {"search.json", "search.js", "widget.js"}
        assert page_name("/posts/tide") in dict(static_files(session, "blog"))


@given(st.text(max_size=40))
def test_a_name_of_a_page_is_a_file_in_the_folder_of_pages(key: str) -> None:
    name = page_name(key.encode("utf-8", "replace").decode())
    assert name.startswith("pages/")
    assert len(name) == len("pages/0123456789abcdef.json")


def test_a_manifest_that_somebody_wrote_removes_nothing_outside_the_folder(tmp_path: Path) -> None:
    precious = tmp_path / "precious.json"
    precious.write_text("{}", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    listed = {"files": {"../precious.json": "0", "pages/../../precious.json": "0"}}
    (folder / MANIFEST).write_text(json.dumps(listed), encoding="utf-8")
    update(folder, [("search.json", b"{}")])
    assert precious.exists()


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": 3}', "{", '{"files": null}'])
def test_a_manifest_that_is_none_is_written_anew(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    assert update(tmp_path, [("search.json", b"{}")]).written == 1
    assert list(json.loads((tmp_path / MANIFEST).read_bytes())["files"]) == ["search.json"]
