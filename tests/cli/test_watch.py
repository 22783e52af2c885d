"""`wenmai watch`: what is saved goes in at once, what is gone goes, and what goes wrong is tried again."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import Session

from service.cli import watch
from service.errors import WenmaiError
from service.query.posts import posts
from service.store.engine import create
from tests.servers import TOKEN, serving
from tests.templates import copy_sqlite

PATIENCE = 60.0
TOP = Path(__file__).parents[2]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "tea.md").write_text("# 茶\n\n春茶三噸。\n", encoding="utf-8")
    return folder


def until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, "it never came about"
        time.sleep(0.05)


@contextmanager
def watching(folder: Path, take: Callable[[], None]) -> Iterator[None]:
    ended = threading.Event()
    thread = threading.Thread(target=watch.follow, args=(folder, take, ended))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_folder_is_taken_at_the_start_and_after_each_change(notes: Path) -> None:
    taken: list[set[str]] = []
    with watching(notes, lambda: taken.append({file.name for file in notes.iterdir()})):
        until(lambda: taken == [{"tea.md"}])
        (notes / "rice.md").write_text("新米。\n", encoding="utf-8")
        until(lambda: taken[-1] == {"tea.md", "rice.md"})
        (notes / "tea.md").unlink()
        until(lambda: taken[-1] == {"rice.md"})


def test_what_fails_is_told_and_tried_again(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tries: list[int] = []

    def take() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise WenmaiError("the service is away")

    with watching(notes, take):
        until(lambda: len(tries) == 3)
    assert capsys.readouterr().err.count("the service is away") == 2


def test_what_git_writes_for_itself_is_no_change(notes: Path) -> None:
    taken: list[int] = []
    (notes / ".git").mkdir()
    with watching(notes, lambda: taken.append(1)):
        until(lambda: taken == [1])
        (notes / ".git" / "index.lock").write_text("", encoding="utf-8")
        (notes / "rice.md").write_text("新米。\n", encoding="utf-8")
        until(lambda: len(taken) > 1)
    assert len(taken) == 2


def stored(file: Path) -> list[str]:
    engine = create(f"sqlite:///{file}")
    with Session(engine) as session:
        found = [post.path for post in posts(session)]
    engine.dispose()
    return found


@contextmanager
def command(folder: Path, notes: Path, *options: str) -> Iterator[None]:
    words = [sys.executable, "-m", "service.cli", "watch", str(notes), *options]
    given = {"PATH": "/usr/bin", "PYTHONPATH": str(TOP), "WENMAI_DATABASE_URL": f"sqlite:///{folder / 'wenmai.db'}"}
    with subprocess.Popen(words, cwd=folder, env=given) as process:
        try:
            yield
        except BaseException:
            process.kill()
            raise
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_posts_go_into_the_database_of_the_settings(tmp_path: Path, notes: Path) -> None:
    copy_sqlite(tmp_path / "wenmai.db")
    with command(tmp_path, notes):
        until(lambda: stored(tmp_path / "wenmai.db") == ["tea.md"])
        (notes / "rice.md").write_text("新米。\n", encoding="utf-8")
        (notes / "tea.md").unlink()
        until(lambda: stored(tmp_path / "wenmai.db") == ["rice.md"])
        (notes / "rice.md").unlink()
        until(lambda: stored(tmp_path / "wenmai.db") == [])


def test_posts_go_to_a_running_service(tmp_path: Path, notes: Path) -> None:
    with serving(tmp_path) as client:

        def paths() -> list[str]:
            return [article["path"] for article in client.get("/v1/articles").json()["items"]]

        with command(tmp_path, notes, "--url", str(client.base_url), "--token", TOKEN):
            until(lambda: paths() == ["tea.md"])
            (notes / "tea.md").rename(notes / "green-tea.md")
            until(lambda: paths() == ["green-tea.md"])
            (notes / "green-tea.md").unlink()
            until(lambda: paths() == [])
