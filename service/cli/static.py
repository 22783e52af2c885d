"""`wenmai export --static`: what pages of a static site ask for, as small JSON files, and an index to search them by.

One file for each address, named by a hash of the address's key (see `reading.addresses.urls.url_key`), which a page
computes from its own address: ``pages/0123456789abcdef.json``. ``search.json`` is for a search without a server, and
``widget.js`` shows the pages' files where the service is not there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import ArticleEntity, ArticleRef, ClaimAnswer, ClaimReason, EntityAnswer, Reason, Related
from service.query.articles import entities_of
from service.query.columns import ARTICLE, ARTICLE_TERM, MENTION, AnyRow
from service.query.conflicts import conflicts
from service.query.related import related
from service.query.rows import entities_by_id
from service.reading.addresses.urls import url_key
from service.script import fold
from service.web.assets import widget

_MOST_RELATED: Final = 10
_MOST_REASONS: Final = 4
_MOST_CLAIMS: Final = 20
_MOST_CONFLICTS: Final = 10_000
_OFFSET, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1
_HAN: Final = range(0x3400, 0xA000)

Shown = dict[str, Any]


def page_name(key: str) -> str:
    """Return the file of the pages whose address has this key: FNV-1a, 64 bits (Fowler, Noll, Vo), over UTF-8.

    >>> page_name("/posts/tea")
    'pages/f65df9462c8b2bcc.json'
    """
    value = _OFFSET
    for byte in key.encode():
        value = ((value ^ byte) * _PRIME) & _MASK
    return f"pages/{value:016x}.json"


def static_files(session: Session, source: str | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield every file, its name and its bytes: the same for the same corpus.

    Drafts and posts without a page are left out. `source` is the only one whose pages are written.
    """
    rows = _pages(session, source)
    disputed = _disputed(session)
    by_key: dict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_key[url_key(row.url)].append(row)
    for key, those in sorted(by_key.items()):
        yield page_name(key), _json({"key": key, "pages": [_page(session, row, disputed) for row in those]})
    yield "search.json", _json(search_index(session, rows))
    yield "widget.js", widget()


def _pages(session: Session, source: str | None) -> Sequence[AnyRow]:
    columns = [ARTICLE.c[name] for name in ("id", "url", "title", "published", "source")]
    statement = select(*columns).where(ARTICLE.c.url.is_not(None), ARTICLE.c.draft.is_(False))
    if source is not None:
        statement = statement.where(ARTICLE.c.source == source)
    return session.execute(statement.order_by(ARTICLE.c.source, ARTICLE.c.path)).all()


def _page(session: Session, row: AnyRow, disputed: Mapping[str, list[Shown]]) -> Shown:
    found = [one for one in related(session, row.id, limit=2 * _MOST_RELATED) if not one.article.draft]
    entities = entities_of(session, row.id, limit=100).items
    return {
        "url": row.url,
        "related": [_related(one) for one in found[:_MOST_RELATED]],
        "claims": _claims(found, disputed.get(row.id, [])),
        "entities": [_entity(one) for one in entities],
    }


def _related(one: Related) -> Shown:
    return {"article": _ref(one.article), "reasons": [_reason(reason) for reason in one.reasons[:_MOST_REASONS]]}


def _ref(article: ArticleRef) -> Shown:
    return {"title": article.title, "url": article.url}


def _reason(reason: Reason) -> Shown:
    shown = reason.model_dump(mode="json", include={"kind", "direction", "relation", "note", "tag", "terms"})
    if reason.kind == "entity":
        shown["entity"] = {"id": reason.entity.id, "name": reason.entity.name}
    return {name: value for name, value in shown.items() if value is not None}


def _disputed(session: Session) -> dict[str, list[Shown]]:
    """Return the disagreements of the corpus, by the article that one side stands in."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for pair in conflicts(session, limit=_MOST_CONFLICTS).items:
        for claim, other in ((pair.claim, pair.other), (pair.other, pair.claim)):
            found[claim.article.id].append(_pair(claim, other, "conflict"))
    return found


def _claims(found: Sequence[Related], disputed: Sequence[Shown]) -> list[Shown]:
    """Return the claims of an article that others dispute or share, each pair once."""
    reasons = (reason for one in found for reason in one.reasons if isinstance(reason, ClaimReason))
    shared = [_pair(one.claim, one.other, one.relation) for one in reasons if one.relation != "related"]
    pairs = {(one["claim"]["id"], one["other"]["id"]): one for one in (*shared, *disputed)}
    ordered = sorted(pairs.values(), key=lambda one: (one["relation"] != "conflict", one["claim"]["line"]))
    return ordered[:_MOST_CLAIMS]


def _pair(claim: ClaimAnswer, other: ClaimAnswer, relation: str) -> Shown:
    said = {"id": claim.id, "text": claim.text, "line": claim.line}
    return {"claim": said, "other": {"id": other.id, "text": other.text, "article": _ref(other.article)}} | {
        "relation": relation
    }


def _entity(one: ArticleEntity) -> Shown:
    return _named(one.entity) | {"surfaces": one.surfaces, "mentions": len(one.mentions)}


def _named(entity: EntityAnswer) -> Shown:
    return {"id": entity.id, "kind": entity.kind.value, "name": entity.name, "names": entity.names.model_dump()}


def search_index(session: Session, rows: Sequence[AnyRow]) -> Shown:
    """Return what a page needs to search without a server.

    `pages`: title, URL, date. `terms`: term → numbers of the pages it tells from others. `entities`: id, kind, names,
    numbers of the pages that name it. `fold`: each character of the first string is the one at its place in the second
    for comparing; terms are folded so, and a query must be.
    """
    numbers = {row.id: n for n, row in enumerate(rows)}
    terms: dict[str, list[int]] = defaultdict(list)
    for row in session.execute(select(ARTICLE_TERM.c.term, ARTICLE_TERM.c.article_id)):
        if row.article_id in numbers:
            terms[row.term].append(numbers[row.article_id])
    entities = _indexed_entities(session, numbers)
    names = [row.title for row in rows] + [name for entity in entities for name in entity["names"]]
    letters = {letter for word in (*terms, *map(fold, names)) for letter in word}
    return {
        "version": 1,
        "pages": [[row.title, row.url, row.published] for row in rows],
        "terms": {term: sorted(found) for term, found in sorted(terms.items())},
        "entities": entities,
        "fold": _folding(letters),
    }


def _indexed_entities(session: Session, numbers: Mapping[str, int]) -> list[Shown]:
    naming: dict[str, set[int]] = defaultdict(set)
    pairs = select(MENTION.c.entity_id, MENTION.c.article_id).where(MENTION.c.entity_id.is_not(None)).distinct()
    for row in session.execute(pairs):
        if row.article_id in numbers:
            naming[row.entity_id].add(numbers[row.article_id])
    found = entities_by_id(session, naming.keys())
    return [_indexed(found[one], naming[one]) for one in sorted(naming) if one in found]


def _indexed(one: EntityAnswer, pages: set[int]) -> Shown:
    forms = dict.fromkeys((one.name, one.names.hant, one.names.hans, one.names.en, *one.aliases))
    return {"id": one.id, "kind": one.kind.value, "names": [form for form in forms if form], "pages": sorted(pages)}


def _folding(letters: set[str]) -> list[str]:
    """Return the Han characters that are other ones in the index, and which: those that may be asked by."""
    pairs = [(chr(code), fold(chr(code))) for code in _HAN]
    changed = [(old, new) for old, new in pairs if old != new and new in letters]
    return ["".join(old for old, _ in changed), "".join(new for _, new in changed)]


def _json(value: Shown) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
