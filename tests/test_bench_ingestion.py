"""The benchmark of ingestion ingests what it is given, and tells of every step."""

from __future__ import annotations

from pathlib import Path

from bench.ingestion import _write, run, texts


def test_grown_posts_are_as_many_as_asked_for_and_always_the_same() -> None:
    posts = list(texts(None, 3))
    assert len({*posts}) == 3
    assert posts == list(texts(None, 3))


def test_posts_of_a_folder_are_taken_in_an_order_that_is_always_the_same(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n渡輪 {name}。\n", "utf-8")
    assert list(texts(tmp_path, 2)) == list(texts(tmp_path, 2))
    assert len(list(texts(tmp_path, 9))) == 3


def test_every_step_of_an_ingestion_takes_its_time(tmp_path: Path) -> None:
    posts = _write(["# 渡輪\n\n港務公司買了 12 艘渡輪。\n", "# 碼頭\n\n碼頭停了。\n"], tmp_path / "posts")
    first = run(posts, tmp_path / "x.db")
    assert (first.report.added, first.report.failed) == (2, 0)
    assert all(seconds > 0 for seconds in first.steps.values())
    assert first.spent >= sum(first.steps.values())
    again = run(posts, tmp_path / "x.db")
    assert again.report.unchanged == 2
    assert again.steps["extraction"] == 0
