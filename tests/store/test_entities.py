"""Decisions on who is who become rows, and only what changed is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, event, insert, text

from service.model import Entity, EntityKind, Extraction, Site
from service.store.engine import writing
from service.store.entities import resolve_corpus
from service.store.names.written import entity_row
from service.store.tables import TABLES
from service.store.writer import article_id, delete_article
from tests.store.posts import NOTHING, SITE, crane_post, dump, plain_post, stored

OTHER = Site("station")
DECIDED = ("entity", "entity_name", "mention")


def resolved(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Resolve the corpus and return what is decided."""
    with writing(engine) as session:
        resolve_corpus(session)
    return {table: rows for table, rows in dump(engine).items() if table in DECIDED}


def decide(engine: Engine, kind: str, entity: str, **value: str) -> None:
    with writing(engine) as session:
        session.connection().execute(insert(TABLES["decision"]), [{"kind": kind, "entity_id": entity, "value": value}])


def owner(engine: Engine, name: str) -> str:
    with engine.connect() as connection:
        query = "SELECT DISTINCT entity_id FROM mention WHERE name = :name"
        return str(connection.scalars(text(query), {"name": name}).one())


def names(engine: Engine, entity: str) -> set[str]:
    with engine.connect() as connection:
        query = "SELECT folded FROM entity_name WHERE entity_id = :entity"
        return set(connection.scalars(text(query), {"entity": entity}))


def test_a_gloss_of_one_article_names_the_person_of_another(engine: Engine) -> None:
    document, extraction = crane_post()
    stored(engine, SITE, document, extraction)
    english = replace(extraction.mentions[0], surface="Lin Jingyi", name="Lin Jingyi")
    stored(engine, OTHER, plain_post("Lin Jingyi"), replace(NOTHING, mentions=(english,)))
    resolved(engine)
    assert owner(engine, "Lin Jingyi") == owner(engine, "林靜儀")


def test_an_entity_is_found_by_every_name_seen(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    resolved(engine)
    assert {"林静仪", "lin jingyi"} <= names(engine, owner(engine, "林靜儀"))


def test_resolving_twice_writes_nothing(sqlite_engine: Engine) -> None:
    stored(sqlite_engine, SITE, *crane_post())
    before = resolved(sqlite_engine)
    statements: list[str] = []
    event.listen(sqlite_engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    assert resolved(sqlite_engine) == before
    assert not [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_an_entity_goes_with_its_last_mention(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    assert resolved(engine)["entity"]
    with writing(engine) as session:
        delete_article(session, article_id("harbour", "posts/cranes.md"))
    assert resolved(engine) == {table: [] for table in DECIDED}


def test_an_editors_edit_outlives_a_new_resolution(engine: Engine) -> None:
    stored(engine, SITE, *crane_post())
    resolved(engine)
    entity = owner(engine, "高雄港")
    decide(engine, "edit", entity, en="Port of Kaohsiung")
    after = resolved(engine)
    assert "Port of Kaohsiung" in next(row for row in after["entity"] if row[0] == entity)
    assert "port of kaohsiung" in names(engine, entity)


def test_a_merge_moves_every_mention_and_can_be_taken_back(engine: Engine) -> None:
    document, extraction = crane_post()
    twin = replace(extraction.mentions[1], name="打狗港", surface="高雄港", kind=EntityKind.PLACE)
    stored(engine, SITE, document, replace(extraction, mentions=(*extraction.mentions, twin)))
    before = resolved(engine)
    gone, stays = owner(engine, "打狗港"), owner(engine, "高雄港")
    assert gone != stays
    decide(engine, "merge", gone, into=stays)
    assert gone not in {row[0] for row in resolved(engine)["entity"]}
    assert owner(engine, "打狗港") == stays
    with writing(engine) as session:
        session.connection().execute(text("DELETE FROM decision"))
    assert resolved(engine) == before


def test_the_columns_of_an_entity_are_those_of_its_table() -> None:
    assert list(entity_row(Entity("a", EntityKind.PLACE, "甲"))) == [column.name for column in TABLES["entity"].c]


@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_saving_makes_no_difference(engine: Engine, backwards: bool) -> None:
    document, extraction = crane_post()
    english: Extraction = replace(NOTHING, mentions=(replace(extraction.mentions[0], name="Lin Jingyi"),))
    posts = [(document, extraction), (plain_post("Lin Jingyi"), english)]
    for post in reversed(posts) if backwards else posts:
        stored(engine, SITE, *post)
        resolved(engine)
    stepwise = resolved(engine)
    with writing(engine) as session:
        session.connection().execute(text("DELETE FROM entity"))
        session.connection().execute(text("UPDATE mention SET entity_id = NULL"))
    assert resolved(engine) == stepwise
