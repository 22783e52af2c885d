"""Rows that go in many at a time are what the database would have made of each."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from service.store.bulk import insert_rows, insert_tuples, tuples, upsert_tuples, values_of
from service.store.engine import writing
from service.store.tables import TABLES

ARTICLE = TABLES["article"]
POSTING = TABLES["related_posting"]


def article(name: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(column.name for column in ARTICLE.columns)
    row |= {name: [] for name in ("authors", "tags", "categories", "aliases", "problems", "anchors")}
    told = {"id": name, "source": "quay", "path": name, "content_hash": "", "dialect": "markdown", "title": "渡輪"}
    return row | told | {"script": "Hant", "text": "", "folded": "", "draft": True, "extra": {"b": "茶", "a": [1.5]}}


def test_rows_are_those_of_a_general_insert(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(insert(TABLES["source"]), [{"name": "quay", "kind": "auto"}])
        session.execute(insert(ARTICLE), [article("one")])
        insert_rows(session, ARTICLE, [article("two")])
        columns = [column for column in ARTICLE.columns if column.name not in ("id", "path")]
        one, two = session.execute(select(*columns).order_by(ARTICLE.c.id)).all()
        assert one == two
        written = session.execute(text("SELECT CAST(extra AS TEXT), CAST(fixed AS TEXT) FROM article")).all()
        assert written[0] == written[1] == ('{"a":[1.5],"b":"茶"}', "null")


def test_of_a_column_that_may_be_empty_nothing_is_written() -> None:
    row = {column.name: None for column in TABLES["claim"].columns}
    assert values_of(TABLES["claim"], "hedges", "section")(tuples(TABLES["claim"], [row])[0]) == (None, None)
    assert values_of(TABLES["claim"], "hedges", "id")(tuples(TABLES["claim"], [row | {"hedges": []}])[0])[0] == "[]"


def posting(place: int, articles: int) -> tuple[int, int, int, bytes]:
    return place, articles, 0, b""


def test_a_row_with_the_same_key_is_replaced(engine: Engine) -> None:
    with writing(engine) as session:
        insert_tuples(session, POSTING, [posting(1, 5), posting(2, 5)])
        upsert_tuples(session, POSTING, [posting(1, 2), posting(3, 2)])
        kept = select(POSTING.c.place, POSTING.c.articles).order_by(POSTING.c.place)
        assert session.execute(kept).all() == [(1, 2), (2, 5), (3, 2)]


def test_no_rows_are_no_statement(engine: Engine) -> None:
    with writing(engine) as session:
        insert_tuples(session, POSTING, [])
        upsert_tuples(session, POSTING, [])
        assert session.execute(select(POSTING)).all() == []


def test_rows_that_a_database_refuses_are_refused_alike(engine: Engine) -> None:
    with writing(engine) as session, pytest.raises(IntegrityError), session.begin_nested():
        insert_tuples(session, POSTING, [posting(1, 5), posting(1, 5)])
