"""Entity notes of a vault say what the names of their subjects are."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import Engine, text

from service.editing import remove_source
from service.ingest import ingest
from service.model import Dialect, EntityKind, Site, Source
from service.store.notes import EntityNote, shared_names
from tests.store.posts import dump

VAULT, BLOG = Site("vault", Dialect.OBSIDIAN), Site("blog", Dialect.HUGO)
NOTE = "---\n类型: 人物\n标题: 陆晓晨\n别名: [Xiaochen Lu, 陆工, 小陆]\n---\n\n桥梁工程师。\n"
SHOP = "---\n類型: 公司\n標題: 霧峰機械\naliases: [Wufeng Machinery, Wufeng, 霧機]\n---\n\n做吊臂。\n"
BY_CHINESE = "---\ntitle: 橋\nauthor: 陸曉晨\n---\n\n橋長 300 公尺。\n"
BY_LATIN = "---\ntitle: Bridge\nauthor: Xiaochen Lu\n---\n\n橋寬 20 公尺。\n"
BY_NICKNAME = "---\ntitle: 另一座橋\nauthor: 小陸\n---\n\n橋高 9 公尺。\n"


def person(title: str, *names: str, article: str = "a") -> EntityNote:
    return EntityNote(article, EntityKind.PERSON, title, names)


def owners(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT DISTINCT surface, entity_id FROM mention WHERE role = 'author'"))
        return {str(surface): str(entity) for surface, entity in found}


def bearers(engine: Engine, folded: str) -> list[str]:
    with engine.connect() as connection:
        statement = text("SELECT entity_id FROM entity_name WHERE folded = :name ORDER BY entity_id")
        return list(connection.scalars(statement, {"name": folded}))


def posts(**texts: str) -> list[Source]:
    return [Source(f"{name}.md", body) for name, body in texts.items()]


def test_names_of_a_note_are_names_of_one_person(engine: Engine) -> None:
    ingest(engine, BLOG, posts(one=BY_CHINESE, two=BY_LATIN))
    assert len(set(owners(engine).values())) == 2
    ingest(engine, VAULT, posts(lu=NOTE))
    assert len(set(owners(engine).values())) == 1
    ingest(engine, VAULT, [], delete=["lu.md"])
    assert len(set(owners(engine).values())) == 2


def test_a_nickname_finds_its_bearer_but_ties_nobody(engine: Engine) -> None:
    ingest(engine, VAULT, posts(lu=NOTE))
    ingest(engine, BLOG, posts(one=BY_CHINESE, three=BY_NICKNAME))
    assert len(set(owners(engine).values())) == 2
    assert owners(engine)["陸曉晨"] in bearers(engine, "小陆")


def test_the_subject_of_a_note_is_known_though_no_post_names_it(engine: Engine) -> None:
    ingest(engine, VAULT, posts(shop=SHOP))
    (entity,) = bearers(engine, "雾峰机械")
    assert bearers(engine, "wufeng") == bearers(engine, "雾机") == [entity]
    ingest(engine, VAULT, [], delete=["shop.md"])
    assert dump(engine)["entity"] == []


def test_a_subject_that_the_lexicon_lists_is_that_one(engine: Engine) -> None:
    ingest(engine, VAULT, posts(tsmc="---\n类型: 公司\n标题: 台积电\n别名: [护国神山]\n---\n\n晶圆代工。\n"))
    assert bearers(engine, "护国神山") == bearers(engine, "台积电") == ["tsmc"]


def test_where_such_a_key_names_a_layout_it_says_nothing(engine: Engine) -> None:
    ingest(engine, BLOG, posts(about="---\ntype: company\ntitle: 霧峰機械\naliases: [/us/]\n---\n\n歡迎。\n"))
    assert bearers(engine, "雾峰机械") == []


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_notes_and_posts_makes_no_difference(sqlite_engine: Engine, seed: int) -> None:
    batch = [(VAULT, posts(lu=NOTE)), (VAULT, posts(shop=SHOP)), (BLOG, posts(one=BY_CHINESE, two=BY_LATIN))]
    for site, sources in batch:
        ingest(sqlite_engine, site, sources)
    first = dump(sqlite_engine, "corpus")
    for site in (VAULT, BLOG):
        remove_source(sqlite_engine, site.name)
    random.Random(seed).shuffle(batch)
    for site, sources in batch:
        ingest(sqlite_engine, site, sources)
    assert dump(sqlite_engine, "corpus") == first


def test_one_pair_joins_the_scripts_however_many_names_there_are() -> None:
    note = person("陆晓晨", "Xiaochen Lu", "Lu Xiaochen", "陆晓晨工程师")
    pairs = [(gloss.name, gloss.gloss) for gloss in note.glosses(frozenset())]
    assert pairs == [("陆晓晨", "Xiaochen Lu"), ("Xiaochen Lu", "Lu Xiaochen"), ("陆晓晨", "陆晓晨工程师")]


def test_a_name_that_two_notes_give_ties_neither() -> None:
    notes = [person("陆晓晨", "Xiao Chen"), person("萧晨光", "Xiao Chen", article="b")]
    shared = shared_names(notes)
    assert shared == {"xiao chen"}
    assert [list(note.glosses(shared)) for note in notes] == [[], []]


def test_two_notes_on_one_subject_share_its_names() -> None:
    assert shared_names([person("陆晓晨", "Xiaochen Lu"), person("陸曉晨", "Xiaochen Lu", article="b")]) == frozenset()
