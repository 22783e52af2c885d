"""The benchmark of what a post costs on PostgreSQL, with few posts."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bench import capacity, capacity_report, partitions
from bench.growing import more
from bench.server_use import ServerUse


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take sites of two posts, and measure after two of them."""
    for name, value in (("SITE_POSTS", 2), ("MARKS", (4,)), ("_ASKED", 2)):
        monkeypatch.setattr(capacity, name, value)


def test_the_same_site_has_the_same_posts_and_others_have_others() -> None:
    one, again, other = ([post.markdown for post in more(3, site)] for site in (1, 1, 2))
    assert one == again != other


def test_sites_go_on_where_a_piece_ended(few: None) -> None:
    whole = list(islice(capacity.sites(0), 3))
    assert list(islice(capacity.sites(2), 1)) == whole[2:]
    assert len({site.name for site, _ in whole}) == 3


def test_what_each_site_took_is_kept_and_the_marks_are_measured(
    few: None, postgres_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    for posts in (2, 6):  # in two pieces
        capacity.fill(postgres_engine, posts, 60, log)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(line["posts"], "mark" in line) for line in lines] == [(2, False), (4, False), (4, True), (6, False)]
    assert not any(line.get("failed") for line in lines)
    mark = lines[2]["mark"]
    rows, kept, found = mark["tables"]["article"]
    assert (rows, kept > 0, found > 0) == (4, True, True)
    assert {len(times) for times in mark["questions"].values()} == {5}
    monkeypatch.setattr(capacity_report, "PAGE", page := tmp_path / "page.md")
    page.write_text("before\n<!-- measured -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    for _ in range(2):
        capacity_report.write(log)
    told = page.read_text(encoding="utf-8")
    assert told.startswith("before\n")
    assert told.endswith("<!-- end -->\nafter\n")
    assert told.count("### Ingestion") == told.count("### 4 posts") == 1
    assert "old" not in told.split("<!-- end -->")[0].splitlines()


def test_no_site_is_begun_when_the_time_is_up(few: None, postgres_engine: Engine, tmp_path: Path) -> None:
    capacity.fill(postgres_engine, 4, -1, tmp_path / "log")
    assert not (tmp_path / "log").exists()


def test_the_server_has_used_more_after_it_was_asked_for_more(postgres_engine: Engine) -> None:
    server = ServerUse(postgres_engine)
    with postgres_engine.connect() as connection:
        connection.exec_driver_sql("SELECT sum(sqrt(n)) FROM generate_series(1, 2000000) AS n")
    assert server.seconds() > 0
    assert server.memory() > 1


def test_both_tables_hold_the_same_rows_and_are_asked_alike(postgres_engine: Engine) -> None:
    partitions.make(postgres_engine, 3000)
    with postgres_engine.connect() as connection:
        asked = ("SELECT * FROM {} ORDER BY id", "SELECT count(*) FROM {} WHERE source = 's7'")
        for one in asked:
            first, second = (connection.exec_driver_sql(one.format(name)).all() for name in partitions._TABLES)
            assert first == second
            assert first
