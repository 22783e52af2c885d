"""A statement that is compiled once answers as one that is built each time, on either database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, literal_column, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.store.prepared import Prepared
from service.store.tables import TABLES

CLAIM = TABLES["claim"]
POSTS = [Source(f"{n}.md", f"# 港口\n\n第 {n} 座起重機明年啟用，吞吐 {n} 萬噸。\n") for n in range(1, 5)]
BY_ID = Prepared(
    lambda among: (
        select(CLAIM.c.id, CLAIM.c.text)
        .where(among(CLAIM.c.id, "claims"), CLAIM.c.kind != "opinion")
        .order_by(CLAIM.c.id)
    )
)
BY_NUMBER = Prepared(lambda among: select(CLAIM.c.id).where(among(CLAIM.c.number, "numbers")).order_by(CLAIM.c.id))


def test_rows_are_those_of_the_list_that_is_given(engine: Engine) -> None:
    ingest(engine, Site("quay"), POSTS)
    with Session(engine) as session:
        rows = session.execute(select(CLAIM.c.id, CLAIM.c.text, CLAIM.c.number).order_by(CLAIM.c.id)).all()
        assert len(rows) >= len(POSTS)
        wanted = [row.id for row in rows[:2]]
        assert [(row.id, row.text) for row in BY_ID.rows(session, claims=wanted)] == [
            (row.id, row.text) for row in rows[:2]
        ]
        found = BY_NUMBER.rows(session, numbers={row.number for row in rows[1:]})
        assert [row.id for row in found] == [row.id for row in rows[1:]]


def test_an_empty_list_and_one_that_holds_a_quote_find_nothing(engine: Engine) -> None:
    ingest(engine, Site("quay"), POSTS[:1])
    with Session(engine) as session:
        assert not BY_ID.rows(session, claims=[])
        assert not BY_ID.rows(session, claims=["' OR 1=1 --", '"', "\\"])


def test_what_the_database_refuses_is_told_as_of_any_statement(engine: Engine) -> None:
    lost = Prepared(lambda _: select(literal_column("1").label("one")).select_from(text("nowhere")))
    with Session(engine) as session, pytest.raises(DBAPIError, match="nowhere"):
        lost.rows(session)
