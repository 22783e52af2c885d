"""The benchmark of what a post costs on PostgreSQL, with few posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bench import capacity, capacity_report, partitions
from bench.as_made import as_made, store
from bench.growing import more
from bench.server_use import ServerUse
from service.ingest import ingest
from service.query.columns import CLAIM
from service.query.lookup import lookup
from service.store import search_check


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take sites of two posts, and measure after two of them."""
    for name, value in (("SITE_POSTS", 2), ("MARKS", (6,)), ("_ASKED", 2)):
        monkeypatch.setattr(capacity, name, value)


def test_the_same_site_has_the_same_posts_and_others_have_others() -> None:
    one, again, other = ([post.markdown for post in more(3, site)] for site in (1, 1, 2))
    assert one == again != other


def test_sites_go_on_where_a_piece_ended_and_the_marks_are_measured(
    few: None, postgres_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    for posts in (2, 8):  # in two pieces
        capacity.fill(postgres_engine, posts, 60, log, made=True)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    came = [(line["posts"], "mined" in line, "made" in line) for line in lines]
    assert came == [(2, True, False), (4, False, True), (6, True, False), (6, False, False), (8, False, True)]
    assert [line.get("mined", line.get("made", 2)) for line in lines] == [2] * 5
    assert not any(line.get("failed") for line in lines)
    assert {name for line in lines for name in line.get("steps", ())} >= {"extraction", "pairing"}
    mark = lines[3]["mark"]
    rows, kept, found = mark["tables"]["article"]
    assert (rows, kept > 0, found > 0) == (6, True, True)
    assert {len(times) for times in mark["questions"].values()} == {5}
    monkeypatch.setattr(capacity_report, "PAGE", page := tmp_path / "page.md")
    page.write_text("before\n<!-- measured -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    for _ in range(2):
        capacity_report.write(log)
    told = page.read_text(encoding="utf-8")
    assert told.startswith("before\n")
    assert told.endswith("<!-- end -->\nafter\n")
    assert told.count("### Ingestion") == told.count("### 6 posts") == 1
    assert "old" not in told.split("<!-- end -->")[0].splitlines()


def test_a_site_stored_as_made_is_stored_whole_and_its_claims_are_found(engine: Engine) -> None:
    made = as_made(7, 40)
    assert store(engine, made).added == 40
    claims = [row for one in made.entries for row in one.entry.rows.get("claim", ())]
    with Session(engine) as session:
        assert session.execute(select(func.count()).select_from(CLAIM)).scalar_one() == len(claims) > 10
        text = session.execute(select(CLAIM.c.text).limit(1)).scalar_one()
        assert text in {one.claim.text for one in lookup(session, text, limit=5).matches}
        assert search_check.compare(session).equal
    assert ingest(engine, made.site, made.posts).unchanged == 40


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
