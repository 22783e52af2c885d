"""Positions in the write-ahead log, and how far behind one is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from service.store.positions import Trail, parsed, shown, standing


@given(st.integers(min_value=0, max_value=2**64 - 1))
def test_a_position_is_read_as_it_is_shown(position: int) -> None:
    assert parsed(shown(position)) == position


@pytest.mark.parametrize(
    "written", ["", "0", "0/", "/0", "0/0/0", "0/123456789", "x/0", "-1/0", " 0/0", "０/0", "0/0\n"]
)
def test_what_is_no_position_is_none(written: str) -> None:
    assert parsed(written) is None


def test_postgresql_reads_what_is_shown(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        for position in (0, 1, 2**32 - 1, 2**32, 2**64 - 1):
            asked = text("SELECT CAST(:position AS pg_lsn) - CAST('0/0' AS pg_lsn)")
            assert int(connection.scalar(asked, {"position": shown(position)})) == position


def test_what_is_written_moves_the_primary_on(postgres_engine: Engine) -> None:
    with postgres_engine.begin() as connection:
        before = standing(connection)
        connection.execute(text("INSERT INTO corpus (id, version) VALUES (1, 1)"))
        after = standing(connection)
    assert not before.is_replica
    assert after.position > before.position


def test_a_replica_is_behind_since_the_primary_went_past_it() -> None:
    trail = Trail()
    for now, position in ((1.0, 10), (2.0, 20), (3.0, 20), (4.0, 30)):
        trail.note(position, now)
    assert [trail.behind(position, now=9.0) for position in (30, 25, 20, 15, 0)] == [0.0, 5.0, 5.0, 7.0, 8.0]


def test_time_alone_puts_nobody_behind() -> None:
    trail = Trail()
    trail.note(10, now=1.0)
    assert trail.behind(10, now=1e6) == 0.0
    assert Trail().behind(0, now=1e6) == 0.0


def test_another_primary_is_followed_from_where_it_stands() -> None:
    trail = Trail()
    trail.note(100, now=1.0)
    trail.note(40, now=2.0)
    assert trail.behind(40, now=3.0) == 0.0
    assert trail.behind(30, now=3.0) == 1.0


def test_what_is_remembered_is_bounded() -> None:
    trail = Trail()
    for second in range(5000):
        trail.note(second + 1, now=float(second))
    assert trail.behind(0, now=5000.0) <= 601
