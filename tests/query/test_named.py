"""Names are looked up by all of them, by how they begin, and by a part; the nearest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.columns import ENTITY_NAME
from service.query.entities import entities
from service.query.neighbours import neighbours
from service.query.prefixes import _behind, begins
from tests.query.conftest import Corpus


def found(session: Session, q: str, match: str = "contains") -> list[str]:
    return [item.id for item in entities(session, q=q, match=match).items]  # type: ignore[arg-type]


@pytest.fixture
def ports(corpus: Corpus) -> Session:
    """Entities whose names hold one another, those of most articles last in nearness."""
    corpus.entity("old-harbour-club", "老碼頭會")
    corpus.entity("harbour-worker", "碼頭工人")
    corpus.entity("harbour", "碼頭")
    corpus.entity("quay", "岸壁", hant="岸壁")
    corpus.entity_name("quay", "码头")
    corpus.mention("a1", "碼頭", "old-harbour-club")
    corpus.session.flush()
    return corpus.session


def test_the_nearest_name_comes_first(ports: Session) -> None:
    for q in ("碼頭", "码头", " 碼頭 "):
        assert found(ports, q) == ["harbour", "quay", "harbour-worker", "old-harbour-club"]


def test_a_lookup_goes_as_far_as_it_is_asked_to(ports: Session) -> None:
    assert found(ports, "碼頭", "exact") == ["harbour", "quay"]
    assert found(ports, "碼頭", "prefix") == ["harbour", "quay", "harbour-worker"]
    assert found(ports, "頭", "prefix") == []


def test_pages_keep_the_order_of_nearness(ports: Session) -> None:
    ids, cursor = list[str](), None
    for _ in range(4):
        page = entities(ports, q="碼頭", limit=1, cursor=cursor)
        ids += [item.id for item in page.items]
        cursor = page.next
    assert (ids, cursor) == (found(ports, "碼頭"), None)


@pytest.mark.parametrize("q", ["", " "])
def test_nothing_asked_is_everything(ports: Session, q: str) -> None:
    assert len(found(ports, q)) == 7


@pytest.mark.parametrize("q", ["%", "_", "，", "\U0010ffff", "\ud800"])
@pytest.mark.parametrize("match", ["exact", "prefix", "contains"])
def test_what_is_no_name_finds_nobody(ports: Session, q: str, match: str) -> None:
    assert found(ports, q, match) == [] or q == "\ud800"


def test_a_beginning_is_found_by_the_index(empty: Corpus) -> None:
    if empty.session.get_bind().dialect.name != "sqlite":
        pytest.skip("a small table is read as a whole by PostgreSQL, whatever indexes it has")
    statement = select(ENTITY_NAME.c.entity_id).where(begins(ENTITY_NAME.c.folded, "碼頭"))
    bind = empty.session.get_bind()
    sql = str(statement.compile(bind, compile_kwargs={"literal_binds": True}))
    plan = empty.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
    assert "SEARCH entity_name USING INDEX ix_entity_name_folded" in str(plan)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(st.characters(exclude_categories=["Cs"])))
def test_all_that_begins_so_stands_before_the_bound(start: str, rest: str) -> None:
    bound = _behind(start)
    assert bound is None or start + rest < bound
    assert bound is None or not bound.startswith(start)


def test_neighbours_come_with_the_posts_that_tie_them(session: Session) -> None:
    (one,) = neighbours(session, "haifeng").items
    assert (one.entity.id, [post.id for post in one.posts]) == ("lin-ruoxi", ["a1", "b2"])
    assert neighbours(session, "haifeng", kind="company").items == []


def test_the_posts_shown_are_few_and_the_newest(corpus: Corpus) -> None:
    for number in range(8):
        corpus.article(f"n{number}", "海豐與林若溪", published=f"2027-01-0{number + 1}")
        corpus.mention(f"n{number}", "海豐", "haifeng")
        corpus.mention(f"n{number}", "林若溪", "lin-ruoxi")
    corpus.session.flush()
    (one,) = neighbours(corpus.session, "haifeng").items
    assert (one.articles, [post.id for post in one.posts]) == (10, ["n7", "n6", "n5", "n4", "n3"])
