"""Folders yield their posts in order, and tell of what they could not open."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from service.content import find
from service.content.walking import DEEPEST
from service.errors import ContentError, LimitError


def _paths(root: Path) -> list[str]:
    return [item.path for item in find(root, max_files=100, max_bytes=100)]


def test_a_folder_yields_its_posts_in_order_and_its_errors(tmp_path: Path) -> None:
    for name in ("_config.yml", "README.md", "b.md", "_posts/a.md", "_site/c.md", ".git/d.md", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    (tmp_path / "c.md").write_bytes(b"\xff")
    (tmp_path / "out.md").symlink_to("/etc/hostname")
    found = list(find(tmp_path, max_files=10, max_bytes=100))
    assert [item.path for item in found] == ["_posts/a.md", "b.md", "c.md"]
    assert isinstance(found[2], ContentError)


def test_too_many_posts_are_refused(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.md").touch()
    with pytest.raises(LimitError):
        list(find(tmp_path, max_files=2, max_bytes=100))


def test_links_that_lead_in_circles_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.md").symlink_to("nothing.md")
    assert _paths(tmp_path) == ["a.md"]


def test_pipes_are_no_posts(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert _paths(tmp_path) == []


def test_folders_beyond_any_site_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["d"] * (DEEPEST + 10))
    folder.mkdir(parents=True)
    (folder / "deep.md").touch()
    (tmp_path / "a.md").touch()
    assert _paths(tmp_path) == ["a.md"]


def test_a_folder_that_cannot_be_opened_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "a.md").touch()
    listed, scanned = os.listdir, os.scandir

    def refuse(path: str) -> str:
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied", str(path))
        return path

    monkeypatch.setattr(os, "listdir", lambda path: listed(refuse(path)))
    monkeypatch.setattr(os, "scandir", lambda path: scanned(refuse(path)))
    first, second = find(tmp_path, max_files=10, max_bytes=100)
    assert isinstance(first, ContentError)
    assert (first.path, "secret" in first.detail) == ("", True)
    assert second.path == "a.md"


def test_a_file_that_cannot_be_opened_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").touch()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (found,) = find(tmp_path, max_files=10, max_bytes=100)
    assert isinstance(found, ContentError)
    assert "Permission denied" in found.detail


def test_two_files_whose_names_only_differ_in_how_accents_are_written_are_told_of(tmp_path: Path) -> None:
    for name in (unicodedata.normalize("NFC", "é.md"), unicodedata.normalize("NFD", "é.md")):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = list(find(tmp_path, max_files=10, max_bytes=100))
    if len(found) < 2:
        pytest.skip("this file system takes both names for one")
    assert {item.path for item in found} == {"é.md"}
    assert sum(isinstance(item, ContentError) for item in found) == 1
