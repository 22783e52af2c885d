"""Editors correct who is who; what they decide outranks what is extracted, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from service import editing
from service.editing import DecisionError
from service.errors import NotFoundError
from service.ingest import ingest
from service.model import Dialect, Site, Source
from service.query.answers import DecisionAnswer
from service.query.decisions import decisions
from service.query.entities import MergedError, entity
from tests.store.posts import dump

SITE = Site("harbour", Dialect.MARKDOWN)
POSTS = {
    "lin.md": "---\ntitle: 碼頭\nauthor: 林靜儀\n---\n\n碼頭裝了 12 座起重機。\n",
    "jing.md": "---\ntitle: 船期\nauthor: 靜儀姐\n---\n\n船期晚了三天。\n",
    "wang.md": "---\ntitle: 漁市\nauthor: 王大明\n---\n\n漁市的價格漲了 5%。\n",
}
LIN, JING, WANG = "lin-jingyi", "jing-yijie", "wang-daming"
DECIDED = ("entity", "entity_name", "mention")


@pytest.fixture
def posted(engine: Engine) -> Engine:
    """A database with three posts of three authors."""
    ingest(engine, SITE, [Source(path, body) for path, body in POSTS.items()])
    return engine


def state(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows for table, rows in dump(engine).items() if table in DECIDED}


def owner(engine: Engine, surface: str) -> str:
    with engine.connect() as connection:
        statement = text("SELECT DISTINCT entity_id FROM mention WHERE surface = :surface")
        return str(connection.scalars(statement, {"surface": surface}).one())


def names(engine: Engine, entity_id: str) -> set[str]:
    with engine.connect() as connection:
        statement = text("SELECT folded FROM entity_name WHERE entity_id = :entity")
        return set(connection.scalars(statement, {"entity": entity_id}))


def listed(engine: Engine) -> list[DecisionAnswer]:
    with Session(engine) as session:
        return decisions(session)


def shown(engine: Engine, entity_id: str) -> str:
    with Session(engine) as session:
        return entity(session, entity_id).name


def test_the_authors_are_three_people(posted: Engine) -> None:
    assert [owner(posted, surface) for surface in ("林靜儀", "靜儀姐", "王大明")] == [LIN, JING, WANG]
    assert listed(posted) == []


def test_an_edit_is_shown_and_its_fields_go_back_one_by_one(posted: Engine) -> None:
    before = state(posted)
    editing.edit_entity(posted, LIN, {"en": "Lin Jingyi", "name": "Lin Jingyi"})
    editing.edit_entity(posted, LIN, {"name": None})
    (decision,) = listed(posted)
    assert (decision.kind, decision.value) == ("edit", {"en": "Lin Jingyi"})
    assert (shown(posted, LIN), "lin jingyi" in names(posted, LIN)) == ("林靜儀", True)
    editing.edit_entity(posted, LIN, {"en": None})
    assert listed(posted) == []
    assert state(posted) == before


def test_editing_again_keeps_the_number_of_the_decision(posted: Engine) -> None:
    editing.edit_entity(posted, LIN, {"en": "Lin"})
    (first,) = listed(posted)
    editing.edit_entity(posted, WANG, {"en": "Wang"})
    editing.edit_entity(posted, LIN, {"hans": "林静仪"})
    assert {one.id: one.value for one in listed(posted)}[first.id] == {"en": "Lin", "hans": "林静仪"}


@pytest.mark.parametrize("kind", ["edit", "alias", "merge"])
def test_every_decision_can_be_taken_back(posted: Engine, kind: str) -> None:
    before = state(posted)
    if kind == "edit":
        editing.edit_entity(posted, JING, {"kind": "company", "en": "Jing"})
    elif kind == "alias":
        editing.add_alias(posted, WANG, "靜儀姐")
    else:
        editing.merge_entities(posted, JING, LIN)
    (decision,) = listed(posted)
    assert decision.kind == kind
    assert state(posted) != before
    editing.revoke(posted, decision.id)
    assert state(posted) == before
    assert listed(posted) == []


def test_an_answer_may_be_cached_by_a_number_that_every_decision_raises(posted: Engine) -> None:
    def version() -> int:
        with posted.connect() as connection:
            return int(connection.scalar(text("SELECT version FROM corpus")) or 0)

    first = version()
    editing.merge_entities(posted, JING, LIN)
    second = version()
    editing.revoke(posted, listed(posted)[0].id)
    assert first < second < version()


@pytest.mark.parametrize("number", [0, -1, 99, 2**40])
def test_a_decision_nobody_made_cannot_be_taken_back(posted: Engine, number: int) -> None:
    with pytest.raises(NotFoundError):
        editing.revoke(posted, number)


def test_merges_follow_one_another(posted: Engine) -> None:
    editing.merge_entities(posted, JING, LIN)
    editing.merge_entities(posted, LIN, WANG)
    assert {owner(posted, surface) for surface in ("林靜儀", "靜儀姐", "王大明")} == {WANG}
    with Session(posted) as session, pytest.raises(MergedError) as merged:
        entity(session, JING)
    assert merged.value.into == WANG
    assert [one.entity.id for one in listed(posted) if one.entity] == [WANG, WANG]


def test_taking_back_the_end_of_a_chain_leaves_its_beginning(posted: Engine) -> None:
    editing.merge_entities(posted, JING, LIN)
    before = state(posted)
    editing.merge_entities(posted, LIN, WANG)
    editing.revoke(posted, listed(posted)[0].id)
    assert state(posted) == before


def test_taking_back_the_beginning_of_a_chain_leaves_its_end(posted: Engine) -> None:
    editing.merge_entities(posted, JING, LIN)
    editing.merge_entities(posted, LIN, WANG)
    editing.revoke(posted, listed(posted)[1].id)
    assert (owner(posted, "靜儀姐"), owner(posted, "林靜儀")) == (JING, WANG)


def test_what_is_part_of_another_is_named_by_the_other(posted: Engine) -> None:
    editing.merge_entities(posted, JING, LIN)
    attempts: tuple[Callable[[], None], ...] = (
        lambda: editing.edit_entity(posted, JING, {"en": "Jing"}),
        lambda: editing.add_alias(posted, JING, "阿靜"),
        lambda: editing.merge_entities(posted, JING, WANG),
        lambda: editing.merge_entities(posted, LIN, JING),
    )
    before = dump(posted)
    for attempt in attempts:
        with pytest.raises(DecisionError, match=LIN):
            attempt()
    assert dump(posted) == before


@pytest.mark.parametrize("into", [LIN, "nobody"])
def test_a_merge_needs_two(posted: Engine, into: str) -> None:
    with pytest.raises((DecisionError, NotFoundError)):
        editing.merge_entities(posted, LIN, into)
    assert listed(posted) == []


def test_an_edit_of_an_entity_that_was_merged_later_waits_for_its_return(posted: Engine) -> None:
    editing.edit_entity(posted, JING, {"name": "Jing"})
    editing.merge_entities(posted, JING, LIN)
    assert shown(posted, LIN) != "Jing"
    editing.revoke(posted, listed(posted)[0].id)
    assert shown(posted, JING) == "Jing"


def test_a_name_given_to_one_is_taken_from_the_other(posted: Engine) -> None:
    ingest(
        posted, SITE, [Source("both.md", "---\ntitle: 港\nauthor: 林靜儀\n---\n\n靜儀姐（Jing）說，風大了 3 級。\n")]
    )
    editing.add_alias(posted, WANG, "靜儀姐")
    assert owner(posted, "靜儀姐") == WANG
    assert "静仪姐" in names(posted, WANG)
    with posted.connect() as connection:
        bearers = connection.scalars(text("SELECT entity_id FROM entity_name WHERE folded = '静仪姐'")).all()
    assert bearers == [WANG]


def test_of_two_entities_given_one_name_the_later_has_it_until_that_is_taken_back(posted: Engine) -> None:
    editing.add_alias(posted, LIN, "阿儀")
    editing.add_alias(posted, WANG, "阿仪")
    assert ("阿仪" in names(posted, LIN), "阿仪" in names(posted, WANG)) == (False, True)
    editing.revoke(posted, listed(posted)[0].id)
    assert ("阿仪" in names(posted, LIN), "阿仪" in names(posted, WANG)) == (True, False)


def test_the_same_name_again_is_no_new_decision(posted: Engine) -> None:
    editing.add_alias(posted, LIN, "阿儀")
    editing.add_alias(posted, LIN, " 阿儀 ")
    assert len(listed(posted)) == 1


def test_a_name_given_before_a_merge_goes_with_its_bearer(posted: Engine) -> None:
    editing.add_alias(posted, JING, "王大明")
    editing.merge_entities(posted, JING, LIN)
    assert owner(posted, "王大明") == LIN


@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_a_blank_name_is_refused(posted: Engine, blank: str) -> None:
    with pytest.raises(DecisionError, match="blank"):
        editing.add_alias(posted, LIN, blank)
    with pytest.raises(DecisionError, match="blank"):
        editing.edit_entity(posted, LIN, {"en": blank})
    assert listed(posted) == []


def test_decisions_outlive_the_entities_they_are_on(posted: Engine) -> None:
    editing.edit_entity(posted, JING, {"en": "Jing"})
    editing.merge_entities(posted, WANG, LIN)
    editing.add_alias(posted, JING, "阿靜")
    decided = state(posted)
    ingest(posted, SITE, [], delete=list(POSTS))
    assert state(posted) == {table: [] for table in DECIDED}
    assert [one.entity for one in listed(posted)] == [None, None, None]
    ingest(posted, SITE, [Source(path, body) for path, body in POSTS.items()])
    assert state(posted) == decided


def test_a_decision_on_an_entity_that_is_gone_can_be_taken_back(posted: Engine) -> None:
    editing.merge_entities(posted, WANG, LIN)
    ingest(posted, SITE, [], delete=list(POSTS))
    editing.revoke(posted, listed(posted)[0].id)
    ingest(posted, SITE, [Source(path, body) for path, body in POSTS.items()])
    assert owner(posted, "王大明") == WANG


def test_a_merged_entity_keeps_the_id_that_stays_when_only_the_other_is_named(posted: Engine) -> None:
    editing.merge_entities(posted, JING, LIN)
    ingest(posted, SITE, [], delete=["lin.md"])
    assert owner(posted, "靜儀姐") == LIN


def test_removing_a_source_removes_what_only_it_names(posted: Engine) -> None:
    ingest(posted, Site("station"), [Source("a.md", POSTS["wang.md"])])
    editing.remove_source(posted, "harbour")
    assert [row[0] for row in dump(posted)["entity"]] == [WANG]
    with pytest.raises(NotFoundError):
        editing.remove_source(posted, "harbour")


def test_removing_an_article_removes_what_only_it_names(posted: Engine) -> None:
    with posted.connect() as connection:
        article = str(connection.scalar(text("SELECT id FROM article WHERE path = 'wang.md'")))
    editing.remove_article(posted, article)
    assert WANG not in {row[0] for row in dump(posted)["entity"]}
    with pytest.raises(NotFoundError):
        editing.remove_article(posted, article)


def test_a_source_is_read_as_it_was_declared(posted: Engine) -> None:
    site = Site("notes", Dialect.OBSIDIAN, "https://notes.example/", {"posts": "/:slug/"}, "zh-TW", "Asia/Taipei")
    editing.declare(posted, site)
    assert editing.site_of(posted, "notes") == site
    assert editing.site_of(posted, "never") == Site("never")
