from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import entities
from service.query.entities import MergedError
from service.query.neighbours import neighbours
from service.store.tables import DecisionRow
from tests.query.conftest import Corpus, Statements


def found(session: Session, **filters: Any) -> list[str]:
    return [item.id for item in entities.entities(session, **filters).items]


def test_entities_of_most_articles_come_first(session: Session) -> None:
    page = entities.entities(session)
    assert [(item.id, item.articles) for item in page.items] == [("haifeng", 2), ("lin-ruoxi", 2), ("qingchuan", 0)]


def test_pages_of_entities_follow_on_each_other(session: Session) -> None:
    first = entities.entities(session, limit=2)
    rest = entities.entities(session, limit=2, cursor=first.next)
    assert [item.id for item in (*first.items, *rest.items)] == ["haifeng", "lin-ruoxi", "qingchuan"]
    assert rest.next is None


@pytest.mark.parametrize("q", ["海豐", "海丰", "港務", "haifeng", "ＨＡＩＦＥＮＧ"])
def test_a_part_of_a_name_finds_it_in_either_script(session: Session, q: str) -> None:
    assert found(session, q=q) == ["haifeng"]


def test_kind_and_source_narrow_the_list(session: Session) -> None:
    assert found(session, kind="person") == ["lin-ruoxi"]
    assert found(session, source="vault") == []
    assert found(session, source="blog") == ["haifeng", "lin-ruoxi"]


def test_an_entity_tells_how_much_there_is_of_it(session: Session) -> None:
    lin = entities.entity(session, "lin-ruoxi")
    assert lin.counts.model_dump() == {"articles": 2, "mentions": 2, "claims": 0, "said": 1}
    assert lin.names.en == "Lin Ruoxi"


def test_an_unknown_entity_is_not_found(session: Session) -> None:
    for wrong in ("nobody", "", "\x00"):
        with pytest.raises(NotFoundError):
            entities.entity(session, wrong)


def test_a_merged_entity_says_what_it_is_part_of(session: Session) -> None:
    session.add(DecisionRow(kind="merge", entity_id="older", value={"into": "old"}))
    session.add(DecisionRow(kind="merge", entity_id="old", value={"into": "haifeng"}))
    for read in (entities.entity, entities.articles_of, entities.claims_of, neighbours):
        with pytest.raises(MergedError) as caught:
            read(session, "older")
        assert caught.value.into == "haifeng"


@pytest.mark.parametrize("pairs", ["ab ba", "ab ca ac", "ab bc ca"])
def test_of_merges_that_would_close_a_circle_the_last_does_not_count(session: Session, pairs: str) -> None:
    for pair in pairs.split():
        session.add(DecisionRow(kind="merge", entity_id=pair[0], value={"into": pair[1]}))
        session.flush()
    with pytest.raises(MergedError) as merged:
        entities.entity(session, "a")
    with pytest.raises(NotFoundError):
        entities.entity(session, merged.value.into)


def test_articles_of_an_entity_come_newest_first(session: Session) -> None:
    assert [item.id for item in entities.articles_of(session, "haifeng").items] == ["a1", "b2"]


def test_claims_of_an_entity_are_those_that_name_it_and_those_it_makes(session: Session) -> None:
    assert [item.id for item in entities.claims_of(session, "haifeng").items] == ["claim2", "claim3"]
    assert [item.id for item in entities.claims_of(session, "lin-ruoxi").items] == ["claim1"]


def test_neighbours_are_weighed_by_rarity(corpus: Corpus) -> None:
    corpus.entity("everywhere", "筆記", kind="topic")
    for article, word in (("a1", "港口"), ("b2", "码头"), ("c3", "起重"), ("d4", "筆記")):
        corpus.mention(article, word, "everywhere", kind="topic")
    near = neighbours(corpus.session, "haifeng").items
    assert [(one.entity.id, one.articles, one.claims) for one in near] == [("lin-ruoxi", 2, 0), ("everywhere", 2, 0)]
    assert near[0].weight > near[1].weight > 0


def test_neighbours_that_share_claims_are_nearer(corpus: Corpus) -> None:
    corpus.mention("a1", "起重機", "qingchuan", "claim2")
    near = neighbours(corpus.session, "haifeng").items
    assert [(one.entity.id, one.claims) for one in near] == [("qingchuan", 1), ("lin-ruoxi", 0)]


def test_neighbours_are_paged(corpus: Corpus) -> None:
    corpus.mention("a1", "起重機", "qingchuan", "claim2")
    first = neighbours(corpus.session, "haifeng", limit=1)
    rest = neighbours(corpus.session, "haifeng", limit=1, cursor=first.next)
    assert [one.entity.id for one in (*first.items, *rest.items)] == ["qingchuan", "lin-ruoxi"]
    assert (first.total, rest.next) == (2, None)


def test_more_entities_take_no_more_statements(corpus: Corpus) -> None:
    with Statements(corpus.session) as few:
        entities.entities(corpus.session, limit=1)
    for number in range(30):
        corpus.entity(f"port-{number}", f"第{number}港", kind="place")
    corpus.session.flush()
    with Statements(corpus.session) as many:
        assert len(entities.entities(corpus.session, limit=50).items) == 33
    assert many.number == few.number


def test_punctuation_is_no_name(corpus: Corpus) -> None:
    corpus.entity("dotted", "Haifeng, Inc.", kind="company")
    assert found(corpus.session, q="，") == []
    assert found(corpus.session, q="feng, inc") == ["dotted"]
