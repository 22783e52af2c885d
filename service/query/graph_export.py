"""The whole graph as a file that others read: GraphML, JSON-LD in the words of schema.org, or tables as CSV.

What is there comes in the order of ids, so the same corpus gives the same bytes. Drafts are left out, and links to
them. Written some articles at a time: no more of a large corpus than that is in memory.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.query import json_ld, links, rows
from service.query.answers import ClaimAnswer, Page
from service.query.claim_ld import claim_items
from service.query.claim_rows import in_order
from service.query.columns import ARTICLE, CLAIM, ENTITY, LINK, MENTION, AnyRow
from service.query.variants import in_variant
from service.script import VARIANTS, render

Format = Literal["graphml", "jsonld", "csv", "csv-nodes"]
MEDIA_TYPES: Final = {
    "graphml": "application/graphml+xml",
    "jsonld": json_ld.MEDIA_TYPE,
    "csv": "text/csv; charset=utf-8",
    "csv-nodes": "text/csv; charset=utf-8",
}
_AT_ONCE: Final = 500  # articles or entities
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets would reckon instead of showing it

Said = Callable[[str | None], str]


class _Edge(NamedTuple):
    """An article names an entity, or links to another article."""

    source: str
    target: str
    kind: str
    number: int
    relation: str = ""


def export(session: Session, form: Format, lang: str = "original") -> Iterator[str]:
    """Yield the graph of all articles and entities in a format, part by part, its words in a variant of Chinese."""
    yield from _json_ld(session, lang) if form == "jsonld" else _WRITERS[form](session, _saying(lang))


def _saying(lang: str) -> Said:
    return lambda text: render(text, lang) if text and lang in VARIANTS else text or ""


def _articles(session: Session) -> Iterator[list[AnyRow]]:
    """Yield the articles that are no drafts, some at a time."""
    names = ("id", "title", "url", "published", "updated", "language", "script", "tags", "authors", "description")
    statement = select(*(ARTICLE.c[name] for name in names)).where(~ARTICLE.c.draft).order_by(ARTICLE.c.id)
    return _some(session, statement, ARTICLE.c.id)


def _entities(session: Session) -> Iterator[list[AnyRow]]:
    return _some(session, select(ENTITY).order_by(ENTITY.c.id), ENTITY.c.id)


def _some(session: Session, statement: Any, key: Any) -> Iterator[list[AnyRow]]:
    last = ""
    while found := session.execute(statement.where(key > last).limit(_AT_ONCE)).all():
        yield list(found)
        last = found[-1].id


def _edges(session: Session, articles: Sequence[AnyRow]) -> dict[str, list[_Edge]]:
    """Return what leads away from some articles, by article."""
    ids = [row.id for row in articles]
    found: dict[str, list[_Edge]] = {one: [] for one in ids}
    pair = (MENTION.c.article_id, MENTION.c.entity_id)
    named = select(*pair, func.count()).join(ENTITY, ENTITY.c.id == MENTION.c.entity_id).where(pair[0].in_(ids))
    for one, entity, number in session.execute(named.group_by(*pair).order_by(*pair)):
        found[one].append(_Edge(f"article:{one}", f"entity:{entity}", "mention", number))
    for link in _links(session, ids):
        found[link.source.removeprefix("article:")].append(link)
    return found


def _links(session: Session, ids: Sequence[str]) -> Iterator[_Edge]:
    leading = links.leading_from(ids)
    place = (LINK.c.article_id == leading.c.article_id) & (LINK.c.ordinal == leading.c.ordinal)
    relation = func.min(func.coalesce(LINK.c.relation, "")).label("relation")
    columns = (leading.c.article_id, leading.c.to_id)
    shown = select(ARTICLE.c.id).where(~ARTICLE.c.draft)
    statement = select(*columns, func.count().label("number"), relation).join(LINK, place)
    statement = statement.where(leading.c.to_id.in_(shown)).group_by(*columns).order_by(*columns)
    for row in session.execute(statement):
        yield _Edge(f"article:{row.article_id}", f"article:{row.to_id}", "link", row.number, row.relation)


def _graphml(session: Session, said: Said) -> Iterator[str]:
    """Write GraphML (http://graphml.graphdrawing.org): nodes with kind and label, edges with kind and weight."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for owner, name, type_ in _KEYS:
        yield f'  <key id="{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '  <graph id="wenmai" edgedefault="directed">\n'
    for entities in _entities(session):
        for row in entities:
            yield _node(f"entity:{row.id}", {"kind": row.kind, "label": said(row.name)})
    for articles in _articles(session):
        for row in articles:
            more = {"url": row.url or "", "published": row.published or ""}
            yield _node(f"article:{row.id}", {"kind": "article", "label": said(row.title), **more})
    for articles in _articles(session):
        for edges in _edges(session, articles).values():
            yield from (_edge(edge._replace(relation=said(edge.relation))) for edge in edges)
    yield "  </graph>\n</graphml>\n"


_KEYS: Final = (
    *(("node", name, "string") for name in ("kind", "label", "url", "published")),
    ("edge", "type", "string"),
    ("edge", "weight", "int"),
    ("edge", "relation", "string"),
)


def _node(identifier: str, data: dict[str, str]) -> str:
    return f"    <node id={quoteattr(_xml(identifier))}>{_data(data)}</node>\n"


def _edge(edge: _Edge) -> str:
    data = _data({"type": edge.kind, "weight": str(edge.number), "relation": edge.relation})
    ends = f"source={quoteattr(_xml(edge.source))} target={quoteattr(_xml(edge.target))}"
    return f"    <edge {ends}>{data}</edge>\n"


def _data(data: dict[str, str]) -> str:
    return "".join(f'<data key="{name}">{escape(_xml(value))}</data>' for name, value in data.items() if value)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _json_ld(session: Session, lang: str) -> Iterator[str]:
    """Write JSON-LD 1.1: entities, articles with whom they mention and what they cite, and what they claim."""
    yield f'{{"@context": {_json(json_ld.CONTEXT)}, "@graph": ['
    between = ""
    for item in _items(session, lang):
        yield f"{between}\n{_json(item)}"
        between = ","
    yield "\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _items(session: Session, lang: str) -> Iterator[json_ld.Item]:
    said = _saying(lang)
    for entities in _entities(session):
        for row in entities:
            one = rows.entity_answer(row)
            yield json_ld.entity(one) | {"name": said(one.name)}
    for articles in _articles(session):
        edges = _edges(session, articles)
        yield from (_article(row, edges[row.id], said) for row in articles)
        yield from _claims(session, [row.id for row in articles], lang)


def _claims(session: Session, articles: Sequence[str], lang: str) -> Iterator[json_ld.Item]:
    """Yield what some articles claim, in reading order, some at a time."""
    order = (CLAIM.c.article_id, CLAIM.c.ordinal)
    ids = session.scalars(select(CLAIM.c.id).where(CLAIM.c.article_id.in_(articles)).order_by(*order)).all()
    for at in range(0, len(ids), _AT_ONCE):
        some: Page[ClaimAnswer] = Page(items=in_order(session, ids[at : at + _AT_ONCE]))
        yield from claim_items(session, in_variant(some, lang, session).items)


def _article(row: AnyRow, edges: Sequence[_Edge], said: Said) -> json_ld.Item:
    return json_ld.told(
        {
            "@id": json_ld.urn(f"article:{row.id}"),
            "@type": "Article",
            "headline": said(row.title),
            "url": row.url,
            "description": said(row.description),
            "datePublished": row.published,
            "dateModified": row.updated,
            "inLanguage": json_ld.language(row),
            "keywords": [said(tag) for tag in row.tags],
            "author": json_ld.people(row.authors),
            "mentions": [{"@id": json_ld.urn(edge.target)} for edge in edges if edge.kind == "mention"],
            "citation": [{"@id": json_ld.urn(edge.target)} for edge in edges if edge.kind == "link"],
        }
    )


def _csv_edges(session: Session, said: Said) -> Iterator[str]:
    yield _line(["source", "target", "kind", "count", "relation"])
    for articles in _articles(session):
        for edges in _edges(session, articles).values():
            yield from (_line(edge._replace(relation=said(edge.relation))) for edge in edges)


def _csv_nodes(session: Session, said: Said) -> Iterator[str]:
    yield _line(["id", "kind", "label", "url", "published"])
    for entities in _entities(session):
        yield from (_line([f"entity:{row.id}", row.kind, said(row.name), "", ""]) for row in entities)
    for articles in _articles(session):
        yield from (
            _line([f"article:{row.id}", "article", said(row.title), row.url, row.published]) for row in articles
        )


def _line(cells: Iterable[Any]) -> str:
    """Return a line of CSV (RFC 4180); what a spreadsheet would take for a formula is quoted for it."""
    written = io.StringIO()
    shown = ("" if cell is None else str(cell) for cell in cells)
    csv.writer(written).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in shown])
    return written.getvalue()


_WRITERS: Final[dict[str, Callable[[Session, Said], Iterator[str]]]] = {
    "graphml": _graphml,
    "csv": _csv_edges,
    "csv-nodes": _csv_nodes,
}
