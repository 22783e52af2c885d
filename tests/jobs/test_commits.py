"""A source brought from commit to commit is what its last commit is, and only what changed is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from service import editing
from service.changes import foreseen
from service.content.git import Repository
from service.ingest import ingest
from service.jobs.commits import Brought, Limits, bring, posts_at
from service.model import Site, Source
from service.query.posts import posts
from tests.content.gitting import commit, git, repository
from tests.templates import in_memory

FIRST = {"a.md": "# 茶\n\n春茶三噸。\n", "b.md": "# 米\n\n新米。\n", "c.md": "# 酒\n\n米酒。\n"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return repository(tmp_path / "blog")


def brought(engine: Engine, tree: Path) -> Brought:
    return bring(engine, Repository(tree), editing.site_of(engine, "blog"), limits=Limits(100, 10_000))


def texts(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return {post.path: post.model_dump_json() for post in posts(session)}


def test_only_what_changed_since_the_last_commit_is_read(engine: Engine, tree: Path) -> None:
    commit(tree, FIRST)
    assert brought(engine, tree).report.added == 3
    name = commit(tree, {"a.md": "# 茶\n\n秋茶。\n", "b.md": None, "d.md": "# 麥\n"})
    again = brought(engine, tree)
    assert (again.commit, again.read) == (name, 2)
    assert (again.report.added, again.report.updated, again.report.deleted) == (1, 1, 1)
    assert brought(engine, tree).read == 0


def test_what_a_commit_would_change_is_told_and_nothing_is_stored(engine: Engine, tree: Path) -> None:
    commit(tree, FIRST)
    brought(engine, tree)
    before = texts(engine)
    commit(tree, {"a.md": "# 茶\n\n秋茶。\n", "b.md": None, "d.md": "# 麥\n", "e.md": "麥" * 10_000})
    site, found = posts_at(Repository(tree), editing.site_of(engine, "blog"), limits=Limits(100, 10_000))
    told, unread = foreseen(engine, site, found, replace=True)
    assert (told.added, told.updated, told.deleted, told.unchanged) == (("d.md",), ("a.md",), ("b.md",), 1)
    assert [one.path for one in unread] == ["e.md"]
    assert texts(engine) == before


def test_step_by_step_ends_where_one_step_does(tree: Path) -> None:
    stepping, leaping = in_memory(), in_memory()
    steps: list[dict[str, str | None]] = [
        dict(FIRST),
        {"a.md": None, "posts/a.md": FIRST["a.md"]},
        {"hugo.toml": 'baseURL = "https://tea.example/"\n', "content/e.md": "# 鹽\n"},
        {"content/_index.md": "---\ntitle: 首頁\n---\n", "content/e.md": "# 鹽\n\n海鹽。\n"},
        {"hugo.toml": None, "content/_index.md": None},
    ]
    for step in steps:
        commit(tree, step)
        brought(stepping, tree)
    brought(leaping, tree)
    assert texts(stepping) == texts(leaping) != {}
    stepping.dispose()
    leaping.dispose()


def test_a_commit_thrown_away_by_a_forced_push_is_no_obstacle(engine: Engine, tree: Path) -> None:
    first = commit(tree, FIRST)
    commit(tree, {"a.md": "x"})
    brought(engine, tree)
    git(tree, "reset", "-q", "--hard", first)
    git(tree, "reflog", "expire", "--expire=now", "--all")
    git(tree, "gc", "-q", "--prune=now")
    again = brought(engine, tree)
    assert (again.read, again.report.updated) == (None, 1)


def test_all_is_read_again_when_the_site_is_read_otherwise(engine: Engine, tree: Path) -> None:
    commit(tree, FIRST)
    brought(engine, tree)
    editing.redeclare(engine, Site("blog", language="zh-TW"))
    assert brought(engine, tree).read is None


def test_a_post_that_somebody_deleted_comes_back(engine: Engine, tree: Path) -> None:
    commit(tree, FIRST)
    brought(engine, tree)
    ingest(engine, editing.site_of(engine, "blog"), [], delete=["a.md"])
    again = brought(engine, tree)
    assert (again.read, again.report.added) == (1, 1)


def test_a_post_that_cannot_be_read_is_told_and_tried_again(engine: Engine, tree: Path) -> None:
    commit(tree, {**FIRST, "d.md": "x" * 20_000})
    assert brought(engine, tree).report.failed == 1
    assert brought(engine, tree).report.failed == 1
    commit(tree, {"d.md": "# 麥\n"})
    assert brought(engine, tree).report.added == 1


def test_posts_of_another_source_stay(engine: Engine, tree: Path) -> None:
    ingest(engine, Site("notes"), [Source("a.md", "札記。\n")])
    commit(tree, FIRST)
    brought(engine, tree)
    commit(tree, {"a.md": None})
    brought(engine, tree)
    assert sorted(texts(engine)) == ["a.md", "b.md", "c.md"]
