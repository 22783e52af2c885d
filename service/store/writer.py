"""Writes articles: all rows of one are replaced together, in bulk, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.model import Document, Extraction, Site
from service.store.bulk import insert_tuples
from service.store.claim_adding import Entries, add_entries
from service.store.claim_index import forget_claims
from service.store.entries import OWNED, Entry, entry
from service.store.ids import article_id, claim_id, content_hash
from service.store.related_index import Related, add_related, forget_related
from service.store.search_index import AT_ONCE, Fresh, add_articles, forget, settle
from service.store.tables import TABLES

__all__ = [
    "Indexing",
    "article_id",
    "claim_id",
    "content_hash",
    "delete_article",
    "delete_source",
    "save",
    "save_rows",
]

_ARTICLE, _SOURCE, _RELATED = TABLES["article"], TABLES["source"], TABLES["related_article"]
_MOST: Final = 1_000_000  # entries of the index of claims that wait at once: 8 MB


def save(session: Session, site: Site, document: Document, extraction: Extraction, content_hash: str) -> None:
    """Store an article with all that was found in it, in place of what was stored of it before.

    The row of its source must be there. Its mentions belong to no entity until the corpus is resolved.
    """
    one = entry(site, document, extraction, content_hash)
    delete_article(session, one.article)
    save_rows(session, [one])
    add_entries(session, [one.claims], one.number)
    add_related(session, [one.related])
    add_articles(session, [one.fresh])


def save_rows(session: Session, entries: Sequence[Entry]) -> None:
    """Write the rows of articles, of which none are stored; the indexes are told by `Indexing`."""
    for name in OWNED:
        insert_tuples(session, TABLES[name], [row for one in entries for row in one.rows.get(name, ())])
    insert_tuples(session, _RELATED, [one.related.row for one in entries])


@dataclass
class Indexing:
    """What the indexes are still to be told of articles whose rows are written: all of it, before the transaction ends.

    To tell them of many at once takes a fraction of the time, for articles share most of their terms.
    """

    session: Session
    fresh: list[Fresh] = field(default_factory=list)
    claims: list[Entries] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    number: int = 0  # of claims
    size: int = 0  # of what claims are listed under

    def add(self, entries: Iterable[Entry]) -> None:
        """Take articles; where there are many by now, the indexes are told."""
        for one in entries:
            self.fresh.append(one.fresh)
            self.claims.append(one.claims)
            self.related.append(one.related)
            self.number += one.number
            self.size += len(one.claims)
        if len(self.fresh) >= AT_ONCE or self.size >= _MOST:
            self.settle()

    def settle(self) -> None:
        """Tell the indexes of what was taken; that of search writes what waits, once it is enough."""
        add_entries(self.session, self.claims, self.number)
        add_related(self.session, self.related)
        settle(self.session, self.fresh)
        self.fresh, self.claims, self.related, self.number, self.size = [], [], [], 0, 0


def delete_article(session: Session, article_id: str) -> None:
    """Remove an article and all that hangs on it; an unknown id removes nothing."""
    if session.execute(select(_ARTICLE.c.id).where(_ARTICLE.c.id == article_id)).first() is None:
        return
    forget(session, [article_id])
    forget_claims(session, [article_id])
    forget_related(session, [article_id])
    session.execute(delete(_ARTICLE).where(_ARTICLE.c.id == article_id))


def delete_source(session: Session, name: str) -> None:
    """Remove a source with all its articles; an unknown name removes nothing."""
    articles = select(_ARTICLE.c.id).where(_ARTICLE.c.source == name)
    forget(session, articles)
    forget_claims(session, articles)
    forget_related(session, articles)
    session.execute(delete(_SOURCE).where(_SOURCE.c.name == name))
