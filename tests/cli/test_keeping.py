"""What is told of keeping a corpus whole, to people in sentences and to programs as objects."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.cli import commands
from tests.content.gitting import commit, repository
from tests.templates import copy_sqlite

POST = "# 新船塢\n\n船廠經理表示，三號船塢要花 4 億元。\n"
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs a command on a database of its own and returns its standard output."""
    copy_sqlite(tmp_path / "w.db")
    monkeypatch.setenv("WENMAI_DATABASE_URL", f"sqlite:///{tmp_path / 'w.db'}")
    monkeypatch.setenv("WENMAI_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("WENMAI_CONTENT", "")

    def command(*arguments: object) -> str:
        done = CliRunner().invoke(commands.app, list(map(str, arguments)))
        assert done.exit_code == 0, done.output
        return done.stdout

    return command


def told(said: str) -> dict[str, Any]:
    """Return the one object that was printed."""
    (line,) = said.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_commit_goes_in_and_only_what_changed_is_read_after_it(run: Run, tmp_path: Path) -> None:
    tree = repository(tmp_path / "docks")
    first = commit(tree, {"a.md": POST, "b.md": "# 舊船塢\n"})
    done = told(run("git", tree, "--json"))
    assert (done["source"], done["commit"], done["read"], done["counts"]["added"]) == ("docks", first, None, 2)
    second = commit(tree, {"b.md": "# 舊船塢\n\n停用。\n"})
    done = told(run("git", tree, "--json"))
    assert (done["commit"], done["read"], done["counts"]["updated"], done["errors"]) == (second, 1, 1, [])
    assert f"docks is at {second[:12]}: 0 posts that changed were read." in run("git", tree)


def test_a_backup_is_read_into_an_empty_database(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    run("ingest", tmp_path / "post.md", "--source", "docks")
    exported, file = run("export"), tmp_path / "docks.backup"
    kept = told(run("backup", file, "--json"))
    assert kept["file"] == str(file)
    copy_sqlite(tmp_path / "empty.db")
    monkeypatch.setenv("WENMAI_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    assert told(run("restore", file, "--json"))["rows"] == kept["rows"] > 0
    assert run("export") == exported


def test_indexes_and_names_are_built_anew(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    run("ingest", tmp_path / "post.md", "--source", "docks")
    assert told(run("reindex", "--json")) == {"articles": 1, "claims": 1}
    assert run("reindex") == "1 articles are indexed.\n1 claims are listed.\n"
    assert told(run("resolve", "--json")) == {"changed": 0}
