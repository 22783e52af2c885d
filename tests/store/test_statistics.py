"""What the planner knows of tables that were filled a moment ago."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from service.store import engine as engines
from service.store.engine import writing
from service.store.statistics import refresh

_MANY = 20_000
_FILL = (
    "INSERT INTO entity (id, kind, name, aliases) "
    "SELECT 'e' || n, 'person', repeat('名', 20), '[]' "
    "FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n"
)


def fill(session: Session, first: int, last: int) -> None:
    session.execute(text(_FILL), {"first": first, "last": last})


def estimated(session: Session) -> float:
    return float(session.execute(text("SELECT reltuples FROM pg_class WHERE relname = 'entity'")).scalar_one())


def test_a_table_is_known_within_the_transaction_that_fills_it(postgres_engine: Engine) -> None:
    with writing(postgres_engine) as session:
        fill(session, 1, _MANY)
        assert refresh(session) == ["entity"]
        assert abs(estimated(session) - _MANY) < _MANY / 10
        kinds = session.execute(
            text("SELECT most_common_vals FROM pg_stats WHERE tablename = 'entity' AND attname = 'kind'")
        )
        assert kinds.scalar_one() == "{person}"


def test_a_list_of_keys_is_found_by_the_index_in_what_was_just_written(postgres_engine: Engine) -> None:
    filled = (
        "INSERT INTO bearer (node, leader, base, own, ident) SELECT 'n' || n, 'n' || n, 'b' || n, 'o' || n, 'i' || n "
        "FROM generate_series(1, CAST(:last AS int)) AS n"
    )
    asked = text("EXPLAIN SELECT * FROM bearer WHERE ident = ANY(CAST(:idents AS text[]))")
    idents = {"idents": [f"i{number}" for number in range(0, _MANY, _MANY // 100)]}
    with writing(postgres_engine) as session:
        session.execute(text(filled), {"last": _MANY})
        before = session.execute(asked, idents).scalars().first()
        refresh(session)
        after = session.execute(asked, idents).scalars().first()
    assert str(before).startswith("Seq Scan")
    assert not str(after).startswith("Seq Scan")


def test_a_table_is_looked_at_again_once_it_has_grown_by_half(postgres_engine: Engine) -> None:
    found = []
    with writing(postgres_engine) as session:
        for part in range(6):
            fill(session, part * _MANY + 1, (part + 1) * _MANY)
            found.append(bool(refresh(session)))
    assert found == [True, True, False, True, False, False]  # at 1, 2 and 4 times as many


def test_small_tables_and_other_databases_are_left_alone(engine: Engine) -> None:
    with writing(engine) as session:
        assert refresh(session) == []


_TUNED = (
    "SELECT (SELECT count(*) FROM pg_attribute WHERE attstattarget = 1000)"
    " + (SELECT count(*) FROM pg_class WHERE 'fillfactor=80' = ANY(reloptions))"
    " + (SELECT count(*) FROM pg_trigger WHERE tgname = 'corpus_changed')"
)


@pytest.mark.parametrize("back", ["0020", "0019"])
def test_what_postgresql_is_told_of_tables_goes_and_comes_with_the_rows_in_them(
    postgres_engine: Engine, back: str
) -> None:
    config = engines._config()
    with postgres_engine.begin() as connection:
        config.attributes["connection"] = connection
        connection.execute(text(_FILL), {"first": 1, "last": 10})
        connection.execute(text("INSERT INTO corpus (id, version) VALUES (1, 3)"))
        told = connection.execute(text(_TUNED)).scalar_one()
        command.downgrade(config, back)
        connection.execute(text("UPDATE corpus SET version = 4"))
        without = connection.execute(text(_TUNED)).scalar_one()
        command.upgrade(config, "head")
        assert connection.execute(text("SELECT count(*) FROM entity")).scalar_one() == 10
        again = connection.execute(text(_TUNED)).scalar_one()
    assert (told, again) == (7, 7)
    assert without == {"0020": 1, "0019": 0}[back]
