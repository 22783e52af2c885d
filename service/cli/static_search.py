"""The index that a page of a static site searches by, without a server: `service/web/static/search.js` reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import ArticleRef, EntityAnswer, Page
from service.query.columns import ARTICLE, MENTION, AnyRow
from service.query.rows import entities_by_id
from service.query.variants import in_variant
from service.script import fold
from service.store.terms import distinctive

_HAN: Final = range(0x3400, 0xA000)

Shown = dict[str, Any]


def search_index(session: Session, rows: Sequence[AnyRow], langs: Iterable[str] = ()) -> Shown:
    """Return what a page needs to search without a server.

    `pages`: title, URL, date. `titles`: of each variant in `langs`, number of a page → its title, where that is
    another one. `terms`: term → numbers of the pages it tells from others. `entities`: id, kind, names, numbers of the
    pages that name it. `fold`: each character of the first string is the one at its place in the second for comparing;
    terms are folded so, and a query must be.
    """
    numbers = {row.id: n for n, row in enumerate(rows)}
    terms: dict[str, list[int]] = defaultdict(list)
    for row in session.execute(select(*_TOLD)):
        for term in _terms(row) if row.id in numbers else ():
            terms[term].append(numbers[row.id])
    entities = _entities(session, numbers)
    names = [row.title for row in rows] + [name for entity in entities for name in entity["names"]]
    letters = {letter for word in (*terms, *map(fold, names)) for letter in word}
    return {
        "version": 1,
        "pages": [[row.title, row.url, row.published] for row in rows],
        "titles": {lang: _titles(session, rows, lang) for lang in sorted(langs)},
        "terms": {term: sorted(found) for term, found in sorted(terms.items())},
        "entities": entities,
        "fold": _folding(letters),
    }


_TOLD = [ARTICLE.c[name] for name in ("id", "text", "title", "tags", "fixed")]


def _terms(row: AnyRow) -> Iterable[str]:
    """Return the terms that tell an article from others, of its title, tags and running text."""
    parts, end = [], 0
    for start, stop in row.fixed or ():
        parts.append(row.text[end:start])
        end = max(end, stop)
    return distinctive("\n".join([*parts, row.text[end:]]), "\n".join([row.title, *row.tags]))


def _titles(session: Session, rows: Sequence[AnyRow], lang: str) -> dict[str, str]:
    written = Page[ArticleRef](items=[ArticleRef(id=row.id, title=row.title, url=row.url) for row in rows])
    rendered = in_variant(written, lang, session).items
    return {str(n): ref.title for n, ref in enumerate(rendered) if ref.title != rows[n].title}


def _entities(session: Session, numbers: dict[str, int]) -> list[Shown]:
    naming: dict[str, set[int]] = defaultdict(set)
    pairs = select(MENTION.c.entity_id, MENTION.c.article_id).where(MENTION.c.entity_id.is_not(None)).distinct()
    for row in session.execute(pairs):
        if row.article_id in numbers:
            naming[row.entity_id].add(numbers[row.article_id])
    found = entities_by_id(session, naming.keys())
    return [_entity(found[one], naming[one]) for one in sorted(naming) if one in found]


def _entity(one: EntityAnswer, pages: set[int]) -> Shown:
    forms = dict.fromkeys((one.name, one.names.hant, one.names.hans, one.names.en, *one.aliases))
    return {"id": one.id, "kind": one.kind.value, "names": [form for form in forms if form], "pages": sorted(pages)}


def _folding(letters: set[str]) -> list[str]:
    """Return the Han characters that are other ones in the index, and which: those that may be asked by."""
    pairs = [(chr(code), fold(chr(code))) for code in _HAN]
    changed = [(old, new) for old, new in pairs if old != new and new in letters]
    return ["".join(old for old, _ in changed), "".join(new for _, new in changed)]
