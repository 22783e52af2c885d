"""Commits are read from a repository, and nothing in it is run, fetched or followed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from service.content.commits import commit_of, read_posts, tells_of_site
from service.content.git import Repository
from service.errors import ContentError, LimitError
from service.model import Dialect, Site, Source
from tests.content.gitting import commit, git, repository

SITE = 'baseURL = "https://tea.example/"\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return repository(tmp_path / "blog")


def posts(folder: Path, ref: str = "HEAD", *, below: str = "", most: int = 100) -> dict[str, str]:
    """Return the posts of a commit by path, with their text or what is wrong with them."""
    opened = Repository(folder)
    found = commit_of(opened, opened.commit(ref), Site("blog"), folder=below, max_files=most)
    read = [*found.unnamed, *read_posts(opened, found, found.posts, max_file_bytes=1_000)]
    return {one.path: one.text if isinstance(one, Source) else one.detail for one in read}


def test_the_posts_of_a_commit_are_read_without_its_working_tree(tree: Path) -> None:
    commit(tree, {"hugo.toml": SITE, "content/春.md": "春茶。\n", "README.md": "x\n"})
    (tree / "content" / "春.md").write_text("not committed", encoding="utf-8")
    assert posts(tree) == {"content/春.md": "春茶。\n"}


def test_a_bare_repository_is_read_like_one_with_a_working_tree(tree: Path, tmp_path: Path) -> None:
    commit(tree, {"a.md": "茶。\n"})
    git(tmp_path, "clone", "-q", "--bare", "blog", "blog.git")
    assert posts(tmp_path / "blog.git") == posts(tree)


def test_a_site_may_lie_in_a_folder_and_on_a_branch(tree: Path) -> None:
    commit(tree, {"notes/a.md": "茶。\n", "b.md": "酒。\n"})
    git(tree, "checkout", "-q", "-b", "publish")
    commit(tree, {"notes/c.md": "米。\n"})
    assert set(posts(tree, "publish", below="notes")) == {"a.md", "c.md"}
    assert set(posts(tree, "main", below="notes")) == {"a.md"}
    with pytest.raises(ContentError, match="no folder"):
        posts(tree, below="other")


def test_the_site_is_told_by_its_own_files(tree: Path) -> None:
    opened = Repository(tree)
    name = commit(tree, {"hugo.toml": SITE, "content/a.md": "茶。\n"})
    site = commit_of(opened, name, Site("blog"), max_files=10).site
    assert (site.dialect, site.base_url) == (Dialect.HUGO, "https://tea.example/")


def test_what_changed_between_two_commits_is_told(tree: Path) -> None:
    opened = Repository(tree)
    first = commit(tree, {"a.md": "1", "b.md": "2", "c.md": "3"})
    second = commit(tree, {"a.md": "4", "b.md": None, "d.md": "5"})
    assert opened.changed(first, second, most=10) == {"a.md", "b.md", "d.md"}
    assert opened.changed("0" * 40, second, most=10) is None
    assert tells_of_site({"hugo.toml"})
    assert not tells_of_site({"posts/a.md"})


@pytest.mark.parametrize("ref", ["--help", "main..HEAD", "HEAD:a.md", "nothing", "", "a b", "-c", "@{-1}", "\0"])
def test_what_is_no_commit_is_refused(tree: Path, ref: str) -> None:
    commit(tree, {"a.md": "茶。\n"})
    with pytest.raises(ContentError):
        Repository(tree).commit(ref)


def test_a_folder_within_a_repository_is_none(tree: Path) -> None:
    commit(tree, {"below/a.md": "茶。\n"})
    with pytest.raises(ContentError, match="not a git repository"):
        Repository(tree / "below")


def test_links_and_submodules_are_no_files(tree: Path) -> None:
    (tree / "passwd.md").symlink_to("/etc/passwd")
    commit(tree, {"a.md": "茶。\n"})
    git(tree, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    git(tree, "commit", "-q", "-m", "module")
    assert posts(tree) == {"a.md": "茶。\n"}


def test_limits_hold(tree: Path) -> None:
    commit(tree, {"large.md": "x" * 2_000, "small.md": "茶。\n"})
    assert posts(tree)["small.md"] == "茶。\n"
    assert "1000 bytes" in posts(tree)["large.md"]
    with pytest.raises(LimitError, match="2 files"):
        posts(tree, most=1)


def test_names_that_no_folder_can_hold_are_told(tree: Path) -> None:
    commit(tree, {"a.md": "茶。\n"})
    blob = git(tree, "rev-parse", "HEAD:a.md")
    inner = made_tree(tree, f"100644 blob {blob}\t..evil.md\n100644 blob {blob}\ta\\nb.md\n")
    outer = made_tree(tree, f"040000 tree {inner}\t...\n")
    name = git(tree, "commit-tree", "-m", "odd", outer)
    git(tree, "update-ref", "refs/heads/odd", name)
    assert all(".." not in path.split("/") for path in posts(tree, "odd"))


def made_tree(folder: Path, listing: str) -> str:
    done = subprocess.run(["git", "mktree"], cwd=folder, input=listing, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_of_a_hostile_repository_is_run(tree: Path, tmp_path: Path) -> None:
    flag = tmp_path / "run"
    program = tmp_path / "evil"
    program.write_text(f"#!/bin/sh\ntouch {flag}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    commit(tree, {"a.md": "茶。\n", ".gitattributes": "*.md filter=evil diff=evil\n"})
    first = git(tree, "rev-parse", "HEAD")
    for key in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass", "core.gitProxy"),
        *("filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "diff.evil.textconv", "diff.external"),
        *("diff.evil.command", "uploadpack.packObjectsHook", "gpg.program", "credential.helper", "alias.ls-tree"),
    ):
        git(tree, "config", key, str(program))
    for hook in (tree / ".git" / "hooks").glob("*.sample"):
        hook.with_suffix("").symlink_to(program)
    (tree / "b.md").write_text("米。\n", encoding="utf-8")
    git(tree, "-c", "core.fsmonitor=false", "-c", "filter.evil.process=", "-c", "filter.evil.clean=", "add", "b.md")
    git(tree, "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "commit", "-q", "-m", "more")
    flag.unlink(missing_ok=True)
    assert posts(tree) == {"a.md": "茶。\n", "b.md": "米。\n"}
    opened = Repository(tree)
    assert opened.changed(first, opened.commit(), most=10) == {"b.md"}
    assert not flag.exists()


def test_nothing_is_fetched_for_a_repository_that_lacks_objects(tree: Path, tmp_path: Path) -> None:
    flag = tmp_path / "fetched"
    commit(tree, {"a.md": "茶。\n"})
    blob = git(tree, "rev-parse", "HEAD:a.md")
    (tree / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    git(tree, "config", "remote.origin.url", f"ext::sh -c touch% {flag}")
    git(tree, "config", "remote.origin.promisor", "true")
    git(tree, "config", "protocol.ext.allow", "always")
    git(tree, "config", "extensions.partialClone", "origin")
    with pytest.raises(ContentError):
        posts(tree)
    assert not flag.exists()


def test_without_git_there_is_a_sentence(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PATH", "/nowhere")
    with pytest.raises(ContentError, match="git cannot be run here"):
        Repository(tree)
