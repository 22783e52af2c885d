"""The command line, run as people and programs run it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.servers import CONTENT

POST = "# 港口的起重機\n\n海港公司在三月買了 12 座起重機。\n"
BROKEN = "---\ntitle: [沒有關上\n---\n\n內文還在。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "cranes.md").write_text(POST, encoding="utf-8")
    return tmp_path


def wenmai(folder: Path, *arguments: str | Path, expect: int = 0) -> str:
    """Run a command in `folder` and return what it prints."""
    ran = run(folder, *arguments)
    assert ran.code == expect, ran.err
    return ran.out


def test_inspect_shows_people_what_would_be_extracted_and_stores_nothing(folder: Path) -> None:
    shown = wenmai(folder, "inspect", folder / "posts" / "cranes.md")
    assert "港口的起重機" in shown
    assert "12 座" in shown
    assert not (folder / "test.db").exists()


def test_inspect_gives_programs_one_object_a_post(folder: Path) -> None:
    posts = [json.loads(line) for line in wenmai(folder, "inspect", CONTENT, "--json").splitlines()]
    assert len(posts) >= 16
    parts = {"path", "article", "headings", "entities", "figures", "times", "links", "media", "claims", "problems"}
    assert all(set(post) == parts for post in posts)
    assert {post["article"]["script"] for post in posts} >= {"Hant", "Hans"}
    assert {post["article"]["source"] for post in posts} == {path.name for path in CONTENT.iterdir() if path.is_dir()}


def test_what_is_ingested_twice_is_stored_once_and_exported_alike(folder: Path) -> None:
    assert "1 added" in wenmai(folder, "ingest", folder / "posts")
    exported = wenmai(folder, "export")
    assert "1 unchanged" in wenmai(folder, "ingest", folder / "posts")
    assert wenmai(folder, "export") == exported
    assert json.loads(exported)["article"]["title"] == "港口的起重機"


def test_a_dry_run_tells_what_would_be_stored_and_stores_nothing(folder: Path) -> None:
    (folder / "posts" / "broken.md").write_bytes(b"\0" * 100)
    told = wenmai(folder, "ingest", folder / "posts", "--dry-run", expect=1)
    assert "added: cranes.md" in told
    assert "posts: 0 unchanged; nothing was stored" in told
    assert "broken.md" in told
    assert wenmai(folder, "export") == ""


def test_export_writes_a_file_whole(folder: Path) -> None:
    wenmai(folder, "ingest", folder / "posts")
    wenmai(folder, "export", "--output", folder / "all.jsonl")
    assert (folder / "all.jsonl").read_text(encoding="utf-8") == wenmai(folder, "export")
    assert not list(folder.glob("*.part"))


def test_check_names_what_is_amiss_by_path_and_line(folder: Path) -> None:
    assert "0 failed" in wenmai(folder, "check", folder / "posts")
    (folder / "posts" / "broken.md").write_text(BROKEN, encoding="utf-8")
    shown = wenmai(folder, "check", folder / "posts", expect=1)
    assert re.search(r"^broken\.md:\d+: ", shown, re.MULTILINE)


def test_a_file_that_can_not_be_read_fails_and_the_rest_goes_in(folder: Path) -> None:
    (folder / "posts" / "nul.md").write_bytes(b"# a\n\0\n")
    shown = wenmai(folder, "ingest", folder / "posts", expect=1)
    assert "1 added" in shown
    assert "1 failed" in shown


def test_an_impossible_setting_is_one_sentence(folder: Path) -> None:
    ran = run(folder, "export", WENMAI_DATABASE_URL="oracle://nowhere")
    assert ran.code == 2
    assert ran.err.startswith("wenmai: ")
    assert ran.err.count("\n") == 1


def test_the_generated_token_is_not_written_to_a_log(folder: Path) -> None:
    environment = {**os.environ, "WENMAI_DATABASE_URL": f"sqlite:///{folder / 'test.db'}", "WENMAI_CONTENT": ""}
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = server.stderr.readline() + server.stderr.readline()
        server.terminate()
    token = (folder / ".wenmai" / "admin-token").read_text(encoding="ascii").strip()
    assert "/docs" in said
    assert str(folder / ".wenmai" / "admin-token") in said
    assert token not in said


def test_decisions_go_from_one_database_to_another(folder: Path) -> None:
    file = folder / "decisions.toml"
    file.write_text('[[decision]]\nkind = "reject"\nname = "海港"\nwhy = "一個地方"\n', encoding="utf-8")
    assert wenmai(folder, "decide", file) == "1 decisions are new.\n"
    assert wenmai(folder, "decide", file) == "0 decisions are new.\n"
    assert 'why = "一個地方"' in wenmai(folder, "export", "--decisions")
    file.write_text("[[decision]]", encoding="utf-8")
    wenmai(folder, "decide", file, expect=2)


def test_a_setting_that_cannot_be_used_is_told_by_its_name(folder: Path) -> None:
    ran = run(folder, "check", WENMAI_MAX_FILES="many")
    assert (ran.code, "WENMAI_MAX_FILES" in ran.err, "many" in ran.err) == (2, True, False)


@pytest.mark.parametrize("name", ["WENMAI_CORS_ORIGINS", "WENMAI_GITHUB_REPOSITORIES"])
def test_a_setting_that_should_be_json_and_is_none_is_told_by_its_name(folder: Path, name: str) -> None:
    ran = run(folder, "check", **{name: "https://hidden.example"})
    assert (ran.code, ran.err) == (2, f"wenmai: the settings cannot be used: {name}: must be JSON\n")


def test_content_that_is_no_folder_is_one_sentence_before_anything_is_made(folder: Path) -> None:
    ran = run(folder, "serve", WENMAI_CONTENT=str(folder / "nowhere"))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "nowhere, which is no folder" in ran.err
    assert not (folder / "test.db").exists()


def test_check_tells_an_index_that_is_not_that_of_the_articles_and_reindex_builds_it_anew(folder: Path) -> None:
    wenmai(folder, "ingest", folder / "posts")
    assert re.search(r"made of 1 articles with \d+ terms", wenmai(folder, "check"))
    with sqlite3.connect(folder / "test.db") as database:
        database.execute("DELETE FROM search_fresh")
    assert "It lacks 1 articles" in wenmai(folder, "check", expect=1)
    assert "1 articles are indexed" in wenmai(folder, "reindex")
    assert "It lacks" not in wenmai(folder, "check")
