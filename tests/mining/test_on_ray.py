"""Two Ray nodes, each started as on a machine of its own, mine what this process would, whatever becomes of one."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from service import mining
from service.errors import SettingsError
from service.ingest import Progress, Report, ingest
from service.mining import mine, on_ray
from service.mining.on_node import code
from service.mining.on_ray import Cluster
from service.mining.task import Task, mine_each
from service.model import Site, SiteName, Source
from tests.cli.running import run
from tests.mining.clusters import Started, cluster
from tests.mining.written import posts, write
from tests.store.posts import dump
from tests.templates import copy_sqlite, in_memory

pytest.importorskip("ray", reason="Ray has no wheels for this Python or machine", exc_type=ImportError)

SITE = Site("ferries", names=(SiteName("company", ("翠峰航運", "翠峰")),))
MANY = 120


@pytest.fixture(scope="module")
def nodes() -> Iterator[Started]:
    """Two nodes, and what this process needs to speak with them."""
    before = signal.getsignal(signal.SIGTERM)  # Ray sets its own
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "*")
        with cluster() as started:
            yield started
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many posts are a large batch, of which others mine all, eight at a time."""
    monkeypatch.setattr(mining, "FEW", 20)
    monkeypatch.setattr(mining, "_AT_ONCE", 8)
    monkeypatch.setattr(mining, "processes", lambda: 0)


@pytest.fixture(scope="module")
def engine(nodes: Started) -> Iterator[Cluster]:
    """One connection: for each, the nodes start processes of its own."""
    with closing(Cluster(nodes.address)) as connected:
        yield connected


@pytest.fixture
def database() -> Iterator[Engine]:
    made = in_memory()
    yield made
    made.dispose()


def here(database: Engine) -> tuple[Report, dict[str, list[tuple[object, ...]]]]:
    """Return what ingesting the posts in this process alone comes to."""
    return ingest(database, SITE, posts(MANY)), dump(database)


def of_all(_: Source) -> str:
    return "hash"


def test_a_folder_ingested_on_two_nodes_is_exported_byte_for_byte_as_one_ingested_here(
    nodes: Started, tmp_path: Path
) -> None:
    folder = write(MANY, tmp_path / "ferries")
    ran = []
    for name, options in (("here", []), ("there", ["--engine", "ray", "--address", nodes.address])):
        (tmp_path / name).mkdir()
        copy_sqlite(tmp_path / name / "test.db")
        told = run(tmp_path / name, "ingest", folder, *options)
        ran.append((told, run(tmp_path / name, "export").out))
    assert ran[0] == ran[1]
    told, exported = ran[0]
    assert told.code == 1
    assert "broken.md" in told.out
    assert "post-003.md:3: the key title" in told.out
    assert exported.count("\n") == MANY


def test_what_is_stored_is_not_mined_again(engine: Cluster, database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ingest(database, SITE, posts(MANY), miners=engine)
    monkeypatch.setattr(Cluster, "submit", None)
    second = ingest(database, SITE, posts(MANY), miners=engine)
    assert (second.unchanged, second.failed) == (first.added, first.failed)
    assert second.errors == first.errors


def test_no_more_is_under_way_than_can_be_written_soon(engine: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, most = 0, 0
    submit = engine.submit

    def counted(site: Site, tasks: Any) -> Callable[[], Any]:
        nonlocal under_way, most
        result = submit(site, tasks)
        under_way += 1
        most = max(most, under_way)

        def ended() -> Any:
            nonlocal under_way
            under_way -= 1
            return result()

        return ended

    monkeypatch.setattr(engine, "submit", counted)
    assert len(list(mine(SITE, posts(MANY), of_all, engine=engine))) == MANY
    assert under_way == 0
    assert most <= engine.ahead + 1 < MANY / 8


def test_a_post_that_ends_the_process_is_left_to_the_caller(
    engine: Cluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engine, "_mine", engine._mine.options(max_retries=0))
    good = [Task(post, "hash") for post in posts(3)]
    bad, rest = engine.submit(SITE, [*good, Task(_Deadly("a.md", ""), "hash")]), engine.submit(SITE, good)
    assert bad() == [None] * 4
    assert "4 posts are mined here" in caplog.text
    assert rest() == mine_each(SITE, good)


class _Deadly(Source):
    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (7,)


def test_a_node_with_other_code_is_refused_and_nothing_is_stored(
    engine: Cluster, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(database)
    monkeypatch.setattr(engine, "_asked", tuple(code()._replace(extractor="newer")))
    said = r"the Ray node [0-9.]+ runs another wenmai .*extractor \w+ instead of extractor newer"
    with pytest.raises(SettingsError, match=said):
        ingest(database, SITE, posts(MANY), miners=engine)
    assert dump(database) == before


def test_a_node_without_the_package_can_say_so() -> None:
    from ray import cloudpickle  # noqa: PLC0415

    asked = "import pickle, sys; sys.modules['service'] = None; print(pickle.load(sys.stdin.buffer)([], b'', ()))"
    sent: bytes = cloudpickle.dumps(on_ray._by_value())  # type: ignore[no-untyped-call]
    ran = subprocess.run([sys.executable, "-c", asked], input=sent, capture_output=True, check=True)
    assert b"cannot run wenmai" in ran.stdout
    assert pickle.loads(sent)


def test_a_node_killed_midway_costs_no_post_and_doubles_none(nodes: Started, engine: Cluster, database: Engine) -> None:
    told: list[str] = []

    def progress(done: Progress) -> None:
        told.append(done.path)
        if len(told) == MANY // 4:
            nodes.nodes[1].kill()

    local = in_memory()
    report = ingest(database, SITE, posts(MANY), progress=progress, miners=engine)
    assert (report, dump(database)) == here(local)
    assert told == [post.path for post in posts(MANY)]
    local.dispose()
