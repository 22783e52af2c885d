"""`make bench` runs every part, whatever becomes of another, and corpora grow piece by piece."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from bench import __main__ as program
from bench import growth
from service.query.columns import ARTICLE, MENTION
from service.store import engine as engines


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = engines.create(f"sqlite:///{tmp_path / 'growth.db'}")
    engines.migrate(made)
    yield made
    made.dispose()


def test_a_part_that_fails_is_told_and_the_others_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def ran(command: list[str], **_: object) -> SimpleNamespace:
        asked.append(command)
        return SimpleNamespace(returncode=1 if "names" in command else 0)

    monkeypatch.setattr(subprocess, "run", ran)
    assert program.run(["names", "search"], quick=True, write=False) == ["names"]
    assert [command[-2:] for command in asked] == [["names", "--quick"], ["search", "--quick"]]


def test_what_goes_wrong_within_a_part_ends_it_with_a_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_module: object, _quick: bool) -> str:
        raise RuntimeError("the harbour is closed")

    monkeypatch.setattr(program, "PARTS", {"folding": program.Part("bench.folding", fails)})
    assert program._alone("folding", quick=True, write=False) == 1
    assert "the harbour is closed" in capsys.readouterr().err


@pytest.mark.parametrize("name", program.PARTS)
def test_every_part_has_a_title_to_be_kept_under(name: str) -> None:
    module = import_module(program.PARTS[name].module)
    assert module.TITLE


def test_pieces_of_a_corpus_follow_one_another_with_new_posts(engine: Engine) -> None:
    first = growth.measure(engine, [0], 2)
    second = growth.measure(engine, [2, 3], 1)
    assert [piece.before for piece in (*first, *second)] == [0, 2, 3]
    assert all(piece.whole > 0 and piece.steps["extraction"] > 0 for piece in second)
    assert "| **everything** |" in growth.told([*first, *second], 1)


def test_posts_between_pieces_are_stored_and_resolved(engine: Engine) -> None:
    assert [piece.before for piece in growth.measure(engine, [1, 30], 2)] == [0, 30]
    with Session(engine) as session:
        assert session.execute(select(func.count()).select_from(ARTICLE)).scalar_one() == 32
        unresolved = select(func.count()).select_from(MENTION).where(MENTION.c.entity_id.is_(None))
        assert session.execute(unresolved).scalar_one() == 0


def test_pieces_of_real_posts_stand_on_posts_that_were_mined(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.md").write_text(f"# 渡輪\n\n第 {number} 艘渡輪載了 {number + 30} 人。\n", "utf-8")
    assert [piece.before for piece in growth.measure(engine, [0, 16], 2, folder)] == [0, 16]
    with Session(engine) as session:
        assert session.execute(select(func.count()).select_from(ARTICLE)).scalar_one() == 18
