"""What lies around an article or entity: mentions and links, breadth first.

Articles of a time and entities of some kinds alone may be asked for; where the walk starts always belongs to it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import rows
from service.query.answers import GraphAnswer, GraphEdge, GraphNode
from service.query.columns import ARTICLE, ENTITY, LINK, MENTION
from service.query.filters import published_between
from service.query.links import leading_from, leading_to
from service.query.matching import clean
from service.query.merges import current_id

_DEEPEST = 3
MOST: Final = 2000  # nodes

Node = tuple[str, str]  # (article | entity, id)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a graph is made of: articles published in a time, as far as dates are given, and kinds of entities."""

    since: str | None = None
    until: str | None = None
    kinds: Collection[str] = ()

    def articles(self, column: ColumnElement[str]) -> list[ColumnElement[bool]]:
        """Return the condition that a column holds such an article; none where all will do."""
        published = published_between(self.since, self.until)
        return [column.in_(select(ARTICLE.c.id).where(*published))] if published else []

    def entities(self, column: ColumnElement[str]) -> list[ColumnElement[bool]]:
        """Return the condition that a column holds such an entity."""
        return [column.in_(select(ENTITY.c.id).where(ENTITY.c.kind.in_(sorted(self.kinds))))] if self.kinds else []


_ALL = Shown()


def graph(
    session: Session,
    *,
    entity: str | None = None,
    article: str | None = None,
    depth: int = 1,
    limit: int = MOST,
    shown: Shown = _ALL,
) -> GraphAnswer:
    """Return the nodes within `depth` steps of an entity or article, nearest first, and the edges between them.

    Where a step reaches more nodes than `limit` leaves room for, those with the most edges to what is there come
    first.

    Raises:
        NotFoundError: there is nothing to start from.
    """
    start: Node = ("entity", current_id(session, entity)) if entity is not None else ("article", clean(article or ""))
    depths: dict[Node, int] = {start: 0}
    layer = {start}
    for step in range(1, min(depth, _DEEPEST) + 1):
        reached = _reached(session, layer, depths, shown)
        layer = {node for node, _ in reached[: max(min(limit, MOST) - len(depths), 0)]}
        depths.update(dict.fromkeys(layer, step))
    nodes = _nodes(session, depths)
    if not nodes:
        raise NotFoundError(f"there is no {start[0]} {start[1]}")
    return GraphAnswer(nodes=nodes, edges=_edges(session, depths.keys()))


def _reached(
    session: Session, layer: Collection[Node], known: Collection[Node], shown: Shown
) -> list[tuple[Node, int]]:
    """Return the nodes one step from `layer` that are not known yet, those with most edges first."""
    counts: dict[Node, int] = {}
    for node, count in _around(session, layer, shown):
        if node not in known:
            counts[node] = counts.get(node, 0) + count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _around(session: Session, layer: Collection[Node], shown: Shown) -> list[tuple[Node, int]]:
    articles, entities = _ids(layer, "article"), _ids(layer, "entity")
    count = func.count().label("number")
    named = select(MENTION.c.entity_id, count).where(
        MENTION.c.article_id.in_(articles), MENTION.c.entity_id.is_not(None), *shown.entities(MENTION.c.entity_id)
    )
    found = [(("entity", row[0]), row[1]) for row in session.execute(named.group_by(MENTION.c.entity_id))]
    here = (MENTION.c.entity_id.in_(entities), *shown.articles(MENTION.c.article_id))
    naming = select(MENTION.c.article_id, count).where(*here)
    found += [(("article", row[0]), row[1]) for row in session.execute(naming.group_by(MENTION.c.article_id))]
    out, back = leading_from(articles), leading_to(articles)
    for other in (out.c.to_id, back.c.article_id):
        linked = select(other, count).where(*shown.articles(other)).group_by(other)
        found += [(("article", row[0]), row[1]) for row in session.execute(linked)]
    return found


def _ids(nodes: Collection[Node], kind: str) -> list[str]:
    return sorted(one for of, one in nodes if of == kind)


def _nodes(session: Session, depths: dict[Node, int]) -> list[GraphNode]:
    articles = rows.refs_by_id(session, _ids(depths, "article"))
    entities = rows.entities_by_id(session, _ids(depths, "entity"))
    made = []
    for (kind, one), depth in sorted(depths.items(), key=lambda item: (item[1], item[0])):
        if kind == "article" and one in articles:
            made.append(GraphNode(id=f"article:{one}", kind="article", depth=depth, article=articles[one]))
        elif kind == "entity" and one in entities:
            made.append(GraphNode(id=f"entity:{one}", kind="entity", depth=depth, entity=entities[one]))
    return made


def _edges(session: Session, nodes: Collection[Node]) -> list[GraphEdge]:
    articles, entities = _ids(nodes, "article"), _ids(nodes, "entity")
    return [*_mentions(session, articles, entities), *_links(session, articles)]


def _mentions(session: Session, articles: Collection[str], entities: Collection[str]) -> list[GraphEdge]:
    pair = (MENTION.c.article_id, MENTION.c.entity_id)
    statement = select(*pair, func.count().label("number")).where(pair[0].in_(articles), pair[1].in_(entities))
    return [
        GraphEdge(source=f"article:{row[0]}", target=f"entity:{row[1]}", kind="mention", count=row[2])
        for row in session.execute(statement.group_by(*pair).order_by(*pair))
    ]


def _links(session: Session, articles: Collection[str]) -> list[GraphEdge]:
    """Return one edge for all links from one article to another, with what the first of them to say so gives."""
    found = leading_from(articles)
    same = and_(LINK.c.article_id == found.c.article_id, LINK.c.ordinal == found.c.ordinal)
    statement = (
        select(LINK.c.article_id, found.c.to_id, LINK.c.relation, LINK.c.note)
        .join(found, same)
        .where(found.c.to_id.in_(articles))
        .order_by(LINK.c.article_id, found.c.to_id, LINK.c.ordinal)
    )
    edges: dict[tuple[str, str], GraphEdge] = {}
    for row in session.execute(statement):
        pair = (row.article_id, row.to_id)
        before = edges.get(pair)
        edges[pair] = GraphEdge(
            source=f"article:{pair[0]}",
            target=f"article:{pair[1]}",
            kind="link",
            count=before.count + 1 if before else 1,
            relation=before.relation if before and before.relation else row.relation,
            note=before.note if before and before.note else row.note,
        )
    return list(edges.values())
