from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query.answers import GraphAnswer
from service.query.graph import Shown, graph
from service.store.tables import DecisionRow


def depths(answer: GraphAnswer) -> dict[str, int]:
    return {node.id: node.depth for node in answer.nodes}


def test_a_graph_starts_where_it_is_asked_to(session: Session) -> None:
    assert depths(graph(session, article="c3", depth=0)) == {"article:c3": 0}


def test_a_graph_grows_breadth_first(session: Session) -> None:
    assert depths(graph(session, article="c3", depth=2)) == {
        "article:c3": 0,
        "article:a1": 1,
        "article:b2": 2,
        "entity:haifeng": 2,
        "entity:lin-ruoxi": 2,
    }


def test_edges_join_the_nodes(session: Session) -> None:
    answer = graph(session, entity="haifeng", depth=1)
    assert [(edge.source, edge.target, edge.kind) for edge in answer.edges] == [
        ("article:a1", "entity:haifeng", "mention"),
        ("article:b2", "entity:haifeng", "mention"),
        ("article:b2", "article:a1", "link"),
    ]
    assert answer.edges[-1].relation == "前傳"


def test_the_limit_keeps_what_is_near(session: Session) -> None:
    answer = graph(session, article="a1", depth=3, limit=3)
    assert len(answer.nodes) == 3
    assert max(depths(answer).values()) == 1


def test_no_edge_leads_out_of_the_graph(session: Session) -> None:
    answer = graph(session, article="a1", depth=3, limit=3)
    assert {end for edge in answer.edges for end in (edge.source, edge.target)} <= depths(answer).keys()


def test_a_merged_entity_starts_where_it_is_now(session: Session) -> None:
    session.add(DecisionRow(kind="merge", entity_id="old", value={"into": "haifeng"}))
    assert depths(graph(session, entity="old", depth=0)) == {"entity:haifeng": 0}


def test_there_must_be_something_to_start_from(session: Session) -> None:
    with pytest.raises(NotFoundError):
        graph(session, article="none")
    with pytest.raises(NotFoundError):
        graph(session, entity="none")


def test_a_time_and_kinds_of_entities_can_be_asked_for(session: Session) -> None:
    later = graph(session, entity="haifeng", depth=2, shown=Shown(since="2026-02"))
    assert depths(later) == {"entity:haifeng": 0, "article:a1": 1, "entity:lin-ruoxi": 2}
    companies = graph(session, article="a1", depth=1, shown=Shown(kinds=["company"]))
    assert {node for node in depths(companies) if node.startswith("entity")} == {"entity:haifeng"}
