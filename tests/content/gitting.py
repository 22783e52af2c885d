"""Repositories as tests need them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

_NAMES = ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME")
_MAILS = ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL")


def git(folder: Path, *words: str) -> str:
    """Run git in `folder` with nobody's settings and return what it prints."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    given = {**dict.fromkeys(_NAMES, "Lin"), **dict.fromkeys(_MAILS, "lin@blog.example")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **given, **alone}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    """Return a new repository with a working tree."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    return folder


def commit(folder: Path, files: Mapping[str, str | None]) -> str:
    """Write files (None: delete) and commit all there is; return the commit."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "as it is")
    return git(folder, "rev-parse", "HEAD")
