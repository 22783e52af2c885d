"""Why the names of an entity are one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from service import deciding
from service.deciding import Word
from service.ingest import ingest
from service.model import Dialect, Site, Source
from service.query.answers import NameEvidence
from service.query.entities import MergedError
from service.query.evidence import evidence
from tests.databases import Copies

POSTS = {
    "talk.md": "---\ntitle: 訪問\nauthor: 周天佑\n---\n\n開場。\n\n主持人周天佑（Leo Chou）說，湯頭要熬 6 小時。\n",
    "chips.md": "---\ntitle: 晶片\n---\n\n輝達說，今年賣出 33 萬張顯示卡。\n",
}
NOTE = "---\ntitle: 周天佑\naliases: [天佑主廚, Leo Chou]\n类型: 人物\n---\n\n一位廚師。\n"
LEO = "leo-chou"


def push(engine: Engine) -> None:
    ingest(engine, Site("harbour", Dialect.MARKDOWN), [Source(path, body) for path, body in POSTS.items()])
    ingest(engine, Site("vault", Dialect.OBSIDIAN), [Source("people/周天佑.md", NOTE)])
    deciding.add_alias(engine, LEO, "湯頭佑", Word("lin", "他的外號"))


@pytest.fixture
def engine(copied: Copies) -> Engine:
    return copied(push)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


def of_kind(session: Session, kind: str, entity: str = LEO) -> list[NameEvidence]:
    return [one for one in evidence(session, entity, limit=100).items if one.kind == kind]


def test_a_gloss_tells_where_it_stands(session: Session) -> None:
    glosses = of_kind(session, "gloss")
    assert {(one.name, one.other, one.line) for one in glosses} == {
        ("周天佑", "Leo Chou", 8),
        ("Leo Chou", "周天佑", 8),
    }
    assert all("周天佑（Leo Chou" in (one.surface or "") for one in glosses)
    assert all(one.article and one.article.title == "訪問" for one in glosses)


def test_front_matter_notes_mentions_and_editors_are_told_apart(session: Session) -> None:
    (declared,) = of_kind(session, "declared")
    assert (declared.name, declared.line) == ("周天佑", 3)
    assert "天佑主廚" in {one.name for one in of_kind(session, "note")}
    assert "Leo Chou" in {one.name for one in of_kind(session, "mention")}
    (word,) = of_kind(session, "decision")
    assert (word.name, word.by, word.why) == ("湯頭佑", "lin", "他的外號")


def test_every_name_of_an_entity_has_its_evidence(session: Session) -> None:
    from service.query.entities import entity  # noqa: PLC0415

    for ident in (LEO, "nvidia"):
        one = entity(session, ident)
        shown = {one.name, one.names.hant, one.names.hans, one.names.en, *one.aliases} - {None}
        assert shown <= {item.name for item in evidence(session, ident, limit=100).items}


def test_the_lexicon_is_named_where_it_lists_a_name(session: Session) -> None:
    assert {"輝達", "英伟达", "NVIDIA"} <= {one.name for one in of_kind(session, "lexicon", "nvidia")}


def test_either_script_asks_for_a_name(session: Session) -> None:
    hant, hans = (evidence(session, "nvidia", name=name).items for name in ("英偉達", "英伟达"))
    assert hant == hans != []


def test_pages_follow_on_each_other(session: Session) -> None:
    whole = evidence(session, LEO, limit=100)
    items, cursor = list[NameEvidence](), None
    while True:
        page = evidence(session, LEO, limit=2, cursor=cursor)
        items += page.items
        cursor = page.next
        if cursor is None:
            break
    assert items == whole.items
    assert whole.total == len(items)


def test_what_was_merged_is_evidence_of_the_one_that_stays(session: Session, engine: Engine) -> None:
    deciding.merge_entities(engine, "nvidia", LEO)
    session.expire_all()
    assert "輝達" in {one.name for one in of_kind(session, "lexicon")}
    assert "nvidia" in {one.name for one in of_kind(session, "decision")}
    with pytest.raises(MergedError):
        evidence(session, "nvidia")
