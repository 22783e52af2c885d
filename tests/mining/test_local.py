"""A large batch is mined in other processes: the same facts in the same order, whatever goes wrong there."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from unittest.mock import Mock

import pytest
from sqlalchemy import Engine

from service import ingest as ingestion
from service import mining
from service.errors import ContentError
from service.extraction import extract
from service.ingest import ingest
from service.mining import mine
from service.model import Site, Source
from service.reading import read
from service.store.entries import entry
from tests import processes  # noqa: F401 - what processes are forked from has all of the service
from tests.store.posts import dump

SITE = Site("harbour")


def posts(number: int) -> list[Source]:
    return [Source(f"posts/{n}.md", f"# 第 {n} 座起重機\n\n港務公司買了 {n} 座起重機。\n") for n in range(number)]


def of_all(_: Source) -> str:
    return "hash"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are large from three posts on, and the processes that mine them begin with all that is imported."""
    monkeypatch.setattr(mining, "FEW", 3)
    monkeypatch.setattr(mining, "_AT_ONCE", 2)


def test_a_small_batch_is_left_to_the_caller() -> None:
    items = posts(3)
    assert list(mine(SITE, items, of_all, workers=2)) == [(item, None) for item in items]


def test_a_large_batch_comes_back_in_order_with_what_is_stored_of_it(few: None) -> None:
    items: list[Source | ContentError] = [*posts(9), ContentError("amiss", path="x.md")]
    found = list(mine(SITE, iter([*items]), lambda post: "" if post.path == "posts/4.md" else "hash", workers=2))
    assert [item for item, _ in found] == items
    assert [n for n, (_, mined) in enumerate(found) if mined is None] == [4, 9]
    for item, mined in found:
        if mined and isinstance(item, Source):
            document = read(item, SITE)
            assert mined.entry == entry(SITE, document, extract(document, SITE.names), "hash")
            assert mined.problems == document.problems


def test_what_cannot_be_read_is_left_to_the_caller(few: None) -> None:
    items = [*posts(4), Source("bad.md", "---\n" + "a: &x [*x]\n" * 2 + "---\n")]
    found = dict(mine(SITE, items, of_all, workers=1))
    assert all(found[post] for post in items[:4])


def test_without_processes_everything_is_left_to_the_caller(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    items = posts(7)
    assert list(mine(SITE, items, of_all, workers=2)) == [(item, None) for item in items]


def test_a_daemon_of_multiprocessing_mines_by_itself_for_it_may_start_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.mining.local.current_process", lambda: Mock(daemon=True))
    assert mining.processes() == 0


def test_what_was_mined_in_other_processes_is_stored_alike(
    engine: Engine, sqlite_engine: Engine, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine is sqlite_engine:
        pytest.skip("the other database is this one")
    ingest(engine, SITE, posts(8))
    monkeypatch.setattr(ingestion, "mine", lambda _, items, __, engine: ((item, None) for item in items))
    ingest(sqlite_engine, SITE, posts(8))
    assert dump(engine) == dump(sqlite_engine)
